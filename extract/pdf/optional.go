package pdf

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"github.com/countybudget/extract/extract/pdf/cos"
)

// Optional content (PDF 32000-1, 8.11): groups are on or off by the default configuration, as a viewer shows the file when
// it is opened; membership dictionaries combine groups.

// ocgState is what optional content means for reading.
type ocgState uint8

const (
	ocgOn ocgState = iota
	ocgOff
	ocgWatermark
)

const (
	mostGroups   = 10_000 // of one list
	mostOperands = 1000   // of one visibility expression
	deepestRule  = 16     // operators in each other
)

// readOptionalContent reads which groups the default configuration hides, and which are watermarks by name.
func (d *Document) readOptionalContent() {
	d.hidden = map[int]ocgState{}
	props := d.file.Root().Key("OCProperties")
	if props.Kind() != cos.Dict {
		return
	}
	groups, config := props.Key("OCGs"), props.Key("D")
	off := map[int]bool{}
	each := func(list cos.Object, do func(g cos.Object, id int)) {
		for i := range min(list.Len(), mostGroups) {
			if id := list.Index(i).ID(); id != 0 {
				do(list.Index(i), id)
			}
		}
	}
	if config.Key("BaseState").Name() == "OFF" {
		each(groups, func(_ cos.Object, id int) { off[id] = true })
	}
	each(config.Key("OFF"), func(_ cos.Object, id int) { off[id] = true })
	each(config.Key("ON"), func(_ cos.Object, id int) { delete(off, id) })
	for i := range min(config.Key("AS").Len(), mostGroups) {
		usage := config.Key("AS").Index(i)
		if usage.Key("Event").Name() != "View" {
			continue
		}
		each(usage.Key("OCGs"), func(g cos.Object, id int) {
			switch g.Key("Usage").Key("View").Key("ViewState").Name() {
			case "OFF":
				off[id] = true
			case "ON":
				delete(off, id)
			}
		})
	}
	each(groups, func(g cos.Object, id int) {
		switch {
		case off[id] && forViewing(g.Key("Intent")):
			d.hidden[id] = ocgOff
		case isWatermarkName(cos.TextString(g.Key("Name").Str())):
			d.hidden[id] = ocgWatermark
		}
		delete(off, id)
	})
	for id := range off { // listed nowhere else
		d.hidden[id] = ocgOff
	}
}

// forViewing reports whether a group's intent is that viewers show or hide it.
func forViewing(intent cos.Object) bool {
	if intent.Kind() != cos.Array {
		n := intent.Name()
		return n == "" || n == "View" || n == "All"
	}
	for i := range intent.Len() {
		if n := intent.Index(i).Name(); n == "View" || n == "All" {
			return true
		}
	}
	return intent.Len() == 0
}

func isWatermarkName(s string) bool {
	s = strings.ToLower(s)
	return slices.ContainsFunc(watermarkNames(), func(word string) bool { return strings.Contains(s, word) })
}

//go:embed data/watermark_names.txt
var watermarkNamesFile string

// watermarkNames are words in the names of groups that hold a watermark.
var watermarkNames = sync.OnceValue(func() (words []string) {
	for line := range strings.Lines(watermarkNamesFile) {
		if word, _, ok := strings.Cut(line, ";"); ok && !strings.HasPrefix(line, "#") {
			words = append(words, word)
		}
	}
	return words
})

// groupState evaluates an optional content group or membership dictionary.
func (d *Document) groupState(v cos.Object) ocgState {
	if v.Kind() != cos.Dict {
		return ocgOn
	}
	if v.Key("Type").Name() != "OCMD" {
		return d.hidden[v.ID()]
	}
	id := v.ID()
	if state, ok := d.hidden[id]; ok && id != 0 {
		return state
	}
	state := d.membership(v)
	if rule := v.Key("VE"); rule.Kind() == cos.Array { // it goes before the policy
		left := mostOperands
		switch on := d.expression(rule, 0, &left); {
		case !on:
			state = ocgOff
		case state == ocgOff:
			state = ocgOn
		}
	}
	if id != 0 {
		d.hidden[id] = state
	}
	return state
}

// membership applies the policy of a membership dictionary to its groups.
func (d *Document) membership(v cos.Object) ocgState {
	list := v.Key("OCGs")
	if list.Kind() == cos.Dict {
		switch state := d.hidden[list.ID()]; v.Key("P").Name() {
		case "AnyOff", "AllOff":
			if state != ocgOff {
				return ocgOff
			}
			return ocgOn
		default:
			return state
		}
	}
	on, off, water := 0, 0, false
	for i := range min(list.Len(), mostGroups) {
		id := list.Index(i).ID()
		if id == 0 { // a group that does not exist counts as none
			continue
		}
		switch d.hidden[id] {
		case ocgOff:
			off++
		case ocgWatermark:
			water = true
			on++
		default:
			on++
		}
	}
	if on+off == 0 {
		return ocgOn
	}
	visible := on > 0 // AnyOn is the default
	switch v.Key("P").Name() {
	case "AllOn":
		visible = off == 0
	case "AnyOff":
		visible = off > 0
	case "AllOff":
		visible = on == 0
	}
	switch {
	case !visible:
		return ocgOff
	case water:
		return ocgWatermark
	}
	return ocgOn
}

// expression evaluates a visibility expression: [/Not x], [/And x …], [/Or x …], where x is a group or an expression.
func (d *Document) expression(v cos.Object, depth int, left *int) bool {
	if v.Kind() == cos.Dict {
		return d.hidden[v.ID()] != ocgOff
	}
	if v.Kind() != cos.Array || depth > deepestRule {
		return true
	}
	op := v.Index(0).Name()
	on := op != "Or"
	for i := 1; i < v.Len() && *left > 0; i++ {
		*left--
		x := d.expression(v.Index(i), depth+1, left)
		switch {
		case op == "Not":
			return !x
		case op == "And" && !x, op == "Or" && x:
			return x
		}
	}
	return on
}
