package normalize

import (
	"fmt"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/normalize/forms"
	"github.com/countybudget/extract/schema"
)

// performanceRows adds the performance declarations and says which tables they were: those hold no budget lines.
func (b *builder) performanceRows() map[int]bool {
	tables := make([]*model.Table, len(b.doc.Tables))
	for i := range b.doc.Tables {
		tables[i] = &b.doc.Tables[i]
	}
	tables = b.words.forms.Forms(tables)
	are := map[int]bool{}
	for _, t := range tables {
		are[t.No] = true
	}
	projects, indicators := b.words.forms.Read(tables, forms.Context{
		FiscalYear: b.meta.Year,
		Used:       b.claims.Form,
		Unread: func(c *model.Cell) {
			b.diagnose(schema.SeverityWarning, schema.DiagUnknownHeading, c, fmt.Sprintf("%q of a performance form was not understood", c.Text))
		},
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
