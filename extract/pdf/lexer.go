package pdf

import (
	"errors"
	"math"
)

// errNesting says that arrays or dictionaries nest beyond maxNesting.
var errNesting = errors.New("nesting too deep")

// maxNesting is far above what real files need and far below what would exhaust the stack.
const maxNesting = 200

// kind is the type of an object.
type kind uint8

const (
	kNull kind = iota
	kBool
	kInt
	kReal
	kName
	kString
	kArray
	kDict
	kRef
	kKeyword // an operator, or a delimiter at the wrong place
	kClose   // ] or >>
	kEOF
)

// object is one parsed PDF object, or a token. Bytes and items may alias the lexer's arenas and its input.
type object struct {
	kind  kind
	gen   int32    // of a reference
	num   float64  // a number; the object number of a reference; 1 for true
	bytes []byte   // of a name, string or keyword
	items []object // of an array; keys and values by turns of a dictionary
}

// get returns the value of a dictionary's key; the last one counts.
func (o *object) get(key string) object {
	if o.kind == kDict {
		for i := len(o.items) - 2; i >= 0; i -= 2 {
			if string(o.items[i].bytes) == key {
				return o.items[i+1]
			}
		}
	}
	return object{}
}

func (o *object) isName(s string) bool { return o.kind == kName && string(o.bytes) == s }

func (o *object) isNumber() bool { return o.kind == kInt || o.kind == kReal }

// int is the number as an integer, within the range of 32 bits.
func (o *object) int() int {
	return int(math.Max(math.MinInt32, math.Min(math.MaxInt32, o.num)))
}

// lexer cuts PDF syntax into objects. It never fails on garbage, which it skips; the only error is errNesting.
type lexer struct {
	data  []byte
	pos   int
	refs  bool // "1 0 R" is a reference (in files, not in content streams)
	depth int
	cut   bool // the input ended inside a string, an array or a dictionary
	noise bool // something that is no PDF syntax was skipped

	stack []object // of arrays being read
	arena []object // what arrays hold, until reset
	text  []byte   // what escaped strings hold, until reset
}

// reset frees what the objects read so far hold; they must not be used any more.
func (l *lexer) reset() {
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

func (l *lexer) skipSpace() {
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

// next reads one object; kClose and kKeyword are tokens that no object starts with.
func (l *lexer) next() (object, error) {
	l.skipSpace()
	if l.pos >= len(l.data) {
		return object{kind: kEOF}, nil
	}
	c := l.data[l.pos]
	switch {
	case c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.':
		return l.number(), nil
	case c == '/':
		l.pos++
		return object{kind: kName, bytes: l.name()}, nil
	case c == '(':
		l.pos++
		return object{kind: kString, bytes: l.literal()}, nil
	case c == '[':
		l.pos++
		return l.collect(kArray)
	case c == '<':
		l.pos++
		if l.pos < len(l.data) && l.data[l.pos] == '<' {
			l.pos++
			return l.collect(kDict)
		}
		return object{kind: kString, bytes: l.hex()}, nil
	case c == ']' || c == '>':
		return l.closer(), nil
	case class[c] == classDelim: // a stray ) { or }
		l.pos++
		return object{kind: kKeyword, bytes: l.data[l.pos-1 : l.pos]}, nil
	}
	return l.keyword(), nil
}

func (l *lexer) closer() object {
	start := l.pos
	l.pos++
	if l.data[start] == '>' && l.pos < len(l.data) && l.data[l.pos] == '>' {
		l.pos++
	}
	return object{kind: kClose, bytes: l.data[start:l.pos]}
}

func (l *lexer) keyword() object {
	start := l.pos
	for l.pos < len(l.data) && class[l.data[l.pos]] == classRegular {
		l.pos++
	}
	w := l.data[start:l.pos]
	switch string(w) {
	case "true":
		return object{kind: kBool, num: 1}
	case "false":
		return object{kind: kBool}
	case "null":
		return object{}
	}
	return object{kind: kKeyword, bytes: w}
}

// number reads an integer, a real or, in files, a reference. Doubled signs and points are forgiven as other readers do.
func (l *lexer) number() object {
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
			if real { // "1.2.3": the rest is noise
				l.skipRegular()
				break loop
			}
			real = true
		case c == '-' || c == '+':
			if digits > 0 || real { // "12-34": the rest is noise
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
		return object{kind: kKeyword, bytes: l.data[start:l.pos]}
	}
	if neg {
		v = -v
	}
	if real {
		return object{kind: kReal, num: v}
	}
	if l.refs && !neg && v <= math.MaxInt32 {
		if o, ok := l.reference(v); ok {
			return o
		}
	}
	return object{kind: kInt, num: v}
}

func (l *lexer) skipRegular() {
	for l.pos < len(l.data) && class[l.data[l.pos]] == classRegular {
		l.pos++
	}
}

// reference looks for the " 0 R" after an integer.
func (l *lexer) reference(num float64) (object, bool) {
	p := l.pos
	p = skipBlank(l.data, p)
	start, gen := p, 0
	for p < len(l.data) && p < start+5 && l.data[p] >= '0' && l.data[p] <= '9' {
		gen = gen*10 + int(l.data[p]-'0')
		p++
	}
	if p == start || p == skipBlank(l.data, p) {
		return object{}, false
	}
	p = skipBlank(l.data, p)
	if p >= len(l.data) || l.data[p] != 'R' || p+1 < len(l.data) && class[l.data[p+1]] == classRegular {
		return object{}, false
	}
	l.pos = p + 1
	return object{kind: kRef, num: num, gen: int32(gen)}, true
}

func skipBlank(data []byte, p int) int {
	for p < len(data) && class[data[p]] == classSpace {
		p++
	}
	return p
}

// collect reads the items of an array or dictionary up to its closing delimiter, or the end of the input.
func (l *lexer) collect(k kind) (object, error) {
	if l.depth++; l.depth > maxNesting {
		return object{}, errNesting
	}
	mark := len(l.stack)
	for {
		before := l.pos
		o, err := l.next()
		if err != nil {
			return object{}, err
		}
		if o.kind == kEOF || o.kind == kClose {
			l.cut = l.cut || o.kind == kEOF
			break
		}
		if o.kind == kKeyword {
			l.noise = true
			if len(o.bytes) == 1 && class[o.bytes[0]] == classDelim {
				continue
			}
			if l.closedBy(&o) {
				l.pos = before
				break
			}
			o = l.instead(&o, k, mark)
			if o.kind == kKeyword {
				continue
			}
		}
		if k == kDict && (len(l.stack)-mark)%2 == 0 && o.kind != kName {
			l.noise = true
			continue // a value without a key
		}
		l.stack = append(l.stack, o)
	}
	if k == kDict && (len(l.stack)-mark)%2 == 1 {
		l.noise = true
		l.stack = l.stack[:len(l.stack)-1]
	}
	items := l.keep(l.stack[mark:])
	l.stack = l.stack[:mark]
	l.depth--
	return object{kind: k, items: items}, nil
}

// closedBy reports whether a word inside an array or dictionary shows that its closing delimiter is missing, which must not
// swallow the page or the next object. Other words are noise: operators that a program wrote inside the array of TJ, or bytes
// that were damaged.
func (l *lexer) closedBy(word *object) bool {
	switch string(word.bytes) {
	case "endobj", "obj", "stream", "endstream", "xref", "trailer":
		return l.refs
	case "TJ", "Tj", "BT", "ET", "Do", "BDC", "BMC", "EMC", "re", "q", "Q":
		return !l.refs
	}
	return !l.refs && !l.closesSoon()
}

// closesSoon looks for the closing bracket of an array before the next one opens or the text ends.
func (l *lexer) closesSoon() bool {
	const far = 64
	ahead := lexer{data: l.data, pos: l.pos}
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
		o, err := ahead.next()
		if err != nil || o.kind == kKeyword && (string(o.bytes) == "TJ" || string(o.bytes) == "ET") {
			return false
		}
	}
	return false
}

// instead is what stands for a word that is noise: in files nothing known (null), where a value should be; in content
// nothing, and the operands of the operator go with it. The word itself means that nothing is put in its place.
func (l *lexer) instead(word *object, k kind, mark int) object {
	if l.refs {
		if k == kArray || (len(l.stack)-mark)%2 == 1 {
			return object{}
		}
		return *word
	}
	for n := operands(string(word.bytes)); n > 0 && len(l.stack) > mark && l.stack[len(l.stack)-1].isNumber(); n-- {
		l.stack = l.stack[:len(l.stack)-1]
	}
	return *word
}

// keep copies items to the arena. A full arena is replaced, not grown: what it holds stays where it is.
func (l *lexer) keep(items []object) []object {
	if cap(l.arena)-len(l.arena) < len(items) {
		l.arena = make([]object, 0, max(2*len(items), min(2*cap(l.arena), 4096), 64))
	}
	from := len(l.arena)
	l.arena = append(l.arena, items...)
	return l.arena[from:len(l.arena):len(l.arena)]
}
