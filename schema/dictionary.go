package schema

import (
	"fmt"
	"slices"
)

// Dataset describes one dataset for people and for other programs: the data dictionary.
type Dataset struct {
	Name  string
	Label string // in Chinese
	Doc   string // what one row is
	Key   []string
	// Partition is the column that is in the path only; empty if the dataset is not partitioned.
	Partition string
	Columns   []Column
}

// Column describes one column.
type Column struct {
	Name     string
	Label    string // in Chinese
	Type     ColumnType
	Scale    int32 // decimals of a TypeDecimal; its precision is 18
	List     bool  // a list of the type
	Nullable bool
	Key      bool
	Doc      string
	Values   []EnumValue // the closed list of a string column; nil if any string may stand there
	Fields   []Column    // of a TypeStruct
}

// ColumnType is the type of a column's values.
type ColumnType string

// The column types.
const (
	TypeString  ColumnType = "string"
	TypeInt32   ColumnType = "int32"
	TypeInt64   ColumnType = "int64"
	TypeFloat32 ColumnType = "float32"
	TypeBool    ColumnType = "bool"
	TypeDecimal ColumnType = "decimal"
	TypeStruct  ColumnType = "struct"
)

// DecimalPrecision is the number of digits of every decimal column.
const DecimalPrecision = decimalPrecision

// String is the type in words: string, decimal(18,2), list<string>.
func (c Column) String() string {
	s := string(c.Type)
	if c.Type == TypeDecimal {
		s = fmt.Sprintf("decimal(%d,%d)", DecimalPrecision, c.Scale)
	}
	if c.List {
		s = "list<" + s + ">"
	}
	return s
}

// Datasets describes every dataset, in the order of the contract. Nothing in it is shared: the caller may change it.
func Datasets() []Dataset {
	all := make([]Dataset, 0, len(catalog()))
	for _, ds := range catalog() {
		d := Dataset{Name: ds.name, Label: labelOf(ds.name, "*"), Doc: ds.doc, Columns: describe(ds.name, ds.columns)}
		if ds.partition != nil {
			d.Partition = ds.partition.name
		}
		for _, k := range ds.keys {
			d.Key = append(d.Key, k.name)
		}
		all = append(all, d)
	}
	return all
}

func describe(dataset string, columns []column) []Column {
	out := make([]Column, 0, len(columns))
	for i := range columns {
		c := &columns[i]
		d := Column{
			Name: c.name, Label: labelOf(dataset, c.name), Type: c.columnType(), List: c.list, Key: c.key, Doc: c.doc, Values: slices.Clone(c.enum),
			Nullable: c.optional || c.partition, // an unknown year is a null partition
		}
		if d.Type == TypeDecimal {
			d.Scale = c.scale
		}
		if c.fields != nil {
			d.Fields = describe(dataset, c.fields)
		}
		out = append(out, d)
	}
	return out
}

func (c *column) columnType() ColumnType {
	if c.fields != nil {
		return TypeStruct
	}
	switch c.kind {
	case kindInt32:
		return TypeInt32
	case kindInt64:
		return TypeInt64
	case kindFloat32:
		return TypeFloat32
	case kindBool:
		return TypeBool
	case kindDecimal, kindNullDecimal:
		return TypeDecimal
	default:
		return TypeString
	}
}
