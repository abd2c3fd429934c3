package prose

import (
	"strings"
	"testing"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/schema"
)

// TestExtents: the sentences of a government say whose money they speak of, or leave it to what is around them.
func TestExtents(t *testing.T) {
	about := func(title string, level int) model.Section { return model.Section{No: 1, Level: level, Title: title} }
	for _, c := range []struct {
		name   string
		parent model.Section
		title  string
		text   string
		want   string
	}{
		{"at the beginning of clauses", about("一、财政", 2), "（一）收支", "全市债务余额30亿元，其中：市本级债务余额10亿元。投入资金2亿元。", "全市 债务余额; 市本级 债务余额; - 投入资金"},
		{"in brackets for one amount", about("一、财政", 2), "（一）债务", "省财政厅核定我市2025年债务限额9亿元。按级次分，市级债务限额3亿元（含高新区1亿元），其中：一般债务限额2亿元；县（市、区）债务限额6亿元。",
			"- 债务限额; 市级 债务限额; 高新区 债务限额; 市级 一般债务限额; 县（市、区） 债务限额"},
		{"behind who allots", about("一、财政", 2), "（一）债务", "自治区下达市本级政府债务限额7亿元，2025年末全市政府债务余额8亿元。", "市本级 政府债务限额; 全市 政府债务余额"},
		{"goes on where titles name the fund", about("一、财政", 2), "（一）一般公共预算收支情况", "全市一般公共预算收入5亿元。支出6亿元。", "全市 一般公共预算收入; 全市 一般公共预算支出"},
		{"of a title", about("（二）市本级财政收支情况", 3), "1.一般公共预算", "总收入5亿元。", "市本级 总收入"},
		{"of a title with both", about("2025年全市及市本级预算执行情况", 2), "（一）收支", "总收入5亿元。", "- 总收入"},
		{"two that are joined", about("一、财政", 2), "（一）收支", "全市和市本级收入都增加，全市及市本级债务余额分别为8亿元。", "- 债务余额"},
		{"another body", about("（五）高新区预算执行情况", 3), "1.一般公共预算", "总收入5亿元。", "高新区 总收入"},
		{"another body with its name", about("一、财政", 2), "（一）预算", "高新技术产业开发区基金收入45亿元。其中，土地出让金收入40亿元。", "高新技术产业开发区 基金收入; 高新技术产业开发区 土地出让金收入"},
		{"a section that has gone on", about("一、财政", 2), "（五）高新区预算执行情况", "总收入5亿元。全市支出9亿元。\n一是投入资金3亿元。", "高新区 总收入; 全市 支出; - 资金"},
		{"inside a clause", about("一、财政", 2), "（一）收支", "推动形成全市收入5亿元。", "- 推动形成全市收入"},
		{"of a sentence of parts", about("一、财政", 2), "（一）债务", "全市债务余额30亿元。其中：一般债务10亿元。", "全市 债务余额; 全市 一般债务"},
		{"behind brackets", about("一、财政", 2), "（一）收支", "（新口径）高新区收入1亿元，其中：增值税2亿元。", "高新区 收入; 高新区 增值税"},
		{"the money of lower levels is received", about("一、财政", 2), "（一）收入", "收入5亿元，其中：县级上解收入1亿元。", "- 收入; - 县级上解收入"},
	} {
		c.parent.Text = "全市财政运行平稳，全市上下努力。"
		s := model.Section{No: 2, ParentNo: 1, Level: c.parent.Level + 1, Title: c.title, Text: c.text}
		n := words().Read([]model.Section{c.parent, s}, Context{Year: 2025, DocumentType: schema.Budget, Government: true})
		var got []string
		for i := range n.Lines {
			name := n.Lines[i].EntityName
			if name == "" {
				name = "-"
			}
			got = append(got, name+" "+n.Lines[i].ItemName)
		}
		if s := strings.Join(got, "; "); s != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, s, c.want)
		}
	}
}

// TestExtentsOfDepartments: a department speaks of its own money, whatever its sentences begin with.
func TestExtentsOfDepartments(t *testing.T) {
	n := read("全市收入5亿元，市级支出3亿元。", schema.Budget)
	for i := range n.Lines {
		if n.Lines[i].EntityName != "" {
			t.Errorf("%+v", n.Lines[i])
		}
	}
	if len(n.Lines) != 2 {
		t.Errorf("%d lines", len(n.Lines))
	}
}

// TestPhasesOfTitles: a budget reports what was carried out of the one before under titles and sentences that say so.
func TestPhasesOfTitles(t *testing.T) {
	for _, c := range []struct{ title, text, want string }{
		{"一、2025年预算执行情况", "税收收入3亿元，本年预算5亿元。", "税收收入 300000000 2025 E rev source; 本年预算 500000000 2025 A exp total"},
		{"二、2026年预算安排情况", "税收收入3亿元。", "税收收入 300000000 2025 A rev source"},
		{"2025年预算执行情况和2026年预算草案", "税收收入3亿元。", "税收收入 300000000 2025 A rev source"},
		{"一、收支", "税收收入3亿元，为预算的98%，其中：增值税1亿元。契税2亿元。",
			"税收收入 300000000 2025 E rev source; 增值税 100000000 2025 E rev source; 契税 200000000 2025 A rev source"},
		{"一、收支", "税收收入完成3亿元，契税预计完成2亿元。", "税收收入 300000000 2025 E rev source; 契税 200000000 2025 A rev source"},
		{"一、收支", "主要项目完成情况如下：\n1.教育支出3亿元；\n2.国防支出1亿元。", "教育支出 300000000 2025 E exp fun; 国防支出 100000000 2025 E exp fun"},
		{"一、收支", "调入预算稳定调节基金3亿元，年末债务余额2亿元，预计年末债务余额4亿元，新增限额1亿元。",
			"调入预算稳定调节基金 300000000 2025 A exp project; 年末债务余额 200000000 2025 E exp project; 年末债务余额 400000000 2025 A exp project; 新增限额 100000000 2025 A exp project"},
	} {
		n := words().Read([]model.Section{{No: 1, Level: 2, Title: c.title, Text: c.text}}, Context{Year: 2025, DocumentType: schema.Budget})
		var got []string
		for i := range n.Lines {
			got = append(got, shown(&n.Lines[i]))
		}
		if s := strings.Join(got, "; "); s != c.want {
			t.Errorf("%s: %s\n got %s\nwant %s", c.title, c.text, s, c.want)
		}
	}
}

// TestPassages: notes and cells are read like sections; what a passage is about names the amounts whose clause does not.
func TestPassages(t *testing.T) {
	n := words().Read([]model.Section{{No: 1, Title: "一、收入", Text: "收入预算2万元。"}}, Context{Year: 2024, DocumentType: schema.Budget, Passages: []Passage{
		{Section: model.Section{Level: 2, Title: "2024年政府性基金支出表", Lines: []model.Line{{Page: 4, Text: "注：不含超收收入3万元。"}}}},
		{Section: model.Section{Level: 2, Title: "重点项目表", Lines: []model.Line{{Page: 5, Text: "本项目共安排5万元，用于维修。另安排资金6万元，设备费7万元。"}}}, Subject: "堤防工程"},
	}})
	var got []string
	for i := range n.Lines {
		got = append(got, shown(&n.Lines[i]))
	}
	want := "收入预算 20000 2024 A rev total; 不含超收收入 30000 2024 A rev source government_fund; " +
		"堤防工程 50000 2024 A exp project; 堤防工程 60000 2024 A exp project; 设备费 70000 2024 A exp project"
	if s := strings.Join(got, "; "); s != want {
		t.Errorf("\n got %s\nwant %s", s, want)
	}
	if l := n.Lines[1]; l.SectionNo != 0 || l.Page != 4 || n.Passages[0] != -1 || n.Passages[1] != 0 || n.Passages[4] != 1 {
		t.Errorf("%+v, passages %v", l, n.Passages)
	}
}
