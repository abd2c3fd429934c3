package browser

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

func TestReview(t *testing.T) {
	chromium(t)
	dir := t.TempDir()
	page := filepath.Join(dir, "review.html")
	input := "../../samples/budget.pdf"
	if file := os.Getenv("REVIEW_FILE"); file != "" {
		input = file
	}
	extract(t, "review", input, "-o", page, "--quiet")
	b := start(t, 1440, 900)
	b.open(page)
	b.do(chromedp.Evaluate("localStorage.clear(); localStorage.setItem('extract.language', 'zh')", nil), chromedp.Reload(), chromedp.WaitReady("html[data-ready=true] #tables"))

	t.Run("a figure shows its place", func(t *testing.T) {
		b.do(chromedp.Click("#pages button:nth-child(6)"), chromedp.WaitVisible("#tables td.number button"), chromedp.Click("#tables tr:nth-child(4) td.number button"))
		b.want("document.querySelectorAll('#sheet rect.shown').length", "1")
		b.want("document.querySelector('#sheet rect.shown').dataset.line === document.querySelector('#tables button.shown').dataset.line", "true")
		b.want("!!document.querySelector('#detail .amount') && document.querySelectorAll('#detail .checks li').length > 0", "true")
		b.want("document.querySelector('#sheet image').getBoundingClientRect().width > 300", "true")
		b.shoot("review")
		b.do(chromedp.Evaluate("document.querySelectorAll('#sheet rect.figure')[1].dispatchEvent(new MouseEvent('click', {bubbles: true}))", nil))
		b.want("document.querySelector('#tables button.shown').dataset.line === document.querySelector('#sheet rect.shown').dataset.line", "true")
		b.quiet("figure")
	})

	t.Run("filters", func(t *testing.T) {
		b.do(chromedp.Click("#filters button[data-filter=unchecked]"))
		n := eval[int](b, "app.matching('unchecked').length")
		if n > 0 {
			b.want("document.querySelectorAll('#list li').length", eval[string](b, "String(Math.min(500, app.matching('unchecked').length))"))
			b.want("app.doc().lines[app.state.line].verification", "unchecked")
		}
		b.do(chromedp.Click("#filters button[data-filter=all]"))
		b.quiet("filters")
	})

	t.Run("a correction is applied", func(t *testing.T) {
		b.do(chromedp.Click("#pages button:nth-child(6)"), chromedp.Click("#tables tr:nth-child(4) td.number button"), chromedp.WaitVisible("#detail form"),
			chromedp.SendKeys("#detail input[name=new]", "999.99"), chromedp.SendKeys("#detail input[name=note]", "=a note"), chromedp.Click("#detail form button"))
		csv := eval[string](b, "app.csv()")
		if !strings.Contains(csv, ",999.99,'=a note") {
			t.Errorf("corrections.csv: %q", csv)
		}
		b.shoot("review-correction")
		if os.Getenv("REVIEW_FILE") != "" {
			return
		}
		file := filepath.Join(dir, "corrections.csv")
		if err := os.WriteFile(file, []byte(csv), 0o600); err != nil {
			t.Fatal(err)
		}
		extract(t, "convert", "--quiet", "-o", filepath.Join(dir, "fixed"), "--corrections", file, input)
		again := filepath.Join(dir, "again.html")
		extract(t, "review", filepath.Join(dir, "fixed"), "-o", again, "--quiet")
		b.open(again)
		b.want("app.doc().notes.filter(n => n.code === 'corrected' && n.message.includes('=a note')).length", "1")
		b.want("app.doc().lines.filter(l => l.amount === '9999900' && l.verification === 'contradicted').length", "1")
		b.quiet("corrected")
	})

	t.Run("language, theme, phone", func(t *testing.T) {
		b.do(chromedp.Click("#language"))
		b.want("document.documentElement.lang", "en")
		b.do(chromedp.Click("#theme"))
		b.do(emulation.SetDeviceMetricsOverride(390, 844, 1, true))
		b.open(page)
		if wide := eval[int](b, "document.documentElement.scrollWidth"); wide > 390 {
			t.Errorf("%d pixels wide on a phone", wide)
		}
		b.shoot("review-phone")
		b.quiet("phone")
	})
}
