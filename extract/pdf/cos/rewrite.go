package cos

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
)

// rewriter writes the collected objects as a file that ledongthuc/pdf reads safely: one classic cross-reference table,
// consecutive object numbers, strings decrypted and in hexadecimal, no stream data. The library resolves references by
// itself and reads the target again each time, so references are written as names that begin with refMark (see
// File.convert), and whole objects are read one at a time.
type rewriter struct {
	*collector
	out []byte
}

const (
	refMark = '@'       // "/@12" is a reference to object 12, "/@" one to an object that is not there
	listKey = "Objects" // in the trailer: a list of all objects
)

// rewrite lays out the objects of a collector.
func rewrite(c *collector) []byte {
	w := &rewriter{collector: c}
	w.out = append(w.out, "%PDF-1.7\n"...)
	offsets := make([]int, len(w.objects))
	for i := range w.objects {
		o := &w.objects[i]
		offsets[i] = len(w.out)
		w.out = strconv.AppendInt(w.out, int64(i+1), 10)
		w.out = append(w.out, " 0 obj\n"...)
		w.object(&o.obj, i)
		if o.isStream {
			w.out = append(w.out, "\nstream\n\nendstream"...)
		}
		w.out = append(w.out, "\nendobj\n"...)
	}
	start := len(w.out)
	w.out = fmt.Appendf(w.out, "xref\n0 %d\n0000000000 65535 f \n", len(w.objects)+1)
	for _, off := range offsets {
		at := strconv.Itoa(off)
		w.out = append(append(append(w.out, "0000000000"[len(at):]...), at...), " 00000 n \n"...)
	}
	w.out = fmt.Appendf(w.out, "trailer\n<</Size %d /"+listKey+" [", len(w.objects)+1)
	for i := range w.objects {
		w.out = strconv.AppendInt(w.out, int64(i+1), 10)
		w.out = append(w.out, " 0 R "...)
	}
	// The library searches the last 100 bytes of a file for %%EOF, and the file must not be shorter.
	return fmt.Appendf(w.out, "]>>\n%%%s\nstartxref\n%d\n%%%%EOF\n", bytes.Repeat([]byte(" "), 60), start)
}

// object writes one object, which is or belongs to the indirect object i.
func (w *rewriter) object(o *Object, i int) {
	switch o.kind {
	case Bool:
		w.out = strconv.AppendBool(w.out, o.num != 0)
	case Integer, Real:
		w.number(o)
	case Name:
		if len(o.bytes) > 0 && o.bytes[0] == refMark { // escaped by doubling it
			w.name("/@", o.bytes)
			return
		}
		w.name("/", o.bytes)
	case String:
		w.string(o.bytes, i)
	case Array:
		w.out = append(w.out, '[')
		for j := range o.items {
			w.object(&o.items[j], i)
			w.out = append(w.out, ' ')
		}
		w.out = append(w.out, ']')
	case Dict:
		w.out = append(w.out, "<<"...)
		for j := 0; j+1 < len(o.items); j += 2 {
			if key := o.items[j].bytes; !unread[string(key)] {
				w.name("/", key)
				w.out = append(w.out, ' ')
				w.object(&o.items[j+1], i)
			}
		}
		w.out = append(w.out, ">>"...)
	case Ref:
		w.out = append(w.out, '/', refMark)
		if k, ok := w.index[int(o.num)]; ok {
			w.out = strconv.AppendInt(w.out, int64(k+1), 10)
		}
	default:
		w.out = append(w.out, "null"...)
	}
}

func (w *rewriter) number(o *Object) {
	if o.kind == Integer && math.Abs(o.num) < 1e15 {
		w.out = strconv.AppendInt(w.out, int64(o.num), 10)
		return
	}
	v := math.Max(-1e15, math.Min(1e15, o.num))
	w.out = strconv.AppendFloat(w.out, v, 'f', -1, 64)
}

func (w *rewriter) name(slash string, b []byte) {
	const digits = "0123456789ABCDEF"
	w.out = append(w.out, slash...)
	for _, c := range b {
		if c == '#' || class[c] != classRegular || c < '!' || c > '~' {
			w.out = append(w.out, '#', digits[c>>4], digits[c&15])
			continue
		}
		w.out = append(w.out, c)
	}
}

func (w *rewriter) string(b []byte, i int) {
	if w.crypt != nil && !w.packed[i] {
		b = w.crypt.string(b, w.objects[i].num, w.objects[i].gen)
	}
	w.out = append(w.out, '<')
	w.out = fmt.Appendf(w.out, "%X", b)
	w.out = append(w.out, '>')
}
