package spool

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"strconv"
)

// A journal lists the documents of a spool, so that a later run can go on from it. It is a text file that only grows: a
// header line, then a line for each document, each with the CRC-32 of its JSON before it. The first line that is torn or does
// not match its checksum, and all after it, were not durable when the run died and are ignored.
//
// A line is written only after the blocks it lists are durable.

const journalVersion = 3

// journalHeader is the first line. Blocks have no form of their own, so a journal counts only for the layout it was
// written with.
type journalHeader struct {
	Journal int    `json:"journal"`
	Layout  string `json:"layout"`
}

// Entry is one document.
type Entry struct {
	Row      Head    `json:"row"`
	Settings string  `json:"settings,omitempty"`
	Sidecar  Sidecar `json:"figures,omitempty"` // the name is that of what it held first
	Blocks   []Block `json:"blocks"`            // without the document's own row
}

// Block is where a block lies in the file of a spool.
type Block struct {
	To     Partition
	Offset int64
	Size   uint32
}

// MarshalJSON gives dataset, year, offset and size.
func (b Block) MarshalJSON() ([]byte, error) {
	return json.Marshal([4]int64{int64(b.To.Dataset), int64(b.To.Year), b.Offset, int64(b.Size)})
}

// UnmarshalJSON reads dataset, year, offset and size.
func (b *Block) UnmarshalJSON(data []byte) error {
	var v [4]int64
	if err := json.Unmarshal(data, &v); err != nil {
		return err
	}
	if v[0] < 0 || v[0] > 1<<31-1 || v[1] != int64(int32(v[1])) || v[2] < 0 || v[3] < 0 || v[3] > 1<<32-1 {
		return errors.New("not a block")
	}
	*b = Block{Partition{int(v[0]), int32(v[1])}, v[2], uint32(v[3])}
	return nil
}

// end is where the document's last block ends in the spool.
func (e *Entry) end() int64 {
	var end int64
	for _, b := range e.Blocks {
		end = max(end, b.Offset+int64(b.Size))
	}
	return end
}

// valid tells whether the entry is of a document whose blocks are of these datasets and end before the spool does.
func (e *Entry) valid(c *Catalog, spoolSize int64) bool {
	for _, b := range e.Blocks {
		if b.To.Dataset >= c.Len() {
			return false
		}
	}
	id, _, _ := e.Row.Identity()
	return id != "" && e.end() <= spoolSize
}

// Line gives an entry as a line of a journal.
func (e *Entry) Line() ([]byte, error) { return journalLine(e) }

// HeaderLine is the first line of a journal.
func (c *Catalog) HeaderLine() ([]byte, error) {
	return journalLine(journalHeader{journalVersion, c.layout})
}

// ParseEntry reads an entry from its JSON.
func (c *Catalog) ParseEntry(data []byte) (*Entry, error) {
	e := &Entry{Row: c.NewHead()}
	if err := json.Unmarshal(data, e); err != nil {
		return nil, err
	}
	if e.Row == nil { // "row": null
		return nil, ErrDamaged
	}
	return e, nil
}

func journalLine(v any) ([]byte, error) {
	data, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	return fmt.Appendf(nil, "%08x %s\n", crc32.ChecksumIEEE(data), data), nil
}

// readLine gives the JSON of a journal's next line; ok is false where the journal ends or stops making sense.
func readLine(r *bufio.Reader) (data []byte, length int64, ok bool) {
	line, err := r.ReadBytes('\n')
	if err != nil || len(line) < 10 || line[8] != ' ' {
		return nil, 0, false
	}
	sum, err := strconv.ParseUint(string(line[:8]), 16, 32)
	data = bytes.TrimSuffix(line[9:], []byte{'\n'})
	return data, int64(len(line)), err == nil && uint32(sum) == crc32.ChecksumIEEE(data)
}

// readJournal gives each document to take, as long as its blocks lie within spoolSize, and returns the length of the
// journal up to there. A journal of another layout has none.
func (c *Catalog) readJournal(file io.Reader, spoolSize int64, take func(*Entry) error) (length int64, err error) {
	r := bufio.NewReaderSize(file, 1<<16)
	data, n, ok := readLine(r)
	var head journalHeader
	if !ok || json.Unmarshal(data, &head) != nil || head != (journalHeader{journalVersion, c.layout}) {
		return 0, nil
	}
	for length = n; ; length += n {
		if data, n, ok = readLine(r); !ok {
			return length, nil
		}
		e, err := c.ParseEntry(data)
		if err != nil || !e.valid(c, spoolSize) {
			return length, nil
		}
		if err := take(e); err != nil {
			return length, err
		}
	}
}

// ReadJournal reads the journal of a spool by their paths; there may be none. It returns the length of what counts in the
// journal and where the blocks of its documents end in the spool.
func (c *Catalog) ReadJournal(journal, spool string, take func(*Entry) error) (length, spoolEnd int64, err error) {
	info, err := os.Stat(spool)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, 0, nil
	}
	if err != nil {
		return 0, 0, err
	}
	f, err := os.Open(journal)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, 0, nil
	}
	if err != nil {
		return 0, 0, err
	}
	defer f.Close()
	length, err = c.readJournal(f, info.Size(), func(e *Entry) error {
		spoolEnd = max(spoolEnd, e.end())
		return take(e)
	})
	return length, spoolEnd, err
}
