package normalize

import (
	"strings"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/normalize/amount"
	"github.com/countybudget/extract/normalize/compose"
	"github.com/countybudget/extract/normalize/leftover"
	"github.com/countybudget/extract/schema"
	"github.com/countybudget/extract/schema/codebook"
)

// Words are accounted for like numbers: what the grammar leaves over of a title or a header is the name of an item, of a region
// or of the publishing body, or it is reported, and the lines say what it leaves open.

// weighTitle says how far the title, and what else speaks of the table, was understood. known: the title names the statement.
func (w *Words) weighTitle(lt *layoutTable, known bool, books *codebook.Books, own []string) {
	for _, word := range leftover.OfTitle(lt.title, &lt.words, books) {
		if !partOf(own, word) {
			lt.unknown = append(lt.unknown, word)
		}
	}
	switch {
	case known && len(lt.unknown) == 0:
		lt.meaning = schema.Stated
	case lt.guessed, known && w.confirms(lt):
		lt.meaning = schema.Inferred
	default:
		lt.meaning = schema.Guessed
	}
}

// partOf reports a word that is part of a name of the publishing body or its units.
func partOf(names []string, word string) bool {
	for _, name := range names {
		if strings.Contains(amount.Fold(name), word) {
			return true
		}
	}
	return false
}

// confirms reports that the headers and the codes of a table describe the statement that its title names.
func (w *Words) confirms(lt *layoutTable) bool {
	guess, ok := w.guessStatement(lt, lt.cols)
	if ok && guess == lt.statement {
		return true
	}
	switch first := lt.firstCode(); lt.statement {
	case schema.Revenue, schema.Expenditure, schema.GeneralPublicExpenditure, schema.GovernmentFundExpenditure:
		return first == '2' || lt.statement == schema.Revenue && first == '1'
	case schema.ExpenditureByEconomic, schema.GeneralPublicBasicExpenditure:
		return first == '3' || first == '5'
	}
	return false
}

// meaningOf is how far the words that decide the lines of a column were understood.
func (lt *layoutTable) meaningOf(c *column) schema.Meaning {
	switch {
	case len(c.unknown) == 0:
		return lt.meaning
	case lt.statement == schema.OtherStatement && lt.meaning == schema.Stated: // its item bears the header as printed
		return schema.Inferred
	}
	return schema.Guessed
}

// explainWords reports the words of title and headers that were not understood.
func (b *builder) explainWords(lt *layoutTable) {
	if len(lt.unknown) > 0 {
		b.diagnoseTable(schema.SeverityInfo, schema.DiagUnknownTitle, lt, leftover.Title(lt.unknown))
	}
	said := map[*model.Cell]bool{}
	for i := range lt.cols {
		c := &lt.cols[i]
		if len(c.unknown) == 0 || c.role != compose.RoleValue || len(c.cells) == 0 {
			continue
		}
		leaf := c.cells[len(c.cells)-1]
		if !said[leaf] {
			said[leaf] = true
			b.diagnose(schema.SeverityWarning, schema.DiagUnknownHeading, leaf, leftover.Header(lt.No, lt.Title, c.unknown, c.heading()))
		}
	}
}
