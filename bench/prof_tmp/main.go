package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"runtime/pprof"
	"syscall"
	"time"
	"crypto/sha256"
	"encoding/hex"

	"github.com/countybudget/extract/extract"
	"github.com/countybudget/extract/internal/batch"
	"github.com/countybudget/extract/normalize"
	"github.com/countybudget/extract/normalize/proof"
	"github.com/countybudget/extract/schema"
)

func cpu() time.Duration {
	var r syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &r)
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

func main() {
	runtime.GOMAXPROCS(1)
	out := os.Args[1]
	prof := os.Args[2]
	os.RemoveAll(out)
	f, _ := os.Create(prof)
	pprof.StartCPUProfile(f)
	var st [8]time.Duration
	lap := cpu()
	mark := func(i int) { n := cpu(); st[i] += n - lap; lap = n }
	w, err := schema.NewWriter(out, schema.WriterOptions{})
	if err != nil { panic(err) }
	pages := 0
	for _, name := range os.Args[3:] {
		data, err := os.ReadFile(name)
		if err != nil { panic(err) }
		s := sha256.Sum256(data)
		in := normalize.Input{DocumentID: hex.EncodeToString(s[:]), FileName: name, SourceURI: name, Bytes: int64(len(data)), PipelineVersion: "x"}
		mark(0)
		doc, err := extract.Extract(context.Background(), data, extract.Options{OCR: extract.OCRNever, Known: proof.Known})
		if err != nil { fmt.Println(name, err); continue }
		pages += doc.PageCount
		mark(1)
		if err := proof.Correct(doc); err != nil { panic(err) }
		mark(2)
		r := &batch.Result{Disclosure: normalize.Normalize(doc, in)}
		mark(3)
		b, err := json.Marshal(r)
		if err != nil { panic(err) }
		mark(4)
		var r2 batch.Result
		if err := json.Unmarshal(b, &r2); err != nil { panic(err) }
		mark(5)
		if err := w.Add(r2.Disclosure); err != nil { panic(err) }
		mark(6)
	}
	if err := w.Commit(); err != nil { panic(err) }
	mark(7)
	pprof.StopCPUProfile()
	for i, n := range []string{"read+hash", "extract", "correct", "normalize", "marshal", "unmarshal", "add", "commit"} {
		fmt.Printf("%-10s %v\n", n, st[i])
	}
	fmt.Println("pages", pages, "cpu", cpu())
	f, _ = os.Create(prof + ".mem")
	pprof.Lookup("allocs").WriteTo(f, 0)
	f.Close()
}
