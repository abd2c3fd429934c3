package cos

import (
	"math"
	"sort"
)

// Kind is the type of an object.
type Kind uint8

// The kinds of objects (PDF 32000-1, 7.3), and those of tokens that are none.
const (
	Null Kind = iota
	Bool
	Integer
	Real
	Name
	String
	Array
	Dict
	Stream
	Ref     // a reference; accessors of objects that come from a File follow it
	Lost    // what a reference names is not in the file. Null would look as if nothing had been there
	Keyword // an operator, or a delimiter at the wrong place
	Closer  // ] or >>
	EOF
)

// Object is one PDF object, or a token of a Lexer. The zero value is null. One that comes from a File follows references
// in Key and Index; one that a Lexer read in a content stream has none. Bytes and items may share the Lexer's memory.
type Object struct {
	kind  Kind
	id    int32    // of an indirect dictionary or stream: its number in the file
	num   float64  // a number; the object number of a reference; 1 for true
	bytes []byte   // of a name, string or keyword
	items []Object // of an array; keys and values by turns of a dictionary or a stream's dictionary
	file  *File    // resolves the references inside; nil where there are none
}

// NewDict makes a dictionary of keys and values by turns.
func NewDict(items []Object) Object {
	return Object{kind: Dict, items: items[:len(items)/2*2]}
}

// Kind is the object's type.
func (o Object) Kind() Kind { return o.kind }

// IsNull reports whether there is no object.
func (o Object) IsNull() bool { return o.kind == Null }

// IsNumber reports whether the object is an integer or a real number.
func (o Object) IsNumber() bool { return o.kind == Integer || o.kind == Real }

// IsName reports whether the object is this name.
func (o Object) IsName(s string) bool { return o.kind == Name && string(o.bytes) == s }

// ID tells indirect dictionaries and streams of a file apart, as caches need it: a number from 1 on, in the order of the
// file; 0 for any other object. It is not the number that the file gives the object, see File.Number.
func (o Object) ID() int { return int(o.id) }

// Bool is the value of a boolean, false for other objects.
func (o Object) Bool() bool { return o.kind == Bool && o.num != 0 }

// Float is the value of a number, 0 for other objects.
func (o Object) Float() float64 {
	if o.IsNumber() {
		return o.num
	}
	return 0
}

// Int is the value of a number as an integer within the range of 32 bits, 0 for other objects.
func (o Object) Int() int {
	if !o.IsNumber() {
		return 0
	}
	return int(math.Max(math.MinInt32, math.Min(math.MaxInt32, o.num)))
}

// Name is a name without its slash, empty for other objects.
func (o Object) Name() string {
	if o.kind == Name {
		return string(o.bytes)
	}
	return ""
}

// Bytes are those of a string, a name or a keyword.
func (o Object) Bytes() []byte { return o.bytes }

// Str is the content of a string, decrypted but not decoded (see DecodeText); empty for other objects.
func (o Object) Str() string {
	if o.kind == String {
		return string(o.bytes)
	}
	return ""
}

// Len is how many elements an array has, 0 for other objects.
func (o Object) Len() int {
	if o.kind != Array {
		return 0
	}
	return len(o.items)
}

// Entries is how many entries a dictionary or a stream's dictionary has, 0 for other objects.
func (o Object) Entries() int {
	if o.kind != Dict && o.kind != Stream {
		return 0
	}
	return len(o.items) / 2
}

// Index is the element i of an array, null where there is none.
func (o Object) Index(i int) Object {
	if o.kind != Array || i < 0 || i >= len(o.items) {
		return Object{}
	}
	return o.file.resolve(&o.items[i])
}

// Items are the elements of an array as they stand there, references included.
func (o Object) Items() []Object {
	if o.kind != Array {
		return nil
	}
	return o.items
}

// Key is the value of a key in a dictionary or a stream's dictionary, null where there is none.
func (o Object) Key(key string) Object {
	if o.kind != Dict && o.kind != Stream {
		return Object{}
	}
	if v := o.find(key); v != nil {
		return o.file.resolve(v)
	}
	return Object{}
}

// FirstKey is the first of the keys that a dictionary has: names of entries, and their short forms in inline images.
func (o Object) FirstKey(keys ...string) Object {
	for _, k := range keys {
		if v := o.Key(k); v.kind != Null {
			return v
		}
	}
	return Object{}
}

// find returns the value of a dictionary's key as it stands there; the last one counts.
func (o *Object) find(key string) *Object {
	if o.file != nil { // sorted by File.convert
		n := len(o.items) / 2
		i := sort.Search(n, func(i int) bool { return string(o.items[2*i].bytes) >= key })
		if i < n && string(o.items[2*i].bytes) == key {
			return &o.items[2*i+1]
		}
		return nil
	}
	for i := len(o.items) - 2; i >= 0; i -= 2 {
		if string(o.items[i].bytes) == key {
			return &o.items[i+1]
		}
	}
	return nil
}

// get returns the value of a dictionary's key as it stands there.
func (o *Object) get(key string) Object {
	if o.kind == Dict {
		if v := o.find(key); v != nil {
			return *v
		}
	}
	return Object{}
}

// Rect reads a rectangle (PDF 32000-1, 7.9.5), whichever corners it names.
func (o Object) Rect() (x0, y0, x1, y1 float64, ok bool) {
	if o.kind != Array || len(o.items) < 4 {
		return
	}
	a, b, c, d := o.Index(0).Float(), o.Index(1).Float(), o.Index(2).Float(), o.Index(3).Float()
	return min(a, c), min(b, d), max(a, c), max(b, d), true
}

// Matrix reads a transformation; what is none is the identity, and not ok.
func (o Object) Matrix() (m [6]float64, ok bool) {
	if o.kind != Array || len(o.items) != 6 {
		return [6]float64{1, 0, 0, 1, 0, 0}, false
	}
	for i := range m {
		m[i] = o.Index(i).Float()
	}
	return m, true
}
