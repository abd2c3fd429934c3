package schema

import (
	"fmt"

	"github.com/shopspring/decimal"
)

// DecimalPrecision is the number of digits of every decimal column: those that fit the 64-bit integer it is stored on.
const DecimalPrecision = 18

// moneyScale is the number of decimals of an amount in yuan. Columns that are not money say theirs by a scale tag.
const moneyScale = 2

// maxExponent keeps the work on one number small, whatever a document makes of it.
const maxExponent = 200

// maxUnscaled bounds the stored integer: 10^18.
const maxUnscaled = 1_000_000_000_000_000_000

// Unscaled gives a decimal as the integer that is stored: d × 10^Scale. Money must be exact.
func (c *Column) Unscaled(d decimal.Decimal) (int64, error) {
	if e := d.Exponent(); !d.IsZero() && (e > maxExponent || e < -maxExponent) {
		return 0, fmt.Errorf("a number with the exponent %d does not fit DECIMAL(%d,%d)", e, DecimalPrecision, c.Scale)
	}
	if c.Rounded && d.Exponent() < -c.Scale {
		d = d.Round(c.Scale)
	}
	shift := d.Exponent() + c.Scale
	if d.NumDigits() <= DecimalPrecision { // the common case, without big integers
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
		if r := d.Round(c.Scale); r.Equal(d) && r.NumDigits() <= DecimalPrecision {
			return r.CoefficientInt64(), nil
		}
	}
	if shift < 0 && !d.Round(c.Scale).Equal(d) {
		return 0, fmt.Errorf("%s has more than %d decimals", d, c.Scale)
	}
	return 0, fmt.Errorf("%s has more than the %d digits that DECIMAL(%d,%d) holds", shorten(d.String()), DecimalPrecision, DecimalPrecision, c.Scale)
}
