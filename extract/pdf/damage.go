package pdf

import (
	"slices"
	"strings"

	"github.com/countybudget/extract/extract/pdf/cos"
)

// IsDamage reports whether a page's error says that part of the file is broken or missing, so that no other reader can
// recover it.
func IsDamage(err error) bool { return cos.IsDamage(err) }

// maxDamages is how many damages of one page are reported.
const maxDamages = 5

// note adds a damage to the page, each text once.
func (in *interp) note(err error) {
	if err == nil || len(in.damages) >= maxDamages || slices.ContainsFunc(in.damages, func(have error) bool { return have.Error() == err.Error() }) {
		return
	}
	in.damages = append(in.damages, err)
}

// pageErrors are all reasons for which a page was not read completely, printed as one line.
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
