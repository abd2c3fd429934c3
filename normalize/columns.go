package normalize

import (
	"slices"
	"strings"
	"unicode"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/normalize/amount"
	"github.com/countybudget/extract/normalize/compose"
	"github.com/countybudget/extract/normalize/grammar"
	"github.com/countybudget/extract/normalize/leftover"
	"github.com/countybudget/extract/schema"
	"github.com/countybudget/extract/schema/codebook"
)

// Headers tell the columns that name a row (code, name, row number, a second classification, a merged category) from those
// that hold amounts; where a header is lost or says too little, the cells do.

type column struct {
	index   int
	path    []string         // folded header texts from the top down, each spanning cell once
	cells   []*model.Cell    // those of path
	words   []grammar.Text   // of path
	unknown []string         // words of the path that were not understood
	side    schema.Direction // that the words 收入 and 支出 alone say
	role    compose.Role
	dims    dimensions
	item    string // of a table on its side: the item the column stands for, as printed
	unit    string // of a column with a unit of its own
	shape   string // of identifiers: what its cells are, where the header does not say it
}

func (c *column) leaf() string {
	if len(c.path) == 0 {
		return ""
	}
	return c.path[len(c.path)-1]
}

// leafWords are those of the leaf header; none where there is no header.
func (c *column) leafWords() *grammar.Text {
	if len(c.words) == 0 {
		return &grammar.Text{}
	}
	return &c.words[len(c.words)-1]
}

// layoutTable is a table with its columns understood.
type layoutTable struct {
	*model.Table
	grid      [][]*model.Cell
	statement schema.Statement
	title     string // folded
	words     grammar.Text
	lines     bool
	year      int32          // of the title, where headers contradict it
	guessed   bool           // the statement is inferred from the headers, not named by the title
	meaning   schema.Meaning // of the title
	unknown   []string       // words of the title that were not understood
	defaults  dimensions
	firstData int // first row that may hold amounts
	cols      []column
	groups    []columnGroup

	identifiers []column
}

func (w *Words) understand(t *model.Table, books *codebook.Books, own []string) *layoutTable {
	lt := &layoutTable{Table: t, grid: t.Grid(), title: amount.Fold(t.Title)}
	lt.words = w.grammar.Parse(lt.title, grammar.Title)
	var known bool
	lt.statement, lt.lines, known = statementOf(&lt.words)
	lt.defaults = titleDimensions(lt.statement, &lt.words)
	lt.firstData = lt.firstDataRow()
	cols := w.columnsOf(lt, books)
	if !known {
		lt.lines = w.looksLikeAmounts(lt, cols)
		if guess, ok := w.guessStatement(lt, cols); ok && lt.lines {
			lt.statement, lt.guessed = guess, true
			lt.defaults = titleDimensions(guess, &lt.words)
			cols = w.columnsOf(lt, books)
		}
	}
	lt.cols = cols
	lt.year = lt.titleYear()
	if bothSides(cols) {
		for i := range cols {
			d := &cols[i].dims
			if d.direction = cols[i].side; d.direction == "" && d.spending != lt.defaults.spending && !d.opening {
				d.direction = schema.DirectionExpenditure
			}
		}
		lt.defaults.direction = ""
	}
	for i := range cols {
		if cols[i].role == compose.RoleIdentifier {
			lt.identifiers = append(lt.identifiers, cols[i])
		}
	}
	lt.groups = w.splitGroups(lt, cols)
	lt.refineByCodes()
	w.weighTitle(lt, known, books, own)
	return lt
}

// bothSides reports amount columns of revenue beside those of expenditure: 本年收入 and 本年支出 below a title of expenditure. Then
// each column says which it is.
func bothSides(cols []column) bool {
	in, out := false, false
	for i := range cols {
		if cols[i].role == compose.RoleValue {
			in = in || cols[i].side == schema.DirectionRevenue
			out = out || cols[i].side == schema.DirectionExpenditure
		}
	}
	return in && out
}

// refineByCodes corrects a title that does not say that a table is by economic classification: its codes do, or its columns.
func (lt *layoutTable) refineByCodes() {
	switch lt.statement {
	case schema.Expenditure, schema.GeneralPublicExpenditure:
		if lt.economicColumns() > 1 {
			lt.statement = schema.ExpenditureByEconomic
			return
		}
	case schema.GeneralPublicBasicExpenditure: // by function, with the economic classes as columns
		if lt.economicColumns() > 1 && lt.firstCode() == '2' {
			lt.statement = schema.ExpenditureByEconomic
		}
		return
	case schema.ExpenditureByEconomic:
		if lt.namesProjects() && lt.words.Has("spending", "project") {
			lt.statement = schema.ProjectExpenditure
		}
		return
	case schema.ProjectExpenditure:
		if lt.namesProjects() {
			return
		}
	default:
		return
	}
	economic, other := 0, 0
	for i := range lt.groups {
		for _, k := range lt.groups[i].codes {
			for r := lt.firstData; r < lt.Rows; r++ {
				code := cellText(lt.grid[r][k])
				if len(code) < 3 || !amount.IsDigits(code) {
					continue
				}
				if code[0] == '3' || code[0] == '5' {
					economic++
				} else {
					other++
				}
			}
		}
	}
	if economic > other {
		lt.statement = schema.ExpenditureByEconomic
	}
}

// economicColumns counts the amount columns that are classes of the economic classification.
func (lt *layoutTable) economicColumns() int {
	n := 0
	for i := range lt.cols {
		if lt.cols[i].role == compose.RoleValue && lt.cols[i].dims.economic {
			n++
		}
	}
	return n
}

// namesProjects reports a column that names projects.
func (lt *layoutTable) namesProjects() bool {
	for i := range lt.cols {
		if lt.cols[i].role == compose.RoleName && compose.Names(lt.cols[i].leafWords()) == compose.NamesProject {
			return true
		}
	}
	return false
}

// firstDataRow is the table's own header height, less any row of it that already holds amounts: forms that print 合计 beside
// the labels 类 款 项.
func (lt *layoutTable) firstDataRow() int {
	for r := 0; r < lt.HeaderRows && r < len(lt.grid); r++ {
		for _, c := range lt.grid[r] {
			if c == nil || c.Row != r || !strings.ContainsAny(c.Text, ".．") {
				continue
			}
			if _, _, ok := amount.ParseWithUnit(c.Text); ok {
				return r
			}
		}
	}
	return min(lt.HeaderRows, lt.Rows)
}

func (w *Words) columnsOf(lt *layoutTable, books *codebook.Books) []column {
	cols := make([]column, lt.Cols)
	for k := range cols {
		c := &cols[k]
		c.index = k
		c.dims = lt.defaults
		c.path, c.cells = lt.headerPath(w, k)
		for _, text := range c.path {
			t := w.grammar.Parse(text, grammar.Header)
			c.words = append(c.words, t)
			c.dims.say(&t)
			c.side = or(compose.Side(&t), c.side)
			c.unknown = append(c.unknown, leftover.OfHeader(text, &t, books)...)
			if u := w.unitIn(text); u != "" {
				c.unit = u
			}
		}
		if c.dims.change { // of the document's own year and phase
			c.dims.year, c.dims.yearShift, c.dims.phase = 0, 0, ""
		}
		c.role = compose.RoleOf(c.leafWords())
		if c.role == "" && c.partOfCode() {
			c.role = compose.RoleCode
		}
		switch {
		case c.role == compose.RoleYear && len(c.path) > 1: // a bond's, or a project's
			c.role = compose.RoleIdentifier
		case c.role == compose.RoleCategory && lt.mostlyNames(k):
			c.role = compose.RoleName
		case c.role == compose.RoleRemark && lt.mostlyAmounts(k):
			c.role = compose.RoleValue
		case c.role == compose.RoleRemark, c.dims.skip && c.role != compose.RoleName:
			c.role = compose.RoleIgnore
		case (len(c.path) == 0 || c.role == compose.RoleName) && lt.holdsCodes(k):
			c.role = compose.RoleCode
		case c.role == "" && lt.mostlyText(k):
			c.role = compose.RoleName
		case lt.Source == model.SourceOCR && k > 0 && c.role == compose.RoleName && cols[k-1].role == compose.RoleName && lt.sameHeader(k-1, k): // part of a name, cut by a stroke read as a rule
		case c.role == "" || c.role == compose.RoleName && lt.mostlyAmounts(k):
			c.role = compose.RoleValue
		}
		if c.role == compose.RoleValue && c.dims == lt.defaults && c.unit == "" { // a header that says which amounts they are decides
			if c.shape = lt.identifierShape(k, books); c.shape != "" {
				c.role = compose.RoleIdentifier
			}
		}
	}
	lt.markEconomic(cols, books)
	markCounterparts(cols)
	return cols
}

// partOfCode reports a leaf of which nothing is known below a header of codes: the misread 款 of 科目编码 over 类, 款 and 项.
func (c *column) partOfCode() bool {
	n := len(c.words)
	return n > 1 && len(c.words[n-1].Words) == 0 && compose.RoleOf(&c.words[n-2]) == compose.RoleCode
}

// markEconomic marks the amount columns of a table of expenditure that are items of the economic classification (基本工资, 办公费),
// where the codebooks know several of them: one name alone may be a function's or a project's.
func (lt *layoutTable) markEconomic(cols []column, books *codebook.Books) {
	const several = 2
	switch lt.statement {
	case schema.Expenditure, schema.GeneralPublicExpenditure, schema.ExpenditureByEconomic, schema.GeneralPublicBasicExpenditure, schema.ProjectExpenditure:
	default:
		return
	}
	var known []int
	for i := range cols {
		if cols[i].role != compose.RoleValue {
			continue
		}
		name := amount.ItemName(cols[i].leaf())
		_, department := books.EconomicDepartmentByName(name, 0, "", 0)
		_, government := books.EconomicGovernmentByName(name, 0, "", 0)
		if department || government {
			known = append(known, i)
		}
	}
	if len(known) < several {
		return
	}
	for _, i := range known {
		cols[i].dims.economic = true
	}
}

// markCounterparts makes the code and the name of 政府预算支出经济分类 the second classification where other columns before the
// same amounts name the row: joined to the codes beside them they would make codes that no codebook has. Before amounts of
// their own they name the rows.
func markCounterparts(cols []column) {
	for _, block := range blocksOf(cols) {
		markSecond(block)
	}
}

// markSecond does so for the columns of one block.
func markSecond(block []column) {
	second := func(c *column) bool {
		if c.role != compose.RoleCode && c.role != compose.RoleName && c.role != compose.RoleCounterpart || len(c.words) == 0 {
			return false
		}
		return c.leafWords().Has("class", "economic_government") || len(c.words) > 1 && compose.RoleOf(&c.words[len(c.words)-2]) == compose.RoleCounterpart
	}
	first := slices.ContainsFunc(block, func(c column) bool { return (c.role == compose.RoleName || c.role == compose.RoleCode) && !second(&c) })
	for i := range block {
		switch c := &block[i]; {
		case !second(c):
		case first:
			c.role = compose.RoleCounterpart
		case c.role == compose.RoleCounterpart:
			c.role = compose.RoleName
		}
	}
}

// The classifications that columns of names and codes are of, as classifies has them.
const (
	functionalClass = "functional"
	economicClass   = "economic"
	governmentClass = "economic_government"
)

// classifies is the classification that a column's header names, the leaf or one above it; "" where none does.
func (c *column) classifies() string {
	for i := len(c.words) - 1; i >= 0; i-- {
		switch t := &c.words[i]; {
		case t.Has("class", functionalClass):
			return functionalClass
		case t.Has("class", governmentClass):
			return governmentClass
		case t.Has("class", economicClass, "economic_department"):
			return economicClass
		}
	}
	return ""
}

// headerPath is the header of one column from the top down.
func (lt *layoutTable) headerPath(w *Words, k int) (path []string, cells []*model.Cell) {
	var last *model.Cell
	add := func(c *model.Cell) {
		if c == nil || c == last {
			return
		}
		last = c
		text := amount.Fold(c.Text)
		if text == "" || amount.IsDigits(text) || w.numberLabels.Any(text) {
			return
		}
		path, cells = append(path, text), append(cells, c)
	}
	for r := 0; r < lt.firstData; r++ {
		add(lt.grid[r][k])
	}
	if lt.firstData < lt.Rows {
		if c := lt.grid[lt.firstData][k]; c != nil && w.isCodePart(amount.Fold(c.Text)) {
			add(c)
		}
	}
	return path, cells
}

// heading is the header path of a column as printed, from the top down.
func (c *column) heading() string {
	texts := make([]string, len(c.cells))
	for i, cell := range c.cells {
		texts[i] = amount.StripSpace(cell.Text)
	}
	return strings.Join(texts, " / ")
}

func (lt *layoutTable) countColumn(k int) (amounts, texts int) {
	for r := lt.firstData; r < lt.Rows; r++ {
		c := lt.grid[r][k]
		if c == nil || c.Row != r || c.Col != k || amount.IsBlank(amount.Fold(c.Text)) {
			continue
		}
		if _, _, ok := amount.ParseWithUnit(c.Text); ok {
			amounts++
		} else if strings.ContainsFunc(c.Text, unicode.IsLetter) {
			texts++
		}
	}
	return amounts, texts
}

// holdsCodes recognizes classification codes where the header is lost: whole numbers of 3, 5 or 7 digits, and nothing else. A
// code read as an amount would be a wrong figure that looks right.
func (lt *layoutTable) holdsCodes(k int) bool {
	n, first, several := 0, "", false
	for r := lt.firstData; r < lt.Rows; r++ {
		c := lt.grid[r][k]
		if c == nil || c.Row != r || c.Col != k || c.ColSpan > 1 || cellText(c) == "" {
			continue
		}
		text := cellText(c)
		if len(text) != 3 && len(text) != 5 && len(text) != 7 || !amount.IsDigits(text) || text[0] == '0' || text[0] == '4' || text[0] > '5' {
			return false
		}
		n++
		several = several || text != first && first != ""
		first = text
	}
	return n == 1 || several
}

func (lt *layoutTable) mostlyAmounts(k int) bool {
	amounts, texts := lt.countColumn(k)
	return amounts > 0 && texts == 0
}

func (lt *layoutTable) mostlyText(k int) bool {
	amounts, texts := lt.countColumn(k)
	return texts > 2*amounts
}

// mostlyNames reports a column of different texts: a category is one of a few words.
func (lt *layoutTable) mostlyNames(k int) bool {
	cells, texts := 0, map[string]bool{}
	for r := lt.firstData; r < lt.Rows; r++ {
		if c := lt.grid[r][k]; c != nil && c.Row == r && c.Col == k && c.ColSpan == 1 {
			if text := cellText(c); text != "" {
				cells++
				texts[text] = true
			}
		}
	}
	return cells >= 3 && 4*len(texts) >= 3*cells
}

// looksLikeAmounts decides whether the numbers of a table without a telling title are money: a unit is printed, a header names
// budget or accounts figures, or the figures have fractions or thousands separators, which counts do not have.
func (w *Words) looksLikeAmounts(lt *layoutTable, cols []column) bool {
	if lt.Unit != "" {
		return true
	}
	for i := range cols {
		if cols[i].role == compose.RoleValue && (cols[i].dims.phase != "" || cols[i].unit != "" || lt.printedAsMoney(cols[i].index)) {
			return true
		}
	}
	return false
}

// printedAsMoney reports a column with an amount that has a fraction or thousands separators.
func (lt *layoutTable) printedAsMoney(k int) bool {
	for r := lt.firstData; r < lt.Rows; r++ {
		if c := lt.grid[r][k]; c != nil && c.Row == r && strings.ContainsAny(c.Text, ".,．，") {
			if _, _, ok := amount.ParseWithUnit(c.Text); ok {
				return true
			}
		}
	}
	return false
}

// isCodePart reports the header of a part of a code that is printed in three columns.
func (w *Words) isCodePart(text string) bool {
	t := w.grammar.Parse(text, grammar.Header)
	return t.Has("key", "part") && len(t.Words) == 1
}
