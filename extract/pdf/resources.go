package pdf

import (
	"github.com/countybudget/extract/extract/pdf/color"
	"github.com/countybudget/extract/extract/pdf/cos"
	"github.com/countybudget/extract/extract/pdf/font"
)

// resources looks up named resources, each name of each category once.
type resources struct {
	dict                                                  cos.Object
	fontDict, stateDict, xobjectDict, spaceDict, propDict cos.Object
	loaded                                                bool
	fonts                                                 map[string]*textFont
	states                                                map[string]*extState
	xobjects                                              map[string]*xobject
	spaces                                                map[string]*color.Space
	props                                                 map[string]cos.Object
}

func newResources(dict cos.Object) *resources { return &resources{dict: dict} }

func (r *resources) load() {
	if r.loaded {
		return
	}
	r.loaded = true
	r.fontDict, r.stateDict = r.dict.Key("Font"), r.dict.Key("ExtGState")
	r.xobjectDict, r.spaceDict, r.propDict = r.dict.Key("XObject"), r.dict.Key("ColorSpace"), r.dict.Key("Properties")
	r.fonts, r.states, r.xobjects = map[string]*textFont{}, map[string]*extState{}, map[string]*xobject{}
	r.spaces, r.props = map[string]*color.Space{}, map[string]cos.Object{}
}

// textFont is a font with what is needed to show text in it.
type textFont struct {
	*font.Font
	procs *type3 // of a Type 3 font, else nil
}

func noFont() *textFont { return &textFont{Font: font.None()} }

// font returns a named font resource.
func (r *resources) font(d *Document, key string) *textFont {
	r.load()
	if f, ok := r.fonts[key]; ok {
		return f
	}
	f := d.font(r.fontDict.Key(key))
	r.fonts[key] = f
	return f
}

// font returns the font of a font dictionary; the document makes each once.
func (d *Document) font(v cos.Object) *textFont {
	id := v.ID()
	if f, ok := d.fonts[id]; ok && id != 0 {
		return f
	}
	f := &textFont{Font: font.New(v)}
	if f.Type3 != nil {
		f.procs = &type3{Type3: f.Type3, forms: map[uint32]*form{}, shown: map[uint32]int{}}
	}
	if id != 0 {
		d.fonts[id] = f
	}
	return f
}

// tile returns the cell of a named tiling pattern, as a form; nil if the pattern is no tiling pattern.
func (r *resources) tile(d *Document, key string) *form {
	if v := r.dict.Key("Pattern").Key(key); v.Kind() == cos.Stream && v.Key("PatternType").Int() == 1 {
		return d.form(v)
	}
	return nil
}

// pageResources returns the resources of a dictionary, which pages that name the same one share.
func (d *Document) pageResources(v cos.Object) *resources {
	id := v.ID()
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
	v := r.stateDict.Key(key)
	s := d.states[v.ID()]
	if s == nil {
		s = d.newExtState(v)
		if id := v.ID(); id != 0 {
			d.states[id] = s
		}
	}
	r.states[key] = s
	return s
}

func (d *Document) newExtState(v cos.Object) *extState {
	s := &extState{}
	number := func(key string) *float64 {
		if k := v.Key(key); k.Kind() == cos.Integer || k.Kind() == cos.Real {
			f := k.Float()
			return &f
		}
		return nil
	}
	s.fillAlpha, s.strokeAlpha, s.lineWidth = number("ca"), number("CA"), number("LW")
	s.blend, s.softMask = blendMode(v.Key("BM")), softMask(v.Key("SMask"))
	s.mask = v.Key("SMask").Key("G")
	if f := v.Key("Font"); f.Len() == 2 {
		s.font, s.fontSize = d.font(f.Index(0)), f.Index(1).Float()
	}
	return s
}

// blendMode reports whether a blend mode lets the backdrop show through; nil if no mode is set.
func blendMode(v cos.Object) *bool {
	if v.Kind() == cos.Array {
		v = v.Index(0)
	}
	if v.Kind() != cos.Name && v.Kind() != cos.Lost {
		return nil
	}
	through := v.Name() != "Normal" && v.Name() != "Compatible"
	return &through
}

// softMask reports whether a soft mask is set; nil if the dictionary has no SMask.
func softMask(v cos.Object) *bool {
	if v.Kind() != cos.Name && v.Kind() != cos.Dict && v.Kind() != cos.Lost {
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
