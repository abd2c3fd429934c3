package pdf

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/countybudget/extract/extract/model"
)

// Files can be attached to a PDF (PDF 32000-1, 7.11.4): a portfolio is a cover with the documents attached. They are not
// read; the reader of the results is told, so that the cover is not taken for the whole.

// maxAttachments is how many attachments are told by name.
const maxAttachments = 50

// attachment is one embedded file.
type attachment struct {
	name string
	pdf  bool
}

// findAttachments lists the embedded files of all file specifications, in the order of the file.
func (n *normalizer) findAttachments() []attachment {
	var out []attachment
	for i := range n.objects {
		out = n.attachmentsOf(&n.objects[i].obj, i, out)
	}
	return out
}

// attachmentsOf looks at a dictionary and those directly in it, such as the /FS of an annotation.
func (n *normalizer) attachmentsOf(o *object, i int, out []attachment) []attachment {
	if o.kind != kDict || len(out) >= maxAttachments {
		return out
	}
	if ef := o.get("EF"); ef.kind == kDict {
		name := firstOf(o, "UF", "F", "DOS", "Unix", "Mac")
		b := name.bytes
		if n.crypt != nil && !n.packed[i] {
			b = n.crypt.string(b, n.objects[i].num, n.objects[i].gen)
		}
		a := attachment{name: textString(string(b))}
		stream := firstOf(&ef, "UF", "F", "DOS", "Unix", "Mac")
		a.pdf = strings.HasSuffix(strings.ToLower(a.name), ".pdf") || n.startsAsPDF(int(stream.num))
		return append(out, a)
	}
	for j := 1; j < len(o.items); j += 2 {
		out = n.attachmentsOf(&o.items[j], i, out)
	}
	return out
}

// startsAsPDF reports whether an embedded file's content is a PDF.
func (n *normalizer) startsAsPDF(num int) bool {
	i, ok := n.index[num]
	if !ok || !n.objects[i].isStream {
		return false
	}
	o := &n.objects[i]
	data := o.stream
	if n.crypt != nil {
		data = n.crypt.stream(data, o.num, o.gen, &o.obj)
	}
	data, _ = decodeStream(data, filtersOf(&o.obj), n.opt.MaxStreamBytes)
	return bytes.HasPrefix(data, []byte("%PDF-"))
}

// attachmentDiagnostics says which files are attached and not read. A PDF may hold the very tables.
func (d *Document) attachmentDiagnostics() {
	for _, a := range d.norm.attachments {
		severity := model.Info
		if a.pdf {
			severity = model.Warning
		}
		d.diagnose(severity, codeAttachment, fmt.Sprintf("the attached file %q is not read: save it from a PDF viewer and convert it by itself", a.name))
	}
}
