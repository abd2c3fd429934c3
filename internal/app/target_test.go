package app

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// TestState: the owner of a remote output's lock is invented once and read by the next run; what is torn is replaced.
func TestState(t *testing.T) {
	home := t.TempDir()
	read := func() targetState {
		t.Helper()
		next := &target{home: home}
		if err := next.readState(); err != nil || next.state.Owner == "" {
			t.Fatalf("%+v, %v", next.state, err)
		}
		return next.state
	}
	first := read()
	if again := read(); again != first {
		t.Errorf("the next run has %+v, not %+v", again, first)
	}
	for _, torn := range []string{"", "{", `{"owner":`, "{}", `{"base":"b"}`, "[1]"} {
		if err := os.WriteFile(filepath.Join(home, "state.json"), []byte(torn), 0o600); err != nil {
			t.Fatal(err)
		}
		now := read()
		if now.Owner == first.Owner || now.Base != "" {
			t.Errorf("of %q became %+v", torn, now)
		}
		if again := read(); again != now {
			t.Errorf("after %q: %+v, then %+v", torn, now, again)
		}
	}
}

// TestStateIsWrittenWhole: a new state takes the place of the old file, which is not written to, so that a run that dies
// meanwhile leaves one or the other.
func TestStateIsWrittenWhole(t *testing.T) {
	home := t.TempDir()
	old := &target{home: home, state: targetState{Owner: "first"}}
	if err := old.writeState(); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "old.json")
	if err := os.Link(old.stateFile(), link); err != nil {
		t.Skip("no hard links here:", err)
	}
	next := &target{home: home, state: targetState{Owner: "first", Base: "somewhere"}}
	if err := next.writeState(); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(link); err != nil || string(text) != `{"owner":"first","base":""}` {
		t.Errorf("the old file was written to: %s, %v", text, err)
	}
	if text, err := os.ReadFile(next.stateFile()); err != nil || string(text) != `{"owner":"first","base":"somewhere"}` {
		t.Errorf("the new state is %s, %v", text, err)
	}
	if files, err := os.ReadDir(home); err != nil || len(files) != 1 {
		t.Errorf("beside the state are %v, %v", files, err)
	}
}

// TestStateThatCannotBeRead: a state that is there, but cannot be read, ends the run: its lock may be held by this machine.
func TestStateThatCannotBeRead(t *testing.T) {
	home := t.TempDir()
	if err := os.Mkdir(filepath.Join(home, "state.json"), 0o700); err != nil {
		t.Fatal(err)
	}
	var path *os.PathError
	if err := (&target{home: home}).readState(); !errors.As(err, &path) {
		t.Errorf("error %v", err)
	}
}
