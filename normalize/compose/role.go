package compose

import "github.com/countybudget/extract/normalize/grammar"

// Role says what a column of a table is for.
type Role string

// The roles of columns.
const (
	RoleCode        Role = "code"
	RoleUnitCode    Role = "unit_code"
	RoleName        Role = "name"
	RoleRowNumber   Role = "row_number"
	RoleYear        Role = "year"        // of the row's amounts
	RoleCounterpart Role = "counterpart" // of a second classification
	RoleCategory    Role = "category"
	RoleValue       Role = "value" // amounts
	RoleIgnore      Role = "ignore"
	RoleRemark      Role = "remark"
	RoleIdentifier  Role = "identifier" // an account, a telephone number: neither the row's code nor an amount
)

// NamesRow reports a role of columns that name a row, in code or words, not of amounts or of what is left out.
func (r Role) NamesRow() bool { return r != RoleValue && r != RoleIgnore && r != RoleIdentifier }

// RoleOf is the role of a column that its leaf header names, "" where it names none: then its cells decide.
func RoleOf(t *grammar.Text) Role {
	if (saysAmount(t) || endsInSum(t)) && !t.Has("key", "name", "code", "unit_code", "identifier", ProjectCode, "project") {
		return ""
	}
	unit := t.Has("key", "unit", "unit_code")
	subject := t.Has("key", "subject") || t.Has("class")
	switch {
	case t.Has("key", "number"):
		return RoleRowNumber
	case t.Has("key", "identifier", ProjectCode):
		return RoleIdentifier
	case t.Has("key", "year") && len(t.Words) == 1:
		return RoleYear
	case t.Has("key", "unit_code"), t.Has("key", "code") && unit && !subject:
		return RoleUnitCode
	case t.Has("key", "code"):
		return RoleCode
	case t.Has("class", "economic_government"):
		return RoleCounterpart
	case t.Has("key", "category"):
		return RoleCategory
	case t.Has("remark"):
		return RoleRemark
	case t.Has("key", "part") && len(t.Words) == 1:
		return RoleCode
	case t.Has("key", "name", "unit", "region", "item", "project", "goods", "subject"), t.Has("class"):
		return RoleName
	}
	return ""
}

// saysAmount reports a header that says which amounts stand below it.
func saysAmount(t *grammar.Text) bool {
	return t.Has("fund") || t.Has("spending") || t.Has("phase") || t.Has("total") || t.Has("period")
}

// endsInSum reports a header of which the head is a sum of money: 直联点项目资金 names no items, 资金项目 does.
func endsInSum(t *grammar.Text) bool {
	if len(t.Words) == 0 {
		return false
	}
	_, ok := t.Words[len(t.Words)-1].Value("sum")
	return ok
}

// What a column of names names.
const (
	NamesProject = "project"
	NamesSubject = "subject"
	NamesUnit    = "unit"
)

// ProjectCode is the key of a column of the codes of projects: in a table of projects they are the items' codes, elsewhere
// identifiers.
const ProjectCode = "project_code"

// Names says what a column of names names by its header, "" where it does not say.
func Names(t *grammar.Text) string {
	switch {
	case t.Has("key", "project", "goods"):
		return NamesProject
	case t.Has("key", "subject"), t.Has("class"):
		return NamesSubject
	case t.Has("key", "unit", "region"):
		return NamesUnit
	}
	return ""
}
