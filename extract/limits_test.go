package extract

import (
	"context"
	"os"
	"testing"
	"time"
)

// A limit of time or of pages lists the pages that it leaves out, so that nobody takes the rest for the whole.
func TestPagesNotReached(t *testing.T) {
	data, err := os.ReadFile("../samples/budget.pdf")
	if err != nil {
		t.Fatal(err)
	}
	whole, err := Extract(context.Background(), data, Options{OCR: OCRNever})
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		opt  Options
		read int
	}{
		"pages": {Options{OCR: OCRNever, ReadPages: 2}, 2},
		"time":  {Options{OCR: OCRNever, Deadline: time.Now().Add(-time.Second)}, 0},
	} {
		calls := 0
		c.opt.EngineCall = func() func() { calls++; return func() {} }
		d, err := Extract(context.Background(), data, c.opt)
		if err != nil {
			t.Fatal(err)
		}
		unread := 0
		for _, p := range d.Pages {
			if p.Err == errNotReached {
				unread++
			}
		}
		if len(d.Pages) != len(whole.Pages) || len(d.Pages)-unread != c.read || calls != c.read {
			t.Errorf("%s: %d pages, %d unread, %d calls", name, len(d.Pages), unread, calls)
		}
	}
}
