package normalize

import (
	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/normalize/forms"
)

// performanceRows adds the performance declarations and says which tables they were: those hold no budget lines.
func (b *builder) performanceRows() map[int]bool {
	var tables []*model.Table
	are := map[int]bool{}
	for i := range b.doc.Tables {
		if t := &b.doc.Tables[i]; b.words.forms.Is(t) {
			tables = append(tables, t)
			are[t.No] = true
		}
	}
	projects, indicators := b.words.forms.Read(tables, forms.Context{
		FiscalYear: b.meta.Year, Used: func(project int32, c *model.Cell) { b.claims.forms[c] = project },
	})
	for i := range projects {
		projects[i].DocumentID, projects[i].FiscalYear = b.in.DocumentID, b.meta.Year
	}
	for i := range indicators {
		indicators[i].DocumentID, indicators[i].FiscalYear = b.in.DocumentID, b.meta.Year
	}
	b.out.Projects, b.out.Indicators = projects, indicators
	return are
}
