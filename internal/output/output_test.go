package output

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/countybudget/extract/internal/dataset"
	"github.com/countybudget/extract/internal/dataset/spool"
	"github.com/countybudget/extract/normalize/lineage"
	"github.com/countybudget/extract/schema"
)

// disclosure is a document that is nothing but its own row.
func disclosure(digit, department string, year int32) *schema.Disclosure {
	return &schema.Disclosure{Document: schema.DocumentRow{
		DocumentID: strings.Repeat(digit, 64), FileName: digit + ".pdf", DepartmentName: department, FiscalYear: year,
		DocumentType: schema.Budget, EntityLevel: schema.Department, Status: schema.StatusOK,
	}}
}

// TestDerived: series and departments follow from documents that were added, came packed, or were taken over from an earlier
// run, with the aliases of the run; the manifest names the aliases.
func TestDerived(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	aliases := []lineage.Alias{{Name: "甲县农业局", Current: "甲县农业农村局"}}
	run := func(aliases []lineage.Alias, add func(*Writer) error) {
		t.Helper()
		w, err := NewWriter(out, Options{Resume: true, Aliases: aliases})
		if err == nil {
			err = w.Resume(func(k *Kept) bool { return k.Row.FileName != "" })
		}
		if err == nil {
			err = add(w)
		}
		if err == nil {
			err = w.Commit()
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	run(nil, func(w *Writer) error { return w.Add(disclosure("a", "甲县农业局", 2021)) })
	run(aliases, func(w *Writer) error {
		var packer Packer
		var unpacker Unpacker
		d := disclosure("b", "甲县农业农村局", 2022)
		p, err := packer.Pack(d)
		if err != nil {
			return err
		}
		data, err := p.AppendBinary(nil)
		if err != nil {
			return err
		}
		if p, err = unpacker.Unpack(data, &d.Document); err != nil {
			return err
		}
		return w.AddPacked(&d.Document, p)
	})
	departments, err := dataset.ReadRows[schema.DepartmentRow](out)
	if err != nil || len(departments) != 1 || departments[0].CurrentName != "甲县农业农村局" || len(departments[0].Names) != 2 {
		t.Errorf("%+v, %v", departments, err)
	}
	series, err := dataset.ReadRows[schema.SeriesRow](out)
	if err != nil || len(series) != 2 || series[0].DepartmentID != departments[0].DepartmentID || series[1].DepartmentID != departments[0].DepartmentID {
		t.Errorf("%+v, %v", series, err)
	}
	if m, err := dataset.ReadManifest(out); err != nil || m.Derivation != lineage.AliasesID(aliases) || m.Derivation == "" {
		t.Errorf("%+v, %v", m, err)
	}
}

// TestUnpackRefusesFacts: a worker whose facts are none costs its own document, not the output.
func TestUnpackRefusesFacts(t *testing.T) {
	d := disclosure("a", "甲县农业局", 2021)
	p, err := spool.NewPacker(catalog()).Pack(document{d}, dataset.Sidecar(`{"not": "facts"}`))
	if err != nil {
		t.Fatal(err)
	}
	data, err := p.AppendBinary(nil)
	if err != nil {
		t.Fatal(err)
	}
	var unpacker Unpacker
	if _, err := unpacker.Unpack(data, &d.Document); !errors.Is(err, spool.ErrPacked) {
		t.Errorf("error %v", err)
	}
}
