package cos

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/adler32"
	"io"
	"sync"

	"github.com/klauspost/compress/flate"
)

// ErrTooLarge is a decoded stream larger than the limit.
var ErrTooLarge = errors.New("stream too large")

// errImageFilter is a stream with an image filter, which this package does not decode.
var errImageFilter = errors.New("picture data")

// filter is one step of a stream's decoding, with its parameters.
type filter struct {
	name                             string
	predictor, colors, bits, columns int
	earlyChange                      int
}

// filtersOf reads the filters of a stream's dictionary.
func filtersOf(dict Object) []filter {
	f, p := dict.Key("Filter"), dict.Key("DecodeParms")
	if f.kind == Name || f.kind == Lost {
		return []filter{newFilter(f, p)}
	}
	var list []filter
	for i := range f.Len() {
		parms := p.Index(i)
		if p.kind == Dict && f.Len() == 1 {
			parms = p
		}
		list = append(list, newFilter(f.Index(i), parms))
	}
	return list
}

func newFilter(name, p Object) filter {
	if p.Len() == 1 {
		p = p.Index(0)
	}
	param := func(key string, def int) int {
		if v := p.Key(key); v.IsNumber() {
			return v.Int()
		}
		return def
	}
	return filter{
		name:      string(name.bytes),
		predictor: param("Predictor", 1), colors: param("Colors", 1), bits: param("BitsPerComponent", 8),
		columns: param("Columns", 1), earlyChange: param("EarlyChange", 1),
	}
}

// decodeStream applies the filters in order. With an error it returns what could be decoded.
func decodeStream(data []byte, filters []filter, limit int64) ([]byte, error) {
	if len(filters) > 8 {
		return nil, fmt.Errorf("%d filters on one stream", len(filters))
	}
	var first error
	for _, f := range filters {
		var err error
		data, err = f.decode(data, limit)
		if first == nil {
			first = err
		}
		if len(data) == 0 {
			break
		}
	}
	return data, first
}

func (f *filter) decode(data []byte, limit int64) (out []byte, err error) {
	switch f.name {
	case "FlateDecode", "Fl":
		out, err = inflate(data, limit)
	case "LZWDecode", "LZW":
		out, err = lzwDecode(data, f.earlyChange, limit)
	case "ASCIIHexDecode", "AHx":
		return hexDecode(data)
	case "ASCII85Decode", "A85":
		return ascii85Decode(data, limit)
	case "RunLengthDecode", "RL":
		return runLengthDecode(data, limit)
	case "Crypt":
		return data, nil // the file is decrypted already, so only Identity can remain
	case "DCTDecode", "DCT", "CCITTFaxDecode", "CCF", "JBIG2Decode", "JPXDecode":
		return nil, errImageFilter
	default:
		return nil, fmt.Errorf("unknown filter %q", f.name)
	}
	if f.predictor <= 1 {
		return out, err
	}
	plain, perr := f.unpredict(out)
	if err == nil {
		err = perr
	}
	return plain, err
}

var flatePool sync.Pool

// Faults of compressed data that can still be decoded.
var (
	errChecksum = errors.New("the checksum of its data is wrong")
	errHeader   = errors.New("zlib: invalid header")
)

// inflate decodes zlib data (RFC 1950) as far as possible. Only the checksum shows that bytes were changed into other valid
// ones, such as a digit into another. A missing checksum, or zero, as some programs write, is no fault; nor is a damaged
// header if the checksum is right.
func inflate(data []byte, limit int64) ([]byte, error) {
	if len(data) == 0 {
		return nil, nil
	}
	if len(data) < 2 {
		return nil, errHeader
	}
	src := bytes.NewReader(data[2:])
	fr, _ := flatePool.Get().(io.ReadCloser)
	if fr == nil {
		fr = flate.NewReader(src)
	} else if err := fr.(flate.Resetter).Reset(src, nil); err != nil {
		return nil, err
	}
	defer flatePool.Put(fr)
	out, err := readLimited(fr, limit, 4*len(data))
	if errors.Is(err, ErrTooLarge) {
		return nil, err
	}
	const deflate, presetDictionary = 8, 1 << 5
	soundHead := data[0]&0xf == deflate && (int(data[0])<<8|int(data[1]))%31 == 0 && data[1]&presetDictionary == 0
	if !soundHead && len(out) == 0 {
		return nil, errHeader
	}
	if err != nil {
		return out, err
	}
	sum, known := uint32(0), src.Len() >= 4
	if known {
		sum = binary.BigEndian.Uint32(data[len(data)-src.Len():])
	}
	switch right := known && sum == adler32.Checksum(out); {
	case known && sum != 0 && !right:
		return out, errChecksum
	case !soundHead && !right:
		return out, errHeader
	}
	return out, nil
}

// readLimited reads everything up to the limit.
func readLimited(r io.Reader, limit int64, guess int) ([]byte, error) {
	buf := make([]byte, 0, min(max(guess, 512), 1<<20))
	for {
		if len(buf) == cap(buf) {
			buf = append(buf, 0)[:len(buf)]
		}
		n, err := r.Read(buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		if int64(len(buf)) > limit {
			return nil, ErrTooLarge
		}
		if err == io.EOF {
			return buf, nil
		}
		if err != nil {
			return buf, err
		}
	}
}

// unpredict reverses a PNG or TIFF predictor.
func (f *filter) unpredict(data []byte) ([]byte, error) {
	if f.colors < 1 || f.colors > 64 || f.bits < 1 || f.bits > 32 || f.columns < 1 || f.columns > 1<<24 {
		return data, errors.New("predictor parameters out of range")
	}
	pixel := (f.colors*f.bits + 7) / 8
	row := (f.colors*f.bits*f.columns + 7) / 8
	if f.predictor == 2 {
		if f.bits == 8 {
			for start := 0; start < len(data); start += row {
				end := min(start+row, len(data))
				for i := start + pixel; i < end; i++ {
					data[i] += data[i-pixel]
				}
			}
		}
		return data, nil
	}
	out := make([]byte, 0, len(data))
	prev := make([]byte, row)
	for len(data) > 1 {
		tag := data[0]
		cur := data[1:min(1+row, len(data))]
		data = data[1+len(cur):]
		unfilterRow(tag, cur, prev, pixel)
		out = append(out, cur...)
		prev = out[len(out)-len(cur):]
		if len(cur) < row {
			break
		}
	}
	return out, nil
}

// unfilterRow reverses the PNG filter of one row in place (RFC 2083, section 6).
func unfilterRow(tag byte, cur, prev []byte, pixel int) {
	for i := range cur {
		var left, upLeft byte
		if i >= pixel {
			left, upLeft = cur[i-pixel], prev[i-pixel]
		}
		switch tag {
		case 1:
			cur[i] += left
		case 2:
			cur[i] += prev[i]
		case 3:
			cur[i] += byte((int(left) + int(prev[i])) / 2)
		case 4:
			cur[i] += paeth(left, prev[i], upLeft)
		}
	}
}

func paeth(a, b, c byte) byte {
	pa, pb, pc := int(b)-int(c), int(a)-int(c), int(a)+int(b)-2*int(c)
	pa, pb, pc = max(pa, -pa), max(pb, -pb), max(pc, -pc)
	switch {
	case pa <= pb && pa <= pc:
		return a
	case pb <= pc:
		return b
	}
	return c
}
