package schema

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// kind is how a Go field is stored.
type kind uint8

const (
	kindString kind = iota
	kindInt32
	kindInt64
	kindFloat32
	kindBool
	kindDecimal
	kindNullDecimal
)

// moneyScale is the number of decimals of an amount in yuan. Columns that are not money say theirs by a scale tag.
const moneyScale = 2

// decimalPrecision is the number of digits that fit the INT64 a decimal is stored on.
const decimalPrecision = 18

// column is a field of a row type, with what its tags say.
type column struct {
	name, doc string
	field     int
	typ       reflect.Type // of the value, or of a list's element
	kind      kind         // of the value, or of a list's element
	list      bool
	fields    []column // of a list of structs
	key       bool
	partition bool
	optional  bool
	null      int64 // the integer or float that stands for null
	scale     int32
	rounded   bool // not money: rounded to the scale, and null where it does not fit
	plain     bool // values hardly repeat: a dictionary would only cost
	enum      []EnumValue
	allowed   map[string]struct{}
}

var (
	decimalType     = reflect.TypeFor[decimal.Decimal]()
	nullDecimalType = reflect.TypeFor[decimal.NullDecimal]()
)

// columnsOf reads the tags of a row type. A tag that cannot be understood is a bug of this package, found by any test.
func columnsOf(dataset string, t reflect.Type) []column {
	columns := make([]column, 0, t.NumField())
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("col"), ",")
		if name == "" {
			panic(fmt.Sprintf("schema: %s.%s has no col tag", t.Name(), f.Name))
		}
		c := column{name: name, doc: f.Tag.Get("doc"), field: i, typ: f.Type, scale: moneyScale}
		for option := range strings.SplitSeq(options, ",") {
			c.setOption(t, f.Name, option)
		}
		c.setKind(dataset, t)
		columns = append(columns, c)
	}
	return columns
}

func (c *column) setOption(t reflect.Type, field, option string) {
	name, value, _ := strings.Cut(option, "=")
	switch name {
	case "":
	case "key":
		c.key = true
	case "partition":
		c.partition = true
	case "optional":
		c.optional = true
	case "plain":
		c.plain = true
	case "null", "scale":
		n, err := strconv.ParseInt(value, 10, 32)
		if err != nil {
			panic(fmt.Sprintf("schema: %s.%s: %v", t.Name(), field, err))
		}
		if name == "null" {
			c.null = n
		} else {
			c.scale, c.rounded = int32(n), true
		}
	default:
		panic(fmt.Sprintf("schema: %s.%s: unknown option %q", t.Name(), field, option))
	}
}

func (c *column) setKind(dataset string, t reflect.Type) {
	if c.typ.Kind() == reflect.Slice {
		c.list, c.typ = true, c.typ.Elem()
	}
	switch {
	case c.typ == decimalType:
		c.kind = kindDecimal
	case c.typ == nullDecimalType:
		c.kind, c.optional = kindNullDecimal, true
	case c.typ.Kind() == reflect.String:
		c.kind = kindString
		c.enum = enumOf(c.typ, dataset, c.name)
		if c.enum != nil {
			c.allowed = make(map[string]struct{}, len(c.enum))
			for _, v := range c.enum {
				c.allowed[v.Value] = struct{}{}
			}
		}
	case c.typ.Kind() == reflect.Int32:
		c.kind = kindInt32
	case c.typ.Kind() == reflect.Int64:
		c.kind = kindInt64
	case c.typ.Kind() == reflect.Float32:
		c.kind = kindFloat32
	case c.typ.Kind() == reflect.Bool:
		c.kind = kindBool
	case c.typ.Kind() == reflect.Struct && c.list:
		c.fields = columnsOf(dataset, c.typ)
	default:
		panic(fmt.Sprintf("schema: %s.%s: no column type for %s", t.Name(), c.name, c.typ))
	}
}

// unscaled gives a decimal as the integer that is stored: d × 10^scale. Money must be exact.
func (c *column) unscaled(d decimal.Decimal) (int64, error) {
	if e := d.Exponent(); !d.IsZero() && (e > maxExponent || e < -maxExponent) {
		return 0, fmt.Errorf("a number with the exponent %d does not fit DECIMAL(%d,%d)", e, decimalPrecision, c.scale)
	}
	if c.rounded && d.Exponent() < -c.scale {
		d = d.Round(c.scale)
	}
	shift := d.Exponent() + c.scale
	if d.NumDigits() <= decimalPrecision { // the common case, without big integers
		n := d.CoefficientInt64()
		for ; shift < 0 && n%10 == 0; shift++ {
			n /= 10
		}
		if n == 0 {
			return 0, nil
		}
		for ; shift > 0 && n > -maxUnscaled/10 && n < maxUnscaled/10; shift-- {
			n *= 10
		}
		if shift == 0 {
			return n, nil
		}
	} else if shift < 0 { // trailing zeros beyond the precision
		if r := d.Round(c.scale); r.Equal(d) && r.NumDigits() <= decimalPrecision {
			return r.CoefficientInt64(), nil
		}
	}
	if shift < 0 && !d.Round(c.scale).Equal(d) {
		return 0, fmt.Errorf("%s has more than %d decimals", d, c.scale)
	}
	return 0, fmt.Errorf("%s has more than the %d digits that DECIMAL(%d,%d) holds", shorten(d.String()), decimalPrecision, decimalPrecision, c.scale)
}

// maxExponent keeps the work on one number small, whatever a document makes of it.
const maxExponent = 200

// maxUnscaled bounds the stored integer: 10^18.
const maxUnscaled = 1_000_000_000_000_000_000

// shorten cuts what a hostile document may have made long.
func shorten(s string) string {
	const limit = 60
	if len(s) <= limit {
		return s
	}
	return strings.ToValidUTF8(s[:limit], "") + "…"
}

// FitsMoney tells whether an amount in yuan can be written: at most two decimals and 16 digits before the point.
func FitsMoney(yuan decimal.Decimal) bool {
	money := column{scale: moneyScale}
	_, err := money.unscaled(yuan)
	return err == nil
}
