package normalize

import "github.com/countybudget/extract/normalize/grammar"

// role is the role of a column that its leaf header names, "" where it names none: then its cells decide.
func (w *Words) role(leaf string) columnRole {
	t := w.grammar.Parse(leaf, grammar.Header)
	return roleIn(&t)
}

func roleIn(t *grammar.Text) columnRole {
	switch {
	case t.Has("fund"), t.Has("spending"), t.Has("phase"), t.Has("total"), t.Has("period"):
		if !t.Has("key", "name", "code", "unit_code", "identifier", "project") {
			return ""
		}
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

// named says what a column of names names: project, subject or unit.
func (w *Words) named(leaf string) string {
	t := w.grammar.Parse(leaf, grammar.Header)
	switch {
	case t.Has("key", "project", "goods"):
		return "project"
	case t.Has("key", "subject"), t.Has("class"):
		return "subject"
	case t.Has("key", "unit", "region"):
		return "unit"
	}
	return ""
}

// says reports whether a title has a word with a feature.
func (w *Words) says(title, feature string, values ...string) bool {
	t := w.grammar.Parse(title, grammar.Title)
	return t.Has(feature, values...)
}
