package normalize

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/normalize/amount"
	"github.com/countybudget/extract/normalize/compose"
	"github.com/countybudget/extract/normalize/grammar"
	"github.com/countybudget/extract/schema"
)

// rowKey is what a row's naming columns say.
type rowKey struct {
	code, name                       string
	counterpartCode, counterpartName string
	entityCode, entityName           string
	cells                            map[*model.Cell]bool // the naming cells, which are not amounts even where they span amount columns
	label                            *model.Cell          // the cell of the name; nil for a code alone
	time                             dimensions           // the year and the phase that the row names
}

// state carries what a row needs to know of the rows above it.
type state struct {
	class    string // 类 of the row above, for codes printed without it
	economic string // economic 类 above
	balance  bool   // below a 结转 row: the funds it is made of follow

	entityCode, entityName string // the unit that the rows above are listed under

	side schema.Direction // of the rows above, where a table prints revenue above expenditure
}

// tableLines gives the budget lines of one table.
func (b *builder) tableLines(lt *layoutTable) {
	unit, yuan := b.unitOf(lt)
	for i := range lt.groups {
		group := &lt.groups[i]
		b.settleSide(lt, group)
		var st state
		for r := lt.firstData; r < lt.Rows; r++ {
			key, ok := b.rowKey(lt, group, r, &st)
			if !ok {
				continue
			}
			before := len(b.out.BudgetLines)
			b.rowLines(lt, group, r, key, &st, unit, yuan)
			if key.label != nil && len(b.out.BudgetLines) > before {
				b.out.Labels = append(b.out.Labels, rowLabel(lt, group, key.label, r))
			}
		}
	}
}

// rowKey reads a row's naming columns; ok is false for rows that are no items: labels, column numbers.
func (b *builder) rowKey(lt *layoutTable, group *columnGroup, r int, st *state) (rowKey, bool) {
	key := rowKey{cells: map[*model.Cell]bool{}}
	row := lt.grid[r]
	for _, k := range group.keys {
		if row[k] != nil {
			key.cells[row[k]] = true
		}
	}
	var parts []string
	for i, k := range group.codes {
		text := cellText(row[k])
		if group.projects {
			if strings.ContainsFunc(text, unicode.IsDigit) { // not 合计 in a cell merged with the name's
				key.code = amount.StripSpace(text)
			}
			continue
		}
		if !amount.IsDigits(text) {
			text = ""
		}
		if i > 0 && len(text) == 1 {
			text = "0" + text
		}
		parts = append(parts, text)
	}
	if !group.projects {
		key.code = joinCode(parts, st)
	}
	key.name, key.label = b.nameIn(group, row)
	key.time = b.timeOf(group, row)
	if key.name == "" {
		if key.label = lt.keyCell(group, r); key.label != nil {
			key.name = cellText(key.label)
		}
	}
	if code, name := amount.SplitCode(key.name); code != "" && len(group.codes) == 0 {
		key.code, key.name = code, name
	}
	for _, k := range group.counterparts {
		text := cellText(row[k])
		if row[k] != nil && len(group.names) > 0 && row[k] == row[group.names[0]] {
			continue
		}
		code, name := amount.SplitCode(text)
		if amount.IsDigits(text) {
			code, name = text, ""
		}
		key.counterpartCode, key.counterpartName = or(code, key.counterpartCode), or(name, key.counterpartName)
	}
	name := amount.Fold(key.name)
	if b.words.rows.headers.Any(name) {
		return key, false
	}
	if key.name == "" && key.code == "" && !group.sideways {
		return key, false
	}
	if lt.isColumnNumberRow(b.words, r) {
		return key, false
	}
	key.entityCode, key.entityName = b.entityOf(group, row, name, st)
	return key, true
}

// timeOf is the year and the phase that a cell of a row names, and nothing else: in a column of years, or where the items are in
// the header (2022年, 2023年预算数).
func (b *builder) timeOf(group *columnGroup, row []*model.Cell) (d dimensions) {
	at := group.years
	if group.sideways {
		at = group.keys
	}
	for _, k := range at {
		if year := cellText(row[k]); slices.Contains(group.years, k) && amount.IsDigits(year) && len(year) == len("2024") {
			return dimensions{year: atoi(year)}
		}
		t := b.words.grammar.Parse(amount.Fold(cellText(row[k])), grammar.Header)
		if !t.Has("year") || len(t.Unknown) > 0 || t.Has("fund", "key", "item", "matter", "spending", "class") {
			continue
		}
		d.say(&t)
		return dimensions{year: d.year, yearShift: d.yearShift, phase: d.phase}
	}
	return dimensions{}
}

// entityOf is the unit that a row is listed under: the one in its own columns, else the one printed once above it. A total is of
// all units, and the publishing body itself is none of them.
func (b *builder) entityOf(group *columnGroup, row []*model.Cell, name string, st *state) (code, unit string) {
	if b.words.rows.totals.Any(name) {
		st.entityCode, st.entityName = "", ""
	}
	for _, k := range group.entities {
		if text := cellText(row[k]); text != "" && !amount.IsDigits(text) && !b.words.rows.totals.Any(amount.Fold(text)) {
			st.entityCode, st.entityName = "", text
		}
	}
	if group.subjects {
		for _, k := range group.unitCodes {
			if text := cellText(row[k]); amount.IsDigits(text) {
				st.entityCode = text
			}
		}
	}
	if amount.Fold(st.entityName) == amount.Fold(b.meta.Department) {
		return "", ""
	}
	return st.entityCode, st.entityName
}

// nameIn is the name in the deepest of the naming columns below one header, and its cell; a 小计 takes the name of what it is a
// part of.
func (b *builder) nameIn(group *columnGroup, row []*model.Cell) (name string, label *model.Cell) {
	for i := len(group.names) - 1; i >= 0; i-- {
		c := row[group.names[i]]
		text := cellText(c)
		if text == "" || len(group.names) > 1 && amount.IsDigits(text) {
			continue
		}
		if name != "" && (c.RowSpan == 1 || name == text) {
			break
		}
		if name == "" || b.words.subtotal.Any(amount.Fold(name)) {
			name, label = text, c
		}
	}
	return name, label
}

// rowLabel is the name of a row with its signs of belonging.
func rowLabel(lt *layoutTable, group *columnGroup, c *model.Cell, r int) schema.RowLabel {
	text := cellText(c)
	name := amount.ItemName(text)
	return schema.RowLabel{TableNo: int32(lt.No), Row: int32(r), Col: int32(group.keys[0]), Step: int32(max(0, slices.Index(group.keys, c.Col))),
		Numbering: strings.TrimSuffix(text, name), Name: name, Indent: int32(c.Indent)}
}

// joinCode joins a code printed in parts; a row that prints only 款 and 项 belongs to the 类 above it.
func joinCode(parts []string, st *state) string {
	if len(parts) == 0 {
		return ""
	}
	if parts[0] != "" {
		st.class = parts[0]
	} else if len(parts) > 1 && parts[1] != "" {
		parts[0] = st.class
	}
	if len(parts) > 2 && parts[1] == "" {
		parts = parts[:1]
	}
	return strings.Join(parts, "")
}

// isColumnNumberRow reports a row of 1 2 3 … under the header. A recognized one may have a number misread, as long as the
// others stand where they belong.
func (lt *layoutTable) isColumnNumberRow(w *Words, r int) bool {
	last, fit, misread, place := 0, 0, 0, 0
	for k, c := range lt.grid[r] {
		if c == nil || c.Row != r || c.Col != k {
			continue
		}
		text := amount.Fold(c.Text)
		if text == "" || text == "—" || w.numberLabels.Any(text) {
			continue
		}
		place++
		v, err := strconv.Atoi(text)
		switch {
		case err == nil && v <= 99 && (v == last+1 || last == 0 && misread == 0 || v == place):
			last = v
			fit++
		case c.Source == model.SourceOCR && utf8.RuneCountInString(text) <= 2:
			misread++
			last++
		default:
			return false
		}
	}
	return fit >= 2 && fit >= 2*misread
}

func cellText(c *model.Cell) string {
	if c == nil {
		return ""
	}
	return amount.StripSpace(c.Text)
}

func (b *builder) rowLines(lt *layoutTable, group *columnGroup, r int, key rowKey, st *state, unit string, yuan decimal.Decimal) {
	name := amount.Fold(key.name)
	if t := b.words.grammar.Parse(name, grammar.Header); compose.CountsThings(name, &t) {
		return
	}
	item := b.item(lt, group, key, st)
	for i := range group.values {
		col := &group.values[i]
		c := lt.grid[r][col.index]
		if c == nil || c.Row != r || c.Col != col.index || key.cells[c] {
			continue
		}
		text := amount.Fold(c.Text)
		if amount.IsBlank(text) {
			continue
		}
		printed, own, ok := amount.ParseWithUnit(c.Text)
		if own != "" && b.words.units[own].IsZero() {
			ok = false
		}
		if !ok {
			b.unparsed(lt, col, r, c)
			continue
		}
		if c.UpperHalf != "" {
			b.diagnose(schema.SeverityWarning, schema.DiagUnparsedAmount, c, fmt.Sprintf("table %d (%s), row %d: %q is one amount broken over two lines, or %q over another one; none is given", lt.No, lt.Title, r+1, c.Text, c.UpperHalf))
			continue
		}
		rawUnit, factor := unit, yuan
		if col.unit != "" {
			rawUnit, factor = col.unit, b.words.units[col.unit]
		}
		if own != "" {
			rawUnit, factor = own, b.words.units[own]
		}
		line := schema.BudgetLine{
			Amount: printed.Mul(factor).Round(2), RawText: strings.TrimSpace(c.Text), RawUnit: rawUnit,
			TableNo: int32(lt.No), Row: int32(r), Col: int32(col.index), Statement: lt.statement,
		}
		if exact := printed.Mul(factor); !exact.Equal(line.Amount) {
			b.rounded(lt.No, c.Page, c.TextBox, line.RawText)
		}
		b.place(&line, c)
		b.describe(&line, lt, group, col, item)
		b.add(line)
		b.claims.Line(&line, c, key.cells)
	}
}

// unparsed reports a cell of an amount column that is no amount: the first ones of a column, because a table whose rows could
// not be separated has thousands. unclaimed_number counts the numbers in all of them.
func (b *builder) unparsed(lt *layoutTable, col *column, r int, c *model.Cell) {
	const each = 10
	at := columnPlace{lt.No, col.index}
	if b.unread[at]++; b.unread[at] > each {
		return
	}
	message := fmt.Sprintf("table %d (%s), row %d: %q is in an amount column and is not an amount", lt.No, lt.Title, r+1, c.Text)
	if b.unread[at] == each {
		message += "; any others in the column are left out here"
	}
	b.diagnose(schema.SeverityWarning, schema.DiagUnparsedAmount, c, message)
}

// rounded reports the first amount of a table, or of the text (0), that is printed with fractions of a fen.
func (b *builder) rounded(table, page int, box model.Rect, raw string) {
	if b.fractions[table] {
		return
	}
	b.fractions[table] = true
	where := "the text"
	if table != 0 {
		where = fmt.Sprintf("table %d", table)
	}
	b.addDiagnostic(model.Diagnostic{
		Severity: model.Info, Code: schema.DiagAmountRounded, Page: page, Box: box, RawText: raw,
		Message: where + " prints amounts with fractions of a fen; they are rounded to the fen, raw_text has them as printed",
	})
}

// place fills where an amount stands.
func (b *builder) place(line *schema.BudgetLine, c *model.Cell) {
	box := c.TextBox
	if box == (model.Rect{}) {
		box = c.Box
	}
	line.Page = int32(c.Page)
	line.PageLabel = b.pageLabel(c.Page)
	line.X0, line.Y0, line.X1, line.Y1 = float32(box.X0), float32(box.Y0), float32(box.X1), float32(box.Y1)
	line.Source, line.Confidence = schema.Source(c.Source), c.Confidence
	if line.Source == "" {
		line.Source = schema.FromText
	}
}

// describe fills the item and the dimensions of a line from its row and its column.
func (b *builder) describe(line *schema.BudgetLine, lt *layoutTable, group *columnGroup, col *column, item itemKey) {
	d := col.dims
	line.FundSource = or(d.fund, schema.AllFunds)
	line.Spending = or(d.spending, schema.AllSpending)
	line.Period = or(d.period, schema.AllPeriods)
	line.Phase = or(d.phase, b.phase())
	line.FiscalYear = b.words.metadata.YearOf(&b.meta, lt.Title)
	switch {
	case lt.year != 0:
		line.FiscalYear = lt.year
	case d.year != 0:
		line.FiscalYear = d.year
	case line.FiscalYear != 0:
		line.FiscalYear += d.yearShift
	}
	b.sayTime(line, &d, &item.time)
	line.Direction = direction(lt, group, &d, item.side)
	line.Classification = item.classification(line.Direction)
	line.ItemCode, line.ItemName = item.code, item.name
	line.CounterpartCode, line.CounterpartName = item.counterpartCode, item.counterpartName
	line.EntityCode, line.EntityName = item.entityCode, item.entityName
	line.Heading, line.Meaning = col.heading(), lt.meaningOf(col)
	if line.FiscalYear == 0 || strings.ContainsRune(line.ItemName, utf8.RuneError) {
		line.Meaning = schema.Guessed // nothing names its year, or a character of its name has no known meaning
	}
	if group.sideways && col.item != "" {
		b.describeSideways(line, lt, col, item)
	} else if lt.statement == schema.ThreePublic {
		b.describeShared(line)
	}
	if line.Classification == schema.ByBalance {
		line.Period = schema.AllPeriods
	}
	if d.closing && len(group.codes) > 0 {
		line.Direction, line.Classification, line.Period = schema.DirectionExpenditure, schema.ByBalance, schema.AllPeriods
	}
	if d.economic {
		switch {
		case line.Statement == schema.ProjectExpenditure:
			line.CounterpartName = col.leaf()
		case line.Classification == schema.ByFunctional || lt.statement == schema.ExpenditureByEconomic:
			line.Statement, line.CounterpartName = schema.ExpenditureByEconomic, col.leaf()
		}
	}
	if lt.statement == schema.AgencyOperating {
		line.Spending = schema.AllSpending
	}
	if d.change {
		line.ItemName += b.words.change
	}
	if lt.statement == schema.OtherStatement && len(col.path) > 0 {
		line.ItemName = strings.Trim(line.ItemName+"/"+strings.Join(col.path, "/"), "/")
	}
	b.codeOf(line, item)
	if lt.year != 0 || b.mayBeMisread(line) {
		line.Meaning = schema.Guessed
	}
}

// sayTime gives a line the year and the phase of its row where its column names none.
func (b *builder) sayTime(line *schema.BudgetLine, col, row *dimensions) {
	if col.year == 0 && col.yearShift == 0 {
		if row.year != 0 {
			line.FiscalYear = row.year
		} else if line.FiscalYear != 0 {
			line.FiscalYear += row.yearShift
		}
	}
	if col.phase == "" {
		line.Phase = or(row.phase, line.Phase)
	}
}

// describeShared gives the statement of a row that is another's than the table: 机构运行信息表 has “三公”, 机关运行经费 and 政府采购.
func (b *builder) describeShared(line *schema.BudgetLine) {
	switch t := b.words.grammar.Parse(amount.Fold(line.ItemName), grammar.Header); {
	case t.Has("matter", "agency_operating"):
		line.Statement, line.Classification, line.Spending = schema.AgencyOperating, schema.ByTotal, schema.AllSpending
	case t.Has("matter", "procurement"):
		line.Statement, line.Classification = schema.GovernmentProcurement, schema.ByProcurement
		if b.words.rows.totals.Any(amount.Fold(line.ItemName)) {
			line.Classification = schema.ByTotal
		}
	}
}

// describeSideways names a line by its column.
func (b *builder) describeSideways(line *schema.BudgetLine, lt *layoutTable, col *column, item itemKey) {
	line.ItemCode, line.ItemName = "", amount.ItemName(b.printedHeader(lt, col))
	if item.name != "" && item.time == (dimensions{}) && !b.words.rows.totals.Any(amount.Fold(item.name)) {
		line.CounterpartName = item.name
	}
	switch {
	case lt.statement == schema.ThreePublic && slices.ContainsFunc(col.words, func(t grammar.Text) bool { return t.Has("matter", "agency_operating") }):
		line.Statement, line.ItemName, line.Classification = schema.AgencyOperating, b.words.agencyOperating, schema.ByTotal
		line.Spending = schema.AllSpending
	case b.words.rows.totals.Any(col.item):
		line.Classification = schema.ByTotal
	case lt.statement == schema.ThreePublic:
		line.Classification = schema.ByThreePublic
	}
}

// printedHeader is the column's item as printed, where col.item is folded.
func (b *builder) printedHeader(lt *layoutTable, col *column) string {
	for r := lt.firstData - 1; r >= 0; r-- {
		if c := lt.grid[r][col.index]; c != nil && amount.Fold(c.Text) == col.item {
			return amount.StripSpace(c.Text)
		}
	}
	return col.item
}

// direction of a line: the title's where it has only one, else the column's, else the group's, else the row's: revenue and
// expenditure printed one below the other.
func direction(lt *layoutTable, group *columnGroup, d *dimensions, side schema.Direction) schema.Direction {
	switch {
	case lt.defaults.direction != "":
		return lt.defaults.direction
	case d.direction != "":
		return d.direction
	case group.direction != "":
		return group.direction
	case d.opening:
		return schema.DirectionRevenue
	}
	return or(side, schema.DirectionExpenditure)
}

func or[T ~string](v, otherwise T) T {
	if v == "" {
		return otherwise
	}
	return v
}

// lineID is a stable name for a line: two identical rows of one table get different ones by their order.
func lineID(l *schema.BudgetLine, occurrence int) string {
	h := sha256.New()
	for _, s := range []string{
		l.DocumentID, string(l.Statement), string(l.Direction), string(l.Classification), l.ItemCode, l.ItemName,
		l.CounterpartCode, l.CounterpartName, string(l.FundSource), string(l.Spending), string(l.Period), string(l.Phase),
		strconv.Itoa(int(l.FiscalYear)), strconv.Itoa(occurrence),
	} {
		h.Write([]byte(s))
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}
