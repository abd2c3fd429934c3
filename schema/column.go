package schema

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// Column describes one column: for people, for other programs, and for the code that reads and writes rows.
type Column struct {
	Name     string
	Label    string // in Chinese
	Type     ColumnType
	Scale    int32 // decimals of a TypeDecimal; its precision is DecimalPrecision
	List     bool  // a list of the type
	Nullable bool
	Key      bool
	Doc      string
	Values   []EnumValue // the closed list of a string column; nil if any string may stand there
	Fields   []Column    // of a TypeStruct

	// Index is the place of the column's field in the row type; of a Fields column, in the struct.
	Index int
	// Null is the Go value that stands for null in a nullable column of integers or floats.
	Null int64
	// Rounded decimals are not money: they are rounded to the scale, and null where their digits do not fit.
	Rounded bool
	// Plain text hardly repeats: a dictionary of its values would only cost.
	Plain bool

	allowed map[string]struct{} // the strings of Values
}

// ColumnType is the type of a column's values.
type ColumnType uint8

// The column types.
const (
	TypeString ColumnType = iota
	TypeInt32
	TypeInt64
	TypeFloat32
	TypeBool
	TypeDecimal // decimal.Decimal, and where nullable decimal.NullDecimal
	TypeStruct
)

var typeNames = [...]string{"string", "int32", "int64", "float32", "bool", "decimal", "struct"}

// String is the name of the type: string, int32, int64, float32, bool, decimal, struct.
func (t ColumnType) String() string { return typeNames[t] }

// String is the type in words: string, decimal(18,2), list<string>.
func (c Column) String() string {
	s := c.Type.String()
	if c.Type == TypeDecimal {
		s = fmt.Sprintf("decimal(%d,%d)", DecimalPrecision, c.Scale)
	}
	if c.List {
		s = "list<" + s + ">"
	}
	return s
}

// Allows tells whether a string is one of the column's closed list of values; any is where there is no list.
func (c *Column) Allows(s string) bool {
	if c.allowed == nil {
		return true
	}
	_, ok := c.allowed[s]
	return ok
}

// CheckValue says why a string may not stand in the column.
func (c *Column) CheckValue(s string) error {
	if c.Allows(s) {
		return nil
	}
	return fmt.Errorf("%q is not one of its values", shorten(s))
}

var (
	decimalType     = reflect.TypeFor[decimal.Decimal]()
	nullDecimalType = reflect.TypeFor[decimal.NullDecimal]()
)

// columnsOf reads the tags of a row type. A tag that cannot be understood is a bug of this package, found by any test.
// partition is the name of the partition column, "" if there is none; ownYear reports that the row's own value chooses it.
func columnsOf(dataset string, t reflect.Type) (columns []Column, partition string, ownYear bool) {
	columns = make([]Column, 0, t.NumField())
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("col"), ",")
		if name == "" {
			panic(fmt.Sprintf("schema: %s.%s has no col tag", t.Name(), f.Name))
		}
		c := Column{Name: name, Label: labelOf(dataset, name), Doc: f.Tag.Get("doc"), Index: i}
		scale := int32(moneyScale)
		for option := range strings.SplitSeq(options, ",") {
			option, value, _ := strings.Cut(option, "=")
			switch option {
			case "":
			case "key":
				c.Key = true
			case "partition":
				c.Nullable, partition = true, name // an unknown year is a null partition
			case "own":
				ownYear = true
			case "optional":
				c.Nullable = true
			case "plain":
				c.Plain = true
			case "null":
				c.Null = int64(tagNumber(t, f, value))
			case "scale":
				scale, c.Rounded = tagNumber(t, f, value), true
			default:
				panic(fmt.Sprintf("schema: %s.%s: unknown option %q", t.Name(), f.Name, option))
			}
		}
		c.setType(dataset, f.Type)
		if c.Type == TypeDecimal {
			c.Scale = scale
		}
		columns = append(columns, c)
	}
	return columns, partition, ownYear
}

func tagNumber(t reflect.Type, f reflect.StructField, value string) int32 {
	n, err := strconv.ParseInt(value, 10, 32)
	if err != nil {
		panic(fmt.Sprintf("schema: %s.%s: %v", t.Name(), f.Name, err))
	}
	return int32(n)
}

func (c *Column) setType(dataset string, t reflect.Type) {
	if t.Kind() == reflect.Slice {
		c.List, t = true, t.Elem()
	}
	switch {
	case t == decimalType && !c.Nullable:
		c.Type = TypeDecimal
	case t == nullDecimalType:
		c.Type, c.Nullable = TypeDecimal, true
	case t.Kind() == reflect.String:
		c.Type = TypeString
		c.Values = enumOf(t, dataset, c.Name)
		if c.Values != nil {
			c.allowed = make(map[string]struct{}, len(c.Values))
			for _, v := range c.Values {
				c.allowed[v.Value] = struct{}{}
			}
		}
	case t.Kind() == reflect.Int32:
		c.Type = TypeInt32
	case t.Kind() == reflect.Int64:
		c.Type = TypeInt64
	case t.Kind() == reflect.Float32:
		c.Type = TypeFloat32
	case t.Kind() == reflect.Bool:
		c.Type = TypeBool
	case t.Kind() == reflect.Struct && c.List:
		c.Type = TypeStruct
		c.Fields, _, _ = columnsOf(dataset, t)
	default:
		panic(fmt.Sprintf("schema: %s.%s: no column type for %s", dataset, c.Name, t))
	}
}

// clone copies columns so that the copy can be changed.
func clone(columns []Column) []Column {
	columns = slices.Clone(columns)
	for i := range columns {
		columns[i].Values, columns[i].Fields = slices.Clone(columns[i].Values), clone(columns[i].Fields)
	}
	return columns
}

// shorten cuts what a hostile document may have made long.
func shorten(s string) string {
	const limit = 60
	if len(s) <= limit {
		return s
	}
	return strings.ToValidUTF8(s[:limit], "") + "…"
}
