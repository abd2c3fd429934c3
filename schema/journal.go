package schema

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
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
// header line, then a line for each document, each with the CRC-32 of its JSON before it. What follows the first line that
// is torn or does not match was not yet safe when the run died, and counts for nothing.
//
// A line is written only after the spool that it speaks of is durable.

const (
	journalName    = "_journal" // in an output
	keptSpoolName  = "_spool"   // in an output
	objectsName    = "_objects" // in an output
	journalVersion = 3
)

// journalHeader is the first line. Blocks have no form of their own, so a journal counts only for the layout it was
// written with.
type journalHeader struct {
	Journal int    `json:"journal"`
	Layout  string `json:"layout"`
}

// journalEntry is one document.
type journalEntry struct {
	Row      DocumentRow    `json:"row"`
	Settings string         `json:"settings,omitempty"`
	Figures  []statedFigure `json:"figures,omitempty"` // for the departments
	Blocks   []journalBlock `json:"blocks"`            // without the row itself
}

// journalBlock is dataset, year, offset and size of a block.
type journalBlock struct {
	Dataset int
	Year    int32
	Offset  int64
	Size    uint32
}

func (b journalBlock) MarshalJSON() ([]byte, error) {
	return json.Marshal([4]int64{int64(b.Dataset), int64(b.Year), b.Offset, int64(b.Size)})
}

func (b *journalBlock) UnmarshalJSON(data []byte) error {
	var v [4]int64
	if err := json.Unmarshal(data, &v); err != nil {
		return err
	}
	if v[0] < 0 || v[0] >= int64(len(catalog())) || v[2] < 0 || v[3] < 0 || v[3] > 1<<32-1 {
		return errors.New("not a block")
	}
	*b = journalBlock{int(v[0]), int32(v[1]), v[2], uint32(v[3])}
	return nil
}

// end is where the document's last block ends in the spool.
func (e *journalEntry) end() int64 {
	var end int64
	for _, b := range e.Blocks {
		end = max(end, b.Offset+int64(b.Size))
	}
	return end
}

// layout is a fingerprint of how the rows of every dataset become blocks.
func layout() string {
	sum := sha256.New()
	for _, ds := range catalog() {
		fmt.Fprintln(sum, ds.name, ds.ownYear, ds.partition != nil)
		for _, l := range ds.leaves {
			fmt.Fprintln(sum, l.col.name, l.value.name, l.value.kind, l.value.scale, l.value.optional, l.value.null, l.list)
		}
	}
	return hex.EncodeToString(sum.Sum(nil)[:8])
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
func readJournal(file io.Reader, spoolSize int64, take func(*journalEntry) error) (length int64, err error) {
	r := bufio.NewReaderSize(file, 1<<16)
	data, n, ok := readLine(r)
	var head journalHeader
	if !ok || json.Unmarshal(data, &head) != nil || head != (journalHeader{journalVersion, layout()}) {
		return 0, nil
	}
	for length = n; ; length += n {
		if data, n, ok = readLine(r); !ok {
			return length, nil
		}
		var e journalEntry
		if json.Unmarshal(data, &e) != nil || e.end() > spoolSize || e.Row.DocumentID == "" {
			return length, nil
		}
		if err := take(&e); err != nil {
			return length, err
		}
	}
}

// readJournalOf reads a journal and the size of its spool by their paths; there may be none.
func readJournalOf(journal, spool string, take func(*journalEntry) error) (length, spoolEnd int64, err error) {
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
	length, err = readJournal(f, info.Size(), func(e *journalEntry) error {
		spoolEnd = max(spoolEnd, e.end())
		return take(e)
	})
	return length, spoolEnd, err
}
