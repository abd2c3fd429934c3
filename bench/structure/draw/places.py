"""Documents with tables beside one another, tables over several pages, and titles in odd places."""
import words as w
from document import Document
from paper import A4_WIDE, Cairo
from rules import revenue
from table import Cell, Table

PAIRS, CONTINUED, TITLES = "tables side by side", "continued in odd ways", "titles in odd places"


# Tables side by side

def beside(d, y, sides):
    """Tables with their own titles and units beside one another: (x, table, title, unit, note)."""
    bottoms = []
    for x, t, title, unit, note in sides:
        d.centre(y, title, "hei", 13, x=x + t.total() / 2)
        d.right(x + t.total(), y + 18, "单位：" + unit)
        bottom = t.draw(d, x, y + 23)
        if note:
            d.text(x, bottom + 13, note, "song", 8.5)
        d.table(title, unit, d.number, d.number, t.grid())
        bottoms.append(bottom)
    return max(bottoms)


def two(seed, names, head, unit="万元", digits=0, widths=(170, 85, 85), total="合计", **style):
    rows = w.items(seed, names, len(widths) - 1, low=10**8 if unit != "亿元" else 10**10, high=9 * 10**10, total=total)
    body = [[Cell(n, indent=i), *(w.amount(f, unit, digits) for f in v)] for n, i, v in rows]
    return Table(list(widths), [head], body, **style)


def pair_ruled(out):
    d = Document(out, "pair_ruled", PAIRS, size=A4_WIDE)
    left = two(81, w.CLASSES[:9], ["支出科目", "上年执行数", "本年预算数"], size=10, pad=4)
    right = two(82, w.PROJECTS[:11], ["重点项目", "预算数"], unit="千元", widths=(200, 110), size=10, pad=4)
    beside(d, 80, [(45, left, "东湖县2025年重点支出安排表", "万元", "注：不含上级专项。"),
                   (455, right, "东湖县2025年重点项目安排表", "千元", "")])
    d.save()


def pair_open(out):
    """No rules between the rows, which do not stand at the same heights."""
    d = Document(out, "pair_open", PAIRS, size=A4_WIDE, printer=Cairo)
    left = two(83, w.REVENUE, ["收入科目", "上年执行数", "本年预算数"], rows="head", size=9, pad=1.6, total="收入合计")
    right = two(84, w.CLASSES, ["支出科目", "上年执行数", "本年预算数"], rows="head", size=9.5, pad=1.4, total="支出合计")
    beside(d, 70, [(45, left, "南岭县2025年一般公共预算收入表", "万元", ""), (455, right, "南岭县2025年一般公共预算支出表", "万元", "")])
    d.save()


def pair_lines(out):
    """Two pairs of three-line tables, in unlike units."""
    d = Document(out, "pair_lines", PAIRS, size=A4_WIDE)
    style = {"rows": "head", "box": "ends", "columns": False, "heavy": 2, "size": 9.5, "pad": 2.5}
    mk = lambda seed, names, head, unit, digits: two(seed, names, head, unit, digits, (110,) + (115,) * (len(head) - 1), **style)
    bottom = beside(d, 60, [
        (45, mk(85, w.DISTRICTS[:9], ["地区", "一般债务", "专项债务"], "亿元", 2), "表1　2024年分地区债务余额", "亿元", "数据来源：市财政局。"),
        (455, mk(86, w.PROJECTS[:7], ["投向", "新增", "再融资"], "万元", 0), "表2　2024年专项债券投向", "万元", "")])
    beside(d, bottom + 50, [
        (45, mk(87, w.DISTRICTS[1:7], ["地区", "还本", "付息"], "万元", 0), "表3　2024年还本付息", "万元", ""),
        (455, mk(88, w.DISTRICTS[1:8], ["地区", "一般债券", "专项债券"], "亿元", 2), "表4　2024年新增债券", "亿元", "注：不含外债转贷。")])
    d.save()


def pair_bare(out):
    """No rules at all, one table of more columns than the other."""
    d = Document(out, "pair_bare", PAIRS, size=A4_WIDE, printer=Cairo)
    style = {"rows": "none", "box": "none", "columns": False, "size": 10, "pad": 3, "head_font": "hei"}
    left = two(89, w.TOWNS[:10], ["乡镇", "人员经费", "公用经费", "专项"], widths=(80, 80, 80, 80), **style)
    right = two(90, w.TOWNS[:10], ["乡镇", "补助"], unit="元", digits=2, widths=(80, 130), **style)
    beside(d, 90, [(60, left, "2025年乡镇经费预算表", "万元", ""), (520, right, "2025年乡镇村级补助表", "元", "")])
    d.save()


# Continued in odd ways

def department(seed, widths=(62, 176, 60, 56, 56, 56, 56), **style):
    """Codes with a header of two rows."""
    body = []
    for code, name, v in w.tree(seed, w.CODES, 3, empty=0.2):
        body.append([code, Cell(name, indent=(len(code) - 3) // 2 if code else 0),
                     *(w.amount(f) for f in (sum(v), v[0] + v[1], v[0], v[1], v[2]))])
    head = [[Cell("科目编码", down=2), Cell("科目名称", down=2), Cell("合计", down=2), Cell("基本支出", across=3), Cell("项目支出", down=2)],
            ["小计", "人员经费", "公用经费"]]
    return Table(list(widths), head, body, align="ll" + "r" * 5, **style)


def by_town(seed, towns, projects, columns):
    """Name, indent and figures of each town and of its projects."""
    out = []
    for k, town in enumerate(w.TOWNS[:towns]):
        names = [(f"{'一二三四五六七八九十'[k]}、{town}", 0)] + [(p, 1) for p in w.PROJECTS[:projects]]
        out += w.items(seed + k, names, columns, total="")
    return out


def parts(d, t, title, unit, cuts, draw):
    """Draws the parts between the cuts, a page each; draw(i, first, last) draws one."""
    for i, (first, last) in enumerate(zip(cuts, cuts[1:])):
        if i:
            d.turn()
        draw(i, first, last)
    d.table(title, unit, 1, d.number, t.grid())


def continued_sometimes(out):
    """The header stands on the first and the third of four pages; no rules between rows."""
    d = Document(out, "continued_sometimes", CONTINUED)
    body = [[Cell(n, indent=i), *(w.amount(f) for f in v), ""] for n, i, v in by_town(910, 10, 13, 2)]
    t = Table([220, 85, 85, 60], [["项目", "上年预算数", "本年预算数", "备注"]], body, rows="head", size=10.5, pad=3.2)

    def draw(i, first, last):
        y = d.heading(50, "白沙县2025年乡镇项目支出预算明细表", "万元", x0=70, form="附表4") if i == 0 else 60
        t.draw(d, 70, y, first, last, head=t.head if i in (0, 2) else [])

    parts(d, t, "白沙县2025年乡镇项目支出预算明细表", "万元", [0, 34, 69, 104, 140], draw)
    d.save()


def continued_wider(out):
    """Without its header on a second page that is wider."""
    d = Document(out, "continued_wider", CONTINUED)
    t = department(92, size=9, pad=12)
    wide = department(92, (90, 276, 84, 78, 78, 78, 78), size=10, pad=10)

    def draw(i, first, last):
        if i == 0:
            t.draw(d, 36, d.heading(50, "部门支出总表", "万元", x0=36, owner="河口县农业农村局"), first, last)
        else:
            wide.draw(d, 40, 60, first, last, head=[])

    draw(0, 0, 17)
    d.turn(A4_WIDE)
    draw(1, 17, None)
    d.table("部门支出总表", "万元", 1, 2, t.grid())
    d.save()


def continued_half_header(out):
    """Only the first of the two header rows is repeated."""
    d = Document(out, "continued_half_header", CONTINUED, size=A4_WIDE, printer=Cairo)
    t = department(93, (80, 240, 84, 84, 84, 84, 84), size=10, pad=5)
    half = [[Cell(q.text, across=q.across) for q in t.head[0]]]

    def draw(i, first, last):
        y = d.heading(40, "部门支出预算总表", "万元", x0=50, owner="部门名称：龙泉县农业农村局", form="表3") if i == 0 else 50
        t.draw(d, 50, y, first, last, head=half if i else None)

    parts(d, t, "部门支出预算总表", "万元", [0, 16, 28], draw)
    d.save()


def continued_marked(out):
    """Title, unit and a line that says it goes on, on each page; other widths on the last."""
    d = Document(out, "continued_marked", CONTINUED, printer=Cairo)
    body = [[Cell(n, indent=i), *(w.amount(f) for f in w.totalled(v))] for n, i, v in by_town(940, 7, 13, 2)]
    head = ["项目", "合计", "县级财力", "上级补助"]
    t = Table([240, 80, 80, 80], [head], body, size=10, pad=3.6)
    narrow = Table([200, 90, 90, 90], [head], body, size=10, pad=3.6)

    def draw(i, first, last):
        form = "公开03表" if i == 0 else f"续表{i}"
        y = d.heading(50, "2025年石桥县乡镇项目支出预算分来源明细表", "万元", x0=56, form=form, size=15)
        (narrow if i == 2 else t).draw(d, 56, y, first, last)

    parts(d, t, "2025年石桥县乡镇项目支出预算分来源明细表", "万元", [0, 32, 65, 98], draw)
    d.save()


def continued_row(out):
    """A row is broken by the page: the last line of its name stands on the second page."""
    d = Document(out, "continued_row", CONTINUED)
    rows = w.items(95, w.TRANSFERS, 2)
    body = [[n, *(w.amount(f, digits=0) for f in v), ""] for n, _, v in rows]
    t = Table([200, 90, 90, 70], [["项目", "2024年", "2025年", "备注"]], body, size=10.5, pad=4, names="top", figures="top")
    k = 5
    lines = t.lines(d, 0, Cell(body[k][0]))
    assert len(lines) > 1
    above = [Cell("\n".join(lines[:-1]), wrap=False)] + body[k][1:]
    y = d.heading(420, "柳林县2025年专项转移支付项目表", "万元", x0=67)
    t.draw(d, 67, y, body=body[:k] + [above], open_bottom=True)
    d.turn()
    t.draw(d, 67, 56, head=[], body=[[Cell(lines[-1], wrap=False), "", "", ""]] + body[k + 1:], open_top=True)
    d.table("柳林县2025年专项转移支付项目表", "万元", 1, 2, t.grid())
    d.save()


def sideways(d, title, names, columns, seed, left, cut, x, widths, **style):
    """One table whose left columns are on the first page and the others on the second."""
    rows = w.items(seed, names, len(columns) - 1, low=10**6, high=9 * 10**8)
    body = [[Cell(n, indent=i), *(w.amount(f) for f in w.totalled(v))] for n, i, v in rows]
    whole = Table([1] * (len(columns) + 1), [[left] + columns], body)
    first = Table(widths[:cut], [[left] + columns[:cut - 1]], [row[:cut] for row in body], **style)
    second = Table(widths[cut:], [columns[cut - 1:]], [row[cut:] for row in body], align="r" * (len(widths) - cut), **style)
    y = d.heading(45, title, "万元", x0=x)
    first.draw(d, x, y)
    d.turn()
    second.draw(d, x, y)
    d.table(title, "万元", 1, 2, whole.grid())


def split_towns(out):
    """Figures of thirteen columns, names on the first page only."""
    d = Document(out, "split_towns", CONTINUED, size=A4_WIDE)
    sideways(d, "2025年云岭县各乡镇收入任务分解表", w.REVENUE[:18], ["合计"] + w.TOWNS, 96, "项目", 8, 50, [180] + [76] * 13, size=10, pad=4)
    d.save()


def split_open(out):
    """The same without rules between the rows."""
    d = Document(out, "split_open", CONTINUED, size=A4_WIDE, printer=Cairo)
    sideways(d, "2025年大塘县部门经费分配表", w.PROJECTS, ["合计"] + w.TOWNS[:10], 97, "项目", 7, 60, [200] + [80] * 11, rows="head", size=10.5, pad=4)
    d.save()


# Titles in odd places

def title_wrapped(out):
    """A title of two lines, form number above, owner below; three lines."""
    d = Document(out, "title_wrapped", TITLES)
    body = [[c, Cell(n, indent=1 if len(c) > 3 else 0), *(w.amount(f) for f in v)] for c, n, v in w.tree(101, w.ECONOMIC, 2, empty=0.3)]
    t = Table([80, 190, 95, 95], [["经济科目编码", "科目名称", "人员经费", "公用经费"]], body, align="llrr", rows="head", box="ends", columns=False,
              heavy=2, size=10, pad=2)
    d.text(67, 50, "附表6", "song", 11)
    d.centre(76, "双庙县市场监督管理局2025年一般公共预算财政拨款基本支出", "hei", 15)
    d.centre(96, "预算表（按部门预算支出经济分类科目）", "hei", 15)
    d.text(67, 116, "部门名称：双庙县市场监督管理局")
    d.right(527, 116, "单位：万元")
    t.draw(d, 67, 121)
    d.table("双庙县市场监督管理局2025年一般公共预算财政拨款基本支出预算表（按部门预算支出经济分类科目）", "万元", 1, 1, t.grid())
    d.save()


def title_in_grid(out):
    """Form number, title, owner and unit are the first rows of the grid, as a spreadsheet with borders prints them."""
    d = Document(out, "title_in_grid", TITLES, printer=Cairo)
    t = revenue(102, n=17, size=10, pad=4)
    above = [[Cell("附表九", across=4, align="l")], [Cell("石桥县2025年一般公共预算收入表", across=4)],
             [Cell("编制单位：石桥县财政局", across=2, align="l"), Cell("单位：万元", across=2, align="r")]]
    t.draw(d, 67, 60, head=above + t.head)
    d.table("石桥县2025年一般公共预算收入表", "万元", 1, 1, t.grid())
    d.save()


def title_page_before(out):
    """The title stands alone on the page before."""
    d = Document(out, "title_page_before", TITLES)
    t = two(103, w.CLASSES, ["支出科目", "2024年执行数", "2025年预算数"], widths=(230, 115, 115), size=10.5, pad=4)
    d.centre(340, "附表二", "hei", 16)
    d.centre(390, "南岭县2025年一般公共预算支出预算表", "hei", 22)
    d.turn()
    d.right(527, 62, "单位：万元")
    t.draw(d, 67, 68)
    d.table("南岭县2025年一般公共预算支出预算表", "万元", 2, 2, t.grid())
    d.save()


def title_unit_in_head(out):
    """The unit in the page head holds for two tables; the owner above each title."""
    d = Document(out, "title_unit_in_head", TITLES, printer=Cairo)
    d.text(60, 36, "龙泉县审计局2025年部门预算公开")
    d.right(535, 36, "金额单位：元")
    d.line(60, 40, 535, 40, 0.5)
    y = 66
    for title, names, head in (("部门收入总表", ["一般公共预算拨款收入", "政府性基金预算拨款收入", "事业收入", "上年结转"], "收入项目"),
                               ("项目支出预算表", w.PROJECTS[8:14], "项目名称")):
        rows = w.items(len(title), names, 1, high=9 * 10**8, step=1)
        t = Table([300, 175], [[head, "预算数"]], [[n, w.amount(v[0], "元")] for n, _, v in rows], rows="head", size=10, pad=4)
        d.centre(y, "龙泉县审计局", "song", 12)
        d.centre(y + 22, title, "hei", 16)
        y = t.draw(d, 60, y + 36) + 48
        d.table(title, "元", 1, 1, t.grid())
    d.save()


ALL = [pair_ruled, pair_open, pair_lines, pair_bare, continued_sometimes, continued_wider, continued_half_header, continued_marked,
       continued_row, split_towns, split_open, title_wrapped, title_in_grid, title_page_before, title_unit_in_head]
