package wording

import "testing"

func TestColumnNumbers(t *testing.T) {
	for _, tt := range []struct {
		row  []string
		want bool
	}{
		{[]string{"1", "2", "3"}, true},
		{[]string{"栏次", "", "1", "2"}, true},
		{[]string{"栏次", "", "1", "栏次", "", "2"}, true},
		{[]string{"甲", "乙", "1=2+3", "2", "3"}, true},
		{[]string{"", "1", "2", "3=1+2"}, true},
		{[]string{"1", "某县水利局"}, false},
		{[]string{"208", "05", "01"}, false},
		{[]string{"项目", "金额"}, false},
		{[]string{"12.00", "3.00"}, false},
	} {
		if got := IsColumnNumbers(tt.row); got != tt.want {
			t.Errorf("%v: %v", tt.row, got)
		}
	}
}
