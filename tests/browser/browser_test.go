// Package browser tests the web pages in a real headless Chromium.
package browser

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// flags are those that Chromium needs as root and without a network.
var flags = map[string]any{
	"headless": true, "no-sandbox": true, "disable-gpu": true, "disable-quic": true, "no-first-run": true,
	"disable-background-networking": true, "disable-component-update": true, "disable-sync": true, "hide-scrollbars": true,
}

// browser is one Chromium with one page, and what it complained about.
type browser struct {
	context.Context
	t  *testing.T
	mu sync.Mutex

	complaints []string
}

func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip(`no Chromium here: "make deps-test" installs it`)
	return ""
}

func start(t *testing.T, width, height int64) *browser {
	t.Helper()
	options := []chromedp.ExecAllocatorOption{chromedp.ExecPath(chromium(t)), chromedp.UserDataDir(t.TempDir()), chromedp.WSURLReadTimeout(60 * time.Second)}
	for name, value := range flags {
		options = append(options, chromedp.Flag(name, value))
	}
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	b := &browser{Context: ctx, t: t}
	chromedp.ListenTarget(ctx, b.listen)
	b.do(log.Enable(), runtime.Enable(), emulation.SetDeviceMetricsOverride(width, height, 1, width < 600))
	return b
}

// listen keeps every error that the page or the browser reports.
func (b *browser) listen(event any) {
	complaint := ""
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		complaint = e.ExceptionDetails.Error()
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.APITypeError || e.Type == runtime.APITypeWarning {
			complaint = fmt.Sprintf("console.%s: %v", e.Type, spoken(e.Args))
		}
	case *log.EventEntryAdded:
		if e.Entry.Level == log.LevelError {
			complaint = e.Entry.Text + " " + e.Entry.URL
		}
	}
	if complaint != "" {
		b.mu.Lock()
		b.complaints = append(b.complaints, complaint)
		b.mu.Unlock()
	}
}

func (b *browser) do(actions ...chromedp.Action) {
	b.t.Helper()
	if err := chromedp.Run(b, actions...); err != nil {
		b.t.Fatal(err)
	}
}

// open loads a file and waits for its script.
func (b *browser) open(path string) {
	b.t.Helper()
	b.do(chromedp.Navigate("file://"+filepath.ToSlash(path)), chromedp.WaitReady("html[data-ready=true]"))
}

// eval is the value of an expression on the page.
func eval[T any](b *browser, expression string) T {
	b.t.Helper()
	var v T
	if err := chromedp.Run(b, chromedp.Evaluate(expression, &v)); err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return v
}

func (b *browser) want(expression, want string) {
	b.t.Helper()
	if got := eval[string](b, "String("+expression+")"); got != want {
		b.t.Errorf("%s: %q, want %q", expression, got, want)
	}
}

func (b *browser) quiet(where string) {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, c := range b.complaints {
		b.t.Errorf("%s: %s", where, c)
	}
	b.complaints = nil
}

// shoot keeps a screenshot where SCREENSHOTS says.
func (b *browser) shoot(name string) {
	b.t.Helper()
	var picture []byte
	b.do(chromedp.CaptureScreenshot(&picture))
	if len(picture) < 5000 {
		b.t.Errorf("%s: the picture is all but empty", name)
	}
	if dir := os.Getenv("SCREENSHOTS"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, name+".png"), picture, 0o666); err != nil {
			b.t.Fatal(err)
		}
	}
}

// program builds the program once for all tests.
var program = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "extract-browser-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "extract")
	if out, err := exec.Command("go", "build", "-o", path, "../../cmd/extract").CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return path, nil
})

func TestMain(m *testing.M) {
	code := m.Run()
	if path, err := program(); err == nil {
		os.RemoveAll(filepath.Dir(path))
	}
	os.Exit(code)
}

func extract(t *testing.T, args ...string) {
	t.Helper()
	path, err := program()
	if err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(path, args...).CombinedOutput(); err != nil {
		t.Fatalf("extract %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// samples are converted once for a test: OUT, or that which REPORT_OUT names.
func samples(t *testing.T) string {
	t.Helper()
	if out := os.Getenv("REPORT_OUT"); out != "" {
		return out
	}
	out := filepath.Join(t.TempDir(), "out")
	extract(t, "convert", "--quiet", "-o", out, "../../samples/budget.pdf", "../../samples/accounts_watermark.pdf")
	return out
}

func spoken(args []*runtime.RemoteObject) string {
	var b strings.Builder
	for _, a := range args {
		b.Write(a.Value)
		b.WriteString(a.Description + " ")
	}
	return b.String()
}
