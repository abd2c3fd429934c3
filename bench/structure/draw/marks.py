"""Documents with strokes that are no rules, texts that cross their borders, footnote marks and broken amounts."""
import math
import random

import words as w
from document import Document
from paper import A4_WIDE, Cairo
from rules import BARE, debt, functional, page, revenue
from table import Cell, Table

STROKES, OVER, MARKS = "strokes that are no rules", "texts over borders", "marks, broken amounts"
RED = (0.82, 0.1, 0.1)


# Strokes that are no rules

def boxed(d, q, x0, x1, y, font, size):
    x = x0 + q.indent * size
    d.text(x, y, q.shown, font, size)
    d.rect(x - 1.5, y - size * 0.9, d.width(q.shown, font, size) + 3, size * 1.15, stroke=(0, 0, 0), width=0.5)


def underlined(d, q, x0, x1, y, font, size):
    x = x1 - d.width(q.shown, font, size)
    d.text(x, y, q.shown, font, size)
    d.line(x, y + 2, x1, y + 2, 0.5)


def twice_underlined(d, q, x0, x1, y, font, size):
    underlined(d, q, x0, x1, y, font, size)
    d.line(x1 - d.width(q.shown, font, size), y + 3.6, x1, y + 3.6, 0.5)


def struck(d, q, x0, x1, y, font, size):
    x = x0 + q.indent * size
    d.text(x, y, q.shown, font, size)
    d.line(x, y - size * 0.36, x + d.width(q.shown, font, size), y - size * 0.36, 0.6)


def seal(d, x, y, r, text):
    d.circle(x, y, r, stroke=RED, width=2)
    star = [(x + k * math.sin(i * math.pi / 5), y - k * math.cos(i * math.pi / 5)) for i in range(10)
            for k in [r * (0.34 if i % 2 == 0 else 0.13)]]
    d.shapes([star], fill=RED)
    size = r * 0.24
    for i, ch in enumerate(text):
        a = math.radians(210 - i * 240 / (len(text) - 1))
        k = r - size - 3
        d.text(x + k * math.cos(a) - size / 2 * math.sin(a), y - k * math.sin(a) - size / 2 * math.cos(a), ch, "song", size, color=RED,
               angle=math.degrees(a) - 90)


def strokes_bold(out):
    """All text bold, in cairo stroked outlines; vertical rules only."""
    d = Document(out, "strokes_bold", STROKES, printer=Cairo)
    t = revenue(51, n=18, rows="head", size=10.5, pad=3)
    t.head = [[Cell(q, bold=True) for q in t.head[0]]]
    t.body = [[Cell(q.text, indent=q.indent, bold=True) if isinstance(q, Cell) else Cell(q, bold=True) for q in row] for row in t.body]
    x = (d.w - t.total()) / 2
    d.text(x, 50, "附表一", "song", 10, bold=True)
    a, b = d.centre(76, "石桥县2025年一般公共预算收入表", "song", 18, bold=True)
    d.line(a, 81, b, 81, 0.8)
    d.right(x + t.total(), 98, "单位：万元", bold=True)
    t.draw(d, x, 104)
    d.table("石桥县2025年一般公共预算收入表", "万元", 1, 1, t.grid())
    d.save()


def strokes_seal(out):
    """No rules between rows: a struck-through item, boxes round names, underlined amounts, a seal over the foot."""
    d = Document(out, "strokes_seal", STROKES)
    t = revenue(52, rows="head", box="ends", columns=False, heavy=2, size=10, pad=3.5)
    for i, row in enumerate(t.body):
        if not row[0].indent:
            row[0].draw = boxed
            row[1:3] = [Cell(q, draw=twice_underlined if i == len(t.body) - 1 else underlined) for q in row[1:3]]
    t.body[18][0].draw = struck
    bottom = page(d, t, "白沙县2025年一般公共预算收入预算表", "万元", owner="编制单位：白沙县财政局")
    seal(d, t.xs[-1] - 50, bottom + 18, 50, "白沙县人民政府财政局")
    d.text(t.xs[-1] - 190, bottom + 40, "2025年1月18日", "song", 10)
    d.save()


def strokes_blanks(out):
    """No rules: a mark of strokes beside the title, a wave under it, leaders to the figures, underlined blanks for names."""
    d = Document(out, "strokes_blanks", STROKES)
    for i in range(6):
        d.line(62 + i * 5, 50, 62 + i * 5, 84, 1, color=(0.1, 0.3, 0.6))
        d.line(60, 52 + i * 6, 92, 52 + i * 6, 1, color=(0.1, 0.3, 0.6))
    a, b = d.centre(74, "“三公”经费支出预算表", "hei", 17)
    d.lines([(x, 80 + (3 if i % 2 else 0)) for i, x in enumerate(range(int(a), int(b) + 1, 4))], 0.5)
    d.text(60, 112, "部门：", "song", 10)
    d.text(94, 112, "柳林县统计局", "song", 10)
    d.line(92, 115, 200, 115, 0.5)
    d.right(535, 112, "单位：万元", "song", 10)
    rows = [("因公出国（境）费用", 1, 0, 0), ("公务接待费", 1, 3200000, 2800000), ("公务用车购置费", 1, 0, 18000000),
            ("公务用车运行维护费", 1, 9600000, 9000000)]
    body = [["“三公”经费合计", w.amount(sum(r[2] for r in rows)), w.amount(sum(r[3] for r in rows))]]
    body += [[Cell(n, indent=i), w.amount(p, blank="0.00"), w.amount(v, blank="0.00")] for n, i, p, v in rows]
    t = Table([215, 130, 130], [["项目", "2024年预算数", "2025年预算数"]], body, size=11, pad=6, **BARE)
    bottom = t.draw(d, 60, 124)
    for y in t.ys[1:-1]:
        d.line(210, y + 17, 330, y + 17, 0.5, dash=[0.6, 2.4])
    for x, label, name in ((60, "填报人：", "李建国"), (220, "负责人：", "王秀兰"), (380, "填报日期：", "2025.1.20")):
        d.text(x, bottom + 30, label, "song", 10)
        d.text(x + 56, bottom + 30, name, "song", 10)
        d.line(x + 50, bottom + 33, x + 115, bottom + 33, 0.5)
    d.table("“三公”经费支出预算表", "万元", 1, 1, t.grid())
    d.save()


def strokes_frames(out):
    """A three-line table between a framed note and an approval form of boxes; revision bars beside changed rows."""
    d = Document(out, "strokes_frames", STROKES, printer=Cairo)
    d.rect(60, 46, 475, 40, stroke=(0, 0, 0), width=0.8)
    d.text(68, 62, "编制说明：本表按县十七届人大四次会议批准的预算编制，", "song", 10)
    d.text(68, 78, "左侧加竖线的项目为本次调整的项目。", "song", 10)
    t = functional(54, [60, 200, 70, 70, 70], rows="head", box="ends", columns=False, heavy=2, size=9.5, pad=2.5)
    bottom = page(d, t, "部门支出预算调整表", "万元", y=100, owner="部门名称：双庙县农业农村局")
    for i in (4, 9, 10, 18):
        d.line(t.xs[0] - 7, t.ys[i], t.xs[0] - 7, t.ys[i + 1], 1.2, color=RED)
    for i, label in enumerate(["同意", "不同意", "退回修改"]):
        d.rect(80 + i * 120, bottom + 20, 9, 9, stroke=(0, 0, 0))
        d.text(94 + i * 120, bottom + 28, label, "song", 10)
    d.save()


# Texts over borders

def over_names(out):
    """Ruled as a spreadsheet prints it: long names run over the border into the next cell, which is empty."""
    d = Document(out, "over_names", OVER)
    rows = w.items(61, [p + ("（第二批以奖代补资金）" if i % 2 else "") for i, p in enumerate(w.PROJECTS[:14])], 2)
    codes = ["2130305", "2120303", "2130153", "2050299"]
    body = [[Cell(name, wrap=False, align="c" if name == "合计" else None),
             "" if d.width(name, "song", 10) > 144 or name == "合计" else codes[i % 4], w.amount(v[0]), w.amount(v[1])]
            for i, (name, _, v) in enumerate(rows)]
    t = Table([150, 90, 100, 100], [["项目名称", "功能科目", "上年预算", "本年预算"]], body, align="lcrr", size=10, pad=4)
    page(d, t, "2025年项目支出预算明细表", "万元", owner="双庙县交通运输局")
    d.save()


def over_names_vertical(out):
    """The same without rules between the rows."""
    d = Document(out, "over_names_vertical", OVER, printer=Cairo)
    names = [n.split("（")[0] for n in w.TRANSFERS + w.PROJECTS[:6]]
    body = []
    for name, _, v in w.items(62, [n for n in names if 4 < len(n) < 25], 2):
        body.append([Cell(name, wrap=False), "" if len(name) > 14 else w.amount(v[0], digits=0), w.amount(v[1], digits=0)])
    t = Table([160, 110, 110], [["项目", "2024年执行数", "2025年预算数"]], body, rows="head", size=10, pad=4)
    page(d, t, "南岭县2025年转移支付收入预算表", "万元", form="表4")
    d.save()


def over_amounts_touch(out):
    """Amounts of adjoining columns touch, with no rule between them."""
    d = Document(out, "over_amounts_touch", OVER)
    rows = w.items(63, w.DISTRICTS[1:], 4, low=3 * 10**11, high=9 * 10**11, step=1, total="")
    body = [[name, *(w.amount(f, "元") for f in w.totalled(v))] for name, _, v in rows]
    widths = [max(d.width(row[k], "song", 10) for row in body) for k in range(1, 6)]
    t = Table([64] + widths, [["地区", "合计", "一般债券", "专项债券", "再融资", "其他"]], body, rows="head", columns=False, size=10, side=0, pad=3.5)
    page(d, t, "2024年政府债券发行使用情况表", "元", form="附表4")
    d.save()


def over_amounts_cross(out):
    """Ruled cells too narrow for their amounts, which cross the border to the left; codes that touch names."""
    d = Document(out, "over_amounts_cross", OVER, printer=Cairo)
    body = []
    for code, name, v in w.tree(64, w.CODES, 2, low=10**8, high=3 * 10**9, step=1):
        body.append([Cell(code, wrap=False), Cell(name, wrap=False), *(w.amount(f, "元") for f in w.totalled(v))])
    width = d.width("123,456,789.01", "song", 9) - 1.2
    t = Table([34, 150] + [width] * 3, [["编码", "科目名称", "合计", "基本支出", "项目支出"]], body, align="llrrr", size=9, side=0.4, pad=3, width=0.4)
    page(d, t, "部门支出总表", "元", owner="部门名称：东湖县农业农村局")
    d.save()


# Footnote marks, raised digits, amounts broken over lines

def marked(mark, raised):
    """Prints a mark after the amount, at the right edge."""
    def draw(d, q, x0, x1, y, font, size):
        small = size * (0.6 if raised else 1)
        text = q.text[:-len(mark)]
        x = x1 - d.width({"²": "2", "³": "3", "¹": "1"}.get(mark, mark), font, small)
        d.text(x, y - (size * 0.4 if raised else 0), {"²": "2", "³": "3", "¹": "1"}.get(mark, mark), font, small)
        d.right(x, y, text, font, size)
    return draw


def marks_after(out):
    d = Document(out, "marks_after", MARKS)
    t = revenue(71, digits=2, size=10, pad=3.5)
    for (row, column), (mark, raised) in {(1, 1): ("①", False), (2, 2): ("²", True), (4, 1): ("*", False), (6, 2): ("③", False),
                                          (8, 1): ("¹", True), (11, 2): ("*", False), (14, 1): ("³", True)}.items():
        t.body[row][column] = Cell(t.body[row][column] + mark, draw=marked(mark, raised))
    bottom = page(d, t, "南岭县2025年一般公共预算收入表", "万元", form="附表1")
    for i, note in enumerate(["注：①含上年结转。 ③含上级专款。", "　　*2024年执行数为快报数。", "　　1、2、3为口径调整后的可比数。"]):
        d.text(t.xs[0], bottom + 14 + 13 * i, note, "song", 8.5)
    d.save()


def marks_names(out):
    """Marks at names and raised digits at amounts, in a table without rules between the rows."""
    d = Document(out, "marks_names", MARKS, printer=Cairo)
    t = debt(72, n=12, rows="head", size=10, pad=4)
    t.widths = [88] + [66] * 6
    for row, column, mark in ((1, 1, "¹"), (3, 4, "²"), (5, 2, "³"), (6, 6, "¹")):
        t.body[row][column] = Cell(t.body[row][column] + mark, draw=marked(mark, True))
    for row, mark in ((2, "①"), (7, "②")):
        t.body[row][0] += mark
    bottom = page(d, t, "江州市2024年政府债务限额和余额表", "亿元", form="表10")
    d.text(t.xs[0], bottom + 15, "注：①含代管街道。②含托管园区。1、2、3为含外债转贷的数。", "song", 8.5)
    d.save()


def broken_ruled(out):
    """Amounts in ruled columns too narrow for them, broken over two lines."""
    d = Document(out, "broken_ruled", MARKS)
    body = []
    for code, name, v in w.tree(73, {c: n for c, n in w.CODES.items() if c < "213"}, 3, low=10**8, step=1):
        row = [code, name]
        for k, f in enumerate(w.totalled(v)):
            text = w.amount(f, "元")
            cut = text.rindex(",") + 1 if k % 2 else len(text) - 4
            row.append(Cell(text, shown=text[:cut] + "\n" + text[cut:] if len(text) > 9 else text))
        body.append(row)
    t = Table([50, 190] + [48] * 4, [["科目编码", "科目名称", "合计", "人员经费", "公用经费", "项目支出"]], body, align="llrrrr", size=8.5, pad=2, lead=1.15)
    page(d, t, "部门支出明细表", "元", owner="大塘县卫生健康局", form="公开04表")
    d.save()


def broken_vertical(out):
    """Some amounts broken, beside wrapped names, with vertical rules only."""
    d = Document(out, "broken_vertical", MARKS, printer=Cairo)
    body = []
    for i, (name, _, v) in enumerate(w.items(74, w.TRANSFERS[2:10], 3, low=10**9, high=9 * 10**10, step=1)):
        row = [name]
        for k, f in enumerate(v):
            text = w.amount(f, "元")
            row.append(Cell(text, shown=text[:-6] + "\n" + text[-6:] if (i + k) % 3 == 1 and name != "合计" else text))
        body.append(row)
    t = Table([200, 88, 88, 88], [["项目", "年初预算数", "调整预算数", "决算数"]], body, rows="head", size=10, pad=5)
    page(d, t, "2024年专项转移支付决算表", "元", form="附表9")
    d.save()


def spaced_digits(out):
    """Spread digits, spaces and full-width commas between thousands, the currency sign at the left edge."""
    d = Document(out, "spaced_digits", MARKS, size=A4_WIDE)

    def spread(d, q, x0, x1, y, font, size):
        for i, ch in enumerate(reversed(q.shown)):
            d.text(x1 - size * 0.92 * (i + 0.6), y, ch, font, size)

    def currency(d, q, x0, x1, y, font, size):
        d.text(x0, y, "¥", font, size)
        d.right(x1, y, q.shown, font, size)

    r = random.Random(75)
    names = ["工资奖金津补贴", "社会保障缴费", "住房公积金", "其他工资福利支出", "办公经费", "会议费", "培训费", "委托业务费", "公务接待费", "维修（护）费"]
    body = []
    for name, _, v in w.items(75, names, 4, low=10**5, high=9 * 10**7, step=1, total="机关运行支出合计"):
        a = [w.amount(f, "元") for f in v]
        plain = a[0].replace(",", "")
        body.append([name, Cell(plain, draw=spread), a[1].replace(",", " "), a[2].replace(",", "，"),
                     Cell("¥" + a[3], shown=a[3], draw=currency), r.choice(["△", "", "-"]) + f"{r.randint(1, 99) / 10:.1f}"])
    t = Table([150, 130, 110, 120, 110, 70], [["经济分类科目", "合计", "县级财力", "上级补助", "非税安排", "增减%"]], body, size=10.5, pad=4)
    page(d, t, "2025年机关运行经费预算明细表", "元", owner="西坪县财政局")
    d.save()


ALL = [strokes_bold, strokes_seal, strokes_blanks, strokes_frames, over_names, over_names_vertical, over_amounts_touch,
       over_amounts_cross, marks_after, marks_names, broken_ruled, broken_vertical, spaced_digits]
