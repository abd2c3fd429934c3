"""The figures of the samples: what each invented department takes in and spends. Amounts are whole fen (1/100 yuan), given
for the lowest codes only; everything above them is added up here, so that the printed tables agree with each other."""
from dataclasses import dataclass

NAMES = {
    "205": "教育支出", "20502": "普通教育", "2050201": "学前教育",
    "20508": "进修及培训", "2050803": "培训支出",
    "207": "文化旅游体育与传媒支出", "20701": "文化和旅游", "2070101": "行政运行", "2070102": "一般行政管理事务",
    "2070104": "图书馆", "2070105": "文化展示及纪念机构", "2070109": "群众文化", "2070111": "文化创作与保护",
    "2070112": "文化和旅游市场管理", "2070113": "旅游宣传", "2070199": "其他文化和旅游支出",
    "20702": "文物", "2070204": "文物保护", "2070205": "博物馆", "20703": "体育", "2070308": "群众体育",
    "20706": "新闻出版电影", "2070607": "电影", "20708": "广播电视", "2070808": "广播电视事务",
    "208": "社会保障和就业支出", "20805": "行政事业单位养老支出", "2080501": "行政单位离退休", "2080502": "事业单位离退休",
    "2080505": "机关事业单位基本养老保险缴费支出", "2080506": "机关事业单位职业年金缴费支出",
    "20808": "抚恤", "2080801": "死亡抚恤",
    "210": "卫生健康支出", "21011": "行政事业单位医疗", "2101101": "行政单位医疗", "2101102": "事业单位医疗",
    "2101103": "公务员医疗补助",
    "212": "城乡社区支出", "21208": "国有土地使用权出让收入安排的支出", "2120804": "农村基础设施建设支出",
    "213": "农林水支出", "21303": "水利", "2130301": "行政运行", "2130305": "水利工程建设", "2130311": "水资源节约管理与保护",
    "2130314": "防汛",
    "221": "住房保障支出", "22102": "住房改革支出", "2210201": "住房公积金", "2210203": "购房补贴",
}

GENERAL, FUND, OWN = "general_public_budget", "government_fund", "unit_funds"




def wan(x):
    """万元 to fen."""
    return round(x * 100) * 10_000


@dataclass(frozen=True)
class Item:
    code: str
    basic: int = 0
    project: int = 0
    source: str = GENERAL


@dataclass(frozen=True)
class Department:
    name: str
    year: int
    items: tuple
    three_public: dict  # abroad, purchase, running, reception: fen
    three_public_budget: dict | None = None  # in final accounts: what had been planned

    def amount(self, code="", spending="all", source=None):
        """The sum of everything whose code begins with the given one; "" is the total."""
        return sum(
            (i.basic if spending != "project" else 0) + (i.project if spending != "basic" else 0)
            for i in self.items
            if i.code.startswith(code) and source in (None, i.source)
        )

    def codes(self, source=None):
        """Every code with its parents, in order."""
        found = set()
        for i in self.items:
            if source in (None, i.source):
                found |= {i.code[:3], i.code[:5], i.code}
        return sorted(found)


WATER = Department("青禾县水利局", 2025, (
    Item("2080501", wan(18.64)), Item("2080505", wan(42.31)),
    Item("2101101", wan(19.08)), Item("2101103", wan(6.36)),
    Item("2120804", 0, wan(60.00), FUND),
    Item("2130301", wan(388.73), wan(12.50)), Item("2130305", 0, wan(640.00)), Item("2130311", 0, wan(35.20)),
    Item("2130314", 0, wan(88.00)), Item("2130314", 0, wan(4.50), OWN),
    Item("2210201", wan(31.74)),
), dict(abroad=0, purchase=0, running=wan(7.20), reception=wan(1.15)))

CULTURE = Department("青禾县文化和旅游局", 2024, (
    Item("2050803", 0, wan(2.40)),
    Item("2070101", wan(263.51), wan(8.00)), Item("2070102", 0, wan(31.26)), Item("2070104", wan(74.88), wan(22.60)),
    Item("2070105", 0, wan(16.00)), Item("2070109", wan(92.15), wan(37.91)), Item("2070111", 0, wan(28.50)),
    Item("2070112", wan(41.08), wan(9.30)), Item("2070113", 0, wan(55.00)), Item("2070199", 0, wan(7.44)),
    Item("2070204", wan(38.22), wan(120.75)), Item("2070205", wan(29.66), wan(44.10)), Item("2070308", 0, wan(18.00)),
    Item("2070607", 0, wan(12.60)), Item("2070808", 0, wan(26.33)),
    Item("2080501", wan(21.12)), Item("2080502", wan(33.90)), Item("2080505", wan(57.24)), Item("2080506", wan(8.44)),
    Item("2080801", wan(3.12)),
    Item("2101101", wan(17.55)), Item("2101102", wan(20.09)), Item("2101103", wan(5.85)),
    Item("2120804", 0, wan(15.00), FUND),
    Item("2210201", wan(44.72)), Item("2210203", wan(6.05)),
), dict(abroad=0, purchase=0, running=wan(4.32), reception=wan(0.84)),
    dict(abroad=0, purchase=0, running=wan(5.00), reception=wan(1.20)))

KINDERGARTEN = Department("青禾县第二幼儿园", 2025, (
    Item("2050201", 2_683_417_00, 415_000_00), Item("2050201", 0, 286_500_00, OWN),
    Item("2080505", 318_462_00), Item("2101102", 142_906_00), Item("2210201", 238_847_00),
), dict(abroad=0, purchase=0, running=0, reception=0))
