package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"

	"github.com/spf13/cobra"

	"github.com/countybudget/extract/internal/app"
	"github.com/countybudget/extract/internal/batch"
	"github.com/countybudget/extract/internal/bytesize"
	"github.com/countybudget/extract/internal/store"
)

// convertOptions are the conversion as the flags give it, and how it is printed.
type convertOptions struct {
	app.Conversion

	// Flags that validate puts into the conversion.
	maxMemory, scratch, shard string
	ocr                       ocrFlags

	preview     int
	quiet, json bool
	logFormat   string
	metrics     string
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
	o := convertOptions{Conversion: app.Conversion{Reading: app.Reading{Limits: defaults, Version: p.version}, List: p.stdin}}
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

` + lexiconHelp + `
When phrases change, the documents that are read with them are converted again, and no others.

` + aliasesHelp + `
` + exitCodesHelp,
		Example: `  extract convert -o out budgets/
  find . -name '*预算*.pdf' | extract convert -o out --jobs 4 -`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			o.Inputs = args
			if err := o.validate(); err != nil {
				return usageError("%w", err)
			}
			p.heap.setGrowth(supervisorGrowth)
			return ran(runConvert(c.Context(), o, p.stdout, p.stderr))
		},
	}
	f := c.Flags()
	f.SortFlags = false
	f.StringVarP(&o.Output, "output", "o", "", "folder of the dataset (required)")
	f.IntVar(&o.Jobs, "jobs", runtime.NumCPU(), "number of worker processes")
	f.DurationVar(&o.Limits.Document, "timeout", defaults.Document, "give up on a document after this long")
	f.DurationVar(&o.Limits.Silence, "silence", defaults.Silence, "give up on a document after this long without progress")
	f.DurationVar(&o.Limits.Call, "engine-timeout", defaults.Call, "give up on a document if reading a page or recognizing a picture takes this long")
	f.StringVar(&o.maxMemory, "max-memory", bytesize.Format(defaults.Memory), "memory limit of a worker process; 0 for none")
	f.IntVar(&o.Limits.Pages, "max-pages", defaults.Pages, "read no more pages of a document than this; 0 for all")
	f.StringArrayVar(&o.Watermarks, "watermark", nil, "treat this text as a watermark wherever it appears; may be repeated")
	f.BoolVar(&o.KeepWatermarks, "keep-watermarks", false, "keep watermarks in the text")
	addLexicon(f, &o.Lexicon)
	o.ocr.add(f)
	f.StringVar(&o.Corrections, "corrections", "", "CSV file of corrected amounts, saved from the page that extract review makes")
	f.StringVar(&o.Aliases, "aliases", "", "CSV file of renamed and merged departments (see above)")
	f.BoolVar(&o.Force, "force", false, "convert all files again, also unchanged ones")
	f.BoolVar(&o.Prune, "prune", false, "remove documents of earlier runs that are not among the inputs")
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

// validate completes the conversion from the flags.
func (o *convertOptions) validate() (err error) {
	if o.Shard, err = app.ParseShard(o.shard); err != nil {
		return fmt.Errorf("--shard %w", err)
	}
	if err := o.ocr.validate(); err != nil {
		return err
	}
	o.OCR = o.ocr.settings()
	if o.Limits.Memory, err = bytesize.Parse(o.maxMemory); err != nil {
		return fmt.Errorf("--max-memory: %w", err)
	}
	if o.Cache, err = bytesize.Parse(o.scratch); err != nil {
		return fmt.Errorf("--scratch: %w", err)
	}
	switch {
	case o.logFormat != logText && o.logFormat != logJSON:
		return errors.New("--log-format must be text or json")
	case o.Output == "":
		return errors.New("--output must name a folder")
	case o.Jobs < 1:
		return errors.New("--jobs must be at least 1")
	case o.preview < 0:
		return errors.New("--preview must not be negative")
	}
	o.NeedRows = o.preview > 0
	return o.Limits.Validate()
}

// runConvert converts and prints. The options are validated, or come from a test.
func runConvert(ctx context.Context, o convertOptions, stdout, stderr io.Writer) error {
	ctx, stop, release := interruptible(ctx, stderr)
	defer release()
	o.Stop = stop
	c := newConsole(&o, stdout, stderr)
	defer c.close()
	record, err := app.Convert(ctx, o.Conversion, c)
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
