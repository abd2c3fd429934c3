package cos

import (
	"bytes"
	"strings"
)

// maxEmbedded is how many embedded files are listed.
const maxEmbedded = 50

// EmbeddedFile is a file that is attached to the document (PDF 32000-1, 7.11.4).
type EmbeddedFile struct {
	Name string // decoded
	PDF  bool   // by the name or the first bytes
}

// embeddedFiles lists the embedded files of all file specifications, in the order of the file.
func (c *collector) embeddedFiles() []EmbeddedFile {
	var out []EmbeddedFile
	for i := range c.objects {
		out = c.embeddedIn(&c.objects[i].obj, i, out)
	}
	return out
}

// embeddedIn lists the files of a dictionary and of the dictionaries directly in it, such as the /FS of an annotation.
func (c *collector) embeddedIn(o *Object, i int, out []EmbeddedFile) []EmbeddedFile {
	if o.kind != Dict || len(out) >= maxEmbedded {
		return out
	}
	if ef := o.get("EF"); ef.kind == Dict {
		b := o.FirstKey("UF", "F", "DOS", "Unix", "Mac").bytes
		if c.crypt != nil && !c.packed[i] {
			b = c.crypt.string(b, c.objects[i].num, c.objects[i].gen)
		}
		e := EmbeddedFile{Name: TextString(string(b))}
		stream := ef.FirstKey("UF", "F", "DOS", "Unix", "Mac")
		e.PDF = strings.HasSuffix(strings.ToLower(e.Name), ".pdf") || c.startsAsPDF(int(stream.num))
		return append(out, e)
	}
	for j := 1; j < len(o.items); j += 2 {
		out = c.embeddedIn(&o.items[j], i, out)
	}
	return out
}

// startsAsPDF reports whether an embedded file's content is a PDF.
func (c *collector) startsAsPDF(num int) bool {
	i, ok := c.index[num]
	if !ok || !c.objects[i].isStream {
		return false
	}
	o := &c.objects[i]
	data := o.stream
	if c.crypt != nil {
		data = c.crypt.stream(data, o.num, o.gen, o.obj)
	}
	data, _ = decodeStream(data, filtersOf(o.obj), c.limit)
	return bytes.HasPrefix(data, []byte("%PDF-"))
}
