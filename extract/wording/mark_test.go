package wording

import "testing"

func TestUnmarked(t *testing.T) {
	for _, tt := range []struct{ s, text, mark string }{
		{"1089.06¹", "1089.06", "¹"},
		{"1,089.06①", "1,089.06", "①"},
		{"1089.06[1]", "1089.06", "[1]"},
		{"1089.06 [1]", "1089.06", "[1]"},
		{"1089.06〔注1〕", "1089.06", "〔注1〕"},
		{"1089.06（注1）", "1089.06", "（注1）"},
		{"1089.06注2", "1089.06", "注2"},
		{"1089.06注", "1089.06", "注"},
		{"*1089.06", "1089.06", "*"},
		{"¹1089.06", "1089.06", "¹"},
		{"-12.50★", "-12.50", "★"},
		{"¹,²水利", "水利", "¹,²"},
		{"2130301②", "2130301", "②"},
		{"水利¹", "水利", "¹"},
		{"水利①", "水利", "①"},
		{"水利[1]", "水利", "[1]"},
		{"某单位（注1）", "某单位", "（注1）"},
		{"某单位注1", "某单位", "注1"},
		{"★水利", "水利", "★"},
		{"水利※¹", "水利", "¹※"},
		// no marks
		{"1089.06", "1089.06", ""},
		{"(1.00)", "(1.00)", ""},
		{"1089.06(1)", "1089.06(1)", ""}, // a mark, or something else
		{"**", "**", ""},
		{"①", "①", ""},
		{"①办公费", "①办公费", ""}, // orders items
		{"③=①+②", "③=①+②", ""},
		{"面积（m²）", "面积（m²）", ""},
		{"绿化面积m²", "绿化面积m²", ""},
		{"备注1", "备注1", ""},
		{"备注", "备注", ""},
		{"财预〔2019〕10号", "财预〔2019〕10号", ""},
		{"", "", ""},
	} {
		if text, mark := Unmarked(tt.s); text != tt.text || mark != tt.mark {
			t.Errorf("Unmarked(%q) = %q, %q", tt.s, text, mark)
		}
	}
	for s, want := range map[string]bool{"1089.06¹": true, "¹1089.06": true, "1089.06[1]": true, "12①": true, "10m²": false, "¹": false} {
		if IsNumber(s) != want {
			t.Errorf("IsNumber(%q) = %v", s, !want)
		}
	}
}

func TestBrokenNumbers(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		full bool
		want string
		two  bool // both halves are numbers
	}{
		{"300,000", ".00", false, "300,000.00", false},
		{"21,566,", "962.06", false, "21,566,962.06", false},
		{"1,007,1", "75.05", false, "1,007,175.05", false},
		{"4906000.", "00", false, "4906000.00", false},
		{"-", "451200.00", true, "-451200.00", false},
		{"451200.0", "0", true, "451200.00", true},
		{"1234", "567", true, "1234567", true},
		{"1234", "567", false, "1234 567", true},
		{"1.", "5", false, "1. 5", true},
		{"12.50", "3.00", true, "12.50 3.00", true},
	} {
		if got := JoinLines(tt.a, tt.b, tt.full); got != tt.want {
			t.Errorf("%q over %q = %q, want %q", tt.a, tt.b, got, tt.want)
		}
		if tt.a[len(tt.a)-1] != '.' && TwoNumbers(tt.a, tt.b) != tt.two {
			t.Errorf("TwoNumbers(%q, %q) = %v", tt.a, tt.b, !tt.two)
		}
	}
}
