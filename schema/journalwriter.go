package schema

import (
	"bytes"
	"os"
	"time"
)

const (
	journalBatch    = 64              // documents at most that wait for the disk
	journalInterval = 2 * time.Second // and how long, while documents come
)

// journalWriter appends to a journal in batches: making each document durable would cost more than converting it.
type journalWriter struct {
	file    *os.File
	size    int64
	waiting bytes.Buffer
	count   int // documents in waiting
	synced  time.Time
	any     bool // it lists at least one document
}

// openJournal goes on after the first length bytes of a journal; 0 begins it.
func openJournal(path string, length int64) (*journalWriter, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	j := &journalWriter{file: f, size: length, synced: time.Now()}
	if err := f.Truncate(length); err != nil {
		f.Close()
		return nil, err
	}
	if length == 0 {
		line, err := journalLine(journalHeader{journalVersion, layout()})
		if err != nil {
			f.Close()
			return nil, err
		}
		j.waiting.Write(line)
	}
	return j, nil
}

// add lists a document whose blocks are in the spool.
func (j *journalWriter) add(e *journalEntry) error {
	line, err := journalLine(e)
	if err != nil {
		return err
	}
	j.waiting.Write(line)
	j.count++
	return nil
}

func (j *journalWriter) due() bool {
	return j.count >= journalBatch || j.count > 0 && time.Since(j.synced) >= journalInterval
}

// sync makes the spool durable, and then the lines that speak of it.
func (j *journalWriter) sync(spool *os.File) error {
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
	j.count, j.synced, j.any = 0, time.Now(), true
	return nil
}
