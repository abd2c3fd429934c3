// Package watermark finds the glyphs of watermarks, which lie over or under a document's content and are not part of it.
//
// Method. The words of watermarks are not known; a watermark is recognized by its properties. Glyphs are gathered into runs
// along their own baseline, at any angle (runs.go); runs of the same angle, colour and size over all pages form a style
// (style.go). A style is a watermark if the file marks it (marked content, stamp annotation), if it is slanted and light,
// large or repeated, or if it is upright and light or drawn over the content at the same place of most pages. All glyphs of
// such a style are watermarks: copies cut off at the page's edge, copies drawn glyph by glyph, glyphs between the digits of
// an amount. Text in the style of the content is kept, whatever it says; so is text with figures or many words, whatever its
// style or mark (content.go).
package watermark

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"sort"
	"strings"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/wording"
)

// Options are what a user may say about watermarks.
type Options struct {
	Extra []string // strings or regular expressions that are always watermarks
	Keep  bool     // list the watermarks but leave them in the text
}

// Settings are the measures of this stage.
type Settings struct {
	Turned     float64 // degrees from the nearest right angle from which text is slanted
	Large      float64 // times the body size at which text is large
	Light      float64 // luminance from which text is light, 0 to 1
	Pages      float64 // the part of the pages that a repeated style is on, 0 to 1
	Copies     int     // copies from which a string is repeated
	SameColour float64 // difference in luminance up to which a colour is that of the body text
}

// Defaults returns the settings that published disclosures need.
func Defaults() Settings {
	return Settings{Turned: 3, Large: 1.4, Light: 0.3, Pages: 0.5, Copies: 3, SameColour: 0.15}
}

// Validate reports the first invalid setting.
func (s Settings) Validate() error {
	for _, v := range []float64{s.Turned, s.Large, s.Light, s.Pages, s.SameColour} {
		if !(v > 0 && v < 90) {
			return fmt.Errorf("watermark: setting %v is out of range", v)
		}
	}
	if s.Copies < 2 {
		return fmt.Errorf("watermark: Copies %d is less than 2", s.Copies)
	}
	return nil
}

// Mark flags the watermark glyphs of all pages and lists the strings they make.
func Mark(pages []*model.Page, opt Options) []model.Watermark {
	s := Defaults()
	body := measureBody(pages)
	extra := compile(opt.Extra)
	wanted := func(st style) bool { return len(extra) > 0 || st.looks(body, s).suspicious() }
	var all []run
	for _, p := range pages {
		all = append(all, runsOf(p, wanted)...)
	}
	styles := group(all)
	var likely, found []run
	for _, st := range styles {
		st.decide(pages, body, s)
		for _, r := range st.runs {
			switch {
			case matches(extra, &r):
				found = append(found, r)
			case st.watermark:
				likely = append(likely, r)
			}
		}
	}
	common := commonNumbers(likely, pages)
	content := contentKinds(pages, all, common)
	for _, r := range likely {
		if !content[r.kind()] {
			r.figures = r.leftOut(common)
			found = append(found, r)
			continue
		}
		for _, g := range r.glyphs { // a user's choice to keep it overrides the file's mark
			g.Flags &^= declaredFlags
		}
	}
	if !opt.Keep {
		for _, r := range found {
			for _, g := range r.glyphs {
				g.Flags |= model.FlagWatermark
			}
		}
	}
	marks := list(found)
	if opt.Keep {
		for i := range marks {
			marks[i].Figures = nil
		}
	}
	return marks
}

// compile makes patterns of the user's strings; one that is no valid regular expression is taken literally.
func compile(extra []string) []*regexp.Regexp {
	var out []*regexp.Regexp
	for _, e := range extra {
		if wording.Squeeze(e) == "" {
			continue
		}
		re, err := regexp.Compile(e)
		if err != nil {
			re = regexp.MustCompile(regexp.QuoteMeta(e))
		}
		out = append(out, re)
	}
	return out
}

// matches reports whether a run is one of the user's strings. An upright run must match as a whole, so that a sentence that
// contains the string is kept.
func matches(extra []*regexp.Regexp, r *run) bool {
	t := wording.Squeeze(r.text)
	for _, re := range extra {
		rest := re.ReplaceAllString(t, "")
		if rest == "" && t != "" || rest != t && r.slant() > 3 {
			return true
		}
	}
	return false
}

// list lists the strings of the watermarks with their numbers of pages. Copies cut off at the page's edge count for the
// whole string.
func list(found []run) []model.Watermark {
	const most = 100 // different strings that are listed
	count := map[string]int{}
	on := map[string]map[int]bool{}
	figures := map[string][]model.Number{}
	for i := range found {
		t := wording.Squeeze(found[i].text)
		if on[t] == nil {
			on[t] = map[int]bool{}
		}
		count[t]++
		on[t][found[i].page] = true
		figures[t] = append(figures[t], found[i].figures...)
	}
	var strs []string
	for t := range count {
		strs = append(strs, t)
	}
	// The most frequent first: a whole string is more frequent than parts of it.
	sort.Slice(strs, func(i, j int) bool {
		a, b := strs[i], strs[j]
		if ca, cb := count[a]*len(a), count[b]*len(b); ca != cb {
			return ca > cb
		}
		return a < b
	})
	var names []string
	var rest []model.Number // of strings that are not listed
	for _, t := range strs {
		k := slices.IndexFunc(names, func(n string) bool { return madeOf(t, n) })
		switch {
		case k >= 0:
			for p := range on[t] {
				on[names[k]][p] = true
			}
			figures[names[k]] = append(figures[names[k]], figures[t]...)
		case len(names) < most:
			names = append(names, t)
		default:
			rest = append(rest, figures[t]...)
		}
	}
	if len(rest) > 0 {
		figures[names[0]] = append(figures[names[0]], rest...)
	}
	var out []model.Watermark
	for _, n := range names {
		out = append(out, model.Watermark{Text: n, Pages: len(on[n]), Figures: figures[n]})
	}
	return out
}

// madeOf reports whether every character of part occurs in whole: part is several copies, or pieces of copies.
func madeOf(part, whole string) bool {
	for _, r := range part {
		if !strings.ContainsRune(whole, r) {
			return false
		}
	}
	return true
}

// look is how text is set.
type look struct {
	size float64 // points
	lum  float64 // luminance
}

// measureBody returns the most frequent look of the upright text.
func measureBody(pages []*model.Page) look {
	type like struct {
		size  float64
		color model.Color
	}
	var last like
	same := 0 // consecutive glyphs of the same look
	sizes, lums := map[float64]int{}, map[float64]int{}
	count := func() {
		if same == 0 {
			return
		}
		sizes[math.Round(last.size)] += same
		lums[math.Round(last.color.Luminance()*20)/20] += same
	}
	for _, p := range pages {
		for i := range p.Glyphs {
			g := &p.Glyphs[i]
			if g.Is(model.FlagOff) || slantOf(g.Angle) > 3 || wording.Blank(g.Text) || math.IsNaN(g.Size) {
				continue
			}
			if l := (like{g.Size, g.Color}); l != last {
				count()
				last, same = l, 0
			}
			same++
		}
	}
	count()
	return look{most(sizes, 10), most(lums, 0)}
}

func most(count map[float64]int, otherwise float64) float64 {
	best, value := 0, otherwise
	for v, n := range count {
		if n > best || n == best && v < value {
			best, value = n, v
		}
	}
	return value
}
