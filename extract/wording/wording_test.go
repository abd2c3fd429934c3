package wording

import "testing"

func TestNumbers(t *testing.T) {
	for s, want := range map[string]bool{
		"1": true, "2080505": true, "1,234.50": true, "-12.5": true, "△1.00": true, "(1.00)": true, "12%": true, "0.00": true,
		"1，234.50": true, "": false, "-": false, "—": false, "一": false, "1.2.3": false, "12,34": false, "2024年": false,
	} {
		if IsNumber(s) != want {
			t.Errorf("IsNumber(%q) = %v", s, !want)
		}
	}
	if IsAmount("208") || !IsAmount("208.00") {
		t.Error("a code is no amount, a figure with decimals is")
	}
}

func TestJoin(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		full bool
		want string
	}{
		{"机关事业单位", "养老支出", true, "机关事业单位养老支出"},
		{"1,234,", "567.89", true, "1,234,567.89"},
		{"123,456.7", "8", true, "123,456.78"},
		{"12.50", "13.50", true, "12.50 13.50"},
		{"12", "13", false, "12 13"},
		{"2024", "年度", false, "2024年度"},
		{"state", "capital", true, "state capital"},
		{"", "合计", true, "合计"},
	} {
		if got := JoinLines(tt.a, tt.b, tt.full); got != tt.want {
			t.Errorf("%q + %q = %q, want %q", tt.a, tt.b, got, tt.want)
		}
	}
}

func TestPhrases(t *testing.T) {
	for _, tt := range []struct{ kind, text, label, value string }{
		{"unit", "单位：万元", "单位", "万元"},
		{"unit", "金额单位: 元", "金额单位", "元"},
		{"owner", "部门（单位）名称：某县水利局", "部门（单位）名称", "某县水利局"},
		{"owner", "编制部门:某县水利局", "编制部门", "某县水利局"},
		{"owner", "部门收入总表", "", ""},
	} {
		label, value, _ := Labelled(tt.kind, tt.text)
		if label != tt.label || value != tt.value {
			t.Errorf("%s: %q %q", tt.text, label, value)
		}
	}
	for _, tt := range []struct {
		kind, text string
		want       bool
	}{
		{"form_no_pattern", "公开01表", true},
		{"form_no_pattern", "部门公开表1", true},
		{"form_no_pattern", "预算公开表12", true},
		{"form_no_pattern", "财决01-1表", true},
		{"form_no_pattern", "附表三", true},
		{"form_no_pattern", "表一", true},
		{"form_no_pattern", "部门收支总表", false},
		{"form_no_pattern", "2024年表", false},
		{"continued_pattern", "部门收入总表（续）", true},
		{"continued_pattern", "续表", true},
		{"continued_pattern", "手续费收入表", false},
		{"note_pattern", "注：本表无数据", true},
		{"note_pattern", "本部门2024年无政府性基金预算财政拨款安排的预算，故本表为空表。", true},
		{"note_pattern", "注册资本", false},
		{"data_label_pattern", "一、一般公共服务支出", true},
		{"data_label_pattern", "合计金额", false},
	} {
		if got := Matches(tt.kind, tt.text); got != tt.want {
			t.Errorf("%s %q: %v", tt.kind, tt.text, got)
		}
	}
}

func TestWatermarkNames(t *testing.T) {
	for name, want := range map[string]bool{"Watermark 1": true, "背景水印": true, "WATERMARK": true, "Text": false, "": false} {
		if got := NamesWatermark(name); got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
}
