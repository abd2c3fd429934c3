package bytesize

import "testing"

func TestSizes(t *testing.T) {
	for text, want := range map[string]int64{"2GiB": 2 << 30, "512m": 512 << 20, "1.5GB": 3 << 29, "100": 100, "10 KiB": 10 << 10, "7B": 7} {
		if got, err := Parse(text); err != nil || got != want {
			t.Errorf("%s: %d, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "GiB", "-1", "2XB", "1e30", "ten"} {
		if got, err := Parse(text); err == nil {
			t.Errorf("%q: %d", text, got)
		}
	}
	if got := Format(2 << 30); got != "2GiB" {
		t.Error(got)
	}
}
