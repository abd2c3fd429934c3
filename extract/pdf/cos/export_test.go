package cos

// A Part is a piece of a file that TestDamagedCopies breaks.
type Part struct {
	Kind       string // content, font, picture or page
	Start, End int    // in the file
	Stream     bool   // the bytes of a stream; else those of an object
}

// Parts lists the content streams, the fonts with their programs and maps, the pictures and the page objects of a file, in
// the order of the file. Objects in object streams are not listed, the object stream is in their place.
func Parts(data []byte) []Part {
	s := scanFile(data)
	s.settleLengths(data)
	contents, fonts := map[int]bool{}, map[int]bool{}
	mark := func(set map[int]bool, o Object) {
		if o.kind == Ref {
			set[int(o.num)] = true
		}
		for _, item := range o.items {
			if item.kind == Ref {
				set[int(item.num)] = true
			}
		}
	}
	for i := range s.objects {
		o := &s.objects[i]
		switch o.dictName("Type") {
		case "Page":
			mark(contents, o.obj.get("Contents"))
		case "Font", "FontDescriptor":
			for _, key := range []string{"ToUnicode", "FontFile", "FontFile2", "FontFile3", "Encoding", "W", "Widths"} {
				if v := o.obj.get(key); v.kind == Ref {
					fonts[int(v.num)] = true
				}
			}
		}
	}
	var out []Part
	for i := range s.objects {
		o := &s.objects[i]
		kind := ""
		switch {
		case contents[o.num], o.dictName("Subtype") == "Form":
			kind = "content"
		case fonts[o.num], o.dictName("Type") == "Font", o.dictName("Type") == "FontDescriptor":
			kind = "font"
		case o.dictName("Subtype") == "Image":
			kind = "picture"
		case o.dictName("Type") == "Page", o.dictName("Type") == "Pages", o.dictName("Type") == "ObjStm":
			kind = "page"
		}
		switch {
		case kind == "":
		case o.isStream && len(o.stream) > 0:
			out = append(out, Part{kind, o.start, o.start + len(o.stream), true})
			out = append(out, Part{kind, o.pos, o.start, false})
		case !o.isStream:
			end := len(data)
			if i+1 < len(s.objects) {
				end = s.objects[i+1].pos
			}
			out = append(out, Part{kind, o.pos, end, false})
		}
	}
	return out
}
