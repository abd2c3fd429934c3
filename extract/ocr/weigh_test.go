package ocr

import (
	"slices"
	"testing"
)

// said is a candidate whose characters are equally sure and stand apart.
func said(text string, sure, share float32) candidate {
	c := candidate{share: share}
	for i, r := range []rune(text) {
		c.letters = append(c.letters, letter{string(r), sure, float32(20 * i)})
	}
	return c
}

func TestWeigh(t *testing.T) {
	n := &session{known: func(s string) bool { return slices.Contains([]string{"住房公积金", "合计", "款"}, s) }}
	for _, c := range []struct {
		name    string
		found   []candidate
		numbers bool
		want    []string
		sure    float32 // at most
	}{
		{"nothing", nil, false, nil, 0},
		{"the most probable", []candidate{said("甲乙丙丁", 1, 1), said("甲乙丙了", 1, 0.1)}, false, []string{"甲乙丙丁"}, 1},
		{"another that is likely too", []candidate{said("甲乙丙丁", 1, 1), said("甲乙丙了", 1, 0.5)}, false, []string{"甲乙丙丁", "甲乙丙了"}, 1},
		{"a known name", []candidate{said("住丙公积金", 0.9, 1), said("住房公积金", 0.1, 1e-4)}, false, []string{"住房公积金", "住丙公积金"}, supported},
		{"a known name that is too unlikely", []candidate{said("住丙公积金", 0.9, 1), said("住房公积金", 0.1, 1e-7)}, false, []string{"住丙公积金"}, 1},
		{"a short name has to be likelier", []candidate{said("台计", 1, 1), said("合计", 0.1, 1e-3)}, false, []string{"台计"}, 1},
		{"a single character still more", []candidate{said("熬", 1, 1), said("款", 0.1, 0.05)}, false, []string{"熬"}, 1},
		{"equal but for white space", []candidate{said("合 计", 1, 1), said("合计", 1, 0.5)}, false, []string{"合计"}, 1},
		{"a number as numbers are made", []candidate{said("9,.60", 0.99, 1), said("9.60", 0.9, 0.4)}, true, []string{"9.60"}, nearlySure},
		{"but not an unlikely one", []candidate{said("9,.60", 0.99, 1), said("9.60", 0.9, 0.05)}, true, []string{"9,.60"}, 1},
		{"of a number only the best", []candidate{said("9.60", 0.99, 1), said("9.80", 0.9, 0.4)}, true, []string{"9.60"}, 1},
	} {
		var got []string
		found := n.weigh(c.found, c.numbers)
		for _, r := range found {
			got = append(got, r.Text)
		}
		if !slices.Equal(got, c.want) || len(found) > 0 && found[0].Confidence > c.sure {
			t.Errorf("%s: %v", c.name, found)
		}
	}
}

// What is seen in one place is one character.
func TestApart(t *testing.T) {
	for _, c := range []struct {
		letters []letter
		want    string
	}{
		{[]letter{{"1", 1, 10}, {".", 0.9, 19}, {"5", 1, 28}}, "1.5"},
		{[]letter{{"8", 1, 10}, {"9", 0.6, 40}, {"%", 0.7, 43}}, "8%"},
		{[]letter{{"工", 1, 10}, {";", 0.5, 40}, {"，", 0.4, 46}}, "工;"},
		{[]letter{{"一", 1, 10}, {"般", 0.5, 16}}, "一般"},
	} {
		if got := joined(c.letters, false); got.Text != c.want {
			t.Errorf("%v: %s", c.letters, got.Text)
		}
	}
}
