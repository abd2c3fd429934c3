package prose

import (
	"fmt"
	"strings"
	"testing"

	"github.com/countybudget/extract/normalize/lexicon"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/schema"
)

// shown is a line in few words: item, yuan, year, phase, direction, classification, fund source, spending.
func shown(l *schema.BudgetLine) string {
	s := fmt.Sprintf("%s %s %d %s %s %s", l.ItemName, l.Amount, l.FiscalYear, l.Phase, l.Direction, l.Classification)
	for _, d := range []string{string(l.FundSource), string(l.Spending)} {
		if d != "all" {
			s += " " + d
		}
	}
	for _, short := range [][2]string{
		{"approved", "A"}, {"executed", "E"}, {"adjusted", "J"}, {"expenditure", "exp"}, {"revenue_source", "source"}, {"revenue", "rev"},
		{"general_public_budget", "gpb"}, {"appropriation", "app"}, {"three_public", "3p"}, {"functional", "fun"}, {"procurement", "proc"},
	} {
		s = strings.ReplaceAll(s, short[0], short[1])
	}
	return s
}

func read(text string, typ schema.DocumentType) Narrative {
	return words().Read([]model.Section{{No: 7, Level: 2, Text: text, FirstPage: 3}}, Context{
		Year: 2024, DocumentType: typ, Names: []string{"青石县水务局"}, PageLabel: func(p int) string { return fmt.Sprint(p - 1) },
	})
}

var sentences = []struct {
	text  string
	typ   schema.DocumentType
	lines []string
}{
	{"支出总计1,200.50¹万元，其中：本年支出1,100.50[1]万元，年终结转100.00②万元，收入总计²1,200.50万元①。", schema.Budget, []string{
		"支出总计 12005000 2024 A exp total", "本年支出 11005000 2024 A exp total", "年终结转 1000000 2024 A exp balance",
		"收入总计 12005000 2024 A rev total",
	}},
	{"青石县水务局2024年度收入总计1,200.50万元，其中：本年收入1,100.50万元，上年结转100.00万元；支出总计1,200.50万元。与上年预算相比减少20.10万元，下降1.65%，主要原因是人员减少。", schema.Budget, []string{
		"收入总计 12005000 2024 A rev total", "本年收入 11005000 2024 A rev total", "上年结转 1000000 2024 A rev balance",
		"支出总计 12005000 2024 A exp total", "支出总计增减额 -201000 2024 A exp total",
	}},
	{"2024年，青石县水务局收入预算９，１０１．６８万元，其中：财政拨款收入9,101.68万元，比2023年预算减少2,389.52万元；事业收入0万元。", schema.Budget, []string{
		"收入预算 91016800 2024 A rev total", "财政拨款收入 91016800 2024 A rev source app",
		"财政拨款收入增减额 -23895200 2024 A rev source app", "事业收入 0 2024 A rev source business_income",
	}},
	{"支出预算80万元，其中：财政拨款支出预算80万元，比2023年预算增加1万元。财政拨款支出预算中，一般公共预算拨款支出预算80万元。", schema.Budget, []string{
		"支出预算 800000 2024 A exp total", "财政拨款支出预算 800000 2024 A exp total app",
		"财政拨款支出预算增减额 10000 2024 A exp total app", "一般公共预算拨款支出预算 800000 2024 A exp total gpb",
	}},
	{"财政拨款支出主要内容如下：\n1. “农林水支出-水利-行政运行”科目1,202.95万元，主要用于基本支出。\n2. “农林水支出（类）水利（款)水利工程建设（项）”科目614万元。", schema.Budget, []string{
		"行政运行 12029500 2024 A exp fun app", "水利工程建设 6140000 2024 A exp fun app",
	}},
	{"一般公共预算财政拨款支出年初预算为100万元，支出决算为90万元，完成年初预算的90%。其中：\n1、农林水支出（类）水利（款）行政运行（项）。主要用于：局机关的基本支出。年初预算为 60.05 万\n元，支出决算为50.00万元。", schema.FinalAccounts, []string{
		"一般公共预算财政拨款支出 1000000 2024 A exp total gpb", "一般公共预算财政拨款支出 900000 2024 E exp total gpb",
		"行政运行 600500 2024 A exp fun gpb", "行政运行 500000 2024 E exp fun gpb",
	}},
	{"一般公共预算财政拨款支出年初预算为0万元，全年预算为32.10万元，支出决算为30.78万元。", schema.FinalAccounts, []string{
		"一般公共预算财政拨款支出 0 2024 A exp total gpb", "一般公共预算财政拨款支出 321000 2024 J exp total gpb",
		"一般公共预算财政拨款支出 307800 2024 E exp total gpb",
	}},
	{"2024年度“三公”经费财政拨款支出预算为4.96万元，支出决算为4.03万元，完成预算的81.25%。其中：公务接待费支出1.35万元，国内公务接待42批次、246人次。", schema.FinalAccounts, []string{
		"“三公”经费 49600 2024 A exp 3p app", "“三公”经费 40300 2024 E exp 3p app", "公务接待费 13500 2024 E exp 3p app",
	}},
	{"2024年“三公”经费财政拨款预算5.96万元，其中：因公出国（境）费0.00万元，公务用车购置及运行费4.41万元，公务接待费1.55万元。比2023年预算减少0.69万元。", schema.Budget, []string{
		"“三公”经费 59600 2024 A exp 3p app", "因公出国（境）费 0 2024 A exp 3p app", "公务用车购置及运行费 44100 2024 A exp 3p app",
		"公务接待费 15500 2024 A exp 3p app", "“三公”经费增减额 -6900 2024 A exp 3p app",
	}},
	{"2024年“三公”经费预算数为12万元，比2023年预算14万元减少2万元，下降14.29%。", schema.Budget, []string{
		"“三公”经费 120000 2024 A exp 3p", "“三公”经费 140000 2023 A exp 3p", "“三公”经费增减额 -20000 2024 A exp 3p",
	}},
	{"本部门2024年所属青石县水务局1家行政单位机关运行经费财政拨款预算120.75万元，比2023年预算增加34.45万元，增长39.92%，原因是办公成本增加。", schema.Budget, []string{
		"机关运行经费 1207500 2024 A exp total app", "机关运行经费增减额 344500 2024 A exp total app",
	}},
	{"2024年青石县某某中心下属1家机关和2家事业单位财政拨款的机关运行经费预算为213.28万元。", schema.Budget, []string{
		"机关运行经费 2132800 2024 A exp total app",
	}},
	{"2024年本部门政府采购预算34万元，其中：政府采购货物预算4万元、政府采购服务预算30万元。面向中小企业预留政府采购项目预算金额30万元。", schema.Budget, []string{
		"政府采购预算 340000 2024 A exp proc", "政府采购货物预算 40000 2024 A exp proc", "政府采购服务预算 300000 2024 A exp proc",
		"面向中小企业预留政府采购项目预算金额 300000 2024 A exp proc",
	}},
	{"政府采购金额（以合同签订为准）为251.25万元。在面向中小企业预留的政府采购项目中，由中小企业供应商中标或成交的，采购金额246.47万元。", schema.FinalAccounts, []string{
		"政府采购金额 2512500 2024 E exp proc", "面向中小企业预留的政府采购项目由中小企业供应商中标或成交的采购金额 2464700 2024 E exp proc",
	}},
	{"一般公共预算财政拨款支出20万元，主要用于以下方面：教育支出（类）12万元，占60%；科学技术（类）支出8万元，占40%。", schema.FinalAccounts, []string{
		"一般公共预算财政拨款支出 200000 2024 E exp total gpb", "教育支出 120000 2024 E exp fun gpb", "科学技术支出 80000 2024 E exp fun gpb",
	}},
	{"2024年度一般公共预算基本支出928.37万元，其中:\n人员经费796.35万元，主要包括：基本工资；\n公用经费132.02万元，主要包括：办公费。", schema.Budget, []string{
		"一般公共预算基本支出 9283700 2024 A exp total gpb basic", "人员经费 7963500 2024 A exp total gpb personnel", "公用经费 1320200 2024 A exp total gpb operating",
	}},
	{"2024年实行绩效目标管理的项目9个，涉及资金1127.44万元。", schema.Budget, []string{"实行绩效目标管理的项目涉及资金 11274400 2024 A exp project"}},
	{"收入增加的主要原因是本年专项经费收入增加了“甲工程”、“2023年乙活动”2个项目共增加319.36万元。", schema.Budget, []string{"2个项目增减额 3193600 2024 A exp project"}},
	{"2024年度收、支总计均为1200.50万元。与2023年相比，收、支总计各减少20.10万元，下降1.65%。", schema.FinalAccounts, []string{
		"收、支总计 12005000 2024 E exp total", "收、支总计增减额 -201000 2024 E exp total",
	}},
	{"一般公共预算收入完成12.35亿元，为预算的101.2%，增长5.6%。其中：税收收入8.1亿元，非税收入4.25亿元。", schema.FinalAccounts, []string{
		"一般公共预算收入 1235000000 2024 E rev source gpb", "税收收入 810000000 2024 E rev source gpb", "非税收入 425000000 2024 E rev source gpb",
	}},
	{"本年收入合计2081.46万元，使用非财政拨款结余3.50万元，年初结转和结余124.16万元；结余分配0.90万元，年末结转和结余81.56万元。", schema.FinalAccounts, []string{
		"本年收入合计 20814600 2024 E rev total", "使用非财政拨款结余 35000 2024 E rev balance", "年初结转和结余 1241600 2024 E rev balance",
		"结余分配 9000 2024 E exp balance", "年末结转和结余 815600 2024 E exp balance",
	}},
	{"工资福利支出321.10万元，商品和服务支出45千元。", schema.FinalAccounts, []string{
		"工资福利支出 3211000 2024 E exp economic_department", "商品和服务支出 45000 2024 E exp economic_department",
	}},
	{"总投资1亿2000万元，2023年结转资金△5.00元。", schema.Budget, []string{"总投资 120000000 2024 A exp project", "结转资金 -5 2024 A rev balance"}},
	{"政府债务限额805.2亿元，仪器价值12万元，采购限额标准50万元，每县800万元。", schema.Budget, []string{
		"政府债务限额 80520000000 2024 A exp project", "仪器价值 120000 2024 A exp project",
	}},
	{"年初支出预算20万元，经批准同意调整为25万元，项目支出调整为8万元。", schema.Budget, []string{
		"年初支出预算 200000 2024 A exp project", "年初支出预算 250000 2024 J exp project", "项目支出 80000 2024 A exp total project",
	}},
	{"公务用车购置及运行费24万元，其中：公务用车购置费6万元、公务用车运行费18万元，比上年增加1万元。", schema.Budget, []string{
		"公务用车购置及运行费 240000 2024 A exp 3p", "公务用车购置费 60000 2024 A exp 3p", "公务用车运行费 180000 2024 A exp 3p",
		"公务用车购置及运行费增减额 10000 2024 A exp 3p",
	}},
	{"养老保险基金收入9万元（其中：财政补贴收入4万元），支出8万元。加上转移性收入7万元，支出6万元。", schema.Budget, []string{
		"养老保险基金收入 90000 2024 A rev source", "财政补贴收入 40000 2024 A rev source", "养老保险基金支出 80000 2024 A exp project",
		"加上转移性收入 70000 2024 A rev source", "支出 60000 2024 A exp total",
	}},
	{"节约资金5万元。", schema.Budget, []string{"节约资金增减额 -50000 2024 A exp project"}},
	{"一般性转移支付收入3亿元，城乡社区安排的支出2亿元，省财政厅核定我市2024年新增债务限额1亿元。", schema.Budget, []string{
		"一般性转移支付收入 300000000 2024 A rev source", "城乡社区安排的支出 200000000 2024 A exp project", "新增债务限额 100000000 2024 A exp project",
	}},
	{"收入总计9亿元，其中：上级补助4亿元，调入资金3亿元，增值税2亿元，契税返还支出1亿元。", schema.Budget, []string{
		"收入总计 900000000 2024 A rev total", "上级补助 400000000 2024 A rev source superior_subsidy", "调入资金 300000000 2024 A rev source",
		"增值税 200000000 2024 A rev source", "契税返还支出 100000000 2024 A exp project",
	}},
	{"缴费基数为30万元，实际支出金额为20万元。", schema.FinalAccounts, []string{
		"缴费基数 300000 2024 E exp project", "实际支出金额 200000 2024 E exp project",
	}},
	{"公用经费较上年减3.1万元，预算增加到500万元。", schema.Budget, []string{"公用经费增减额 -31000 2024 A exp total operating", "公用经费 5000000 2024 A exp total operating"}},
}

func TestSentences(t *testing.T) {
	for _, c := range sentences {
		n := read(c.text, c.typ)
		for i := range max(len(n.Lines), len(c.lines)) {
			got, want := "", ""
			if i < len(n.Lines) {
				got = shown(&n.Lines[i])
			}
			if i < len(c.lines) {
				want = c.lines[i]
			}
			if got != want {
				t.Errorf("%s\n got %s\nwant %s", c.text, got, want)
			}
		}
	}
}

func TestNoAmounts(t *testing.T) {
	for _, s := range []string{
		"全市支出２８６\uFFFD７亿元。", "全市支出286\uFFFD万元。", "全市支出\uFFFD86万元。",
		"单价50万元以上通用设备0台（套）；单价100万元（含）以上设备2台。",
		"占有使用价值50万元（原值）以上的通用设备0台。",
		"会议成本550元/人/天，按每人500元发放。",
		"争取资金10-20万元。",
		"关于开展好2024年元旦、春节活动的通知，2024元旦。",
		"依据《预算法》第三十二条和财预〔2017〕98号，共有车辆5辆，面积450平方米。",
		"收入××万元，增长（下降）××%。",
	} {
		if n := read(s, schema.Budget); len(n.Lines) != 0 {
			t.Errorf("%s: %s", s, shown(&n.Lines[0]))
		}
	}
}

func TestFacts(t *testing.T) {
	show := func(n Narrative) string {
		var out []string
		for _, f := range n.Facts {
			s := fmt.Sprintf("%s %d", f.Kind, f.Line)
			if f.Of >= 0 {
				s += fmt.Sprintf(" of %d", f.Of)
			}
			if f.OfName != "" {
				s += " " + f.OfName
			}
			if f.Change >= 0 {
				s += fmt.Sprintf(" by %d", f.Change)
			}
			if f.Parts != nil {
				s += fmt.Sprint(" ", f.Parts)
			}
			if f.Percent.Valid {
				s += " " + f.Percent.Decimal.StringFixed(f.Places) + "%"
			}
			if f.BaseYear != 0 {
				s += fmt.Sprintf(" %d%s", f.BaseYear, f.BasePhase)
			}
			out = append(out, s)
		}
		return strings.Join(out, "; ")
	}
	for _, c := range []struct{ text, want string }{
		{"本年支出合计100万元，其中：基本支出60万元，占60.0%；项目支出40万元，占40.0%。", "parts 0 [1 2]; share 1 of 0 60.0%; share 2 of 0 40.0%"},
		{"本年支出合计100万元。一般公共预算财政拨款支出90万元，占本年支出合计的90.00%。", "share 1 of 0 本年支出合计 90.00%"},
		{"公用经费年初预算为10万元，支出决算为9万元，完成年初预算的90%。", "completion 1 of 0 90%"},
		{"机关运行经费支出10万元，比2023年度减少2万元，下降16.67%。", "change 0 by 1 -16.67% 2023"},
		{"公务接待费1.00万元。与2023年预算持平。", "flat 0 2023approved"},
		{"收入总计100万元，其中：本年收入100万元，上年结转0万元，比上年增加80万元，增长400%。", "parts 0 [1 2]; change 0 by 3 400% 2023"},
		{"收入20万元，比上年增长25%。", "change 0 25% 2023"},
		{"“三公”经费预算数为3万元，比上年决算数减少1万元。其中：\n（一）公务接待费1万元。\n（二）公务用车运行费2万元。", "change 0 by 1 2023executed; parts 0 [2 3]"},
	} {
		if got := show(read(c.text, schema.Budget)); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

// Titles say of which fund and direction the amounts are that do not say it themselves.
func TestTitles(t *testing.T) {
	n := words().Read([]model.Section{
		{No: 1, Level: 2, Title: "五、一般公共预算财政拨款支出决算情况说明"},
		{No: 2, ParentNo: 1, Level: 3, Title: "（一）具体情况", Text: "教育支出（类）普通教育（款）小学教育（项）。年初预算为8万元，支出决算为7万元。", FirstPage: 9},
		{No: 3, ParentNo: 1, Level: 4, Title: "2、农林水支出（类）水利（款）行政运行（项）", Text: "年初预算为2万元。", FirstPage: 9},
		{No: 4, Level: 3, Title: "（一）机关运行经费支出3.50万元", Text: "（一）机关运行经费支出3.50万元。（二）政府采购支出总额28.55万元。"},
	}, Context{Year: 2022, DocumentType: schema.FinalAccounts})
	want := []string{
		"小学教育 80000 2022 A exp fun gpb", "小学教育 70000 2022 E exp fun gpb", "行政运行 20000 2022 A exp fun gpb",
		"机关运行经费 35000 2022 E exp total", "政府采购支出 285500 2022 E exp proc",
	}
	if len(n.Lines) != len(want) {
		t.Fatalf("%d lines", len(n.Lines))
	}
	for i := range want {
		if got := shown(&n.Lines[i]); got != want[i] {
			t.Errorf("got %s, want %s", got, want[i])
		}
	}
	if got := strings.Join(n.Paths[2], "/"); got != "农林水支出/水利/行政运行" || n.Lines[2].ItemLevel != 3 {
		t.Errorf("path %s, level %d", got, n.Lines[2].ItemLevel)
	}
	if l := n.Lines[0]; l.SectionNo != 2 || l.Page != 9 || l.Row != -1 || l.Col != -1 || l.TableNo != 0 || l.Statement != schema.Narrative {
		t.Errorf("%+v", l)
	}
}

// A number that is broken over two lines keeps the place of its first part; the unit may stand apart.
func TestPlace(t *testing.T) {
	line := func(page int, y float64, words ...string) model.Line {
		l := model.Line{Page: page}
		for i, w := range words {
			x := 100 + 200*float64(i)
			l.Words = append(l.Words, model.Word{Text: w, Box: model.Rect{X0: x, Y0: y, X1: x + 10*float64(len([]rune(w))), Y1: y + 10}, Source: model.SourceOCR, Confidence: 0.9})
		}
		return l
	}
	n := words().Read([]model.Section{{
		No: 1, Title: "一、收入", Text: "收入预算20.50万元，支出预算1,234.56万元。",
		Lines: []model.Line{line(1, 50, "一、收入"), line(1, 70, "收入预算", "20.50", "万元，支出预算1,23"), line(2, 90, "4.56", "万元。")},
	}}, Context{Year: 2024, DocumentType: schema.Budget})
	if len(n.Lines) != 2 {
		t.Fatalf("%d lines", len(n.Lines))
	}
	a, b := n.Lines[0], n.Lines[1]
	if a.X0 != 300 || a.X1 != 350 || a.Y0 != 70 || a.Page != 1 || a.Source != schema.FromOCR || a.Confidence != 0.9 {
		t.Errorf("%+v", a)
	}
	if b.RawText != "1,234.56" || b.RawUnit != "万元" || b.Page != 1 || b.X0 < 500 || b.X1 > 620 || b.ItemName != "支出预算" {
		t.Errorf("%+v", b)
	}
	if got := n.Boxes[1]; len(got) != 2 || got[0].Page != 1 || got[1].Page != 2 || got[1].Box.X0 != 100 || got[1].Box.X1 != 140 {
		t.Errorf("boxes %+v", got)
	}
}

// words are those of the embedded lexicon.
func words() *Words { return NewWords(lexicon.Embedded()) }

// TestWords: phrases of a user's own file are read like the program's.
func TestWords(t *testing.T) {
	mine := lexicon.Heading + "\nunits.money\t文元\t3\t\t\tsentence\tmade up\nprose.fund_source\t彩票\tgovernment_fund\t\t\t\tmade up\n"
	book, err := lexicon.Embedded().Over("mine.tsv", strings.NewReader(mine))
	if err != nil {
		t.Fatal(err)
	}
	w := NewWords(book)
	n := w.Read([]model.Section{{No: 1, Text: "彩票支出12.00文元。", FirstPage: 1}}, Context{Year: 2024})
	if len(n.Lines) != 1 || n.Lines[0].Amount.String() != "36" || n.Lines[0].FundSource != schema.GovernmentFund {
		t.Errorf("%+v", n.Lines)
	}
}

func FuzzRead(f *testing.F) {
	for _, c := range sentences {
		f.Add("一、情况", c.text, uint8(20))
	}
	f.Add("（五）高新区预算执行情况", "全市及市本级收入3亿元（含高新区1亿元），其中：县级2亿元、市级1亿元，完成预算的9%。", uint8(7))
	f.Add("", "其中：占5%。（类）（款）3万元，比2023年3元增减\n；12,3456.7.8元、“-”1亿2万元", uint8(1))
	f.Fuzz(func(t *testing.T, title, text string, width uint8) {
		s := model.Section{No: 1, ParentNo: 1, Level: 2, Title: title, Text: text}
		whole := words().Read([]model.Section{s}, Context{Year: 2024, DocumentType: schema.Budget})
		runes := []rune(text)
		for n := int(width)%40 + 1; len(runes) > 0; {
			k := min(n, len(runes))
			s.Lines = append(s.Lines, model.Line{Page: 1, Words: []model.Word{{Text: string(runes[:k])}}})
			runes = runes[k:]
		}
		government := words().Read([]model.Section{s}, Context{
			Year: 2024, DocumentType: schema.Budget, Government: true, Passages: []Passage{{Section: s, Subject: title}, {Section: model.Section{Text: text}}},
		})
		for _, n := range []Narrative{whole, government, words().Read([]model.Section{s}, Context{})} {
			if len(n.Paths) != len(n.Lines) || len(n.Boxes) != len(n.Lines) || len(n.Passages) != len(n.Lines) {
				t.Fatal("paths, boxes or passages and lines differ")
			}
			for _, l := range n.Lines {
				if l.ItemName == "" || l.RawText == "" || l.RawUnit == "" {
					t.Fatalf("%+v", l)
				}
			}
			for _, f := range n.Facts {
				for _, i := range append([]int{f.Line, f.Of, f.Change}, f.Parts...) {
					if i >= len(n.Lines) || i < -1 {
						t.Fatalf("%+v", f)
					}
				}
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	var s []model.Section
	for range 12 {
		for _, c := range sentences {
			s = append(s, model.Section{No: len(s) + 1, Level: 2, Title: "一、情况说明", Text: c.text})
		}
	}
	w := words()
	for b.Loop() {
		w.Read(s, Context{Year: 2024})
	}
}
