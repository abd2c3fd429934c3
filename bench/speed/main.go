// Command speed measures how fast this program converts documents, beside other programs on the same files in the same run,
// and writes the part of bench/RESULTS.md between its markers.
//
// Method. Programs take turns: a round runs each once, and the rounds follow each other, so that a slow minute of the machine
// meets all of them. The best round counts, the median stands beside it. On one core every process is held to the first
// core, on all cores a program uses its own way of doing so or the files are dealt out to a process a core. Wall time counts;
// user and system time of all processes is told too. Output goes where it costs nothing, but for this program, which writes
// its dataset.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"
)

// options are what is measured, and with what.
type options struct {
	extract string // this program, built
	python  string // with the packages of bench/peers/requirements.txt; "" leaves them out
	speedPy string
	corpus  string // "" or a folder that is not there: the samples alone
	samples string
	results string // the file with the markers; "" prints
	price   float64
	most    int // rounds of anything; 0 is as many as each measure asks for
	quick   bool

	work  string // for what is made
	cores int
}

func main() {
	o := options{cores: runtime.NumCPU()}
	flag.StringVar(&o.extract, "extract", "bin/extract", "the program, built")
	flag.StringVar(&o.python, "python", "", "Python with the packages of bench/peers/requirements.txt; without it they are left out")
	flag.StringVar(&o.speedPy, "peers", "bench/peers/speed.py", "what Python runs")
	flag.StringVar(&o.corpus, "corpus", "../shared/corpus", "folder of the corpus; without it the samples are measured")
	flag.StringVar(&o.samples, "samples", "samples", "folder of the samples")
	flag.StringVar(&o.results, "results", "", "file to write the results to, between their markers; printed when empty")
	flag.Float64Var(&o.price, "price", 0.085, "assumed price of this machine, US dollars an hour")
	flag.IntVar(&o.most, "rounds", 0, "most rounds of anything; 0 is as many as each measure asks for")
	flag.BoolVar(&o.quick, "quick", false, "one round of everything on the samples, to try the program")
	flag.Parse()
	if err := o.run(); err != nil {
		fmt.Fprintln(os.Stderr, "speed:", err)
		os.Exit(1)
	}
}

func (o *options) run() error {
	work, err := os.MkdirTemp("", "extract-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	o.work = work
	if o.extract, err = filepath.Abs(o.extract); err != nil {
		return err
	}
	if _, err := os.Stat(o.extract); err != nil {
		return fmt.Errorf("%w (make build makes it)", err)
	}
	digital, scanned, err := o.choose()
	if err != nil {
		return err
	}
	r := results{o: o, began: time.Now(), digital: digital}
	steps := []struct {
		name string
		do   func() error
	}{
		{"start", func() error { return r.measureStart() }},
		{"digital documents", func() error { return r.measureDigital() }},
		{"memory and output", func() error { return r.measureMemory() }},
		{"growth", func() error { return r.measureGrowth() }},
		{"scans", func() (err error) { r.scans, err = o.scans(scanned); return err }},
	}
	for _, s := range steps {
		fmt.Fprintf(os.Stderr, "%s %s\n", time.Now().Format(time.TimeOnly), s.name)
		if err := s.do(); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
	}
	text := r.markdown()
	if o.results == "" {
		fmt.Print(text)
		return nil
	}
	return replaceBetween(o.results, text)
}

// choose lists the documents to measure: those of the corpus where there is one, else the samples.
func (o *options) choose() (digital, scanned []document, err error) {
	folders := []string{o.samples}
	if _, err := os.Stat(o.corpus); err == nil && o.corpus != "" && !o.quick {
		folders = nil
		for _, f := range []string{"seed", "real", "synth", "trend"} {
			folders = append(folders, filepath.Join(o.corpus, f))
		}
	}
	all, err := documents(folders...)
	if err != nil {
		return nil, nil, err
	}
	for _, d := range all {
		if !d.scan {
			digital = append(digital, d)
		} else if len(folders) == 1 || d.pages < mostScanPages {
			scanned = append(scanned, d)
		}
	}
	if len(digital) == 0 {
		return nil, nil, errors.New("no digital document to measure")
	}
	return digital, scanned, nil
}

// mostScanPages leaves long scanned documents out: text recognition takes seconds a page in every program.
const mostScanPages = 12
