"""Makes the derived files of the structure scores: corpus pages drawn without lines, or on their side.

    derive.py CORPUS OUT GRIDS

A grid of origin "derived" names its file as  derived/KIND/FILE.pdf , FILE below the corpus. KIND is
  unlined   the same page without any line or fill: every path is dropped, every text stays where it is
  sideways  the same page printed a quarter turn to the left, the file not saying so
Only the pages that a grid names are changed; the others stay, so that page numbers do.
"""
import json, pathlib, sys

import pikepdf

PAINT = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh"}


def unlined(pdf, page):
    pikepdf.Page(page).contents_coalesce()
    out = []
    for operands, operator in pikepdf.parse_content_stream(page):
        out.append(([], pikepdf.Operator("n")) if str(operator) in PAINT else (operands, operator))
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(out))


def sideways(pdf, page):
    x0, y0, x1, y1 = [float(v) for v in pikepdf.Page(page).mediabox]
    pikepdf.Page(page).contents_add(pdf.make_stream(f"q 0 1 -1 0 {y1} {-x0} cm ".encode()), prepend=True)
    pikepdf.Page(page).contents_add(pdf.make_stream(b" Q"))
    for box in ("/CropBox", "/TrimBox", "/BleedBox", "/ArtBox"):
        if box in page:
            del page[box]
    page.MediaBox = [0, 0, y1 - y0, x1 - x0]


def main(corpus, out, grids):
    wanted = {}
    for path in sorted(pathlib.Path(grids).glob("*.json")):
        ref = json.loads(path.read_text(encoding="utf-8"))
        if ref["file"].startswith("derived/"):
            wanted.setdefault(ref["file"], set()).update(range(ref["first_page"], ref["last_page"] + 1))
    for name, pages in wanted.items():
        _, kind, source = name.split("/", 2)
        target = pathlib.Path(out, name)
        target.parent.mkdir(parents=True, exist_ok=True)
        with pikepdf.open(pathlib.Path(corpus, source)) as pdf:
            for n in sorted(pages):
                {"unlined": unlined, "sideways": sideways}[kind](pdf, pdf.pages[n - 1].obj)
            pdf.save(target, deterministic_id=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
