package schema

import (
	"fmt"
	"os"
	"slices"
)

// partition is where a block goes.
type partition struct {
	ds   *dataset
	year int32
}

const (
	// unknownYear is the partition of rows without a year.
	unknownYear = 0
	// anchorYear is the partition of the empty file that a dataset without any row of a known year gets, under the
	// value 0. It keeps every reader going: one that lists files finds one, and one that infers the type of the
	// partition column (as pyarrow does) finds an integer.
	anchorYear = -1

	firstYear, lastYear = 1949, 2999
)

// blockRef finds a block in the spool file.
type blockRef struct {
	offset int64
	size   uint32
	doc    uint32
	base   bool // in the spool of the output before
}

// spool is the file where documents wait for Commit, as compressed blocks, and the index of it. The index costs some
// hundred bytes a document; the rows are never in memory together.
type spool struct {
	file *os.File
	base *os.File // the spool of the output before; nil where there is none
	size int64

	packer Packer

	blocks map[partition][]blockRef

	pending []byte // compressed blocks that are not in the file yet
	refs    []pendingRef
}

type pendingRef struct {
	to  partition
	ref blockRef
}

// newSpool begins a spool, or goes on after the first size bytes of one.
func newSpool(path string, size int64) (*spool, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := file.Truncate(size); err != nil {
		file.Close()
		return nil, err
	}
	return &spool{file: file, size: size, blocks: map[partition][]blockRef{}}, nil
}

func (s *spool) close() error {
	if s.base != nil {
		s.base.Close()
	}
	return s.file.Close()
}

// take prepares the blocks of a packed document.
func (s *spool) take(p *Packed, doc uint32) {
	offset := s.size + int64(len(s.pending))
	s.pending = append(s.pending, p.data...)
	for _, b := range p.blocks {
		s.refs = append(s.refs, pendingRef{b.to, blockRef{offset: offset, size: uint32(b.size), doc: doc}})
		offset += int64(b.size)
	}
}

// encodeRows prepares rows of one dataset and one year.
func (s *spool) encodeRows(dataset string, rows any, doc uint32, year int32) error {
	s.packer.begin()
	if err := s.packer.rows(dataset, rows, year); err != nil {
		return err
	}
	s.take(&s.packer.out, doc)
	return nil
}

// flush appends what was prepared to the file.
func (s *spool) flush() error {
	n, err := s.file.WriteAt(s.pending, s.size)
	if err != nil {
		return err
	}
	s.size += int64(n)
	for _, r := range s.refs {
		s.blocks[r.to] = append(s.blocks[r.to], r.ref)
	}
	s.pending, s.refs = s.pending[:0], s.refs[:0]
	return nil
}

// spoolReader reads blocks of a spool that is complete. It is for one goroutine; a spool may have several.
type spoolReader struct {
	spool  *spool
	plain  []byte // scratch
	packed []byte // scratch
}

func (s *spool) reader() *spoolReader { return &spoolReader{spool: s} }

// read gives a block's content, which is valid until the next read.
func (r *spoolReader) read(ref blockRef) ([]byte, error) {
	packed, err := r.readPacked(ref)
	if err != nil {
		return nil, err
	}
	plain, err := unseal(r.plain, packed)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", r.spool.fileOf(ref).Name(), err)
	}
	r.plain = plain
	return plain, nil
}

// readPacked gives a block as it lies in the file, valid until the next read.
func (r *spoolReader) readPacked(ref blockRef) ([]byte, error) {
	r.packed = slices.Grow(r.packed[:0], int(ref.size))[:ref.size]
	_, err := r.spool.fileOf(ref).ReadAt(r.packed, ref.offset)
	return r.packed, err
}

func (s *spool) fileOf(ref blockRef) *os.File {
	if ref.base {
		return s.base
	}
	return s.file
}

// bytes is the size of a partition's blocks.
func (s *spool) bytes(to partition) int64 {
	var n int64
	for _, b := range s.blocks[to] {
		n += int64(b.size)
	}
	return n
}

// appendPlain prepares bytes that are no rows; they lie where the result says once they are flushed.
func (s *spool) appendPlain(data []byte) blockRef {
	ref := blockRef{offset: s.size + int64(len(s.pending)), size: uint32(len(data))}
	s.pending = append(s.pending, data...)
	return ref
}

// years lists the partitions of a dataset in order.
func (s *spool) years(ds *dataset) []int32 {
	var years []int32
	known := ds.partition == nil
	for p := range s.blocks {
		if p.ds == ds {
			years = append(years, p.year)
			known = known || p.year != unknownYear
		}
	}
	switch {
	case ds.partition == nil:
		return []int32{unknownYear}
	case !known:
		years = append(years, anchorYear)
	}
	slices.Sort(years)
	return years
}
