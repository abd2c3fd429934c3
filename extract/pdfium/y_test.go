package pdfium

import (
	"encoding/json"
	"github.com/countybudget/extract/extract/model"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestDump(t *testing.T) {
	e := New(Options{})
	fs, _ := filepath.Glob("/work/shared/corpus/*/*.pdf")
	for _, f := range fs {
		if filepath.Base(filepath.Dir(f)) == "trend" || filepath.Base(filepath.Dir(f)) == "broken" || strings.Contains(f, "scan") {
			continue
		}
		data, _ := os.ReadFile(f)
		d, err := e.Open(data, "")
		if err != nil {
			continue
		}
		var ps []*model.Page
		for n := 1; n <= d.NumPages(); n++ {
			p := d.Page(n)
			p.Err = nil
			ps = append(ps, p)
		}
		b, err := json.Marshal(ps)
		if err != nil {
			t.Fatal(err)
		}
		os.WriteFile("/tmp/px/"+filepath.Base(f)+".json", b, 0o644)
		d.Close()
	}
}
