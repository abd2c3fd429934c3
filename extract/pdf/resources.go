package pdf

import (
	lib "github.com/ledongthuc/pdf"
)

// resources finds named resources; each kind is looked up once for each name.
type resources struct {
	dict                                                  lib.Value
	fontDict, stateDict, xobjectDict, spaceDict, propDict lib.Value
	loaded                                                bool
	fonts                                                 map[string]*font
	states                                                map[string]*extState
	xobjects                                              map[string]*xobject
	spaces                                                map[string]*colorSpace
	props                                                 map[string]lib.Value
}

func newResources(dict lib.Value) *resources { return &resources{dict: dict} }

func (r *resources) load() {
	if r.loaded {
		return
	}
	r.loaded = true
	r.fontDict, r.stateDict = r.dict.Key("Font"), r.dict.Key("ExtGState")
	r.xobjectDict, r.spaceDict, r.propDict = r.dict.Key("XObject"), r.dict.Key("ColorSpace"), r.dict.Key("Properties")
	r.fonts, r.states, r.xobjects = map[string]*font{}, map[string]*extState{}, map[string]*xobject{}
	r.spaces, r.props = map[string]*colorSpace{}, map[string]lib.Value{}
}

// tile returns the cell of a named tiling pattern, which is made as a form is; nil when it is none.
func (r *resources) tile(d *Document, key string) *form {
	if v := r.dict.Key("Pattern").Key(key); v.Kind() == lib.Stream && v.Key("PatternType").Int64() == 1 {
		return d.form(v)
	}
	return nil
}

// pageResources shares the resources that several pages name.
func (d *Document) pageResources(v lib.Value) *resources {
	id := objectID(v)
	if id == 0 {
		return newResources(v)
	}
	if r, ok := d.shared[id]; ok {
		return r
	}
	r := newResources(v)
	d.shared[id] = r
	return r
}

// state returns a named ExtGState.
func (r *resources) state(d *Document, key string) *extState {
	r.load()
	if s, ok := r.states[key]; ok {
		return s
	}
	s := d.states[referenceID(r.stateDict, key)]
	if s == nil {
		v := r.stateDict.Key(key)
		s = d.newExtState(v)
		if id := objectID(v); id != 0 {
			d.states[id] = s
		}
	}
	r.states[key] = s
	return s
}

func (d *Document) newExtState(v lib.Value) *extState {
	s := &extState{}
	number := func(key string) *float64 {
		if k := v.Key(key); k.Kind() == lib.Integer || k.Kind() == lib.Real {
			f := k.Float64()
			return &f
		}
		return nil
	}
	s.fillAlpha, s.strokeAlpha, s.lineWidth = number("ca"), number("CA"), number("LW")
	s.blend, s.softMask = blendMode(v.Key("BM")), softMask(v.Key("SMask"))
	s.mask = v.Key("SMask").Key("G")
	if f := v.Key("Font"); f.Len() == 2 {
		s.font, s.fontSize = d.font(f.Index(0)), f.Index(1).Float64()
	}
	return s
}

// blendMode reports whether a blend mode lets through what lies below; nil where none is set.
func blendMode(v lib.Value) *bool {
	if v.Kind() == lib.Array {
		v = v.Index(0)
	}
	if v.Kind() != lib.Name {
		return nil
	}
	through := v.Name() != "Normal" && v.Name() != "Compatible"
	return &through
}

// softMask reports whether a soft mask is set; nil where nothing is said.
func softMask(v lib.Value) *bool {
	if v.Kind() != lib.Name && v.Kind() != lib.Dict {
		return nil
	}
	set := v.Name() != "None"
	return &set
}

func (in *interp) applyState(e *extState) {
	s := &in.state
	if e.fillAlpha != nil {
		s.fill.color.Alpha = unit8(*e.fillAlpha)
	}
	if e.strokeAlpha != nil {
		s.stroke.color.Alpha = unit8(*e.strokeAlpha)
	}
	if e.lineWidth != nil {
		s.lineWidth = *e.lineWidth
	}
	if e.blend != nil {
		s.blend = *e.blend
	}
	if e.softMask != nil {
		s.softMask = *e.softMask
		in.lookAtMask(e)
	}
	if e.font != nil {
		s.text.font, s.text.size = e.font, e.fontSize
	}
}
