package spool

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/countybudget/extract/schema"
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

// appendBlock appends the rows with these indices.
func appendBlock(b []byte, ds *schema.Dataset, rows schema.RowSet, order []int) ([]byte, error) {
	b = binary.AppendUvarint(b, uint64(len(order)))
	leaves := ds.Leaves()
	for i := range leaves {
		l := &leaves[i]
		for _, row := range order {
			var err error
			if b, err = appendLeaf(b, l, rows.Row(row).Field(l.Column.Index)); err != nil {
				return nil, fmt.Errorf("%s, %s: %s: %w", ds.Name, rows.Key(row), l.Column.Name, err)
			}
		}
	}
	return b, nil
}

func appendLeaf(b []byte, l *schema.Leaf, v reflect.Value) ([]byte, error) {
	if !l.List {
		return appendValue(b, l.Value, v)
	}
	b = binary.AppendUvarint(b, uint64(v.Len()))
	for i := range v.Len() {
		element := v.Index(i)
		if l.Value != l.Column {
			element = element.Field(l.Value.Index)
		}
		var err error
		if b, err = appendValue(b, l.Value, element); err != nil {
			return nil, err
		}
	}
	return b, nil
}

func appendValue(b []byte, c *schema.Column, v reflect.Value) ([]byte, error) {
	switch c.Type {
	case schema.TypeString:
		return appendString(b, c, v.String())
	case schema.TypeInt32, schema.TypeInt64:
		n := v.Int()
		if c.Nullable {
			if n == c.Null {
				return append(b, 0), nil
			}
			b = append(b, 1)
		}
		return binary.AppendVarint(b, n), nil
	case schema.TypeFloat32:
		f := float32(v.Float())
		if c.Nullable {
			if f == float32(c.Null) {
				return append(b, 0), nil
			}
			b = append(b, 1)
		}
		return binary.LittleEndian.AppendUint32(b, math.Float32bits(f)), nil
	case schema.TypeBool:
		if v.Bool() {
			return append(b, 1), nil
		}
		return append(b, 0), nil
	case schema.TypeDecimal:
		return appendDecimal(b, c, v)
	}
	return nil, fmt.Errorf("no encoding for %s", c)
}

func appendDecimal(b []byte, c *schema.Column, v reflect.Value) ([]byte, error) {
	if !c.Nullable {
		n, err := c.Unscaled(*v.Addr().Interface().(*decimal.Decimal))
		if err != nil {
			return nil, err
		}
		return binary.AppendVarint(b, n), nil
	}
	d := v.Addr().Interface().(*decimal.NullDecimal)
	if !d.Valid {
		return append(b, 0), nil
	}
	n, err := c.Unscaled(d.Decimal)
	switch {
	case err != nil && c.Rounded:
		return append(b, 0), nil
	case err != nil:
		return nil, err
	}
	return binary.AppendVarint(append(b, 1), n), nil
}

func appendString(b []byte, c *schema.Column, s string) ([]byte, error) {
	if s == "" && c.Nullable {
		return append(b, 0), nil
	}
	if err := c.CheckValue(s); err != nil {
		return nil, err
	}
	if !utf8.ValidString(s) { // file names and broken text layers may hold any bytes; readers of Parquet may not
		s = strings.ToValidUTF8(s, string(utf8.RuneError))
	}
	n := len(s)
	if c.Nullable {
		n++
	}
	return append(binary.AppendUvarint(b, uint64(n)), s...), nil
}

// ErrDamaged is a spool that does not hold what was written to it.
var ErrDamaged = errors.New("the staging file is damaged")

// BlockReader reads the values of a block in the order they were appended. After a failure it gives zero values; Failed
// tells.
type BlockReader struct {
	b      []byte
	failed bool
}

// OpenBlock begins to read a block and gives the number of its rows.
func OpenBlock(block []byte) (r BlockReader, rows uint64) {
	r = BlockReader{b: block}
	rows = r.Length()
	return r, rows
}

// Length reads the length of a list.
func (r *BlockReader) Length() uint64 {
	n, size := binary.Uvarint(r.b)
	r.skip(size)
	return n
}

// Int reads an integer, or a decimal as the integer that is stored.
func (r *BlockReader) Int() int64 {
	n, size := binary.Varint(r.b)
	r.skip(size)
	return n
}

// Float reads a float.
func (r *BlockReader) Float() float32 {
	if s := r.bytes(4); s != nil {
		return math.Float32frombits(binary.LittleEndian.Uint32(s))
	}
	return 0
}

// Bool reads a bool.
func (r *BlockReader) Bool() bool { return r.byte() != 0 }

// Null reads whether a value is null, which comes before the value of a column that is not of strings.
func (r *BlockReader) Null(c *schema.Column) bool { return c.Nullable && r.byte() == 0 }

// Text reads a string, which points into the block; it is not ok when null.
func (r *BlockReader) Text(c *schema.Column) (s []byte, ok bool) {
	n := r.Length()
	if c.Nullable {
		if n == 0 {
			return nil, false
		}
		n--
	}
	return r.bytes(n), true
}

// Failed tells whether a value was not there.
func (r *BlockReader) Failed() bool { return r.failed }

// Close tells whether the block was read to its end without a failure.
func (r *BlockReader) Close() error {
	if r.failed || len(r.b) != 0 {
		return ErrDamaged
	}
	return nil
}

func (r *BlockReader) fail() { r.failed, r.b = true, nil }

func (r *BlockReader) skip(n int) {
	if n <= 0 {
		r.fail()
		return
	}
	r.b = r.b[n:]
}

func (r *BlockReader) bytes(n uint64) []byte {
	if n > uint64(len(r.b)) {
		r.fail()
		return nil
	}
	s := r.b[:n]
	r.b = r.b[n:]
	return s
}

func (r *BlockReader) byte() byte {
	if s := r.bytes(1); s != nil {
		return s[0]
	}
	return 0
}
