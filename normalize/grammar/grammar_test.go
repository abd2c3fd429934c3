package grammar

import (
	"slices"
	"strings"
	"testing"

	"github.com/countybudget/extract/normalize/lexicon"
)

func embedded(t testing.TB) *Grammar {
	g, err := New(lexicon.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// says writes what a text is parsed to: word=features, ! for a negated word, () for one in brackets.
func says(text *Text) string {
	var out []string
	for _, w := range text.Words {
		var features []string
		for _, f := range w.Features {
			features = append(features, strings.TrimSuffix(f.Name+"="+f.Value, "="))
		}
		s := w.Text + ":" + strings.Join(features, ",")
		if w.Nested {
			s = "(" + s + ")"
		}
		if w.Negated {
			s = "!" + s
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

// TestParse: a text is the words that it is composed of, the longest that explain all of it.
func TestParse(t *testing.T) {
	g := embedded(t)
	for text, want := range map[string]string{
		"2025年一般公共预算基本支出预算数": "2025年:year=2025 一般公共预算:fund=general_public_budget 基本支出:spending=basic,direction=expenditure 预算数:phase=approved",
		"二〇二四年决算数":           "二〇二四年:year=2024 决算数:phase=executed",
		"人员支出":               "人员支出:spending=personnel,direction=expenditure",
		"项目支出":               "项目支出:spending=project,direction=expenditure",
		"国有资本经营支出":           "国有资本经营:fund=state_capital 支出:direction=expenditure",
		"收入总表(不含上年结转)":       "收入:direction=revenue 总表:form=summary (不含:not) !(上年结转:period=carryover,balance=opening)",
		"政府性基金收入预算":          "政府性基金:fund=government_fund 收入预算:direction=revenue",
		"1.12021年决算表":        "2021年:year=2021 决算表:form,phase=executed", // the number of the table is glued to its title
		"上年决算数":              "上年:year=-1 决算数:phase=executed",
		"决算数为预算数的%":          "决算数:phase=executed 为预算:rate 数:filler 的:filler %:rate",
		"20240101":           "",
	} {
		parsed := g.Parse(text, Title)
		if got := says(&parsed); got != want || len(parsed.Unknown) > 0 {
			t.Errorf("%s\n got %s, left over %q\nwant %s", text, got, parsed.Unknown, want)
		}
	}
}

// TestLeftOver: what no word explains is given back; a word of one character inside of it is part of it.
func TestLeftOver(t *testing.T) {
	g := embedded(t)
	for text, want := range map[string][]string{
		"保运转支出":     {"保运转"},
		"预算数":       nil,
		"魑魅(决算数)魍魉": {"魑魅", "魍魉"},
	} {
		if got := g.Parse(text, Header).Unknown; !slices.Equal(got, want) {
			t.Errorf("%s leaves %q, want %q", text, got, want)
		}
	}
}

// TestNegation: a negation holds to the end of its bracket, or to the word that ends it.
func TestNegation(t *testing.T) {
	g := embedded(t)
	for text, want := range map[string]bool{
		"支出表(不含政府性基金)":     false,
		"支出表(不含项目支出)政府性基金": true,
		"除政府性基金外":          false,
		"除项目支出以外的政府性基金":    true,
		"政府性基金支出表(不含上年结转)": true,
	} {
		parsed := g.Parse(text, Title)
		if got := parsed.Has("fund", "government_fund"); got != want {
			t.Errorf("%s: %s", text, says(&parsed))
		}
	}
}

// TestMistakes: a user's file is refused with the place and the reason.
func TestMistakes(t *testing.T) {
	for line, want := range map[string]string{
		"grammar.funds\t甲\tcolour=red\t\t\t\ttest":                                                    `"colour", which nothing reads; known are among, balance`,
		"grammar.funds\t甲\tspending=basic spending=project\t\t\t\ttest":                               `the word "甲": it says spending twice`,
		"grammar.time\t甲\tcolour\t\t\t\ttest\ngrammar.funds\t乙\tfund=public\t\t\t\ttest":              `line 2: the word "甲": it says "colour"`,
		"grammar.funds\t甲\tfund=public\t\t\t\ttest":                                                   `fund=public is not known; known are fund=, fund=affiliate_remittance`,
		"grammar.time\t甲\tyear=last\t\t\t\ttest":                                                      `no difference in years`,
		"grammar.measure\t甲\trate=1\t\t\t\ttest":                                                      `rate=1 is not known; known are rate`,
		"grammar.time\t甲\tyear=1\tcontains\t\t\ttest":                                                 `leave match and without empty`,
		"grammar.time\t甲\tyear=1\t\t\theading\ttest":                                                  `the scope "heading" is not known; known are header, title`,
		"grammar.funds\t甲\tfund=other_income\t\t\t\ttest\ngrammar.items\t甲\titem=meeting\t\t\t\ttest": "is also in grammar.funds",
		"grammar.year\t^(\\d{4})$\troman\tpattern\t\t\ttest":                                          "neither digits nor numerals",
		"grammar.year\t^\\d{4}$\tdigits\tpattern\t\t\ttest":                                           "has 0 groups, those of grammar.year have 1",
	} {
		book, err := lexicon.Embedded().Over("mine.tsv", strings.NewReader(lexicon.Heading+"\n"+line+"\n"))
		if err == nil {
			_, err = New(book)
		}
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "mine.tsv, line ") {
			t.Errorf("%s: %v", line, err)
		}
	}
}

// TestUserWord: a user's word takes the place of an embedded one of another class.
func TestUserWord(t *testing.T) {
	book, err := lexicon.Embedded().Over("mine.tsv", strings.NewReader(lexicon.Heading+"\ngrammar.funds\t基本支出\tfund=other_income\t\t\t\ttest\n"))
	if err != nil {
		t.Fatal(err)
	}
	g, err := New(book)
	if err != nil {
		t.Fatal(err)
	}
	if parsed := g.Parse("基本支出", Header); !parsed.Has("fund", "other_income") || parsed.Has("spending") {
		t.Error(says(&parsed))
	}
}

// TestUserWordOfTitles: a user's word that only titles have leaves the program's to headers.
func TestUserWordOfTitles(t *testing.T) {
	book, err := lexicon.Embedded().Over("mine.tsv", strings.NewReader(lexicon.Heading+"\ngrammar.funds\t基本支出\tfund=other_income\t\t\ttitle\ttest\n"))
	if err != nil {
		t.Fatal(err)
	}
	g, err := New(book)
	if err != nil {
		t.Fatal(err)
	}
	if parsed := g.Parse("基本支出", Title); !parsed.Has("fund", "other_income") || parsed.Has("spending") {
		t.Error(says(&parsed))
	}
	if parsed := g.Parse("基本支出", Header); parsed.Has("fund") || !parsed.Has("spending", "basic") {
		t.Error(says(&parsed))
	}
}

// TestReadings: the reading that is taken comes first, and those that leave more over are not told.
func TestReadings(t *testing.T) {
	g := embedded(t)
	for text, want := range map[string][]string{
		"保运转支出":     {"保运转? 支出"},
		"项目支出":      {"项目支出", "项目 支出", "项 目 支出"},
		"魑魅(决算数)魍魉": {"魑魅? 决算数 魍魉?", "魑魅? 决算 数 魍魉?"},
		"":          nil,
		"(1)":       nil,
	} {
		var got []string
		for _, r := range g.Readings(text, Header, 3) {
			var parts []string
			for _, p := range r {
				if p.Unknown {
					p.Text += "?"
				}
				parts = append(parts, p.Text)
			}
			if len(parts) > 0 {
				got = append(got, strings.Join(parts, " "))
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s is read as %q, want %q", text, got, want)
		}
	}
	if n := len(g.Readings("2025年一般公共预算项目支出预算数", Title, 2)); n != 2 {
		t.Errorf("%d readings", n)
	}
}

// TestUserUnit: a unit of money that a user taught is a word of headers.
func TestUserUnit(t *testing.T) {
	book, err := lexicon.Embedded().Over("mine.tsv", strings.NewReader(lexicon.Heading+"\nunits.money\t旬元\t10\t\t\t\ttest\nunits.money\t句元\t10\t\t\tsentence\ttest\n"))
	if err != nil {
		t.Fatal(err)
	}
	g, err := New(book)
	if err != nil {
		t.Fatal(err)
	}
	if parsed := g.Parse("预算数(旬元)", Header); len(parsed.Unknown) > 0 || !parsed.Has("money") {
		t.Error(says(&parsed))
	}
	if parsed := g.Parse("预算数(句元)", Header); len(parsed.Unknown) == 0 {
		t.Error("a unit of sentences is known in headers")
	}
}

// FuzzParse: every character is part of a word, a mark or what is left over, in order.
func FuzzParse(f *testing.F) {
	for _, text := range []string{"2025年收入总表(不含上年结转)", "a)b(", "固定资产负债增减%", "二〇二四年", "\xff项目", "((((不含"} {
		f.Add(text)
	}
	g := embedded(f)
	f.Fuzz(func(t *testing.T, text string) {
		parsed := g.Parse(text, Header)
		at := 0
		for _, w := range parsed.Words {
			i := strings.Index(text[at:], w.Text)
			if i < 0 {
				t.Fatalf("%q: the word %q is not behind %d", text, w.Text, at)
			}
			at += i + len(w.Text)
		}
		if taken := g.Readings(text, Header, 1); len(text) > 0 {
			var words, unknown []string
			for _, p := range taken[0] {
				if p.Unknown {
					unknown = append(unknown, p.Text)
				} else {
					words = append(words, p.Text)
				}
			}
			if !slices.Equal(unknown, parsed.Unknown) || !slices.EqualFunc(words, parsed.Words, func(text string, w Word) bool { return text == w.Text }) {
				t.Fatalf("%q: the first reading is %q and %q", text, words, unknown)
			}
		}
		for _, u := range parsed.Unknown {
			if !strings.Contains(text, u) {
				t.Fatalf("%q leaves %q", text, u)
			}
		}
	})
}
