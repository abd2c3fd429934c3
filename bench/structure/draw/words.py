"""Names and figures of invented counties, and tables of rows that add up."""
import random

TOWNS = ["城关镇", "柳河镇", "白石镇", "双桥乡", "龙泉镇", "大坪乡", "东湖镇", "南岭乡", "石门镇", "河口镇", "青山乡", "沙坝镇"]
DISTRICTS = ["市本级", "城东区", "河西区", "云岭县", "石桥县", "白沙县", "龙泉县", "大塘县", "青山市", "东湖县", "柳林县", "南岭县", "双庙县", "高新区"]

REVENUE = [("一、税收收入", 0), ("增值税", 1), ("企业所得税", 1), ("个人所得税", 1), ("资源税", 1), ("城市维护建设税", 1), ("房产税", 1),
           ("印花税", 1), ("城镇土地使用税", 1), ("土地增值税", 1), ("耕地占用税", 1), ("契税", 1), ("环境保护税", 1), ("二、非税收入", 0),
           ("专项收入", 1), ("行政事业性收费收入", 1), ("罚没收入", 1), ("国有资源（资产）有偿使用收入", 1), ("捐赠收入", 1), ("其他收入", 1)]

CLASSES = ["一般公共服务支出", "国防支出", "公共安全支出", "教育支出", "科学技术支出", "文化旅游体育与传媒支出", "社会保障和就业支出", "卫生健康支出",
           "节能环保支出", "城乡社区支出", "农林水支出", "交通运输支出", "资源勘探工业信息等支出", "商业服务业等支出", "自然资源海洋气象等支出",
           "住房保障支出", "粮油物资储备支出", "灾害防治及应急管理支出", "预备费", "债务付息支出"]

# Functional codes of a department: the deepest carry the figures.
CODES = {"205": "教育支出", "20502": "普通教育", "2050201": "学前教育", "2050202": "小学教育", "2050203": "初中教育",
         "20508": "进修及培训", "2050803": "培训支出", "208": "社会保障和就业支出", "20805": "行政事业单位养老支出",
         "2080501": "行政单位离退休", "2080505": "机关事业单位基本养老保险缴费支出", "2080506": "机关事业单位职业年金缴费支出",
         "210": "卫生健康支出", "21011": "行政事业单位医疗", "2101101": "行政单位医疗", "2101103": "公务员医疗补助",
         "213": "农林水支出", "21301": "农业农村", "2130101": "行政运行", "2130108": "病虫害控制", "2130122": "农业生产发展",
         "2130153": "耕地建设与利用", "21305": "巩固脱贫攻坚成果衔接乡村振兴", "2130505": "生产发展", "221": "住房保障支出",
         "22102": "住房改革支出", "2210201": "住房公积金"}

ECONOMIC = {"301": "工资福利支出", "30101": "基本工资", "30102": "津贴补贴", "30103": "奖金", "30107": "绩效工资",
            "30108": "机关事业单位基本养老保险缴费", "30110": "职工基本医疗保险缴费", "30113": "住房公积金", "302": "商品和服务支出",
            "30201": "办公费", "30205": "水费", "30206": "电费", "30207": "邮电费", "30211": "差旅费", "30215": "会议费",
            "30217": "公务接待费", "30228": "工会经费", "30231": "公务用车运行维护费", "30239": "其他交通费用", "303": "对个人和家庭的补助",
            "30302": "退休费", "30305": "生活补助", "310": "资本性支出", "31002": "办公设备购置"}

TRANSFERS = ["均衡性转移支付收入", "县级基本财力保障机制奖补资金收入", "农村综合改革转移支付资金（农村公益事业财政奖补和扶持壮大村级集体经济试点补助）",
             "巩固拓展脱贫攻坚成果同乡村振兴有效衔接共同财政事权转移支付收入（原财政专项扶贫资金）", "产粮（油）大县奖励资金收入",
             "义务教育薄弱环节改善与能力提升补助资金（校舍安全保障长效机制部分）", "基本公共卫生服务补助资金",
             "中央自然灾害救灾资金（地质灾害和农业生产水利救灾）", "城乡居民基本养老保险补助资金", "革命老区转移支付收入",
             "车辆购置税收入补助地方资金用于一般公路建设项目（以奖代补）", "林业草原生态保护恢复资金（含退耕还林还草和国土绿化试点示范等支出方向）"]

PROJECTS = ["农村饮水安全巩固提升工程", "小型水库除险加固", "县城老旧小区改造配套基础设施", "高标准农田建设", "农村公路养护", "智慧校园二期",
            "中医院医技综合楼设备购置", "城区雨污分流管网改造（三期）", "重大动物疫病防控", "基层文化服务中心免费开放", "残疾人康复中心运行",
            "乡镇消防站建设", "河长制工作经费", "殡葬公共服务设施", "数字化城市管理平台运行维护", "古树名木保护"]


def amount(fen, unit="万元", digits=2, blank=""):
    if fen == 0:
        return blank
    value = fen / {"元": 100, "千元": 10**5, "万元": 10**6, "亿元": 10**10}[unit]
    return f"{value:,.{digits}f}"


def percent(a, b):
    return f"{a / b * 100:.1f}" if a and b else ""


def leaves(codes):
    return [c for c in codes if not any(o != c and o.startswith(c) for o in codes)]


def tree(seed, codes, columns, low=10**6, high=9 * 10**8, step=10**4, empty=0.0):
    """[code, name, figures] of every code, and before them the total; a code's figures are the sums of those below it."""
    r = random.Random(seed)
    values = {}
    for c in leaves(codes):
        v = [0 if r.random() < empty else r.randint(low, high) // step * step for _ in range(columns)]
        values[c] = v if any(v) else [low // step * step] + v[1:]
    add = lambda which: [sum(v[k] for c, v in values.items() if which(c)) for k in range(columns)]
    return [("", "合计", add(lambda c: True))] + [(c, n, add(lambda l, c=c: l.startswith(c))) for c, n in codes.items()]


def totalled(v):
    return [sum(v)] + v


def items(seed, names, columns, low=10**7, high=9 * 10**9, step=10**6, empty=0.0, total="合计"):
    """(name, indent, figures); names with indent add up to the last one without, and the total to those without."""
    r = random.Random(seed)
    names = [n if isinstance(n, tuple) else (n, 0) for n in names]
    out = []
    for n, indent in names:
        out.append((n, indent, [0 if r.random() < empty else r.randint(low, high) // step * step for _ in range(columns)]))
    for i, (n, indent, v) in enumerate(out):
        below = []
        for k in range(i + 1, len(out)):
            if out[k][1] <= indent:
                break
            below.append(out[k][2])
        if below:
            out[i] = (n, indent, [sum(c) for c in zip(*below)])
    if total:
        out.append((total, 0, [sum(c) for c in zip(*(v for _, indent, v in out if indent == 0))]))
    return out
