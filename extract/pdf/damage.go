package pdf

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	lib "github.com/ledongthuc/pdf"
)

// What a file has lost is said, page by page: a stream that does not decode, or whose checksum is wrong; an object that is
// named and not there; content that ends in the middle or holds words that are no operators. Reading goes on with what
// is left, but the page's error keeps it from being taken for whole. Another reader sees no more of it, and mostly
// keeps quiet about it.

// errDamaged is what every damage is, for errors.Is.
var errDamaged = errors.New("damaged")

// IsDamage reports whether a page's error says that part of the file is broken or missing, which no reader can give back.
func IsDamage(err error) bool { return errors.Is(err, errDamaged) }

// damage is one part of a file that is broken or missing.
type damage struct {
	what  string
	cause error // nil where what says it all
}

func (d *damage) Error() string {
	if d.cause == nil {
		return d.what
	}
	return d.what + ": " + d.cause.Error()
}

func (d *damage) Unwrap() []error {
	if d.cause == nil {
		return []error{errDamaged}
	}
	return []error{errDamaged, d.cause}
}

func missing(format string, args ...any) error { return &damage{what: fmt.Sprintf(format, args...)} }

// damagedStream makes a decoding error a damage of the named stream. A limit stays a limit.
func damagedStream(what string, err error) error {
	if err == nil || IsLimit(err) {
		return err
	}
	return &damage{"the " + what + " is damaged", err}
}

// maxDamages is how many damages of one page are told.
const maxDamages = 5

// note adds a damage to the page, once.
func (in *interp) note(err error) {
	if err == nil || len(in.damages) >= maxDamages || slices.ContainsFunc(in.damages, func(have error) bool { return have.Error() == err.Error() }) {
		return
	}
	in.damages = append(in.damages, err)
}

// lostName stands in the normalized file for a reference to an object that is not in the file: null would make it look as
// if nothing had been there.
const lostName = "ExtractLostObject"

func isLost(v lib.Value) bool { return v.Kind() == lib.Name && v.Name() == lostName }

// pageErrors are the reasons for which a page was not read whole, told in one line.
type pageErrors struct{ errs []error }

func (p *pageErrors) Error() string {
	texts := make([]string, len(p.errs))
	for i, err := range p.errs {
		texts[i] = err.Error()
	}
	return strings.Join(texts, ", ")
}

func (p *pageErrors) Unwrap() []error { return p.errs }

func inOneLine(errs []error) error {
	if len(errs) == 0 {
		return nil
	}
	return &pageErrors{errs}
}
