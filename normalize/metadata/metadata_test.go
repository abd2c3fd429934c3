package metadata

import (
	"testing"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/normalize/grammar"
	"github.com/countybudget/extract/normalize/lexicon"
	"github.com/countybudget/extract/schema"
	"github.com/countybudget/extract/schema/codebook"
)

// embedded is the words of the embedded lexicon.
func embedded(t *testing.T) *Words {
	t.Helper()
	g, err := grammar.New(lexicon.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	return NewWords(lexicon.Embedded(), g)
}

func TestDepartmentInFileName(t *testing.T) {
	books, err := codebook.Load()
	if err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]string{
		"2022年云陵县交通运输局部门预算公开.pdf":      "云陵县交通运输局",
		"2020年度云陵县公路管理局部门决算.pdf":       "云陵县公路管理局",
		"云陵县水利局2024年度部门预算公开报告（更正）.pdf": "云陵县水利局",
		"附件2_卫健局2022年度决算公开.pdf":        "卫健局",
		"scan0001.pdf": "",
		"2024.pdf":     "",
	} {
		r := &reader{w: embedded(t), books: books, doc: &model.Document{}, file: file}
		if got := r.bodyOfFile(); got != want {
			t.Errorf("%s names %q, want %q", file, got, want)
		}
	}
}

func TestOwnersOfTables(t *testing.T) {
	words := embedded(t)
	for _, c := range []struct{ label, owner, want string }{
		{"编制单位", "甲县水利局", "甲县水利局"},
		{"编制单位", "甲县水利局 2024年", "甲县水利局"},
		{"编制单位", "甲县水利局2024年1月5日", "甲县水利局"},
		{"", "甲县水利局", "甲县水利局"},
		{"", "科目编码", ""},
		{"", "项目", ""},
		{"", "部门预算支出经济分类科目", ""},
		{"", "302", ""},
	} {
		if got := words.Owner(&model.Table{OwnerLabel: c.label, Owner: c.owner}); got != c.want {
			t.Errorf("%s：%s names %q, want %q", c.label, c.owner, got, c.want)
		}
	}
}

func TestMetadataFromCovers(t *testing.T) {
	books, err := codebook.Load()
	if err != nil {
		t.Fatal(err)
	}
	words := embedded(t)
	for _, c := range []struct {
		cover      []string
		file       string
		department string
		year       int32
		kind       schema.DocumentType
		level      schema.EntityLevel
	}{
		{[]string{"甲县2025年县级部门预算", "预算主管部门：甲县教育体育局"}, "a.pdf", "甲县教育体育局", 2025, schema.Budget, schema.Department},
		{[]string{"中共甲区委", "社会工作部 2024 年度", "部门决算"}, "a.pdf", "中共甲区委社会工作部", 2024, schema.FinalAccounts, schema.Department},
		{[]string{"2024年度部门预算公开", "中国共产党甲县委员会办公室"}, "a.pdf", "中国共产党甲县委员会办公室", 2024, schema.Budget, schema.Department},
		{[]string{"甲区2025年区级单位预算", "预算单位：甲区商务委员会"}, "a.pdf", "甲区商务委员会", 2025, schema.Budget, schema.Unit},
		{[]string{"甲县水利局", "二〇二一年部门预算"}, "a.pdf", "甲县水利局", 2021, schema.Budget, schema.Department},
		{[]string{"甲县水利局2023年度部门决算", "二〇二四年九月"}, "a.pdf", "甲县水利局", 2023, schema.FinalAccounts, schema.Department},
		{[]string{"甲县水利局部门决算", "二〇二四年九月"}, "a.pdf", "甲县水利局", 0, schema.FinalAccounts, schema.Department},
		{nil, "2022年甲县交通运输局部门预算公开.pdf", "甲县交通运输局", 2022, schema.Budget, schema.Department},
	} {
		doc := &model.Document{}
		for _, l := range c.cover {
			doc.Lines = append(doc.Lines, model.Line{Page: 1, Text: l})
		}
		m := words.Read(doc, c.file, books)
		if m.Department != c.department || m.Year != c.year || m.Type != c.kind || m.Level != c.level {
			t.Errorf("%v %s: got %s %d %s %s", c.cover, c.file, m.Department, m.Year, m.Type, m.Level)
		}
	}
}

// The cover's year counts where the titles name another one, and the conflict is told.
func TestYearOfTheCover(t *testing.T) {
	books, err := codebook.Load()
	if err != nil {
		t.Fatal(err)
	}
	words := embedded(t)
	for _, c := range []struct {
		cover, title string
		year         int32
		conflicts    int
	}{
		{"甲县水利局2024年部门预算", "2023年部门收支总表", 2024, 1},
		{"甲县水利局2024年部门预算", "2024年部门收支总表", 2024, 0},
		{"甲县水利局部门预算", "2023年部门收支总表", 2023, 0},
	} {
		doc := &model.Document{Lines: []model.Line{{Page: 1, Text: c.cover}}, Tables: []model.Table{{Title: c.title}}}
		if m := words.Read(doc, "a.pdf", books); m.Year != c.year || len(m.Conflicts) != c.conflicts {
			t.Errorf("%s, %s: %d, conflicts %v", c.cover, c.title, m.Year, m.Conflicts)
		}
	}
}

// Where nothing else names a year, the notes below the tables do, if they agree.
func TestYearOfNotes(t *testing.T) {
	books, err := codebook.Load()
	if err != nil {
		t.Fatal(err)
	}
	words := embedded(t)
	for _, c := range []struct {
		notes []string
		year  int32
	}{
		{[]string{"注：我单位无2017年政府性基金支出安排。", "注：本表不含上年结转。"}, 2017},
		{[]string{"注：我单位无2017年政府性基金支出安排。", "注：2016年已完成机构改革。"}, 0},
	} {
		doc := &model.Document{Lines: []model.Line{{Page: 1, Text: "甲县政协部门预算"}}}
		for _, text := range c.notes {
			doc.Tables = append(doc.Tables, model.Table{Title: "部门收支总表", Notes: []model.Note{{Text: text}}})
		}
		if m := words.Read(doc, "a.pdf", books); m.Year != c.year {
			t.Errorf("%v: %d", c.notes, m.Year)
		}
	}
}

// What stands on a page belongs to the body whose cover came last.
func TestDepartmentOn(t *testing.T) {
	d := Document{Department: "甲局", covers: []laterCover{{3, "乙站"}, {6, "丙所"}}}
	for page, want := range map[int]string{1: "甲局", 2: "甲局", 3: "乙站", 5: "乙站", 6: "丙所", 9: "丙所"} {
		if got := d.DepartmentOn(page); got != want {
			t.Errorf("page %d: %s, want %s", page, got, want)
		}
	}
}

// Without a word on the cover the titles of the tables tell the type, and one table of accounts makes a document of accounts.
func TestTypeFromTitles(t *testing.T) {
	words := embedded(t)
	for _, c := range []struct {
		titles []string
		file   string
		want   schema.DocumentType
	}{
		{[]string{"收入决算表", "支出决算表"}, "a.pdf", schema.FinalAccounts},
		{[]string{"收入预算表", "支出预算表"}, "a.pdf", schema.Budget},
		{[]string{"收入预算表", "支出决算表"}, "a.pdf", schema.FinalAccounts},
		{[]string{"支出决算表"}, "部门预算.pdf", schema.FinalAccounts}, // before the file's name
		{[]string{"收支总表"}, "部门决算.pdf", schema.FinalAccounts},
		{[]string{"收支总表"}, "a.pdf", ""},
	} {
		doc := &model.Document{}
		for _, title := range c.titles {
			doc.Tables = append(doc.Tables, model.Table{Title: title})
		}
		if got := words.documentType("", doc, c.file); got != c.want {
			t.Errorf("%v in %s: %q, want %q", c.titles, c.file, got, c.want)
		}
	}
}
