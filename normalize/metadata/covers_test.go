package metadata

import (
	"strconv"
	"strings"
	"testing"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/schema/codebook"
)

// coverCases are invented covers in the wordings of published ones: lines parted by |, in front of > what they name. A line
// that begins with T is the title of a table, with O its owner with a label, with o one without, with S the title of a section.
const coverCases = `
关于甲河市2025年预算执行情况和|2026年预算草案的报告|——2026年1月20日在甲河市第八届|人民代表大会第五次会议上|甲河市财政局局长张三 > 甲河市 government budget 2026
甲河市八届人大|五次会议文件(十二)|关于甲河市2025年预算执行情况和|2026年预算草案的报告 > 甲河市 government budget 2026
市八届人大五次会议文件(3)|关于2025年全市及市本级预算执行情况和2026年全市及市本级预算草案的报告|乙江市财政局|2026年1月 > 乙江市 government budget 2026
政协会议参阅文件|丙山县2024年预算执行情况与2025年预算（草案） > 丙山县 government budget 2025
丁湖县2024年财政决算 > 丁湖县 government final_accounts 2024
关于丁湖县2024年县级财政决算和2025年上半年预算执行情况的报告 > 丁湖县 government final_accounts 2024
关于2024年全省决算和省级决算的报告|湖北省财政厅 > 湖北省 government final_accounts 2024
2025年省本级预算公开表|黑龙江省财政厅编制|2025年1月 > 黑龙江省 government budget 2025
2025年云南省地方财政预算 > 云南省 government budget 2025
内蒙古自治区2024年预算执行情况和2025年预算草案 > 内蒙古自治区 government budget 2025
广西壮族自治区2024年自治区本级决算 > 广西壮族自治区 government final_accounts 2024
西藏自治区2025年政府预算公开 > 西藏自治区 government budget 2025
宁夏回族自治区2025年财政预算 > 宁夏回族自治区 government budget 2025
迪庆州|2024年地方财政预算执行情况和2025年地方财政预算（草案）|迪庆州财政局编制 > 迪庆州 government budget 2025
延边朝鲜族自治州2024年财政总决算 > 延边朝鲜族自治州 government final_accounts 2024
锡林郭勒盟2025年政府预算 > 锡林郭勒盟 government budget 2025
大兴安岭地区2025年政府预算 > 大兴安岭地区 government budget 2025
上海市普陀区2025年区级政府预算 > 上海市普陀区 government budget 2025
重庆市2024年市级预算执行情况和2025年市级预算草案 > 重庆市 government budget 2025
2026年云浮市本级政府预算公开 > 云浮市 government budget 2026
甲河市全市与市本级|2025年预算执行情况和2026年预算（草案） > 甲河市 government budget 2026
2024年度|省本级及全省财政总决算公开|河北省财政厅|2025年8月 > 河北省 government final_accounts 2024
表1-1|34安徽省2025年地方政府一般债务余额情况表|单位：亿元 > 安徽省 government - 2025
2025年初甲河市地方政府债务限额及余额预算情况表|单位：亿元 > 甲河市 government budget 2025
附表11|甲河市2024年地方政府债务限额及余额决算情况表|单位：亿元 > 甲河市 government final_accounts 2024
乙资信评估股份有限公司|2026年甲河市地方政府再融资|专项债券（二期）信用评级报告 > 甲河市 government - 2026
新桥镇2025年财政预算 > 新桥镇 government budget 2025
甲河县新桥镇2024年财政决算 > 甲河县新桥镇 government final_accounts 2024
甲河县人民政府2025年政府预算 > 甲河县 government budget 2025
甲河经济技术开发区2025年预算执行情况和2026年预算草案 > 甲河经济技术开发区 government budget 2026
2025年石坪县对乡镇转移支付预算分项目分地区情况表|单位：万元 > 石坪县 government budget 2025
石坪县2025年一般公共预算收入预算表|单位：万元 > 石坪县 government budget 2025
表六|石坪县2025年上级转移支付收入预算表|编制单位：石坪县财政局|单位：万元 > 石坪县 government budget 2025
石坪县2025年政府预算公开|O石坪县财政局|O石坪县财政局 > 石坪县 government budget 2025
T2024年石坪县一般公共预算收支决算总表|T2024年石坪县政府性基金收入决算表 > 石坪县 government final_accounts 2024
2025年地方政府一般债务余额情况表|单位：亿元 > - government - 2025
表3|2024年地方政府债务发行及还本付息情况表|单位：亿元 > - government - 2024
石坪县水利局2025年部门预算 > 石坪县水利局 department budget 2025
2025年度石坪县水利局部门预算公开|2025年2月 > 石坪县水利局 department budget 2025
石 坪 县 水 利 局|2 0 2 4 年 度 部 门 决 算|二〇二五年九月 > 石坪县水利局 department final_accounts 2024
中共石坪县委|社会工作部2024年度|部门决算 > 中共石坪县委社会工作部 department final_accounts 2024
2025年部门预算|中国共产党石坪县委员会|政法委员会 > 中国共产党石坪县委员会政法委员会 department budget 2025
石坪县2025年县级部门预算|预算主管部门：石坪县教育体育局 > 石坪县教育体育局 department budget 2025
石坪县2025年县级部门预算|部门名称：003石坪县委办 > 石坪县委办 department budget 2025
2025年部门预算公开表|编制部门：石坪县卫健局 > 石坪县卫健局 department budget 2025
石坪县机构编制委员会办公室2025年部门预算 > 石坪县机构编制委员会办公室 department budget 2025
石坪县非税收入征收管理局2024年度单位决算 > 石坪县非税收入征收管理局 unit final_accounts 2024
石坪县预算编审中心2025年单位预算 > 石坪县预算编审中心 unit budget 2025
渭河县统计局（本级）2025年单位预算 > 渭河县统计局（本级） unit budget 2025
石坪县人民法院2025年部门预算 > 石坪县人民法院 department budget 2025
甲河市中级人民法院2024年度部门决算 > 甲河市中级人民法院 department final_accounts 2024
石坪县人民检察院|2024年度部门决算 > 石坪县人民检察院 department final_accounts 2024
新桥镇人民政府2025年部门预算 > 新桥镇人民政府 department budget 2025
石坪县新桥乡人民政府2024年度部门决算 > 石坪县新桥乡人民政府 department final_accounts 2024
石坪县人民政府城关街道办事处2025年部门预算 > 石坪县人民政府城关街道办事处 department budget 2025
石坪县新桥镇2025年部门预算 > 石坪县新桥镇 department budget 2025
甲河高新技术产业开发区管理委员会2025年部门预算 > 甲河高新技术产业开发区管理委员会 department budget 2025
甲河学院2025年部门预算 > 甲河学院 department budget 2025
东海大学2024年度部门决算 > 东海大学 department final_accounts 2024
石坪县第一中学2025年单位预算 > 石坪县第一中学 unit budget 2025
石坪县第二幼儿园|2025年单位预算公开 > 石坪县第二幼儿园 unit budget 2025
石坪县人民医院2024年度单位决算 > 石坪县人民医院 unit final_accounts 2024
石坪县残疾人联合会2025年部门预算 > 石坪县残疾人联合会 department budget 2025
石坪县总工会2024年部门决算 > 石坪县总工会 department final_accounts 2024
共青团石坪县委2025年部门预算 > 共青团石坪县委 department budget 2025
中国民主同盟甲河市委员会2025年部门预算 > 中国民主同盟甲河市委员会 department budget 2025
民革甲河市委会2024年度部门决算 > 民革甲河市委会 department final_accounts 2024
九三学社甲河市委员会2025年部门预算 > 九三学社甲河市委员会 department budget 2025
石坪县工商业联合会2025年部门预算 > 石坪县工商业联合会 department budget 2025
甲河市城市建设投资集团有限公司2024年度部门决算 > 甲河市城市建设投资集团有限公司 department final_accounts 2024
石坪县融媒体中心2025年单位预算 > 石坪县融媒体中心 unit budget 2025
石坪县公安局交通警察大队2025年单位预算 > 石坪县公安局交通警察大队 unit budget 2025
江苏省政协办公厅2025年部门预算 > 江苏省政协办公厅 department budget 2025
国家税务总局石坪县税务局2024年度部门决算 > 国家税务总局石坪县税务局 department final_accounts 2024
上海市浦阳区人民政府办公室2025年部门预算 > 上海市浦阳区人民政府办公室 department budget 2025
石坪国有林场2025年单位预算 > 石坪国有林场 unit budget 2025
收支预算总表|单位：万元|T2025年收支预算总表|O石坪县政协办公室 > 石坪县政协办公室 department budget 2025
2025年机关运行经费预算明细表|石坪县财政局|单位：元 > 石坪县财政局 department budget 2025
2025年部门预算公开|S第一部分石坪县水利局概况 > 石坪县水利局 department budget 2025
2025年部门预算公开|O亿元|O万元 > - department budget 2025
2025年部门预算公开|部门：支出,34.20% > - department budget 2025
和县2025年政府预算公开 > 和县 government budget 2025
景德镇市2024年财政决算 > 景德镇市 government final_accounts 2024
浦东新区2025年政府预算公开 > 浦东新区 government budget 2025
黔东南州黎平县2025年政府预算 > 黔东南州黎平县 government budget 2025
新疆生产建设兵团2025年部门预算 > 新疆生产建设兵团 department budget 2025
石坪县档案馆（石坪县地方志办公室）2025年部门预算 > 石坪县档案馆（石坪县地方志办公室） department budget 2025
石坪县应急管理局关于2025年部门预算公开的说明 > 石坪县应急管理局 department budget 2025
（公开）石坪县应急管理局2025年部门预算 > 石坪县应急管理局 department budget 2025
2024年度部门决算|（石坪县审计局） > 石坪县审计局 department final_accounts 2024
水利局2025年部门预算 > 水利局 department budget 2025
T2025年部门预算收支总表|O石坪县应急管理局汇总 > 石坪县应急管理局 department budget 2025
石坪县2025-2027年中期财政规划 > - department - -
中共石坪县纪律检查委员会、石坪县监察委员会2025年部门预算 > 中共石坪县纪律检查委员会、石坪县监察委员会 department budget 2025
2025年度省级部门预算|浙江省水利厅 > 浙江省水利厅 department budget 2025
部方公开表8|2025年部门收支总表|单位：万元|-1- > - department - 2025
—1—|2025年部门预算|目录 > - department budget 2025
一、一般公共预算支出情况|2025年部门预算情况说明 > - department budget 2025
第三部分|2025年部门预算情况说明 > - department budget 2025
2025年部门预算|财政部监制 > - department budget 2025
甲会计师事务所|2025年部门预算绩效报告 > - department budget 2025
编制：石坪县新桥镇财政所|石坪县新桥镇2025年财政预算 > 石坪县新桥镇 government budget 2025
石坪县2025年县级部门预算 > - department budget 2025
2025年部门预算公开|各部门|所属单位|我局 > - department budget 2025
2025年部门预算|单位：元|金额单位：万元 > - department budget 2025
关于北河市|2025年预算执行情况和2026年预算的报告 > 北河市 government budget 2026
2024年自治区预算执行情况与2025年自治区预算|自治区财政厅 > - government budget 2025
关于全市2025年预算执行情况和2026年预算草案的报告 > - government budget 2026
`

func TestCovers(t *testing.T) {
	books, err := codebook.Load()
	if err != nil {
		t.Fatal(err)
	}
	words := embedded(t)
	for c := range strings.Lines(coverCases) {
		printed, want, ok := strings.Cut(strings.TrimSpace(c), " > ")
		if !ok {
			continue
		}
		m := words.Read(drawCover(printed), "a.pdf", books)
		if m.Department == "" && strings.Contains(printed, "%") && m.NoName == "" {
			t.Errorf("%s: the refused name is not told", printed)
		}
		got := strings.Join([]string{orDash(m.Department), string(m.Level), orDash(string(m.Type)), year(m.Year)}, " ")
		if got != want {
			t.Errorf("%s\n\t got %s\n\twant %s", printed, got, want)
		}
	}
}

// drawCover makes a document of the lines of a case.
func drawCover(printed string) *model.Document {
	doc := &model.Document{}
	for l := range strings.SplitSeq(printed, "|") {
		switch rest := l[1:]; l[0] {
		case 'T':
			doc.Tables = append(doc.Tables, model.Table{Title: rest})
		case 'O':
			doc.Tables = append(doc.Tables, model.Table{Owner: rest, OwnerLabel: "编制单位"})
		case 'o':
			doc.Tables = append(doc.Tables, model.Table{Owner: rest})
		case 'S':
			doc.Sections = append(doc.Sections, model.Section{Title: rest, Level: 1})
		default:
			doc.Lines = append(doc.Lines, model.Line{Page: 1, Text: l})
		}
	}
	return doc
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

func year(y int32) string {
	if y == 0 {
		return "-"
	}
	return strconv.Itoa(int(y))
}
