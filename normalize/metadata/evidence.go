package metadata

import (
	"strings"
	"unicode/utf8"

	"github.com/countybudget/extract/normalize/amount"
	"github.com/countybudget/extract/schema"
)

// The name of the body that publishes stands in several places, and each of them may be read wrongly: an owner above a table
// is a unit of money, a line of the cover is a paper of a meeting, a recognized name lacks a stroke. So each place gives names
// with a weight, the same name adds up, and a name that is part of another supports it by half. The heaviest is taken.

// The weights of the places. The owners of tables weigh more with each table, up to the limit.
const (
	weighOwner      = 5
	weighOwners     = 5 // that many tables more at the most
	weighBareOwner  = 2 // an owner without a label
	weighCoverLabel = 8
	weighTitle      = 6
	weighTitleLine  = 3 // a line of the title by itself
	weighLine       = 3
	weighHeading    = 2
	weighFile       = 2
	weighKnown      = 6 // a common body, where another name has the same place
)

// candidate is a name with what speaks for it.
type candidate struct {
	name   string
	weight int
}

// evidence is the candidates in the order in which they were found.
type evidence []candidate

func (e *evidence) add(name string, weight int) {
	if name == "" {
		return
	}
	for i := range *e {
		if amount.Fold((*e)[i].name) == amount.Fold(name) {
			(*e)[i].weight += weight
			return
		}
	}
	*e = append(*e, candidate{name, weight})
}

// best is the heaviest name, the first of equals; bonus is what a name has of itself.
func (e evidence) best(bonus func(name string) int) string {
	best, most := "", 0
	for _, c := range e {
		weight := 2*c.weight + 2*bonus(c.name)
		for _, o := range e {
			if o.name != c.name && related(o.name, c.name) {
				weight += o.weight
			}
		}
		if weight > most {
			best, most = c.name, weight
		}
	}
	return best
}

func or(a, b string) string {
	if a == "" {
		return b
	}
	return a
}

// related reports that one name is part of the other.
func related(a, b string) bool {
	a, b = amount.Fold(a), amount.Fold(b)
	return strings.Contains(a, b) || strings.Contains(b, a)
}

// department sets the name of the department or unit, with a code printed before it.
func (r *reader) department(d *Document) {
	var found evidence
	fromTables := r.owners(&found)
	fromCover := r.coverBodies(&found)
	for i := range r.doc.Sections {
		if s := &r.doc.Sections[i]; s.Level <= 2 {
			found.add(r.headed(amount.Fold(s.Title)), weighHeading)
		}
	}
	found.add(r.bodyOfFile(), weighFile)
	if len(found) == 0 {
		found.add(r.speaker(), weighHeading)
	}
	name := found.best(func(name string) int {
		if len(found) > 1 && r.w.bodies.known.Any(amount.Fold(name)) {
			return weighKnown
		}
		return 0
	})
	if name == "" {
		name = r.township()
	}
	if fromTables != "" && fromCover != "" && !related(fromTables, fromCover) {
		d.Conflicts = append(d.Conflicts, "the cover names "+fromCover+", the tables name "+fromTables)
	}
	d.Department, d.DepartmentCode = r.asPrinted(name), r.codes[name]
}

// asPrinted is a folded name with its brackets as the document prints them.
func (r *reader) asPrinted(name string) string {
	wide := wideBrackets.Replace(name)
	if wide == name {
		return name
	}
	for i := range r.doc.Lines {
		if strings.Contains(amount.StripSpace(r.doc.Lines[i].Text), wide) {
			return wide
		}
	}
	return name
}

var wideBrackets = strings.NewReplacer("(", "（", ")", "）")

// owners adds the names above the tables, and gives the one that most of them name.
func (r *reader) owners(found *evidence) string {
	votes, labels := map[string]int{}, map[string]int{}
	for i := range r.doc.Tables {
		t := &r.doc.Tables[i]
		owner, code := r.w.Owner(t), ""
		if c := departmentCode.FindStringSubmatch(owner); c != nil {
			code, owner = c[1], c[2]
		}
		how := apart
		if t.OwnerLabel != "" {
			how = labelled
		}
		if owner == "" {
			continue
		}
		folded := amount.Fold(owner)
		name := r.body(folded, how)
		if name == "" {
			r.refused = or(r.refused, owner)
			continue
		}
		if name != folded {
			owner = name
		}
		votes[owner]++
		if how == labelled {
			labels[owner]++
		}
		if code != "" {
			r.codes[owner] = code
		}
	}
	most := MostVoted(votes)
	if most == "" {
		return ""
	}
	weight := weighBareOwner
	if labels[most] > 0 {
		weight = weighOwner
	}
	found.add(most, weight+min(votes[most], weighOwners))
	return most
}

// coverBodies adds the names on the cover, and gives that of its title, or of its label.
func (r *reader) coverBodies(found *evidence) string {
	best := ""
	for _, l := range r.front.lines {
		m := r.w.ownerLine.FindStringSubmatch(l)
		if m == nil {
			continue
		}
		name, code := m[2], ""
		if c := departmentCode.FindStringSubmatch(name); c != nil {
			code, name = c[1], c[2]
		}
		if name = r.body(name, labelled); name != "" {
			found.add(name, weighCoverLabel)
			best = name
			if code != "" {
				r.codes[name] = code
			}
		} else {
			r.refused = or(r.refused, m[2])
		}
	}
	_, titled := r.subject(r.front.title)
	found.add(titled, weighTitle)
	best = or(best, titled)
	for _, l := range r.front.lines {
		if _, body := r.subject(l); body != "" && r.w.titled(l) {
			found.add(body, weighTitleLine)
			best = or(best, body)
		}
	}
	for _, name := range r.lineBodies(r.front.lines) {
		if best != "" && best != name && related(best, name) {
			continue
		}
		found.add(name, weighLine)
		best = or(best, name)
	}
	return best
}

// lineBodies are the lines that name a body, and pairs of lines that do together: 中国共产党甲县委员会 / 政法委员会.
func (r *reader) lineBodies(lines []string) []string {
	var names []string
	for i := 0; i < len(lines); i++ {
		name := r.body(lines[i], apart)
		if i+1 < len(lines) && r.goesOn(lines[i+1]) {
			if pair := r.body(lines[i]+lines[i+1], apart); pair != "" {
				name = pair
				i++
			}
		}
		if name != "" {
			names = append(names, name)
		}
	}
	return names
}

// goesOn reports that a line is the end of a name that the line above begins: it ends as a body, and does not begin as one.
func (r *reader) goesOn(line string) bool {
	if r.body(line, labelled) != line || r.w.bodies.start.Any(line) {
		return false
	}
	region, _ := r.region(line)
	return region == ""
}

// headed is the body that a heading is about: 第一部分甲县水利局概况.
func (r *reader) headed(title string) string {
	if m := r.w.bodies.about.FindStringSubmatch(title); m != nil {
		return r.body(m[1], apart)
	}
	return ""
}

// bodyOfFile finds a body in names of files like 2022年云陵县交通运输局部门预算公开.pdf.
func (r *reader) bodyOfFile() string {
	name := r.fileTitle()
	if _, body := r.subject(name); body != "" {
		return body
	}
	if loc := r.w.noun.FindStringIndex(name); loc != nil {
		name = name[:loc[0]]
	}
	return r.body(r.w.leadingYear.ReplaceAllString(name, ""), labelled)
}

// fileTitle is a file's name as a title.
func (r *reader) fileTitle() string {
	name := amount.Fold(r.file)
	name = strings.TrimSuffix(strings.TrimSuffix(name, ".pdf"), ".PDF")
	return r.w.attachment.ReplaceAllString(name, "")
}

// speakerLines is how many lines of the text are searched for a sentence that names the body.
const speakerLines = 60

// speaker is the body that the first sentences speak of, when it begins with a region: 甲县水利局2025年收入预算….
func (r *reader) speaker() string {
	for i := range r.doc.Lines[:min(len(r.doc.Lines), speakerLines)] {
		m := r.w.bodies.speaks.FindStringSubmatch(amount.Fold(r.doc.Lines[i].Text))
		if m == nil {
			continue
		}
		if name := r.body(m[1], apart); name != "" {
			if region, _ := r.region(name); region != "" {
				return name
			}
		}
	}
	return ""
}

// township is the township or development zone that a title is of, which publishes as a department.
func (r *reader) township() string {
	for _, title := range []string{r.front.title, r.fileTitle()} {
		if g, _ := r.subject(title); g != "" && r.w.governments.township.Any(g) {
			return g
		}
	}
	return ""
}

// entityLevel says whether a unit, a department or a government discloses.
func (r *reader) entityLevel() schema.EntityLevel {
	title := r.front.title
	if level := r.w.coverLevels.Value(title); level != "" {
		return schema.EntityLevel(level)
	}
	government, body := r.subject(title)
	if body != "" && r.governedBy(body) == "" {
		government = ""
	} else if r.w.governments.title.Any(title) {
		return schema.Government
	}
	units, departments, governments := 0, 0, 0
	count := func(t string) {
		switch schema.EntityLevel(r.w.titleLevels.Value(t)) {
		case schema.Unit:
			units++
		case schema.Department:
			departments++
		default:
			if region, _ := r.subject(t); region != "" || r.w.governments.title.Any(t) {
				governments++
			}
		}
	}
	owned := false
	for i := range r.doc.Tables {
		t := &r.doc.Tables[i]
		count(amount.Fold(t.Title))
		owner := r.body(amount.Fold(r.w.Owner(t)), labelled)
		owned = owned || owner != "" && r.governedBy(owner) == ""
	}
	for i := range r.doc.Sections {
		if r.doc.Sections[i].Level <= 1 {
			count(amount.Fold(r.doc.Sections[i].Title))
		}
	}
	switch {
	case units > departments:
		return schema.Unit
	case owned || body != "" && government == "":
		return schema.Department
	case governments > departments, government != "" && departments == 0 && utf8.RuneCountInString(government) > 1:
		return schema.Government
	}
	return schema.Department
}
