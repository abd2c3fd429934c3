package browser

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

func TestReport(t *testing.T) {
	chromium(t)
	out, site := samples(t), filepath.Join(t.TempDir(), "site")
	args := []string{"report", out, "-o", site}
	if aliases := os.Getenv("REPORT_ALIASES"); aliases != "" {
		args = append(args, "--aliases", aliases)
	}
	extract(t, args...)
	b := start(t, 1280, 1000)
	b.do(emulation.SetLocaleOverride().WithLocale("zh-CN"))

	b.open(filepath.Join(site, "index.html"))
	b.do(chromedp.Evaluate("localStorage.clear(); localStorage.setItem('extract.language', 'zh')", nil), chromedp.Reload(), chromedp.WaitReady("html[data-ready=true]"))
	b.want("document.querySelector('h1 .zh').checkVisibility()", "true")
	b.shoot("report-index")
	b.quiet("index")

	t.Run("search", func(t *testing.T) {
		b.do(chromedp.SendKeys("#search", "水利"), chromedp.WaitVisible("#found li[role=option]"))
		found := eval[string](b, "document.querySelector('#found li').textContent")
		if !strings.Contains(found, "水利局") {
			t.Errorf("found %q", found)
		}
		b.do(chromedp.SendKeys("#search", kb.ArrowDown+kb.Enter), chromedp.WaitReady("html[data-ready=true] .charts"))
		b.want("document.querySelector('h1').textContent.includes('水利局')", "true")
	})

	t.Run("charts", func(t *testing.T) {
		drawn := eval[int](b, "document.querySelectorAll('.chart svg path').length")
		if charts := eval[int](b, "document.querySelectorAll('.chart svg').length"); charts == 0 || drawn < 3*charts {
			t.Errorf("%d charts with %d paths", charts, drawn)
		}
		b.want("[...document.querySelectorAll('.chart')].every(c => c.querySelector('svg') || c.classList.contains('empty'))", "true")
		b.shoot("report-department")
		b.quiet("department")
	})

	t.Run("doubtful figures", func(t *testing.T) {
		drawn := eval[string](b, `(() => {
			const d = site.department;
			d.years = [2024, 2025];
			for (const s of d.measures) s.points = {approved: [{y: '40000'}, {y: '4000000', m: 'bad'}], executed: [null, null]};
			document.querySelector('#language').click(); document.querySelector('#language').click();
			return [...document.querySelectorAll('[data-chart=lines] svg, [data-chart=stack][data-phase=approved] svg')].map(e => e.outerHTML).join('\n');
		})()`)
		charts := strings.Split(drawn, "\n")
		if len(charts) < 4 {
			t.Errorf("%d charts", len(charts))
		}
		for _, chart := range charts {
			if !strings.Contains(chart, "✕ ") || !strings.Contains(chart, " ↑") {
				t.Errorf("what is cut off is not named: %.300s", chart)
			}
		}
		if !strings.Contains(drawn, `fill-opacity="0.3"`) {
			t.Error("a contradicted bar is drawn in full colour")
		}
		b.do(chromedp.Reload(), chromedp.WaitReady("html[data-ready=true] .charts"))
		b.quiet("doubtful figures")
	})

	t.Run("language and theme", func(t *testing.T) {
		before := eval[string](b, "getComputedStyle(document.body).backgroundColor")
		b.do(chromedp.Click("#language"), chromedp.Click("#theme"))
		b.want("document.documentElement.lang", "en")
		b.want("document.querySelector('figcaption h2 .en').checkVisibility()", "true")
		b.want("document.querySelector('.chart svg').textContent.includes('Budget (approved)') || document.querySelector('.chart svg').textContent.includes('Accounts (executed)')", "true")
		b.want("getComputedStyle(document.body).backgroundColor !== '"+before+"'", "true")
		b.shoot("report-department-dark-en")
		b.open(filepath.Join(site, "changes.html"))
		b.want("document.documentElement.lang + ' ' + document.documentElement.dataset.theme", "en dark") // remembered
		b.do(chromedp.Click("#language"), chromedp.Click("#theme"))
		b.shoot("report-changes")
		b.quiet("changes")
	})

	t.Run("sort and download", func(t *testing.T) {
		b.open(filepath.Join(site, "index.html"))
		b.do(chromedp.Focus("#quality-table thead th:nth-child(6) button"), chromedp.KeyEvent(kb.Enter))
		b.want("document.querySelector('#quality-table th[aria-sort]').getAttribute('aria-sort')", "descending")
		b.want(`(() => { const n = [...document.querySelectorAll('#quality-table tbody tr')].map(r => +r.cells[5].textContent.replace(/,/g, '')); return n.every((x, i) => !i || n[i - 1] >= x); })()`, "true")
		csv := eval[string](b, `(() => { let text; const make = URL.createObjectURL; Blob = class { constructor(parts) { text = parts.join(''); } }; URL.createObjectURL = () => '#'; document.querySelector('button.csv').click(); URL.createObjectURL = make; return text; })()`)
		if !strings.HasPrefix(csv, "\ufeff部门,") || strings.Count(csv, "\r\n") < 2 {
			t.Errorf("CSV: %q", csv)
		}
		if n := eval[int](b, `(() => { let text; const make = URL.createObjectURL, Old = Blob; Blob = class { constructor(parts) { text = parts.join(''); } }; URL.createObjectURL = () => '#'; const cell = document.querySelector('#quality-table td'); cell.textContent = '=HYPERLINK("x","y")'; document.querySelector('button[data-table=quality-table]').click(); URL.createObjectURL = make; Blob = Old; return text.split('"\'=HYPERLINK(""x"",""y"")"').length - 1; })()`); n != 1 {
			t.Errorf("a formula goes into the CSV as one (%d escaped)", n)
		}
		b.open(filepath.Join(site, "checks.html"))
		b.shoot("report-checks")
		b.quiet("checks")
	})

	t.Run("phone", func(t *testing.T) {
		b.do(emulation.SetDeviceMetricsOverride(390, 844, 1, true))
		for _, page := range []string{"index.html", "changes.html", "checks.html", "departments/" + firstPage(t, site)} {
			b.open(filepath.Join(site, page))
			if wide := eval[int](b, "document.documentElement.scrollWidth"); wide > 390 {
				t.Errorf("%s is %d pixels wide on a phone", page, wide)
			}
		}
		b.shoot("report-phone")
		b.quiet("phone")
	})
}

func firstPage(t *testing.T, site string) string {
	t.Helper()
	pages, err := os.ReadDir(filepath.Join(site, "departments"))
	if err != nil || len(pages) == 0 {
		t.Fatal("no department pages", err)
	}
	return pages[0].Name()
}
