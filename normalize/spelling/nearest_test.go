package spelling

import "testing"

func TestNear(t *testing.T) {
	for text, want := range map[string]bool{
		"其他收大": true, "基本王资": true, "工资福利文出": true, "五、教育文出": true, "2022年项目支出预箅表(上年结转)": true,
		"一般公共服务支出": false, "2022年项目支出预算表(上年结转)": false, // known
		"部门人员参加培训": false, "召开工作会议次数": false,
	} {
		if got := Embedded().Near(text); (len(got) > 0) != want {
			t.Errorf("%s: %q", text, got)
		}
	}
}

func TestRespelled(t *testing.T) {
	for _, c := range [][3]string{
		{"住丙公积金", "住房公积金", "住房公积金"},
		{"(2)公务用车运行维护赞", "2公务用车运行维护费", "(2)公务用车运行维护费"},
		{"维修（扩）费", "维修护费", "维修（护）费"},
		{"其他收大", "其他收入", "其他收入"},
		{"办.公用品费", "办公用品费", "办.公用品费"},
		{"社会障和就业支出", "社会保障和就业支出", "社会保障和就业支出"},
		{"基本本工资", "基本工资", "基本工资"},
		{"八)基本王资", "基本工资", ""},
	} {
		if got := respelled(c[0], c[1]); got != c[2] {
			t.Errorf("%s for %s: %s", c[0], c[1], got)
		}
	}
}

// TestNearest: a text is corrected to the one name that is near, not where another is as near or nearly so.
func TestNearest(t *testing.T) {
	for _, c := range []struct {
		names      []string
		text, want string
	}{
		{[]string{"城乡社区环境卫生", "工业和信息产业监管"}, "城乡社区坏境卫生", "城乡社区环境卫生"},
		{[]string{"城乡社区环境卫生", "城乡社区住境卫生"}, "城乡社区坏境卫生", ""},
		{[]string{"住房补贴", "住房改革支出"}, "住房扑贴", "住房补贴"},
		{[]string{"住房补贴", "购房补贴"}, "住房扑贴", ""}, // of a short name the next must be two further
	} {
		l := newIndex()
		for _, name := range c.names {
			l.add(name)
		}
		if got, ok := l.nearest(c.text); got != c.want || ok != (c.want != "") {
			t.Errorf("%s among %v: %q, %v", c.text, c.names, got, ok)
		}
	}
}
