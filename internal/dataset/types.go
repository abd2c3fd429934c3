package dataset

import (
	"reflect"

	"github.com/parquet-go/parquet-go"

	"github.com/countybudget/extract/schema"
)

// table is a dataset with its Parquet types.
type table struct {
	ds      *schema.Dataset
	parquet *parquet.Schema
}

func newTable(ds *schema.Dataset) *table {
	root := orderedGroup{Group: parquet.Group{}}
	for i := range ds.Columns {
		c := &ds.Columns[i]
		if c.Name != ds.Partition {
			root.add(c.Name, columnNode(c))
		}
	}
	return &table{ds, parquet.NewSchema(ds.Name, root)}
}

// columnNode is the Parquet type of a column.
func columnNode(c *schema.Column) parquet.Node {
	var n parquet.Node
	switch c.Type {
	case schema.TypeStruct:
		element := orderedGroup{Group: parquet.Group{}}
		for i := range c.Fields {
			element.add(c.Fields[i].Name, columnNode(&c.Fields[i]))
		}
		return parquet.List(element)
	case schema.TypeString:
		n = parquet.String()
	case schema.TypeInt32:
		n = parquet.Leaf(parquet.Int32Type)
	case schema.TypeInt64:
		n = parquet.Leaf(parquet.Int64Type)
	case schema.TypeFloat32:
		n = parquet.Leaf(parquet.FloatType)
	case schema.TypeBool:
		n = parquet.Leaf(parquet.BooleanType)
	case schema.TypeDecimal:
		n = parquet.Decimal(int(c.Scale), schema.DecimalPrecision, parquet.Int64Type)
	}
	if c.Type == schema.TypeString && !c.Plain {
		n = parquet.Encoded(n, &parquet.RLEDictionary)
	} else { // numbers too: after zstd a dictionary of them saves nothing
		n = parquet.Encoded(n, &parquet.Plain)
	}
	if c.List {
		return parquet.List(n)
	}
	if c.Nullable {
		return parquet.Optional(n)
	}
	return n
}

// orderedGroup is a parquet.Group that keeps its fields in the order they were added, as the schema lists them; the map
// alone would sort them by name.
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
