package cos

import (
	"errors"
	"fmt"
)

// A damaged file is read as far as possible, and what is damaged or missing is reported: a stream that does not decode or
// whose checksum is wrong, a reference to a missing object. IsDamage recognizes these errors.

// errDamaged is matched by every damage with errors.Is.
var errDamaged = errors.New("damaged")

// IsDamage reports whether an error says that part of the file is broken or missing, so that no other reader can recover it.
func IsDamage(err error) bool { return errors.Is(err, errDamaged) }

// damage is one part of a file that is broken or missing.
type damage struct {
	what  string
	cause error // nil if there is no underlying error
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

// Missing makes the damage for something that is not in the file.
func Missing(format string, args ...any) error { return &damage{what: fmt.Sprintf(format, args...)} }

// DamagedStream turns a decoding error into a damage of the named stream. A limit stays a limit; nil stays nil.
func DamagedStream(what string, err error) error {
	if err == nil || IsLimit(err) {
		return err
	}
	return &damage{"the " + what + " is damaged", err}
}
