package imagedata

import (
	"encoding/binary"
	"errors"
)

// A JPEG has no checksum: with changed bytes in the middle it decodes to another image without an error. But after the last
// block a marker must follow (ITU-T T.81, B.2.1). After a changed byte, Huffman codes are read from a wrong bit on, and the
// blocks hardly ever end at the marker.

var (
	errScanUneven = errors.New("its data are changed or cut off: they do not end with its last block")
	errScanCode   = errors.New("its data are changed: they hold a code that does not exist")
	errScanTone   = errors.New("its data are changed: a part is brighter than white or darker than black")
	errScanShort  = errors.New("its data are cut off")
)

// jpegScan decodes the Huffman codes of a sequential JPEG (SOF0, SOF1) without computing pixels.
type jpegScan struct {
	data []byte
	pos  int

	acc  uint32 // bits that were read and not used, the newest in the lowest bits
	bits int

	width, height int
	comps         []jpegComponent
	tables        [2][4]*huffman // DC, AC
	quant         [4]int         // the step of the DC coefficients, by table; 0 where it is not known
	interval      int            // MCUs between restart markers; 0 for none
}

type jpegComponent struct {
	id, h, v byte
	quant    byte
	dc, ac   byte
	mean     int // the last DC coefficient, in steps
}

// huffman is a code table: the lengths and values of T.81, C.2, with a lookup table for codes up to 8 bits.
type huffman struct {
	fast   [256]uint16 // value<<8 | length; 0 for longer codes
	max    [18]int32   // the greatest code of each length; -1 for none
	offset [18]int32
	values []byte
}

// checkJPEG reports faults of the Huffman codes of a JPEG. Only sequential Huffman coding is checked.
func checkJPEG(data []byte) error {
	s := &jpegScan{data: data}
	for {
		marker, body, ok := s.segment()
		if !ok {
			return nil // the end, or no JPEG: jpegDamage checks that
		}
		switch {
		case marker == 0xC0 || marker == 0xC1:
			if !s.frame(body) {
				return nil
			}
		case marker == 0xDB:
			s.quantTables(body)
		case marker == 0xC4:
			if !s.huffmanTables(body) {
				return nil
			}
		case marker >= 0xC2 && marker <= 0xCF && marker != 0xC8 && marker != 0xCC:
			return nil // progressive, lossless, arithmetic
		case marker == 0xDD && len(body) >= 2:
			s.interval = int(binary.BigEndian.Uint16(body))
		case marker == 0xD9:
			return nil
		case marker == 0xDA:
			if known, err := s.scan(body); err != nil || !known {
				return err
			}
		}
	}
}

// segment reads the next marker and what belongs to it.
func (s *jpegScan) segment() (marker byte, body []byte, ok bool) {
	for s.pos+1 < len(s.data) {
		if s.data[s.pos] != 0xFF || s.data[s.pos+1] == 0xFF || s.data[s.pos+1] == 0 {
			s.pos++
			continue
		}
		marker = s.data[s.pos+1]
		s.pos += 2
		if marker == 0xD8 || marker == 0xD9 || marker >= 0xD0 && marker <= 0xD7 || marker == 0x01 {
			return marker, nil, true
		}
		if s.pos+2 > len(s.data) {
			return 0, nil, false
		}
		n := int(binary.BigEndian.Uint16(s.data[s.pos:]))
		if n < 2 || s.pos+n > len(s.data) {
			return 0, nil, false
		}
		body = s.data[s.pos+2 : s.pos+n]
		s.pos += n
		return marker, body, true
	}
	return 0, nil, false
}

func (s *jpegScan) frame(b []byte) bool {
	if len(b) < 6 || b[0] != 8 || len(b) < 6+3*int(b[5]) {
		return false
	}
	s.height, s.width = int(binary.BigEndian.Uint16(b[1:])), int(binary.BigEndian.Uint16(b[3:]))
	s.comps = nil
	for i := range int(b[5]) {
		c := b[6+3*i:]
		comp := jpegComponent{id: c[0], h: c[1] >> 4, v: c[1] & 15, quant: c[2] & 3}
		if comp.h < 1 || comp.h > 4 || comp.v < 1 || comp.v > 4 {
			return false
		}
		s.comps = append(s.comps, comp)
	}
	return s.width > 0 && s.height > 0 && len(s.comps) > 0 // images whose height comes later (DNL) are not checked
}

// quantTables keeps the first step of each quantization table, that of the DC coefficients.
func (s *jpegScan) quantTables(b []byte) {
	for len(b) > 0 {
		size := 64
		if b[0]>>4 != 0 {
			size = 128
		}
		if len(b) < 1+size || b[0]&15 > 3 {
			return
		}
		if step := int(b[1]); size == 64 {
			s.quant[b[0]&15] = step
		} else {
			s.quant[b[0]&15] = step<<8 | int(b[2])
		}
		b = b[1+size:]
	}
}

func (s *jpegScan) huffmanTables(b []byte) bool {
	for len(b) >= 17 {
		class, id := b[0]>>4, b[0]&15
		n := 0
		for _, c := range b[1:17] {
			n += int(c)
		}
		if class > 1 || id > 3 || len(b) < 17+n {
			return false
		}
		s.tables[class][id] = newHuffman(b[1:17], b[17:17+n])
		b = b[17+n:]
	}
	return len(b) == 0
}

func newHuffman(counts, values []byte) *huffman {
	h := &huffman{values: values}
	code, k := int32(0), int32(0)
	for length := 1; length <= 16; length++ {
		h.offset[length] = k - code
		n := int32(counts[length-1])
		for i := range n {
			if length <= 8 {
				first := int(code+i) << (8 - length)
				for j := range 1 << (8 - length) {
					if first+j < len(h.fast) {
						h.fast[first+j] = uint16(values[k+i])<<8 | uint16(length)
					}
				}
			}
		}
		code, k = code+n, k+n
		h.max[length] = code - 1
		if n == 0 {
			h.max[length] = -1
		}
		code <<= 1
	}
	return h
}

// scan decodes one scan. known is false for scans that are not checked.
func (s *jpegScan) scan(b []byte) (known bool, err error) {
	if len(b) < 1 || len(b) < 4+2*int(b[0]) || s.comps == nil {
		return false, nil
	}
	n := int(b[0])
	if b[1+2*n] != 0 || b[2+2*n] != 63 {
		return false, nil
	}
	var comps []jpegComponent
	for i := range n {
		for _, c := range s.comps {
			if c.id == b[1+2*i] {
				c.dc, c.ac = b[2+2*i]>>4, b[2+2*i]&15
				comps = append(comps, c)
			}
		}
	}
	for _, c := range comps {
		if c.dc > 3 || c.ac > 3 || s.tables[0][c.dc] == nil || s.tables[1][c.ac] == nil {
			return false, nil
		}
	}
	if len(comps) != n || n == 0 {
		return false, nil
	}
	s.acc, s.bits = 0, 0
	for mcu := range s.mcus(comps) {
		if s.interval > 0 && mcu > 0 && mcu%s.interval == 0 {
			if !s.restart() {
				return true, errScanUneven
			}
			for i := range comps {
				comps[i].mean = 0
			}
		}
		for i := range comps {
			c := &comps[i]
			blocks := int(c.h) * int(c.v)
			if n == 1 {
				blocks = 1
			}
			for range blocks {
				if err := s.block(c); err != nil {
					return true, err
				}
			}
		}
	}
	if !s.even() {
		return true, errScanUneven
	}
	return true, nil
}

// mcus is how many minimum coded units a scan has (T.81, A.2).
func (s *jpegScan) mcus(comps []jpegComponent) int {
	hmax, vmax := 1, 1
	for _, c := range s.comps {
		hmax, vmax = max(hmax, int(c.h)), max(vmax, int(c.v))
	}
	up := func(a, b int) int { return (a + b - 1) / b }
	if len(comps) == 1 {
		w, h := up(s.width*int(comps[0].h), hmax), up(s.height*int(comps[0].v), vmax)
		return up(w, 8) * up(h, 8)
	}
	return up(s.width, 8*hmax) * up(s.height, 8*vmax)
}

func (s *jpegScan) block(c *jpegComponent) error {
	size, err := s.code(s.tables[0][c.dc])
	if err != nil {
		return err
	}
	if size > 16 {
		return errScanCode
	}
	if err := s.tone(c, int(size)); err != nil {
		return err
	}
	for k := 1; k < 64; k++ {
		v, err := s.code(s.tables[1][c.ac])
		if err != nil {
			return err
		}
		run, size := int(v>>4), int(v&15)
		switch {
		case size == 0 && run == 15:
			k += 15
		case size == 0:
			return nil // end of block
		default:
			if k += run; k > 63 {
				return errScanCode
			}
			if err := s.skip(size); err != nil {
				return err
			}
		}
	}
	return nil
}

// tone sums up the DC differences of the blocks: behind a changed byte all DC values are wrong, and soon outside the range
// of pixels.
func (s *jpegScan) tone(c *jpegComponent, size int) error {
	s.fill()
	if s.bits < size {
		return errScanShort
	}
	s.bits -= size
	if size > 0 {
		v := int(s.acc >> s.bits & (1<<size - 1))
		if v < 1<<(size-1) { // T.81, F.2.2.1
			v += -1<<size + 1
		}
		c.mean += v
	}
	const white, slack = 1024, 2 // of 8 times the level, in steps
	if step := s.quant[c.quant]; step > 0 && abs(c.mean)*step > white+slack*step {
		return errScanTone
	}
	return nil
}

func abs(v int) int { return max(v, -v) }

// fill reads bytes until there are 16 bits; behind the end of the codes it adds zeros.
func (s *jpegScan) fill() {
	for s.bits <= 16 {
		b := byte(0)
		if s.pos < len(s.data) && !(s.data[s.pos] == 0xFF && (s.pos+1 >= len(s.data) || s.data[s.pos+1] != 0)) {
			b = s.data[s.pos]
			if s.pos++; b == 0xFF {
				s.pos++
			}
			s.bits += 8
			s.acc = s.acc<<8 | uint32(b)
			continue
		}
		return
	}
}

func (s *jpegScan) code(h *huffman) (byte, error) {
	s.fill()
	if s.bits >= 8 {
		if v := h.fast[s.acc>>(s.bits-8)&0xff]; v != 0 {
			s.bits -= int(v & 0xff)
			return byte(v >> 8), nil
		}
	}
	code := int32(0)
	for length := 1; length <= 16; length++ {
		if s.bits < length {
			return 0, errScanShort
		}
		code = int32(s.acc >> (s.bits - length) & (1<<length - 1))
		if h.max[length] >= 0 && code <= h.max[length] && code+h.offset[length] >= 0 && int(code+h.offset[length]) < len(h.values) {
			s.bits -= length
			return h.values[code+h.offset[length]], nil
		}
	}
	return 0, errScanCode
}

func (s *jpegScan) skip(n int) error {
	s.fill()
	if s.bits < n {
		return errScanShort
	}
	s.bits -= n
	return nil
}

// even reports whether the codes end at the next marker, with less than a byte left.
func (s *jpegScan) even() bool {
	s.fill()
	return s.bits < 8
}

// restart reads the restart marker that must be next.
func (s *jpegScan) restart() bool {
	if !s.even() {
		return false
	}
	for s.pos+1 < len(s.data) && s.data[s.pos] == 0xFF && s.data[s.pos+1] == 0xFF {
		s.pos++
	}
	if s.pos+1 >= len(s.data) || s.data[s.pos] != 0xFF || s.data[s.pos+1] < 0xD0 || s.data[s.pos+1] > 0xD7 {
		return false
	}
	s.pos += 2
	s.acc, s.bits = 0, 0
	return true
}
