package batch

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// confined is what a process does that was taken over; the answers are what the system says.
func confined(dir string) string {
	refused := func(err error) bool { return errors.Is(err, os.ErrPermission) }
	if err := Confine(); err != nil {
		return "not confined: " + err.Error()
	}
	_, tcp := net.Dial("tcp", "127.0.0.1:9")
	_, udp := net.Dial("udp", "127.0.0.1:9")
	_, unread := os.ReadFile(filepath.Join(dir, "in"))
	return fmt.Sprint("write ", refused(os.WriteFile(filepath.Join(dir, "out"), nil, 0o600)),
		", remove ", refused(os.Remove(filepath.Join(dir, "in"))), ", tcp ", refused(tcp), ", udp ", refused(udp),
		", start ", refused(exec.Command("/bin/true").Run()), ", read ", refused(unread))
}

func TestConfine(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "in"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, "test-confined", dir)
	cmd.Env = append(os.Environ(), "XDG_CACHE_HOME="+t.TempDir())
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	got := string(out)
	if strings.HasPrefix(got, "not confined: ") {
		t.Skip(got + " (this kernel does not offer it; it is tested where one does)")
	}
	if want := "write true, remove true, tcp true, udp true, start true, read false"; got != want {
		t.Errorf("refused: %s, want %s", got, want)
	}
}
