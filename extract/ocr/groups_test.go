package ocr

import (
	"testing"

	"github.com/countybudget/extract/extract/model"
)

func numbersSaying(texts ...string) []*entry {
	var out []*entry
	for _, text := range texts {
		r := model.Reading{Text: text, Confidence: 1}
		e := &entry{best: r, others: []model.Reading{r}, votes: []float32{1}}
		e.Number = true
		out = append(out, e)
	}
	return out
}

// Where most numbers show that commas group the digits of a page's amounts, a point before three digits is one.
func TestPointsThatAreCommas(t *testing.T) {
	groups := []string{"291.508", "4,691", "58,301", "3.183.296", "181,417", "176.726", "0", "208", "2,237.550"}
	for name, c := range map[string]struct {
		texts []string
		want  string
	}{
		"commas among points":          {groups, "291,508"},
		"decimals, too":                {append([]string{"12.50", "7.5"}, groups...), "291.508"},
		"three decimals":               {[]string{"291.508", "4.691", "58.301", "1.234", "181.417", "176.726"}, "291.508"},
		"too few numbers":              {[]string{"291.508", "4,691", "58,301"}, "291.508"},
		"some commas, perhaps misread": {[]string{"291.508", "4.691", "58,301", "1.234", "181,417", "176.726"}, "291.508"},
		"amounts of groups and cents":  {[]string{"291.508", "1,291.50", "1,300.00", "5,181.00", "3,291.50", "4,300.00", "5,281.00"}, "291.508"},
	} {
		n := &session{}
		numbers := numbersSaying(c.texts...)
		n.regroup(numbers)
		for _, p := range numbers {
			if len(p.best.Text) == 7 && p.best.Text[:3] == "291" && (p.best.Text != c.want || p.others[0].Text != c.want) {
				t.Errorf("%s: %s and %s, want %s", name, p.best.Text, p.others[0].Text, c.want)
			}
		}
		if got := n.withCommas("291.508"); got != c.want {
			t.Errorf("%s: later %s, want %s", name, got, c.want)
		}
		if got := n.withCommas("291.50"); got != "291.50" {
			t.Errorf("%s: cents became %s", name, got)
		}
	}
}

// On a damaged page an amount with three decimals is in doubt.
func TestThreeDecimalsAreDoubtful(t *testing.T) {
	n := &session{}
	for _, p := range numbersSaying("291.508", "291.50", "291,508") {
		n.entries = append(n.entries, *p)
	}
	n.doubtPoints()
	if c := n.entries[0].best.Confidence; c > outvoted {
		t.Errorf("291.508 has %.2f", c)
	}
	if n.entries[1].best.Confidence < 1 || n.entries[2].best.Confidence < 1 {
		t.Error("others are in doubt, too")
	}
}
