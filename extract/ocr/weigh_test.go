package ocr

import (
	"slices"
	"testing"
)

// said is a candidate whose characters are equally probable and stand apart.
func said(text string, probability, share float32) Candidate {
	c := Candidate{Share: share}
	for i, r := range []rune(text) {
		c.Characters = append(c.Characters, Character{string(r), probability, float32(20 * i)})
	}
	return c
}

func TestWeigh(t *testing.T) {
	n := &session{known: func(s string) bool { return slices.Contains([]string{"住房公积金", "合计", "款"}, s) }}
	for _, c := range []struct {
		name    string
		found   []Candidate
		charset Charset
		want    []string
		sure    float32 // at most
	}{
		{"nothing", nil, AnyText, nil, 0},
		{"the most probable", []Candidate{said("甲乙丙丁", 1, 1), said("甲乙丙了", 1, 0.1)}, AnyText, []string{"甲乙丙丁"}, 1},
		{"another that is likely too", []Candidate{said("甲乙丙丁", 1, 1), said("甲乙丙了", 1, 0.5)}, AnyText, []string{"甲乙丙丁", "甲乙丙了"}, 1},
		{"a known name", []Candidate{said("住丙公积金", 0.9, 1), said("住房公积金", 0.1, 1e-4)}, AnyText, []string{"住房公积金", "住丙公积金"}, supported},
		{"a known name that is too unlikely", []Candidate{said("住丙公积金", 0.9, 1), said("住房公积金", 0.1, 1e-7)}, AnyText, []string{"住丙公积金"}, 1},
		{"a short name has to be likelier", []Candidate{said("台计", 1, 1), said("合计", 0.1, 1e-3)}, AnyText, []string{"台计"}, 1},
		{"a single character still more", []Candidate{said("熬", 1, 1), said("款", 0.1, 0.05)}, AnyText, []string{"熬"}, 1},
		{"equal but for white space", []Candidate{said("合 计", 1, 1), said("合计", 1, 0.5)}, AnyText, []string{"合计"}, 1},
		{"a number as numbers are made", []Candidate{said("9,.60", 0.99, 1), said("9.60", 0.9, 0.4)}, Numbers, []string{"9.60"}, nearlySure},
		{"but not an unlikely one", []Candidate{said("9,.60", 0.99, 1), said("9.60", 0.9, 0.05)}, Numbers, []string{"9,.60"}, 1},
		{"of a number only the best", []Candidate{said("9.60", 0.99, 1), said("9.80", 0.9, 0.4)}, Numbers, []string{"9.60"}, 1},
	} {
		var got []string
		found := n.weigh(c.found, c.charset)
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
		characters []Character
		want       string
	}{
		{[]Character{{"1", 1, 10}, {".", 0.9, 19}, {"5", 1, 28}}, "1.5"},
		{[]Character{{"8", 1, 10}, {"9", 0.6, 40}, {"%", 0.7, 43}}, "8%"},
		{[]Character{{"工", 1, 10}, {";", 0.5, 40}, {"，", 0.4, 46}}, "工;"},
		{[]Character{{"一", 1, 10}, {"般", 0.5, 16}}, "一般"},
	} {
		if got := readingOf(c.characters, AnyText); got.Text != c.want {
			t.Errorf("%v: %s", c.characters, got.Text)
		}
	}
}
