"""Drawing: pages of text and ruled tables on a reportlab canvas, and the record of every amount that was printed."""
import csv
from dataclasses import dataclass, field

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen import canvas

TRUTH = ["statement", "direction", "classification", "item_code", "item_name", "counterpart_name", "fund_source", "spending",
         "period", "phase", "fiscal_year", "amount", "page"]


@dataclass
class Cell:
    text: str = ""
    cols: int = 1
    rows: int = 1
    align: str = "left"
    indent: int = 0
    fact: dict = field(default_factory=dict)  # what the amount in it is, in the schema's words


def head(text, cols=1, rows=1):
    return Cell(text, cols, rows, "center")


class Sheet:
    """A PDF under work. unit is fen in one printed unit: 1,000,000 for 万元, 100 for 元."""

    def __init__(self, path, font, size, unit, year, phase, blank_zero, watermark=None):
        self.c = canvas.Canvas(path, pagesize=size, invariant=1, pageCompression=1)
        self.font, self.unit, self.year, self.phase = font, unit, year, phase
        self.blank_zero, self.watermark = blank_zero, watermark
        self.width, self.height = size
        self.page, self.truth = 1, []

    def amount(self, fen, **fact):
        """A cell with an amount; a zero is blank where the form leaves it so."""
        if fen == 0 and self.blank_zero:
            return Cell(align="right")
        assert fen % (self.unit // 100) == 0, f"{fen} fen cannot be printed with two places"
        fact["amount"] = f"{fen // 100}.{fen % 100:02d}"
        return Cell(f"{fen / self.unit:.2f}", align="right", fact=fact)

    def text(self, x, y, s, size, align="left"):
        self.c.setFont(self.font, size)
        draw = {"left": self.c.drawString, "center": self.c.drawCentredString, "right": self.c.drawRightString}[align]
        draw(x, self.height - y, s)

    def wrap(self, s, size, width):
        lines, line = [], ""
        for ch in s:
            if line and pdfmetrics.stringWidth(line + ch, self.font, size) > width and ch not in "，。；、）":
                lines.append(line)
                line = ""
            line += ch
        return lines + [line]

    def next_page(self, number=True):
        if number:
            self.text(self.width / 2, self.height - 30, f"- {self.page} -", 9, "center")
        if self.watermark:
            self.stamp(self.watermark)
        self.c.showPage()
        self.page += 1

    def stamp(self, s):
        """The watermark: light, turned, repeated over the page."""
        self.c.saveState()
        self.c.setFillColorRGB(0.85, 0.85, 0.85)
        self.c.setFont(self.font, 26)
        for x in range(60, int(self.width) + 100, 230):
            for y in range(40, int(self.height) + 100, 190):
                self.c.saveState()
                self.c.translate(x, y)
                self.c.rotate(40)
                self.c.drawCentredString(0, 0, s)
                self.c.restoreState()
        self.c.restoreState()

    def cover(self, *lines):
        for i, s in enumerate(lines):
            self.text(self.width / 2, 260 + 44 * i, s, 26, "center")
        self.next_page(number=False)

    def contents(self, lines):
        self.text(self.width / 2, 90, "目    录", 18, "center")
        for i, s in enumerate(lines):
            self.text(80, 130 + 22 * i, s, 12)
        self.next_page()

    def prose(self, paragraphs):
        """Paragraphs of (text, heading?)."""
        y = 80
        for s, heading in paragraphs:
            size = 15 if heading else 11.5
            y += size * 0.6 if heading else 0
            for line in self.wrap(s if heading else "　　" + s, size, self.width - 150):
                self.text(75, y, line, size)
                y += size * 1.75
        self.next_page()

    def table(self, title, form, owner, unit, widths, header, rows, per_page, note="", size=9, height=19):
        """A ruled table on pages of its own, the header again on each."""
        for start in range(0, len(rows), per_page):
            part = rows[start:start + per_page]
            if start == 0:
                self.text(self.width / 2, 70, title, 16, "center")
            left, right = (self.width - sum(widths)) / 2, (self.width + sum(widths)) / 2
            self.text(right, 84, form, 9.5, "right")
            self.text(left, 98, owner, 9.5)
            self.text(right, 98, f"单位：{unit}", 9.5, "right")
            self.grid(widths, header + part, 106, size, height)
            if note and start + per_page >= len(rows):
                self.text(left, 106 + height * len(header + part) + 16, note, 9)
            self.next_page()

    def grid(self, widths, rows, top, size, height):
        x0 = (self.width - sum(widths)) / 2
        xs = [x0 + sum(widths[:i]) for i in range(len(widths) + 1)]
        taken = set()
        self.c.setLineWidth(0.6)
        for r, row in enumerate(rows):
            col = 0
            for cell in row:
                while (r, col) in taken:
                    col += 1
                taken |= {(r + i, col + k) for i in range(cell.rows) for k in range(cell.cols)}
                y, h = top + r * height, cell.rows * height
                self.c.rect(xs[col], self.height - y - h, xs[col + cell.cols] - xs[col], h)
                self.cell(cell, xs[col], xs[col + cell.cols], y, h, size)
                col += cell.cols

    def cell(self, cell, x0, x1, y, h, size):
        lines = self.wrap(cell.text, size, x1 - x0 - 6 - 9 * cell.indent)
        if len(lines) * size > h:
            size = size * h / (len(lines) * size * 1.1)
        base = y + (h - len(lines) * size * 1.15) / 2 + size * 0.95
        for i, line in enumerate(lines):
            x = {"left": x0 + 3 + 9 * cell.indent, "center": (x0 + x1) / 2, "right": x1 - 3}[cell.align]
            self.text(x, base + i * size * 1.15, line, size, cell.align)
        if cell.fact:
            self.record(cell.fact)

    def record(self, fact):
        row = dict(fund_source="all", spending="all", period="all", phase=self.phase, fiscal_year=self.year, page=self.page)
        self.truth.append({**row, **fact})

    def save(self, truth_path):
        self.c.save()
        with open(truth_path, "w", encoding="utf-8", newline="") as f:
            w = csv.DictWriter(f, TRUTH, restval="", lineterminator="\n")
            w.writeheader()
            w.writerows(self.truth)
