package cos

import (
	"errors"
	"fmt"
)

// A reader goes on with what is left of a damaged file, but says what is broken or missing: a stream that does not decode
// or whose checksum is wrong, a reference to an object that is not there. Damage is an error that IsDamage knows.

// errDamaged is what every damage is, for errors.Is.
var errDamaged = errors.New("damaged")

// IsDamage reports whether an error says that part of the file is broken or missing, which no reader can give back.
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

// Missing makes the damage of something that is not in the file.
func Missing(format string, args ...any) error { return &damage{what: fmt.Sprintf(format, args...)} }

// DamagedStream makes a decoding error a damage of the named stream. A limit stays a limit; nil stays nil.
func DamagedStream(what string, err error) error {
	if err == nil || IsLimit(err) {
		return err
	}
	return &damage{"the " + what + " is damaged", err}
}
