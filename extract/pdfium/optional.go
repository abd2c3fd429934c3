package pdfium

import (
	"bytes"
	"maps"
	"slices"

	"github.com/countybudget/extract/extract/model"
)

// PDFium does not report which optional content groups are off, but does not draw their content. So a group without which
// the page looks the same is off. Groups are identified by their names.

const (
	mostGroups = 32 // groups of one page that are tested
	groupDPI   = 72
)

// hideGroups flags the text of groups that are off, and removes their other objects.
func (d *Document) hideGroups(g *guest, n int, objects []object) ([]object, error) {
	off, known := d.off[n]
	if !known {
		var err error
		if off, err = d.groupsOff(g, n, objects); err != nil {
			return nil, err
		}
		d.off[n] = off
	}
	for i := range objects {
		if o := &objects[i]; off[o.group] {
			o.flags |= model.FlagOff
		}
	}
	return slices.DeleteFunc(objects, func(o object) bool { return off[o.group] && o.kind != kindText }), nil
}

// groupsOff are the optional content groups of a page that are off.
func (d *Document) groupsOff(g *guest, n int, objects []object) (map[string]bool, error) {
	groups := map[string][]uint64{}
	for i := range objects {
		// Invisible text, as in the text layer of a scan, does not change the picture.
		if o := &objects[i]; o.group != "" && !(o.kind == kindText && unpainted(g.int("FPDFTextObj_GetTextRenderMode", o.handle))) {
			groups[o.group] = append(groups[o.group], o.handle)
		}
	}
	if len(groups) == 0 {
		return nil, nil
	}
	whole, err := d.look(g, n)
	if err != nil {
		return nil, err
	}
	off := map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(groups))[:min(len(groups), mostGroups)] {
		for _, o := range groups[name] {
			g.call("FPDFPageObj_SetIsActive", o, 0)
		}
		without, err := d.look(g, n)
		for _, o := range groups[name] {
			g.call("FPDFPageObj_SetIsActive", o, 1)
		}
		if err != nil {
			return nil, err
		}
		off[name] = bytes.Equal(whole, without)
	}
	return off, nil
}

func unpainted(mode int) bool { return mode == 3 || mode == 7 }

// look renders a page.
func (d *Document) look(g *guest, n int) (pix []byte, err error) {
	err = d.draw(g, n, groupDPI, nil, MaxPixels, canvas{format: 2}, func(p []byte, _, _, _ int) { pix = bytes.Clone(p) })
	return pix, err
}
