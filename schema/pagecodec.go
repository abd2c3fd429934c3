package schema

import (
	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"
)

// pageWindow is how far the compressor looks back. A page has about 256 KiB; the 8 MiB that are usual cost tens of
// megabytes of memory and find nothing more.
const pageWindow = 512 << 10

// pageCodec is parquet-go's zstd with a window for pages. It is for one goroutine.
type pageCodec struct {
	compress.Codec
	enc *zstd.Encoder
}

func newPageCodec() (*pageCodec, error) {
	enc, err := zstd.NewWriter(nil,
		zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(pageWindow), zstd.WithZeroFrames(true), zstd.WithEncoderCRC(false))
	return &pageCodec{Codec: &parquet.Zstd, enc: enc}, err
}

// Encode compresses one page.
func (c *pageCodec) Encode(dst, src []byte) ([]byte, error) {
	return c.enc.EncodeAll(src, dst[:0]), nil
}
