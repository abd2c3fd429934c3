package ocr

import (
	"image"
	"testing"

	"github.com/countybudget/extract/extract/model"
	pix "github.com/countybudget/extract/extract/ocr/image"
	"github.com/countybudget/extract/extract/ocr/segment"
)

func TestPlausible(t *testing.T) {
	for s, want := range map[string]bool{
		"0.00": true, "1234.56": true, "1,234.56": true, "-1.00": true, "(1.00)": true, "12.5%": true, "2080505": true,
		"": false, ".": false, "1..00": false, "10,66": false, "1.2.3": false, "12-4": false,
	} {
		if plausible(s) != want {
			t.Errorf("%q: %v", s, !want)
		}
	}
}

func TestMostlyDigits(t *testing.T) {
	for s, want := range map[string]bool{"875.扫": true, "]8.28": true, "2080505": true, "2024年": false, "≥95%": false, "合计": false, "": false} {
		if mostlyDigits(s) != want {
			t.Errorf("%q: %v", s, !want)
		}
	}
}

func TestRegrouped(t *testing.T) {
	for in, want := range map[string]string{
		"4.049,883.12": "4,049,883.12", "850.570.34": "850,570.34", "(1.234.50)": "(1,234.50)", "1,234.50": "1,234.50", "1234.50": "1234.50",
		"12.345": "12.345", "1.2.3": "1.2.3", "12.345.6789": "12.345.6789",
	} {
		if got := regrouped(in); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

func TestTidy(t *testing.T) {
	for in, want := range map[string]string{
		"〈不含上年结转)": "(不含上年结转)", "〈卖〉": "〈卖〉", "财政拨款″三公”经费": "财政拨款“三公”经费", "“三公”": "“三公”", "一”二": "一”二",
		"《一)基本支出": "(一)基本支出", "《办法》(试行)": "《办法》(试行)",
	} {
		if got := tidy(in); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

func TestVotes(t *testing.T) {
	p := &entry{Segment: segment.Segment{Number: true}}
	for _, r := range []model.Reading{{Text: "5140", Confidence: 0.9}, {Text: "51.40", Confidence: 0.7}, {Text: "51..40", Confidence: 0.99}} {
		p.add(r, 1)
	}
	if p.best.Text != "51.40" {
		t.Errorf("best of %v: %v", p.others, p.best)
	}
}

// In a column of numbers that are all wider than their digits by a decimal point, all have lost it.
func TestColumnThatLostAllPoints(t *testing.T) {
	wide := func(text string, width int) entry {
		return entry{
			Segment: segment.Segment{Box: image.Rect(0, 0, width, 17), Number: true},
			best:    model.Reading{Text: text, Confidence: 0.95},
		}
	}
	var sure []*entry
	for range 6 {
		for _, p := range []entry{wide("2080505", 70), wide("12.34", 45), wide("123.45", 55)} {
			sure = append(sure, &p)
		}
	}
	widths := learn(pix.Prepare(pix.Blank(100, 100)), sure).Widths
	for name, c := range map[string]struct {
		widths []int
		want   bool
	}{
		"amounts":            {[]int{35, 36, 34}, true},
		"counts":             {[]int{30, 30, 31}, false},
		"one without room":   {[]int{35, 30, 35}, false},
		"a number by itself": {[]int{35}, false},
	} {
		s := pix.Prepare(pix.Blank(100, 100))
		_, columns := segment.Cut(s, nil, []image.Rectangle{image.Rect(0, 0, 60, 20)})
		n := &session{columns: columns}
		for _, w := range c.widths {
			n.entries = append(n.entries, wide("132", w))
		}
		if got := n.lostAllPoints(&n.entries[0], widths); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
