package normalize

import (
	"strings"
	"testing"

	"github.com/countybudget/extract/schema"
)

// A column of a performance declaration that no phrase knows is reported; its numbers are in no row, and count as unclaimed.
func TestUnreadColumnOfForm(t *testing.T) {
	d := normalizeTable("甲县教育局2024年部门预算", drawTable("项目支出绩效目标表", "", 2, `
		项目名称 | 校舍维修 | < | < | <
		一级指标 | 二级指标 | 三级指标 | 星级 | 指标值
		产出指标 | 数量指标 | 维修面积 | 4 | ≥800平方米
		满意度指标 | 满意度 | 师生满意度 | 5 | ≥95%`))
	if len(d.Indicators) != 2 || d.Indicators[0].RawValue != "≥800平方米" {
		t.Errorf("%+v", d.Indicators)
	}
	told := 0
	for _, g := range d.Diagnostics {
		if g.Code == schema.DiagUnknownHeading && g.RawText == "星级" && strings.Contains(g.Message, "星级") {
			told++
		}
	}
	if told != 1 {
		t.Errorf("told of %d times: %+v", told, d.Diagnostics)
	}
}
