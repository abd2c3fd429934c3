package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/countybudget/extract/internal/batch"
	"github.com/countybudget/extract/internal/input"
	"github.com/countybudget/extract/internal/output"
	"github.com/countybudget/extract/normalize"
	"github.com/countybudget/extract/schema"
)

// ErrInterrupted ends a conversion that was told to give up, or to stop before it converted anything.
var ErrInterrupted = errors.New("interrupted; the output was left as it was")

// Conversion says what to convert, how, and to where.
type Conversion struct {
	Reading
	Output      string    // a folder, or a place in an object store
	Inputs      []string  // see input.Collector.Collect
	List        io.Reader // the list that the input "-" stands for
	Jobs        int       // worker processes
	Cache       int64     // bytes of copies of objects and archive members that are kept between hashing and reading
	Shard       Shard
	Corrections string // CSV file of amounts corrected by hand; may be empty
	Aliases     string // CSV file of renamed departments; may be empty
	Force       bool   // convert again what an earlier run has converted
	Prune       bool   // drop documents of earlier runs that are not among the inputs
	NeedRows    bool   // Observer.Document looks at the rows

	// Stop, once closed, ends the run early: documents that workers have are finished and written, no other is begun.
	Stop <-chan struct{}
}

// Convert converts documents into an output and tells to what happens. Documents that cannot be read are rows of the output,
// not errors; Record.Summary counts them. After an error the output is as it was.
func Convert(ctx context.Context, c Conversion, to Observer) (*Record, error) {
	opened, err := open(ctx, c, to)
	if err != nil {
		return nil, err
	}
	defer opened.close()
	listed, err := opened.list(ctx)
	if err != nil {
		return nil, err
	}
	resumed, err := listed.resume()
	if err != nil {
		return nil, err
	}
	converted, err := resumed.convert(ctx)
	if err != nil {
		return nil, err
	}
	return converted.commit(ctx)
}

// run is what the phases of one conversion share.
type run struct {
	Conversion
	to           Observer
	pool         batch.Options
	target       *target
	vocabularies *vocabularies
	byHand       *fixes
	writer       *output.Writer
	objects      *input.ObjectIndex
	inputs       *input.Collector
	tally        *tally

	closers []func()
}

func (r *run) onClose(f func()) { r.closers = append(r.closers, f) }

func (r *run) close() {
	for _, f := range slices.Backward(r.closers) {
		f()
	}
}

// opened is a conversion whose output is locked and whose first worker is starting.
type opened struct{ *run }

// open begins a conversion. The first worker is started before anything else, because its start takes as long as a few
// pages.
func open(ctx context.Context, c Conversion, to Observer) (_ *opened, err error) {
	r := &run{Conversion: c, to: to, pool: c.options(c.Jobs)}
	if r.vocabularies, err = newVocabularies(c.Lexicon); err != nil {
		return nil, err
	}
	r.pool.Lexicon = r.vocabularies.files
	defer func() {
		if err != nil {
			r.close()
		}
	}()
	if r.pool.Ahead, err = batch.StartAhead(r.pool); err != nil {
		return nil, err
	}
	r.onClose(r.pool.Ahead.Close)
	if r.target, err = openTarget(ctx, c.Output); err != nil {
		return nil, err
	}
	r.onClose(r.target.close)
	if r.byHand, err = readCorrections(c.Corrections); err != nil {
		return nil, err
	}
	if r.writer, err = r.openWriter(); err != nil {
		return nil, err
	}
	r.onClose(func() { r.writer.Abort() })
	if r.objects, err = input.OpenObjectIndex(r.writer.Objects()); err != nil {
		return nil, err
	}
	r.onClose(func() { r.objects.Close() })
	r.inputs = &input.Collector{
		Stdin: c.List, Scratch: r.writer.Scratch(), Bounds: input.DefaultBounds(), Room: c.Cache, Objects: r.objects, Leave: r.writer.Folders(),
	}
	r.onClose(r.inputs.Close)
	return &opened{r}, nil
}

// openWriter begins the output. Its settings name everything but the program's version that changes what a document converts
// to.
func (r *run) openWriter() (*output.Writer, error) {
	aliases, err := ReadAliases(r.Aliases)
	if err != nil {
		return nil, err
	}
	settings := func(id string) string { return r.byHand.settings(r.pool.Settings(r.vocabularies.of(id).Sum), id) }
	return output.NewWriter(r.target.dir, output.Options{
		PipelineVersion: r.Version, Resume: true, Aliases: aliases,
		Settings: settings,
	})
}

// listed is a conversion whose inputs are known by their content.
type listed struct {
	run    *run
	docs   []input.Document
	others []input.Document // those that Shard leaves to other machines
}

// list finds and hashes the inputs. A stop ends it as an interrupt does.
func (o *opened) list(ctx context.Context) (*listed, error) {
	r := o.run
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	go func() {
		select {
		case <-r.Stop:
			cancel(ErrInterrupted)
		case <-ctx.Done():
		}
	}()
	done := r.to.Listing(&r.inputs.Files, &r.inputs.Copied)
	docs, err := identify(ctx, r)
	done()
	if err != nil {
		return nil, err
	}
	l := &listed{run: r}
	l.docs, l.others = r.Shard.split(docs)
	if err := r.vocabularies.find(l.docs); err != nil {
		return nil, err
	}
	r.tally = newTally(r)
	r.tally.found(l.docs, l.others, r.inputs.Skipped())
	r.tally.record.Summary.SettingsFiles = r.vocabularies.settingsFiles()
	return l, r.to.Found(&r.tally.record.Summary, r.inputs.Skipped())
}

func identify(ctx context.Context, r *run) ([]input.Document, error) {
	inputs, err := r.inputs.Collect(ctx, r.Inputs)
	if err != nil {
		return nil, err
	}
	if len(inputs) == 0 {
		return nil, noInputs(r.inputs.Skipped())
	}
	docs, err := input.Identify(ctx, inputs, r.Jobs)
	if err != nil {
		return nil, context.Cause(ctx)
	}
	return docs, nil
}

// converted is a conversion whose rows are written to the staging folder.
type converted struct {
	run       *run
	unchanged bool // the output is there already, as this run would write it
}

// convert converts what earlier runs have left to do.
func (e *resumed) convert(ctx context.Context) (*converted, error) {
	r, todo := e.run, e.todo
	if e.upToDate() {
		return &converted{r, true}, nil
	}
	opt := r.pool
	opt.Stop, opt.Counters = r.Stop, &batch.Counters{}
	opt.Packed = len(r.byHand.of) == 0 && !r.NeedRows
	done, err := r.to.Converting(opt.Counters, len(todo))
	if err != nil {
		return nil, err
	}
	left, err := batch.Run(ctx, todo, opt, r.take)
	done()
	switch {
	case err != nil:
		return nil, err
	case left > 0 && left == len(todo):
		return nil, ErrInterrupted
	}
	r.tally.record.Summary.NotRead = left
	return &converted{r, false}, nil
}

// take writes a converted document and tells about it.
func (r *run) take(o batch.Outcome) error {
	if o.Packed == nil {
		if err := r.byHand.apply(o.Disclosure, r.vocabularies.book(o.Disclosure.Document.DocumentID)); err != nil {
			return err
		}
	}
	if err := add(r.writer, &o, r.Version); err != nil {
		return err
	}
	r.tally.document(&o.Disclosure.Document)
	return r.to.Document(&o)
}

// add writes a document. Rows that violate the schema are left out, each with a diagnostic; the worker has done so already,
// but corrections and what this process adds come later. A document that is refused even then is stored as failed.
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

// commit puts the new output in place of the earlier one, and uploads it if it belongs in an object store. Its record is
// written beside it, but not to a store.
func (c *converted) commit(ctx context.Context) (*Record, error) {
	r := c.run
	if c.unchanged {
		switch {
		case !r.target.remote:
			return r.tally.write(r.writer.Dir())
		case r.target.pending:
			return r.tally.end(), r.target.upload(ctx)
		}
		return r.tally.end(), nil
	}
	notes := r.byHand.notes(r.writer.Has)
	if err := r.objects.Save(); err != nil {
		return nil, err
	}
	if err := r.writer.Commit(); err != nil {
		return nil, err
	}
	if err := r.target.upload(ctx); err != nil {
		return nil, err
	}
	for _, note := range notes {
		r.to.Note(note)
	}
	if r.target.remote {
		return r.tally.end(), nil
	}
	return r.tally.write(r.writer.Dir())
}
