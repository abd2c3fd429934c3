package report

import (
	"fmt"
	"html/template"
	"regexp"
	"strings"
	"sync"

	"github.com/countybudget/extract/schema"
)

// words are the texts of the site, Chinese and English. A page holds both; the style sheet shows one.
var words = map[string][2]string{
	"site":        {"县级部门预决算", "County budgets and accounts"},
	"overview":    {"总览", "Overview"},
	"changes":     {"变化", "Changes"},
	"checks":      {"勾稽不符", "Failed checks"},
	"search":      {"查部门或项目", "Find a department or project"},
	"language":    {"English", "中文"},
	"theme":       {"深色 / 浅色", "Dark / light"},
	"skip":        {"跳到正文", "Skip to content"},
	"download":    {"下载 CSV", "Download CSV"},
	"none":        {"没有", "None"},
	"unitWan":     {"单位：万元", "Unit: CNY 10,000 (万元)"},
	"exact":       {"以万元显示，保留两位小数；下载的 CSV 为元，未经舍入。", "Shown in CNY 10,000 with two decimals; the CSV is in yuan, unrounded."},
	"legend":      {"标记", "Marks"},
	"markDoubt":   {"与公开的其他数字矛盾", "contradicted by other published figures"},
	"markOpen":    {"无勾稽关系可验证", "no identity confirms it"},
	"gap":         {"未公开或未读出，不是零", "not published or not read; not zero"},
	"byRec":       {"扫描件识别", "read from a scan"},
	"approved":    {"预算", "Budget (approved)"},
	"executed":    {"决算", "Accounts (executed)"},
	"approvedTag": {"预", "B"},
	"executedTag": {"决", "A"},

	"total_expenditure":      {"支出合计", "Total expenditure"},
	"basic":                  {"基本支出", "Basic expenditure"},
	"project":                {"项目支出", "Project expenditure"},
	"three_public_total":     {"“三公”经费合计", "“Three public” total"},
	"agency_operating":       {"机关运行经费", "Agency operating cost"},
	"three_public_abroad":    {"因公出国（境）费", "Official trips abroad"},
	"three_public_reception": {"公务接待费", "Official receptions"},
	"three_public_purchase":  {"公务用车购置费", "Vehicle purchase"},
	"three_public_running":   {"公务用车运行维护费", "Vehicle running costs"},
	"three_public_vehicles":  {"公务用车购置及运行费", "Vehicle purchase and running"},

	"leadIndex":    {"每个数字都能回到公开文件的那一页。预算与决算分开列示，缺失的年份留空。", "Every figure leads back to the page where it was published. Budgets and accounts are kept apart; missing years stay empty."},
	"coverage":     {"公开情况与支出合计", "Coverage and total expenditure"},
	"coverageNote": {"每格左为预算，右为决算。实心为已读入，描边为未能读全，虚线为没有文件；红框为有勾稽不符。", "Left the budget, right the accounts. Solid: read; outlined: not read in full; dashed: no document; red border: some checks fail."},
	"department":   {"部门", "Department"},
	"county":       {"地区", "Region"},
	"noCounty":     {"地区不详", "Region unknown"},
	"latest":       {"最近预算", "Latest budget"},
	"onYear":       {"较上年", "On the year"},
	"trend":        {"历年", "Trend"},
	"quality":      {"数据质量", "Data quality"},
	"qualityNote":  {"已验证：至少有一条勾稽关系证实该数字。有归属：页面上的数字中，由数据行载有，或按位置是代码、年份、页码、行次、栏次的比例；日期、比例、数量等不计。", "Verified: at least one identity bears the figure out. Claimed: share of the numbers on the pages that a row carries, or that are codes, years, page, row or column numbers by their place; dates, percentages and quantities are not among them."},
	"year":         {"年度", "Year"},
	"type":         {"类型", "Type"},
	"documents":    {"文件", "Documents"},
	"pages":        {"页", "Pages"},
	"scanned":      {"扫描页", "Scanned pages"},
	"figures":      {"数字", "Figures"},
	"verified":     {"已验证", "Verified"},
	"contradicted": {"有矛盾", "Contradicted"},
	"unchecked":    {"未验证", "Unchecked"},
	"claimed":      {"有归属", "Claimed"},
	"failedChecks": {"勾稽不符", "Failed checks"},
	"departments":  {"部门", "Departments"},
	"problems":     {"未能读全的文件", "Documents not read in full"},
	"unplaced":     {"部门不详", "department unknown"},
	"file":         {"文件名", "File"},
	"status":       {"状态", "Status"},
	"ok":           {"已读入", "read"},
	"partial":      {"部分读入", "read in part"},
	"failed":       {"未能读取", "not read"},
	"current":      {"采用", "in use"},
	"superseded":   {"已被更正或更晚的文件取代", "superseded by a correction or a later publication"},
	"alsoAs":       {"另见相同文件", "same file also as"},

	"formerly":      {"曾用名", "Formerly"},
	"mergedInto":    {"并入", "Merged into"},
	"mergedFrom":    {"并入本部门", "Merged into this department"},
	"from":          {"自", "from"},
	"missingYears":  {"没有文件的年份", "Years without documents"},
	"originDerived": {"更名由公开文件中的上年数推得。", "The change of name is derived from prior-year figures in the documents."},
	"totalTitle":    {"支出合计", "Total expenditure"},
	"splitTitle":    {"基本支出与项目支出", "Basic and project expenditure"},
	"threeTitle":    {"“三公”经费分项", "“Three public” by item"},
	"agencyTitle":   {"机关运行经费", "Agency operating cost"},
	"mixTitle":      {"支出的功能分类", "Expenditure by function"},
	"projectsTitle": {"项目", "Projects"},
	"projectsNote":  {"预算中的项目支出表，含上年结转；按最近年度的金额排列。", "From the project tables of the budgets, carry-over included; by amount in the latest year."},
	"figuresTitle":  {"全部数字", "All figures"},
	"documentsOf":   {"公开文件", "Publications"},
	"measure":       {"项目", "Measure"},
	"phase":         {"口径", "Phase"},
	"projectName":   {"项目名称", "Project"},
	"others":        {"其他", "Others"},
	"noProjects":    {"文件中没有可读的项目支出表。", "No project table was read in the documents."},
	"noFigures":     {"文件中没有读到这些数字。", "None of these figures was read in the documents."},

	"leadChanges":  {"同一部门、同一口径、相邻两年之间的变化，按金额大小排列。缺少一年的不作比较。", "Changes of one department between consecutive years in the same phase, largest amounts first. Nothing is compared across a missing year."},
	"before":       {"上年", "Before"},
	"after":        {"当年", "After"},
	"difference":   {"增减额", "Difference"},
	"percent":      {"增减 %", "Change %"},
	"all":          {"全部", "All"},
	"note":         {"说明", "Note"},
	"takesIn":      {"含并入的", "takes in"},
	"shownChanges": {"逐条列出", "One by one"},
	"largestTitle": {"最大的增减", "Largest changes"},

	"leadChecks":  {"同一文件中应当相等而不等的数字：可能是文件本身的差错，也可能是读取的差错。点数字看原页。", "Figures of one document that should agree and do not: an error of the document, or of its reading. A figure leads to its page."},
	"rule":        {"规则", "Rule"},
	"description": {"内容", "Identity"},
	"expected":    {"应为", "Expected"},
	"actual":      {"印出", "Printed"},
	"where":       {"数字所在", "Figures"},
	"page":        {"第", "p. "},
	"pageAfter":   {"页", ""},
	"more":        {"另有", "more:"},
	"omitted":     {"条未列出，见 extract check --failed。", "are not listed; see extract check --failed."},
	"apart":       {"相差", "Difference"},
	"found":       {"条", "failed"},
	"allHold":     {"没有不符。", "All checks hold."},

	"method":     {"说明", "Method"},
	"methodText": {"支出合计、基本支出、项目支出取自支出表的合计行（全部资金，含上年结转）；“三公”与机关运行经费取自各自的表，只取文件本年、本口径的数。同一预算有多份公开时只计最新或更正的一份。", "Total, basic and project expenditure are the total row of the expenditure table (all funds, carry-over included); “three public” and agency operating cost come from their own tables, for the document's own year and phase alone. Of several publications of one budget only the correction or the latest counts."},
	"madeBy":     {"由 extract 生成", "Made by extract"},
	"licence":    {"图表：Apache ECharts，Apache-2.0 许可", "Charts: Apache ECharts, Apache-2.0"},
}

// text is a text of the site in both languages.
func text(key string) (template.HTML, error) {
	w, ok := words[key]
	if !ok {
		return "", fmt.Errorf("no text %q", key)
	}
	return bilingual(w[0], w[1]), nil
}

// identity is the description of a check, which says it in English and, after a bar, in Chinese.
func identity(description string) template.HTML {
	en, zh, both := strings.Cut(description, " | ")
	if !both {
		zh = en
	}
	return bilingual(schemaWord.ReplaceAllStringFunc(zh, func(value string) string {
		if label, ok := valueLabels()[value]; ok {
			return label
		}
		return value
	}), en)
}

var schemaWord = regexp.MustCompile(`[a-z]+(_[a-z]+)*`)

// valueLabels are the Chinese names of the values that a line may have.
var valueLabels = sync.OnceValue(func() map[string]string {
	labels := map[string]string{}
	for _, ds := range schema.Datasets() {
		if ds.Name != schema.DatasetBudgetLines {
			continue
		}
		for _, c := range ds.Columns {
			for _, v := range c.Values {
				labels[v.Value] = v.Label
			}
		}
	}
	for _, c := range [...][2]string{{string(schema.DirectionRevenue), "收入"}, {string(schema.DirectionExpenditure), "支出"}, {string(schema.AllFunds), "全部"}} {
		labels[c[0]] = c[1] // also names of statements
	}
	return labels
})

func bilingual(zh, en string) template.HTML {
	return template.HTML(`<span class="zh" lang="zh-CN">` + template.HTMLEscapeString(zh) + `</span><span class="en" lang="en">` +
		template.HTMLEscapeString(en) + `</span>`)
}

// attribute is a text in Chinese for an attribute; the script replaces it in the other language.
func attribute(key string, language int) (string, error) {
	w, ok := words[key]
	if !ok {
		return "", fmt.Errorf("no text %q", key)
	}
	return w[language], nil
}

// statusWord is the key of a document's status.
func statusWord(s schema.DocumentStatus) string {
	switch s {
	case schema.StatusOK:
		return "ok"
	case schema.StatusPartial:
		return "partial"
	}
	return "failed"
}

// tip says where a figure is printed and how.
func tip(f *Figure) string {
	s := fmt.Sprintf("%s 元 · %s · p. %d", grouped(f.Amount.StringFixed(2)), f.Document.FileName, f.Page)
	if f.Parts == 1 {
		s += fmt.Sprintf(" · “%s” %s", f.RawText, f.RawUnit)
	} else {
		s += fmt.Sprintf(" · %d 行之和 (sum of %d rows)", f.Parts, f.Parts)
	}
	if f.Source == schema.FromOCR {
		s += " · 识别 (OCR)"
	}
	return s
}
