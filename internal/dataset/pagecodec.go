package dataset

import (
	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"
)

const (
	// pageWindow is how far the compressor looks back. A page has about 256 KiB; the 8 MiB that are usual cost tens of
	// megabytes of memory and find nothing more.
	pageWindow = 512 << 10

	// smallPage is up to how many bytes a page goes to the fast compressor. The other one finds a tenth more in large pages,
	// but has a megabyte of tables, which an output of a few documents need not touch.
	smallPage = 8 << 10
)

// pageCodec is parquet-go's zstd with a window for pages. It is for one goroutine.
type pageCodec struct {
	compress.Codec
	small, large *zstd.Encoder
}

func newPageCodec() (*pageCodec, error) {
	small, err := newPageEncoder(zstd.SpeedFastest)
	if err != nil {
		return nil, err
	}
	large, err := newPageEncoder(zstd.SpeedDefault)
	return &pageCodec{Codec: &parquet.Zstd, small: small, large: large}, err
}

// newPageEncoder takes no memory worth mentioning before its first page.
func newPageEncoder(level zstd.EncoderLevel) (*zstd.Encoder, error) {
	return zstd.NewWriter(nil, zstd.WithEncoderLevel(level),
		zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(pageWindow), zstd.WithZeroFrames(true), zstd.WithEncoderCRC(false))
}

// Encode compresses one page.
func (c *pageCodec) Encode(dst, src []byte) ([]byte, error) {
	if len(src) <= smallPage {
		return c.small.EncodeAll(src, dst[:0]), nil
	}
	return c.large.EncodeAll(src, dst[:0]), nil
}
