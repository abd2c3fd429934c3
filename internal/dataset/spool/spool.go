package spool

import (
	"errors"
	"fmt"
	"os"
	"reflect"
	"slices"

	"github.com/countybudget/extract/internal/dataset/layout"
)

// Ref finds a block in the file of a spool.
type Ref struct {
	Offset int64
	Size   uint32
	Doc    uint32 // the number of its document
	Base   bool   // in the spool of the output before
}

// Spool is the file where documents wait until the output is written, as compressed blocks, and the index of it. The index
// costs some hundred bytes a document; the rows are never in memory together. It is for one goroutine.
type Spool struct {
	catalog *Catalog
	file    *os.File
	base    *os.File // the spool of the output before; nil where there is none
	size    int64

	packer *Packer

	blocks map[Partition][]Ref

	pending []byte // compressed blocks that are not in the file yet
	refs    []pendingRef
}

type pendingRef struct {
	to  Partition
	ref Ref
}

// Create begins a spool, or goes on after the first size bytes of one.
func Create(c *Catalog, path string, size int64) (*Spool, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := file.Truncate(size); err != nil {
		file.Close()
		return nil, err
	}
	return &Spool{catalog: c, file: file, size: size, packer: NewPacker(c), blocks: map[Partition][]Ref{}}, nil
}

// Close closes the files.
func (s *Spool) Close() error {
	if s.base != nil {
		s.base.Close()
	}
	return s.file.Close()
}

// Sync makes what was flushed durable.
func (s *Spool) Sync() error { return s.file.Sync() }

// OpenBase opens the spool of the output before, whose blocks are used where they lie. ok is false if there is none.
func (s *Spool) OpenBase(path string) (ok bool, err error) {
	base, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	s.base = base
	return true, nil
}

// Take prepares the blocks of a packed document.
func (s *Spool) Take(p *Packed, doc uint32) {
	offset := s.size + int64(len(s.pending))
	s.pending = append(s.pending, p.data...)
	for _, b := range p.blocks {
		s.refs = append(s.refs, pendingRef{b.to, Ref{Offset: offset, Size: uint32(b.size), Doc: doc}})
		offset += int64(b.size)
	}
}

// TakeRows prepares rows of one partition.
func (s *Spool) TakeRows(to Partition, rows any, doc uint32) error {
	s.packer.begin()
	if err := s.packer.rows(to, rows); err != nil {
		return err
	}
	s.Take(&s.packer.out, doc)
	return nil
}

// TakeHead prepares a document's own row.
func (s *Spool) TakeHead(row Head, doc uint32) error {
	v := reflect.ValueOf(row).Elem()
	rows := reflect.MakeSlice(reflect.SliceOf(v.Type()), 1, 1)
	rows.Index(0).Set(v)
	_, _, year := row.Identity()
	return s.TakeRows(Partition{s.catalog.head, year}, rows.Interface(), doc)
}

// TakeBytes prepares bytes that are no rows; they lie where the result says once they are flushed.
func (s *Spool) TakeBytes(data []byte) Ref {
	ref := Ref{Offset: s.size + int64(len(s.pending)), Size: uint32(len(data))}
	s.pending = append(s.pending, data...)
	return ref
}

// Pending is the number of bytes that were prepared and are not in the file.
func (s *Spool) Pending() int { return len(s.pending) }

// journalBlocks lists the blocks that were prepared, the document's own row aside.
func (s *Spool) journalBlocks() []Block {
	var blocks []Block
	for _, r := range s.refs {
		if r.to.Dataset != s.catalog.head {
			blocks = append(blocks, Block{r.to, r.ref.Offset, r.ref.Size})
		}
	}
	return blocks
}

// Flush appends what was prepared to the file, and returns the blocks in it, the document's own row aside.
func (s *Spool) Flush() ([]Block, error) {
	n, err := s.file.WriteAt(s.pending, s.size)
	if err != nil {
		return nil, err
	}
	s.size += int64(n)
	blocks := s.journalBlocks()
	for _, r := range s.refs {
		s.blocks[r.to] = append(s.blocks[r.to], r.ref)
	}
	s.pending, s.refs = s.pending[:0], s.refs[:0]
	return blocks, nil
}

// Index adds blocks of an earlier run, which are in the file or in the spool of the output before.
func (s *Spool) Index(blocks []Block, doc uint32, base bool) {
	for _, b := range blocks {
		s.blocks[b.To] = append(s.blocks[b.To], Ref{Offset: b.Offset, Size: b.Size, Doc: doc, Base: base})
	}
}

// Blocks are the blocks of a partition. The caller may put them in order.
func (s *Spool) Blocks(to Partition) []Ref { return s.blocks[to] }

// Reader reads blocks of a spool to which nothing is added meanwhile. It is for one goroutine; a spool may have several.
type Reader struct {
	spool  *Spool
	plain  []byte // scratch
	packed []byte // scratch
}

// Reader begins to read.
func (s *Spool) Reader() *Reader { return &Reader{spool: s} }

// Read gives a block's content, which is valid until the next read.
func (r *Reader) Read(ref Ref) ([]byte, error) {
	packed, err := r.ReadPacked(ref)
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

// ReadPacked gives a block as it lies in the file, valid until the next read.
func (r *Reader) ReadPacked(ref Ref) ([]byte, error) {
	r.packed = slices.Grow(r.packed[:0], int(ref.Size))[:ref.Size]
	_, err := r.spool.fileOf(ref).ReadAt(r.packed, ref.Offset)
	return r.packed, err
}

func (s *Spool) fileOf(ref Ref) *os.File {
	if ref.Base {
		return s.base
	}
	return s.file
}

// Bytes is the size of a partition's blocks.
func (s *Spool) Bytes(to Partition) int64 {
	var n int64
	for _, b := range s.blocks[to] {
		n += int64(b.Size)
	}
	return n
}

// Years lists the partitions of a dataset in order. A dataset with partitions, none of them of a known year, has
// layout.AnchorYear too.
func (s *Spool) Years(dataset int) []int32 {
	if s.catalog.Dataset(dataset).PartitionColumn() == nil {
		return []int32{layout.UnknownYear}
	}
	var years []int32
	known := false
	for p := range s.blocks {
		if p.Dataset == dataset {
			years = append(years, p.Year)
			known = known || p.Year != layout.UnknownYear
		}
	}
	if !known {
		years = append(years, layout.AnchorYear)
	}
	slices.Sort(years)
	return years
}

// PlacedRef is a block with its partition.
type PlacedRef struct {
	To  Partition
	Ref Ref
}

// ByDocument lists the blocks of each of n documents, their own rows aside, in the order of the catalog and the years.
func (s *Spool) ByDocument(n int) [][]PlacedRef {
	all := make([][]PlacedRef, n)
	for i := range s.catalog.datasets {
		if !s.catalog.holds(i) {
			continue
		}
		for _, year := range s.Years(i) {
			to := Partition{i, year}
			for _, ref := range s.blocks[to] {
				all[ref.Doc] = append(all[ref.Doc], PlacedRef{to, ref})
			}
		}
	}
	return all
}
