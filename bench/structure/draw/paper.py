"""Pages drawn by one of two printers, which write PDF differently: reportlab and cairo. Points, y down from the top."""
import math

import cairocffi
from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

rl_config.invariant = 1

A4, A4_WIDE = (595.3, 841.9), (841.9, 595.3)

# Of the Debian packages fonts-arphic-uming and fonts-wqy-microhei: the file, and the family as fontconfig knows it.
FONTS = {
    "song": ("/usr/share/fonts/truetype/arphic/uming.ttc", "AR PL UMing CN"),
    "hei": ("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", "WenQuanYi Micro Hei"),
}
BLACK = (0, 0, 0)


class Reportlab:
    """Bold is text of rendering mode 2 (fill, then stroke)."""

    def __init__(self, path, size):
        for name, (file, _) in FONTS.items():
            if name not in pdfmetrics.getRegisteredFontNames():
                pdfmetrics.registerFont(TTFont(name, file, subfontIndex=0))
        self.size = size
        self.canvas = canvas.Canvas(path, pagesize=size)

    def width(self, text, font, size):
        return pdfmetrics.stringWidth(text, font, size)

    def text(self, x, y, text, font, size, color=BLACK, bold=False, angle=0):
        c = self.canvas
        c.saveState()
        c.translate(x, self.size[1] - y)
        c.rotate(angle)
        c.setFillColorRGB(*color)
        c.setStrokeColorRGB(*color)
        c.setLineWidth(size * 0.03)
        t = c.beginText(0, 0)
        t.setFont(font, size)
        t.setTextRenderMode(2 if bold else 0)
        t.textOut(text)
        c.drawText(t)
        c.restoreState()

    def path(self, subpaths, closed, fill, stroke, width, dash, cap):
        c = self.canvas
        c.saveState()
        c.setLineWidth(width)
        c.setLineCap(cap)
        if dash:
            c.setDash(dash)
        if fill:
            c.setFillColorRGB(*fill)
        if stroke:
            c.setStrokeColorRGB(*stroke)
        p = c.beginPath()
        for points in subpaths:
            p.moveTo(points[0][0], self.size[1] - points[0][1])
            for x, y in points[1:]:
                p.lineTo(x, self.size[1] - y)
            if closed:
                p.close()
        c.drawPath(p, stroke=bool(stroke), fill=bool(fill))
        c.restoreState()

    def turn(self, size):
        self.canvas.showPage()
        self.size = size
        self.canvas.setPageSize(size)

    def save(self):
        self.canvas.save()


class Cairo:
    """Bold is text and the stroked outlines of its characters as paths."""

    def __init__(self, path, size):
        self.surface = cairocffi.PDFSurface(path, *size)
        self.surface.set_metadata(cairocffi.PDF_METADATA_CREATE_DATE, "2025-01-01T00:00:00Z")
        self.context = cairocffi.Context(self.surface)
        options = cairocffi.FontOptions()
        options.set_hint_metrics(cairocffi.HINT_METRICS_OFF)
        self.context.set_font_options(options)

    def choose(self, font, size):
        self.context.select_font_face(FONTS[font][1])
        self.context.set_font_size(size)

    def width(self, text, font, size):
        self.choose(font, size)
        return self.context.text_extents(text)[4]

    def text(self, x, y, text, font, size, color=BLACK, bold=False, angle=0):
        c = self.context
        c.save()
        self.choose(font, size)
        c.translate(x, y)
        c.rotate(-math.radians(angle))
        c.set_source_rgb(*color)
        c.move_to(0, 0)
        c.show_text(text)
        if bold:
            c.move_to(0, 0)
            c.text_path(text)
            c.set_line_width(size * 0.03)
            c.stroke()
        c.restore()

    def path(self, subpaths, closed, fill, stroke, width, dash, cap):
        c = self.context
        c.save()
        c.new_path()
        for points in subpaths:
            c.move_to(*points[0])
            for point in points[1:]:
                c.line_to(*point)
            if closed:
                c.close_path()
        if fill:
            c.set_source_rgb(*fill)
            c.fill_preserve()
        if stroke:
            c.set_source_rgb(*stroke)
            c.set_line_width(width)
            c.set_line_cap(cap)
            c.set_dash(dash or [])
            c.stroke()
        c.restore()

    def turn(self, size):
        self.context.show_page()
        self.surface.set_size(*size)

    def save(self):
        self.surface.finish()


class Paper:
    """A document being drawn: the current page's width and height, and its number."""

    def __init__(self, path, size=A4, printer=Reportlab):
        self.w, self.h = size
        self.number = 1
        self.printer = printer(path, size)

    def width(self, text, font="song", size=9):
        return self.printer.width(text, font, size)

    def text(self, x, y, text, font="song", size=9, **how):
        self.printer.text(x, y, text, font, size, **how)

    def right(self, x, y, text, font="song", size=9, **how):
        self.text(x - self.width(text, font, size), y, text, font, size, **how)

    def centre(self, y, text, font="hei", size=16, x=None, **how):
        """Returns where the text begins and ends."""
        w = self.width(text, font, size)
        x = (self.w if x is None else 2 * x) / 2 - w / 2
        self.text(x, y, text, font, size, **how)
        return x, x + w

    def line(self, x0, y0, x1, y1, width=0.6, color=BLACK, dash=None, cap=0):
        self.printer.path([[(x0, y0), (x1, y1)]], False, None, color, width, dash, cap)

    def lines(self, points, width=0.6, color=BLACK):
        self.printer.path([points], False, None, color, width, None, 0)

    def shapes(self, polygons, fill=None, stroke=None, width=0.6):
        self.printer.path(polygons, True, fill, stroke, width, None, 0)

    def rect(self, x, y, w, h, fill=None, stroke=None, width=0.6):
        self.shapes([[(x, y), (x + w, y), (x + w, y + h), (x, y + h)]], fill, stroke, width)

    def circle(self, x, y, r, fill=None, stroke=None, width=0.6):
        n = max(8, int(r * 2))
        self.shapes([[(x + r * math.cos(2 * math.pi * i / n), y + r * math.sin(2 * math.pi * i / n)) for i in range(n)]],
                    fill, stroke, width)

    def prose(self, y, text, x=72, font="song", size=12, lead=1.7):
        for line in wrapped("　　" + text, self.w - 2 * x, lambda s: self.width(s, font, size)):
            self.text(x, y, line, font, size)
            y += size * lead
        return y

    def foot(self):
        self.centre(self.h - 28, f"— {self.number} —", "song", 9)

    def turn(self, size=None):
        """Begins a new page."""
        self.foot()
        self.w, self.h = size or (self.w, self.h)
        self.number += 1
        self.printer.turn((self.w, self.h))

    def save(self):
        self.foot()
        self.printer.save()


def wrapped(text, width, measure):
    """The lines of a text: broken between characters, but not within words of Latin letters and digits."""
    out = []
    for part in text.split("\n"):
        tokens = []
        for ch in part:
            if tokens and ch.isascii() and ch != " " and tokens[-1][-1].isascii() and tokens[-1][-1] != " ":
                tokens[-1] += ch
            else:
                tokens.append(ch)
        line = ""
        for token in tokens:
            if line and measure(line + token) > width and token not in "，。、；：）》”":
                out.append(line)
                line = token
            else:
                line += token
        out.append(line)
    return out
