package batch

import (
	"context"
	"fmt"
	"sync"

	"github.com/countybudget/extract/internal/store"
)

// fetchers is how many objects of a store are copied side by side.
const fetchers = 8

// remote copies the PDF files and archives at a location to scratch files.
func (c *Collector) remote(ctx context.Context, at store.Location) []Input {
	whole := []Input{newInput(at.URI(at.Key), nil)}
	reader, err := store.Open(ctx, at)
	if err != nil {
		whole[0].Err = err
		return whole
	}
	defer reader.Close()
	objects, err := reader.List(ctx)
	if err != nil {
		whole[0].Err = fmt.Errorf("cannot be listed: %w", err)
		return whole
	}
	found := make([]Input, len(objects))
	next := make(chan int)
	var wg sync.WaitGroup
	for range fetchers {
		wg.Go(func() {
			for i := range next {
				found[i] = c.fetch(ctx, reader, at, objects[i])
			}
		})
	}
	for i, o := range objects {
		if len(objects) == 1 || isPDF(o.Key) || archiveKind(o.Key) != notArchive {
			next <- i
		}
	}
	close(next)
	wg.Wait()
	var inputs []Input
	for _, in := range found {
		switch {
		case in.SourceURI == "": // not wanted
		case in.Err == nil && archiveKind(in.SourceURI) != notArchive:
			inputs = append(inputs, c.unpack(ctx, in.Path, in.SourceURI)...)
		default:
			inputs = append(inputs, in)
		}
	}
	return inputs
}

func (c *Collector) fetch(ctx context.Context, from *store.Reader, at store.Location, o store.Object) Input {
	in := newInput(at.URI(o.Key), nil)
	if o.Bytes > c.Bounds.Member && archiveKind(o.Key) == notArchive {
		in.Err = tooLarge(c.Bounds.Member)
		return in
	}
	f, err := c.scratchFile("")
	if err != nil {
		in.Err = fmt.Errorf("cannot be copied: %w", err)
		return in
	}
	in.Path = f.Name()
	err = from.Copy(ctx, o.Key, f)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		in.Err = fmt.Errorf("cannot be fetched: %w", err)
	}
	return in
}
