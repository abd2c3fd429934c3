"""Other engines read what the program writes: every dataset with DuckDB and pyarrow, and the queries of the READMEs with the
results they print. Run by `make test`, which builds bin/extract before."""
import os
import re
import subprocess
import tempfile
import unittest

import duckdb
import pyarrow as pa
import pyarrow.dataset as pads
import pyarrow.parquet as pq

from samples_output import extract

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
DATASETS = ["documents", "budget_lines", "performance_projects", "performance_indicators", "sections", "tables", "cells", "checks",
            "series", "departments", "codes", "diagnostics"]
UNPARTITIONED = {"departments", "codes"}


class Engines(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.out = os.path.join(cls.folder.name, "demo-out")
        run = subprocess.run([os.path.join(ROOT, "bin", "extract"), "convert", "--quiet", "-o", cls.out, os.path.join(ROOT, "samples")],
                             stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        if run.returncode not in (0, 3):
            raise RuntimeError(run.stderr)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def duck(self, dataset):
        return f"read_parquet('{self.out}/{dataset}/**/*.parquet', hive_partitioning = true)"

    def test_every_dataset_reads_alike(self):
        for name in DATASETS:
            with self.subTest(name):
                duck = duckdb.sql(f"select * from {self.duck(name)}")
                arrow = pads.dataset(os.path.join(self.out, name), format="parquet", partitioning="hive").to_table()
                self.assertEqual(sorted(duck.columns), sorted(arrow.column_names))
                self.assertEqual(len(duck.fetchall()), arrow.num_rows)

    def test_no_dataset_is_unknown(self):
        self.assertEqual(sorted(DATASETS), sorted(n for n in os.listdir(self.out) if os.path.isdir(os.path.join(self.out, n))))

    def test_the_partition_is_in_the_path_only(self):
        for name in DATASETS:
            for folder, _, files in os.walk(os.path.join(self.out, name)):
                for f in files:
                    columns = pq.read_schema(os.path.join(folder, f)).names
                    self.assertNotIn("fiscal_year", columns, name)
                    self.assertEqual("fiscal_year=" in folder, name not in UNPARTITIONED, folder)

    def test_types(self):
        types = dict(duckdb.sql(f"select column_name, column_type from (describe select * from {self.duck('budget_lines')})").fetchall())
        self.assertEqual(types["amount"], "DECIMAL(18,2)")
        self.assertEqual(types["is_aggregate"], "BOOLEAN")
        self.assertEqual(types["page"], "INTEGER")
        self.assertEqual(types["item_name"], "VARCHAR")
        also = duckdb.sql(f"select typeof(also_as) from {self.duck('documents')} limit 1").fetchall()[0][0]
        self.assertEqual(also, "VARCHAR[]")
        schema = pads.dataset(os.path.join(self.out, "budget_lines"), format="parquet").schema
        self.assertEqual(schema.field("amount").type, pa.decimal128(18, 2))

    def test_the_figures_of_the_samples(self):
        truth = duckdb.sql(f"""
            select statement, direction, fiscal_year, count(*), sum(amount::decimal(18,2))
            from read_csv('{ROOT}/samples/budget.truth.csv', all_varchar = true) group by all order by all""").fetchall()
        got = duckdb.sql(f"""
            select statement, direction, fiscal_year::varchar, count(*), sum(amount) from {self.duck('budget_lines')}
            join (select document_id, file_name from {self.duck('documents')}) using (document_id)
            where file_name = 'budget.pdf' and statement <> 'narrative' group by all order by all""").fetchall()
        self.assertEqual(truth, got)

    def test_readme_queries(self):
        before = os.getcwd()
        os.chdir(self.folder.name)  # the READMEs read demo-out
        self.addCleanup(os.chdir, before)
        db = duckdb.connect()
        self.addCleanup(db.close)
        db.execute(extract("schema", "--format", "duckdb", "--from", "demo-out"))  # the READMEs' duckdb.sql
        for name in ("README.md", "README.zh-CN.md"):
            with open(os.path.join(ROOT, name), encoding="utf-8") as f:
                text = f.read()
            queries = re.findall(r"```sql\n(.*?)```\n\n((?:\|[^\n]*\n)*)", text, re.S)
            self.assertGreaterEqual(len(queries), 3, name)
            for query, printed in queries:
                with self.subTest(name, query=query):
                    result = db.sql(query)
                    rows = [["NULL" if v is None else str(v) for v in r] for r in result.fetchall()]
                    self.assertTrue(rows)
                    if printed:
                        lines = ["| " + " | ".join(r) + " |" for r in [result.columns] + rows]
                        lines.insert(1, "|" + "---|" * len(result.columns))
                        self.assertEqual(printed.splitlines(), lines)


if __name__ == "__main__":
    unittest.main()
