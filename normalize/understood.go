package normalize

import (
	"fmt"
	"strings"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/normalize/amount"
	"github.com/countybudget/extract/normalize/grammar"
	"github.com/countybudget/extract/schema"
	"github.com/countybudget/extract/schema/codebook"
)

// Words are accounted for like numbers: what the grammar leaves over of a title or a header is the name of an item, of a region
// or of the publishing body, or it is reported, and the lines say what it leaves open.

// unexplained is what no word and no codebook explains of a header.
func unexplained(text string, t *grammar.Text, books *codebook.Books) []string {
	if len(t.Unknown) == 0 || namesItem(text, books) {
		return nil
	}
	var out []string
	for _, word := range t.Unknown {
		if !namesRegion(text, word, books) {
			out = append(out, word)
		}
	}
	return out
}

// namesRegion reports a word that is, with what follows it in the text, the name of a region.
func namesRegion(text, word string, books *codebook.Books) bool {
	row, ok := books.RegionInText(text[strings.Index(text, word):])
	return ok && strings.Contains(row.Name, word)
}

// namesItem reports a text that is a name of a codebook.
func namesItem(text string, books *codebook.Books) bool {
	name := amount.ItemName(text)
	for _, find := range []func(string, int, string, int) (schema.CodeRow, bool){
		books.EconomicDepartmentByName, books.EconomicGovernmentByName, books.FunctionalByName, books.RevenueByName,
	} {
		if _, ok := find(name, 0, "", 0); ok {
			return true
		}
	}
	return false
}

// weighTitle says how far the title, and what else speaks of the table, was understood. known: the title names the statement.
func (w *Words) weighTitle(lt *layoutTable, known bool, books *codebook.Books, own []string) {
	for _, word := range lt.words.Unknown {
		if !namesRegion(lt.title, word, books) && !partOf(own, word) {
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
		b.diagnoseTable(schema.SeverityInfo, schema.DiagUnknownTitle, lt, fmt.Sprintf("%q of the title was not understood", strings.Join(lt.unknown, " ")))
	}
	said := map[*model.Cell]bool{}
	for i := range lt.cols {
		c := &lt.cols[i]
		if len(c.unknown) == 0 || c.role != roleValue || len(c.cells) == 0 {
			continue
		}
		leaf := c.cells[len(c.cells)-1]
		if !said[leaf] {
			said[leaf] = true
			b.diagnose(schema.SeverityWarning, schema.DiagUnknownHeading, leaf, fmt.Sprintf("table %d (%s): %q of the header %q was not understood", lt.No, lt.Title, strings.Join(c.unknown, " "), c.heading()))
		}
	}
}
