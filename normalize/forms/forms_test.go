package forms

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/normalize/lexicon"
	"github.com/countybudget/extract/schema"
)

func words() *Words { return NewWords(lexicon.Embedded()) }

func is(t *model.Table) bool { return len(words().Forms([]*model.Table{t})) == 1 }

// one reads the forms of one table.
func (w *Words) one(t *model.Table, ctx Context) ([]schema.PerformanceProject, []schema.PerformanceIndicator) {
	return w.Read([]*model.Table{t}, ctx)
}

// grid makes a table of lines with cells between bars: "^" continues the cell above, "<" the one to the left.
func grid(lines ...string) *model.Table {
	t := &model.Table{Kind: model.TableRuled, FirstPage: 3, LastPage: 3, Rows: len(lines)}
	at := map[[2]int]int{}
	for r, line := range lines {
		for c, s := range strings.Split(line, "|") {
			s = strings.TrimSpace(s)
			t.Cols = max(t.Cols, c+1)
			switch s {
			case "^":
				i := at[[2]int{r - 1, c}]
				at[[2]int{r, c}] = i
				t.Cells[i].RowSpan = r - t.Cells[i].Row + 1
			case "<":
				i := at[[2]int{r, c - 1}]
				at[[2]int{r, c}] = i
				t.Cells[i].ColSpan = max(t.Cells[i].ColSpan, c-t.Cells[i].Col+1)
			default:
				at[[2]int{r, c}] = len(t.Cells)
				t.Cells = append(t.Cells, model.Cell{Row: r, Col: c, RowSpan: 1, ColSpan: 1, Text: s, Page: 3, Source: model.SourceText, Confidence: 1})
			}
		}
	}
	return t
}

// project is a form of two groups in the manner of the national one.
func project() *model.Table {
	return grid(
		"项目名称 |<| 河道清淤经费 |<|<|<|<|<",
		"主管部门及代码 |<| 031-青石县水务局 |<|<| 实施单位 | 青石县水务局 |<",
		"项目属性 |<| 一次性项目（1年结束） |<|<| 项目期 | 1年 |<",
		"项目资金（元） |<| 实施期资金总额： |<| 250,000 | 年度资金总额： |<| 200,000",
		"^ |^| 其中：中央财政资金 |<| 0 | 其中：中央财政资金 |<| 0",
		"^ |^| 省级财政资金 |<| 50,000 | 省级财政资金 |<| 0",
		"^ |^| 市县（区）财政资金 |<| 200,000 | 市县（区）财政资金 |<| 200,000",
		"^ |^| 其他资金 |<| | 其他资金 |<| ",
		"项目概况 |<| 清理城区河道。 |<|<|<|<|<",
		"立项依据 |<| 青水发〔2023〕4号 |<|<|<|<|<",
		"总体目标 |<| 实施期目标 |<|<| 年度目标 |<|<",
		"^ |^| 河道畅通。 |<|<| 完成两条河道。 |<|<",
		"绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 二级指标 | 三级指标 | 指标值",
		"^ | 产出指标 | 数量指标 | 清淤长度 | ≥12.5公里 | 数量指标 | 清淤长度 | ≥6公里",
		"^ | ^ | ^ | 清淤次数 | 2次 | ^ | 清淤次数 | 1次",
		"^ | ^ | 时效指标 | 完成时间 | 全年 | 时效指标 | 完成时间 | 12月",
		"^ | ^ | 成本指标 | 人工成本 | ≤300元/人/天 | 成本指标 | 人工成本 | ≤300元/人/天",
		"^ | 效益指标 | 经济效益指标 | | | 经济效益指标 | |",
		"^ | 满意度指标 | 服务对象满意度 | 居民满意度 | >90% | 服务对象满意度 | 居民满意度 | ＞ 90 %",
	)
}

func show(i schema.PerformanceIndicator) string {
	v := ""
	if i.Value.Valid {
		v = i.Value.Decimal.String()
	}
	return strings.Join([]string{i.Horizon, i.Level1, i.Level2, i.Name, i.Operator, v, i.ValueUnit, i.RawValue}, "|")
}

func TestProject(t *testing.T) {
	table := project()
	if !is(table) {
		t.Fatal("not taken for a form")
	}
	ps, is := words().Read([]*model.Table{table}, Context{FiscalYear: 2024})
	if len(ps) != 1 {
		t.Fatalf("%d projects", len(ps))
	}
	p := ps[0]
	for what, got := range map[string][2]string{
		"name":         {p.ProjectName, "河道清淤经费"},
		"scope":        {p.Scope, "project"},
		"code":         {p.SupervisingCode, "031"},
		"department":   {p.SupervisingDepartment, "青石县水务局"},
		"unit":         {p.ImplementingUnit, "青石县水务局"},
		"attribute":    {p.Attribute, "一次性项目（1年结束）"},
		"duration":     {p.Duration, "1年"},
		"total":        {p.TotalFunds.Decimal.String(), "250000"},
		"annual":       {p.AnnualFunds.Decimal.String(), "200000"},
		"provincial":   {p.TotalProvincial.Decimal.String(), "50000"},
		"annual local": {p.AnnualLocal.Decimal.String(), "200000"},
		"overview":     {p.Overview, "清理城区河道。"},
		"basis":        {p.Basis, "青水发〔2023〕4号"},
		"total goal":   {p.TotalGoal, "河道畅通。"},
		"annual goal":  {p.AnnualGoal, "完成两条河道。"},
	} {
		if got[0] != got[1] {
			t.Errorf("%s: %q, want %q", what, got[0], got[1])
		}
	}
	if p.TotalOther.Valid || !p.TotalCentral.Valid {
		t.Error("a blank is no amount, 0 is one")
	}
	want := []string{
		"implementation|产出指标|数量指标|清淤长度|≥|12.5|公里|≥12.5公里",
		"implementation|产出指标|数量指标|清淤次数||2|次|2次",
		"implementation|产出指标|时效指标|完成时间||||全年",
		"implementation|产出指标|成本指标|人工成本|≤|300|元/人/天|≤300元/人/天",
		"implementation|满意度指标|服务对象满意度|居民满意度|>|90|%|>90%",
		"annual|产出指标|数量指标|清淤长度|≥|6|公里|≥6公里",
		"annual|产出指标|数量指标|清淤次数||1|次|1次",
		"annual|产出指标|时效指标|完成时间||||12月",
		"annual|产出指标|成本指标|人工成本|≤|300|元/人/天|≤300元/人/天",
		"annual|满意度指标|服务对象满意度|居民满意度|>|90|%|＞90%",
	}
	compare(t, is, want)
}

func compare(t *testing.T, got []schema.PerformanceIndicator, want []string) {
	t.Helper()
	for i := range max(len(got), len(want)) {
		g, w := "", ""
		if i < len(got) {
			g = show(got[i])
		}
		if i < len(want) {
			w = want[i]
		}
		if g != w {
			t.Errorf("indicator %d:\n got %s\nwant %s", i+1, g, w)
		}
	}
}

// A department's form goes on over three tables; the last has nothing but indicators.
func TestDepartmentOverPages(t *testing.T) {
	a := grid(
		"部门基本信息 | 部门名称 | 012-青石县档案馆 |<|<",
		"^ | 内设职能部门数 | 3个 | 所属预算单位数 | 0个",
		"部门职责 | <p>保管档案。</p> |<|<|<",
		"年度预算情况 | 按资金来源划分 | 资金总额（万元） | 按资金方向划分 | 资金总额（万元）",
		"^ | 合计 | 35.20 | 合计 | 35.20",
	)
	b := grid("年度重点任务 | 档案整理 | 完成整理", "年度绩效目标 | <p>完成年度任务。</p> |<")
	c := grid(
		"年度绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值",
		"^ | 产出指标 | 数量指标 | 整理档案 | ≥2,000卷",
		"^ | ^ | | 培训人数 | 42人",
		"^ | ^ | 质量指标 | 合格情况 | 合格",
	)
	b.FirstPage, b.LastPage, c.FirstPage, c.LastPage = 4, 4, 5, 5
	ps, is := words().Read([]*model.Table{a, b, c}, Context{})
	if len(ps) != 1 || ps[0].Scope != "department" || ps[0].ProjectName != "青石县档案馆" || ps[0].SupervisingCode != "012" ||
		ps[0].Overview != "保管档案。" || ps[0].AnnualGoal != "完成年度任务。" || ps[0].AnnualFunds.Decimal.String() != "352000" {
		t.Errorf("%+v", ps)
	}
	compare(t, is, []string{
		"annual|产出指标|数量指标|整理档案|≥|2000|卷|≥2,000卷",
		"annual|产出指标|数量指标|培训人数||42|人|42人",
		"annual|产出指标|质量指标|合格情况||||合格",
	})
}

// Several forms stand in one table, labels are misread, operator and unit have columns.
func TestOtherLayouts(t *testing.T) {
	ps, is := words().one(recognized(grid(
		"项目名祢 | 道路照明 |<|<|<|<",
		"顶目概况 | 更换路灯 |<|<|<|<",
		"一级指标 | 二级指标 | 三级指标 | 指标方向 | 指标值 | 计量单位",
		"产出指标 | 数量指标 | 更换数量 | ≥ | 300 | 盏",
		"项目名称 | 公园养护 |<|<|<|<",
		"项目资金（万元） | 年度资金总额 | 12.5 | 其中：财政拨款 | 12 |",
		"一级指标 | 二级指标 | 三级指标 | 指标方向 | 指标值 | 计量单位",
		"产出指标 | 数量指标 | 养护面积 | 定量 | 不少于8 | 万平方米",
		"备注 | 无 |<|<|<|<",
	)), Context{})
	if len(ps) != 2 || ps[0].ProjectName != "道路照明" || ps[0].Overview != "更换路灯" || ps[1].AnnualFunds.Decimal.String() != "125000" || ps[1].AnnualLocal.Decimal.String() != "120000" {
		t.Errorf("%+v", ps)
	}
	compare(t, is, []string{
		"annual|产出指标|数量指标|更换数量|≥|300|盏|≥300盏",
		"annual|产出指标|数量指标|养护面积|≥|8|万平方米|不少于8万平方米",
	})
	if len(is) == 2 && (is[0].ProjectNo != 1 || is[1].ProjectNo != 2) {
		t.Error("indicators stand with the wrong project")
	}
}

// recognized makes the texts of a table those of a scan.
func recognized(t *model.Table) *model.Table {
	for i := range t.Cells {
		t.Cells[i].Source = model.SourceOCR
	}
	return t
}

func TestListOfProjects(t *testing.T) {
	ps, is := words().one(grid(
		"单位名称 | 项目名称 | 项目金额 | 绩效目标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值",
		"青石县图书馆 | 送书下乡 | 8 | 送书到村。 | 产出指标 | 数量指标 | 送书册数 | ≥5000册",
		"^ | ^ | ^ | ^ | 效益指标 | 社会效益指标 | 借阅率 | 提高",
		"^ | 古籍修复 | 3 | 修复古籍。 | 产出指标 | 数量指标 | 修复册数 | 40册",
	), Context{})
	if len(ps) != 2 || ps[1].ProjectName != "古籍修复" || ps[1].ImplementingUnit != "青石县图书馆" || ps[1].AnnualFunds.Decimal.String() != "30000" || ps[0].AnnualGoal != "送书到村。" {
		t.Errorf("%+v", ps)
	}
	compare(t, is, []string{
		"annual|产出指标|数量指标|送书册数|≥|5000|册|≥5000册",
		"annual|效益指标|社会效益指标|借阅率||||提高",
		"annual|产出指标|数量指标|修复册数||40|册|40册",
	})
}

// TestHeaders: what the columns and rows of indicators say where no layout of a region has them.
func TestHeaders(t *testing.T) {
	for _, c := range []struct {
		name  string
		table *model.Table
		want  []string
	}{
		{"two groups without a word for their time", grid(
			"一级指标 | 二级指标 | 三级指标 | 指标值 | 二级指标 | 三级指标 | 指标值",
			"产出指标 | 数量指标 | 次数 | 6次 | 数量指标 | 次数 | 2次",
		), []string{"implementation|产出指标|数量指标|次数||6|次|6次", "annual|产出指标|数量指标|次数||2|次|2次"}},
		{"an operator behind its value", grid(
			"一级指标 | 二级指标 | 三级指标 | 指标值 | 计算符号 | 计量单位",
			"产出指标 | 数量指标 | 次数 | 6 | ≥ | 次",
		), []string{"annual|产出指标|数量指标|次数|≥|6|次|≥6次"}},
		{"a total among the names of a list", grid(
			"项目名称 | 一级指标 | 二级指标 | 三级指标 | 指标值",
			"送书下乡 | 产出指标 | 数量指标 | 次数 | 6次",
			"^ | ^ | ^ | 合计 | 6次",
		), []string{"annual|产出指标|数量指标|次数||6|次|6次"}},
		{"a target that ends indicators as a label", grid(
			"一级指标 | 二级指标 | 三级指标 | 指标值",
			"产出指标 | 质量指标 | 附表 | 说明",
			"^ | 数量指标 | 次数 | 6次",
		), []string{"annual|产出指标|质量指标|附表||||说明", "annual|产出指标|数量指标|次数||6|次|6次"}},
		{"a remark behind the name of a level", grid(
			"一级指标 | 二级指标 | 三级指标 | 指标值",
			"产出指标（甲类） | 数量指标(乙类) | 次数 | 6次",
		), []string{"annual|产出指标|数量指标|次数||6|次|6次"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, is := words().one(c.table, Context{})
			compare(t, is, c.want)
		})
	}
}

// TestListsOfProjects: a row lists projects where it names their columns; one that gives a project and its goal does not.
func TestListsOfProjects(t *testing.T) {
	goals := grid("序号 | 项目名称 | 年度绩效目标", "1 | 送书下乡 | 送书到村。", "2 | 古籍修复 | 修复古籍。")
	goals.Title = "项目绩效目标申报表"
	for _, c := range []struct {
		name  string
		table *model.Table
		want  string
	}{
		{"names and goals", goals, "送书下乡; 古籍修复"},
		{"a project without its goal", grid("项目名称 | 送书下乡 | 年度绩效目标 |", "立项依据 | 文件 | 项目概况 | 送书"), "送书下乡"},
		{"a project alone in its row", grid("项目名称 | 一级指标 | 二级指标 | 三级指标 | 指标值", "送书下乡 | | | |",
			"古籍修复 | 产出指标 | 数量指标 | 次数 | 6次"), "送书下乡; 古籍修复"},
	} {
		ps, _ := words().one(c.table, Context{})
		var got []string
		for i := range ps {
			got = append(got, ps[i].ProjectName)
		}
		if s := strings.Join(got, "; "); s != c.want {
			t.Errorf("%s: %s, want %s", c.name, s, c.want)
		}
	}
}

func TestNotForms(t *testing.T) {
	for _, table := range []*model.Table{
		{},
		grid("科目编码 | 科目名称 | 合计", "201 | 一般公共服务支出 | 5.00"),
		grid("项目名称 | 主管部门 | 合计", "送书下乡 | 文化局 | 5.00"),
	} {
		if is(table) {
			t.Errorf("%v taken for a form", table.Cells)
		}
	}
}

func TestTargets(t *testing.T) {
	for in, want := range map[string]string{
		"≥98%": "≥ 98 %", "⩽ 10 万元": "≤ 10 万元", "100％": " 100 %", "＜3.5小时": "< 3.5 小时", "=5": "= 5 ",
		"2000元/人": " 2000 元/人", "≥3年": "≥ 3 年", "1次/年": " 1 次/年", "95%以上": "≥ 95 %", "3天以内": "≤ 3 天",
		"全年": "", "2024年7月": "", "12月": "", "12月前": "", "1-2次": "", "第四季度": "", "≥": "", "无违规": "", "2024年12月前": "",
	} {
		got := words().parseTarget(in)
		s := ""
		if got.value.Valid {
			s = got.operator + " " + got.value.Decimal.String() + " " + got.unit
		}
		if s != want {
			t.Errorf("%q: %q, want %q", in, s, want)
		}
	}
}

func TestRepair(t *testing.T) {
	for in, want := range map[[2]string]string{
		{"之98%", "完成率"}:     "≥98%",
		{"之989", "居民满意度"}:   "≥98%",
		{"之1009%", "合格率"}:   "≥100%",
		{"299%", "满意度"}:     "≥99%",
		{"298%", "完成率"}:     "≥98%",
		{"冬550元/人/天", "成本"}: "≤550元/人/天",
		{"98%", "完成率"}:      "98%",
		{"120%", "增长率"}:     "120%",
		{"之前完成", "完成时间"}:    "之前完成",
		{"2000份", "印刷数量"}:   "2000份",
		{"≥99", "完成率"}:      "≥99",
		{"全年", "完成时间"}:      "全年",
	} {
		if got, changed := words().repair(in[0], in[1]); got != want || changed != (in[0] != want) {
			t.Errorf("%v: %q, %v; want %q", in, got, changed, want)
		}
	}
	for in, want := range map[string]string{"30.000": "30,000", "1,250.000": "1,250,000", "30.00": "30.00", "0": "0", "12345.678": "12345.678"} {
		if got := separators(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// TestCorpusTargets reads the indicators of the corpus from a form made of them.
func TestCorpusTargets(t *testing.T) {
	files, _ := filepath.Glob("../../../shared/corpus/*/*.indicators.csv")
	if len(files) == 0 {
		t.Skip("needs the shared corpus, which is not beside the repository")
	}
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		recs, err := csv.NewReader(f).ReadAll()
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		for start := 1; start < len(recs); {
			end := start
			lines := []string{"项目名称|" + recs[start][0] + "|<|<", "一级指标|二级指标|三级指标|指标值"}
			var want []string
			for ; end < len(recs) && recs[end][0] == recs[start][0] && recs[end][1] == recs[start][1]; end++ {
				r := recs[end]
				lines = append(lines, strings.Join([]string{r[2], r[3], r[4], r[8]}, "|"))
				want = append(want, strings.Join(slices.Concat([]string{"annual"}, r[2:]), "|"))
			}
			_, is := words().one(grid(lines...), Context{})
			compare(t, is, want)
			start = end
		}
	}
}

// TestMisreadForm: a form is known by its labels even if recognition has errors in them.
func TestMisreadForm(t *testing.T) {
	table := grid("一级指标|二级指示|三级指标名祢|年度指标直", "产出|数量|培训|10")
	if !is(recognized(table)) {
		t.Error("misread labels do not make a form")
	}
	if ps, _ := words().one(recognized(grid("政策设立|绩效目标|资金投入", "指标分值|6|3", "评价得分|5.97|2.98")), Context{}); len(ps) != 0 {
		t.Errorf("a table of scores begins a form: %+v", ps)
	}
	for i := range table.Cells {
		table.Cells[i].Source = model.SourceText
	}
	if is(table) {
		t.Error("digital text is taken for misread labels")
	}
}

func FuzzRead(f *testing.F) {
	f.Add("项目名称|甲\n一级指标|二级指标|三级指标|指标值\n产出指标|数量指标|次数|≥2次", uint8(2), uint8(1))
	f.Add("年度目标\n三级指标|指标值|指标值\n^|<|<", uint8(9), uint8(9))
	f.Fuzz(func(_ *testing.T, s string, rows, cols uint8) {
		lines := strings.Split(s, "\n")
		if len(lines) > 40 || len(s) > 4000 {
			return
		}
		for i := range lines { // markers without a cell to continue
			if i == 0 {
				lines[i] = strings.ReplaceAll(lines[i], "^", "")
			}
		}
		t := &model.Table{Rows: int(rows), Cols: int(cols), FirstPage: 1}
		for r, line := range lines {
			for c, text := range strings.Split(line, "|") {
				t.Cells = append(t.Cells, model.Cell{Row: r, Col: c, RowSpan: 1 + len(text)%3, ColSpan: 1 + len(text)%2, Text: text})
			}
		}
		is(t)
		words().Read([]*model.Table{t}, Context{})
	})
}

// TestUsed: the cells that a row carries are told of, those that none carries are not.
func TestUsed(t *testing.T) {
	table := project()
	used := map[string]int32{}
	projects, indicators := words().Read([]*model.Table{table}, Context{Used: func(project int32, c *model.Cell) { used[c.Text] = project }})
	if len(projects) != 1 || len(indicators) == 0 || used[projects[0].ProjectName] != 1 || used[indicators[0].Name] != 1 {
		t.Errorf("%v", used)
	}
	labels := &reader{words: words(), meanings: map[known]string{}}
	for i := range table.Cells {
		if c := &table.Cells[i]; labels.isLabel(c) && used[c.Text] != 0 {
			t.Errorf("the label %q is used", c.Text)
		}
	}
}
