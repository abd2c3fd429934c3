package batch

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/countybudget/extract/extract"
)

func lineOptions(t *testing.T, fault string) Options {
	opt := testOptions(t)
	opt.OCR.Engine = engineGosseract
	opt.LineReader = []string{doubleCommand(t)[0], "test-lines", fault}
	return opt
}

// Whatever a line reader does costs the worker no more than its requests.
func TestLineReaders(t *testing.T) {
	for fault, want := range map[string]string{
		"none":    "fake 1.0: 7 7 7",
		"crash":   "fake 1.0: 7 extract-tesseract ended: panic: the library* 7", // another one is started
		"models":  "text recognition: extract-tesseract ended: no such models",
		"garbage": "fake 1.0: extract-tesseract ended: signal: killed extract-tesseract ended: signal: killed extract-tesseract ended: signal: killed",
	} {
		if fault == "garbage" && runtime.GOOS != "linux" {
			continue
		}
		got := runAll(t, files(t, "lines.pdf", "a.pdf"), lineOptions(t, fault))
		d := got["lines.pdf"].Disclosure.Document
		first, last, _ := strings.Cut(want, "*")
		begins, ends := strings.HasPrefix(d.Error, first), strings.HasSuffix(d.Error, last)
		if !begins || !ends {
			t.Errorf("%s: %q, want %q", fault, d.Error, want)
		}
		if d := got["a.pdf"].Disclosure.Document; d.Error != "" {
			t.Errorf("%s: a document without lines: %q", fault, d.Error)
		}
	}
}

// After a few processes that ended, no more are started for a worker.
func TestLineReadersThatKeepEnding(t *testing.T) {
	opt := lineOptions(t, "models")
	opt.Jobs = 1
	names := []string{"lines.1.pdf", "lines.2.pdf", "lines.3.pdf", "lines.4.pdf", "lines.5.pdf"}
	gaveUp := 0
	for _, o := range runAll(t, files(t, names...), opt) {
		if strings.Contains(o.Disclosure.Document.Error, fmt.Sprintf("ended %d times", mostLost)) {
			gaveUp++
		}
	}
	if gaveUp != len(names)-mostLost {
		t.Errorf("given up for %d of %d documents", gaveUp, len(names))
	}
}

func TestLineReaderEndsWithItsWorker(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("processes are looked up in /proc")
	}
	opt := lineOptions(t, "lives on "+t.TempDir())
	got := runAll(t, files(t, "lines-and-die.pdf", "lines.pdf"), opt)
	if d := got["lines-and-die.pdf"].Disclosure.Document; !strings.Contains(d.Error, "after reading lines") {
		t.Errorf("error %q", d.Error)
	}
	for deadline := time.Now().Add(10 * time.Second); len(running(t, opt.LineReader[2])) > 0; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("a line reader outlives its worker")
		}
	}
}

// running lists the processes with an argument.
func running(t *testing.T, argument string) (found []string) {
	t.Helper()
	all, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range all {
		if line, err := os.ReadFile(path); err == nil && strings.Contains(string(line), argument) {
			found = append(found, path)
		}
	}
	return found
}

func TestRequestThatIsNoMessage(t *testing.T) {
	got := runAll(t, files(t, "no-message.pdf"), lineOptions(t, "none"))
	if d := got["no-message.pdf"].Disclosure.Document; !strings.Contains(d.Error, "garbage") {
		t.Errorf("error %q", d.Error)
	}
}

func TestLineReaderCommand(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	t.Setenv(lineReaderVar, "")
	opt := testOptions(t)
	opt.OCR = OCR{Engine: engineGosseract, Language: "chi_tra", Engines: 3}
	if err := opt.complete(); err == nil || !strings.Contains(err.Error(), lineReaderVar) || !strings.Contains(err.Error(), "make install") {
		t.Errorf("where there is none: error %v", err)
	}
	opt.OCR.Mode = extract.OCRNever
	if err := opt.complete(); err != nil {
		t.Errorf("where none is needed: %v", err)
	}
	t.Setenv(lineReaderVar, "/opt/lines")
	command, err := lineReaderCommand(&opt.OCR)
	if got := strings.Join(command, " "); err != nil || got != "/opt/lines -language chi_tra -recognizers 3" {
		t.Errorf("%q, %v", got, err)
	}
	opt.OCR = OCR{Second: "abacus"}
	if err := opt.complete(); err == nil || !strings.Contains(err.Error(), "abacus") {
		t.Errorf("unknown second engine: error %v", err)
	}
	opt.OCR = OCR{Engine: "abacus"}
	if err := opt.complete(); err == nil || !strings.Contains(err.Error(), "abacus") {
		t.Errorf("unknown engine: error %v", err)
	}
}

func TestEngineIsInTheSettings(t *testing.T) {
	settings := func(engine string) string {
		opt := Options{OCR: OCR{Engine: engine}}
		return opt.Settings("")
	}
	second := func(engine, name string) string {
		opt := Options{OCR: OCR{Engine: engine, Second: name}}
		return opt.Settings("")
	}
	if second("", engineGosseract) == second("", "") || second("", engineNone) != second("", "") ||
		second(engineGosseract, engineGosseract) != second(engineGosseract, "") {
		t.Error("the settings do not tell the engine for doubts")
	}
	if settings("") != settings(engineLSTM) || settings("") == settings(engineGosseract) {
		t.Errorf("%s, %s, %s", settings(""), settings(engineLSTM), settings(engineGosseract))
	}
}
