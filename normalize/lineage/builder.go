// Package lineage follows departments over the years, through their names, and tells which publication of a budget is in
// force. It needs all documents of an output: of each its own row, and facts about its budget lines that Facts gives and
// that are kept with the document.
package lineage

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/countybudget/extract/schema"
)

// Facts gives what a Builder needs of a document's budget lines, as JSON; nil if they state nothing.
func Facts(d *schema.DocumentRow, lines []schema.BudgetLine) ([]byte, error) {
	figures := statedFigures(d, lines)
	if len(figures) == 0 {
		return nil, nil
	}
	return json.Marshal(figures)
}

// CheckFacts says why data is not what Facts gives.
func CheckFacts(data []byte) error {
	_, err := readFacts(data)
	return err
}

func readFacts(data []byte) (figures []statedFigure, err error) {
	if len(data) == 0 {
		return nil, nil
	}
	if err := json.Unmarshal(data, &figures); err != nil {
		return nil, fmt.Errorf("lineage: not the facts of a document: %w", err)
	}
	return figures, nil
}

// Builder makes the datasets series and departments. It is for one goroutine.
type Builder struct {
	aliases []Alias
	docs    []docEntry
}

// NewBuilder begins without documents. Aliases say which departments were renamed or merged; what they do not say is derived
// from the documents.
func NewBuilder(aliases []Alias) *Builder { return &Builder{aliases: aliases} }

// Add takes a document with its facts. It keeps neither.
func (b *Builder) Add(d *schema.DocumentRow, facts []byte) error {
	figures, err := readFacts(facts)
	if err != nil {
		return err
	}
	b.docs = append(b.docs, newDocEntry(d, figures))
	return nil
}

// Rows gives the rows for the documents added: series in the order of document_id, departments in the order of
// department_id.
func (b *Builder) Rows() ([]schema.SeriesRow, []schema.DepartmentRow) {
	departments := followDepartments(b.docs, b.aliases)
	return seriesOf(b.docs, departments), slices.Clip(departments.rows)
}
