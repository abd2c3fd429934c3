package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/pdf/cos"
	"github.com/countybudget/extract/extract/pdf/dash"
)

// Limits of one page. They are far above any printed page.
const (
	maxOperands   = 64
	maxFormDepth  = 64
	maxStateDepth = 512
	maxOperators  = 20_000_000
	maxGlyphs     = 2_000_000
	maxRules      = 1_000_000
)

var errTooMuch = errors.New("page too large: drawing given up")

// interp executes the content streams of one page.
type interp struct {
	doc   *Document
	page  *model.Page
	state graphicsState
	saved []graphicsState

	tm, tlm model.Matrix // text and text line matrix
	path    path
	marks   []mark // open marked content
	flags   model.GlyphFlags
	unseen  int // number of open marked-content sequences whose optional content is off
	form    int // Glyph.FormID of the innermost form XObject
	depth   int // of forms
	order   int
	looked  int // glyphs compared so far with the places of pictures (textIn)
	ops     int
	inText  bool         // between BT and ET
	compat  int          // number of open BX: unknown operators are skipped silently
	noise   bool         // an unknown operator was noted
	damages []error      // what of the page is broken or missing
	base    model.Matrix // of the page or form, for patterns and as a fallback
	res     *resources   // of the stream that is being executed
}

// Page reads a page, 1-based. The page holds what could be read even if its Err is set.
func (d *Document) Page(number int) (page *model.Page) {
	page = &model.Page{Number: number, Reader: model.ReaderPDF}
	if number < 1 || number > len(d.pages) {
		page.Err = fmt.Errorf("there is no page %d", number)
		return page
	}
	defer func() {
		if r := recover(); r != nil {
			page.Err = errors.Join(page.Err, fmt.Errorf("reading the page: %v", r))
		}
	}()
	node := &d.pages[number-1]
	f := node.frame()
	page.Width, page.Height, page.Rotate = f.width, f.height, f.rotate
	if d.labels != nil {
		page.Label = d.labels[number-1]
	}
	clip := model.Rect{X1: f.width, Y1: f.height}
	in := &interp{doc: d, page: page, state: newState(f.ctm, clip), base: f.ctm}
	d.scratch.open(page)
	res := d.pageResources(node.resources)
	var errs []error
	in.note(node.lost)
	content, err := d.contents(node)
	if err != nil {
		errs = append(errs, err)
	}
	if err := in.run(content, res); err != nil {
		errs = append(errs, err)
	}
	if in.inText {
		in.note(cos.Missing("the page's content ends in the middle of its text"))
	}
	if err := in.annotations(node.dict.Key("Annots"), f); err != nil {
		errs = append(errs, err)
	}
	page.Rules = dash.Join(page.Rules)
	d.scratch.close(page)
	page.Err = inOneLine(append(errs, in.damages...))
	return page
}

// scratch lends pages the slices that they append to; each page ends with copies of the right size.
type scratch struct {
	glyphs []model.Glyph
	rules  []model.Rule
}

func (s *scratch) open(p *model.Page) {
	p.Glyphs, p.Rules = s.glyphs[:0], s.rules[:0]
}

func (s *scratch) close(p *model.Page) {
	s.glyphs, s.rules = p.Glyphs, p.Rules
	p.Glyphs, p.Rules = slices.Clone(p.Glyphs), slices.Clone(p.Rules)
	clear(s.glyphs)
}

// contents joins the content streams of a page with white space between them, because no operator spans two streams.
func (d *Document) contents(node *pageNode) ([]byte, error) {
	v := node.dict.Key("Contents")
	const what = "page's content stream"
	switch v.Kind() {
	case cos.Stream:
		data, err := v.Data()
		if err == nil && len(bytes.TrimSpace(data)) == 0 && node.drawsSomething() && !node.drawnByAnnotations() {
			return nil, cos.Missing("the page has fonts or pictures of its own, but its content is empty")
		}
		return data, cos.DamagedStream(what, err)
	case cos.Array:
	case cos.Null:
		if node.drawsSomething() {
			return nil, cos.Missing("the page has fonts or pictures of its own, but its content is not there")
		}
		return nil, nil
	default:
		return nil, cos.Missing("the %s is not in the file", what)
	}
	var out []byte
	var errs []error
	for i := range v.Len() {
		s := v.Index(i)
		if s.Kind() != cos.Stream {
			if s.Kind() != cos.Null {
				errs = append(errs, cos.Missing("a part of the %s is not in the file", what))
			}
			continue
		}
		data, err := s.Data()
		if err != nil {
			errs = append(errs, cos.DamagedStream(what, err))
		}
		if int64(len(out)+len(data)) > d.opt.MaxStreamBytes {
			errs = append(errs, cos.ErrTooLarge)
			break
		}
		out = append(append(out, data...), '\n')
	}
	return out, inOneLine(errs)
}

// run executes one content stream.
func (in *interp) run(content []byte, res *resources) error {
	l := cos.NewLexer(content, operands)
	base := len(in.saved)
	outer := in.res
	in.res = res
	defer func() { in.res = outer }()
	var room [maxOperands]cos.Object
	args := room[:0]
	for {
		o, err := l.Next()
		if err != nil {
			return err
		}
		switch o.Kind() {
		case cos.EOF:
			in.unwind(base)
			if l.Cut() || len(args) > 0 {
				in.note(cos.Missing("a content stream ends in the middle of an operation"))
			}
			return nil
		case cos.Keyword:
			if in.ops++; in.ops > maxOperators || len(in.page.Glyphs) > maxGlyphs || len(in.page.Rules) > maxRules {
				return errTooMuch
			}
			op := string(o.Bytes())
			if n := operands(op); n >= 0 && len(args) > n { // junk in front of the operands
				args = args[len(args)-n:]
			}
			if err := in.operator(op, args, l, res, base); err != nil {
				return err
			}
			args = room[:0]
			l.Reset()
		case cos.Closer:
		default:
			if len(args) == maxOperands { // more operands than any operator takes: the last ones count
				args = args[:copy(args, args[1:])]
			}
			args = append(args, o)
		}
	}
}

// operands is how many operands an operator takes, -1 for those that take any number.
func operands(op string) int {
	switch op {
	case "cm", "Tm", "c":
		return 6
	case "re", "v", "y", "k", "K":
		return 4
	case "rg", "RG", "\"":
		return 3
	case "Tf", "Td", "TD", "m", "l", "BDC", "d":
		return 2
	case "Tj", "TJ", "'", "Tc", "Tw", "Tz", "TL", "Ts", "Tr", "w", "g", "G", "gs", "Do", "BMC", "cs", "CS":
		return 1
	}
	return -1
}

// unwind drops what a content stream saved with q and did not restore.
func (in *interp) unwind(base int) {
	if len(in.saved) > base {
		in.state = in.saved[base]
		in.saved = in.saved[:base]
	}
}

// num is the i-th operand as a number, 0 where there is none.
func num(args []cos.Object, i int) float64 {
	if i < len(args) && args[i].IsNumber() {
		return args[i].Float()
	}
	return 0
}

func name(args []cos.Object, i int) string {
	if i < len(args) && args[i].Kind() == cos.Name {
		return string(args[i].Bytes())
	}
	return ""
}

// operator executes one operator. The families of operators are in the files named after what they draw.
func (in *interp) operator(op string, args []cos.Object, l *cos.Lexer, res *resources, base int) error {
	s := &in.state
	switch op {
	case "q":
		if len(in.saved) < maxStateDepth {
			in.saved = append(in.saved, *s)
		}
	case "Q":
		if n := len(in.saved); n > base {
			in.state = in.saved[n-1]
			in.saved = in.saved[:n-1]
		}
	case "cm":
		if len(args) >= 6 {
			s.ctm = matrixOf(args).Mul(s.ctm)
		}
	case "w":
		s.lineWidth = num(args, 0)
	case "gs":
		in.applyState(res.state(in.doc, name(args, 0)))
	case "Do":
		return in.do(res.xobject(in.doc, name(args, 0)), res)
	case "BI":
		return in.inlineImage(l, res)
	case "BMC":
		in.beginMark(name(args, 0), nil, res)
	case "BDC":
		if len(args) >= 2 {
			in.beginMark(name(args, 0), &args[1], res)
		} else {
			in.beginMark(name(args, 0), nil, res)
		}
	case "EMC":
		in.endMark()
	default:
		if !in.pathOperator(op, args) && !in.textOperator(op, args, res) && !in.colorOperator(op, args, res) {
			in.otherOperator(op)
		}
	}
	return nil
}

// otherOperator notes unknown operators: the content was damaged where it has no checksum.
func (in *interp) otherOperator(op string) {
	switch op {
	case "BX":
		in.compat++
	case "EX":
		in.compat = max(0, in.compat-1)
	case "MP", "DP", "d0", "d1", "ri", "i", "j", "J", "M", "d", "sh", "EI", "ID":
	default:
		if in.compat == 0 && !in.noise {
			in.noise = true
			in.note(cos.Missing("a content stream has words that are no operators, such as %q", op[:min(len(op), 20)]))
		}
	}
}

func matrixOf(args []cos.Object) model.Matrix {
	return model.Matrix{args[0].Float(), args[1].Float(), args[2].Float(), args[3].Float(), args[4].Float(), args[5].Float()}
}

func (in *interp) nextOrder() int {
	in.order++
	return in.order
}
