package main

import (
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/countybudget/extract/internal/batch"
)

func counted() *batch.Counters {
	c := &batch.Counters{}
	c.Documents.Store(20)
	c.Failed.Store(1)
	c.Pages.Store(300)
	c.OCRPages.Store(7)
	return c
}

func TestProgressLine(t *testing.T) {
	got := progressLine(counted(), 80, time.Minute)
	if want := "20 of 80 documents, 1 failed, 300 pages, 5 pages/s, 7 by text recognition, about 3m0s left"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestMetrics(t *testing.T) {
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := free.Addr().String()
	free.Close()
	stop, err := serveMetrics(address, counted(), 80)
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	answer, err := http.Get("http://" + address + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"extract_documents_planned 80", "extract_documents_total 20", "extract_ocr_pages_total 7", "# TYPE extract_pages_total counter"} {
		if !strings.Contains(string(text), line+"\n") {
			t.Errorf("no line %s in %s", line, text)
		}
	}
}
