package codebook_test

import (
	"strings"
	"testing"

	"github.com/countybudget/extract/schema"
	"github.com/countybudget/extract/schema/codebook"
)

func codebooks(t testing.TB) *codebook.Books {
	t.Helper()
	books, err := codebook.Load()
	if err != nil {
		t.Fatal(err)
	}
	return books
}

func codebookRows(t testing.TB) []schema.CodeRow {
	t.Helper()
	rows, err := codebooks(t).Rows()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestCodebooksAreWhole: sorted, no span of years overlaps, every code has its parent, every correspondence leads somewhere.
func TestCodebooksAreWhole(t *testing.T) {
	rows := codebookRows(t)
	type key struct{ book, code string }
	spans := map[key][]schema.CodeRow{}
	for i, r := range rows {
		if r.Name == "" || r.Code == "" || r.Basis == "" {
			t.Errorf("%s %q %q: a field is empty", r.Codebook, r.Code, r.Name)
		}
		if r.ValidTo != 0 && r.ValidTo < r.ValidFrom {
			t.Errorf("%s %s: valid from %d to %d", r.Codebook, r.Code, r.ValidFrom, r.ValidTo)
		}
		spans[key{r.Codebook, r.Code}] = append(spans[key{r.Codebook, r.Code}], r)
		if i == 0 || rows[i-1].Codebook != r.Codebook {
			continue
		}
		p := rows[i-1]
		if p.Code > r.Code {
			t.Errorf("%s: %s stands before %s", r.Codebook, p.Code, r.Code)
		}
		if p.Code == r.Code && (p.ValidTo == 0 || p.ValidTo >= r.ValidFrom) {
			t.Errorf("%s %s: %s and %s overlap", r.Codebook, r.Code, p.Name, r.Name)
		}
	}
	for k, rs := range spans {
		for _, r := range rs {
			if r.ParentCode == "" {
				if numbered(k.book) && r.Level != 1 {
					t.Errorf("%s %s has no parent", k.book, k.code)
				}
				continue
			}
			parents := spans[key{k.book, r.ParentCode}]
			if len(parents) == 0 {
				t.Errorf("%s %s: no parent %s", k.book, k.code, r.ParentCode)
			} else if parents[0].Level != r.Level-1 && k.book != schema.CodebookRegion {
				t.Errorf("%s %s: level %d under level %d", k.book, k.code, r.Level, parents[0].Level)
			}
			if r.CounterpartCode != "" && len(spans[key{schema.CodebookEconomicGovernment, r.CounterpartCode}]) == 0 {
				t.Errorf("%s %s: no counterpart %s", k.book, k.code, r.CounterpartCode)
			}
		}
	}
}

func numbered(book string) bool { return book != schema.CodebookFundSource }

// TestEveryClassIsMapped: COFOG for each functional 类, GFSM for each economic 类 and 款, or a stated none.
func TestEveryClassIsMapped(t *testing.T) {
	for _, r := range codebookRows(t) {
		code := r.COFOG
		switch {
		case r.Codebook == schema.CodebookFunctional && r.Level == 1:
		case strings.HasPrefix(r.Codebook, "economic"):
			code = r.GFSM
		default:
			continue
		}
		if r.Mapping == "" || (code == "") != (r.Mapping == schema.MappingNone) {
			t.Errorf("%s %s %s: mapping %q to %q", r.Codebook, r.Code, r.Name, r.Mapping, code)
		}
	}
}

func TestFunctionalByName(t *testing.T) {
	books := codebooks(t)
	for _, c := range []struct {
		name   string
		level  int
		parent string
		year   int
		want   string
	}{
		{"社会保障和就业支出", 1, "", 2024, "208"},
		{"卫生健康支出", 0, "", 2024, "210"},
		{"医疗卫生与计划生育支出", 1, "", 2017, "210"},
		{"医疗卫生与计划生育支出", 1, "", 2019, "210"}, // printed in the words of the year before
		{"国土海洋气象等支出", 1, "", 2018, "220"},
		{"自然资源海洋气象等支出", 1, "", 2023, "220"},
		{"文化体育与传媒支出", 1, "", 2016, "207"},
		{"灾害防治及应急管理支出", 1, "", 2019, "224"},
		{"机关事业单位基本养老保险缴费支出", 3, "", 2024, "2080505"},
		{"行政运行", 3, "20131", 2024, "2013101"},
		{"行政运行", 3, "", 2024, ""},
		{"其他支出", 1, "", 2024, "229"},
		{"其他支出", 0, "229", 2024, ""},
		{"其他支出", 2, "229", 2024, "22999"},
		{"中医(民族)医院", 3, "", 2024, "2100202"},
		{"政府办公厅（室） 及相关机构事务", 2, "", 2024, "20103"},
		{"行政事业单位离退休", 2, "", 2018, "20805"},
		{"巩固脱贫衔接乡村振兴", 2, "", 2021, "21305"},
		{"没有这个科目", 0, "", 2024, ""},
	} {
		got, ok := books.FunctionalByName(c.name, c.level, c.parent, c.year)
		if got.Code != c.want || ok != (c.want != "") {
			t.Errorf("FunctionalByName(%s, %d, %q, %d) = %q, %v; want %q", c.name, c.level, c.parent, c.year, got.Code, ok, c.want)
		}
	}
}

// TestEditions: the codebook has the names of each year, and a name leads to its code also in a year that printed another.
func TestEditions(t *testing.T) {
	books := codebooks(t)
	for _, c := range []struct {
		name, code string
		year       int
	}{
		{"医疗卫生", "210", 2013}, {"医疗卫生与计划生育支出", "210", 2018}, {"卫生健康支出", "210", 2019}, {"卫生健康支出", "210", 0},
		{"医疗卫生", "210", 2024}, {"归口管理的行政单位离退休", "2080501", 2019}, {"行政单位离退休", "2080501", 2020},
	} {
		if got, ok := books.FunctionalByName(c.name, 0, "", c.year); !ok || got.Code != c.code {
			t.Errorf("%s of %d = %q, want %q", c.name, c.year, got.Code, c.code)
		}
	}
}

func TestEconomic(t *testing.T) {
	books := codebooks(t)
	for name, want := range map[string][2]string{
		"基本工资": {"30101", "50101"}, "维修(护)费": {"30213", "50209"}, "因公出国（境）费用": {"30212", "50207"},
		"离休费": {"30301", "50905"}, "商品和服务支出": {"302", "502"}, "税金及附加": {"30240", "50201"},
		"医疗费补助": {"30307", "50901"}, "绩效工资": {"30107", "50501"},
	} {
		row, ok := books.EconomicDepartmentByName(name, 0, "", 2024)
		if !ok || row.Code != want[0] || row.CounterpartCode != want[1] {
			t.Errorf("%s = %s → %s, %v; want %s → %s", name, row.Code, row.CounterpartCode, ok, want[0], want[1])
		}
	}
	if row, ok := books.EconomicDepartmentByName("住房公积金", 2, "", 2016); !ok || row.Code != "30311" {
		t.Errorf("住房公积金 of 2016 = %s, %v", row.Code, ok)
	}
	if row, ok := books.EconomicDepartmentByName("住房公积金", 2, "", 2024); !ok || row.Code != "30113" {
		t.Errorf("住房公积金 of 2024 = %s, %v", row.Code, ok)
	}
	for name, want := range map[string]string{"工资奖金津补贴": "50101", "办公经费": "50201", "机关商品和服务支出": "502", "离退休费": "50905"} {
		if row, ok := books.EconomicGovernmentByName(name, 0, "", 2024); !ok || row.Code != want {
			t.Errorf("%s = %s, %v; want %s", name, row.Code, ok, want)
		}
	}
	if row, ok := books.RevenueByName("城镇土地使用税", 2, "101", 2024); !ok || row.Code != "10112" {
		t.Errorf("城镇土地使用税 = %s, %v", row.Code, ok)
	}
	for name, want := range map[string]schema.FundSource{
		"一般公共预算财政拨款收入": schema.GeneralPublicBudget, "其他资金": schema.OtherIncome, "财政专户拨款": schema.FiscalSpecialAccount,
	} {
		if got, ok := books.FundSourceByName(name); !ok || got != want {
			t.Errorf("%s = %s, %v; want %s", name, got, ok, want)
		}
	}
}

func TestRegionInText(t *testing.T) {
	books := codebooks(t)
	for text, want := range map[string]string{
		"泽州县财政局":              "140525",
		"中国共产党泽州县委员会办公室":      "140525",
		"中共泽州县委办公室":           "140525",
		"山西省晋城市泽州县财政局":        "140525",
		"山西泽州县":               "140525",
		"晋城市财政局":              "140500",
		"晋城市城区财政局":            "140502",
		"上海市普陀区商务委员会":         "310107",
		"上海普陀区商务委员会":          "310107",
		"舟山市普陀区商务局":           "330903",
		"2024年度上海市普陀区财政局部门决算": "310107",
		"吉林省吉林市昌邑区":           "220202",
		"湖北省仙桃市财政局":           "429004",
		"双江拉祜族佤族布朗族傣族自治县民政局":  "530925",
		"江苏省南通市崇川区":           "320613",
		"普陀区商务委员会":            "", // in Shanghai or in Zhoushan
		"城区财政局":               "",
		"云陵县财政局":              "", // invented
		"教育局":                 "",
		"":                    "",
		"财政部门预算公开":            "",
		"新疆维吾尔自治区伊犁哈萨克自治州伊宁市": "654002",
	} {
		row, ok := books.RegionInText(text)
		if row.Code != want || ok != (want != "") {
			t.Errorf("RegionInText(%s) = %s %s, %v; want %q", text, row.Code, row.Name, ok, want)
		}
	}
	if row, ok := books.RegionByCode("310107"); !ok || row.Name != "普陀区" || row.ParentCode != "310000" {
		t.Errorf("310107 = %+v, %v", row, ok)
	}
}

func TestLookupsDoNotAllocate(t *testing.T) {
	books := codebooks(t)
	if n := testing.AllocsPerRun(100, func() {
		books.FunctionalByName("社会保障和就业支出", 1, "", 2024)
		books.RegionInText("上海市普陀区商务委员会")
	}); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestPublishedRegion(t *testing.T) {
	for name, want := range map[string]string{
		"云陵县水利局": "云陵县", "中国共产党云陵县委员会": "云陵县", "鼓楼区财政局": "鼓楼区", "2024年云陵 县财政局": "云陵县", "东山自治县教育局": "东山自治县",
		"市场监督管理局": "", "城市管理局": "", "超市管理所": "", "城乡社区服务中心": "", "某某县": "", "经济开发区管理委员会": "", "ABC县财政局": "", "": "",
	} {
		if got := codebook.PublishedRegion(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}
