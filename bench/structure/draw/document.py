"""A document with the grids of its tables."""
import json
import pathlib

from paper import A4, Paper, Reportlab


class Document(Paper):
    """layout is the class under which its tables are scored."""

    def __init__(self, out, name, layout, size=A4, printer=Reportlab):
        self.folder, self.name, self.layout, self.grids = pathlib.Path(out), name, layout, []
        folder = self.folder / "drawn"
        folder.mkdir(parents=True, exist_ok=True)
        super().__init__(str(folder / (name + ".pdf")), size, printer)

    def heading(self, y, title, unit="", x0=60, x1=None, owner="", form="", size=16, font="hei"):
        """Form number, title, then owner and unit; returns where the table begins."""
        x1 = x1 or self.w - x0
        if form:
            self.text(x0, y, form, "song", 10)
        self.centre(y + 24, title, font, size, x=(x0 + x1) / 2)
        if owner:
            self.text(x0, y + 46, owner)
        if unit:
            self.right(x1, y + 46, "单位：" + unit)
        return y + 52

    def table(self, title, unit, first, last, grid):
        """Records the truth: a table of these pages."""
        self.grids.append({"file": f"drawn/{self.name}.pdf", "first_page": first, "last_page": last, "layout": self.layout,
                           "origin": "drawn", "title": title, "unit": unit, **grid})

    def save(self):
        super().save()
        folder = self.folder / "grids"
        folder.mkdir(exist_ok=True)
        for i, grid in enumerate(self.grids, 1):
            with open(folder / f"drawn_{self.name}_{i}.json", "w", encoding="utf-8") as f:
                json.dump(grid, f, ensure_ascii=False)
