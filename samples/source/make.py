#!/usr/bin/env python3
"""Makes the sample PDFs and the list of every amount in them (*.truth.csv).

    python3 -m venv venv && venv/bin/pip install -r requirements.txt && venv/bin/python make.py

Needs a Chinese TrueType font for the scan; --font names it (default: AR PL UMing of the package fonts-arphic-uming).
"""
import argparse
import io
import os
import random

import pypdfium2
from PIL import Image, ImageChops, ImageFilter
from reportlab import rl_config
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

import statements as st
from ledger import CULTURE, FUND, GENERAL, KINDERGARTEN, OWN, WATER
from sheet import Sheet

WAN, YUAN = 1_000_000, 100  # fen


def wan(fen):
    return f"{fen / WAN:.2f}万元"


def budget(out):
    """A department's budget with a text layer: cover, contents, five tables, prose."""
    d, name = WATER, "budget"
    s = Sheet(f"{out}/{name}.pdf", "UMing", A4, WAN, d.year, "approved", blank_zero=True)
    s.cover(d.name, f"{d.year}年部门预算")
    tables = ["部门收支总表", "部门收入总表", "部门支出总表", "一般公共预算支出表", "一般公共预算“三公”经费支出表"]
    s.contents(["第一部分　部门概况", f"第二部分　{d.year}年部门预算表"] + [f"　　{i}. {t}" for i, t in enumerate(tables, 1)]
               + [f"第三部分　{d.year}年部门预算情况说明"])
    s.prose([("第一部分　部门概况", True), ("一、主要职责", True),
             ("本局管理全县的河道、水库和灌区，组织防汛抗旱，保护水源，监督节约用水。", False), ("二、机构设置", True),
             ("本局设办公室、规划建设股、水资源股和防汛办公室，没有独立核算的下属单位。", False)])
    owner, title = f"编制部门：{d.name}", f"{d.year}年"
    makers = [st.summary, st.revenue, st.expenditure, st.general_public, st.three_public]
    for i, (make, t) in enumerate(zip(makers, tables), 1):
        make(s, d, title + t, f"部门公开表{i}", owner, "万元")
    three = d.three_public
    s.prose([
        (f"第三部分　{d.year}年部门预算情况说明", True), ("一、收支总体情况", True),
        (f"{d.year}年收入总计{wan(d.amount())}，其中一般公共预算拨款收入{wan(d.amount(source=GENERAL))}，政府性基金预算拨款收入"
         f"{wan(d.amount(source=FUND))}，单位资金收入{wan(d.amount(source=OWN))}。支出总计{wan(d.amount())}，其中基本支出"
         f"{wan(d.amount(spending='basic'))}，项目支出{wan(d.amount(spending='project'))}。", False),
        ("二、一般公共预算支出情况", True),
        (f"一般公共预算支出{wan(d.amount(source=GENERAL))}。其中水利支出{wan(d.amount('21303', source=GENERAL))}，主要用于水库除险加固、"
         "灌区渠道修复和汛期值守。", False),
        ("三、“三公”经费情况", True),
        (f"“三公”经费预算{wan(sum(three.values()))}，其中公务用车运行费{wan(three['running'])}，公务接待费{wan(three['reception'])}，"
         "没有因公出国（境）和购置公务用车的安排。", False),
    ])
    s.save(f"{out}/{name}.truth.csv")


def accounts(out):
    """A department's final accounts: fonts not embedded, codes in three columns, a table over two pages, a watermark."""
    d, name = CULTURE, "accounts_watermark"
    s = Sheet(f"{out}/{name}.pdf", "STSong-Light", landscape(A4), WAN, d.year, "executed", blank_zero=False, watermark="仅供内部审核")
    s.cover(d.name, f"{d.year}年度部门决算")
    tables = ["收入支出决算总表", "支出决算表", "一般公共预算财政拨款支出决算表", "财政拨款“三公”经费支出决算表"]
    s.contents(["第一部分　部门概况", f"第二部分　{d.year}年度部门决算表"] + [f"　　{i}. {t}" for i, t in enumerate(tables, 1)]
               + [f"第三部分　{d.year}年度部门决算情况说明"])
    owner = f"部门：{d.name}"
    st.summary(s, d, tables[0], "公开01表", owner, "万元", accounts=True)
    st.expenditure_accounts(s, d, tables[1], "公开02表", owner, "万元")
    st.general_public(s, d, tables[2], "公开03表", owner, "万元", accounts=True)
    st.three_public(s, d, tables[3], "公开04表", owner, "万元")
    plan, done = d.three_public_budget, d.three_public
    s.prose([
        (f"第三部分　{d.year}年度部门决算情况说明", True), ("一、支出决算情况", True),
        (f"本年支出合计{wan(d.amount())}，其中基本支出{wan(d.amount(spending='basic'))}，项目支出{wan(d.amount(spending='project'))}。"
         f"文物支出{wan(d.amount('20702'))}，主要用于古建筑修缮和博物馆开放。", False),
        ("二、“三公”经费支出决算情况", True),
        (f"“三公”经费预算数{wan(sum(plan.values()))}，决算数{wan(sum(done.values()))}，比预算数减少"
         f"{wan(sum(plan.values()) - sum(done.values()))}，主要原因是接待批次减少。", False),
    ])
    s.save(f"{out}/{name}.truth.csv")


def scanned(out):
    """A unit's budget as it comes from a scanner: pictures of pages, slightly turned, without a text layer."""
    d, name = KINDERGARTEN, "unit_scanned"
    pdf = io.BytesIO()
    s = Sheet(pdf, "UMing", A4, YUAN, d.year, "approved", blank_zero=True)
    s.cover(d.name, f"{d.year}年单位预算")
    owner = f"编制单位：{d.name}"
    st.summary(s, d, f"{d.year}年单位收支总表", "单位公开表1", owner, "元")
    st.expenditure(s, d, f"{d.year}年单位支出总表", "单位公开表2", owner, "元")
    s.save(f"{out}/{name}.truth.csv")
    scan(pdf.getvalue(), f"{out}/{name}.pdf", random.Random(2025))


def scan(pdf, path, rng, dpi=200):
    doc = pypdfium2.PdfDocument(pdf)
    c = canvas.Canvas(path, invariant=1)
    for page in doc:
        width, height = page.get_size()
        picture = page.render(scale=dpi / 72, grayscale=True).to_pil()
        picture = picture.rotate(rng.uniform(-0.6, 0.6), Image.Resampling.BICUBIC, fillcolor=255)
        grain = Image.frombytes("L", picture.size, rng.randbytes(picture.width * picture.height)).filter(ImageFilter.GaussianBlur(1.2))
        picture = ImageChops.add(picture.filter(ImageFilter.GaussianBlur(0.6)), grain.point(lambda v: v // 6), offset=-16)
        jpeg = io.BytesIO()
        picture.save(jpeg, "JPEG", quality=55)
        c.setPageSize((width, height))
        c.drawImage(ImageReader(jpeg), 0, 0, width, height)
        c.showPage()
    c.save()


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--font", default="/usr/share/fonts/truetype/arphic/uming.ttc")
    ap.add_argument("--out", default=os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
    a = ap.parse_args()
    rl_config.useA85 = 0  # streams as they are, not as ASCII
    pdfmetrics.registerFont(TTFont("UMing", a.font))
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    for make in (budget, accounts, scanned):
        make(a.out)


if __name__ == "__main__":
    main()
