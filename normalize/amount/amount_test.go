package amount

import "testing"

func TestParseAmount(t *testing.T) {
	for _, c := range []struct {
		in, want string
		ok       bool
	}{
		{"3784.62", "3784.62", true},
		{"2,106.66", "2106.66", true},
		{"371,514,655.00", "371514655", true},
		{"0.00", "0", true},
		{"１２３．４５", "123.45", true},
		{"1，234.50", "1234.5", true},
		{"-1.00", "-1", true},
		{"△1.00", "-1", true},
		{"(1.00)", "-1", true},
		{"（1.00）", "-1", true},
		{"1315.052735", "1315.052735", true},
		{"1,23.00", "", false},
		{"12.5%", "", false},
		{"一般公共预算", "", false},
		{"2024-01-01", "", false},
		{"1.2.3", "", false},
		{"1089.06¹", "", false}, // folding would make 1089.061 of it
		{"1089.06①", "", false},
		{"—", "", false},
		{"", "", false},
	} {
		got, ok := Parse(c.in)
		if ok != c.ok || ok && got.String() != c.want {
			t.Errorf("Parse(%q) = %s, %v; want %s, %v", c.in, got, ok, c.want, c.ok)
		}
	}
}

func TestItemName(t *testing.T) {
	for in, want := range map[string]string{
		"一、一般公共服务支出":     "一般公共服务支出",
		"二十一、粮油物资储备 支出":  "粮油物资储备支出",
		"（一）一般公共预算拨款":    "一般公共预算拨款",
		"(十二)农林水支出":      "农林水支出",
		"1. 一般公共预算资金":    "一般公共预算资金",
		"1.因公出国（境）费":     "因公出国（境）费",
		"（2）公务用车运行维护费":   "公务用车运行维护费",
		"①公务用车购置费":       "公务用车购置费",
		"其中：公务接待费":       "公务接待费",
		"其中：1.基本支出":      "基本支出",
		"减：上年结转":         "上年结转",
		"1.5公里道路硬化":      "1.5公里道路硬化",
		"2024年度绩效评价经费":   "2024年度绩效评价经费",
		"因公出国（境）费":       "因公出国（境）费",
		"维修（护）费":         "维修（护）费",
		"“三公”经费":         "“三公”经费",
		"一":              "一",
		"一般公共预算财政拨款":     "一般公共预算财政拨款",
		"三、国有资本经营预算财政拨款": "国有资本经营预算财政拨款",
	} {
		if got := ItemName(in); got != want {
			t.Errorf("ItemName(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestSplitCode(t *testing.T) {
	for in, want := range map[string][2]string{
		"2200104-自然资源规划及管理": {"2200104", "自然资源规划及管理"},
		"30101基本工资":         {"30101", "基本工资"},
		"2024年城乡低保资金":       {"", "2024年城乡低保资金"},
		"基本工资":              {"", "基本工资"},
	} {
		code, name := SplitCode(in)
		if code != want[0] || name != want[1] {
			t.Errorf("SplitCode(%q) = %q, %q", in, code, name)
		}
	}
}
