"""Documents whose tables have few rules, none, or rules that are not drawn as lines."""
import random

import words as w
from document import Document
from paper import A4_WIDE, Cairo
from table import Cell, Table

VERTICAL, SHADED, NONE = "vertical rules only", "shading for rules", "no rules"
THREE_LINE, DOTTED = "three lines, grouped header", "rules of dots and dashes"


def revenue(seed, n=20, digits=0, **style):
    """Name, two years and their ratio."""
    rows = w.items(seed, w.REVENUE[:n], 2, total="收入合计")
    body = [[Cell(name, indent=indent), *(w.amount(v, digits=digits) for v in values),
             w.percent(values[1], values[0])] for name, indent, values in rows]
    return Table([200, 88, 88, 80], [["项目", "2024年执行数", "2025年预算数", "预算数为执行数的%"]], body, **style)


def functional(seed, widths, empty=0.0, **style):
    """Code, name, total, basic and project expenditure, of a department."""
    body = []
    for code, name, values in w.tree(seed, w.CODES, 2, empty=empty):
        body.append([code, Cell(name, indent=(len(code) - 3) // 2 if code else 0),
                     *(w.amount(v) for v in w.totalled(values))])
    return Table(widths, [["科目编码", "科目名称", "合计", "基本支出", "项目支出"]], body, align="llrrr", **style)


def debt(seed, n=14, **style):
    """Limit and balance of the districts, in two groups."""
    rows = w.items(seed, w.DISTRICTS[:n], 4, low=10**9, high=9 * 10**11, step=10**8, total="")
    total = [sum(c) for c in zip(*(v for _, _, v in rows))]
    body = [[name, *(w.amount(f, "亿元") for g in (v[:2], v[2:]) for f in w.totalled(g))] for name, v in
            [("全市合计", total)] + [(n, v) for n, _, v in rows]]
    head = [[Cell("地区", down=2), Cell("2024年债务限额", across=3), Cell("2024年末债务余额", across=3)],
            ["小计", "一般债务", "专项债务", "小计", "一般债务", "专项债务"]]
    return Table([80] + [64] * 6, head, body, **style)


def page(d, table, title, unit, y=50, **heading):
    """One table in the middle of one page, the whole document."""
    x = (d.w - table.total()) / 2
    bottom = table.draw(d, x, d.heading(y, title, unit, x0=x, **heading))
    d.table(title, unit, d.number, d.number, table.grid())
    return bottom


# Vertical rules only

def vertical_revenue(out):
    d = Document(out, "vertical_revenue", VERTICAL)
    t = revenue(1, rows="head", size=10, pad=3.5, head_font="hei")
    bottom = page(d, t, "云岭县2025年一般公共预算收入预算表", "万元", form="表一")
    d.text(t.xs[0], bottom + 16, "注：本表不含上级补助收入和债务转贷收入。")
    d.save()


def vertical_wrapped(out):
    """Names of one to three lines beside one figure each, which stands in the middle; blank figures; no rules at the sides."""
    d = Document(out, "vertical_wrapped", VERTICAL, printer=Cairo)
    rows = w.items(2, w.TRANSFERS, 2, empty=0.15)
    body = [[Cell(name, align="c" if name == "合计" else None), *(w.amount(v, digits=0) for v in vs),
             w.amount(vs[1] - vs[0], digits=0) if vs[1] > vs[0] else ""] for name, _, vs in rows]
    t = Table([180, 84, 84, 84], [["项目", "上年执行数", "本年预算数", "比上年增加"]], body, rows="head", box="ends", heavy=2, size=10)
    page(d, t, "石桥县2025年上级转移支付收入预算表", "万元", form="附件3", owner="编制单位：石桥县财政局")
    d.save()


def vertical_codes(out):
    """A department's codes over two pages, with the header on each; a rule after every fifth row."""
    d = Document(out, "vertical_codes", VERTICAL)
    t = functional(3, [66, 190, 72, 72, 72], empty=0.2, rows=5, size=10, pad=6.5)
    x = (d.w - t.total()) / 2
    y = d.heading(50, "部门支出总表", "万元", x0=x, owner="部门名称：白沙县农业农村局", form="公开03表")
    cut = t.fits(d, y, 760)
    assert cut < len(t.body)
    t.draw(d, x, y, 0, cut)
    d.turn()
    t.draw(d, x, d.heading(50, "部门支出总表", "万元", x0=x, owner="部门名称：白沙县农业农村局", form="公开03表"), cut)
    d.table("部门支出总表", "万元", 1, 2, t.grid())
    d.save()


def vertical_towns(out):
    """Many narrow columns, half of the places blank; groups that have no figures of their own."""
    d = Document(out, "vertical_towns", VERTICAL, size=A4_WIDE, printer=Cairo)
    r = random.Random(4)
    groups = {"一、一般性转移支付": ["村级组织运转经费", "农村税费改革补助", "乡镇人大工作经费"],
              "二、专项转移支付": ["小型水利设施维修养护", "农村人居环境整治", "森林防火", "残疾人两项补贴"],
              "三、其他补助": ["基层武装工作", "综治维稳工作经费", "文化站免费开放"]}
    body, total = [], [0] * 11
    for group, names in groups.items():
        body.append([group] + [""] * 12)
        for n in names:
            v = [r.randint(10, 3000) * 10**4 if r.random() < 0.55 else 0 for _ in range(11)]
            v[0] = v[0] or 10**6
            total = [a + b for a, b in zip(total, v)]
            body.append([Cell(n, indent=1)] + [w.amount(f) for f in w.totalled(v)])
    body.append([Cell("合计", align="c")] + [w.amount(f) for f in w.totalled(total)])
    t = Table([140] + [50] * 12, [[Cell("项目", down=2), Cell("合计", down=2), Cell("其中", across=11)], w.TOWNS[:11]], body,
              rows="head", size=9, pad=4)
    page(d, t, "大塘县2025年对乡镇补助分项目分地区表", "万元")
    d.save()


# Shading in place of rules

def shaded_stripes(out):
    d = Document(out, "shaded_stripes", SHADED)
    t = functional(11, [66, 200, 72, 72, 72], box="none", rows="none", columns=False, head_rows="none",
                   stripes=(0.9, 0.94, 0.98), head_fill=(0.62, 0.75, 0.88), size=9.5, pad=3.5, head_font="hei")
    page(d, t, "一般公共预算支出表", "万元", owner="部门：龙泉县农业农村局")
    d.save()


def shaded_cells(out):
    """Each cell a filled rectangle, with white gaps between them."""
    d = Document(out, "shaded_cells", SHADED, size=A4_WIDE, printer=Cairo)
    t = debt(12, n=12, box="none", rows="none", columns=False, head_rows="none", size=10, pad=5)

    def fill(color):
        return lambda d, x0, y0, x1, y1: d.rect(x0 + 0.8, y0 + 0.8, x1 - x0 - 1.6, y1 - y0 - 1.6, fill=color)

    for row in t.head:
        for i, q in enumerate(row):
            row[i] = Cell(q) if isinstance(q, str) else q
            row[i].fill = fill((0.72, 0.82, 0.72))
    for k, row in enumerate(t.body):
        t.body[k] = [Cell(q, fill=fill((0.93, 0.96, 0.93))) for q in row]
    page(d, t, "江州市2024年地方政府债务限额和余额情况表", "亿元", form="附表12")
    d.save()


def shaded_totals(out):
    """Every other row is shaded; white rules between the columns."""
    d = Document(out, "shaded_totals", SHADED)

    def white(d, x0, y0, x1, y1, width):
        d.line(x0, y0, x1, y1, width, color=(1, 1, 1))

    t = revenue(13, n=17, box="none", rows="none", columns=True, stripes=(0.88, 0.88, 0.88), head_fill=(0.7, 0.7, 0.7),
                pen=white, width=2, size=11, pad=4)
    page(d, t, "青山市2025年一般公共预算收入预算表", "万元", form="表1-1", font="song", size=18)
    d.save()


# No rules at all

BARE = {"box": "none", "rows": "none", "columns": False, "head_rows": "none"}


def bare_revenue(out):
    d = Document(out, "bare_revenue", NONE, printer=Cairo)
    t = revenue(21, digits=2, size=10.5, pad=2.5, head_font="hei", **BARE)
    page(d, t, "南岭县2025年一般公共预算收入表", "万元")
    d.save()


def bare_economic(out):
    """Codes, names that indent, blank figures."""
    d = Document(out, "bare_economic", NONE)
    body = [[code, Cell(name, indent=1 if len(code) > 3 else 0), *(w.amount(v) for v in w.totalled(values))]
            for code, name, values in w.tree(22, w.ECONOMIC, 2, empty=0.35)]
    t = Table([64, 170, 84, 84, 84], [["科目编码", "科目名称", "合计", "人员经费", "公用经费"]], body, align="llrrr", size=10, pad=2, **BARE)
    page(d, t, "一般公共预算基本支出表", "万元", owner="单位名称：柳林县统计局", form="表06")
    d.save()


def bare_grouped(out):
    """A header of two rows, and ten figures in a row."""
    d = Document(out, "bare_grouped", NONE, size=A4_WIDE)
    t = debt(23, size=10, pad=3, head_font="hei", **BARE)
    t.widths = [90] + [96] * 6
    page(d, t, "江州市2024年政府债务限额和余额情况表", "亿元", form="附表7")
    d.save()


def bare_projects(out):
    """A column of numbers at the left, names of one or two lines, words in the last column; prose above."""
    d = Document(out, "bare_projects", NONE, printer=Cairo)
    r = random.Random(24)
    total, body = 0, []
    for i, name in enumerate(w.PROJECTS[:11], 1):
        v = r.randint(10, 900) * 10**6
        total += v
        long = name + "（含上年结转安排的尾款和质量保证金）" if i % 4 == 0 else name
        body.append([str(i), long, r.choice(["续建", "新建", "经常性"]), w.amount(v), r.choice(["县级财力", "上级补助", "专项债券"])])
    body.append(["", "合计", "", w.amount(total), ""])
    t = Table([36, 210, 60, 90, 80], [["序号", "项目名称", "类别", "预算数", "资金来源"]], body, align="clcrc", size=10.5, pad=3,
              names="middle", **BARE)
    y = d.prose(70, "2025年县级安排重点项目十一个，资金在预算执行中按进度拨付，项目单位对绩效目标负责。各项目预算如下表所列。")
    page(d, t, "双庙县2025年重点项目预算表", "万元", y=y + 10)
    d.save()


# Three lines, grouped headers

def lines_groups(out):
    d = Document(out, "lines_groups", THREE_LINE, size=A4_WIDE, printer=Cairo)
    t = debt(31, rows="head", box="ends", columns=False, head_rows="partial", heavy=2, size=10, pad=3.5)
    t.widths = [90] + [92] * 6
    page(d, t, "江州市2024年政府债务限额和余额决算表", "亿元", form="附表10")
    d.save()


def lines_functional(out):
    """Group names without a rule below them."""
    d = Document(out, "lines_functional", THREE_LINE)
    body = []
    for code, name, v in w.tree(32, w.CODES, 3, empty=0.3):
        figures = [sum(v), v[0] + v[1], v[0], v[1], v[2]]
        body.append([code, name, *(w.amount(f) for f in figures)])
    head = [[Cell("科目编码", down=2), Cell("科目名称", down=2), Cell("合计", down=2), Cell("基本支出", across=3), Cell("项目支出", down=2)],
            ["小计", "人员经费", "公用经费"]]
    t = Table([52, 168, 58, 58, 58, 58, 58], head, body, align="ll" + "r" * 5, rows="head", box="ends", columns=False,
              head_rows="none", heavy=2, size=9, pad=3.5)
    page(d, t, "一般公共预算支出表", "万元", owner="部门：东湖县农业农村局", form="公开05表")
    d.save()


def lines_years(out):
    """Three groups of years, each with its ratio; a third level in the header."""
    d = Document(out, "lines_years", THREE_LINE, size=A4_WIDE)
    rows = w.items(33, w.CLASSES[:14], 5, total="支出合计")
    body = []
    for name, _, v in rows:
        budget, final, plan, own, given = v[0], v[1], v[3] + v[4], v[3], v[4]
        body.append([name, w.amount(budget, digits=0), w.amount(final, digits=0), w.percent(final, budget),
                     w.amount(plan, digits=0), w.amount(own, digits=0), w.amount(given, digits=0), w.percent(plan, final)])
    head = [[Cell("支出科目", down=3), Cell("2024年", across=3), Cell("2025年", across=4)],
            [Cell("年初预算", down=2), Cell("执行数", down=2), Cell("完成预算%", down=2), Cell("预算数", across=3), Cell("为上年执行%", down=2)],
            ["小计", "县级财力", "上级补助"]]
    t = Table([170] + [80] * 7, head, body, rows="head", box="ends", columns=False, head_rows="partial", heavy=1.8, size=10, pad=3)
    page(d, t, "石门县2025年一般公共预算支出预算表", "万元", form="表二")
    d.save()


def lines_wrapped(out):
    """Wrapped names, figures beside their last line; groups of unlike width; bold totals."""
    d = Document(out, "lines_wrapped", THREE_LINE, printer=Cairo)
    rows = w.items(34, w.TRANSFERS[:9], 4)
    body = [[Cell(name, bold=name == "合计"), *(Cell(w.amount(f, digits=0), bold=name == "合计") for f in w.totalled(v[:2]) + v[2:])]
            for name, _, v in rows]
    head = [[Cell("项目", down=2), Cell("2025年预算", across=3), Cell("备查", across=2)],
            ["小计", "提前下达", "待分配", "上年预算", "上年决算"]]
    t = Table([175, 62, 62, 62, 62, 62], head, body, rows="head", box="ends", columns=False, head_rows="partial", heavy=2, size=9.5,
              figures="bottom")
    page(d, t, "白沙县2025年专项转移支付分项目表", "万元")
    d.save()


def blocks(seed, digits=2, **style):
    """Revenue beside expenditure, most items of which are blank; every name is one line."""
    r = random.Random(seed)
    names = ["（" + n + "）" + c for n, c in zip("一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四 十五 十六 十七 十八 十九 二十".split(), w.CLASSES)]
    spent = [r.randint(10, 900) * 10**6 if i in (0, 6, 7, 10, 15) else 0 for i in range(len(names))]
    carried, funds = r.randint(1, 9) * 10**6, r.randint(1, 9) * 10**7
    own = sum(spent) - carried - funds
    left = [("一、本年收入", own + funds), ("（一）一般公共预算拨款", own), ("（二）政府性基金预算拨款", funds), ("（三）国有资本经营预算拨款", 0),
            ("二、上年结转", carried), ("（一）一般公共预算拨款", carried), ("（二）政府性基金预算拨款", 0), ("（三）国有资本经营预算拨款", 0)]
    left = left + [("", 0)] * (len(names) + 2 - len(left)) + [("收入总计", sum(spent))]
    right = [("一、本年支出", sum(spent))] + list(zip(names, spent)) + [("二、年终结转结余", 0), ("支出总计", sum(spent))]
    indent = lambda n: 1 if n.startswith("（") else 0
    body = [[Cell(a, indent=indent(a)), w.amount(x, digits=digits), Cell(b, indent=indent(b)), w.amount(y, digits=digits)]
            for (a, x), (b, y) in zip(left, right)]
    head = [[Cell("收入", across=2), Cell("支出", across=2)], ["项目", "预算数", "项目", "预算数"]]
    return Table([150, 80, 170, 80], head, body, align="lrlr", **style)


def lines_blocks(out):
    """Revenue beside expenditure between three lines, in close rows."""
    d = Document(out, "lines_blocks", THREE_LINE, printer=Cairo)
    t = blocks(35, rows="head", box="ends", columns=False, heavy=2, size=9, pad=2)
    page(d, t, "财政拨款收支总表", "万元", owner="部门：石门县农业农村局", form="公开04表")
    d.save()


def vertical_blocks(out):
    """Revenue beside expenditure with vertical rules only."""
    d = Document(out, "vertical_blocks", VERTICAL)
    t = blocks(5, rows="head", size=9.5, pad=2.5)
    page(d, t, "部门收支总表", "万元", owner="部门名称：大塘县农业农村局", form="公开01表")
    d.save()


# Rules of dots, dashes, little rectangles

def dots(d, x0, y0, x1, y1, width):
    n = max(1, round(max(x1 - x0, y1 - y0) / 2.4))
    for i in range(n + 1):
        d.circle(x0 + (x1 - x0) * i / n, y0 + (y1 - y0) * i / n, 0.4, fill=(0, 0, 0))


def dashed(d, x0, y0, x1, y1, width):
    d.line(x0, y0, x1, y1, width, dash=[3, 2])


def round_dashes(d, x0, y0, x1, y1, width):
    d.line(x0, y0, x1, y1, 0.9, dash=[0.01, 2.2], cap=1)


def strokes(d, x0, y0, x1, y1, width):
    n = max(1, round(max(x1 - x0, y1 - y0) / 4))
    for i in range(n):
        d.line(x0 + (x1 - x0) * i / n, y0 + (y1 - y0) * i / n, x0 + (x1 - x0) * (i + 0.6) / n, y0 + (y1 - y0) * (i + 0.6) / n, width)


def squares(d, x0, y0, x1, y1, width):
    n = max(1, round(max(x1 - x0, y1 - y0) / 1.8))
    points = [(x0 + (x1 - x0) * i / n, y0 + (y1 - y0) * i / n) for i in range(n + 1)]
    d.shapes([[(x - 0.35, y - 0.35), (x + 0.35, y - 0.35), (x + 0.35, y + 0.35), (x - 0.35, y + 0.35)] for x, y in points], fill=(0, 0, 0))


def slanted(d, x0, y0, x1, y1, width):
    """A filled trapezoid, as browsers draw the borders of cells."""
    a, b = 0.5, 0.2
    if y0 == y1:
        d.shapes([[(x0 - a, y0 - a), (x1 + a, y0 - a), (x1 - b, y0 + b), (x0 + b, y0 + b)]], fill=(0, 0, 0))
    else:
        d.shapes([[(x0 - a, y0 - a), (x0 + b, y0 + b), (x0 + b, y1 - b), (x0 - a, y1 + a)]], fill=(0, 0, 0))


def dotted_circles(out):
    d = Document(out, "dotted_circles", DOTTED)
    page(d, revenue(41, n=16, pen=dots, size=10, pad=4), "东湖县2025年一般公共预算收入表", "万元")
    d.save()


def dotted_dashes(out):
    d = Document(out, "dotted_dashes", DOTTED, printer=Cairo)
    t = functional(42, [66, 200, 74, 74, 74], pen=dashed, size=9.5, pad=3.5, width=0.5)
    page(d, t, "部门支出总表", "万元", owner="部门名称：河口县农业农村局")
    d.save()


def dotted_round(out):
    """Round dots by a dash pattern, and no rules between the rows."""
    d = Document(out, "dotted_round", DOTTED, printer=Cairo)
    page(d, revenue(43, n=18, pen=round_dashes, rows="head", size=10, pad=3.5), "柳林县2025年一般公共预算收入表", "万元", form="附表1")
    d.save()


def dotted_strokes(out):
    d = Document(out, "dotted_strokes", DOTTED, size=A4_WIDE)
    t = debt(44, pen=strokes, size=9.5, pad=3)
    t.widths = [90] + [90] * 6
    page(d, t, "江州市2024年政府债务限额和余额情况表", "亿元", form="附表9")
    d.save()


def dotted_squares(out):
    d = Document(out, "dotted_squares", DOTTED)
    body = [[str(i), name, w.amount(v[0]), w.amount(v[1]), ""] for i, (name, _, v) in
            enumerate(w.items(45, w.PROJECTS, 2, total=""), 1)]
    t = Table([40, 220, 80, 80, 60], [["序号", "项目名称", "上年预算", "本年预算", "备注"]], body, align="clrrl", pen=squares, size=10.5, pad=4)
    page(d, t, "2025年县级项目支出预算表", "万元", owner="龙泉县财政局")
    d.save()


def dotted_slanted(out):
    d = Document(out, "dotted_slanted", DOTTED)
    t = functional(46, [60, 190, 76, 76, 76], pen=slanted, size=9, pad=4, empty=0.3)
    page(d, t, "一般公共预算支出表", "万元", owner="单位：南岭县农业农村局", form="表5")
    d.save()


ALL = [vertical_revenue, vertical_wrapped, vertical_codes, vertical_towns, vertical_blocks, shaded_stripes, shaded_cells, shaded_totals,
       bare_revenue, bare_economic, bare_grouped, bare_projects, lines_groups, lines_functional, lines_years, lines_wrapped,
       lines_blocks, dotted_circles, dotted_dashes, dotted_round, dotted_strokes, dotted_squares, dotted_slanted]
