package input

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/countybudget/extract/internal/store"
)

// remote lists the PDF files at a location of a store, and opens the archives there.
func (c *Collector) remote(ctx context.Context, at store.Location) []Input {
	whole := []Input{newInput(at.URI(at.Key), nil)}
	reader, err := store.Open(ctx, at)
	if err != nil {
		whole[0].Err = err
		return whole
	}
	c.opened = append(c.opened, reader)
	objects, err := reader.List(ctx)
	if err != nil {
		whole[0].Err = fmt.Errorf("cannot be listed: %w", err)
		return whole
	}
	c.looked[whole[0].SourceURI] = true
	var found []Input
	for _, o := range objects {
		in := newInput(at.URI(o.Key), nil)
		use, closed := c.useOf(o.Key, nil) // by name alone: to look into an object is a request
		switch {
		case use == useArchive:
			found = append(found, c.remoteArchive(ctx, in, reader, o.Key)...)
			continue
		case use == useClosed:
			in.Err = closed
		case use == useNone && (len(objects) > 1 || o.Key != at.Key):
			c.skip(in.SourceURI, kindOf(in.SourceURI))
			continue
		case o.Bytes > c.Bounds.Member:
			in.Err = TooLarge(c.Bounds.Member)
		default:
			in.Path, in.origin, in.by = "", &object{reader, o.Key, o.Version, o.Bytes}, c
		}
		found = append(found, in)
	}
	return found
}

// remoteArchive copies an archive, and opens it.
func (c *Collector) remoteArchive(ctx context.Context, in Input, from *store.Reader, key string) []Input {
	content, err := c.scratch.copyFrom(func(w io.Writer) error { return from.Copy(ctx, key, w) })
	if err != nil {
		in.Err = fmt.Errorf("cannot be fetched: %w", err)
		return []Input{in}
	}
	found := c.unpack(ctx, content.path, in.SourceURI)
	os.Remove(content.path) // what is needed of it later is open
	return found
}
