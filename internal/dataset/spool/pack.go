package spool

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/countybudget/extract/schema"
)

// Rows are packed where they are made, which is in the worker processes: sorting, checking and compressing them is most of
// the work of writing a document, and it is done side by side there. The one process that writes the output only checks
// the blocks before it puts them into its spool.

// Partition is a dataset, by its place in the catalog, and a year.
type Partition struct {
	Dataset int
	Year    int32
}

// Packed is the rows of one document, all but its own row, in the form in which a spool keeps them.
type Packed struct {
	data    []byte // the compressed blocks, one after the other
	blocks  []packedBlock
	sidecar Sidecar
}

// Sidecar is what the document carries.
func (p *Packed) Sidecar() Sidecar { return p.sidecar }

type packedBlock struct {
	to   Partition
	size int
}

// Packer packs documents. It is for one goroutine.
type Packer struct {
	catalog *Catalog
	plain   []byte // scratch
	out     Packed
}

// NewPacker makes a packer for documents with rows in these datasets.
func NewPacker(c *Catalog) *Packer { return &Packer{catalog: c} }

// Pack packs the rows of a document with its sidecar; what it returns is valid until the next call. A row that violates the
// schema (an amount with fractions of a fen, an unlisted enum value, two rows with one key) is an error that names it.
func (p *Packer) Pack(d Document, s Sidecar) (*Packed, error) {
	p.begin()
	id, _, year := d.Head().Identity()
	for i := range p.catalog.datasets {
		if !p.catalog.holds(i) {
			continue
		}
		ds := p.catalog.Dataset(i)
		rows := d.Rows(ds.Name)
		if rows == nil {
			continue
		}
		if err := p.document(i, schema.NewRowSet(ds, rows), id, year); err != nil {
			return nil, err
		}
	}
	p.out.sidecar = s
	return &p.out, nil
}

func (p *Packer) begin() {
	p.out.data, p.out.blocks, p.out.sidecar = p.out.data[:0], p.out.blocks[:0], nil
}

// document packs the rows of a document in one dataset.
func (p *Packer) document(dataset int, rows schema.RowSet, id string, year int32) error {
	if rows.Len() == 0 {
		return nil
	}
	if err := rows.CheckDocument(id); err != nil {
		return err
	}
	order, err := rows.Sorted()
	if err != nil {
		return err
	}
	if !p.catalog.datasets[dataset].OwnYear {
		return p.block(Partition{dataset, year}, rows, order)
	}
	byYear := map[int32][]int{}
	for _, i := range order {
		byYear[rows.Year(i)] = append(byYear[rows.Year(i)], i)
	}
	for year, part := range byYear {
		if err := p.block(Partition{dataset, year}, rows, part); err != nil {
			return err
		}
	}
	return nil
}

// rows packs rows of one partition.
func (p *Packer) rows(to Partition, rows any) error {
	set := schema.NewRowSet(p.catalog.Dataset(to.Dataset), rows)
	if set.Len() == 0 {
		return nil
	}
	order, err := set.Sorted()
	if err != nil {
		return err
	}
	return p.block(to, set, order)
}

func (p *Packer) block(to Partition, rows schema.RowSet, order []int) error {
	ds := p.catalog.Dataset(to.Dataset)
	if err := schema.CheckYear(to.Year); err != nil {
		return fmt.Errorf("%s: %w", ds.Name, err)
	}
	plain, err := appendBlock(p.plain[:0], ds, rows, order)
	if err != nil {
		return err
	}
	p.plain = plain
	start := len(p.out.data)
	p.out.data = appendSealed(p.out.data, plain)
	p.out.blocks = append(p.out.blocks, packedBlock{to, len(p.out.data) - start})
	return nil
}

// AppendBinary appends the blocks in a form for Unpack: the sidecar after its length, the number of blocks, then dataset,
// year and size of each, then the blocks.
func (p *Packed) AppendBinary(b []byte) ([]byte, error) {
	b = append(binary.AppendUvarint(b, uint64(len(p.sidecar))), p.sidecar...)
	b = binary.AppendUvarint(b, uint64(len(p.blocks)))
	for _, block := range p.blocks {
		b = binary.AppendUvarint(b, uint64(block.to.Dataset))
		b = binary.AppendVarint(b, int64(block.to.Year))
		b = binary.AppendUvarint(b, uint64(block.size))
	}
	return append(b, p.data...), nil
}

// ErrPacked is data that is no packed document, or not of the document it is said to be.
var ErrPacked = errors.New("spool: what came is not a packed document")

// Unpacker reads what AppendBinary wrote in another process, and trusts nothing in it. It is for one goroutine.
type Unpacker struct {
	catalog *Catalog
	plain   []byte // scratch
}

// NewUnpacker makes an unpacker for documents with rows in these datasets.
func NewUnpacker(c *Catalog) *Unpacker { return &Unpacker{catalog: c} }

// Unpack reads the packed rows of the document with this row. Every block is checked to be rows that keep the schema, so
// that a faulty worker fails its own document and not the run. The result keeps data.
func (u *Unpacker) Unpack(data []byte, row Head) (*Packed, error) {
	r := BlockReader{b: data}
	p := &Packed{sidecar: r.bytes(r.Length())}
	if len(p.sidecar) > 0 && !json.Valid(p.sidecar) {
		return nil, ErrPacked
	}
	total := 0
	for n := r.Length(); n > 0 && !r.failed; n-- {
		ds, year, size := r.Length(), r.Int(), r.Length()
		if ds >= uint64(u.catalog.Len()) || year != int64(int32(year)) || size > uint64(len(data)) {
			return nil, ErrPacked
		}
		p.blocks = append(p.blocks, packedBlock{Partition{int(ds), int32(year)}, int(size)})
		total += int(size)
	}
	if r.failed || total != len(r.b) {
		return nil, ErrPacked
	}
	p.data = r.b
	id, _, year := row.Identity()
	for _, b := range p.blocks {
		if err := u.check(r.bytes(uint64(b.size)), b.to, id, year); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// check reads a block of a document through.
func (u *Unpacker) check(packed []byte, to Partition, id string, year int32) error {
	ds := u.catalog.Dataset(to.Dataset)
	if !u.catalog.holds(to.Dataset) || !schema.ValidYear(to.Year) || !ds.OwnYear && to.Year != year {
		return ErrPacked
	}
	plain, err := unseal(u.plain, packed)
	if err != nil {
		return errors.Join(ErrPacked, err)
	}
	u.plain = plain
	r, rows := OpenBlock(plain)
	document := ds.KeyColumns()[0]
	leaves := ds.Leaves()
	for i := range leaves {
		l := &leaves[i]
		for n := uint64(0); n < rows && !r.failed; n++ {
			r.checkValues(l, l.Column == document, id)
		}
	}
	if r.Close() != nil || rows == 0 {
		return ErrPacked
	}
	return nil
}

// checkValues reads the values of a leaf in one row and fails where they violate the schema. isID: it is the column of the
// document's id.
func (r *BlockReader) checkValues(l *schema.Leaf, isID bool, id string) {
	n := uint64(1)
	if l.List {
		n = r.Length()
	}
	for ; n > 0 && !r.failed; n-- {
		c := l.Value
		if c.Type != schema.TypeString {
			r.skipValue(c)
			continue
		}
		s, ok := r.Text(c)
		if !ok {
			continue
		}
		if c.Values != nil {
			ok = c.Allows(string(s))
		}
		if !ok || !utf8.Valid(s) || isID && string(s) != id {
			r.fail()
		}
	}
}

// skipValue reads a value that is no string.
func (r *BlockReader) skipValue(c *schema.Column) {
	if r.Null(c) {
		return
	}
	switch c.Type {
	case schema.TypeFloat32:
		r.Float()
	case schema.TypeBool:
		r.Bool()
	default:
		r.Int()
	}
}
