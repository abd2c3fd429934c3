package lexicon

import (
	"strings"
	"testing"
	"testing/fstest"
)

// declared is a small classes.tsv.
const declared = classHeading + `
rows.header	sorted	equals	none	rows that repeat the header
rows.total	first		text	totals
`

func load(rows string) (*Book, error) {
	return Load(fstest.MapFS{
		"classes.tsv": {Data: []byte(declared)},
		"rows.tsv":    {Data: []byte(Heading + "\n" + rows)},
	})
}

const sound = "rows.header\t栏次\t\t\t\t\tforms\n" + "rows.total\t合计\tall\tsuffix\t人员|公用\ttable,row\tforms\n" + "rows.total\t^本年.*计$\tyear\tpattern\t\t\tforms\n"

func TestEmbedded(t *testing.T) {
	b := Embedded()
	if got := b.Of("metadata.title_level").Value("单位预算"); got != "unit" {
		t.Errorf("单位预算 is %q", got)
	}
	if b.Of("units.money").In("table").Any("百元") || !b.Of("units.money").In("correction").Any("百元") {
		t.Error("百元 is a unit of corrections alone")
	}
	if got := b.Of("furniture.column_numbers").Texts()[0]; got != "丙" {
		t.Errorf("column_numbers begins with %s, not in the order of the file", got)
	}
}

// TestMistakes: what is wrong with a file is said with its name and line.
func TestMistakes(t *testing.T) {
	if _, err := load(sound); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ rows, want string }{
		"unknown class": {sound + "rows.sum\t计\t\t\t\t\tforms\n", `rows.tsv, line 5: the class "rows.sum" is not declared`},
		"twice":         {"rows.header\t栏次\t\t\t\t\tforms\nrows.header\t栏次\t\t\t\t\tforms\n", "rows.tsv, line 3: the phrase \"栏次\" of rows.header is here twice"},
		"columns":       {"rows.header\t栏次\tforms\n", "rows.tsv, line 2: columns: 3, needed: 7"},
		"unsorted":      {"rows.header\t项\t\t\t\t\tforms\nrows.header\t栏次\t\t\t\t\tforms\n", "line 3: the phrase \"栏次\" comes after"},
		"classes":       {"rows.total\t计\tx\tequals\t\t\tforms\nrows.header\t栏次\t\t\t\t\tforms\n", "line 3: the class rows.header comes after rows.total"},
		"match":         {"rows.header\t栏次\t\tlike\t\t\tforms\n", `line 2: the match "like" is not known`},
		"no match":      {"rows.total\t计\tx\t\t\t\tforms\n", "does not say how it is matched"},
		"pattern":       {"rows.total\t(计\tx\tpattern\t\t\tforms\n", `line 2: the phrase "(计" is no regular expression: `},
		"value":         {"rows.header\t栏次\tx\t\t\t\tforms\n", "has no values"},
		"no value":      {"rows.total\t计\t\tequals\t\t\tforms\n", "needs a value"},
		"no source":     {"rows.header\t栏次\t\t\t\t\t\n", "has no source"},
		"no phrase":     {"rows.header\t\t\t\t\t\tforms\n", "is empty"},
		"white space":   {"rows.header\t 栏次\t\t\t\t\tforms\n", "white space"},
		"class empty":   {"rows.header\t栏次\t\t\t\t\tforms\n", "declares rows.total, which has no phrase"},
	} {
		if _, err := load(c.rows); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Load(fstest.MapFS{"classes.tsv": {Data: []byte(declared)}, "rows.tsv": {Data: []byte("phrase\n")}}); err == nil {
		t.Error("a wrong heading is accepted")
	}
	if _, err := Load(fstest.MapFS{"classes.tsv": {Data: []byte(classHeading + "\nb.b\tsorted\t\tnone\tx\na.a\tsorted\t\tnone\tx\n")}}); err == nil || !strings.Contains(err.Error(), "classes.tsv, line 3") {
		t.Errorf("unsorted classes: %v", err)
	}
}

func TestMatches(t *testing.T) {
	b, err := load(sound)
	if err != nil {
		t.Fatal(err)
	}
	totals := b.Of("rows.total")
	for text, want := range map[string]string{"支出合计": "all", "人员经费合计": "", "本年支出总计": "year", "合计数": ""} {
		if got := totals.Value(text); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
	if len(totals.In("sentence")) != 1 || len(totals.In("row")) != 2 {
		t.Error("the scope is not kept")
	}
	for _, c := range []struct {
		match      Match
		phrase     string
		text       string
		itMatches  bool
		otherwise  string
		otherMatch bool
	}{
		{Equals, "合计", "合计", true, "合计数", false},
		{Prefix, "合计", "合计数", true, "总合计", false},
		{Suffix, "合计", "总合计", true, "合计数", false},
		{Contains, "合计", "总合计数", true, "合 计", false},
		{All, "收入|支出", "支出与收入", true, "收入", false},
		{Pattern, "^合.计$", "合同计", true, "合计", false},
	} {
		p, err := b.phrase([]string{"rows.total", c.phrase, "x", string(c.match), "", "", "forms"})
		if err != nil {
			t.Fatal(err)
		}
		if p.Matches(c.text) != c.itMatches || p.Matches(c.otherwise) != c.otherMatch {
			t.Errorf("%s %s", c.match, c.phrase)
		}
	}
}

// TestOver: a user's phrases come before the program's, which stay.
func TestOver(t *testing.T) {
	b, err := load(sound)
	if err != nil {
		t.Fatal(err)
	}
	over, err := b.Over("mine.tsv", strings.NewReader(Heading+"\nrows.total\t支出合计\tyear\tequals\t\t\tmy county\nrows.header\t行号\t\t\t\t\tmy county\nrows.header\t栏次\t\tprefix\t\t\tmy county\n"))
	if err != nil {
		t.Fatal(err)
	}
	if over.Of("rows.total").Value("支出合计") != "year" || over.Of("rows.total").Value("收入合计") != "all" {
		t.Error("the user's phrase does not lie over the program's")
	}
	if !over.Of("rows.header").Any("栏次1") || len(over.Of("rows.header")) != 2 {
		t.Error("an equal phrase is not replaced")
	}
	if b.Of("rows.total").Value("支出合计") != "all" {
		t.Error("the book below has changed")
	}
	scoped, err := Embedded().Over("mine.tsv", strings.NewReader(Heading+
		"\nunits.money\t元\t2\t\t\tcheck\tmine\nunits.money\t百元\t3\t\t\tcheck,correction\tmine\nunits.money\t亿\t4\t\t\t\tmine\n"))
	if err != nil {
		t.Fatal(err)
	}
	for unit, want := range map[string]string{"元": "2 1 1", "百元": "3 0 3", "亿": "4 4 4"} { // of the readers check, table, correction
		got := ""
		for _, reader := range []string{"check", "table", "correction"} {
			got += " " + scoped.Of("units.money").In(reader).Numbers()[unit].String()
		}
		if got != " "+want {
			t.Errorf("%s:%s, want %s", unit, got, want)
		}
	}
	if _, err := Embedded().Over("mine.tsv", strings.NewReader(Heading+"\nunits.money\t元\tx\t\t\t\tmine\n")); err == nil || !strings.Contains(err.Error(), "is not a number") {
		t.Errorf("a unit of x yuan: %v", err)
	}
	if n := len(scoped.Of("units.money").In("correction")); n != len(Embedded().Of("units.money").In("correction"))+1 { // 亿 is new there
		t.Errorf("%d units for corrections", n)
	}
	if _, err := b.Over("mine.tsv", strings.NewReader(Heading+"\nrows.sum\t计\t\t\t\t\tx\n")); err == nil || !strings.Contains(err.Error(), "mine.tsv, line 2") {
		t.Errorf("%v", err)
	}
}

func TestLists(t *testing.T) {
	b, err := load("rows.header\t项\t\t\t\t\tforms\n" + "rows.total\t计\ta\tequals\t\t\tx\nrows.total\t合计\tb\tequals\t\t\tx\nrows.total\t总\ta\tequals\t\t\tx\n")
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(b.Of("rows.total").Longest().Texts(), " "); got != "合计 计 总" {
		t.Errorf("longest first: %s", got)
	}
	if got := strings.Join(b.Of("rows.total").Of("a").Texts(), " "); got != "计 总" {
		t.Errorf("of a value: %s", got)
	}
	if b.Word("rows.header") != "项" {
		t.Error("the word of a class")
	}
	defer func() {
		if recover() == nil {
			t.Error("a class that is not declared goes unnoticed")
		}
	}()
	b.Of("rows.sum")
}

// TestOverAll: a later file lies over an earlier one, and both over the program.
func TestOverAll(t *testing.T) {
	b, err := load(sound)
	if err != nil {
		t.Fatal(err)
	}
	over, err := b.OverAll([]File{
		{"a.tsv", Heading + "\nrows.total\t支出合计\tall\tequals\t\t\tmine\nrows.total\t收入合计\tyear\tequals\t\t\tmine\n"},
		{"b.tsv", "\ufeff" + Heading + "\r\nrows.total\t支出合计\tyear\tequals\t\t\tmine\r\n"},
	})
	if err != nil {
		t.Fatal(err)
	}
	totals := over.Of("rows.total")
	if got := totals.Value("支出合计") + totals.Value("收入合计") + totals.Value("往来合计"); got != "yearyearall" {
		t.Errorf("got %s", got)
	}
	if p := totals.First("支出合计"); !p.Own || p.File != "b.tsv" || totals.First("往来合计").Own {
		t.Error("it is not said whose phrase it is")
	}
	if _, err := b.OverAll([]File{{"a.tsv", Heading + "\n"}, {"b.tsv", "nothing"}}); err == nil || !strings.Contains(err.Error(), "b.tsv, line 1") {
		t.Errorf("said %v", err)
	}
}

// TestOwnMistakes: a user's line that would make a reader blind or fail is refused, with what may stand there.
func TestOwnMistakes(t *testing.T) {
	for line, want := range map[string]string{
		"rows.sum\t计\t\t\t\t\tmine":                `the class "rows.sum" is not declared; known are rows.balance, rows.entity_suffix,`,
		"row.total\t计\t\t\t\t\tmine":               `the class "row.total" is not declared; classes are bodies.…, checks.…, columns.…, forms.…, governments.…`,
		"years.printed\t(年\t\t\t\t\tmine":          `the phrase "(年" is no regular expression: `,
		"furniture.unit\t计量\t\t\t\t\tmine":         "furniture.unit is built in",
		"units.money\t百元\t100\t\t\ttables\tmine":   `the scope "tables" is not known; known are check, correction, sentence, table`,
		"rows.total\t计\t\t\t\trow\tmine":           `the scope "row" is not known; leave it empty`,
		"bodies.end\t专班\tweak\t\t\t\tmine":         `the value "weak" is not known; known are plain, strong`,
		"units.money\t百元\t-100\t\t\t\tmine":        "a unit is worth more than 0 yuan, not -100",
		"rows.total\t\"计,数\"\t\t\t\t\tmine":        `"计,数" stands in quotation marks, which spreadsheets add: remove them`,
		"years.printed\t年份\t\tequals\t\t\tmine":    "years.printed has regular expressions",
		"years.printed\t(\\d)(\\d)年\t\t\t\t\tmine": "has 2 groups, those of years.printed have 1",
	} {
		_, err := Embedded().Over("mine.tsv", strings.NewReader(Heading+"\n"+line+"\n"))
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "mine.tsv, line 2: ") {
			t.Errorf("%s: %v", line, err)
		}
	}
}
