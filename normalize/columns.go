package normalize

import (
	"strings"
	"unicode"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/normalize/amount"
	"github.com/countybudget/extract/schema"
	"github.com/countybudget/extract/schema/codebook"
)

// Columns of a table are told apart by their headers into the columns that name a row (code, name, row number, a second
// classification, a merged category) and those that hold amounts. A block is a run of naming columns with the amount
// columns to its right; a table of income and expenditure side by side has two, an economic one up to four. A block
// without naming columns is a table on its side: its headers are the items.

// columnRole says what a column is for.
type columnRole string

const (
	roleCode        columnRole = "code"
	roleUnitCode    columnRole = "unit_code"
	roleName        columnRole = "name"
	roleRowNumber   columnRole = "row_number"
	roleCounterpart columnRole = "counterpart"
	roleCategory    columnRole = "category"
	roleValue       columnRole = "value"
	roleIgnore      columnRole = "ignore"
	roleIdentifier  columnRole = "identifier" // an account, a telephone number: neither the row's code nor an amount
)

type column struct {
	index int
	path  []string // folded header texts from the top down, each spanning cell once
	role  columnRole
	dims  dimensions
	item  string // of a table on its side: the item the column stands for, as printed
	unit  string // of a column with a unit of its own
	shape string // of identifiers: what its cells are, where the header does not say it
}

func (c *column) leaf() string {
	if len(c.path) == 0 {
		return ""
	}
	return c.path[len(c.path)-1]
}

type block struct {
	codes, names, counterparts, rowNumbers []int
	unitCodes                              []int // beside the codes of subjects, or in their place: then they are the codes
	subjects                               bool  // the codes are those of subjects
	values                                 []column
	keys                                   []int // every naming column
	direction                              schema.Direction
	sideways                               bool
}

// layoutTable is a table with its columns understood.
type layoutTable struct {
	*model.Table
	grid      [][]*model.Cell
	statement schema.Statement
	title     string // folded
	lines     bool
	guessed   bool // the statement is told by the headers, the title does not say it
	defaults  dimensions
	firstData int // first row that may hold amounts
	cols      []column
	blocks    []block

	identifiers []column
}

func (w *wording) understand(t *model.Table, books *codebook.Books) *layoutTable {
	lt := &layoutTable{Table: t, grid: t.Grid(), title: amount.Fold(t.Title)}
	rule, known := w.statementOf(lt.title)
	lt.statement, lt.lines = rule.statement, rule.lines
	lt.defaults = w.titleDimensions(lt.statement, lt.title)
	lt.firstData = lt.firstDataRow()
	cols := w.columns(lt, books)
	if !known {
		lt.lines = w.looksLikeAmounts(lt, cols)
		if guess, ok := w.guessStatement(lt, cols); ok && lt.lines {
			lt.statement, lt.guessed = guess, true
			lt.defaults = w.titleDimensions(guess, lt.title)
			cols = w.columns(lt, books)
		}
	}
	lt.cols = cols
	for i := range cols {
		if cols[i].role == roleIdentifier {
			lt.identifiers = append(lt.identifiers, cols[i])
		}
	}
	lt.blocks = w.splitBlocks(lt, cols)
	lt.refineByCodes()
	return lt
}

// refineByCodes corrects a title that does not say that a table is by economic classification: its codes do.
func (lt *layoutTable) refineByCodes() {
	if lt.statement != schema.Expenditure && lt.statement != schema.GeneralPublicExpenditure {
		return
	}
	economic, other := 0, 0
	for i := range lt.blocks {
		for _, k := range lt.blocks[i].codes {
			for r := lt.firstData; r < lt.Rows; r++ {
				code := cellText(lt.grid[r][k])
				if len(code) < 3 || !isDigits(code) {
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

func (w *wording) columns(lt *layoutTable, books *codebook.Books) []column {
	cols := make([]column, lt.Cols)
	for k := range cols {
		c := &cols[k]
		c.index = k
		c.dims = lt.defaults
		c.path = lt.headerPath(w, k)
		for _, text := range c.path {
			w.read(&c.dims, text)
			if u := w.unitIn(text); u != "" {
				c.unit = u
			}
		}
		c.role = columnRole(w.role(c.leaf()))
		switch {
		case c.dims.skip && c.role != roleName:
			c.role = roleIgnore
		case (len(c.path) == 0 || c.role == roleName) && lt.holdsCodes(k):
			c.role = roleCode
		case c.role == "" && lt.mostlyText(k):
			c.role = roleName
		case c.role == "" || c.role == roleName && lt.mostlyAmounts(k):
			c.role = roleValue
		}
		if c.role == roleValue && c.dims == lt.defaults && c.unit == "" { // a header that says which amounts they are knows better
			if c.shape = lt.identifierShape(k, books); c.shape != "" {
				c.role = roleIdentifier
			}
		}
	}
	w.markCounterparts(cols)
	return cols
}

// markCounterparts takes the code and the name below 政府预算支出经济分类 for the second classification where others name the
// row. Joined to the codes beside them they would be codes that no book has.
func (w *wording) markCounterparts(cols []column) {
	second := func(c *column) bool {
		return len(c.path) > 1 && (c.role == roleCode || c.role == roleName) && w.role(c.path[len(c.path)-2]) == string(roleCounterpart)
	}
	for i := range cols {
		if cols[i].role != roleName || second(&cols[i]) {
			continue
		}
		for k := range cols {
			if second(&cols[k]) {
				cols[k].role = roleCounterpart
			}
		}
		return
	}
}

// headerPath is the header of one column from the top down.
func (lt *layoutTable) headerPath(w *wording, k int) []string {
	var path []string
	var last *model.Cell
	add := func(c *model.Cell) {
		if c == nil || c == last {
			return
		}
		last = c
		text := amount.Fold(c.Text)
		if text == "" || isDigits(text) || text == "栏次" {
			return
		}
		path = append(path, text)
	}
	for r := 0; r < lt.firstData; r++ {
		add(lt.grid[r][k])
	}
	if lt.firstData < lt.Rows {
		if c := lt.grid[lt.firstData][k]; c != nil && isCodeLabel(c.Text) {
			add(c)
		}
	}
	return path
}

// isCodeLabel reports the labels of a code printed in three columns.
func isCodeLabel(s string) bool {
	switch amount.StripSpace(s) {
	case "类", "款", "项":
		return true
	}
	return false
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
	n := 0
	for r := lt.firstData; r < lt.Rows; r++ {
		c := lt.grid[r][k]
		if c == nil || c.Row != r || c.Col != k || c.ColSpan > 1 || cellText(c) == "" {
			continue
		}
		text := cellText(c)
		if len(text) != 3 && len(text) != 5 && len(text) != 7 || !isDigits(text) || text[0] == '0' || text[0] == '4' || text[0] > '5' {
			return false
		}
		n++
	}
	return n > 0
}

func (lt *layoutTable) mostlyAmounts(k int) bool {
	amounts, texts := lt.countColumn(k)
	return amounts > 0 && texts == 0
}

func (lt *layoutTable) mostlyText(k int) bool {
	amounts, texts := lt.countColumn(k)
	return texts > 2*amounts
}

// looksLikeAmounts decides of a table whose title says nothing whether its numbers are money: a unit is printed, a header
// speaks of budget or accounts figures, or the figures have fractions or thousands separators, as counts have not.
func (w *wording) looksLikeAmounts(lt *layoutTable, cols []column) bool {
	if lt.Unit != "" {
		return true
	}
	for i := range cols {
		if cols[i].role == roleValue && (cols[i].dims.phase != "" || cols[i].unit != "" || lt.printedAsMoney(cols[i].index)) {
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

func (w *wording) splitBlocks(lt *layoutTable, cols []column) []block {
	var blocks []block
	start := 0
	seenValue := false
	for k := range cols {
		key := cols[k].role != roleValue && cols[k].role != roleIgnore && cols[k].role != roleIdentifier
		if key && seenValue {
			blocks = append(blocks, w.newBlock(lt, cols[start:k]))
			start, seenValue = k, false
		}
		seenValue = seenValue || cols[k].role == roleValue
	}
	if start < len(cols) {
		blocks = append(blocks, w.newBlock(lt, cols[start:]))
	}
	lt.economicBlocksByTotals(w, blocks)
	return blocks
}

func (w *wording) newBlock(lt *layoutTable, cols []column) block {
	var b block
	main := primaryName(lt.statement, cols)
	for i := range cols {
		c := &cols[i]
		switch c.role {
		case roleValue:
			b.values = append(b.values, *c)
			continue
		case roleIgnore, roleIdentifier:
			continue
		case roleCode:
			b.codes = append(b.codes, c.index)
		case roleUnitCode:
			b.unitCodes = append(b.unitCodes, c.index)
		case roleRowNumber:
			b.rowNumbers = append(b.rowNumbers, c.index)
		case roleCounterpart:
			b.counterparts = append(b.counterparts, c.index)
		case roleName:
			switch {
			case i == main:
				b.names = append(b.names, c.index)
			case strings.Contains(c.leaf(), "功能"):
				b.counterparts = append(b.counterparts, c.index)
			}
		}
		b.keys = append(b.keys, c.index)
	}
	for i := range cols {
		if len(cols[i].path) > 0 && b.direction == "" {
			var d dimensions
			w.read(&d, cols[i].path[0])
			b.direction = d.direction
		}
	}
	if b.subjects = len(b.codes) > 0; !b.subjects {
		b.codes = b.unitCodes
	}
	b.sideways = len(b.names) == 0 && len(b.codes) == 0 || itemsInHeader(b.values)
	w.finishValues(&b)
	return b
}

// primaryName chooses the column that names the row's item where several columns name something: the project in a table of
// projects, else the subject, else the last.
func primaryName(statement schema.Statement, cols []column) int {
	best, bestRank := -1, -1
	for i := range cols {
		if cols[i].role != roleName {
			continue
		}
		leaf := cols[i].leaf()
		rank := 0
		switch {
		case strings.Contains(leaf, "项目名称"), strings.Contains(leaf, "采购项目"):
			rank = 2
			if statement == schema.ProjectExpenditure || statement == schema.GovernmentProcurement {
				rank = 4
			}
		case strings.Contains(leaf, "科目名称"):
			rank = 3
		case strings.Contains(leaf, "单位"), strings.Contains(leaf, "部门"):
			rank = 0
		default:
			rank = 1
		}
		if rank > bestRank {
			best, bestRank = i, rank
		}
	}
	return best
}

// itemsInHeader reports columns that are the items of “三公”.
func itemsInHeader(values []column) bool {
	n := 0
	for i := range values {
		for _, t := range values[i].path {
			if strings.Contains(t, "因公出国") || strings.Contains(t, "公务接待") || strings.Contains(t, "公务用车") {
				n++
				break
			}
		}
	}
	return n >= 2
}

// finishValues gives each amount column what its neighbours say: the components of a 本年…合计 column share its period, and a
// column on its side gets its item.
func (w *wording) finishValues(b *block) {
	shared := false
	for i := range b.values {
		leaf := b.values[i].leaf()
		if strings.HasPrefix(leaf, "本年收入合计") || strings.HasPrefix(leaf, "本年支出合计") {
			shared = true
		}
	}
	for i := range b.values {
		c := &b.values[i]
		if shared && c.dims.period == "" {
			c.dims.period = schema.CurrentYear
		}
		if b.sideways {
			c.item = sidewaysItem(c.path)
		}
	}
}

// sidewaysItem is the deepest header that names an item; a 小计 takes its parent's name, and headers that only say the phase
// or the year name none.
func sidewaysItem(path []string) string {
	for i := len(path) - 1; i >= 0; i-- {
		t := yearPattern.ReplaceAllString(path[i], "")
		switch strings.TrimPrefix(t, "度") {
		case "小计", "预算数", "决算数", "全年预算数", "年初预算数", "调整预算数", "金额", "执行数", "上年预算数", "上年决算数", "预算", "决算", "增减额", "":
			continue
		}
		return path[i]
	}
	return ""
}

// economicBlocksByTotals gives blocks without own headers the spending that their totals' labels say: 人员经费合计 on the left,
// 公用经费合计 on the right.
func (lt *layoutTable) economicBlocksByTotals(w *wording, blocks []block) {
	if len(blocks) < 2 || lt.statement != schema.GeneralPublicBasicExpenditure && lt.statement != schema.ExpenditureByEconomic {
		return
	}
	for i := range blocks {
		b := &blocks[i]
		for r := lt.firstData; r < lt.Rows; r++ {
			name := amount.Fold(lt.keyText(b, r))
			if !w.rowIs("total", name) {
				continue
			}
			var d dimensions
			w.read(&d, name)
			if d.spending != schema.Personnel && d.spending != schema.Operating {
				continue
			}
			for k := range b.values {
				if s := b.values[k].dims.spending; s == "" || s == schema.Basic || s == lt.defaults.spending {
					b.values[k].dims.spending = d.spending
				}
			}
		}
	}
	// A block without a total of its own shares the one of the next block: 公用经费 in two column groups.
	for i := len(blocks) - 2; i >= 0; i-- {
		for k := range blocks[i].values {
			v, next := &blocks[i].values[k], blocks[i+1].values
			if (v.dims.spending == "" || v.dims.spending == schema.Basic) && k < len(next) {
				v.dims.spending = next[k].dims.spending
			}
		}
	}
}

// keyText is the first text of a row's naming columns that is not a code.
func (lt *layoutTable) keyText(b *block, r int) string {
	for _, k := range append(append([]int{}, b.names...), b.keys...) {
		if c := lt.grid[r][k]; c != nil && c.Row == r {
			if t := amount.StripSpace(c.Text); t != "" && !isDigits(t) {
				return t
			}
		}
	}
	return ""
}
