"""Tables of other programs, on the pages of the checked grids.

    tables.py pdfplumber|pdfplumber-text|pymupdf|lattice|stream GRIDS[:GRIDS...] OUT.json FOLDER...

GRIDS are folders of grids. Writes {"name", "tables": [{"file", "first_page", "last_page", "rows", "columns", "cells"}]}, cells as in the grids. The
programs run with their default settings (pdfplumber-text: columns and rows from text), but for two helps: pdfplumber sees
upright characters only, which keeps slanted watermarks out of its cells (camelot has no such setting); the texts of PyMuPDF
are read from its cells' boxes, for Table.extract sets commas and points of numbers on lines of their own.
"""
import importlib.metadata, json, os, pathlib, sys, warnings

warnings.filterwarnings("ignore")


def wanted(grids):
    pages = {}
    for path in sorted(p for folder in grids.split(":") for p in pathlib.Path(folder).glob("*.json")):
        ref = json.loads(path.read_text(encoding="utf-8"))
        pages.setdefault(ref["file"], set()).update(range(ref["first_page"], ref["last_page"] + 1))
    return pages


def edges(values, slip=1.0):
    """The distinct positions among coordinates."""
    out = []
    for v in sorted(values):
        if not out or v - out[-1] > slip:
            out.append(v)
    return out


def place(positions, v):
    return min(range(len(positions)), key=lambda i: abs(positions[i] - v))


def with_pdfplumber(settings):
    def read(path, pages):
        import pdfplumber

        with pdfplumber.open(path) as pdf:
            for n in pages:
                page = pdf.pages[n - 1].filter(lambda o: o["object_type"] != "char" or o["upright"])
                for table in page.find_tables(settings):
                    yield n, *boxed(table, table.extract())
    return read


def with_pymupdf(path, pages):
    import pymupdf

    with pymupdf.open(path) as pdf:
        for n in pages:
            page = pdf[n - 1]
            text = page.get_textpage()
            for table in page.find_tables().tables:
                texts = table.extract()
                if page.rotation == 0:
                    texts = [[box and page.get_textbox(box, textpage=text) for box in row.cells] for row in table.rows]
                yield n, *boxed(table, texts)


def boxed(table, texts):
    """Rows, columns and cells of a table of pdfplumber or PyMuPDF; the spans are those of the cells' boxes."""
    xs = edges([c[0] for c in table.cells] + [c[2] for c in table.cells])
    ys = edges([c[1] for c in table.cells] + [c[3] for c in table.cells])
    cells = []
    for row, line in zip(table.rows, texts):
        for box, text in zip(row.cells, line):
            if box:
                r, c = place(ys, box[1]), place(xs, box[0])
                cells.append([r, c, max(1, place(ys, box[3]) - r), max(1, place(xs, box[2]) - c), text or ""])
    return len(ys) - 1, len(xs) - 1, cells


def with_camelot(flavor):
    def read(path, pages):
        import camelot

        for n in pages:
            try:
                tables = camelot.read_pdf(str(path), pages=str(n), flavor=flavor)
            except Exception as error:  # a page that it cannot read has no tables
                print(f"{path} page {n}: {error}", file=sys.stderr)
                continue
            for table in tables:
                yield n, len(table.cells), len(table.cells[0]), spans(table.cells, flavor == "lattice")
    return read


def spans(grid, lattice):
    """Cells of camelot: places without a line between them are one cell."""
    rows, cols = len(grid), len(grid[0])
    done, out = set(), []
    for r in range(rows):
        for c in range(cols):
            if (r, c) in done:
                continue
            right, down = c, r
            while lattice and right + 1 < cols and not grid[r][right].right and not grid[r][right + 1].left:
                right += 1
            while lattice and down + 1 < rows and not grid[down][c].bottom and not grid[down + 1][c].top:
                down += 1
            area = [(i, k) for i in range(r, down + 1) for k in range(c, right + 1)]
            if any(p in done for p in area):
                area, right, down = [(r, c)], c, r
            done.update(area)
            out.append([r, c, down - r + 1, right - c + 1, "".join(grid[i][k].text for i, k in area)])
    return out


TEXT = {"vertical_strategy": "text", "horizontal_strategy": "text"}
READERS = {
    "pdfplumber": with_pdfplumber({}), "pdfplumber-text": with_pdfplumber(TEXT), "pymupdf": with_pymupdf,
    "lattice": with_camelot("lattice"), "stream": with_camelot("stream"),
}


def main(reader, grids, out, *folders):
    package = {"pdfplumber": "pdfplumber", "pymupdf": "pymupdf"}.get(reader.split("-")[0], "camelot-py")
    name = f"{package} {importlib.metadata.version(package)} {reader}"
    tables = []
    for file, pages in wanted(grids).items():
        path = next((p for p in (os.path.join(d, file) for d in folders) if os.path.exists(p)), None)
        if path is None:
            continue
        for n, rows, cols, cells in READERS[reader](path, sorted(pages)):
            tables.append({"file": file, "first_page": n, "last_page": n, "rows": rows, "columns": cols, "cells": cells})
    with open(out, "w", encoding="utf-8") as f:
        json.dump({"name": name, "tables": tables}, f, ensure_ascii=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
