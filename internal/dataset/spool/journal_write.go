package spool

import (
	"bytes"
	"os"
	"time"
)

const (
	journalBatch    = 64              // documents at most that wait for the disk
	journalInterval = 2 * time.Second // and how long, while documents come
)

// JournalWriter appends to a journal in batches: making each document durable would cost more than converting it.
type JournalWriter struct {
	file    *os.File
	size    int64
	waiting bytes.Buffer
	count   int // documents in waiting
	synced  time.Time
	listed  bool // it lists at least one document
}

// OpenJournal goes on after the first length bytes of a journal; 0 begins it. listed: they list at least one document.
func OpenJournal(c *Catalog, path string, length int64, listed bool) (*JournalWriter, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	j := &JournalWriter{file: f, size: length, synced: time.Now(), listed: listed}
	if err := f.Truncate(length); err != nil {
		f.Close()
		return nil, err
	}
	if length == 0 {
		line, err := c.HeaderLine()
		if err != nil {
			f.Close()
			return nil, err
		}
		j.waiting.Write(line)
	}
	return j, nil
}

// Add lists a document whose blocks are in the spool.
func (j *JournalWriter) Add(e *Entry) error {
	line, err := e.Line()
	if err != nil {
		return err
	}
	j.waiting.Write(line)
	j.count++
	return nil
}

// Due tells whether it is time for Sync.
func (j *JournalWriter) Due() bool {
	return j.count >= journalBatch || j.count > 0 && time.Since(j.synced) >= journalInterval
}

// Sync makes the spool durable, and then the lines that list its blocks.
func (j *JournalWriter) Sync(spool *Spool) error {
	if j.count == 0 {
		return nil
	}
	if err := spool.Sync(); err != nil {
		return err
	}
	n, err := j.file.WriteAt(j.waiting.Bytes(), j.size)
	if err != nil {
		return err
	}
	if err := j.file.Sync(); err != nil {
		return err
	}
	j.size += int64(n)
	j.waiting.Reset()
	j.count, j.synced, j.listed = 0, time.Now(), true
	return nil
}

// Any tells whether the journal lists a document.
func (j *JournalWriter) Any() bool { return j.listed }

// Close closes the file. What was not synced is lost.
func (j *JournalWriter) Close() error { return j.file.Close() }
