package metadata

import (
	"strings"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/normalize/amount"
)

// A government's document is of the region whose name its titles begin with. Where they say 全市 or 省本级 alone, the finance
// bureau that drew the document up, the congress to which it was read, the rows of the tables and the provinces that the text
// names say which region that is.

// The weights of the places that name the region of a government.
const (
	weighSubject  = 8
	weighFinance  = 5
	weighCongress = 4
	weighTable    = 2
	weighRows     = 2
	weighText     = 1
)

const (
	fewestMentions = 3  // of a province in a text
	shareMentions  = 60 // percent of the mentions of all provinces
	rowTables      = 5  // tables whose rows are searched for the region
	congressPages  = 3  // pages on which the congress is named
)

// governmentName is the region whose government publishes, "" where the document does not say.
func (r *reader) governmentName() string {
	var found evidence
	g, body := r.subject(r.front.title)
	found.add(g, weighSubject)
	found.add(r.governedBy(body), weighFinance)
	for _, l := range r.front.lines {
		g, _ := r.subject(l)
		found.add(g, weighTitleLine)
		found.add(r.government(l), weighFinance)
		found.add(r.governedBy(r.trimmedFinance(l)), weighFinance)
	}
	for i := range r.doc.Tables {
		t := &r.doc.Tables[i]
		g, _ := r.subject(amount.Fold(t.Title))
		found.add(g, weighTable)
		found.add(r.governedBy(r.body(amount.Fold(r.w.Owner(t)), labelled)), weighTable)
	}
	r.congress(&found)
	g, body = r.subject(r.fileTitle())
	found.add(g, weighFile)
	found.add(r.governedBy(body), weighFile)
	if len(found) == 0 {
		found.add(r.ownRow(), weighRows)
	}
	if len(found) == 0 {
		found.add(r.province(), weighText)
	}
	return found.best(func(string) int { return 0 })
}

// trimmedFinance is a line up to the end of the name of a finance bureau: 甲市财政局局长张三 → 甲市财政局.
func (r *reader) trimmedFinance(line string) string {
	line = r.w.trimName(line)
	if loc := r.w.governments.finance.FindStringIndex(line); loc != nil {
		return line[:loc[1]]
	}
	return ""
}

// congress adds the regions whose people's congress the first pages name.
func (r *reader) congress(found *evidence) {
	text := ""
	for i := range r.doc.Lines {
		l := &r.doc.Lines[i]
		if l.Page > congressPages {
			break
		}
		text += amount.Fold(l.Text)
	}
	for _, m := range r.w.governments.meetingOf.FindAllStringSubmatch(text, 2) {
		found.add(r.government(m[1]), weighCongress)
	}
}

// ownRow is the region of the first row that is a region's own level: 吉林省本级.
func (r *reader) ownRow() string {
	for i := range r.doc.Tables[:min(len(r.doc.Tables), rowTables)] {
		t := &r.doc.Tables[i]
		for k := range t.Cells {
			c := &t.Cells[k]
			if c.Col > 1 {
				continue
			}
			text := r.w.trimName(amount.Fold(c.Text))
			if region, rest := r.region(text); region != "" && r.w.governments.own.Any(rest) {
				return region
			}
		}
	}
	return ""
}

// province is the province that most of the mentions of provinces in the document name, where its titles are of one.
func (r *reader) province() string {
	ofProvince := r.w.governments.ofProvince.Any(r.front.title)
	for i := range r.doc.Tables {
		ofProvince = ofProvince || r.w.governments.ofProvince.Any(amount.Fold(r.doc.Tables[i].Title))
	}
	if !ofProvince {
		return ""
	}
	votes, all := map[string]int{}, 0
	count := func(text string) {
		for i := range r.w.governments.provinces {
			p := &r.w.governments.provinces[i]
			n := strings.Count(text, p.Text)
			votes[p.Value] += n
			all += n
		}
	}
	for i := range r.doc.Tables {
		for k := range r.doc.Tables[i].Cells {
			count(r.doc.Tables[i].Cells[k].Text)
		}
	}
	for i := range r.doc.Lines {
		if r.doc.Lines[i].Role != model.LineRunning {
			count(r.doc.Lines[i].Text)
		}
	}
	code := MostVoted(votes)
	if n := votes[code]; n < fewestMentions || n*100 < all*shareMentions {
		return ""
	}
	row, _ := r.books.RegionByCode(code)
	return row.Name
}
