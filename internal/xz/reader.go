// Package xz reads .xz files within bounds of memory.
package xz

import (
	"bufio"
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"hash/crc64"
	"io"

	"github.com/ulikunitz/xz/lzma"

	"github.com/countybudget/extract/internal/bytesize"
)

// Reader inflates an .xz file of one or more streams (https://tukaani.org/xz/xz-file-format.txt). The library decodes the
// LZMA2 data. It could read the container too, but allocates whatever dictionary a block asks for, up to 4 GiB: here its size
// is bounded, and so is the sum over many small blocks. Filters other than LZMA2 are for machine code and not supported.
type Reader struct {
	src      *countingByteReader
	block    *lzma.Reader2 // nil between blocks
	head     blockHeader
	begin    int64 // of the block's header
	data     int64 // of its compressed data
	size     int64 // inflated so far
	check    hash.Hash
	checkLen int
	flags    [2]byte
	blocks   uint64
	index    hash.Hash // of the records that the index must have

	inflated, dictionaries int64
	err                    error
}

const (
	maxDictionary   = 128 << 20 // bytes; xz -9 needs 64 MiB
	maxDictionaries = 16 << 30  // bytes of dictionaries in all, beyond what comes out of them
)

var errFormat = errors.New("not valid xz data")

// NewReader reads the header of the first stream. It fails if r does not begin with one.
func NewReader(r io.Reader) (*Reader, error) {
	x := &Reader{src: &countingByteReader{r: bufio.NewReaderSize(r, 1<<16)}}
	return x, x.begins()
}

// Read gives the content. It fails where the data are damaged, end early, or ask for more memory than the bounds allow.
func (x *Reader) Read(p []byte) (n int, err error) {
	if x.err != nil {
		return 0, x.err
	}
	defer func() { // the library's decoder sees hostile data
		if r := recover(); r != nil {
			n, err = 0, errFormat
		}
		x.err = err
	}()
	for len(p) > 0 {
		if x.block == nil {
			if err := x.next(); err != nil {
				return 0, err
			}
			continue
		}
		n, err := x.block.Read(p)
		x.size += int64(n)
		x.inflated += int64(n)
		if x.check != nil {
			x.check.Write(p[:n])
		}
		if err == io.EOF {
			err = x.endBlock()
		}
		if n > 0 || err != nil {
			return n, err
		}
	}
	return 0, nil
}

// next goes on to the next block, past the ends of streams; io.EOF is the end of the last.
func (x *Reader) next() error {
	x.begin = x.src.n
	size, err := x.src.ReadByte()
	if err != nil {
		return unexpected(err)
	}
	if size != 0 {
		return x.beginBlock(size)
	}
	if err := x.endStream(); err != nil {
		return err
	}
	for padding := 0; ; padding++ {
		c, err := x.src.ReadByte()
		switch {
		case err == io.EOF && padding%4 == 0:
			return io.EOF
		case err != nil:
			return unexpected(err)
		case c == 0:
			continue
		case padding%4 != 0:
			return errFormat
		}
		if err := x.src.UnreadByte(); err != nil {
			return err
		}
		return x.begins()
	}
}

// begins reads a stream's header.
func (x *Reader) begins() error {
	var head [12]byte
	if err := x.read(head[:]); err != nil {
		return err
	}
	if !bytes.Equal(head[:6], []byte("\xfd7zXZ\x00")) || crc32.ChecksumIEEE(head[6:8]) != binary.LittleEndian.Uint32(head[8:]) || head[6] != 0 || head[7] > 15 {
		return errFormat
	}
	x.flags = [2]byte(head[6:8])
	x.checkLen = [16]int{0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64}[head[7]]
	switch head[7] { // other checks are not verified, as in xz
	case 1:
		x.check = crc32.NewIEEE()
	case 4:
		x.check = crc64.New(crc64.MakeTable(crc64.ECMA))
	case 10:
		x.check = sha256.New()
	default:
		x.check = nil
	}
	x.blocks, x.index = 0, sha256.New()
	return nil
}

// blockHeader is what the header of a block declares; sizes are -1 where it does not.
type blockHeader struct {
	packed, plain int64
	dictionary    int64
}

func (x *Reader) beginBlock(size byte) error {
	head := make([]byte, (int(size)+1)*4)
	head[0] = size
	if err := x.read(head[1:]); err != nil {
		return err
	}
	end := len(head) - 4
	if crc32.ChecksumIEEE(head[:end]) != binary.LittleEndian.Uint32(head[end:]) {
		return errFormat
	}
	var err error
	if x.head, err = parseBlockHeader(head[1], bytes.NewReader(head[2:end])); err != nil {
		return err
	}
	x.dictionaries += x.head.dictionary
	switch {
	case x.head.dictionary > maxDictionary:
		return fmt.Errorf("the xz data need a dictionary of %s; the limit is %s", bytesize.Format(x.head.dictionary), bytesize.Format(maxDictionary))
	case x.dictionaries > maxDictionaries+4*x.inflated:
		return errors.New("too many xz blocks for what is in them")
	}
	if x.check != nil {
		x.check.Reset()
	}
	x.data, x.size = x.src.n, 0
	x.block, err = lzma.Reader2Config{DictCap: int(max(x.head.dictionary, lzma.MinDictCap))}.NewReader2(x.src)
	return err
}

func parseBlockHeader(flags byte, r *bytes.Reader) (h blockHeader, err error) {
	h.packed, h.plain = -1, -1
	number := func() int64 {
		v, e := binary.ReadUvarint(r)
		if e != nil || v > 1<<62 {
			err = errFormat
		}
		return int64(v)
	}
	if flags&0x40 != 0 {
		h.packed = number()
	}
	if flags&0x80 != 0 {
		h.plain = number()
	}
	filter, size := number(), number()
	bits, e := r.ReadByte()
	switch {
	case err != nil || flags&0x3c != 0:
		return h, errFormat
	case flags&3 != 0 || filter != 0x21:
		return h, errors.New("xz data with a filter for machine code are not read")
	case e != nil || size != 1 || bits > 40:
		return h, errFormat
	case bits == 40:
		h.dictionary = 1<<32 - 1
	default:
		h.dictionary = (2 | int64(bits&1)) << (bits/2 + 11)
	}
	return h, nil
}

func (x *Reader) endBlock() error {
	x.block = nil
	packed := x.src.n - x.data
	if x.head.packed >= 0 && x.head.packed != packed || x.head.plain >= 0 && x.head.plain != x.size {
		return errFormat
	}
	var tail [3 + 64]byte
	padding := int(-packed & 3)
	if err := x.read(tail[:padding+x.checkLen]); err != nil {
		return err
	}
	if tail[0]|tail[1]|tail[2] != 0 && padding == 3 || padding > 0 && tail[0] != 0 || padding > 1 && tail[1] != 0 {
		return errFormat
	}
	if x.check != nil {
		sum := x.check.Sum(nil)
		if x.checkLen < 32 { // CRCs are stored little endian
			for i, j := 0, len(sum)-1; i < j; i, j = i+1, j-1 {
				sum[i], sum[j] = sum[j], sum[i]
			}
		}
		if !bytes.Equal(sum, tail[padding:padding+x.checkLen]) {
			return errors.New("xz data with a wrong checksum")
		}
	}
	x.blocks++
	x.record(uint64(x.src.n-x.begin-int64(padding)), uint64(x.size))
	return nil
}

func (x *Reader) record(unpadded, size uint64) {
	x.index.Write(binary.LittleEndian.AppendUint64(binary.LittleEndian.AppendUint64(nil, unpadded), size))
}

// endStream reads the index after its first byte, and the footer.
func (x *Reader) endStream() error {
	sum := crc32.NewIEEE()
	sum.Write([]byte{0})
	x.src.sum = sum
	defer func() { x.src.sum = nil }()
	want := x.index.Sum(nil)
	count, err := binary.ReadUvarint(x.src)
	if err != nil {
		return unexpected(err)
	}
	if count != x.blocks {
		return errFormat
	}
	x.index.Reset()
	for range count {
		unpadded, err := binary.ReadUvarint(x.src)
		size, err2 := binary.ReadUvarint(x.src)
		if err := cmp.Or(err, err2); err != nil {
			return unexpected(err)
		}
		x.record(unpadded, size)
	}
	if !bytes.Equal(want, x.index.Sum(nil)) {
		return errFormat
	}
	for (x.src.n-x.begin)%4 != 0 {
		if c, err := x.src.ReadByte(); err != nil || c != 0 {
			return cmp.Or(unexpected(err), errFormat)
		}
	}
	indexed := sum.Sum32()
	x.src.sum = nil
	var tail [16]byte
	if err := x.read(tail[:]); err != nil {
		return err
	}
	length := x.src.n - x.begin - 12
	backward := (int64(binary.LittleEndian.Uint32(tail[8:12])) + 1) * 4
	if binary.LittleEndian.Uint32(tail[:4]) != indexed || crc32.ChecksumIEEE(tail[8:14]) != binary.LittleEndian.Uint32(tail[4:8]) ||
		backward != length || [2]byte(tail[12:14]) != x.flags || string(tail[14:]) != "YZ" {
		return errFormat
	}
	return nil
}

func (x *Reader) read(p []byte) error {
	_, err := io.ReadFull(x.src, p)
	return unexpected(err)
}

func unexpected(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// countingByteReader counts the bytes that are read, and adds them to sum if that is set.
type countingByteReader struct {
	r   *bufio.Reader
	n   int64
	sum hash.Hash
}

func (c *countingByteReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	if c.sum != nil {
		c.sum.Write(p[:n])
	}
	return n, err
}

func (c *countingByteReader) ReadByte() (byte, error) {
	b, err := c.r.ReadByte()
	if err == nil {
		c.n++
		if c.sum != nil {
			c.sum.Write([]byte{b})
		}
	}
	return b, err
}

func (c *countingByteReader) UnreadByte() error {
	c.n--
	return c.r.UnreadByte()
}
