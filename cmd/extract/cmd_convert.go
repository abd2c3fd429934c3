package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"github.com/countybudget/extract/internal/app"
	"github.com/countybudget/extract/internal/batch"
	"github.com/countybudget/extract/internal/bytesize"
	"github.com/countybudget/extract/internal/store"
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
	cache   int64 // bytes of copies of inputs
	version string
}

// storesHelp says which object stores this build knows.
func storesHelp() string {
	if !store.Built {
		return `This program was built without object stores: inputs and OUT are files and folders. "make build" makes one
that takes addresses such as s3://bucket/folder too.`
	}
	return `Inputs and OUT may be in an object store: s3://bucket/folder?region=REGION, gs://bucket/folder or
azblob://container/folder, with the credentials that the command-line tools of these services use.`
}

// The values of --log-format.
const (
	logText = "text"
	logJSON = "json"
)

func (p *program) convertCommand() *cobra.Command {
	defaults := batch.DefaultLimits()
	o := convertOptions{version: p.version}
	c := &cobra.Command{
		Use:   "convert -o OUT INPUT...",
		Short: "Convert PDF files to the Parquet dataset",
		Long: `Convert reads PDF files and writes one dataset of Parquet files to the folder OUT. An INPUT is a file, a folder, a ZIP or
TAR archive (.tar, .tar.gz, .tar.bz2, .tar.xz, .tar.zst), a compressed file (.pdf.gz, .pdf.bz2, .pdf.xz, .pdf.zst), a
pattern such as 'budgets/*.pdf', or "-" for a list of these on standard input, separated by newlines or NUL characters, in
UTF-8, UTF-16 or GB18030. In folders and archives every PDF file is converted, recognized by its extension or signature, and
archives in them are opened. Other files are counted by kind in the summary and listed in OUT/run-N.json and by --json.
Archives of other formats (.rar, .7z) are failed documents: unpack them first. Files with the same content are converted
once.
` + storesHelp() + `

If OUT holds an earlier output, only new and changed files are converted and added to it; all files are converted again if
the program or its settings have changed. OUT changes only when the run is complete. To resume an interrupted run, repeat
the command.

Documents are read in worker processes, with limits of time and memory. A document that cannot be read is reported on
standard error, has status failed in the dataset documents, and does not stop the others. On the first interrupt
(Ctrl-C), documents that are being read are finished and written; on the second, OUT is left as it was.

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
			p.heap.setGrowth(supervisorGrowth)
			return ran(runConvert(c.Context(), o, p.stdin, p.stdout, p.stderr))
		},
	}
	f := c.Flags()
	f.SortFlags = false
	f.StringVarP(&o.out, "output", "o", "", "folder of the dataset (required)")
	f.IntVar(&o.jobs, "jobs", runtime.NumCPU(), "number of worker processes")
	f.DurationVar(&o.timeout, "timeout", defaults.Document, "give up on a document after this long")
	f.DurationVar(&o.silence, "silence", defaults.Silence, "give up on a document after this long without progress")
	f.DurationVar(&o.call, "engine-timeout", defaults.Call, "give up on a document if reading a page or recognizing a picture takes this long")
	f.StringVar(&o.maxMemory, "max-memory", bytesize.Format(defaults.Memory), "memory limit of a worker process; 0 for none")
	f.IntVar(&o.maxPages, "max-pages", defaults.Pages, "read no more pages of a document than this; 0 for all")
	f.StringArrayVar(&o.watermarks, "watermark", nil, "treat this text as a watermark wherever it appears; may be repeated")
	f.BoolVar(&o.keepWatermarks, "keep-watermarks", false, "keep watermarks in the text")
	o.ocr.add(f)
	f.StringVar(&o.corrections, "corrections", "", "CSV file of corrected amounts, saved from the page that extract review makes")
	f.StringVar(&o.aliases, "aliases", "", "CSV file of renamed and merged departments (see above)")
	f.BoolVar(&o.force, "force", false, "convert all files again, also unchanged ones")
	f.BoolVar(&o.prune, "prune", false, "remove documents of earlier runs that are not among the inputs")
	f.StringVar(&o.shard, "shard", "", "convert only one part of the documents: 2/5 is the second of five")
	f.StringVar(&o.logFormat, "log-format", logText, "format of messages on standard error: text or json")
	f.StringVar(&o.scratch, "scratch", "8GiB", "disk cache beside OUT for remote objects and ZIP members; the overflow is fetched or unpacked again")
	f.StringVar(&o.metrics, "metrics", "", "serve Prometheus metrics at this address, such as 127.0.0.1:9090")
	f.IntVar(&o.preview, "preview", 0, "print this many rows of budget_lines at the end")
	f.BoolVar(&o.quiet, "quiet", false, "print errors only")
	f.BoolVar(&o.json, "json", false, "print one JSON object a line, the summary last")
	c.MarkFlagRequired("output")
	return c
}

// supervisorGrowth is heapGrowth of a supervisor, which keeps data of every document and leaves most of the work to workers.
const supervisorGrowth = 20

// validate completes the options from the flags.
func (o *convertOptions) validate() error {
	o.limits = batch.DefaultLimits()
	o.limits.Document, o.limits.Silence, o.limits.Call, o.limits.Pages = o.timeout, o.silence, o.call, o.maxPages
	if _, err := app.ParseShard(o.shard); err != nil {
		return fmt.Errorf("--shard %w", err)
	}
	if err := o.ocr.validate(); err != nil {
		return err
	}
	memory, err := bytesize.Parse(o.maxMemory)
	if err != nil {
		return fmt.Errorf("--max-memory: %w", err)
	}
	o.limits.Memory = memory
	if o.cache, err = bytesize.Parse(o.scratch); err != nil {
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
	shard, err := app.ParseShard(o.shard)
	if err != nil {
		return err
	}
	c := newConsole(&o, stdout, stderr)
	defer c.close()
	record, err := app.Convert(ctx, app.Conversion{
		Reading: app.Reading{Limits: o.limits, Watermarks: o.watermarks, KeepWatermarks: o.keepWatermarks, OCR: o.ocr.settings(), Version: o.version},
		Output:  o.out, Inputs: o.inputs, List: stdin, Jobs: o.jobs, Cache: o.cache, Shard: shard,
		Corrections: o.corrections, Aliases: o.aliases, Force: o.force, Prune: o.prune, NeedRows: o.preview > 0, Stop: stop,
	}, c)
	if err != nil {
		return err
	}
	if err := c.finish(record); err != nil {
		return err
	}
	if !record.Summary.Complete() {
		return errSomeFailed
	}
	return nil
}
