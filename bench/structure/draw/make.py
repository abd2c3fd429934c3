"""Draws the documents of the project's own making: OUT/drawn/NAME.pdf, and their grids in OUT/grids.

    make.py OUT [NAME...]

Needs reportlab and cairocffi (PyPI) and the Debian packages fonts-arphic-uming, fonts-wqy-microhei and libcairo2; exits with 3
where one is missing.
"""
import os
import sys

sys.dont_write_bytecode = True
try:
    import marks
    import places
    import rules
    from paper import FONTS
except (ImportError, OSError) as error:
    print(error, file=sys.stderr)
    sys.exit(3)


def main(out, *names):
    for file, _ in FONTS.values():
        if not os.path.exists(file):
            print(f"{file} is missing", file=sys.stderr)
            sys.exit(3)
    for draw in rules.ALL + marks.ALL + places.ALL:
        if not names or draw.__name__ in names:
            draw(out)


if __name__ == "__main__":
    main(*sys.argv[1:])
