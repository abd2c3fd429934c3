"""models/fetch.py with wheels that are made here: nothing is downloaded."""
import hashlib
import importlib.util
import os
import pathlib
import tempfile
import unittest
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
spec = importlib.util.spec_from_file_location("fetch", ROOT / "models" / "fetch.py")
fetch = importlib.util.module_from_spec(spec)
spec.loader.exec_module(fetch)


class Models(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.wheels = pathlib.Path(scratch.name) / "wheels"
        self.folder = pathlib.Path(scratch.name) / "new" / "models"
        self.wheels.mkdir()
        self.rows = [self.row("a-b", "1.0", "a/m.onnx", "m.onnx", b"model"), self.row("lib", "2.0", "lib/LICENSE", "licenses/lib.txt", b"free")]
        self.wheel("A_b-1.0-py3-none-any.whl", {"a/m.onnx": b"model"})
        self.wheel("lib-2.0-cp312-cp312-linux.whl", {"lib/LICENSE": b"free"})

    @staticmethod
    def row(package, version, member, file, data):
        return {"package": package, "version": version, "system": "", "member": member, "file": file, "sha256": hashlib.sha256(data).hexdigest()}

    def wheel(self, name, members):
        with zipfile.ZipFile(self.wheels / name, "w") as z:
            for member, data in members.items():
                z.writestr(member, data)

    def test_files_are_written_once(self):
        self.assertEqual(len(fetch.fetch(self.folder, self.rows, self.wheels)), 2)
        self.assertEqual((self.folder / "m.onnx").read_bytes(), b"model")
        self.assertEqual((self.folder / "licenses" / "lib.txt").read_bytes(), b"free")
        self.assertEqual(fetch.fetch(self.folder, self.rows, pathlib.Path("/nowhere")), [])

    def test_a_damaged_file_is_written_again(self):
        fetch.fetch(self.folder, self.rows, self.wheels)
        (self.folder / "m.onnx").write_bytes(b"mod")
        self.assertEqual([r["file"] for r in fetch.fetch(self.folder, self.rows, self.wheels)], ["m.onnx"])
        self.assertEqual((self.folder / "m.onnx").read_bytes(), b"model")

    def test_another_content_is_refused(self):
        self.wheel("A_b-1.0-py3-none-any.whl", {"a/m.onnx": b"trojan"})
        with self.assertRaisesRegex(fetch.Fault, "SHA-256"):
            fetch.fetch(self.folder, self.rows, self.wheels)
        self.assertFalse((self.folder / "m.onnx").exists())

    def test_what_is_missing_is_named(self):
        self.wheel("A_b-1.0-py3-none-any.whl", {})
        with self.assertRaisesRegex(fetch.Fault, "has no a/m.onnx"):
            fetch.fetch(self.folder, self.rows, self.wheels)
        (self.wheels / "A_b-1.0-py3-none-any.whl").unlink()
        with self.assertRaisesRegex(fetch.Fault, "no wheel of a-b 1.0"):
            fetch.fetch(self.folder, self.rows, self.wheels)

    def test_the_table(self):
        for system in ("linux-x86_64", "linux-aarch64"):
            files = [r["file"] for r in fetch.wanted(system)]
            self.assertEqual(len(files), len(set(files)))
            self.assertIn("libonnxruntime.so", files)
            self.assertIn("PP-OCRv6_rec_small.onnx", files)
        with self.assertRaisesRegex(fetch.Fault, "no onnxruntime for plan9-mips"):
            fetch.wanted("plan9-mips")

    def test_the_usual_folder(self):
        self.assertEqual(fetch.usual_folder({"EXTRACT_MODELS": "/m", "XDG_DATA_HOME": "/d"}), pathlib.Path("/m"))
        self.assertEqual(fetch.usual_folder({"XDG_DATA_HOME": "/d"}), pathlib.Path("/d/extract/models"))
        self.assertEqual(fetch.usual_folder({}), pathlib.Path(os.path.expanduser("~/.local/share/extract/models")))


if __name__ == "__main__":
    unittest.main()
