package vocabulary

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/countybudget/extract/normalize/lexicon"
)

const most = 1 << 20

// line is a phrase file with one word of the spending.
func line(word, spending string) string {
	return lexicon.Heading + "\ngrammar.spending\t" + word + "\tspending=" + spending + " direction=expenditure\t\t\t\tmade up\n"
}

func write(t *testing.T, text string, path ...string) string {
	t.Helper()
	name := filepath.Join(path...)
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// spendingOf is the value of a word.
func spendingOf(v *Vocabulary, word string) string { return v.Book.Of("grammar.spending").Value(word) }

// TestNearest: the settings file of the folder counts, else the nearest above; phrase files of the run lie over those it names.
func TestNearest(t *testing.T) {
	top := t.TempDir()
	write(t, "lexicon: words.tsv\n", top, "a", SettingsFile)
	write(t, line("保运转支出", "basic"), top, "a", "words.tsv")
	write(t, "lexicon: [../words.tsv, more]\n", top, "a", "near", SettingsFile)
	write(t, line("保运转支出", "project"), top, "a", "near", "more", "1.tsv")
	write(t, "no phrase file", top, "a", "near", "more", "deep.tsv", "in a folder")
	write(t, "", top, "a", "bare", SettingsFile)
	run := write(t, line("保运转支出", "operating"), top, "run.tsv")

	for _, c := range []struct {
		run         []string
		folder, got string
	}{
		{nil, "a", "spending=basic direction=expenditure"},
		{nil, "a/deep/down", "spending=basic direction=expenditure"},
		{nil, "a/year.zip!/deep", "spending=basic direction=expenditure"},
		{nil, "a/near", "spending=project direction=expenditure"},
		{nil, "a/bare", ""},
		{nil, "b", ""},
		{[]string{run}, "a", "spending=operating direction=expenditure"},
		{[]string{run}, "b", "spending=operating direction=expenditure"},
	} {
		s, err := New(c.run, most)
		if err != nil {
			t.Fatal(err)
		}
		v, err := s.In(filepath.Join(top, c.folder))
		if err != nil {
			t.Fatal(err)
		}
		if got := spendingOf(v, "保运转支出"); got != c.got {
			t.Errorf("%s: %q, want %q", c.folder, got, c.got)
		}
		if again, _ := s.In(filepath.Join(top, c.folder)); again != v {
			t.Errorf("%s is read twice", c.folder)
		}
		if in, _ := s.In(""); in != s.Base() {
			t.Error("an object store has settings")
		}
		if (v.Sum == "") != (c.got == "") {
			t.Errorf("%s: the sum is %q", c.folder, v.Sum)
		}
	}
}

// TestRelative: a folder is found under relative names too, and above the working folder.
func TestRelative(t *testing.T) {
	top := t.TempDir()
	write(t, "lexicon: words.tsv\n", top, SettingsFile)
	write(t, line("保运转支出", "basic"), top, "words.tsv")
	if err := os.MkdirAll(filepath.Join(top, "a", "b"), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Chdir(filepath.Join(top, "a"))
	s, err := New(nil, most)
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{".", "b", "..", "../a/b", "b/../../a"} {
		if v, err := s.In(folder); err != nil || spendingOf(v, "保运转支出") == "" {
			t.Errorf("%s: %v", folder, err)
		}
	}
}

// TestSum: the sum is of what phrases say, in their order.
func TestSum(t *testing.T) {
	sum := func(text string) string {
		s, err := New([]string{write(t, text, t.TempDir(), "any.tsv")}, most)
		if err != nil {
			t.Fatal(err)
		}
		return s.Base().Sum
	}
	a := sum(line("保运转支出", "basic"))
	if a == "" || a != sum("\ufeff"+strings.ReplaceAll(strings.Replace(line("保运转支出", "basic"), "made up", "seen", 1), "\n", "\r\n")+"# remark") {
		t.Error("the source, a remark or the form of the file counts")
	}
	seen := map[string]string{a: ""}
	others := []string{
		line("保运转支出", "project"), line("保运转", "basic"), line("保运转支出", "basic") + "rows.total\t合计数\t\tequals\t\t\tx\n",
		strings.Replace(line("保运转支出", "basic"), "\tmade up", "title\tmade up", 1),
	}
	for _, columns := range []string{"rows.total\t往来\t\tequals\t\t", "rows.total\t往来\t\tcontains\t\t", "rows.total\t往来\t\tcontains\t其中\t", "names.contents\t往来\t\tcontains\t\t"} {
		others = append(others, lexicon.Heading+"\n"+columns+"\tmade up\n")
	}
	for _, text := range others {
		s := sum(text)
		if same, known := seen[s]; known {
			t.Errorf("%s has the sum of %s", text, same)
		}
		seen[s] = text
	}
	if sum(lexicon.Heading+"\n") != "" {
		t.Error("a file without phrases has a sum")
	}
}

// TestMistakesInPhraseFiles: each is told with the file and what to do.
func TestMistakesInPhraseFiles(t *testing.T) {
	top := t.TempDir()
	for name, c := range map[string]struct{ text, want string }{
		"utf16":     {"\xff\xfec\x00l\x00", "is UTF-16 (“Unicode text” of spreadsheets): save it as UTF-8 text"},
		"gbk":       {line("\xb1\xa3", "basic"), "is not UTF-8: save it as UTF-8 text"},
		"empty":     {"", " is empty: the first line must be class phrase value"},
		"spaces":    {strings.ReplaceAll(line("保运转", "basic"), "\t", " "), "line 1: the first line must be"},
		"columns":   {lexicon.Heading + "\ngrammar.spending\t保运转\tspending=basic\n", "line 2: columns: 3, needed: 7, with tabs between them"},
		"twice":     {line("保运转", "basic") + "grammar.spending\t保运转\tspending=project\t\t\t\tx\n", `line 3: the phrase "保运转" of grammar.spending is here twice`},
		"feature":   {line("保运转", "basic fond=a"), `line 2: the word "保运转": it says "fond", which nothing reads; known are`},
		"value":     {line("保运转", "base"), `spending=base is not known; known are spending=affiliate_subsidy`},
		"unsourced": {strings.Replace(line("保运转", "basic"), "made up", "", 1), "has no source: say in the last column where it is printed"},
		"large":     {line(strings.Repeat("保", most), "basic"), "the phrase files take"},
	} {
		file := write(t, c.text, top, name+".tsv")
		_, err := New([]string{file}, most)
		if err == nil || !strings.Contains(err.Error(), c.want) || name != "large" && !strings.Contains(err.Error(), file) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for path, want := range map[string]string{
		"":                                  "the name of a phrase file is empty",
		filepath.Join(top, "no.tsv"):        "no such file",
		os.DevNull:                          "is not a regular file",
		write(t, "", top, "empty", "words"): "the first line must be",
		filepath.Join(top, "empty"):         "the folder has no phrase file: their names end in .tsv",
	} {
		if _, err := New([]string{path}, most); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", path, err)
		}
	}
	file := write(t, line("保运转", "basic"), top, "once.tsv")
	if _, err := New([]string{file, top + "/./once.tsv"}, most); err == nil || !strings.Contains(err.Error(), "is named twice") {
		t.Errorf("named twice: %v", err)
	}
}

// TestMistakesInSettings: each is told with the file, the line and what to do.
func TestMistakesInSettings(t *testing.T) {
	for text, want := range map[string]string{
		"# a slip\nlexikon: a\n":       `, line 2: the setting "lexikon" is not known: the only one is lexicon; correct it, or remove it`,
		"lexicon: a\nocr: never\n":     `, line 2: the setting "ocr" is not known`,
		"lexicon:\n":                   ", line 1: lexicon is the name of a phrase file",
		"lexicon: 7\n":                 ", line 1: lexicon is the name",
		"lexicon: ''\n":                ", line 1: lexicon is the name",
		"lexicon:\n  - a.tsv\n  - - b": ", line 3: lexicon is the name",
		"lexicon: {a: b}\n":            ", line 1: lexicon is the name",
		"lexicon: []\n":                ", line 1: the list of phrase files is empty",
		"lexicon: a\nlexicon: b\n":     ", line 2: ",
		"lexicon: a\n---\nlexicon: b":  ", line 3: lexicon is here a second time",
		"a.tsv\n":                      `, line 1: a setting is missing: write "lexicon: words.tsv"`,
		"- a.tsv\n":                    ", line 1: a setting is missing",
		"lexicon: &x a\nb: *x\n":       ", line ",
		"lexicon: [a\n":                ", line 1: not YAML: ",
		"lexicon: \"a\n":               ", line 1: not YAML: ",
		"\tlexicon: a\n":               ", line 1: not YAML: ",
		"\xff\xfel\x00":                " is UTF-16",
		"lexicon: \xb1\xa3":            " is not UTF-8",
		"lexicon: no.tsv":              "no.tsv: no such file",
	} {
		top := t.TempDir()
		file := write(t, text, top, SettingsFile)
		s, err := New(nil, most)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.In(top); err == nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), file) {
			t.Errorf("%q: %v", text, err)
		}
	}
	top := t.TempDir()
	if err := os.Symlink("gone.yaml", filepath.Join(top, SettingsFile)); err != nil {
		t.Skip(err)
	}
	s, _ := New(nil, most)
	if _, err := s.In(top); err == nil || !strings.Contains(err.Error(), "no such file") {
		t.Errorf("a link to nothing: %v", err)
	}
}

// FuzzSettings: whatever a settings file holds, it is read or refused.
func FuzzSettings(f *testing.F) {
	for _, text := range []string{"lexicon: a", "lexicon:\n- a\n- b", "\ufefflexicon: a\r\n", "a: &b [*b]", "? lexicon\n: a", "!!binary x: y", "{", "lexicon: |\n  a"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		file := write(t, text, t.TempDir(), SettingsFile)
		if paths, err := readSettings(file); err == nil {
			for _, path := range paths {
				if !filepath.IsAbs(path) {
					t.Fatalf("%q names %s", text, path)
				}
			}
		}
	})
}
