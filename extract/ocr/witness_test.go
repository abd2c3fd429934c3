package ocr

import (
	"errors"
	"slices"
	"testing"

	"github.com/countybudget/extract/extract/model"
)

// reads is a recognizer that reads texts and numbers the same everywhere, each as surely as said.
func reads(text string, textSure float32, number string, numberSure float32) *closing {
	return &closing{fakeRecognizer: fakeRecognizer{say: func(_ Line, charset Charset) []Candidate {
		if charset == Numbers {
			return []Candidate{said(number, numberSure, 1)}
		}
		return []Candidate{said(text, textSure, 1)}
	}}}
}

// attended reads the budget with a first recognizer and a witness, and perhaps a third one.
func attended(t *testing.T, first, witness Recognizer, third func() (Recognizer, error)) Result {
	t.Helper()
	return attendedBy(t, first, func() (Recognizer, error) { return witness, nil }, third)
}

func attendedBy(t *testing.T, first Recognizer, witness, third func() (Recognizer, error)) Result {
	t.Helper()
	scan, cells := budget()
	result, err := Page(t.Context(), first, scan, Options{Grid: func(*model.Page) []model.Rect { return cells }, Witness: witness, Second: third,
		Known: func(s string) bool { return s == "住房公积金" || s == "住房" }, Near: func(string) []string { return nil }})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// cellsOf are the name and the number of the budget's first row, and the confidence of the number.
func cellsOf(r Result) (name, number string, confidence float32) {
	_, cells := budget()
	for i := range r.Page.Glyphs {
		if cells[1].Contains(r.Page.Glyphs[i].Box.Center()) {
			confidence = r.Page.Glyphs[i].Confidence
		}
	}
	return textOf(r.Page, cells[0]), textOf(r.Page, cells[1]), confidence
}

// has reports whether a number was kept as a reading of the budget's numbers.
func has(r Result, text string) bool {
	return slices.ContainsFunc(r.Page.Reads, func(c model.Read) bool {
		return slices.ContainsFunc(c.Readings, func(o model.Reading) bool { return o.Text == text })
	})
}

// What two recognizers of different weights read alike is sure, however unsure the first one was.
func TestWitnessAgrees(t *testing.T) {
	witness := reads("住房公积金", 1, "1284.50", 1)
	result := attended(t, reads("住房公积金", 0.3, "1284.50", 0.3), witness, nil)
	if name, number, confidence := cellsOf(result); name != "住房公积金" || number != "1284.50" || confidence < confirmed {
		t.Errorf("%s, %s with %.2f", name, number, confidence)
	}
	if witness.closed != 1 || result.Unwitnessed != nil {
		t.Errorf("closed %d times, error %v", witness.closed, result.Unwitnessed)
	}
}

// Where they differ and the witness is sure, its reading is taken; the number stays in doubt, and keeps both.
func TestWitnessDiffers(t *testing.T) {
	result := attended(t, reads("住丙公职金", 0.6, "1234.50", 0.6), reads("住房公职金", 1, "1284.50", 1), nil)
	name, number, confidence := cellsOf(result)
	if name != "住房公职金" || number != "1284.50" || confidence > outvoted {
		t.Errorf("%s, %s with %.2f", name, number, confidence)
	}
	if !has(result, "1234.50") || !has(result, "1284.50") {
		t.Error("a reading was lost")
	}
}

// A witness that is not sure changes no number, but its reading is kept.
func TestUnsureWitness(t *testing.T) {
	result := attended(t, reads("住丙公积金", 0.5, "1234.50", 0.6), reads("件西分职全", 0.3, "1284.50", 0.7), nil)
	name, number, confidence := cellsOf(result)
	if name != "住丙公积金" || number != "1234.50" || confidence > outvoted || !has(result, "1284.50") {
		t.Errorf("%s, %s with %.2f", name, number, confidence)
	}
}

// A witness whose text has no form of a number changes none.
func TestWitnessWithoutANumber(t *testing.T) {
	result := attended(t, reads("住丙公积金", 0.5, "1234.50", 0.6), reads("住房公积金", 1, "12.34.50", 1), nil)
	if _, number, _ := cellsOf(result); number != "1234.50" {
		t.Errorf("%s", number)
	}
}

// The witness is asked for every short text that is no known word, however sure the first one is, and not for known words or
// for numbers in no doubt.
func TestWitnessIsAskedForUnknownTexts(t *testing.T) {
	witness := reads("住房公职金", 1, "1284.50", 1)
	attended(t, reads("住丙公职金", 1, "1234.50", 1), witness, nil)
	if witness.lines != 3 {
		t.Errorf("%d lines were read, not the 3 texts", witness.lines)
	}
	attendedBy(t, reads("住房公积金", 1, "1234.50", 1), func() (Recognizer, error) {
		t.Error("asked")
		return nil, errors.New("asked")
	}, nil)
}

// What the witness printed surely is not replaced by a known word that is a part of it.
func TestWitnessIsNotBentToKnownWords(t *testing.T) {
	witness := &closing{fakeRecognizer: fakeRecognizer{say: func(_ Line, charset Charset) []Candidate {
		if charset == Numbers {
			return []Candidate{said("1234.50", 1, 1)}
		}
		return []Candidate{said("住房合", 1, 1), said("住房", 1, 0.1)}
	}}}
	result := attended(t, reads("住丙合", 0.9, "1234.50", 1), witness, nil)
	if name, _, _ := cellsOf(result); name != "住房合" {
		t.Errorf("%s", name)
	}
}

// A known name that the first one read of itself stays, where the witness reads another text.
func TestKnownNameStays(t *testing.T) {
	n := &session{known: func(s string) bool { return s == "住房公积金" }}
	for confidence, want := range map[float32]string{0.8: "住房公积金", supported: "住房公职金"} { // the latter was not its most probable reading
		p := &entry{best: model.Reading{Text: "住房公积金", Confidence: confidence}}
		n.hearText(p, []model.Reading{{Text: "住房公职金", Confidence: 0.99}})
		if p.best.Text != want {
			t.Errorf("with %.2f: %s, want %s", confidence, p.best.Text, want)
		}
	}
}

// The number of one stroke before a name, which the witness takes for a speck, stays.
func TestHeadThatTheWitnessLost(t *testing.T) {
	for _, c := range [][3]string{
		{"一、收入", "、收入", "一、收入"}, {"-、收人", "、收入", "-、收入"}, {"|收入", "收入", "收入"}, {"收入", "(收入", "(收入"}, {"二十、收入", "、收入", "、收入"}, {"、收入", "、收入", "、收入"}, {"收入", "", ""},
	} {
		if got := withHead(c[0], c[1]); got != c[2] {
			t.Errorf("%s and %s: %s, want %s", c[0], c[1], got, c[2])
		}
	}
}

// On a poor page the witness reads every number, also those of which the first one is sure.
func TestWitnessReadsAllOfAPoorPage(t *testing.T) {
	n := &session{}
	var texts, numbers []*entry
	for i := range 12 {
		numbers = append(numbers, &entry{best: model.Reading{Text: "1234.50", Confidence: 1}})
		texts = append(texts, &entry{best: model.Reading{Text: "住房公积金", Confidence: 1}})
		if i < 2 {
			texts[i].best.Confidence = 0.3
		}
	}
	if n.poor(texts, numbers) {
		t.Error("two doubts of 24 make a page poor")
	}
	numbers[0].best.Text, numbers[1].best.Confidence = "12.34.50", 0.3
	if !n.poor(texts, numbers) {
		t.Error("four doubts of 24 make no page poor")
	}
	if n.poor(texts[:2], nil) {
		t.Error("a page of two lines is poor")
	}
}

// A third reading that equals the witness's makes a number sure; one that equals the first one's does not: these have the same
// weights.
func TestThirdOpinion(t *testing.T) {
	first, witness := reads("住房公积金", 1, "1234.50", 0.6), reads("住房公积金", 1, "1284.50", 1)
	for third, sure := range map[string]bool{"1284.50": true, "1234.50": false, "1834.50": false} {
		result := attended(t, first, witness, func() (Recognizer, error) { return reads("", 1, third, 1), nil })
		_, number, confidence := cellsOf(result)
		if number != "1284.50" || (confidence >= doubtfulNumber) != sure {
			t.Errorf("third opinion %s: %s with %.2f", third, number, confidence)
		}
	}
}

// A witness that is not there, fails or breaks the contract costs its readings only.
func TestWitnessThatFails(t *testing.T) {
	broken := errors.New("out of order")
	for name, witness := range map[string]func() (Recognizer, error){
		"not there": func() (Recognizer, error) { return nil, broken },
		"failing": func() (Recognizer, error) {
			return faulty{func(int) ([][]Candidate, error) { return nil, broken }}, nil
		},
	} {
		asked := 0
		result := attendedBy(t, reads("住丙公积金", 0.3, "1234.50", 0.3), func() (Recognizer, error) {
			asked++
			return witness()
		}, nil)
		text, number, _ := cellsOf(result)
		if text != "住丙公积金" || number != "1234.50" || !errors.Is(result.Unwitnessed, broken) || asked != 1 {
			t.Errorf("%s: %s, %s, asked for %d times, error %v", name, text, number, asked, result.Unwitnessed)
		}
	}
	short := faulty{func(n int) ([][]Candidate, error) { return make([][]Candidate, n-1), nil }}
	if result := attended(t, reads("住丙公积金", 0.3, "1234.50", 0.3), short, nil); result.Unwitnessed == nil {
		t.Error("a witness that breaks the contract is not told")
	}
	if result := attended(t, reads("住丙公积金", 0.3, "1234.50", 0.3), faulty{func(n int) ([][]Candidate, error) { return make([][]Candidate, n), nil }}, nil); result.Unwitnessed != nil {
		t.Errorf("a witness that reads nothing: %v", result.Unwitnessed)
	}
}

// A text of half the characters of a known or likely one is a part of it.
func TestWitnessThatLostHalf(t *testing.T) {
	n := &session{known: func(s string) bool { return s == "科目" }}
	for _, c := range []struct {
		first model.Reading
		want  string
	}{
		{model.Reading{Text: "科目", Confidence: 0.7}, "科目"}, {model.Reading{Text: "斜月", Confidence: 0.7}, "斜月"},
		{model.Reading{Text: "斜月", Confidence: 0.2}, "一"}, {model.Reading{Text: "二", Confidence: 0.7}, "一"},
	} {
		p := &entry{best: c.first}
		n.hearText(p, []model.Reading{{Text: "一", Confidence: 0.99}})
		if p.best.Text != c.want {
			t.Errorf("%+v became %s", c.first, p.best.Text)
		}
	}
}

// A rest of a rule is no text, though the witness reads a stroke there; a speck that both read as a mark stays noise.
func TestStrokesAndSpecks(t *testing.T) {
	n := &session{em: 30}
	p := &entry{best: model.Reading{Text: "一", Confidence: 0.5}, asked: true}
	p.Box.Max.Y = 8
	if !n.isStroke(p) {
		t.Error("a flat stroke is a text")
	}
	for _, c := range []struct {
		height     int
		confidence float32
		asked      bool
	}{{20, 0.5, true}, {8, 0.95, true}, {8, 0.5, false}} {
		p.Box.Max.Y, p.best.Confidence, p.asked = c.height, c.confidence, c.asked
		if n.isStroke(p) {
			t.Errorf("%+v is a stroke", c)
		}
	}
	speck := &entry{best: model.Reading{Text: "-", Confidence: 0.1}}
	if n.hearText(speck, []model.Reading{{Text: "-", Confidence: 0.99}}); speck.best.Confidence > 0.1 {
		t.Errorf("a speck became sure: %v", speck.best)
	}
}

// What turned out to be no number is read as a text by the witness.
func TestWitnessReadsWhatIsNoNumber(t *testing.T) {
	result := attended(t, reads("", 1, "-", 0.1), reads("公积金合计入", 1, "", 1), nil)
	if _, number, _ := cellsOf(result); number != "公积金合计入" {
		t.Errorf("%q", number)
	}
}

// The witness is no surer of a year than the first one, and what it makes of a speck is no text.
func TestWitnessOfYearsAndSpecks(t *testing.T) {
	n := &session{em: 30}
	p := &entry{best: model.Reading{Text: "2024年预算数", Confidence: 0.99}}
	if n.hearText(p, []model.Reading{{Text: "2023年预算数", Confidence: 0.99}}); p.best.Text != "2024年预算数" || len(p.others) != 1 {
		t.Errorf("%+v, %+v", p.best, p.others)
	}
	p = &entry{best: model.Reading{Text: "表", Confidence: 0.2}}
	if n.hearText(p, []model.Reading{{Text: "•", Confidence: 0.99}}); p.best.Text != "表" {
		t.Errorf("a mark was taken: %+v", p.best)
	}
}

// 表5 is mostly digits, and yet a text: the witness reads it with all characters. What is lower than any character it does not read.
func TestWhatTheWitnessReadsAsText(t *testing.T) {
	n := &session{em: 30}
	for text, want := range map[string]bool{"表5": true, "205": false} {
		if got := hasHan(text); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
	n.witness = &witness{open: func() (Recognizer, error) { return nil, errors.New("asked") }}
	p := &entry{best: model.Reading{Text: "4", Confidence: 0.3}}
	p.Number, p.Box.Max.Y = true, 8
	if n.consult([]*entry{p}); n.witness.err != nil {
		t.Error("a speck was read")
	}
}
