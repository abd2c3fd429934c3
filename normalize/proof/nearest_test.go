package proof

import "testing"

func TestNear(t *testing.T) {
	for text, want := range map[string]bool{
		"其他收大": true, "基本王资": true, "工资福利文出": true, "五、教育文出": true, "一般公共服务支出": true,
		"部门人员参加培训": false, "召开工作会议次数": false,
	} {
		if Near(text) != want {
			t.Errorf("%s: %v", text, !want)
		}
	}
}
