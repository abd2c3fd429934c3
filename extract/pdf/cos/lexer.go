package cos

import (
	"errors"
	"math"
)

// errNesting is a nesting of arrays or dictionaries beyond MaxNesting.
var errNesting = errors.New("nesting too deep")

// MaxNesting is how deep arrays, dictionaries and trees of a file may nest: far above what real files need and far below
// what would exhaust the stack.
const MaxNesting = 200

// Lexer parses PDF syntax (PDF 32000-1, 7.2 and 7.3) into objects. It skips invalid bytes; the only error is a nesting
// beyond MaxNesting, for which IsLimit is true.
type Lexer struct {
	data     []byte
	pos      int
	refs     bool                  // "1 0 R" is a reference (in files, not in content streams)
	operands func(word string) int // how many operands an operator of a content stream takes, -1 for any number; or nil
	depth    int
	cut      bool // the input ended inside a string, an array or a dictionary
	noise    bool // invalid syntax was skipped

	stack []Object // of arrays being read
	arena []Object // elements of arrays, until Reset
	text  []byte   // decoded strings with escapes, until Reset
}

// NewLexer makes a lexer of a content stream or a CMap, where "1 0 R" is no reference. operands gives the number of operands
// of an operator, -1 for any number; nil means any number for all.
func NewLexer(data []byte, operands func(word string) int) *Lexer {
	return &Lexer{data: data, operands: operands}
}

// Cut reports whether the input ended inside a string, an array or a dictionary.
func (l *Lexer) Cut() bool { return l.cut }

// Reset releases the memory of the objects read so far, which must not be used any more.
func (l *Lexer) Reset() {
	l.arena = l.arena[:0]
	l.text = l.text[:0]
}

const (
	classRegular = iota
	classSpace
	classDelim
)

var class = func() (t [256]uint8) {
	for _, c := range "\x00\t\n\f\r " {
		t[c] = classSpace
	}
	for _, c := range "()<>[]{}/%" {
		t[c] = classDelim
	}
	return
}()

func (l *Lexer) skipSpace() {
	for l.pos < len(l.data) {
		c := l.data[l.pos]
		if c == '%' {
			for l.pos < len(l.data) && l.data[l.pos] != '\n' && l.data[l.pos] != '\r' {
				l.pos++
			}
			continue
		}
		if class[c] != classSpace {
			return
		}
		l.pos++
	}
}

// Next reads one object, or a Closer or Keyword token.
func (l *Lexer) Next() (Object, error) {
	l.skipSpace()
	if l.pos >= len(l.data) {
		return Object{kind: EOF}, nil
	}
	c := l.data[l.pos]
	switch {
	case c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.':
		return l.number(), nil
	case c == '/':
		l.pos++
		return Object{kind: Name, bytes: l.name()}, nil
	case c == '(':
		l.pos++
		return Object{kind: String, bytes: l.literal()}, nil
	case c == '[':
		l.pos++
		return l.collect(Array)
	case c == '<':
		l.pos++
		if l.pos < len(l.data) && l.data[l.pos] == '<' {
			l.pos++
			return l.collect(Dict)
		}
		return Object{kind: String, bytes: l.hex()}, nil
	case c == ']' || c == '>':
		return l.closer(), nil
	case class[c] == classDelim: // a stray ) { or }
		l.pos++
		return Object{kind: Keyword, bytes: l.data[l.pos-1 : l.pos]}, nil
	}
	return l.keyword(), nil
}

func (l *Lexer) closer() Object {
	start := l.pos
	l.pos++
	if l.data[start] == '>' && l.pos < len(l.data) && l.data[l.pos] == '>' {
		l.pos++
	}
	return Object{kind: Closer, bytes: l.data[start:l.pos]}
}

func (l *Lexer) keyword() Object {
	start := l.pos
	for l.pos < len(l.data) && class[l.data[l.pos]] == classRegular {
		l.pos++
	}
	w := l.data[start:l.pos]
	switch string(w) {
	case "true":
		return Object{kind: Bool, num: 1}
	case "false":
		return Object{kind: Bool}
	case "null":
		return Object{}
	}
	return Object{kind: Keyword, bytes: w}
}

// number reads an integer, a real or, in files, a reference. Repeated signs and points are accepted, as by other readers.
func (l *Lexer) number() Object {
	start, neg, real := l.pos, false, false
	v, scale, digits := 0.0, 1.0, 0
loop:
	for ; l.pos < len(l.data); l.pos++ {
		c := l.data[l.pos]
		switch {
		case c >= '0' && c <= '9':
			digits++
			if real {
				scale /= 10
				v += float64(c-'0') * scale
			} else {
				v = v*10 + float64(c-'0')
			}
		case c == '.':
			if real { // "1.2.3": the rest is skipped
				l.skipRegular()
				break loop
			}
			real = true
		case c == '-' || c == '+':
			if digits > 0 || real { // "12-34": the rest is skipped
				l.skipRegular()
				break loop
			}
			neg = neg || c == '-'
		default:
			break loop
		}
	}
	if digits == 0 && l.pos < len(l.data) && class[l.data[l.pos]] == classRegular {
		l.skipRegular()
		return Object{kind: Keyword, bytes: l.data[start:l.pos]}
	}
	if neg {
		v = -v
	}
	if real {
		return Object{kind: Real, num: v}
	}
	if l.refs && !neg && v <= math.MaxInt32 {
		if o, ok := l.reference(v); ok {
			return o
		}
	}
	return Object{kind: Integer, num: v}
}

func (l *Lexer) skipRegular() {
	for l.pos < len(l.data) && class[l.data[l.pos]] == classRegular {
		l.pos++
	}
}

// reference reads the " 0 R" behind an integer, if it is there.
func (l *Lexer) reference(num float64) (Object, bool) {
	p := l.pos
	p = skipBlank(l.data, p)
	start := p
	for p < len(l.data) && p < start+5 && l.data[p] >= '0' && l.data[p] <= '9' {
		p++
	}
	if p == start || p == skipBlank(l.data, p) {
		return Object{}, false
	}
	p = skipBlank(l.data, p)
	if p >= len(l.data) || l.data[p] != 'R' || p+1 < len(l.data) && class[l.data[p+1]] == classRegular {
		return Object{}, false
	}
	l.pos = p + 1
	return Object{kind: Ref, num: num}, true
}

func skipBlank(data []byte, p int) int {
	for p < len(data) && class[data[p]] == classSpace {
		p++
	}
	return p
}

// collect reads the elements of an array or dictionary up to its closing delimiter or the end of the input.
func (l *Lexer) collect(k Kind) (Object, error) {
	if l.depth++; l.depth > MaxNesting {
		return Object{}, errNesting
	}
	mark := len(l.stack)
	for {
		before := l.pos
		o, err := l.Next()
		if err != nil {
			return Object{}, err
		}
		if o.kind == EOF || o.kind == Closer {
			l.cut = l.cut || o.kind == EOF
			break
		}
		if o.kind == Keyword {
			l.noise = true
			if len(o.bytes) == 1 && class[o.bytes[0]] == classDelim {
				continue
			}
			if l.closedBy(&o) {
				l.pos = before
				break
			}
			o = l.instead(&o, k, mark)
			if o.kind == Keyword {
				continue
			}
		}
		if k == Dict && (len(l.stack)-mark)%2 == 0 && o.kind != Name {
			l.noise = true
			continue // a value without a key
		}
		l.stack = append(l.stack, o)
	}
	if k == Dict && (len(l.stack)-mark)%2 == 1 {
		l.noise = true
		l.stack = l.stack[:len(l.stack)-1]
	}
	items := l.keep(l.stack[mark:])
	l.stack = l.stack[:mark]
	l.depth--
	return Object{kind: k, items: items}, nil
}

// closedBy reports whether a word inside an array or dictionary shows that its closing delimiter is missing, so that the
// rest of the page or the next object is not swallowed. Other words are skipped: operators that a program wrote inside the
// array of TJ, or damaged bytes.
func (l *Lexer) closedBy(word *Object) bool {
	switch string(word.bytes) {
	case "endobj", "obj", "stream", "endstream", "xref", "trailer":
		return l.refs
	case "TJ", "Tj", "BT", "ET", "Do", "BDC", "BMC", "EMC", "re", "q", "Q":
		return !l.refs
	}
	return !l.refs && !l.closesSoon()
}

// closesSoon reports whether an array closes before the next one opens or the text object ends.
func (l *Lexer) closesSoon() bool {
	const far = 64
	ahead := Lexer{data: l.data, pos: l.pos}
	for range far {
		ahead.skipSpace()
		if ahead.pos >= len(ahead.data) {
			return false
		}
		switch ahead.data[ahead.pos] {
		case '[':
			return false
		case ']':
			return true
		}
		o, err := ahead.Next()
		if err != nil || o.kind == Keyword && (string(o.bytes) == "TJ" || string(o.bytes) == "ET") {
			return false
		}
	}
	return false
}

// instead gives what replaces a skipped word: in files null where a value is expected; in content streams nothing, and the
// operands of an operator are dropped with it. If it returns the word itself, nothing replaces it.
func (l *Lexer) instead(word *Object, k Kind, mark int) Object {
	if l.refs {
		if k == Array || (len(l.stack)-mark)%2 == 1 {
			return Object{}
		}
		return *word
	}
	if l.operands == nil {
		return *word
	}
	for n := l.operands(string(word.bytes)); n > 0 && len(l.stack) > mark && l.stack[len(l.stack)-1].IsNumber(); n-- {
		l.stack = l.stack[:len(l.stack)-1]
	}
	return *word
}

// keep copies items to the arena. A full arena is replaced, not grown, so earlier items stay where they are.
func (l *Lexer) keep(items []Object) []Object {
	if cap(l.arena)-len(l.arena) < len(items) {
		l.arena = make([]Object, 0, max(2*len(items), min(2*cap(l.arena), 4096), 64))
	}
	from := len(l.arena)
	l.arena = append(l.arena, items...)
	return l.arena[from:len(l.arena):len(l.arena)]
}
