// Package layer evaluates optional content (PDF 32000-1, 8.11): which optional content groups are visible when a viewer
// opens the file, by the default configuration dictionary, and which hold a watermark, by their names.
package layer

import (
	"github.com/countybudget/extract/extract/pdf/cos"
	"github.com/countybudget/extract/extract/wording"
)

// State is how optional content is read.
type State uint8

// The states; content that belongs to no group is On.

const (
	On State = iota
	Off
	Watermark
)

const (
	mostGroups   = 10_000 // of one list
	mostOperands = 1000   // of one visibility expression
	deepestRule  = 16     // nested operators
)

// Groups are the optional content groups of a document. It is for one goroutine at a time.
type Groups struct {
	states map[int]State // by the ID of a group or membership dictionary; On for other IDs
}

// Read reads which groups are off in the default configuration, and which are watermarks by their names. props is the
// catalog's /OCProperties.
func Read(props cos.Object) *Groups {
	d := &Groups{states: map[int]State{}}
	if props.Kind() != cos.Dict {
		return d
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
			d.states[id] = Off
		case wording.NamesWatermark(cos.TextString(g.Key("Name").Str())):
			d.states[id] = Watermark
		}
		delete(off, id)
	})
	for id := range off { // groups that /OCGs does not list
		d.states[id] = Off
	}
	return d
}

// forViewing reports whether a group's intent is View, so that viewers obey its state.
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

// State evaluates an optional content group or membership dictionary.
func (d *Groups) State(v cos.Object) State {
	if v.Kind() != cos.Dict {
		return On
	}
	if v.Key("Type").Name() != "OCMD" {
		return d.states[v.ID()]
	}
	id := v.ID()
	if state, ok := d.states[id]; ok && id != 0 {
		return state
	}
	state := d.membership(v)
	if rule := v.Key("VE"); rule.Kind() == cos.Array { // the visibility expression takes precedence over the policy /P
		left := mostOperands
		switch on := d.expression(rule, 0, &left); {
		case !on:
			state = Off
		case state == Off:
			state = On
		}
	}
	if id != 0 {
		d.states[id] = state
	}
	return state
}

// membership applies the policy of a membership dictionary to its groups.
func (d *Groups) membership(v cos.Object) State {
	list := v.Key("OCGs")
	if list.Kind() == cos.Dict {
		switch state := d.states[list.ID()]; v.Key("P").Name() {
		case "AnyOff", "AllOff":
			if state != Off {
				return Off
			}
			return On
		default:
			return state
		}
	}
	on, off, water := 0, 0, false
	for i := range min(list.Len(), mostGroups) {
		id := list.Index(i).ID()
		if id == 0 { // null and missing groups are ignored
			continue
		}
		switch d.states[id] {
		case Off:
			off++
		case Watermark:
			water = true
			on++
		default:
			on++
		}
	}
	if on+off == 0 {
		return On
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
		return Off
	case water:
		return Watermark
	}
	return On
}

// expression evaluates a visibility expression: [/Not x], [/And x …], [/Or x …], where x is a group or an expression.
func (d *Groups) expression(v cos.Object, depth int, left *int) bool {
	if v.Kind() == cos.Dict {
		return d.states[v.ID()] != Off
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
