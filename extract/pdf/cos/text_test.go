package cos

import "testing"

func TestTextString(t *testing.T) {
	for in, want := range map[string]string{
		"plain": "plain", "\xfe\xff\x4e\x00": "一", "\xef\xbb\xbf一": "一", "\xd4\xa4\xcb\xe3": "预算", "a\x00b\n": "ab", "": "",
	} {
		if got := TextString(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}
