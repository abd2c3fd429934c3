package dataset_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/countybudget/extract/internal/dataset/spool"
	"github.com/countybudget/extract/internal/output"
	"github.com/countybudget/extract/schema"
)

// Documents that come packed from another process give the same output as those that come as rows.
func TestPackedOutput(t *testing.T) {
	var packer output.Packer
	var unpacker output.Unpacker
	asRows, asPacked := filepath.Join(t.TempDir(), "rows"), filepath.Join(t.TempDir(), "packed")
	rows, packed := newWriter(t, asRows), newWriter(t, asPacked)
	for n := range 4 {
		d := disclosure(n, 30*n)
		if err := rows.Add(d); err != nil {
			t.Fatal(err)
		}
		p, err := unpacker.Unpack(travel(t, &packer, d), &d.Document)
		if err != nil {
			t.Fatal(err)
		}
		if err := packed.AddPacked(&d.Document, p); err != nil {
			t.Fatal(err)
		}
		if err := packed.AddPacked(&d.Document, p); err == nil || !strings.Contains(err.Error(), "already added") {
			t.Errorf("added twice: %v", err)
		}
	}
	for _, w := range []*output.Writer{rows, packed} {
		if err := w.Commit(); err != nil {
			t.Fatal(err)
		}
	}
	files := 0
	err := filepath.WalkDir(asRows, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		files++
		name, _ := filepath.Rel(asRows, path)
		want, _ := os.ReadFile(path)
		got, err := os.ReadFile(filepath.Join(asPacked, name))
		if err != nil || string(got) != string(want) {
			t.Errorf("%s differs: %v", name, err)
		}
		return nil
	})
	if err != nil || files < 12 {
		t.Errorf("%d files, %v", files, err)
	}
}

func newWriter(t *testing.T, out string) *output.Writer {
	w, err := output.NewWriter(out, output.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Abort() })
	return w
}

func travel(t *testing.T, packer *output.Packer, d *schema.Disclosure) []byte {
	p, err := packer.Pack(d)
	if err != nil {
		t.Fatal(err)
	}
	data, err := p.AppendBinary(nil)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// What a worker sends is not believed: rows of another document or year, values out of their lists, and noise are refused.
func TestUnpackRefuses(t *testing.T) {
	var packer output.Packer
	var unpacker output.Unpacker
	d := disclosure(1, 3)
	good := travel(t, &packer, d)
	refused := func(name string, data []byte, row schema.DocumentRow) {
		t.Helper()
		if _, err := unpacker.Unpack(data, &row); !errors.Is(err, spool.ErrPacked) {
			t.Errorf("%s: %v", name, err)
		}
	}
	other, later := d.Document, d.Document
	other.DocumentID = disclosure(2, 0).Document.DocumentID
	later.FiscalYear++
	refused("another document", good, other)
	refused("another year", good, later)
	for n := range good {
		refused("cut short", good[:n], d.Document)
	}
	refused("more after it", append(good[:len(good):len(good)], 0), d.Document)
	for i := range good { // must not panic, whatever is accepted
		bad := append([]byte(nil), good...)
		bad[i] ^= 0x55
		unpacker.Unpack(bad, &d.Document)
	}

	d.BudgetLines[0].Direction = "sideways"
	if _, err := packer.Pack(d); err == nil || !strings.Contains(err.Error(), "sideways") {
		t.Errorf("a value that is not one of the list: %v", err)
	}
	if again := travel(t, &packer, disclosure(1, 3)); len(again) != len(good) {
		t.Errorf("after a refusal a document is packed to %d bytes, before to %d", len(again), len(good))
	}
}
