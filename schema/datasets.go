package schema

import (
	"fmt"
	"reflect"
	"sync"

	"github.com/parquet-go/parquet-go"
)

// Version is the version of the canonical schema: a new column or enum value raises the minor part; a column renamed,
// retyped or changed in meaning the major one.
const Version = "1.0"

// The names of the datasets.
const (
	DatasetDocuments             = "documents"
	DatasetBudgetLines           = "budget_lines"
	DatasetPerformanceProjects   = "performance_projects"
	DatasetPerformanceIndicators = "performance_indicators"
	DatasetSections              = "sections"
	DatasetTables                = "tables"
	DatasetCells                 = "cells"
	DatasetChecks                = "checks"
	DatasetSeries                = "series"
	DatasetDepartments           = "departments"
	DatasetCodes                 = "codes"
	DatasetDiagnostics           = "diagnostics"
)

// dataset is a row type made ready for writing and reading.
type dataset struct {
	name, doc string
	row       reflect.Type
	// rows are one document's; nil for the datasets made from all documents of an output.
	rows func(*Disclosure) any
	// ownYear: the row's own fiscal_year chooses its partition, not the document's.
	ownYear bool

	columns   []column
	keys      []*column
	partition *column // nil: the dataset is not partitioned
	leaves    []leaf
	schema    *parquet.Schema
}

// leaf is a Parquet leaf column: a scalar column, the elements of a list, or one field of a list of structs.
type leaf struct {
	col   *column // the column of the dataset
	value *column // what describes the value: col, or a field of its struct
	list  bool
}

// catalog is every dataset, in the order of the contract. It is built once and never changed.
var catalog = sync.OnceValue(func() []*dataset {
	all := []*dataset{
		{name: DatasetDocuments, doc: "one distinct input file (by content)", row: reflect.TypeFor[DocumentRow](),
			rows: func(d *Disclosure) any { return []DocumentRow{d.Document} }},
		{name: DatasetBudgetLines, doc: "one published amount", row: reflect.TypeFor[BudgetLine](), ownYear: true,
			rows: func(d *Disclosure) any { return d.BudgetLines }},
		{name: DatasetPerformanceProjects, doc: "one project's performance declaration (项目支出绩效目标表), or the department's own",
			row: reflect.TypeFor[PerformanceProject](), rows: func(d *Disclosure) any { return d.Projects }},
		{name: DatasetPerformanceIndicators, doc: "one performance indicator (绩效指标) with its target",
			row: reflect.TypeFor[PerformanceIndicator](), rows: func(d *Disclosure) any { return d.Indicators }},
		{name: DatasetSections, doc: "one titled section of prose, watermark-free, lines joined to paragraphs",
			row: reflect.TypeFor[SectionRow](), rows: func(d *Disclosure) any { return d.Sections }},
		{name: DatasetTables, doc: "one logical table, continued pages joined", row: reflect.TypeFor[TableRow](),
			rows: func(d *Disclosure) any { return d.Tables }},
		{name: DatasetCells, doc: "one cell of a logical table, lossless: text, span, place", row: reflect.TypeFor[CellRow](),
			rows: func(d *Disclosure) any { return d.Cells }},
		{name: DatasetChecks, doc: "one arithmetic identity tested", row: reflect.TypeFor[CheckRow](),
			rows: func(d *Disclosure) any { return d.Checks }},
		{name: DatasetSeries, doc: "one document's place among the publications of the same department, year, type and level",
			row: reflect.TypeFor[SeriesRow](), ownYear: true},
		{name: DatasetDepartments, doc: "one department over the years, under all its names", row: reflect.TypeFor[DepartmentRow]()},
		{name: DatasetCodes, doc: "one code of a codebook with its validity and its COFOG / GFSM mapping",
			row: reflect.TypeFor[CodeRow]()},
		{name: DatasetDiagnostics, doc: "one thing a reader should know", row: reflect.TypeFor[DiagnosticRow](),
			rows: func(d *Disclosure) any { return d.Diagnostics }},
	}
	for _, ds := range all {
		ds.compile()
	}
	return all
})

// datasetNamed finds a dataset of the catalog.
func datasetNamed(name string) (*dataset, bool) {
	for _, ds := range catalog() {
		if ds.name == name {
			return ds, true
		}
	}
	return nil, false
}

// datasetOf finds the dataset of a row type.
func datasetOf(row reflect.Type) (*dataset, error) {
	for _, ds := range catalog() {
		if ds.row == row {
			return ds, nil
		}
	}
	return nil, fmt.Errorf("schema: %s is not the row type of a dataset", row)
}

func (ds *dataset) compile() {
	ds.columns = columnsOf(ds.name, ds.row)
	root := orderedGroup{Group: parquet.Group{}}
	for i := range ds.columns {
		c := &ds.columns[i]
		if c.key {
			ds.keys = append(ds.keys, c)
		}
		if c.partition {
			ds.partition = c
			continue
		}
		root.add(c.name, c.node())
		if c.fields == nil {
			ds.leaves = append(ds.leaves, leaf{col: c, value: c, list: c.list})
		}
		for j := range c.fields {
			ds.leaves = append(ds.leaves, leaf{col: c, value: &c.fields[j], list: true})
		}
	}
	ds.schema = parquet.NewSchema(ds.name, root)
}

// node is the column's Parquet type.
func (c *column) node() parquet.Node {
	if c.fields != nil {
		element := orderedGroup{Group: parquet.Group{}}
		for i := range c.fields {
			element.add(c.fields[i].name, c.fields[i].node())
		}
		return parquet.List(element)
	}
	var n parquet.Node
	switch c.kind {
	case kindString:
		n = parquet.String()
	case kindInt32:
		n = parquet.Leaf(parquet.Int32Type)
	case kindInt64:
		n = parquet.Leaf(parquet.Int64Type)
	case kindFloat32:
		n = parquet.Leaf(parquet.FloatType)
	case kindBool:
		n = parquet.Leaf(parquet.BooleanType)
	case kindDecimal, kindNullDecimal:
		n = parquet.Decimal(int(c.scale), decimalPrecision, parquet.Int64Type)
	}
	if c.kind == kindString && !c.plain {
		n = parquet.Encoded(n, &parquet.RLEDictionary)
	} else { // numbers too: after zstd a dictionary of them saves nothing
		n = parquet.Encoded(n, &parquet.Plain)
	}
	if c.list {
		return parquet.List(n)
	}
	if c.optional {
		return parquet.Optional(n)
	}
	return n
}

// orderedGroup is a parquet.Group that keeps its fields in the order they were added, as the contract lists them; the
// map alone would sort them by name.
type orderedGroup struct {
	parquet.Group
	fields []parquet.Field
}

func (g *orderedGroup) add(name string, n parquet.Node) {
	g.Group[name] = n
	g.fields = append(g.fields, orderedField{Node: n, name: name})
}

// Fields overrides the sorted order of the map.
func (g orderedGroup) Fields() []parquet.Field { return g.fields }

type orderedField struct {
	parquet.Node
	name string
}

func (f orderedField) Name() string { return f.name }

func (f orderedField) Value(base reflect.Value) reflect.Value { return base.FieldByName(f.name) }
