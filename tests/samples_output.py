"""The samples as the program converts them, once for all tests."""
import atexit
import functools
import os
import subprocess
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
EXTRACT = os.environ.get("EXTRACT", os.path.join(ROOT, "bin", "extract"))


def extract(*args, allowed=(0,)):
    """Runs the program and gives what it prints."""
    run = subprocess.run([EXTRACT, *args], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if run.returncode not in allowed:
        raise RuntimeError(f"extract {' '.join(args)}: {run.stderr}")
    return run.stdout


@functools.cache
def workspace():
    """A folder that all may read (another user runs PostgreSQL) and that goes with the process."""
    folder = tempfile.TemporaryDirectory(prefix="extract-test-")
    atexit.register(folder.cleanup)
    os.chmod(folder.name, 0o755)
    return folder.name


@functools.cache
def output():
    """The folder of the converted samples."""
    out = os.path.join(workspace(), "out")
    extract("convert", "--quiet", "-o", out, os.path.join(ROOT, "samples"), allowed=(0, 3))
    return out
