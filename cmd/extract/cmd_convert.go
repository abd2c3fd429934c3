package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"github.com/countybudget/extract/internal/batch"
	"github.com/countybudget/extract/internal/output"
	"github.com/countybudget/extract/internal/store"
	"github.com/countybudget/extract/normalize"
	"github.com/countybudget/extract/schema"
)

type convertOptions struct {
	out            string
	jobs           int
	timeout        time.Duration
	silence, call  time.Duration
	maxMemory      string
	maxPages       int
	watermarks     []string
	keepWatermarks bool
	ocr            ocrFlags
	preview        int
	quiet, json    bool
	corrections    string
	aliases        string
	force, prune   bool
	shard          string
	logFormat      string
	metrics        string
	scratch        string

	inputs  []string
	limits  batch.Limits
	room    int64 // bytes for copies of inputs
	version string
}

// storesHelp says which object stores this build knows.
func storesHelp() string {
	if !store.Built {
		return `This program was built without object stores: inputs and OUT are files and folders. "make build" makes one
that takes addresses such as s3://bucket/folder too.`
	}
	return `Inputs and OUT may be in an object store: s3://bucket/folder?region=REGION, gs://bucket/folder or
azblob://container/folder, with credentials from where programs of these services look for them.`
}

// The forms of messages.
const (
	logText = "text"
	logJSON = "json"
)

func (a *app) convertCommand() *cobra.Command {
	defaults := batch.DefaultLimits()
	o := convertOptions{version: a.version}
	c := &cobra.Command{
		Use:   "convert -o OUT INPUT...",
		Short: "Convert PDF files to the Parquet dataset",
		Long: `Convert reads PDF files and writes one dataset of Parquet files to the folder OUT. An INPUT is a file, a folder, a ZIP or
TAR archive (.tar, .tar.gz, .tar.bz2, .tar.xz, .tar.zst), a packed file (.pdf.gz, .pdf.bz2, .pdf.xz, .pdf.zst), a pattern
such as 'budgets/*.pdf', or "-" for a list of these on standard input: one a line, or each with a NUL at its end, in UTF-8,
UTF-16 or GB18030. Of folders and archives every PDF file is converted, by its extension or its signature, and archives in
them are opened. The other files are counted by kind in the summary; OUT/run-N.json and --json name them all. Archives that
cannot be opened (.rar, .7z) are failed documents: unpack them first. Files with the same content are converted once.
` + storesHelp() + `

An earlier output in OUT is added to: only new and changed files are converted, and all files again when the program or
its settings have changed. It is replaced when all is done, not before. A run that was killed is continued by the same
command.

Each document is read in a worker process of its own, with limits of time and memory. A document that cannot be read has
a line on standard error, a row with status failed in the dataset documents, and does not stop the others. The
first interrupt finishes the documents in work and writes what is done; the second leaves OUT as it was.

` + aliasesHelp + `
` + exitCodesHelp,
		Example: `  extract convert -o out budgets/
  find . -name '*预算*.pdf' | extract convert -o out --jobs 4 -`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			o.inputs = args
			if err := o.validate(); err != nil {
				return usageError("%w", err)
			}
			a.heap.setGrowth(supervisorGrowth)
			return ran(runConvert(c.Context(), o, a.stdin, a.stdout, a.stderr))
		},
	}
	f := c.Flags()
	f.SortFlags = false
	f.StringVarP(&o.out, "output", "o", "", "folder of the dataset (required)")
	f.IntVar(&o.jobs, "jobs", runtime.NumCPU(), "worker processes")
	f.DurationVar(&o.timeout, "timeout", defaults.Document, "time for one document")
	f.DurationVar(&o.silence, "silence", defaults.Silence, "time of one document without a sign of progress")
	f.DurationVar(&o.call, "engine-timeout", defaults.Call, "time for one call to an engine: a page read, a picture recognized")
	f.StringVar(&o.maxMemory, "max-memory", batch.FormatSize(defaults.Memory), "memory of one worker; 0 is no limit")
	f.IntVar(&o.maxPages, "max-pages", defaults.Pages, "pages read of one document; 0 is no limit")
	f.StringArrayVar(&o.watermarks, "watermark", nil, "text that is a watermark wherever it stands; may be given more than once")
	f.BoolVar(&o.keepWatermarks, "keep-watermarks", false, "leave watermarks in the text")
	o.ocr.add(f)
	f.StringVar(&o.corrections, "corrections", "", "CSV file of amounts corrected by hand, from the page that extract review makes")
	f.StringVar(&o.aliases, "aliases", "", "CSV file of renamed and merged departments")
	f.BoolVar(&o.force, "force", false, "convert again what an earlier run has converted")
	f.BoolVar(&o.prune, "prune", false, "drop documents of earlier runs that are not among the inputs")
	f.StringVar(&o.shard, "shard", "", "convert one part of the documents only: 2/5 is the second of five")
	f.StringVar(&o.logFormat, "log-format", logText, "form of messages: text or json")
	f.StringVar(&o.scratch, "scratch", "8GiB", "room beside OUT for copies of objects and members of ZIP archives; what is more is fetched or unpacked twice")
	f.StringVar(&o.metrics, "metrics", "", "address such as 127.0.0.1:9090 on which to serve metrics for Prometheus")
	f.IntVar(&o.preview, "preview", 0, "print the first rows of budget_lines at the end")
	f.BoolVar(&o.quiet, "quiet", false, "print errors only")
	f.BoolVar(&o.json, "json", false, "print one JSON object a line, the summary last")
	c.MarkFlagRequired("output")
	return c
}

// supervisorGrowth is heapGrowth of a supervisor: it keeps something of every document, and workers have most of the work.
const supervisorGrowth = 20

// validate completes the options from the flags.
func (o *convertOptions) validate() error {
	o.limits = batch.DefaultLimits()
	o.limits.Document, o.limits.Silence, o.limits.Call, o.limits.Pages = o.timeout, o.silence, o.call, o.maxPages
	if _, err := parseShard(o.shard); err != nil {
		return err
	}
	if err := o.ocr.validate(); err != nil {
		return err
	}
	memory, err := batch.ParseSize(o.maxMemory)
	if err != nil {
		return fmt.Errorf("--max-memory: %w", err)
	}
	o.limits.Memory = memory
	if o.room, err = batch.ParseSize(o.scratch); err != nil {
		return fmt.Errorf("--scratch: %w", err)
	}
	switch {
	case o.logFormat != logText && o.logFormat != logJSON:
		return errors.New("--log-format must be text or json")
	case o.out == "":
		return errors.New("--output must name a folder")
	case o.jobs < 1:
		return errors.New("--jobs must be at least 1")
	case o.preview < 0:
		return errors.New("--preview must not be negative")
	}
	return o.limits.Validate()
}

func runConvert(ctx context.Context, o convertOptions, stdin io.Reader, stdout, stderr io.Writer) error {
	ctx, stop, release := interruptible(ctx, stderr)
	defer release()
	pool := o.batchOptions()
	var err error
	if pool.Ahead, err = batch.StartAhead(pool); err != nil {
		return err
	}
	defer pool.Ahead.Close()
	target, err := openTarget(ctx, &o)
	if err != nil {
		return err
	}
	defer target.close()
	byHand, err := readCorrections(o.corrections)
	if err != nil {
		return err
	}
	writer, err := openOutput(o, byHand)
	if err != nil {
		return err
	}
	defer writer.Abort()
	objects, err := batch.OpenObjectIndex(writer.Objects())
	if err != nil {
		return err
	}
	defer objects.Close()
	inputs := &batch.Collector{Stdin: stdin, Scratch: writer.Scratch(), Bounds: batch.DefaultBounds(), Room: o.room, Objects: objects, Leave: writer.Folders()}
	defer inputs.Close()
	show := newDisplay(o, stderr)
	docs, others, err := planInputs(ctx, stop, o, inputs, show)
	if err != nil {
		return err
	}
	report := newReport(o, stdout, show)
	report.total.Output = target.name
	if err := report.found(docs, others, inputs.Skipped()); err != nil {
		return err
	}
	ledger, err := takeOver(writer, o, docs, batch.LedgerOptions{LookedInto: inputs.LookedInto, Others: others}, report)
	if err != nil {
		return err
	}
	todo := ledger.Todo()
	if upToDate(writer, ledger, todo, target.remote, show) {
		switch {
		case !target.remote:
			err = report.writeRunFile(writer.Dir(), ledger.Removed)
		case target.pending:
			err = target.upload(ctx)
		}
		return errors.Join(err, report.finish())
	}

	pool.Stop, pool.Counters = stop, &batch.Counters{}
	pool.Packed = len(byHand.of) == 0 && o.preview == 0 // nothing here looks into the rows
	closeMetrics, err := serveMetrics(o.metrics, pool.Counters, len(todo))
	if err != nil {
		return err
	}
	defer closeMetrics()
	began := time.Now()
	show.start(func() string { return progressLine(pool.Counters, len(todo), time.Since(began)) })
	left, err := batch.Run(ctx, todo, pool, func(outcome batch.Outcome) error {
		if outcome.Packed == nil {
			byHand.apply(outcome.Disclosure)
		}
		if err := add(writer, &outcome, o.version); err != nil {
			return err
		}
		return report.document(outcome)
	})
	show.end()
	switch {
	case err != nil:
		return err
	case left > 0 && left == len(todo):
		return errInterrupted
	}
	note := byHand.note(writer.Has)
	if err := objects.Save(); err != nil {
		return err
	}
	if err := writer.Commit(); err != nil {
		return err
	}
	if err := target.upload(ctx); err != nil {
		return err
	}
	if note != "" {
		show.message(note)
	}
	report.total.NotRead = left
	if !target.remote {
		if err := report.writeRunFile(writer.Dir(), ledger.Removed); err != nil {
			return err
		}
	}
	return report.finish()
}

// planInputs finds and identifies what is to be converted; others are the documents that --shard leaves to other machines.
func planInputs(ctx context.Context, stop <-chan struct{}, o convertOptions, find *batch.Collector, show *display) (docs, others []batch.Document, err error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	go func() {
		select {
		case <-stop:
			cancel(errInterrupted)
		case <-ctx.Done():
		}
	}()
	show.start(func() string {
		return fmt.Sprintf("looking at the inputs: %d files, %d objects and members of archives read", find.Files.Load(), find.Copied.Load())
	})
	defer show.end()
	inputs, err := find.Collect(ctx, o.inputs)
	if err != nil {
		return nil, nil, err
	}
	if len(inputs) == 0 {
		return nil, nil, noInputs(find.Skipped())
	}
	docs, err = batch.Plan(ctx, inputs, o.jobs)
	if err != nil {
		return nil, nil, context.Cause(ctx)
	}
	part, err := parseShard(o.shard)
	if err != nil {
		return nil, nil, err
	}
	docs, others = part.split(docs)
	return docs, others, nil
}

// add writes a document. Rows that break the contract are left out, each with a diagnostic; the worker has done so already,
// but corrections and what this process adds come later. What is refused even then costs the document, not the run.
func add(w *output.Writer, o *batch.Outcome, version string) error {
	var refused error
	if o.Packed != nil {
		refused = w.AddPacked(&o.Disclosure.Document, o.Packed)
	} else {
		schema.Conform(o.Disclosure)
		refused = w.Add(o.Disclosure)
	}
	if refused == nil {
		return nil
	}
	d := o.Disclosure.Document
	o.Disclosure = normalize.Failed(normalize.Input{
		DocumentID: d.DocumentID, FileName: d.FileName, SourceURI: d.SourceURI, Bytes: d.Bytes, PipelineVersion: version,
	}, fmt.Errorf("its rows cannot be written: %w", refused))
	o.Disclosure.Document.AlsoAs = d.AlsoAs
	return w.Add(o.Disclosure)
}
