package normalize

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/normalize/amount"
	"github.com/countybudget/extract/schema"
)

// metadata is what a document says of itself: the cover first, then headings and table titles, then the lines above the
// tables, and last the file's name.
type metadata struct {
	title          string
	documentType   schema.DocumentType
	level          schema.EntityLevel
	department     string
	departmentCode string
	parent         string
	regionCode     string
	regionName     string
	year           int32
	conflicts      []string
}

var (
	// ownerLine finds 预算主管部门：X, 部门名称：X, 编制单位：X … on a cover.
	ownerLine = regexp.MustCompile(`^(?:预算|编制|主管|公开|填报)*(主管部门|预算单位|部门名称|单位名称|编制部门|编制单位|部门|单位)[:：](.+)$`)
	// departmentCode finds a code printed before a department's name: 003 县委办, [003]县委办, 003-县委办.
	departmentCode = regexp.MustCompile(`^[\[【(（]?(\d{3,12})[\]】)）]?[-—_]?(\p{Han}.+)$`)
	// coverNoise is what stands on a cover beside the department's name.
	coverNoise = regexp.MustCompile(`(20\d{2}年(度)?)?(部门|单位|区级|县级|市级|级)*(预算|决算)(公开)?(报告|说明|草案|信息|情况)*(\(.*\))?$|^20\d{2}年(度)?$|^第[一二三四五六]部分.*|^目录$|^二〇.*|^20\d{2}年\d+月.*$`)
	yearInName = regexp.MustCompile(`(20\d{2})`)
)

// readMetadata finds the document's own data.
func (w *wording) readMetadata(doc *model.Document, in Input) metadata {
	cover := coverLines(doc)
	text := strings.Join(cover, "")
	m := metadata{title: text}
	m.documentType = documentType(text, doc, in.FileName)
	m.year = fiscalYear(text, doc, in.FileName, &m)
	m.department, m.departmentCode = w.department(cover, doc, in.FileName, &m)
	m.level = entityLevel(text, doc)
	return m
}

// coverLines are the folded lines of the first page down to where the text starts: a contents list, a first part.
func coverLines(doc *model.Document) []string {
	var out []string
	for i := range doc.Lines {
		l := &doc.Lines[i]
		if l.Page != 1 {
			break
		}
		t := digitYear(amount.Fold(l.Text))
		if t == "目录" || strings.HasPrefix(t, "第一部分") || strings.Contains(t, "……") || strings.Contains(t, "....") || len(out) == 12 {
			break
		}
		if t != "" {
			out = append(out, t)
		}
	}
	return out
}

// writtenYear is a budget's year in Chinese numerals: 二〇二四年度部门决算. A month behind it makes it the day of printing.
var writtenYear = regexp.MustCompile(`二[〇○零][〇○零一二三四五六七八九]{2}年(?:度|部门|单位|预算|决算|[县市区]级)`)

var numerals = strings.NewReplacer("〇", "0", "○", "0", "零", "0", "一", "1", "二", "2", "三", "3", "四", "4", "五", "5", "六", "6", "七", "7", "八", "8", "九", "9")

// digitYear writes such a year in digits.
func digitYear(s string) string {
	return writtenYear.ReplaceAllStringFunc(s, numerals.Replace)
}

func documentType(cover string, doc *model.Document, file string) schema.DocumentType {
	if accounts, budget := strings.Contains(cover, "决算"), strings.Contains(cover, "预算"); accounts != budget {
		return typeFrom(accounts)
	}
	accounts, budget := 0, 0
	for i := range doc.Tables {
		t := amount.Fold(doc.Tables[i].Title)
		switch {
		case strings.Contains(t, "决算"):
			accounts++
		case strings.Contains(t, "预算"):
			budget++
		}
	}
	if accounts+budget > 0 {
		return typeFrom(accounts > 0)
	}
	f := amount.Fold(file)
	if strings.Contains(f, "决算") || strings.Contains(f, "预算") {
		return typeFrom(strings.Contains(f, "决算"))
	}
	for i := range doc.Sections {
		if t := amount.Fold(doc.Sections[i].Title); strings.Contains(t, "决算") {
			return schema.FinalAccounts
		} else if strings.Contains(t, "预算") {
			return schema.Budget
		}
	}
	return ""
}

func typeFrom(accounts bool) schema.DocumentType {
	if accounts {
		return schema.FinalAccounts
	}
	return schema.Budget
}

func fiscalYear(cover string, doc *model.Document, file string, m *metadata) int32 {
	var fromCover int32
	if y := yearPattern.FindStringSubmatch(cover); y != nil {
		fromCover = atoi(y[1])
	}
	votes := map[int32]int{}
	for i := range doc.Tables {
		if y := yearPattern.FindStringSubmatch(amount.Fold(doc.Tables[i].Title)); y != nil {
			votes[atoi(y[1])]++
		}
	}
	for i := range doc.Sections {
		s := &doc.Sections[i]
		if s.Level > 1 {
			continue
		}
		if y := yearPattern.FindStringSubmatch(amount.Fold(s.Title)); y != nil {
			votes[atoi(y[1])]++
		}
	}
	fromTitles := mostVoted(votes)
	if fromCover != 0 {
		if fromTitles != 0 && fromTitles != fromCover {
			m.conflicts = append(m.conflicts, "the cover and the titles name different years")
		}
		return fromCover
	}
	if fromTitles != 0 {
		return fromTitles
	}
	if y := yearPattern.FindStringSubmatch(amount.Fold(file)); y != nil {
		return atoi(y[1])
	}
	if y := yearInName.FindStringSubmatch(amount.Fold(file)); y != nil {
		return atoi(y[1])
	}
	return 0
}

// mostVoted is the key with the most votes, the smallest of equals.
func mostVoted[K cmp.Ordered](votes map[K]int) K {
	var best K
	keys := make([]K, 0, len(votes))
	for k := range votes {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		if votes[k] > votes[best] {
			best = k
		}
	}
	return best
}

// department is the name most tables give as their owner, else the cover's.
func (w *wording) department(cover []string, doc *model.Document, file string, m *metadata) (name, code string) {
	votes := map[string]int{}
	for i := range doc.Tables {
		if o := w.ownerOf(&doc.Tables[i]); o != "" {
			votes[o]++
		}
	}
	fromTables := mostVoted(votes)
	fromCover := departmentOnCover(cover)
	switch {
	case fromTables != "":
		name = fromTables
		if fromCover != "" && !strings.Contains(amount.Fold(fromCover), amount.Fold(fromTables)) && !strings.Contains(amount.Fold(fromTables), amount.Fold(fromCover)) {
			m.conflicts = append(m.conflicts, "the cover names "+fromCover+", the tables name "+fromTables)
		}
	case fromCover != "":
		name = fromCover
	default:
		name = departmentInFileName(file)
	}
	if c := departmentCode.FindStringSubmatch(name); c != nil {
		return c[2], c[1]
	}
	return name, ""
}

// leadingYear and attachment are what a file's name has before the department's.
var (
	leadingYear = regexp.MustCompile(`^20\d{2}年?度?`)
	attachment  = regexp.MustCompile(`^附件\d*[-_.、:]?`)
)

// departmentInFileName finds a department in names like 2022年云陵县交通运输局部门预算公开.pdf; "" where the name says no more
// than what the file is, or is not Chinese.
func departmentInFileName(file string) string {
	name := strings.TrimSuffix(strings.TrimSuffix(amount.Fold(file), ".pdf"), ".PDF")
	name = attachment.ReplaceAllString(name, "")
	name = leadingYear.ReplaceAllString(name, "")
	name = coverNoise.ReplaceAllString(name, "")
	if !strings.ContainsFunc(name, isHan) {
		return ""
	}
	return name
}

// yearBehind is a year or a date set close behind an owner's name.
var yearBehind = regexp.MustCompile(`20\d{2}年(?:度|(?:\d{1,2}月)?(?:\d{1,2}日)?)$`)

// ownerOf is the department or unit named above a table, or "". A text without a label may be a column's name that stands
// above the table's first rule, or a code: it names nobody.
func (w *wording) ownerOf(t *model.Table) string {
	name := strings.Trim(amount.StripSpace(t.Owner), "：:;；_，。")
	name = yearBehind.ReplaceAllString(name, "")
	folded := amount.Fold(name)
	if t.OwnerLabel == "" && (w.role(folded) != "" || w.rowIs("no_owner", folded) || !strings.ContainsFunc(name, isHan)) {
		return ""
	}
	return name
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

func departmentOnCover(cover []string) string {
	for _, l := range cover {
		if m := ownerLine.FindStringSubmatch(l); m != nil {
			return m[2]
		}
	}
	text := strings.Join(cover, "")
	if loc := yearPattern.FindStringIndex(text); loc != nil && loc[0] > 0 {
		return strings.TrimSpace(text[:loc[0]])
	}
	for _, l := range cover {
		if rest := coverNoise.ReplaceAllString(l, ""); rest != "" && !yearPattern.MatchString(rest) {
			return rest
		}
	}
	return ""
}

// entityLevel tells a unit's disclosure from a department's and a government's.
func entityLevel(cover string, doc *model.Document) schema.EntityLevel {
	units, departments := 0, 0
	count := func(t string) {
		if strings.Contains(t, "单位预算") || strings.Contains(t, "单位决算") || strings.Contains(t, "预算单位") {
			units++
		} else if strings.Contains(t, "部门") {
			departments++
		}
	}
	if strings.Contains(cover, "单位预算") || strings.Contains(cover, "单位决算") {
		return schema.Unit
	}
	if strings.Contains(cover, "政府预算") || strings.Contains(cover, "政府决算") || strings.Contains(cover, "财政预算") || strings.Contains(cover, "财政决算") {
		return schema.Government
	}
	if strings.Contains(cover, "部门预算") || strings.Contains(cover, "部门决算") {
		return schema.Department
	}
	for i := range doc.Tables {
		count(amount.Fold(doc.Tables[i].Title))
	}
	for i := range doc.Sections {
		if doc.Sections[i].Level <= 1 {
			count(amount.Fold(doc.Sections[i].Title))
		}
	}
	if units > departments {
		return schema.Unit
	}
	return schema.Department
}
