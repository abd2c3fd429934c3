package imagedata

import (
	"encoding/binary"
	"errors"
	"math"
)

// jbig2Damage walks the segment headers of JBIG2 data (ITU-T T.88, 7.2).
func jbig2Damage(data []byte) error {
	const leastHeader = 11
	var page bool
	for len(data) >= leastHeader {
		s, ok := jbig2Header(data)
		switch {
		case !ok:
			return errors.New("its data are no JBIG2, or are changed")
		case s.length == math.MaxUint32: // unknown; the segment extends to the end
			return nil
		case uint64(s.size)+uint64(s.length) > uint64(len(data)):
			return errCutOff
		}
		page = page || s.kind == jbig2Page
		data = data[s.size+int(s.length):]
	}
	if !page {
		return errors.New("its data are no JBIG2")
	}
	return nil
}

const jbig2Page = 48 // type of the page information segment

// jbig2Segment is what the header of a segment says, and how long it is.
type jbig2Segment struct {
	kind   byte
	size   int
	length uint32
}

func jbig2Header(data []byte) (s jbig2Segment, ok bool) {
	number := binary.BigEndian.Uint32(data)
	s.kind = data[4] & 63
	switch s.kind {
	case 0, 4, 6, 7, 16, 20, 22, 23, 36, 38, 39, 40, 42, 43, jbig2Page, 49, 50, 51, 52, 53, 62:
	default:
		return s, false
	}
	others, at := uint64(data[5]>>5), uint64(6) // number of referred-to segments
	if others == 7 {
		others = uint64(binary.BigEndian.Uint32(data[5:]) & 0x1fffffff)
		at = 9 + (others+8)/8
	}
	each := uint64(4)
	switch {
	case number <= 256:
		each = 1
	case number <= 65536:
		each = 2
	}
	at += others * each
	if data[4]&64 != 0 {
		at += 3
	}
	at++
	if at+4 > uint64(len(data)) {
		return s, false
	}
	s.size, s.length = int(at+4), binary.BigEndian.Uint32(data[at:])
	return s, true
}
