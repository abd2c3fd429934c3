package report

import (
	"fmt"
	"html/template"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/countybudget/extract/normalize/lineage"
	"github.com/countybudget/extract/schema"
)

var tenThousand = decimal.New(1, 4)

// wan is an amount in 万元 with two decimals.
func wan(yuan decimal.Decimal) string { return grouped(yuan.Div(tenThousand).StringFixed(2)) }

// signedWan is a difference in 万元.
func signedWan(yuan decimal.Decimal) string {
	if yuan.IsPositive() {
		return "+" + wan(yuan)
	}
	return wan(yuan)
}

// grouped sets commas between thousands, and a proper minus sign.
func grouped(s string) string {
	sign := ""
	if rest, negative := strings.CutPrefix(s, "-"); negative {
		sign, s = "−", rest
	}
	whole, fraction, _ := strings.Cut(s, ".")
	var b strings.Builder
	b.WriteString(sign)
	for i, r := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(r)
	}
	if fraction != "" {
		b.WriteString("." + fraction)
	}
	return b.String()
}

func percent(p decimal.NullDecimal) string {
	switch {
	case !p.Valid:
		return "–"
	case p.Decimal.IsPositive():
		return "+" + grouped(p.Decimal.StringFixed(1))
	}
	return grouped(p.Decimal.StringFixed(1))
}

// share is part of whole in percent; a dash when there is no whole.
func share(part, whole int) string {
	if whole == 0 {
		return "–"
	}
	// Rounded down: 100 % is said only when nothing is left over.
	tenths := part * 1000 / whole
	return fmt.Sprintf("%d.%d", tenths/10, tenths%10)
}

func count(n int) string { return grouped(fmt.Sprint(n)) }

// mark is the sign beside a figure; a blank of the same width keeps the decimals aligned.
func mark(f *Figure) template.HTML {
	switch {
	case f.Doubtful():
		return signed("bad", "✕", "markDoubt")
	case f.Unproven():
		return signed("open", "○", "markOpen")
	}
	return `<i class="mark"></i>`
}

func signed(class, sign, key string) template.HTML {
	w := words[key]
	return template.HTML(fmt.Sprintf(`<i class="mark %s" role="img" data-zh="%s" data-en="%s" aria-label="%s" title="%s">%s</i>`,
		class, w[0], w[1], w[0], w[0], sign))
}

// sparkline draws a series as a line of 96 × 22, broken where a year is missing.
func sparkline(d *Department, years []int32, phase schema.Phase) template.HTML {
	const width, height, pad = 96.0, 22.0, 3.0
	low, high, known := decimal.Zero, decimal.Zero, 0
	for _, y := range years {
		if f := d.Figure(y, phase, lineage.TotalExpenditure); f != nil {
			high = decimal.Max(high, f.Amount)
			low = decimal.Min(low, f.Amount)
			known++
		}
	}
	if known == 0 || !high.GreaterThan(low) {
		return ""
	}
	span := high.Sub(low).InexactFloat64()
	var path, dots strings.Builder
	pen := "M"
	for i, y := range years {
		f := d.Figure(y, phase, lineage.TotalExpenditure)
		if f == nil {
			pen = "M"
			continue
		}
		px := pad + (width-2*pad)*float64(i)/float64(max(1, len(years)-1))
		py := height - pad - (height-2*pad)*f.Amount.Sub(low).InexactFloat64()/span
		fmt.Fprintf(&path, "%s%.1f %.1f", pen, px, py)
		fmt.Fprintf(&dots, `<circle cx="%.1f" cy="%.1f" r="1.4"/>`, px, py)
		pen = "L"
	}
	return template.HTML(fmt.Sprintf(`<svg class="spark" viewBox="0 0 %g %g" width="%g" height="%g" aria-hidden="true"><path d="%s"/>%s</svg>`,
		width, height, width, height, path.String(), dots.String()))
}
