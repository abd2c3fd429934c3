#!/usr/bin/env bash
# Scores how tables are rebuilt, ours beside pdfplumber, PyMuPDF and camelot, and prints the rows of the table in bench/RESULTS.md.
# Needs the shared corpus (CORPUS=folder when it is elsewhere), Go, Python 3 with venv, and Ghostscript or pdfium for camelot.
set -euo pipefail
cd "$(dirname "$0")/.."
corpus=${CORPUS:-../shared/corpus}
grids=bench/structure/grids
made=bench/build
venv=bench/peers/.venv

mkdir -p "$made"
if [ ! -x "$venv/bin/python" ]; then
	python3 -m venv "$venv"
	"$venv/bin/pip" install --quiet --disable-pip-version-check -r bench/peers/requirements.txt
fi
python=$venv/bin/python

# The test PDFs of a published extractor, from its source package.
if [ ! -d "$made/tabula_py-2.10.0" ]; then
	"$venv/bin/pip" download --quiet --disable-pip-version-check --no-deps --no-binary :all: -d "$made" tabula-py==2.10.0
	tar xzf "$made/tabula_py-2.10.0.tar.gz" -C "$made"
fi
"$python" bench/structure/derive.py "$corpus" "$made" "$grids"
rm -rf "$made/drawn" "$made/grids"
"$python" bench/structure/draw/make.py "$made"

systems=()
for reader in pdfplumber pdfplumber-text pymupdf lattice stream; do
	"$python" bench/peers/tables.py "$reader" "$grids:$made/grids" "$made/$reader.json" "$corpus" "$made"
	systems+=("$made/$reader.json")
done
go run -tags noocr ./bench/structure -corpus "$corpus" -made "$made" "$@" "${systems[@]}"
