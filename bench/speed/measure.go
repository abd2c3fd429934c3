package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// results are what was measured.
type results struct {
	o       *options
	began   time.Time
	digital []document

	start   []startResult
	systems []systemResult
	memory  peaks
	output  outputSize
	growth  []growthResult
	scans   []scanResult
}

// startResult is the time for one small file.
type startResult struct {
	name string
	file string
	runs series
}

// systemResult is one program on the digital documents.
type systemResult struct {
	system
	pages    int // of one run
	one, all series
}

// pagesPerSecond is that of the best round.
func (s *systemResult) pagesPerSecond(of series) float64 {
	return float64(s.pages) / of.best().Wall.Seconds()
}

// outputSize is what a conversion of the digital documents leaves.
type outputSize struct{ parquet, whole int64 }

func (r *results) rounds(many int) int {
	switch {
	case r.o.quick:
		return 1
	case r.o.most > 0:
		return min(many, r.o.most)
	}
	return many
}

// measureStart times one small file: this program, all of it with its worker process, and pdftotext.
func (r *results) measureStart() error {
	small := slices.MinFunc(r.digital, func(a, b document) int { return a.pages - b.pages })
	if docs, err := documents(r.o.samples); err == nil {
		for _, d := range docs {
			if !d.scan {
				small = d
				break
			}
		}
	}
	ours := r.o.ours()
	ours.command = ours.allCores
	systems := []system{ours}
	for _, s := range r.o.digitalPeers() {
		if strings.HasPrefix(s.name, "pdftotext") || s.name == "mutool draw -F txt" {
			systems = append(systems, s)
		}
	}
	r.start = make([]startResult, len(systems))
	for range r.rounds(30) {
		for i, s := range systems {
			u, err := inTurn(s.command([]string{small.path}))
			if err != nil {
				return err
			}
			r.start[i].name, r.start[i].file = s.name, fmt.Sprintf("%s, %d pages", filepath.Base(small.path), small.pages)
			r.start[i].runs = append(r.start[i].runs, u)
		}
	}
	return nil
}

// samplePages is about how many pages the slowest programs are measured on.
const samplePages = 100

// measureDigital runs all programs in turn over the digital documents.
func (r *results) measureDigital() error {
	for _, s := range append([]system{r.o.ours()}, r.o.digitalPeers()...) {
		r.systems = append(r.systems, systemResult{system: s})
	}
	for round := range r.rounds(6) {
		for i := range r.systems {
			s := &r.systems[i]
			if s.slow && round > 1 || s.sample && round > 0 {
				continue
			}
			docs := r.digital
			if s.sample {
				docs = spread(docs, samplePages)
			}
			s.pages = pagesOf(docs)
			one, err := s.run(pathsOf(docs), 1)
			if err != nil {
				return err
			}
			s.one = append(s.one, one)
			if s.slow && round > 0 {
				continue
			}
			all, err := s.run(pathsOf(docs), r.o.cores)
			if err != nil {
				return err
			}
			s.all = append(s.all, all)
		}
	}
	return nil
}

// measureMemory converts the digital documents once more and looks at the memory meanwhile, and at what is written.
func (r *results) measureMemory() error {
	ours := r.o.ours()
	command := ours.command(pathsOf(r.digital))[0]
	out := command[slices.Index(command, "-o")+1]
	_, peak, err := watched(command)
	if err != nil {
		return err
	}
	r.memory = peak
	return filepath.WalkDir(out, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		r.output.whole += info.Size()
		if strings.HasSuffix(path, ".parquet") {
			r.output.parquet += info.Size()
		}
		return nil
	})
}

// growthResult is how the time grows along one measure.
type growthResult struct {
	of    string // what grows
	how   string
	sizes []int
	runs  []series
	peaks []peaks
}

// measureGrowth converts ever larger inputs.
func (r *results) measureGrowth() error {
	pages, documents, rows := []int{1, 10, 100, 1000}, []int{10, 100, 1000, 10000}, []int{10, 100, 1000, 10000}
	if r.o.quick {
		pages, documents, rows = []int{1, 10}, []int{10}, []int{10, 100}
	}
	in := func(name string) string { return filepath.Join(r.o.work, name) }
	short := in("short.pdf")
	if installed("qpdf") {
		whole := slices.DeleteFunc(slices.Clone(r.digital), func(d document) bool { return d.pages < 5 })
		if err := r.grow("pages in one file", "pages of the digital documents in turn, for fewer pages of every so many-th document, so that heavy and light ones are mixed alike; joined by qpdf; one core", 1, pages, func(n int) (string, error) {
			path := in(fmt.Sprintf("pages%d.pdf", n))
			return path, joined(path, spread(whole, n), n)
		}); err != nil {
			return err
		}
		if err := joined(short, r.digital[:1], 2); err != nil {
			return err
		}
	} else {
		short = r.digital[0].path
	}
	if err := r.grow("rows of one table", fmt.Sprintf("a made table of four columns, %d rows on a page; one core", rowsOfPage), 1, rows, func(n int) (string, error) {
		path := in(fmt.Sprintf("rows%d.pdf", n))
		return path, tablePDF(path, n)
	}); err != nil {
		return err
	}
	return r.grow("documents", "copies of two pages, each with another content hash; all cores", r.o.cores, documents, func(n int) (string, error) {
		folder := in(fmt.Sprintf("documents%d", n))
		return folder, copies(folder, short, n)
	})
}

// grow converts inputs of growing size, the largest once, the others three times.
func (r *results) grow(of, how string, jobs int, sizes []int, input func(n int) (string, error)) error {
	g := growthResult{of: of, how: how, sizes: sizes}
	for i, n := range sizes {
		path, err := input(n)
		if err != nil {
			return err
		}
		rounds := r.rounds(3)
		if n >= 10000 {
			rounds = 1
		}
		var runs series
		var most peaks
		for range rounds {
			out := filepath.Join(r.o.work, "out")
			os.RemoveAll(out)
			argv := []string{r.o.extract, "convert", "--quiet", "--ocr", "never", "--jobs", strconv.Itoa(jobs), "-o", out, path}
			var u usage
			var peak peaks
			measure := func() (err error) { u, peak, err = watched(argv); return err }
			if jobs == 1 {
				err = onOneCore(measure)
			} else {
				err = measure()
			}
			if err != nil {
				return fmt.Errorf("%s %d: %w", of, sizes[i], err)
			}
			runs = append(runs, u)
			most = peaks{max(most.Own, peak.Own), max(most.Worker, peak.Worker)}
		}
		g.runs, g.peaks = append(g.runs, runs), append(g.peaks, most)
		os.RemoveAll(path)
	}
	r.growth = append(r.growth, g)
	return nil
}
