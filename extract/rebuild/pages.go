package rebuild

import (
	"fmt"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/wording"
)

// scanShare is the part of a page from which a picture makes it a scan.
const scanShare = 0.5

func pageInfo(p *model.Page, label string) model.PageInfo {
	info := model.PageInfo{
		Number: p.Number, Label: label, Width: p.Width, Height: p.Height,
		Reader: p.Reader, Source: model.SourceText, Err: p.Err,
	}
	if info.Label == "" {
		info.Label = p.Label
	}
	text, read := 0, 0
	for i := range p.Glyphs {
		g := &p.Glyphs[i]
		if wording.Blank(g.Text) || g.Is(model.FlagWatermark|model.FlagClipped|model.FlagHidden) {
			continue
		}
		switch {
		case g.Source == model.SourceOCR:
			read++
		case !g.Is(model.FlagInvisible):
			text++
		}
	}
	if read > text || p.Recognized && text == 0 {
		info.Source = model.SourceOCR
	}
	info.NeedsOCR = !p.Recognized && (text+read < 10 && p.PictureShare() >= scanShare || p.Unseen || p.Unreadable())
	return info
}

// doubts are the diagnostics about pages as a whole.
func doubts(pages []*model.Page, infos []model.PageInfo) []model.Diagnostic {
	var out []model.Diagnostic
	for i, p := range pages {
		undecoded := 0
		for k := range p.Glyphs {
			if g := &p.Glyphs[k]; g.Is(model.FlagUndecoded) && !g.Is(model.FlagWatermark|model.FlagClipped|model.FlagInvisible|model.FlagHidden) {
				undecoded++
			}
		}
		if undecoded > 0 {
			out = append(out, model.Diagnostic{
				Severity: model.Warning, Code: "undecoded_text", Page: p.Number,
				Message: fmt.Sprintf("%d characters of this page have no known meaning", undecoded),
			})
		}
		if infos[i].NeedsOCR && !p.Unreadable() {
			out = append(out, model.Diagnostic{
				Severity: model.Warning, Code: "needs_ocr", Page: p.Number,
				Message: "the page is a picture without text and was not recognized",
			})
		}
	}
	return out
}
