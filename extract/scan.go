package extract

import (
	"context"
	"errors"
	"image"
	"math"
	"runtime"
	"slices"
	"sync"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/ocr"
	pix "github.com/countybudget/extract/extract/ocr/image"
	"github.com/countybudget/extract/extract/ocr/lstm"
	"github.com/countybudget/extract/extract/pdfium"
	"github.com/countybudget/extract/extract/table"
	"github.com/countybudget/extract/extract/wording"
)

// Scanned pages and pictures with text are recognized before anything is rebuilt, so later stages see glyphs and rules as on
// any page. Pictures are fetched one after the other, because PDFium works on one page at a time; a bounded number of
// recognizers works on them concurrently.

// OCRMode says which pages are recognized.
type OCRMode string

// The modes.
const (
	OCRAuto   OCRMode = "auto"   // pages without usable text, and pictures in place of text
	OCRAlways OCRMode = "always" // every page, whatever text it has
	OCRNever  OCRMode = "never"  // none
)

const (
	fewGlyphs     = 10  // a page with fewer visible characters has no usable text
	defaultRaster = 300 // dots per inch of a page that is not one picture
)

// scanJob is one picture to recognize: a picture of the page, by its index in PDFium's page, or the rendered page.
type scanJob struct {
	page    *model.Page
	picture int        // -1: the rendered page
	region  bool       // a part of the page; what is recognized must first prove to be text
	box     model.Rect // the part of the page that is recognized
	keep    bool       // the visible text of the page stays
	decode  bool       // only to find undecoded characters of numbers and texts
	scan    ocr.Scan
	turn    *int // the rotation to use; nil: to be found
}

// needsOCR reports whether a page is to be recognized as a whole.
func needsOCR(p *model.Page, mode OCRMode) bool {
	return mode == OCRAlways || p.Unreadable() || visibleGlyphs(p, pageBox(p)) < fewGlyphs && coverage(p, p.Pictures) >= scanShare
}

// scanJobs lists what to recognize on a page, by the pictures as PDFium sees them. look reports whether an area has ink that
// the page's text does not explain.
func scanJobs(p, seen *model.Page, mode OCRMode, look func(area) bool) []scanJob {
	page := pageBox(p)
	visible := visibleGlyphs(p, page)
	if needsOCR(p, mode) {
		best, at := 0.0, -1
		for i := range seen.Pictures {
			if s := seen.Pictures[i].Box.Intersect(page).Area() / math.Max(page.Area(), 1); s > best {
				best, at = s, i
			}
		}
		if visible >= fewGlyphs || mode == OCRAlways && visible > 0 || at < 0 || best < 0.8*coverage(p, seen.Pictures) || !upright(seen.Pictures[at].Matrix) || seen.Pictures[at].Mask {
			at = -1
		}
		if slices.ContainsFunc(p.Pictures, masked) {
			at = -1
		}
		return []scanJob{{page: p, picture: at, box: page, keep: mode != OCRAlways && !p.Unreadable()}}
	}
	var out []scanJob
	if needsDecoding(p) {
		out = append(out, scanJob{page: p, picture: -1, box: page, region: true, keep: true, decode: true})
	}
	for _, a := range areas(p, seen.Pictures) {
		if a.mixed && !look(a) {
			continue
		}
		if slices.ContainsFunc(p.Pictures, masked) {
			a.picture = -1
		}
		if a.box.Area() >= scanShare*page.Area() || a.shapes && visible < fewGlyphs {
			return []scanJob{{page: p, picture: a.picture, box: page, keep: true}}
		}
		out = append(out, scanJob{page: p, picture: a.picture, box: a.box, region: true, keep: true})
	}
	return out
}

// masked reports whether a picture's own pixels are not what is visible. Only the first reader tells.
func masked(p model.Picture) bool { return p.Masked }

// upright reports whether a picture is placed without a slant.
func upright(m model.Matrix) bool {
	straight := math.Abs(m[0]) + math.Abs(m[3])
	across := math.Abs(m[1]) + math.Abs(m[2])
	return math.Min(straight, across) < 1e-3*math.Max(straight, across)
}

// recognizer recognizes the scans of one document.
type recognizer struct {
	opt     Options
	file    *pdfium.Document
	engine  ocr.Engine
	witness *secondEngine // nil: none
	second  *secondEngine // nil: none
	idle    chan ocr.Recognizer
	started []ocr.Recognizer
	wait    sync.WaitGroup
	mu      sync.Mutex // guards the pages' content and what follows
	errs    []error
	read    []orientedPage
}

// recognize recognizes the scanned pages and pictures of a document and adds the result to its pages. It returns the name of
// the engine, "" if nothing was recognized, and diagnostics of what failed.
func recognize(ctx context.Context, second *secondReader, pages []*model.Page, opt Options) (string, []model.Diagnostic, error) {
	var todo []*model.Page
	if opt.OCR == OCRNever {
		markUnseen(pages)
	}
	for _, p := range pages {
		if opt.OCR != OCRNever && (needsOCR(p, opt.OCR) || len(areas(p, p.Pictures)) > 0 || needsDecoding(p)) {
			todo = append(todo, p)
		}
	}
	if len(todo) == 0 {
		return "", nil, nil
	}
	load := opt.OCREngine
	if load == nil {
		load = lstm.Load
	}
	engine, err := load(opt.OCRLanguage)
	if err != nil {
		markUnseen(pages)
	}
	if errors.Is(err, ocr.ErrNotBuilt) {
		return "", nil, nil
	}
	if err != nil {
		return "", []model.Diagnostic{{Severity: model.Warning, Code: "needs_ocr", Message: err.Error()}}, nil
	}
	n := opt.OCREngines
	if n < 1 {
		n = runtime.NumCPU()
	}
	r := &recognizer{opt: opt, engine: engine, idle: make(chan ocr.Recognizer, n)}
	r.witness = newSecond(opt.OCRWitness, opt.OCRLanguage, "witness")
	r.second = newSecond(opt.OCRSecond, opt.OCRLanguage, "doubts")
	defer r.close()
	if r.file, err = second.open(); err != nil {
		markUnseen(pages)
		return "", []model.Diagnostic{{Severity: model.Warning, Code: "needs_ocr", Message: "pictures cannot be read: " + err.Error()}}, nil
	}
	for _, p := range todo {
		if opt.late() {
			r.fail(p, errNotReached)
			continue
		}
		if err := r.page(ctx, p); err != nil {
			r.wait.Wait()
			return "", nil, err
		}
	}
	r.wait.Wait()
	if err := r.agree(ctx); err != nil {
		return "", nil, err
	}
	name, unwitnessed := r.witness.used(engine.Name())
	name, missing := r.second.used(name)
	return name, append(unwitnessed, missing...), errors.Join(r.errs...)
}

// recognizer waits for an idle recognizer, or makes one more up to the limit.
func (r *recognizer) recognizer() ocr.Recognizer {
	select {
	case e := <-r.idle:
		return e
	default:
	}
	if len(r.started) < cap(r.idle) {
		e := r.engine.NewRecognizer()
		r.started = append(r.started, e)
		return e
	}
	return <-r.idle
}

// close closes the recognizers once all of them are idle.
func (r *recognizer) close() {
	r.wait.Wait()
	for _, e := range r.started {
		_ = e.Close() // all results are there
	}
}

// page fetches the pictures of a page and starts their recognition.
func (r *recognizer) page(ctx context.Context, p *model.Page) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	seen := r.file.Page(p.Number)
	for _, job := range scanJobs(p, seen, r.opt.OCR, r.lookAt(p, seen)) {
		if err := r.start(ctx, &job, seen); err != nil {
			return err
		}
	}
	return nil
}

// lookAt returns a function that reports whether an area of a page has ink that the text does not explain; it renders the
// page on first use. A picture without such ink may be one that cannot be decoded.
func (r *recognizer) lookAt(p, seen *model.Page) func(area) bool {
	var img *image.Gray
	var known *cover
	return func(a area) bool {
		if img == nil {
			var err error
			if img, err = r.file.Render(p.Number, lookDPI, nil); err != nil {
				r.fail(p, err)
				return false
			}
			known = explained(p)
		}
		kx, ky := float64(img.Rect.Dx())/math.Max(p.Width, 1), float64(img.Rect.Dy())/math.Max(p.Height, 1)
		part := pixelBox(a.box, kx, ky)
		skip := func(x, y int) bool {
			return known.has(model.Point{X: (float64(x) + 0.5) / kx, Y: (float64(y) + 0.5) / ky})
		}
		if marksInRows(img, part, skip) >= leastRow {
			return true
		}
		drawn := func(b model.Rect) bool { return !uniform(img, pixelBox(b, kx, ky), skip) }
		if err := r.damage(p, seen, a.box, -1, nil, drawn); err != nil {
			r.fail(p, err)
		}
		return false
	}
}

func pixelBox(b model.Rect, kx, ky float64) image.Rectangle {
	return image.Rect(int(b.X0*kx), int(b.Y0*ky), int(math.Ceil(b.X1*kx)), int(math.Ceil(b.Y1*ky)))
}

// start fetches one picture and recognizes it as soon as a recognizer is idle.
func (r *recognizer) start(ctx context.Context, job *scanJob, seen *model.Page) error {
	if err := r.fetch(job, seen); err != nil {
		r.fail(job.page, err)
		return nil
	}
	if err := r.damage(job.page, seen, job.box, job.picture, job.scan.Image, job.drawn); err != nil {
		r.fail(job.page, err) // what could be fetched is recognized
	}
	e := r.recognizer()
	r.wait.Go(func() {
		r.recognize(ctx, e, job)
		r.idle <- e
	})
	return nil
}

// fetch gets the pixels of a job: the picture's own, or the rendered page.
func (r *recognizer) fetch(job *scanJob, seen *model.Page) error {
	job.scan.Width, job.scan.Height = job.page.Width, job.page.Height
	if job.picture >= 0 {
		if img, err := r.file.Image(seen.Number, job.picture); err == nil {
			if alone(job.page, seen) {
				job.scan.Image, job.scan.Matrix = img, seen.Pictures[job.picture].Matrix
				return nil
			}
			if shown, err := r.shows(job.page, &seen.Pictures[job.picture], img); err != nil {
				return err
			} else if shown {
				job.scan.Image, job.scan.Matrix = img, seen.Pictures[job.picture].Matrix
				return nil
			}
		}
	}
	job.picture = -1
	crop := job.box
	dpi := r.opt.DPI
	if dpi <= 0 {
		dpi = rasterDPI(seen.Pictures, job.page.Pictures)
	}
	if most := math.Sqrt(pix.MaxPixels/math.Max(crop.Area(), 1)) * 72; dpi > most {
		dpi = most
	}
	img, err := r.file.RenderRGBA(seen.Number, dpi, &crop)
	if err != nil {
		return err
	}
	job.scan.Image = img
	job.scan.Matrix = model.Matrix{crop.Width(), 0, 0, -crop.Height(), crop.X0, crop.Y1}
	return nil
}

// rasterDPI is the resolution of the finest large picture, within the limits useful for text. pictures are those of both
// readers, which differ: PDFium sees none in patterns.
func rasterDPI(pictures ...[]model.Picture) float64 {
	best := 0.0
	for _, pic := range slices.Concat(pictures...) {
		if pic.Box.Width() > 0 && pic.Width >= regionPixels {
			best = math.Max(best, float64(pic.Width)/pic.Box.Width()*72)
		}
	}
	if best == 0 {
		return defaultRaster
	}
	return math.Max(150, math.Min(best, defaultRaster))
}

// recognize recognizes one job and merges the result into the page.
func (r *recognizer) recognize(ctx context.Context, e ocr.Recognizer, job *scanJob) {
	done := r.opt.engineCall()
	opt := ocr.Options{Grid: cells, Known: r.opt.Known, Near: r.opt.Near, Label: wording.MendLabel, Turn: job.turn}
	opt.Flatten = !job.region && visibleGlyphs(job.page, pageBox(job.page)) < fewGlyphs
	if r.witness != nil {
		opt.Witness = r.witness.recognizer
	}
	if r.second != nil {
		opt.Second = r.second.recognizer
	}
	result, err := ocr.Page(ctx, e, job.scan, opt)
	r.witness.note(result.Unwitnessed)
	r.second.note(result.Unsecond)
	found := result.Page
	done()
	if err == nil && !job.region && len(found.Glyphs) == 0 && visibleGlyphs(job.page, pageBox(job.page)) == 0 && job.printed() {
		r.fail(job.page, errUnread)
	}
	var poor error
	if err == nil && !job.region {
		q := job.readingOf(found)
		poor = q.poor(visibleGlyphs(job.page, pageBox(job.page)) >= fewGlyphs)
	}
	job.scan.Image = image.Black
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case err != nil:
		r.errs = append(r.errs, ctx.Err())
		r.note(job.page, err)
	case job.decode:
		decodeNumbers(job.page, found)
		decodeText(job.page, found)
	case job.keep && !settle(job, found):
		r.note(job.page, poor)
	case job.region || job.turn != nil:
		merge(job, found)
		r.note(job.page, poor)
	default:
		r.read = append(r.read, orientedPage{job: *job, found: found, turn: result.Turn, sure: result.Upright, poor: poor})
	}
	if r.opt.Progress != nil {
		r.opt.Progress()
	}
}

func (r *recognizer) fail(p *model.Page, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.note(p, err)
}

// note keeps the first reason for which a page could not be read.
func (r *recognizer) note(p *model.Page, err error) {
	if p.Err == nil {
		p.Err = err
	}
}

// cells are the boxes that the rules of a page enclose.
func cells(p *model.Page) []model.Rect {
	fragments, _ := table.Find(p, nil, table.Defaults())
	var out []model.Rect
	for i := range fragments {
		for k := range fragments[i].Cells {
			out = append(out, fragments[i].Cells[k].Box)
		}
	}
	return out
}
