package join

import (
	"testing"

	"github.com/countybudget/extract/extract/model"
)

// TestMisread: recognized headers are alike but for one character of four; figures and digital text are compared as they are.
func TestMisread(t *testing.T) {
	row := func(source model.Source, texts ...string) (out []model.Cell) {
		for _, text := range texts {
			out = append(out, model.Cell{Text: text, Source: source})
		}
		return out
	}
	for _, tt := range []struct {
		source model.Source
		a, b   []string
		want   bool
	}{
		{model.SourceOCR, []string{"功能分类科目编码", "合计"}, []string{"功能分关科目编码", "合计"}, true},
		{model.SourceOCR, []string{"合计", "收入"}, []string{"合计", "支出"}, false},
		{model.SourceOCR, []string{"一般公共服务支出", "13,260.00"}, []string{"一般公共服务支出", "13,250.00"}, false},
		{model.SourceOCR, []string{"项目"}, []string{"项目", "合计"}, false},
		{model.SourceText, []string{"功能分类科目编码"}, []string{"功能分关科目编码"}, false},
	} {
		if got := misread(row(tt.source, tt.a...), row(tt.source, tt.b...)); got != tt.want {
			t.Errorf("%v, %v: %t", tt.a, tt.b, got)
		}
	}
}
