package sentence

import (
	"strings"

	"github.com/shopspring/decimal"

	"github.com/countybudget/extract/normalize/verify/ledger"
	"github.com/countybudget/extract/normalize/verify/rules"
	"github.com/countybudget/extract/schema"
)

// Shares and rates in sentences: 占 x % is part over whole, 比上年增加 x 万元，增长 y % is the change over last year, to the
// printed places. Percentages give no lines, so the text is read here. A sentence with two meanings is not tested: a share
// counts only after 其中, and fails only where another of the same sentence holds.

// money is an amount in a sentence: yuan, and one unit of its last place.
type money struct{ yuan, unit decimal.Decimal }

var hundred = decimal.NewFromInt(100)

// readMoney reads an amount; ok is false where the digits are no number.
func (w *Words) readMoney(digits, unit string) (m money, ok bool) {
	v, err := decimal.NewFromString(strings.ReplaceAll(digits, ",", ""))
	if err != nil {
		return money{}, false
	}
	factor := decimal.New(w.lines.UnitFen(unit), -2)
	return money{v.Mul(factor), decimal.New(1, -int32(max(0, ledger.PrintedPlaces(digits)))).Mul(factor)}, true
}

// percentages reads every section.
func (w *Words) percentages(l *ledger.Ledger) []Finding {
	var out []Finding
	for i := range l.Disclosure.Sections {
		s := &l.Disclosure.Sections[i]
		if !strings.ContainsAny(s.Text, "%％") {
			continue
		}
		for _, sentence := range strings.Split(s.Text, "。") {
			out = append(out, w.shares(l, s, sentence)...)
			out = append(out, w.rates(l, s, sentence)...)
		}
	}
	return out
}

// shares tests the parts listed after 其中 against the amount before it.
func (w *Words) shares(l *ledger.Ledger, s *schema.SectionRow, sentence string) []Finding {
	before, after, ok := strings.Cut(sentence, w.parts)
	if !ok || strings.Contains(after, w.parts) {
		return nil
	}
	all := w.money.FindAllStringSubmatch(before, -1)
	if len(all) == 0 {
		return nil
	}
	whole, ok := w.readMoney(all[len(all)-1][1], all[len(all)-1][2])
	if !ok || whole.yuan.Sign() <= 0 {
		return nil
	}
	var found []Finding
	held := 0
	for _, m := range w.share.FindAllStringSubmatch(after, -1) {
		part, ok := w.readMoney(m[1], m[2])
		share, err := decimal.NewFromString(m[3])
		if !ok || err != nil || part.yuan.GreaterThan(whole.yuan) {
			continue
		}
		f := Finding{Rule: rules.Share, Status: schema.CheckPass, What: m[0], Lines: saidIn(l, s, part.yuan)}
		if isRatio(part, whole, share, m[3]) {
			held++
		} else {
			f.Status = schema.CheckFail
			if w.ofAnother(part, share, m[3], sentence) {
				f.Status = schema.CheckSkipped
			}
		}
		found = append(found, f)
	}
	for i := range found {
		if held == 0 {
			found[i].Status = schema.CheckSkipped
		}
	}
	return found
}

// ofAnother reports whether the part has that share in another amount of the sentence: a part of a part.
func (w *Words) ofAnother(part money, share decimal.Decimal, raw, sentence string) bool {
	for _, m := range w.money.FindAllStringSubmatch(sentence, ledger.MaxRun) {
		if whole, ok := w.readMoney(m[1], m[2]); ok && whole.yuan.GreaterThanOrEqual(part.yuan) && whole.yuan.Sign() > 0 && isRatio(part, whole, share, raw) {
			return true
		}
	}
	return false
}

// isRatio reports whether part/whole is the percentage, as far as the printed places of the three tell.
func isRatio(part, whole money, percent decimal.Decimal, raw string) bool {
	half := decimal.New(5, -int32(max(0, ledger.PrintedPlaces(raw)))-1)
	// The ratio's own uncertainty: half a unit of the part, and of the whole in proportion.
	slack := part.unit.Add(whole.unit.Mul(part.yuan.Abs().Div(whole.yuan))).Div(whole.yuan).Mul(decimal.NewFromInt(50))
	diff := part.yuan.Mul(hundred).Div(whole.yuan).Sub(percent).Abs()
	return diff.LessThanOrEqual(half.Add(slack))
}

// rates tests 增加 x 万元，增长 y %: the words agree, and some amount before it less x is what y is counted on.
func (w *Words) rates(l *ledger.Ledger, s *schema.SectionRow, sentence string) []Finding {
	var out []Finding
	for _, at := range w.rate.FindAllStringSubmatchIndex(sentence, -1) {
		group := func(n int) string { return sentence[at[2*n]:at[2*n+1]] }
		change, ok := w.readMoney(group(2), group(3))
		rate, err := decimal.NewFromString(group(5))
		if !ok || err != nil {
			continue
		}
		up := w.rises.Any(group(1))
		f := Finding{Rule: rules.Change, Status: schema.CheckFail, What: sentence[at[0]:at[1]], Column: "narrative", Lines: saidIn(l, s, change.yuan)}
		if grows := w.rises.Any(group(4)); grows == up {
			f.Status = w.rateStatus(sentence[:at[0]], change, rate, group(5), up)
		}
		out = append(out, f)
	}
	return out
}

// rateStatus tests the rate against the amounts that stand before it in the sentence. It fails only where there is one, and
// nothing between says that a part of it is compared.
func (w *Words) rateStatus(before string, change money, rate decimal.Decimal, raw string, up bool) schema.CheckStatus {
	all := w.money.FindAllStringSubmatch(before, ledger.MaxRun)
	for _, m := range all {
		now, ok := w.readMoney(m[1], m[2])
		if !ok {
			continue
		}
		last := money{now.yuan.Sub(change.yuan), now.unit}
		if !up {
			last.yuan = now.yuan.Add(change.yuan)
		}
		switch {
		case last.yuan.Sign() == 0:
			return schema.CheckSkipped // nothing the year before: 增长 100 % is a manner of speaking
		case last.yuan.Sign() > 0 && isRatio(change, last, rate, raw):
			return schema.CheckPass
		}
	}
	if len(all) != 1 || strings.Contains(before, w.parts) || strings.ContainsAny(before, "；;") {
		return schema.CheckSkipped
	}
	return schema.CheckFail
}

// saidIn finds the section's narrative lines with that amount.
func saidIn(l *ledger.Ledger, s *schema.SectionRow, yuan decimal.Decimal) []int {
	var out []int
	for _, i := range l.Prose {
		if l.Lines[i].SectionNo == s.SectionNo && l.Lines[i].Amount.Abs().Equal(yuan) {
			out = append(out, i)
		}
	}
	return out
}
