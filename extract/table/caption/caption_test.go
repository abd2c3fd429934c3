package caption

import "testing"

func TestLabelsOfCaptions(t *testing.T) {
	for text, want := range map[string]Caption{
		"单位：万元":    {Unit: "万元"},
		"金额单位：元":   {Unit: "元"},
		"（元）":      {Unit: "元"},
		"(人民币千元)":  {Unit: "人民币千元"},
		"（单位：万元）":  {Unit: "万元"},
		"部门：甲县财政局": {Owner: "甲县财政局", OwnerLabel: "部门"},
		"编制部门：甲县财政局单位：万元": {Owner: "甲县财政局", OwnerLabel: "编制部门", Unit: "万元"},
		"公开01表":             {FormNo: "公开01表"},
		"公开01表部门：甲县财政局":     {FormNo: "公开01表", Owner: "甲县财政局", OwnerLabel: "部门"},
		"部门公开表1编制单位：甲县第一中学": {FormNo: "部门公开表1", Owner: "甲县第一中学", OwnerLabel: "部门"},
	} {
		var c Caption
		if !c.readLabel(text) || c.Unit != want.Unit || c.Owner != want.Owner || c.OwnerLabel != want.OwnerLabel || c.FormNo != want.FormNo {
			t.Errorf("%s is read as %+v", text, c)
		}
	}
	var c Caption
	if c.readLabel("本部门收入增加") {
		t.Errorf("a sentence is read as %+v", c)
	}
}
