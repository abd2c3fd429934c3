package table

import "testing"

func TestLabelsOfCaptions(t *testing.T) {
	for text, want := range map[string]caption{
		"单位：万元":    {unit: "万元"},
		"金额单位：元":   {unit: "元"},
		"（元）":      {unit: "元"},
		"(人民币千元)":  {unit: "人民币千元"},
		"（单位：万元）":  {unit: "万元"},
		"部门：甲县财政局": {owner: "甲县财政局", ownerLabel: "部门"},
		"编制部门：甲县财政局单位：万元": {owner: "甲县财政局", ownerLabel: "编制部门", unit: "万元"},
		"公开01表":             {formNo: "公开01表"},
		"公开01表部门：甲县财政局":     {formNo: "公开01表", owner: "甲县财政局", ownerLabel: "部门"},
		"部门公开表1编制单位：甲县第一中学": {formNo: "部门公开表1", owner: "甲县第一中学", ownerLabel: "部门"},
	} {
		var c caption
		if !c.readLabel(text) || c.unit != want.unit || c.owner != want.owner || c.ownerLabel != want.ownerLabel || c.formNo != want.formNo {
			t.Errorf("%s is read as %+v", text, c)
		}
	}
	var c caption
	if c.readLabel("本部门收入增加") {
		t.Errorf("a sentence is read as %+v", c)
	}
}
