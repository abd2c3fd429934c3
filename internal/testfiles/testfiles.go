// Package testfiles generates PDF files for tests: small valid ones, and broken ones of every kind that the program must
// survive. Program code does not import it.
package testfiles

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"strings"
	"sync"
)

// Small is a whole document of one page with one line of text.
func Small(text string) []byte {
	return page("BT /F1 12 Tf 72 700 Td (Budget " + text + ") Tj ET").bytes()
}

// Broken gives a file of each kind by its name, the same bytes each time. They are drawn once; do not change them.
var Broken = sync.OnceValue(func() map[string][]byte {
	return map[string][]byte{
		"empty.pdf":           {},
		"flate_bomb.pdf":      flateBomb(),
		"garbage_xref.pdf":    garbageXref(),
		"html_error.pdf":      []byte("<!DOCTYPE html>\n<html><head><title>404</title></head><body><h1>404 Not Found</h1></body></html>\n"),
		"huge_page_image.pdf": hugePageImage(),
		"jpeg_renamed.pdf":    picture(600, 850),
		"nested_array.pdf":    nestedArray(),
		"page_tree_loop.pdf":  pageTreeLoop(),
		"text_named.pdf":      []byte(strings.Repeat("2025 budget: 1,234.56\n", 40)),
		"truncated.pdf":       truncated(),
		"user_password.pdf":   userPassword(),
		"zero_pages.pdf":      file{"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 0/Kids[]>>"}.bytes(),
	}
})

const helvetica = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"

// file is the objects of a file, numbered from 1; the first is the catalog.
type file []string

// page is a file with one page of this content.
func page(content string) file {
	return file{
		"<</Type/Catalog/Pages 2 0 R>>",
		"<</Type/Pages/Count 1/Kids[3 0 R]>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
		stream("", content),
		helvetica,
	}
}

// pages is a file with several pages, their contents last.
func pages(n int) file {
	f := file{"<</Type/Catalog/Pages 2 0 R>>", "", helvetica}
	var kids strings.Builder
	for i := range n {
		fmt.Fprintf(&kids, " %d 0 R", 4+i)
		f = append(f, fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>>>>>", 4+n+i))
	}
	f[1] = fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", n, kids.String())
	for i := range n {
		var content strings.Builder
		content.WriteString("BT /F1 12 Tf 16 TL 72 760 Td")
		for line := range 40 {
			fmt.Fprintf(&content, " (Page %d, line %d: %d.00) Tj T*", i+1, line+1, (i+1)*1000+line)
		}
		content.WriteString(" ET")
		f = append(f, stream("", content.String()))
	}
	return f
}

func stream(dict, data string) string {
	return fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", dict, len(data), data)
}

// objects writes the objects and gives their offsets.
func (f file) objects() (b bytes.Buffer, at []int) {
	b.WriteString("%PDF-1.7\n")
	for i, o := range f {
		at = append(at, b.Len())
		if o != "" {
			fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
		}
	}
	return b, at
}

func (f file) bytes() []byte { return f.with("") }

// with is the file with more entries in its trailer.
func (f file) with(trailer string) []byte {
	b, at := f.objects()
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, offset := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, trailer, start)
	return b.Bytes()
}

// garbageXref is a sound file whose cross-reference table is garbage.
func garbageXref() []byte {
	data := pages(2).bytes()
	start, end := bytes.Index(data, []byte("xref\n")), bytes.Index(data, []byte("trailer"))
	table := strings.Repeat("9999999999 00000 n \n", (end-start)/20) + "garbage\x00\x01 here\n"
	return bytes.Join([][]byte{data[:start], []byte("xref\n" + table), data[end:]}, nil)
}

// truncated is a sound file that ends in the content of its third page.
func truncated() []byte {
	data := pages(4).bytes()
	return data[:len(data)*62/100]
}

// pageTreeLoop has a page, and a folder of pages that holds the root of them all.
func pageTreeLoop() []byte {
	f := page("BT /F1 12 Tf 72 700 Td (real) Tj ET")
	f[1] = "<</Type/Pages/Count 2/Kids[6 0 R 3 0 R]>>"
	return append(f, "<</Type/Pages/Parent 2 0 R/Count 1/Kids[2 0 R]>>").bytes()
}

// userPassword is encrypted (AES-256) with a password that nobody knows: the hash that it must have is of no password.
func userPassword() []byte {
	hash := func(n int) string { return "<" + strings.Repeat("5a", n) + ">" }
	f := append(page("nothing but noise"), "<</Filter/Standard/V 5/R 6/Length 256/P -4/U"+hash(48)+"/O"+hash(48)+"/UE"+hash(32)+"/OE"+hash(32)+"/Perms"+hash(16)+
		"/CF<</StdCF<</AuthEvent/DocOpen/CFM/AESV3/Length 32>>>>/StmF/StdCF/StrF/StdCF>>")
	return f.with("/Encrypt 6 0 R/ID[" + hash(16) + hash(16) + "]")
}

// nestedArray holds arrays that are nested a million deep, in a compressed object that the page names and in its content.
func nestedArray() []byte {
	const depth = 1_000_000
	deep := strings.Repeat("[", depth) + strings.Repeat("]", depth)
	page := "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>/Properties<</Deep 7 0 R>>>>>> "
	head := fmt.Sprintf("3 0 7 %d ", len(page))
	f := file{
		"<</Type/Catalog/Pages 2 0 R>>",
		"<</Type/Pages/Count 1/Kids[3 0 R]>>",
		"",
		stream("/Filter/FlateDecode", deflate("/Deep /P BMC BT /F1 12 Tf 72 720 Td (deep) Tj "+deep+" TJ ET EMC")),
		helvetica,
		stream(fmt.Sprintf("/Type/ObjStm/N 2/First %d/Filter/FlateDecode", len(head)), deflate(head+page+deep)),
		"",
	}
	b, at := f.objects()
	start := b.Len()
	var table bytes.Buffer
	entry := func(kind byte, where, index int) {
		table.WriteByte(kind)
		table.Write(binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint32(nil, uint32(where)), uint16(index)))
	}
	entry(0, 0, 0xffff)
	for i, offset := range at {
		switch i + 1 {
		case 3:
			entry(2, 6, 0)
		case 7:
			entry(2, 6, 1)
		default:
			entry(1, offset, 0)
		}
	}
	entry(1, start, 0)
	fmt.Fprintf(&b, "8 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n",
		stream("/Type/XRef/Size 9/W[1 4 2]/Root 1 0 R/Filter/FlateDecode", deflate(table.String())), start)
	return b.Bytes()
}

// flateBomb has a content stream that inflates to a GiB of line drawing. It is a piece of a MiB, compressed for itself and
// repeated; its checksum is wrong, but a program that comes to it has lost already.
func flateBomb() []byte {
	piece := deflate(strings.Repeat("0 0 m 1 1 l S\n", 1<<20/14))
	header, body := piece[:2], piece[2:len(piece)-4-5] // between the header and what Close wrote: an empty block and the checksum
	return page("").withContent(header + strings.Repeat(body, 1024) + piece[len(piece)-4-5:])
}

func (f file) withContent(compressed string) []byte {
	f[3] = stream("/Filter/FlateDecode", compressed)
	return f.bytes()
}

// deflate compresses data; the last block is an empty one.
func deflate(data string) string {
	var b bytes.Buffer
	w, _ := zlib.NewWriterLevel(&b, zlib.BestCompression) // the level is known
	w.Write([]byte(data))                                 // a buffer takes all
	w.Flush()
	w.Close()
	return b.String()
}

// hugePageImage is a page of five metres with one picture.
func hugePageImage() []byte {
	return file{
		"<</Type/Catalog/Pages 2 0 R>>",
		"<</Type/Pages/Count 1/Kids[3 0 R]>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 14400 14400]/Contents 4 0 R/Resources<</XObject<</Im0 5 0 R>>>>>>",
		stream("", "q 14400 0 0 14400 0 0 cm /Im0 Do Q"),
		stream("/Type/XObject/Subtype/Image/Width 2600/Height 2600/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode", string(picture(2600, 2600))),
	}.bytes()
}

// picture is a JPEG picture of a few black bars.
func picture(width, height int) []byte {
	img := image.NewGray(image.Rect(0, 0, width, height))
	draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
	for y := height / 8; y < height; y += height / 8 {
		draw.Draw(img, image.Rect(width/8, y, width/2, y+height/100), image.NewUniform(color.Gray{Y: 20}), image.Point{}, draw.Src)
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		panic(err) // a buffer takes all, and the picture has a size
	}
	return b.Bytes()
}
