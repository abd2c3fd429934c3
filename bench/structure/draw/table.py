"""A table that is drawn and that knows its own grid."""
import dataclasses

from paper import wrapped


class Cell:
    """A cell with its text as the grid has it. shown is what is printed, where that differs; draw(paper, cell, x0, x1, y,
    font, size) prints it another way, y being the base line of its first line."""

    def __init__(self, text="", across=1, down=1, align=None, indent=0, bold=False, wrap=True, shown=None, draw=None,
                 fill=None):
        self.text, self.across, self.down, self.align, self.indent = text.replace("\n", ""), across, down, align, indent
        self.bold, self.wrap, self.draw, self.fill = bold, wrap, draw, fill
        self.shown = text if shown is None else shown


def cell(value):
    return value if isinstance(value, Cell) else Cell(value)


def figure(text):
    return any(c.isdigit() for c in text) and all(c in "0123456789.,-()%¥△，— \u00a0\n" for c in text)


def solid(paper, x0, y0, x1, y1, width):
    paper.line(x0, y0, x1, y1, width)


@dataclasses.dataclass
class Style:
    font: str = "song"
    head_font: str = ""       # "" is font
    size: float = 9
    lead: float = 1.25        # distance of lines, of the size
    pad: float = 3            # above and below the text
    side: float = 3           # left and right of it
    names: str = "middle"     # where wrapped names stand beside one another: top, middle, bottom
    figures: str = "middle"   # and figures beside wrapped names
    box: str = "box"          # rules around: box, ends (above and below), none
    rows: object = "all"      # rules between rows: all, head (below it only), none, a number (every so many-th)
    columns: bool = True      # rules between columns
    head_rows: str = "all"    # rules within the header: all, partial (below groups), none
    width: float = 0.6
    heavy: float = 1          # times the width, of the first and the last rule
    pen: object = solid       # draws a rule
    stripes: tuple = ()       # colour of every other row
    head_fill: tuple = ()


class Table:
    def __init__(self, widths, head, body, align=None, **style):
        self.widths, self.head, self.body = widths, head, body
        self.align = align or "l" + "r" * (len(widths) - 1)
        self.style = Style(**style)

    def total(self):
        return sum(self.widths)

    def place(self, rows):
        """(row, column, cell), the places under spanning cells left out."""
        taken, out = set(), []
        for r, row in enumerate(rows):
            c = 0
            for value in row:
                q = cell(value)
                while (r, c) in taken:
                    c += 1
                out.append((r, c, q))
                taken.update((r + i, c + k) for i in range(q.down) for k in range(q.across))
                c += q.across
            while (r, c) in taken:
                c += 1
            assert c == len(self.widths), (r, c, [cell(v).text for v in row])
        return out

    def grid(self, head=None, body=None):
        head = self.head if head is None else head
        rows = head + (self.body if body is None else body)
        cells = [[r, c, q.down, q.across, q.text] for r, c, q in self.place(rows)]
        return {"header_rows": len(head), "rows": len(rows), "columns": len(self.widths), "cells": cells}

    def lines(self, paper, c, q):
        st = self.style
        if not q.wrap or figure(q.shown):
            return q.shown.split("\n")
        width = sum(self.widths[c:c + q.across]) - 2 * st.side - q.indent * st.size
        return wrapped(q.shown, width, lambda s: paper.width(s, st.font, st.size))

    def heights(self, paper, placed, n):
        st = self.style
        need = lambda c, q: len(self.lines(paper, c, q)) * st.size * st.lead + 2 * st.pad
        out = [st.size * st.lead + 2 * st.pad] * n
        for r, c, q in placed:
            if q.down == 1:
                out[r] = max(out[r], need(c, q))
        for r, c, q in placed:
            if q.down > 1:
                out[r + q.down - 1] += max(0, need(c, q) - sum(out[r:r + q.down]))
        return out

    def fits(self, paper, y, bottom, first=0):
        """The index after the last row that fits on the page."""
        y += sum(self.heights(paper, self.place(self.head), len(self.head)))
        for i, h in enumerate(self.heights(paper, self.place(self.body), len(self.body))):
            if i >= first:
                y += h
                if y > bottom:
                    return i
        return len(self.body)

    def draw(self, paper, x, y, first=0, last=None, head=None, body=None, open_top=False, open_bottom=False):
        """Draws a header and the rows first to last; returns the bottom. self.xs and self.ys are the borders then."""
        st = self.style
        head = self.head if head is None else head
        rows = head + (self.body[first:last] if body is None else body)
        n, nh = len(rows), len(head)
        placed = self.place(rows)
        xs, ys = [x], [y]
        for w in self.widths:
            xs.append(xs[-1] + w)
        for h in self.heights(paper, placed, n):
            ys.append(ys[-1] + h)
        self.xs, self.ys = xs, ys
        if st.head_fill and nh:
            paper.rect(x, y, xs[-1] - x, ys[nh] - y, fill=st.head_fill)
        for r in range(nh, n):
            if st.stripes and (r - nh + first) % 2:
                paper.rect(x, ys[r], xs[-1] - x, ys[r + 1] - ys[r], fill=st.stripes)
        for r, c, q in placed:
            if q.fill:
                q.fill(paper, xs[c], ys[r], xs[c + q.across], ys[r + q.down])
        self.rules(paper, placed, n, nh, first, open_top, open_bottom)
        for r, c, q in placed:
            self.text(paper, q, r < nh, c, xs[c], ys[r], xs[c + q.across], ys[r + q.down])
        return ys[-1]

    def rules(self, paper, placed, n, nh, first, open_top, open_bottom):
        st, xs, ys = self.style, self.xs, self.ys
        columns = len(self.widths)

        def across(r):
            if r == 0:
                return st.box != "none" and not open_top
            if r == n:
                return st.box != "none" and not open_bottom
            if r < nh:
                return st.head_rows == "all"
            if r == nh:
                return st.rows != "none"
            return st.rows == "all" or isinstance(st.rows, int) and (r - nh + first) % st.rows == 0

        def down(c):
            if c in (0, columns):
                return st.box == "box"
            return st.columns

        covered_across = {(r + i, c + k) for r, c, q in placed for i in range(1, q.down) for k in range(q.across)}
        covered_down = {(r + i, c + k) for r, c, q in placed for i in range(q.down) for k in range(1, q.across)}
        for r in range(n + 1):
            for a, b in runs(columns, lambda c: across(r) and (r, c) not in covered_across):
                st.pen(paper, xs[a], ys[r], xs[b], ys[r], st.width * (st.heavy if r in (0, n) else 1))
        for c in range(columns + 1):
            for a, b in runs(n, lambda r: down(c) and (r, c) not in covered_down):
                st.pen(paper, xs[c], ys[a], xs[c], ys[b], st.width)
        for r, c, q in placed:
            if st.head_rows == "partial" and q.across > 1 and r + q.down < nh:
                st.pen(paper, xs[c] + 5, ys[r + q.down], xs[c + q.across] - 5, ys[r + q.down], st.width * 0.7)

    def text(self, paper, q, header, c, x0, y0, x1, y1):
        st = self.style
        font = header and st.head_font or st.font
        align = q.align or ("c" if header else self.align[c])
        lines = self.lines(paper, c, q)
        step = st.size * st.lead
        where = "middle" if header else st.figures if figure(q.shown) else st.names
        tall = len(lines) * step
        top = {"top": y0 + st.pad, "bottom": y1 - st.pad - tall, "middle": (y0 + y1 - tall) / 2}[where]
        base = top + (step - st.size) / 2 + st.size * 0.86
        if q.draw:
            q.draw(paper, q, x0 + st.side, x1 - st.side, base, font, st.size)
            return
        for i, line in enumerate(lines):
            w = paper.width(line, font, st.size)
            x = {"l": x0 + st.side + q.indent * st.size, "c": (x0 + x1 - w) / 2, "r": x1 - st.side - w}[align]
            paper.text(x, base + i * step, line, font, st.size, bold=q.bold)


def runs(n, wanted):
    """The longest runs of places that are wanted, as (first, after the last)."""
    out, i = [], 0
    while i < n:
        k = i
        while k < n and wanted(k):
            k += 1
        if k > i:
            out.append((i, k))
        i = max(k, i + 1)
    return out
