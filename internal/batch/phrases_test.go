package batch

import (
	"strings"
	"testing"

	"github.com/countybudget/extract/normalize/lexicon"
)

// TestPhrases: a worker makes words once for each lexicon, and refuses what the supervisor should have.
func TestPhrases(t *testing.T) {
	file := func(name, phrase string) []lexicon.File {
		return []lexicon.File{{Name: name, Text: lexicon.Heading + "\ngrammar.spending\t" + phrase + "\tspending=basic\t\t\t\tmade up\n"}}
	}
	p := &phrases{}
	made, err := p.of(nil)
	if err != nil || made.words != nil || made.names == nil {
		t.Fatal(made, err)
	}
	first, err := p.of(file("a.tsv", "保运转支出"))
	if err != nil || first.words == nil {
		t.Fatal(err)
	}
	if other, _ := p.of(file("a.tsv", "保运转")); other == first || other.words == nil {
		t.Error("the words are those of another lexicon")
	}
	if made, _ := p.of(nil); made.words != nil {
		t.Error("the words of the last job stay")
	}
	if same, _ := p.of(file("a.tsv", "保运转支出")); same != first {
		t.Error("the words were made twice")
	}
	for i := range keptPhrases {
		if _, err := p.of(file("a.tsv", "保"+string(rune('一'+i)))); err != nil {
			t.Fatal(err)
		}
	}
	if len(p.made) != keptPhrases {
		t.Errorf("%d are kept", len(p.made))
	}
	if same, _ := p.of(file("a.tsv", "保运转支出")); same == first {
		t.Error("the words that were used longest ago stay")
	}
	if _, err := p.of([]lexicon.File{{Name: "a.tsv", Text: "x"}}); err == nil || !strings.Contains(err.Error(), "a.tsv, line 1") {
		t.Errorf("said %v", err)
	}
}

// TestSettingsOfPhrases: the settings without users' phrases are not those with them.
func TestSettingsOfPhrases(t *testing.T) {
	opt := &Options{}
	if opt.Settings("") == opt.Settings("a") || opt.Settings("a") == opt.Settings("b") {
		t.Error("phrases and settings do not go together")
	}
}
