package sentence

import (
	"testing"

	"github.com/countybudget/extract/normalize/verify/rules"
	"github.com/countybudget/extract/schema"
)

// Of sentences about money in a document of 2024: which years are strange.
func TestStrangeYear(t *testing.T) {
	w := words(t)
	for _, c := range []struct{ sentence, wrong string }{
		{"2024年部门预算收入总计100万元，比2023年增加5万元", ""},
		{"2022年度支出决算为100万元", "2022年度支出决算为100万元"},
		{"我局2021年收入预算100万元", "我局2021年收入预算100万元"},
		{"本单位于2019年成立，经费由财政拨款", ""},
		{"截至2022年12月31日，结转支出3万元", ""},
		{"根据《2022年部门预算编制通知》编制预算", ""},
		{"预算按（2019年）口径编制", ""},
		{"2025年9月公开决算", ""},
		{"2021年全县降雨较多", ""}, // not about money
		{"支出12023年", ""},    // no year
		{"执行“十四五”规划（2021—2025年）安排支出", ""},
	} {
		if _, wrong := w.strangeYear(c.sentence, 2024); wrong != c.wrong {
			t.Errorf("%s: %q, want %q", c.sentence, wrong, c.wrong)
		}
	}
}

// A text gives a finding for each strange year, and one that it has none.
func TestYears(t *testing.T) {
	for _, c := range []struct {
		text string
		want schema.CheckStatus // of the only finding; "" for none
	}{
		{"2024年收入预算10万元。2021年收入预算9万元。", schema.CheckFail},
		{"2024年收入预算10万元，2023年9万元。", schema.CheckPass},
		{"收入预算10万元。", ""},
	} {
		check(t, c.text, rules.Metadata, c.want)
	}
	if got := words(t).years(&schema.Disclosure{Sections: []schema.SectionRow{{Text: "2021年收入预算9万元。"}}}); len(got) > 0 {
		t.Errorf("a document without a year gives %v", got)
	}
}
