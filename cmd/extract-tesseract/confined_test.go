package main

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"testing"

	"github.com/countybudget/extract/extract/ocr/gosseract"
	"github.com/countybudget/extract/extract/ocr/ocrtest"
	"github.com/countybudget/extract/extract/ocr/remote"
)

// The test binary is the program where serveVar is set.
const serveVar = "EXTRACT_TEST_SERVE"

func TestMain(m *testing.M) {
	if os.Getenv(serveVar) != "" {
		os.Exit(run(context.Background(), nil, os.Stdin, os.Stdout, os.Stderr, gosseract.Load, confined))
	}
	os.Exit(m.Run())
}

// The program, in its sandbox, keeps the contract of engines.
func TestConfinedProgramConforms(t *testing.T) {
	if _, err := gosseract.Load(""); err != nil {
		t.Skipf("no models here: %v", err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), self)
	c.Env = append(os.Environ(), serveVar+"=1", "OMP_THREAD_LIMIT=1")
	c.Stderr = os.Stderr
	stdin, err := c.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	link := remote.NewLink(func(m remote.Message) error { return m.Write(stdin) })
	ctx, ended := context.WithCancel(t.Context())
	go func() {
		defer ended()
		for r := bufio.NewReader(stdout); ; {
			m, err := remote.Read(r)
			if err != nil {
				return
			}
			link.Deliver(m)
		}
	}()
	e, err := remote.Open(ctx, link.Ask)
	if err != nil {
		t.Fatal(err)
	}
	ocrtest.Conform(t, e)
	stdin.Close()
	<-ctx.Done()
	if err := c.Wait(); err != nil {
		t.Errorf("when its input ends: %v", err)
	}
}
