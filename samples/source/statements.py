"""The statements of the samples: which rows and columns each printed table has. A table says what each amount is by the
rules of the schema's worked examples, not by what the program makes of it."""
from ledger import FUND, GENERAL, NAMES, OWN
from sheet import Cell, head

# Ordinals of the functional classes in the summary tables.
ORDINALS = {"205": "五", "207": "七", "208": "八", "210": "九", "212": "十一", "213": "十二", "221": "十九"}


def functional(code):
    return dict(classification="functional", item_code=code, item_name=NAMES[code])


TOTAL = dict(classification="total", item_name="合计")


def summary(sheet, dept, title, form, owner, unit, accounts=False):
    """收支总表: revenue on the left, expenditure on the right."""
    word = "决算数" if accounts else "预算数"
    suffix = "财政拨款收入" if accounts else "拨款收入"
    rev = dict(statement="revenue_expenditure_summary", direction="revenue")
    exp = dict(statement="revenue_expenditure_summary", direction="expenditure")

    def source(ordinal, name, fen):
        return [Cell(f"{ordinal}、{name}"), sheet.amount(fen, **rev, classification="revenue_source", item_name=name)]

    def total(side, label, fen):
        return [Cell(label, align="center"), sheet.amount(fen, **side, classification="total", item_name=label)]

    def balance(side, label, fen):
        return [Cell(label), sheet.amount(fen, **side, classification="balance", item_name=label)]

    left = [
        source("一", "一般公共预算" + suffix, dept.amount(source=GENERAL)),
        source("二", "政府性基金预算" + suffix, dept.amount(source=FUND)),
        source("三", "国有资本经营预算" + suffix, 0),
        source("四", "财政专户管理资金收入", 0),
        source("五", "单位资金收入", dept.amount(source=OWN)),
    ]
    classes = [c for c in dept.codes() if len(c) == 3]
    right = [
        [Cell(f"{ORDINALS[c]}、{NAMES[c]}"), sheet.amount(dept.amount(c), **exp, classification="functional", item_name=NAMES[c])]
        for c in classes
    ]
    rows = max(len(left), len(right))
    left += [[Cell(), Cell()]] * (rows - len(left))
    right += [[Cell(), Cell()]] * (rows - len(right))
    carried, kept = ("年初结转和结余", "年末结转和结余") if accounts else ("上年结转结余", "年终结转结余")
    left += [total(rev, "本年收入合计", dept.amount()), balance(rev, carried, 0), total(rev, "收入总计", dept.amount())]
    right += [total(exp, "本年支出合计", dept.amount()), balance(exp, kept, 0), total(exp, "支出总计", dept.amount())]
    header = [[head("收入", 2), head("支出", 2)], [head("项目"), head(word), head("项目(按功能分类)"), head(word)]]
    sheet.table(title, form, owner, unit, [150, 85, 160, 85], header, [a + b for a, b in zip(left, right)], 30)


def code_rows(sheet, dept, columns, statement, source=None, parts=False, direction="expenditure"):
    """A row of totals and one for each functional code. columns: (spending or source of the amount, its dimensions)."""
    def row(lead, code, what):
        return lead + [
            sheet.amount(dept.amount(code, of.get("spending", "all"), of.get("source", source)) if of is not None else 0,
                         statement=statement, direction=direction, **what, **dims)
            for of, dims in columns
        ]

    rows = [row([Cell("合计", 4 if parts else 2, align="center")], "", TOTAL)]
    for code in dept.codes(source):
        name = Cell(NAMES[code], indent=len(code) // 2 - 1)
        lead = [Cell(code), name]
        if parts:
            lead = [Cell(code[:3]), Cell(code[3:5]), Cell(code[5:]), Cell(NAMES[code])]
        rows.append(row(lead, code, functional(code)))
    return rows


def revenue(sheet, dept, title, form, owner, unit):
    header = [[head("科目编码", rows=2), head("科目名称", rows=2), head("合计", rows=2), head("本年收入", 3), head("上年结转", rows=2)],
              [head("一般公共预算"), head("政府性基金预算"), head("单位资金")]]
    year = dict(period="current_year")
    columns = [({}, {}), (dict(source=GENERAL), dict(fund_source=GENERAL, **year)), (dict(source=FUND), dict(fund_source=FUND, **year)),
               (dict(source=OWN), dict(fund_source=OWN, **year)), (None, dict(period="carryover"))]
    rows = code_rows(sheet, dept, columns, "revenue", direction="revenue")
    sheet.table(title, form, owner, unit, [62, 170, 64, 64, 64, 54, 46], header, rows, 32)


SPENDING = [({}, {}), (dict(spending="basic"), dict(spending="basic")), (dict(spending="project"), dict(spending="project"))]


def expenditure(sheet, dept, title, form, owner, unit):
    header = [[head("科目编码"), head("科目名称"), head("合计"), head("基本支出"), head("项目支出")]]
    rows = code_rows(sheet, dept, SPENDING, "expenditure")
    sheet.table(title, form, owner, unit, [70, 200, 75, 75, 75], header, rows, 32)


def general_public(sheet, dept, title, form, owner, unit, accounts=False):
    period = dict(period="current_year") if accounts else {}
    dims = [(of, dict(fund_source=GENERAL, **d, **period)) for of, d in SPENDING]
    top = [head("本年支出", 3)] if accounts else [head("2025年预算数", 3)]
    second = [head("合计" if not accounts else "小计"), head("基本支出"), head("项目支出")]
    if accounts:
        header = [[head("功能分类科目编码", 3, 2), head("科目名称", rows=2)] + top, second]
        widths, per_page = [34, 28, 28, 250, 100, 100, 100], 22
    else:
        header = [[head("科目编码", rows=2), head("科目名称", rows=2)] + top, second]
        widths, per_page = [70, 200, 75, 75, 75], 32
    rows = code_rows(sheet, dept, dims, "general_public_expenditure", GENERAL, parts=accounts)
    sheet.table(title, form, owner, unit, widths, header, rows, per_page, height=18)


def expenditure_accounts(sheet, dept, title, form, owner, unit):
    """支出决算表: the code in three columns, longer than a page."""
    year = dict(period="current_year")
    columns = [(of, dict(**d, **year)) for of, d in SPENDING]
    columns += [(None, dict(spending=s, **year)) for s in ("remitted_to_superior", "business_operation", "affiliate_subsidy")]
    header = [
        [head("项目", 4), head("本年支出合计", rows=2), head("基本支出", rows=2), head("项目支出", rows=2), head("上缴上级支出", rows=2),
         head("经营支出", rows=2), head("对附属单位补助支出", rows=2)],
        [head("类"), head("款"), head("项"), head("科目名称")],
    ]
    rows = code_rows(sheet, dept, columns, "expenditure", parts=True)
    sheet.table(title, form, owner, unit, [34, 28, 28, 190, 80, 80, 80, 70, 60, 80], header, rows, 22, height=18)


THREE = [("因公出国（境）费", ("abroad",)), ("公务用车购置及运行费", ("purchase", "running")), ("公务用车购置费", ("purchase",)),
         ("公务用车运行费", ("running",)), ("公务接待费", ("reception",))]


def three_public_cells(sheet, figures, **dims):
    common = dict(statement="three_public", direction="expenditure", **dims)
    cells = [sheet.amount(sum(figures.values()), classification="total", item_name="合计", **common)]
    for name, keys in THREE:
        cells.append(sheet.amount(sum(figures[k] for k in keys), classification="three_public", item_name=name, **common))
    return cells


def three_public(sheet, dept, title, form, owner, unit):
    """“三公” on its side: one row, the items are columns; final accounts have the plan to the left."""
    fund = dict(fund_source=GENERAL if "一般公共预算" in title else "appropriation")
    def block(label):
        car = [head("小计"), head("公务用车购置费"), head("公务用车运行费")]
        top = [head("合计", rows=2), head("因公出国（境）费", rows=2), head("公务用车购置及运行费", 3), head("公务接待费", rows=2)]
        return [head(label, 6)], top, car

    if dept.three_public_budget is None:
        _, top, car = block("")
        header, row, widths = [top, car], three_public_cells(sheet, dept.three_public, **fund), [75, 90, 60, 85, 85, 75]
    else:
        blocks = [block("预算数"), block("决算数")]
        header = [sum((b[i] for b in blocks), []) for i in range(3)]
        row = three_public_cells(sheet, dept.three_public_budget, phase="approved", **fund)
        row += three_public_cells(sheet, dept.three_public, phase="executed", **fund)
        widths = [55, 65, 50, 70, 70, 60] * 2
    sheet.table(title, form, owner, unit, widths, header, [row], 10, height=26, size=8.5)
