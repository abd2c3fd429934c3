package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// The markers in the file of results.
const (
	beginMark = "<!-- make bench: begin -->"
	endMark   = "<!-- make bench: end -->"
)

// replaceBetween writes text between the markers of a file, or with them at its end.
func replaceBetween(path, text string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	head, rest, ok := strings.Cut(string(data), beginMark)
	_, after, closed := strings.Cut(rest, endMark)
	if ok != closed {
		return fmt.Errorf("%s: one of the markers %s and %s is missing", path, beginMark, endMark)
	}
	if !ok {
		head, after = strings.TrimRight(string(data), "\n")+"\n\n", "\n"
	}
	return os.WriteFile(path, []byte(head+beginMark+"\n"+text+endMark+after), 0o666)
}

// page collects Markdown.
type page struct{ strings.Builder }

func (p *page) line(format string, args ...any) { fmt.Fprintf(p, format+"\n", args...) }

// row writes a row of a table; after the first one, the line under the header.
func (p *page) row(cells ...string) { p.line("| %s |", strings.Join(cells, " | ")) }

func (p *page) header(cells ...string) {
	p.row(cells...)
	p.line("|%s", strings.Repeat("---|", len(cells)))
}

func (r *results) markdown() string {
	p := &page{}
	p.line("## Speed\n")
	p.line("    make bench\n")
	p.line("%s.\n", r.machine())
	p.line("Rounds of all programs in turn; the best round counts, the median is in brackets. How each measure is taken stands at the")
	p.line("head of `bench/speed/main.go`. Other programs: %s.\n", strings.Join(versions(r.o.python), ", "))
	r.targets(p)
	r.digitalTable(p)
	r.startTable(p)
	for _, g := range r.growth {
		g.table(p)
	}
	r.scanTable(p)
	p.line("The whole run took %s.\n", time.Since(r.began).Round(time.Second))
	return p.String()
}

// machine is a line on what was measured, where and when.
func (r *results) machine() string {
	cpu := "unknown processor"
	if data, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		if _, rest, ok := strings.Cut(string(data), "model name"); ok {
			rest, _, _ = strings.Cut(rest, "\n")
			cpu = strings.TrimLeft(rest, "\t :")
		}
	}
	return fmt.Sprintf("%s, commit %s, %s, %d cores, %s", r.began.UTC().Format("2006-01-02 15:04 UTC"), said("git", "describe", "--always", "--dirty"),
		cpu, r.o.cores, runtime.Version())
}

// said is the first line that a command says, "" when it cannot be run.
func said(name string, args ...string) string {
	out, _ := exec.Command(name, args...).CombinedOutput()
	first, _, _ := strings.Cut(strings.TrimSpace(string(out)), "\n")
	return first
}

// versions name the other programs that are there.
func versions(python string) []string {
	var out []string
	for _, c := range [][]string{{"pdftotext", "-v"}, {"mutool", "-v"}, {"tesseract", "--version"}, {"qpdf", "--version"}} {
		if installed(c[0]) {
			out = append(out, strings.Replace(said(c[0], c[1:]...), " version", "", 1))
		}
	}
	if installed("ocrmypdf") {
		out = append(out, "ocrmypdf "+said("ocrmypdf", "--version"))
	}
	if python != "" {
		list := said(python, "-c", `import importlib.metadata as m; print(", ".join(f"{p} {m.version(p)}" for p in ("pymupdf", "pdfplumber", "camelot-py")))`)
		out = append(out, list)
	}
	return out
}

func milliseconds(d time.Duration) string { return fmt.Sprintf("%.1f ms", d.Seconds()*1e3) }
func seconds(d time.Duration) string      { return fmt.Sprintf("%.2f s", d.Seconds()) }
func megabytes(n int64) string            { return fmt.Sprintf("%.0f MB", float64(n)/1e6) }

// named finds a program's result by the beginning of its name.
func (r *results) named(name string) *systemResult {
	for i := range r.systems {
		if strings.HasPrefix(r.systems[i].name, name) {
			return &r.systems[i]
		}
	}
	return nil
}

// targets says of each aim whether it was met.
func (r *results) targets(p *page) {
	p.line("### What was aimed at\n")
	p.header("aim", "measured", "")
	judge := func(aim string, ok bool, format string, args ...any) {
		verdict := "missed"
		if ok {
			verdict = "met"
		}
		p.row(aim, fmt.Sprintf(format, args...), verdict)
	}
	ours := &r.systems[0]
	one, all := ours.pagesPerSecond(ours.one), ours.pagesPerSecond(ours.all)
	for _, c := range []struct {
		peer  string
		times float64
	}{{"pdftotext", 1}, {"pdfplumber", 20}} {
		if peer := r.named(c.peer); peer != nil {
			ratio := one / peer.pagesPerSecond(peer.one)
			judge(fmt.Sprintf("full conversion ≥ %.1f × %s, one core", c.times, peer.name), ratio >= c.times, "%.2f ×", ratio)
		}
	}
	judge(fmt.Sprintf("all %d cores ≥ %.1f × one", r.o.cores, 0.9*float64(r.o.cores)), all/one >= 0.9*float64(r.o.cores), "%.2f ×", all/one)
	for i := range r.growth {
		g := &r.growth[i]
		worst := g.worst()
		judge("10 × "+g.of+" ≤ 11 × time", worst <= 11, "at most %.1f ×", worst)
	}
	judge("peak memory of a worker ≤ 120 MB on digital documents", r.memory.Worker <= 120e6, "%s", megabytes(r.memory.Worker))
	judge("one small file ≤ 60 ms", r.start[0].runs.best().Wall <= 60*time.Millisecond, "%s (median %s)",
		milliseconds(r.start[0].runs.best().Wall), milliseconds(r.start[0].runs.median().Wall))
	if len(r.scans) > 1 {
		us, them := r.scans[0], r.scans[1]
		ratio := them.used.Wall.Seconds() / us.used.Wall.Seconds()
		judge("scans ≥ 3 × whole-page tesseract, and more amounts right", ratio >= 3 && us.amounts > them.amounts, "%.2f ×, %s against %s",
			ratio, percent(us.amounts, us.truth), percent(them.amounts, them.truth))
	}
	p.line("")
}

// worst is the greatest factor by which ten times the size takes longer.
func (g *growthResult) worst() float64 {
	worst := 0.0
	for i := 1; i < len(g.sizes); i++ {
		tenfold := 10 * float64(g.sizes[i-1]) / float64(g.sizes[i])
		worst = max(worst, tenfold*g.runs[i].best().Wall.Seconds()/g.runs[i-1].best().Wall.Seconds())
	}
	return worst
}

func (r *results) digitalTable(p *page) {
	p.line("### Digital documents\n")
	from := "the corpus"
	if strings.HasPrefix(filepath.Clean(r.digital[0].path), filepath.Clean(r.o.samples)) {
		from = "samples/"
	}
	p.line("%d documents with a text layer, %d pages, of %s, each content once. No program recognizes text in pictures here.", len(r.digital), pagesOf(r.digital), from)
	p.line("Processor time is user and system time of all processes, the least of the rounds; start-up of each process is in both.\n")
	p.header("program", "gives", "run as", "pages/s, one core", "pages per second of processor time", fmt.Sprintf("pages/s, %d cores", r.o.cores),
		"extract is faster, one core", "all cores", "cost of a million pages")
	ours := &r.systems[0]
	for i := range r.systems {
		s := &r.systems[i]
		one, all := s.pagesPerSecond(s.one), s.pagesPerSecond(s.all)
		how := s.how
		if s.sample {
			how += fmt.Sprintf(", on %d pages only, every so many-th document", s.pages)
		}
		p.row(s.name, s.gives, how,
			fmt.Sprintf("%.0f (%.0f)", one, float64(s.pages)/s.one.median().Wall.Seconds()),
			fmt.Sprintf("%.0f", float64(s.pages)/s.one.cpu().Seconds()),
			fmt.Sprintf("%.0f (%.0f)", all, float64(s.pages)/s.all.median().Wall.Seconds()),
			fmt.Sprintf("%.2f ×", ours.pagesPerSecond(ours.one)/one),
			fmt.Sprintf("%.2f ×", ours.pagesPerSecond(ours.all)/all),
			fmt.Sprintf("$%.3f", 1e6/all/3600*r.o.price))
	}
	p.line("\nCost: an assumed price of $%.3f an hour for this machine (`-price`), all cores busy.", r.o.price)
	n := float64(len(r.digital))
	p.line("Peak memory (VmHWM): worker process %s, supervisor %s. Output: %.0f kB of Parquet a document, %.0f kB with what resuming needs.\n",
		megabytes(r.memory.Worker), megabytes(r.memory.Own), float64(r.output.parquet)/n/1e3, float64(r.output.whole)/n/1e3)
}

func (r *results) startTable(p *page) {
	p.line("### One small file\n")
	p.line("Wall time from start to end, all cores, %s.\n", r.start[0].file)
	p.header("program", "best", "median", "processor time")
	for _, s := range r.start {
		p.row(s.name, milliseconds(s.runs.best().Wall), milliseconds(s.runs.median().Wall), milliseconds(s.runs.cpu()))
	}
	p.line("")
}

func (g *growthResult) table(p *page) {
	p.line("### Growth: %s\n", g.of)
	p.line("%s%s.\n", strings.ToUpper(g.how[:1]), g.how[1:])
	p.header(g.of, "wall", "processor time", "wall for ten times as much", "worker's peak memory", "supervisor's")
	for i, n := range g.sizes {
		factor := ""
		if i > 0 {
			factor = fmt.Sprintf("%.1f ×", 10*float64(g.sizes[i-1])/float64(n)*g.runs[i].best().Wall.Seconds()/g.runs[i-1].best().Wall.Seconds())
		}
		p.row(fmt.Sprint(n), seconds(g.runs[i].best().Wall), seconds(g.runs[i].cpu()), factor, megabytes(g.peaks[i].Worker), megabytes(g.peaks[i].Own))
	}
	p.line("")
}

func percent(n, of int) string { return fmt.Sprintf("%.1f %%", 100*float64(n)/float64(max(of, 1))) }

func (r *results) scanTable(p *page) {
	if len(r.scans) == 0 {
		return
	}
	s := r.scans[0]
	p.line("### Scanned documents\n")
	p.line("%d pages, %d amounts in their truth (those of zero left out). One core, one thread, one round. *Amounts*: the right amount on", s.pages, s.truth)
	p.line("the right page; for the other programs, that it stands anywhere in the page's text, in any usual form, which is generous. *Strict*: with")
	p.line("statement, direction, item, code, fund, spending, period, phase and year right too; plain text says none of these.\n")
	p.header("program", "run as", "pages/s, one core", "extract is faster", "amounts", "strict", fmt.Sprintf("pages/s, %d cores", r.o.cores), "peak memory of a worker")
	for _, x := range r.scans {
		strict, all, memory := "", "", ""
		if x.strict >= 0 {
			strict = percent(x.strict, x.truth)
		}
		if x.all > 0 {
			all, memory = fmt.Sprintf("%.2f", x.all), megabytes(x.worker)
		}
		p.row(x.name, x.how, fmt.Sprintf("%.2f", float64(x.pages)/x.used.Wall.Seconds()),
			fmt.Sprintf("%.2f ×", x.used.Wall.Seconds()/s.used.Wall.Seconds()), percent(x.amounts, x.truth), strict, all, memory)
	}
	p.line("")
}
