package batch

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/countybudget/extract/extract/ocr"
	"github.com/countybudget/extract/extract/ocr/ocrtest"
	"github.com/countybudget/extract/extract/ocr/remote"
	"github.com/countybudget/extract/normalize"
	"github.com/countybudget/extract/schema"
)

// The test binary serves as its own worker: "test-worker" runs a double whose faults the document's name asks for.
func TestMain(m *testing.M) {
	if len(os.Args) > 2 && os.Args[1] == "test-worker" && os.Args[2] == "deaf" {
		fmt.Fprint(os.Stdout, "\x00\x00\x00\x0eH")
		fmt.Fprintf(os.Stdout, `{"protocol":%d}`, ProtocolVersion)
		time.Sleep(time.Hour)
	}
	if len(os.Args) > 2 && os.Args[1] == "test-worker" && os.Args[2] == "old" {
		writeFrame(os.Stdout, frameHello, fmt.Appendf(nil, `{"protocol":%d}`, ProtocolVersion-1))
		time.Sleep(time.Hour)
	}
	if len(os.Args) > 1 && os.Args[1] == "test-worker" {
		if err := Serve(context.Background(), os.Stdin, os.Stdout, double); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	if len(os.Args) > 2 && os.Args[1] == "test-lines" {
		serveLines(os.Args[2])
	}
	if len(os.Args) > 3 && os.Args[1] == "test-reads" {
		fmt.Print(confinedReads(os.Args[2], os.Args[3]))
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func double(ctx context.Context, job Job, beat *Heartbeat) (*Result, error) {
	beat.Page()
	fault, _, _ := strings.Cut(job.FileName, ".")
	switch fault {
	case "panic":
		var none []int
		_ = none[len(job.FileName)]
	case "overflow":
		fmt.Fprintln(os.Stderr, "about to recurse")
		os.Exit(recurse(0))
	case "exit":
		os.Exit(7)
	case "error":
		return nil, fmt.Errorf("the engine is gone")
	case "hang":
		time.Sleep(time.Hour)
	case "call":
		beat.Call()
		time.Sleep(time.Hour)
	case "page2": // hangs on its second page
		if job.ReadPages != 1 {
			time.Sleep(time.Hour)
		}
	case "unsafe":
		if !job.Safe {
			panic("the first reader")
		}
	case "quiet": // longer than silence may last, but at work
		done := beat.Call()
		time.Sleep(1500 * time.Millisecond)
		done()
	case "scan": // many pages, none of which is long
		for range 200 {
			done := beat.Call()
			time.Sleep(6 * time.Millisecond)
			done()
			beat.Page()
		}
	case "drip":
		for {
			beat.Page()
			time.Sleep(time.Millisecond)
		}
	case "eat":
		eat()
	case "garbage":
		fmt.Println("hello, this is no frame")
		time.Sleep(time.Hour)
	case "lie":
		os.Stdout.Write([]byte{0x3f, 0xff, 0xff, 0xff, frameResult, '{'})
		os.Exit(0)
	case "nonsense":
		writeFrame(os.Stdout, frameResult, []byte("no json"))
		time.Sleep(time.Hour)
	case "flaky":
		if job.Attempt == 1 {
			panic("only the first time")
		}
	case "parent":
		child := exec.Command("sleep", "3600")
		if err := child.Start(); err != nil {
			return nil, err
		}
		os.WriteFile(job.SourceURI+".pid", fmt.Appendf(nil, "%d", child.Process.Pid), 0o600)
		time.Sleep(time.Hour)
	case "moved":
		return &Result{Disclosure: normalize.Failed(normalize.Input{DocumentID: job.DocumentID, FileName: job.FileName}, nil), Unread: "no such file"}, nil
	case "lines": // reads three lines; what comes of it is the document's error
		in := normalize.Input{DocumentID: job.DocumentID, FileName: job.FileName}
		return &Result{Disclosure: normalize.Failed(in, errors.New(readLines(ctx, &job, 3)))}, nil
	case "lines-and-die":
		readLines(ctx, &job, 1)
		panic("after reading lines")
	case "no-message":
		writeFrame(os.Stdout, frameAsk, nil)
		time.Sleep(time.Hour)
	case "slow":
		time.Sleep(300 * time.Millisecond)
	}
	in := normalize.Input{DocumentID: job.DocumentID, FileName: job.FileName, SourceURI: job.SourceURI, Bytes: job.Bytes}
	d := normalize.Failed(in, nil)
	d.Document.Status = schema.StatusOK
	return &Result{Disclosure: d}, nil
}

// readLines reads lines with the engine of the job's settings, one at a time, and tells what they say.
func readLines(ctx context.Context, job *Job, n int) string {
	e, err := job.engine(ctx)("")
	if err != nil {
		return err.Error()
	}
	r := e.NewRecognizer()
	defer r.Close()
	said := e.Name() + ":"
	for range n {
		line := ocr.Line{Width: 1, Height: r.LineHeight(ocr.Numbers), Pix: make([]byte, r.LineHeight(ocr.Numbers))}
		found, err := r.Read(ctx, []ocr.Line{line}, ocr.Numbers, nil)
		if err != nil {
			said += " " + err.Error()
			continue
		}
		said += " " + found[0][0].Characters[0].Text
	}
	return said
}

// serveLines is a line reader with the faults that its name asks for.
func serveLines(fault string) {
	said := 0
	engine := &ocrtest.Double{Say: func(l ocr.Line, _ ocr.Charset) string {
		if l.Width > 1 { // before the first request
			return ""
		}
		said++
		switch {
		case fault == "crash" && said == 2:
			panic("the library")
		case fault == "garbage":
			fmt.Print("this is no message")
			time.Sleep(time.Hour)
		}
		return "7"
	}}
	if fault == "models" {
		engine.Fault = errors.New("no such models")
	}
	if err := remote.Serve(context.Background(), os.Stdin, os.Stdout, engine, 1, func() error { return nil }); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

func recurse(n int) int {
	if n < 0 {
		return 0
	}
	return recurse(n+1) + 1
}

func eat() {
	var kept [][]byte
	for {
		b := make([]byte, 16<<20)
		for i := range b {
			b[i] = 1
		}
		kept = append(kept, b)
		time.Sleep(5 * time.Millisecond)
		if len(kept) > 1000 {
			time.Sleep(time.Hour)
		}
	}
}

func doubleCommand(t *testing.T) []string {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return []string{self, "test-worker"}
}
