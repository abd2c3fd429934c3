package pdf

import (
	lib "github.com/ledongthuc/pdf"
)

// fromValue copies a small value of the object layer; what nests deeper than a few levels is left out.
func fromValue(v lib.Value, depth int) object {
	switch v.Kind() {
	case lib.Bool:
		if v.Bool() {
			return object{kind: kBool, num: 1}
		}
		return object{kind: kBool}
	case lib.Integer:
		return object{kind: kInt, num: float64(v.Int64())}
	case lib.Real:
		return object{kind: kReal, num: v.Float64()}
	case lib.Name:
		return object{kind: kName, bytes: []byte(v.Name())}
	case lib.String:
		return object{kind: kString, bytes: []byte(v.RawString())}
	case lib.Array:
		o := object{kind: kArray}
		for i := 0; depth > 0 && i < v.Len(); i++ {
			o.items = append(o.items, fromValue(v.Index(i), depth-1))
		}
		return o
	case lib.Dict, lib.Stream:
		o := object{kind: kDict}
		if depth > 0 {
			for _, k := range v.Keys() {
				o.items = append(o.items, object{kind: kName, bytes: []byte(k)}, fromValue(v.Key(k), depth-1))
			}
		}
		return o
	}
	return object{}
}

// raw returns a stream's bytes before its filters.
func (d *Document) raw(v lib.Value) []byte {
	id := objectID(v)
	if v.Kind() != lib.Stream || id <= 0 || id >= len(d.streams) {
		return nil
	}
	s := &d.streams[id]
	if c := d.norm.crypt; c != nil && !s.decrypted {
		s.data = c.stream(s.data, s.num, s.gen, &d.norm.objects[id-1].obj)
		s.decrypted = true
	}
	return s.data
}

// data returns a stream's bytes after its filters. With an error, what could be decoded.
func (d *Document) data(v lib.Value) ([]byte, error) {
	dict := object{kind: kDict}
	for _, k := range []string{"Filter", "DecodeParms"} {
		dict.items = append(dict.items, object{kind: kName, bytes: []byte(k)}, fromValue(v.Key(k), 2))
	}
	return decodeStream(d.raw(v), filtersOf(&dict), d.opt.MaxStreamBytes)
}

// bulk returns the value of one of the bulky keys as the scan found it. References inside it are not followed.
func (d *Document) bulk(v lib.Value, key string) object {
	id := objectID(v)
	if id <= 0 || id > len(d.norm.objects) {
		return fromValue(v.Key(key), 2)
	}
	o := d.norm.objects[id-1].obj.get(key)
	if i, ok := d.norm.index[int(o.num)]; o.kind == kRef && ok {
		return d.norm.objects[i].obj
	}
	return o
}

// lostBulk reports that one of the bulky keys names an object that is not in the file.
func (d *Document) lostBulk(v lib.Value, key string) error {
	id := objectID(v)
	if id <= 0 || id > len(d.norm.objects) {
		return nil
	}
	o := d.norm.objects[id-1].obj.get(key)
	_, ok := d.norm.index[int(o.num)]
	if o.kind == kRef && !ok {
		return errNotInFile
	}
	return nil
}
