package normalize

import "github.com/countybudget/extract/normalize/grammar"

// roleIn is the role of a column that its leaf header names, "" where it names none: then its cells decide.
func roleIn(t *grammar.Text) columnRole {
	if (saysAmount(t) || endsInSum(t)) && !t.Has("key", "name", "code", "unit_code", "identifier", "project") {
		return ""
	}
	unit := t.Has("key", "unit", "unit_code")
	subject := t.Has("key", "subject") || t.Has("class")
	switch {
	case t.Has("key", "number"):
		return roleRowNumber
	case t.Has("key", "identifier"):
		return roleIdentifier
	case t.Has("key", "unit_code"), t.Has("key", "code") && unit && !subject:
		return roleUnitCode
	case t.Has("key", "code"):
		return roleCode
	case t.Has("class", "economic_government"):
		return roleCounterpart
	case t.Has("key", "category"):
		return roleCategory
	case t.Has("remark"):
		return roleRemark
	case t.Has("key", "part") && len(t.Words) == 1:
		return roleCode
	case t.Has("key", "name", "unit", "region", "item", "project", "goods", "subject"), t.Has("class"):
		return roleName
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

// isCodePart reports the header of a part of a code that is printed in three columns.
func (w *Words) isCodePart(text string) bool {
	t := w.grammar.Parse(text, grammar.Header)
	return t.Has("key", "part") && len(t.Words) == 1
}

// What a column of names names.
const (
	namesProject = "project"
	namesSubject = "subject"
	namesUnit    = "unit"
)

// named says what a column of names names by its header, "" where it does not say.
func named(t *grammar.Text) string {
	switch {
	case t.Has("key", "project", "goods"):
		return namesProject
	case t.Has("key", "subject"), t.Has("class"):
		return namesSubject
	case t.Has("key", "unit", "region"):
		return namesUnit
	}
	return ""
}
