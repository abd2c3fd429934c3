package main

import (
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/countybudget/extract/internal/batch"
)

// serveMetrics answers GET /metrics in the text format of Prometheus until close is called. With an empty address it does
// nothing.
func serveMetrics(address string, c *batch.Counters, total int) (close func(), err error) {
	if address == "" {
		return func() {}, nil
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("--metrics: %w", err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; version=0.0.4")
		for _, m := range []struct {
			name, kind, help string
			value            int64
		}{
			{"extract_documents_planned", "gauge", "Documents that this run converts.", int64(total)},
			{"extract_documents_total", "counter", "Documents done, failed ones included.", c.Documents.Load()},
			{"extract_documents_failed_total", "counter", "Documents that failed.", c.Failed.Load()},
			{"extract_pages_total", "counter", "Pages read.", c.Pages.Load()},
			{"extract_ocr_pages_total", "counter", "Pages of finished documents read by text recognition.", c.OCRPages.Load()},
		} {
			fmt.Fprintf(w, "# HELP %s %s\n# TYPE %s %s\n%s %d\n", m.name, m.help, m.name, m.kind, m.name, m.value)
		}
	})
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	go server.Serve(listener)
	return func() { server.Close() }, nil
}
