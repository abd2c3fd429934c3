package verify

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

func (w *Words) readMoney(digits, unit string) (money, bool) {
	v, err := decimal.NewFromString(strings.ReplaceAll(digits, ",", ""))
	if err != nil {
		return money{}, false
	}
	factor := decimal.New(w.UnitFen(unit), -2)
	return money{v.Mul(factor), decimal.New(1, -int32(max(0, ledger.PrintedPlaces(digits)))).Mul(factor)}, true
}

// sentenceFindings reads every section.
func (l *checker) sentenceFindings() {
	for i := range l.Disclosure.Sections {
		s := &l.Disclosure.Sections[i]
		if !strings.ContainsAny(s.Text, "%％") {
			continue
		}
		for _, sentence := range strings.Split(s.Text, "。") {
			l.shares(s, sentence)
			l.rates(s, sentence)
		}
	}
}

// shares tests the parts listed after 其中 against the amount before it.
func (l *checker) shares(s *schema.SectionRow, sentence string) {
	before, after, ok := strings.Cut(sentence, l.words.parts)
	if !ok || strings.Contains(after, l.words.parts) {
		return
	}
	all := l.words.money.FindAllStringSubmatch(before, -1)
	if len(all) == 0 {
		return
	}
	whole, ok := l.words.readMoney(all[len(all)-1][1], all[len(all)-1][2])
	if !ok || whole.yuan.Sign() <= 0 {
		return
	}
	var found []finding
	held := 0
	for _, m := range l.words.share.FindAllStringSubmatch(after, -1) {
		part, ok := l.words.readMoney(m[1], m[2])
		share, err := decimal.NewFromString(m[3])
		if !ok || err != nil || part.yuan.GreaterThan(whole.yuan) {
			continue
		}
		f := finding{rule: rules.Share, status: schema.CheckPass, what: m[0], lines: l.saidIn(s, part.yuan)}
		if isRatio(part, whole, share, m[3]) {
			held++
		} else {
			f.status = schema.CheckFail
			if l.ofAnother(part, share, m[3], sentence) {
				f.status = schema.CheckSkipped
			}
		}
		found = append(found, f)
	}
	for _, f := range found {
		if held == 0 {
			f.status = schema.CheckSkipped
		}
		l.find(f)
	}
}

// ofAnother reports whether the part has that share in another amount of the sentence: a part of a part.
func (l *checker) ofAnother(part money, share decimal.Decimal, raw, sentence string) bool {
	for _, m := range l.words.money.FindAllStringSubmatch(sentence, ledger.MaxRun) {
		if whole, ok := l.words.readMoney(m[1], m[2]); ok && whole.yuan.GreaterThanOrEqual(part.yuan) && whole.yuan.Sign() > 0 && isRatio(part, whole, share, raw) {
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
func (l *checker) rates(s *schema.SectionRow, sentence string) {
	for _, at := range l.words.rate.FindAllStringSubmatchIndex(sentence, -1) {
		group := func(n int) string { return sentence[at[2*n]:at[2*n+1]] }
		change, ok := l.words.readMoney(group(2), group(3))
		rate, err := decimal.NewFromString(group(5))
		if !ok || err != nil {
			continue
		}
		up := l.words.rises.Any(group(1))
		f := finding{rule: rules.Change, status: schema.CheckFail, what: sentence[at[0]:at[1]], column: "narrative", lines: l.saidIn(s, change.yuan)}
		if grows := l.words.rises.Any(group(4)); grows == up {
			f.status = l.rateStatus(sentence[:at[0]], change, rate, group(5), up)
		}
		l.find(f)
	}
}

// rateStatus tests the rate against the amounts that stand before it in the sentence. It fails only where there is one, and
// nothing between says that a part of it is compared.
func (l *checker) rateStatus(before string, change money, rate decimal.Decimal, raw string, up bool) schema.CheckStatus {
	all := l.words.money.FindAllStringSubmatch(before, ledger.MaxRun)
	for _, m := range all {
		now, ok := l.words.readMoney(m[1], m[2])
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
	if len(all) != 1 || strings.Contains(before, l.words.parts) || strings.ContainsAny(before, "；;") {
		return schema.CheckSkipped
	}
	return schema.CheckFail
}

// saidIn finds the section's narrative lines with that amount.
func (l *checker) saidIn(s *schema.SectionRow, yuan decimal.Decimal) []int {
	var out []int
	for _, i := range l.Prose {
		if l.Lines[i].SectionNo == s.SectionNo && l.Lines[i].Amount.Abs().Equal(yuan) {
			out = append(out, i)
		}
	}
	return out
}
