package schema

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"
)

// Rows are packed where they are made, which is in the worker processes: sorting, checking and compressing them is most of
// the work of writing a document, and it is done side by side there. The one process that writes the output only has to
// look the blocks over before it puts them into its spool.

// Packed is the rows of one document, all but its row in documents, in the form in which a Writer keeps them until Commit.
type Packed struct {
	data    []byte // the compressed blocks, one after the other
	blocks  []packedBlock
	figures []statedFigure // what the datasets made from all documents need of the rows
}

type packedBlock struct {
	to   partition
	size int
}

// Packer packs documents. It is for one goroutine; its zero value is ready.
type Packer struct {
	plain []byte // scratch
	out   Packed
}

// Pack packs the rows of a document; what it returns is valid until the next call. A row that breaks the contract (an amount
// with fractions of a fen, an unlisted enum value, two rows with one key) is an error that names it.
func (p *Packer) Pack(d *Disclosure) (*Packed, error) {
	p.begin()
	for _, ds := range catalog() {
		if ds.rows == nil || ds.name == DatasetDocuments {
			continue
		}
		if err := p.document(newRowSet(ds, ds.rows(d)), d); err != nil {
			return nil, err
		}
	}
	p.out.figures = statedFigures(&d.Document, d.BudgetLines)
	return &p.out, nil
}

func (p *Packer) begin() {
	p.out.data, p.out.blocks, p.out.figures = p.out.data[:0], p.out.blocks[:0], nil
}

// document packs the rows of a document in one dataset.
func (p *Packer) document(rows rowSet, d *Disclosure) error {
	if rows.len() == 0 {
		return nil
	}
	if err := rows.checkDocument(d.Document.DocumentID); err != nil {
		return err
	}
	order, err := rows.sorted()
	if err != nil {
		return err
	}
	if !rows.ds.ownYear {
		return p.block(rows, order, d.Document.FiscalYear)
	}
	byYear := map[int32][]int{}
	for _, i := range order {
		year := int32(rows.v.Index(i).Field(rows.ds.partition.field).Int())
		byYear[year] = append(byYear[year], i)
	}
	for year, part := range byYear {
		if err := p.block(rows, part, year); err != nil {
			return err
		}
	}
	return nil
}

// rows packs rows of one dataset and one year.
func (p *Packer) rows(dataset string, rows any, year int32) error {
	ds, _ := datasetNamed(dataset)
	set := newRowSet(ds, rows)
	if set.len() == 0 {
		return nil
	}
	order, err := set.sorted()
	if err != nil {
		return err
	}
	return p.block(set, order, year)
}

func (p *Packer) block(rows rowSet, order []int, year int32) error {
	if !validYear(year) {
		return fmt.Errorf("%s: the fiscal year %d is not between %d and %d; unknown is 0", rows.ds.name, year, firstYear, lastYear)
	}
	plain, err := rows.appendBlock(p.plain[:0], order)
	if err != nil {
		return err
	}
	p.plain = plain
	start := len(p.out.data)
	p.out.data = appendSealed(p.out.data, plain)
	p.out.blocks = append(p.out.blocks, packedBlock{partition{rows.ds, year}, len(p.out.data) - start})
	return nil
}

func validYear(year int32) bool { return year == unknownYear || year >= firstYear && year <= lastYear }

// AppendBinary appends the blocks in a form for Unpack: the figures as JSON after its length, the number of blocks, then
// dataset, year and size of each, then the blocks.
func (p *Packed) AppendBinary(b []byte) ([]byte, error) {
	figures, err := json.Marshal(p.figures)
	if err != nil {
		return b, err
	}
	b = append(binary.AppendUvarint(b, uint64(len(figures))), figures...)
	b = binary.AppendUvarint(b, uint64(len(p.blocks)))
	for _, block := range p.blocks {
		b = binary.AppendUvarint(b, uint64(datasetIndex(block.to.ds)))
		b = binary.AppendVarint(b, int64(block.to.year))
		b = binary.AppendUvarint(b, uint64(block.size))
	}
	return append(b, p.data...), nil
}

// ErrPacked is data that is no packed document, or not of the document it is said to be.
var ErrPacked = errors.New("schema: what came is not a packed document")

// Unpacker reads what AppendBinary wrote in another process, and believes nothing of it. It is for one goroutine; its zero
// value is ready.
type Unpacker struct {
	plain []byte // scratch
}

// Unpack reads the packed rows of the document with this row. Every block is checked to be rows that keep the contract, so
// that a worker gone wrong costs its own document and not the output. The result keeps data.
func (u *Unpacker) Unpack(data []byte, row *DocumentRow) (*Packed, error) {
	r := blockReader{b: data}
	p := &Packed{}
	if json.Unmarshal(r.bytes(r.uvarint()), &p.figures) != nil {
		return nil, ErrPacked
	}
	total := 0
	for n := r.uvarint(); n > 0 && !r.failed; n-- {
		ds, year, size := r.uvarint(), r.varint(), r.uvarint()
		if ds >= uint64(len(catalog())) || year != int64(int32(year)) || size > uint64(len(data)) {
			return nil, ErrPacked
		}
		p.blocks = append(p.blocks, packedBlock{partition{catalog()[ds], int32(year)}, int(size)})
		total += int(size)
	}
	if r.failed || total != len(r.b) {
		return nil, ErrPacked
	}
	p.data = r.b
	for _, b := range p.blocks {
		if err := u.check(r.bytes(uint64(b.size)), b.to, row); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// check reads a block through.
func (u *Unpacker) check(packed []byte, to partition, row *DocumentRow) error {
	if to.ds.rows == nil || to.ds.name == DatasetDocuments || !validYear(to.year) || !to.ds.ownYear && to.year != row.FiscalYear {
		return ErrPacked
	}
	plain, err := unseal(u.plain, packed)
	if err != nil {
		return errors.Join(ErrPacked, err)
	}
	u.plain = plain
	r := blockReader{b: plain}
	rows := r.uvarint()
	for i := range to.ds.leaves {
		l := &to.ds.leaves[i]
		for n := uint64(0); n < rows && !r.failed; n++ {
			r.checkValues(l, row.DocumentID)
		}
	}
	if r.failed || len(r.b) != 0 || rows == 0 {
		return ErrPacked
	}
	return nil
}

// checkValues reads the values of a leaf in one row and fails where they break the contract.
func (r *blockReader) checkValues(l *leaf, id string) {
	n := uint64(1)
	if l.list {
		n = r.uvarint()
	}
	for ; n > 0 && !r.failed; n-- {
		c := l.value
		if c.kind != kindString {
			r.value(c)
			continue
		}
		s, ok := r.text(c)
		if !ok {
			continue
		}
		if c.allowed != nil {
			_, ok = c.allowed[string(s)]
		}
		if !ok || !utf8.Valid(s) || l.col.key && c.name == documentIDColumn && string(s) != id {
			r.failed, r.b = true, nil
		}
	}
}
