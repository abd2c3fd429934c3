package pdfium

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/klippa-app/go-pdfium"
)

// guest is one instance of the module: PDFium with a memory of its own.
//
// PDFium's C functions are called directly. go-pdfium's wrappers create a new reference for every page object and keep all
// of them until the instance ends: equal objects cannot be recognized, each character takes several times as long, and
// memory grows without bound over a long document.
//
// A call that traps (out of memory, stack overflow, a crash inside PDFium) panics with a trap; the exported functions of
// this package recover it. The instance cannot be used after that.
type guest struct {
	instance  pdfium.Pdfium
	exports   func(name string) function
	memory    memory
	functions map[string]function
	stack     [16]uint64
	scratch   uint64 // scratchSize bytes of guest memory for results
}

// scratchSize is the room for results of one call, in bytes.
const scratchSize = 1 << 12

// function and memory are the parts of wazero's interfaces that a guest uses.
type function interface {
	CallWithStack(ctx context.Context, stack []uint64) error
}

type memory interface {
	Read(offset, count uint32) ([]byte, bool)
	Write(offset uint32, data []byte) bool
	Size() uint32
}

// trap is the end of an instance. Most often it ran out of memory, which PDFium answers by an "unreachable" instruction.
type trap struct {
	call string
	err  error
}

// Error leaves out the stack inside the module, whose functions have no names.
func (t *trap) Error() string {
	reason, _, _ := strings.Cut(t.err.Error(), "\n")
	return fmt.Sprintf("PDFium failed in %s: %s", t.call, reason)
}

func (t *trap) Unwrap() error { return t.err }

// newGuest starts an instance. wazero panics when it gets no memory for it.
func newGuest(pool pdfium.Pool) (g *guest, err error) {
	defer recoverTrap(&err)
	instance, err := pool.GetInstance(time.Minute)
	if err != nil {
		return nil, fmt.Errorf("pdfium: start an instance: %w", err)
	}
	g = &guest{instance: instance, functions: map[string]function{}}
	if err := g.bind(); err != nil {
		instance.Close()
		return nil, err
	}
	return g, nil
}

// bind finds the module inside go-pdfium's instance, whose type is internal to go-pdfium.
func (g *guest) bind() (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("pdfium: unexpected go-pdfium implementation: %v", r)
		}
	}()
	module := reflect.ValueOf(g.instance.GetImplementation()).Elem().FieldByName("Module")
	g.memory = module.MethodByName("Memory").Call(nil)[0].Interface().(memory)
	lookup := module.MethodByName("ExportedFunction")
	g.exports = func(name string) function {
		f, _ := lookup.Call([]reflect.Value{reflect.ValueOf(name)})[0].Interface().(function)
		return f
	}
	g.scratch = g.malloc(scratchSize)
	return nil
}

// close ends the instance.
func (g *guest) close() error {
	if g.instance == nil {
		return nil
	}
	err := g.instance.Close()
	g.instance = nil
	return err
}

// call calls a function of PDFium and returns its raw result.
func (g *guest) call(name string, args ...uint64) uint64 {
	f, ok := g.functions[name]
	if !ok {
		if f = g.exports(name); f == nil {
			panic(&trap{name, errors.New("not exported by the module")})
		}
		g.functions[name] = f
	}
	copy(g.stack[:], args)
	if err := f.CallWithStack(context.Background(), g.stack[:]); err != nil {
		panic(&trap{name, err})
	}
	return g.stack[0]
}

// int calls a function that returns a C int.
func (g *guest) int(name string, args ...uint64) int {
	return int(int32(uint32(g.call(name, args...))))
}

// ok calls a function that returns whether it succeeded.
func (g *guest) ok(name string, args ...uint64) bool { return uint32(g.call(name, args...)) != 0 }

// ptr calls a function that returns a handle; 0 is none.
func (g *guest) ptr(name string, args ...uint64) uint64 { return uint64(uint32(g.call(name, args...))) }

// float calls a function that returns a C float.
func (g *guest) float(name string, args ...uint64) float64 {
	return float64(math.Float32frombits(uint32(g.call(name, args...))))
}

// malloc returns n bytes of guest memory.
func (g *guest) malloc(n int) uint64 {
	p := g.ptr("malloc", uint64(n))
	if p == 0 {
		panic(&trap{"malloc", fmt.Errorf("no memory for %d bytes", n)})
	}
	return p
}

// free gives guest memory back.
func (g *guest) free(p uint64) { g.call("free", p) }

// bytes is a view of guest memory, valid until the next call.
func (g *guest) bytes(p uint64, n int) []byte {
	b, ok := g.memory.Read(uint32(p), uint32(n))
	if !ok {
		panic(&trap{"read", fmt.Errorf("%d bytes at %#x are outside the memory", n, p)})
	}
	return b
}

// write copies data to guest memory.
func (g *guest) write(p uint64, data []byte) {
	if !g.memory.Write(uint32(p), data) {
		panic(&trap{"write", fmt.Errorf("%d bytes at %#x are outside the memory", len(data), p)})
	}
}

// out is the address of the i-th result of 8 bytes in the scratch memory.
func (g *guest) out(i int) uint64 { return g.scratch + uint64(8*i) }

// outFloat and its kind read the i-th result.
func (g *guest) outFloat(i int) float64 {
	return float64(math.Float32frombits(binary.LittleEndian.Uint32(g.bytes(g.out(i), 4))))
}

func (g *guest) outDouble(i int) float64 {
	return math.Float64frombits(binary.LittleEndian.Uint64(g.bytes(g.out(i), 8)))
}

func (g *guest) outUint(i int) uint32 { return binary.LittleEndian.Uint32(g.bytes(g.out(i), 4)) }

// floats reads n consecutive C floats from the scratch memory: a structure of PDFium.
func (g *guest) floats(n int) []float64 {
	b := g.bytes(g.scratch, 4*n)
	v := make([]float64, n)
	for i := range v {
		v[i] = float64(math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:])))
	}
	return v
}

// cString copies a zero-terminated string to guest memory, for the caller to free.
func (g *guest) cString(s string) uint64 {
	p := g.malloc(len(s) + 1)
	g.write(p, append([]byte(s), 0))
	return p
}

// utf16 decodes n bytes of zero-terminated UTF-16LE at the start of the scratch memory.
func (g *guest) utf16(n int) string { return g.utf16At(0, n) }

// utf16At decodes n bytes of zero-terminated UTF-16LE in the scratch memory.
func (g *guest) utf16At(offset, n int) string {
	n = max(0, min(n, scratchSize-offset))
	b := g.bytes(g.scratch+uint64(offset), n&^1)
	u := make([]uint16, 0, len(b)/2)
	for i := 0; i < len(b); i += 2 {
		c := binary.LittleEndian.Uint16(b[i:])
		if c == 0 {
			break
		}
		u = append(u, c)
	}
	return string(utf16.Decode(u))
}
