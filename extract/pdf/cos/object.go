package cos

import (
	"math"
	"sort"
)

// Kind is the type of an object.
type Kind uint8

// The kinds of objects (PDF 32000-1, 7.3), and of tokens that are no objects.
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
	Ref     // a reference; Key and Index of objects of a File resolve it
	Lost    // the target of a reference is missing: unlike Null, it is damage
	Keyword // an operator, or a delimiter at the wrong place
	Closer  // ] or >>
	EOF
)

// Object is one PDF object, or a token of a Lexer. The zero value is null. Key and Index of an object of a File resolve
// references; objects that a Lexer read in a content stream have none. Bytes and items may share the Lexer's memory.
type Object struct {
	kind  Kind
	id    int32    // of an indirect dictionary or stream: its number in the file
	num   float64  // a number; the object number of a reference; 1 for true
	bytes []byte   // of a name, string or keyword
	items []Object // of an array; of a dictionary or a stream's dictionary, keys and values alternating
	file  *File    // resolves the references inside; nil where there are none
}

// NewDict makes a dictionary of alternating keys and values.
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

// ID identifies an indirect dictionary or stream of a file, for caches: a number from 1 on, in the order of the file; 0 for
// other objects. It is not the object number, see File.Number.
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

// Len is the number of elements of an array, 0 for other objects.
func (o Object) Len() int {
	if o.kind != Array {
		return 0
	}
	return len(o.items)
}

// Entries is the number of entries of a dictionary or a stream's dictionary, 0 for other objects.
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

// Items are the elements of an array, references unresolved.
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

// FirstKey is the value of the first of the keys that a dictionary has: names of entries and their abbreviations in inline
// images.
func (o Object) FirstKey(keys ...string) Object {
	for _, k := range keys {
		if v := o.Key(k); v.kind != Null {
			return v
		}
	}
	return Object{}
}

// find returns the value of a dictionary's key, references unresolved; of duplicate keys the last one counts.
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

// get is find with null for a missing key.
func (o *Object) get(key string) Object {
	if o.kind == Dict {
		if v := o.find(key); v != nil {
			return *v
		}
	}
	return Object{}
}

// Rect reads a rectangle (PDF 32000-1, 7.9.5), given by any two opposite corners.
func (o Object) Rect() (x0, y0, x1, y1 float64, ok bool) {
	if o.kind != Array || len(o.items) < 4 {
		return
	}
	a, b, c, d := o.Index(0).Float(), o.Index(1).Float(), o.Index(2).Float(), o.Index(3).Float()
	return min(a, c), min(b, d), max(a, c), max(b, d), true
}

// Matrix reads a transformation matrix; anything else gives the identity and ok false.
func (o Object) Matrix() (m [6]float64, ok bool) {
	if o.kind != Array || len(o.items) != 6 {
		return [6]float64{1, 0, 0, 1, 0, 0}, false
	}
	for i := range m {
		m[i] = o.Index(i).Float()
	}
	return m, true
}
