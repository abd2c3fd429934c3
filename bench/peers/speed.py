"""Reads all pages of files with another program, for its time only.

    speed.py pymupdf-text|pymupdf|pdfplumber|camelot FILE...

Every table's texts are asked for, as a user would; settings are the defaults. Prints how many tables (texts) there were.
"""
import os, sys, warnings

warnings.filterwarnings("ignore")


def pymupdf_text(path):
    import pymupdf

    with pymupdf.open(path) as doc:
        return sum(1 for page in doc if page.get_text())


def pymupdf_tables(path):
    import pymupdf

    with pymupdf.open(path) as doc:
        return sum(len([t.extract() for t in page.find_tables().tables]) for page in doc)


def pdfplumber_tables(path):
    import pdfplumber

    n = 0
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            n += len(page.extract_tables())
            page.close()  # else all pages stay in memory
    return n


def camelot_tables(path):
    import camelot

    try:
        return len([t.data for t in camelot.read_pdf(path, pages="all", flavor="lattice")])
    except Exception as error:  # a file that it cannot read has no tables
        print(f"{path}: {error}", file=sys.stderr)
        return 0


READERS = {"pymupdf-text": pymupdf_text, "pymupdf": pymupdf_tables, "pdfplumber": pdfplumber_tables, "camelot": camelot_tables}

if __name__ == "__main__":
    read = READERS[sys.argv[1]]
    out = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # some libraries advertise on standard output
    total = sum(read(path) for path in sys.argv[2:])
    os.write(out, f"{total}\n".encode())
