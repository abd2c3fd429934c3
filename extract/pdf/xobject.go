package pdf

import (
	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/pdf/cos"
	"github.com/countybudget/extract/extract/pdf/layer"
)

// xobject is a form XObject or an image XObject; the other field is nil.
type xobject struct {
	form  *form
	image *image
	group cos.Object // optional content
	lost  error      // why the XObject cannot be drawn
}

// form is a form XObject with its content decoded once.
type form struct {
	id      int
	matrix  model.Matrix
	box     model.Rect
	hasBox  bool
	res     *resources // nil: those of the content stream that draws it
	content []byte
	err     error
	group   bool // a transparency group: the opacity set outside applies to it as a whole
	open    bool // being drawn: ends the recursion of a form that draws itself
}

type image struct {
	width, height int
	filter        string
	mask          bool
	through       bool // some of it is transparent because of a mask
	softMask      cos.Object
	solid         *bool // the soft mask is opaque everywhere; nil until computed
	masked        bool  // has a mask or soft mask that is an image
	object        string
}

// xobject returns a named XObject; its form and image are nil if it does not exist.
func (r *resources) xobject(d *Document, key string) *xobject {
	r.load()
	if x, ok := r.xobjects[key]; ok {
		return x
	}
	v := r.xobjectDict.Key(key)
	x := d.xobjects[v.ID()]
	if x == nil {
		x = &xobject{group: v.Key("OC")}
		switch v.Key("Subtype").Name() {
		case "Form":
			x.form = d.form(v)
		case "Image":
			x.image = newImage(v, d.file.Number(v.ID()))
		case "PS": // PostScript XObject, for printers only
		default:
			x.lost = cos.Missing("a picture or form (%s) is not in the file, or is damaged", key)
		}
		if id := v.ID(); id != 0 {
			d.xobjects[id] = x
		}
	}
	r.xobjects[key] = x
	return x
}

func (d *Document) form(v cos.Object) *form {
	id := v.ID()
	if f, ok := d.forms[id]; ok && id != 0 {
		return f
	}
	f := &form{id: id, matrix: model.Identity}
	if m, ok := v.Key("Matrix").Matrix(); ok {
		f.matrix = m
	}
	f.box, f.hasBox = rectOf(v.Key("BBox"))
	f.group = v.Key("Group").Key("S").Name() == "Transparency"
	if res := v.Key("Resources"); res.Kind() == cos.Dict {
		f.res = d.pageResources(res)
	}
	f.content, f.err = v.Data()
	f.err = cos.DamagedStream("content stream of a form", f.err)
	if id != 0 {
		d.forms[id] = f
	}
	return f
}

func newImage(v cos.Object, object string) *image {
	im := &image{
		width: int(v.Key("Width").Int()), height: int(v.Key("Height").Int()),
		mask: v.Key("ImageMask").Bool(), object: object,
		through:  !v.Key("Mask").IsNull() || v.Key("SMaskInData").Int() != 0,
		softMask: v.Key("SMask"),
	}
	im.masked = v.Key("SMask").Kind() == cos.Stream || v.Key("Mask").Kind() == cos.Stream
	filter := v.Key("Filter")
	if n := filter.Len(); n > 0 {
		filter = filter.Index(n - 1)
	}
	im.filter = filter.Name()
	return im
}

// do draws an XObject.
func (in *interp) do(x *xobject, res *resources) error {
	state := in.doc.layers.State(x.group)
	if state == layer.Off {
		in.unseen++
		defer func() { in.unseen-- }()
	}
	in.note(x.lost)
	if x.image != nil {
		in.placeImage(x.image)
	}
	if x.form == nil {
		return nil
	}
	flags := in.flags
	in.flags |= model.FlagForm
	if state == layer.Watermark {
		in.flags |= model.FlagWatermarkContent
	}
	err := in.drawForm(x.form, x.form.matrix, res)
	in.flags = flags
	return err
}

// drawForm executes a form's content stream with a matrix.
func (in *interp) drawForm(f *form, m model.Matrix, outer *resources) error {
	if f.open {
		return nil
	}
	if in.depth >= maxFormDepth {
		if in.unseen == 0 {
			in.note(cos.Missing("forms are drawn in each other more than %d deep: what the innermost show is not read", maxFormDepth))
		}
		return nil
	}
	f.open = true
	defer func() { f.open = false }()
	in.depth++
	saved, tm, tlm, outerForm, marks := in.state, in.tm, in.tlm, in.form, len(in.marks)
	in.state.ctm = m.Mul(in.state.ctm)
	if f.hasBox {
		in.state.clip = in.state.clip.Intersect(in.state.ctm.Box(f.box))
		in.state.looseClip = in.state.looseClip || slanted(in.state.ctm)
	}
	if f.group {
		s := &in.state
		s.opacity *= float64(s.fill.color.Alpha) / 255
		s.fill.color.Alpha, s.stroke.color.Alpha = 255, 255
		s.veiled = s.veiled || s.blend || s.softMask
		s.blend, s.softMask = false, false
	}
	if f.id != 0 {
		in.form = f.id
	}
	res := f.res
	if res == nil {
		res = outer
	}
	err := in.run(f.content, res)
	if err == nil {
		err = f.err
	}
	for len(in.marks) > marks {
		in.endMark()
	}
	in.path.reset()
	in.state, in.tm, in.tlm, in.form = saved, tm, tlm, outerForm
	in.depth--
	return err
}

func slanted(m model.Matrix) bool { return (m[1] != 0 || m[2] != 0) && (m[0] != 0 || m[3] != 0) }

func (in *interp) placeImage(im *image) {
	m := in.state.ctm
	if in.unseen > 0 {
		return
	}
	in.coverPicture(im, m)
	in.page.Pictures = append(in.page.Pictures, model.Picture{
		Box: m.Box(model.Rect{X1: 1, Y1: 1}), Matrix: m, Width: im.width, Height: im.height,
		Filter: im.filter, Mask: im.mask, Masked: im.masked, Order: in.nextOrder(), Object: im.object,
	})
}

// inlineImage reads an image between BI and EI.
func (in *interp) inlineImage(l *cos.Lexer, res *resources) error {
	var items []cos.Object
	for {
		o, err := l.Next()
		if err != nil {
			return err
		}
		if o.Kind() == cos.EOF {
			return nil
		}
		if o.Kind() == cos.Keyword {
			if string(o.Bytes()) == "ID" {
				break
			}
			continue
		}
		items = append(items, o)
	}
	dict := cos.NewDict(items)
	im := inlineImageOf(dict)
	l.SkipImageData(in.inlineLength(dict, &im, res))
	in.placeImage(&im)
	return nil
}

func inlineImageOf(dict cos.Object) image {
	im := image{
		width: dict.FirstKey("Width", "W").Int(), height: dict.FirstKey("Height", "H").Int(),
		mask: dict.FirstKey("ImageMask", "IM").Bool(),
	}
	filter := dict.FirstKey("Filter", "F")
	if n := filter.Len(); n > 0 {
		filter = filter.Index(n - 1)
	}
	im.filter = filter.Name()
	for short, long := range map[string]string{
		"DCT": "DCTDecode", "CCF": "CCITTFaxDecode", "Fl": "FlateDecode", "LZW": "LZWDecode",
		"AHx": "ASCIIHexDecode", "A85": "ASCII85Decode", "RL": "RunLengthDecode",
	} {
		if im.filter == short {
			im.filter = long
		}
	}
	return im
}

// inlineLength is the length in bytes of image data without a filter; 0 if the data has a filter or its size is not known.
func (in *interp) inlineLength(dict cos.Object, im *image, res *resources) int {
	if im.filter != "" || im.width < 1 || im.height < 1 || im.width > 1<<15 || im.height > 1<<15 {
		return 0
	}
	bits, n := 1, 1
	if !im.mask {
		bits = dict.FirstKey("BitsPerComponent", "BPC").Int()
		if space := dict.FirstKey("ColorSpace", "CS"); space.Kind() == cos.Name {
			n = res.space(space.Name()).Components()
		}
	}
	if bits < 1 || bits > 16 {
		return 0
	}
	return (im.width*bits*n + 7) / 8 * im.height
}
