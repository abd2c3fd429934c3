package schema

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/parquet-go/parquet-go"
	"github.com/shopspring/decimal"
)

// A block holds the rows of one document, one dataset and one partition, in key order: the number of rows, then each
// leaf column in turn, so that a block is decoded straight into the columns of a Parquet file, without Go rows in
// between. A value is
//
//	string       uvarint length, bytes; where nullable: 0 for null, else length + 1
//	integer      varint; where nullable: after a byte 0 (null) or 1
//	float, bool  4 bytes little-endian, 1 byte; where nullable likewise
//	decimal      as integer
//	list         uvarint length, then its elements
//
// Blocks never leave the staging directory, so their form may change with any version.

// rowSet is rows of one dataset, reached by reflection: v is an addressable slice of the row type.
type rowSet struct {
	ds *dataset
	v  reflect.Value
}

func newRowSet(ds *dataset, rows any) rowSet { return rowSet{ds, reflect.ValueOf(rows)} }

func (s rowSet) len() int { return s.v.Len() }

// sorted gives the indices of the rows in key order. Two rows with the same key are an error: the key is the contract.
func (s rowSet) sorted() ([]int, error) {
	order := make([]int, s.len())
	for i := range order {
		order[i] = i
	}
	if !slices.IsSortedFunc(order, s.compare) {
		slices.SortStableFunc(order, s.compare)
	}
	for i := 1; i < len(order); i++ {
		if s.compare(order[i-1], order[i]) == 0 {
			return nil, fmt.Errorf("two rows of %s have the same key %s", s.ds.name, s.key(order[i]))
		}
	}
	return order, nil
}

func (s rowSet) compare(i, j int) int {
	a, b := s.v.Index(i), s.v.Index(j)
	for _, k := range s.ds.keys {
		x, y := a.Field(k.field), b.Field(k.field)
		var c int
		if k.kind == kindString {
			c = strings.Compare(x.String(), y.String())
		} else {
			c = cmp.Compare(x.Int(), y.Int())
		}
		if c != 0 {
			return c
		}
	}
	return 0
}

// key describes a row for an error message.
func (s rowSet) key(i int) string {
	var b strings.Builder
	for _, k := range s.ds.keys {
		if k.name == documentIDColumn && len(s.ds.keys) > 1 {
			continue
		}
		if b.Len() > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%s=%v", k.name, s.v.Index(i).Field(k.field))
	}
	return b.String()
}

const documentIDColumn = "document_id"

// appendBlock appends the rows with these indices.
func (s rowSet) appendBlock(b []byte, order []int) ([]byte, error) {
	b = binary.AppendUvarint(b, uint64(len(order)))
	for i := range s.ds.leaves {
		l := &s.ds.leaves[i]
		for _, row := range order {
			var err error
			if b, err = l.append(b, s.v.Index(row).Field(l.col.field)); err != nil {
				return nil, fmt.Errorf("%s, %s: %s: %w", s.ds.name, s.key(row), l.col.name, err)
			}
		}
	}
	return b, nil
}

func (l *leaf) append(b []byte, v reflect.Value) ([]byte, error) {
	if !l.list {
		return l.value.append(b, v)
	}
	b = binary.AppendUvarint(b, uint64(v.Len()))
	for i := range v.Len() {
		element := v.Index(i)
		if l.value != l.col {
			element = element.Field(l.value.field)
		}
		var err error
		if b, err = l.value.append(b, element); err != nil {
			return nil, err
		}
	}
	return b, nil
}

func (c *column) append(b []byte, v reflect.Value) ([]byte, error) {
	switch c.kind {
	case kindString:
		return c.appendString(b, v.String())
	case kindInt32, kindInt64:
		n := v.Int()
		if c.optional {
			if n == c.null {
				return append(b, 0), nil
			}
			b = append(b, 1)
		}
		return binary.AppendVarint(b, n), nil
	case kindFloat32:
		f := float32(v.Float())
		if c.optional {
			if f == float32(c.null) {
				return append(b, 0), nil
			}
			b = append(b, 1)
		}
		return binary.LittleEndian.AppendUint32(b, math.Float32bits(f)), nil
	case kindBool:
		if v.Bool() {
			return append(b, 1), nil
		}
		return append(b, 0), nil
	case kindDecimal:
		n, err := c.unscaled(*v.Addr().Interface().(*decimal.Decimal))
		if err != nil {
			return nil, err
		}
		return binary.AppendVarint(b, n), nil
	case kindNullDecimal:
		d := v.Addr().Interface().(*decimal.NullDecimal)
		if !d.Valid {
			return append(b, 0), nil
		}
		n, err := c.unscaled(d.Decimal)
		if err != nil && c.rounded {
			return append(b, 0), nil
		}
		if err != nil {
			return nil, err
		}
		return binary.AppendVarint(append(b, 1), n), nil
	}
	return nil, fmt.Errorf("no encoding for %s", c.typ)
}

func (c *column) appendString(b []byte, s string) ([]byte, error) {
	if s == "" && c.optional {
		return append(b, 0), nil
	}
	if c.allowed != nil {
		if _, ok := c.allowed[s]; !ok {
			return nil, fmt.Errorf("%q is not one of its values", shorten(s))
		}
	}
	if !utf8.ValidString(s) { // file names and broken text layers may hold any bytes; readers of Parquet may not
		s = strings.ToValidUTF8(s, string(utf8.RuneError))
	}
	n := len(s)
	if c.optional {
		n++
	}
	return append(binary.AppendUvarint(b, uint64(n)), s...), nil
}

var errBlock = errors.New("the staging file is damaged")

// blockReader reads the values of a block in the order they were appended.
type blockReader struct {
	b      []byte
	failed bool
}

func (r *blockReader) uvarint() uint64 {
	n, size := binary.Uvarint(r.b)
	r.skip(size)
	return n
}

func (r *blockReader) varint() int64 {
	n, size := binary.Varint(r.b)
	r.skip(size)
	return n
}

func (r *blockReader) skip(n int) {
	if n <= 0 {
		r.failed, r.b = true, nil
		return
	}
	r.b = r.b[n:]
}

func (r *blockReader) bytes(n uint64) []byte {
	if n > uint64(len(r.b)) {
		r.failed, r.b = true, nil
		return nil
	}
	s := r.b[:n]
	r.b = r.b[n:]
	return s
}

func (r *blockReader) byte() byte {
	if s := r.bytes(1); s != nil {
		return s[0]
	}
	return 0
}

// appendValues appends a leaf's values of the given number of rows, with their levels, as Parquet wants them. Strings
// point into the block. The number of the column is left out: a ColumnWriter knows its own.
func (r *blockReader) appendValues(values []parquet.Value, l *leaf, rows int) []parquet.Value {
	for range rows {
		if r.failed {
			break
		}
		if !l.list {
			v, ok := r.value(l.value)
			if ok && l.value.optional {
				v.SetDefinitionLevel(1)
			}
			values = append(values, v)
			continue
		}
		n := r.uvarint()
		if n == 0 {
			values = append(values, parquet.NullValue())
		}
		for i := uint64(0); i < n && !r.failed; i++ {
			v, _ := r.value(l.value)
			v.SetRepetitionLevel(int(min(i, 1)))
			v.SetDefinitionLevel(1)
			values = append(values, v)
		}
	}
	return values
}

// value reads one value; it is not ok, and null, when the block has none.
func (r *blockReader) value(c *column) (parquet.Value, bool) {
	if c.kind == kindString {
		s, ok := r.text(c)
		if !ok {
			return parquet.Value{}, false
		}
		return parquet.ByteArrayValue(s), true
	}
	if c.optional && r.byte() == 0 {
		return parquet.Value{}, false
	}
	switch c.kind {
	case kindInt32:
		return parquet.Int32Value(int32(r.varint())), true
	case kindFloat32:
		if s := r.bytes(4); s != nil {
			return parquet.FloatValue(math.Float32frombits(binary.LittleEndian.Uint32(s))), true
		}
		return parquet.Value{}, true
	case kindBool:
		return parquet.BooleanValue(r.byte() != 0), true
	default:
		return parquet.Int64Value(r.varint()), true
	}
}

// text reads a string, which points into the block; it is not ok when null.
func (r *blockReader) text(c *column) ([]byte, bool) {
	n := r.uvarint()
	if c.optional {
		if n == 0 {
			return nil, false
		}
		n--
	}
	return r.bytes(n), true
}

// writeBlock sends a block to the columns of a Parquet writer. It returns the number of rows.
func writeBlock(ds *dataset, block []byte, columns []*parquet.ColumnWriter, scratch *[]parquet.Value) (int, error) {
	r := blockReader{b: block}
	rows := int(r.uvarint())
	for i := range ds.leaves {
		values := r.appendValues((*scratch)[:0], &ds.leaves[i], rows)
		*scratch = values
		if r.failed {
			return 0, errBlock
		}
		if _, err := columns[i].WriteRowValues(values); err != nil {
			return 0, err
		}
	}
	if len(r.b) != 0 {
		return 0, errBlock
	}
	return rows, nil
}

// checkDocument compares the rows' document_id with the document's.
func (s rowSet) checkDocument(id string) error {
	k := s.ds.keys[0]
	for i := range s.len() {
		if got := s.v.Index(i).Field(k.field).String(); got != id {
			return fmt.Errorf("%s, %s: document_id is %q, of the document it is %q", s.ds.name, s.key(i), shorten(got), shorten(id))
		}
	}
	return nil
}
