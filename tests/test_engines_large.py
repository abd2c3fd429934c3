"""Spark and ClickHouse run their generated scripts. Both are large to install, so these tests are skipped where they are
not there: `make test-engines` installs them (Spark needs Java besides) and runs this file."""
import importlib.util
import os
import shutil
import unittest

import duckdb

from samples_output import extract, output, workspace

VIEWS = [
    ("department_totals", "document_id, phase"), ("functional_expenditure", "document_id, phase, class_code"),
    ("fund_sources", "document_id, phase, fund_source, period"), ("three_public", "document_id, phase"),
    ("failed_checks", "document_id, check_no"), ("coverage", "document_id"), ("department_trends", "document_id"),
]


def duck(query):
    with duckdb.connect() as db:
        db.execute(extract("schema", "--format", "duckdb", "--from", output()))
        return [tuple(map(str, row)) for row in db.sql(query).fetchall()]


def statements(script):
    """The statements of a script; no text in it ends with a semicolon before a line feed."""
    for s in script.split(";\n"):
        s = "\n".join(line for line in s.splitlines() if not line.startswith("--")).strip()
        if s:
            yield s


@unittest.skipUnless(importlib.util.find_spec("pyspark") and shutil.which("java"), "pyspark or Java is not installed")
class Spark(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        from pyspark.sql import SparkSession
        home = os.path.join(workspace(), "spark")
        os.mkdir(home)
        cls.spark = (SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", "1")
                     .config("spark.sql.warehouse.dir", home).config("spark.driver.host", "127.0.0.1")
                     .config("spark.log.level", "ERROR").getOrCreate())
        cls.addClassCleanup(cls.spark.stop)
        for s in statements(extract("schema", "--format", "spark", "--from", output())):
            cls.spark.sql(s)

    def test_types(self):
        types = {f.name: f.dataType.simpleString() for f in self.spark.table("budget_lines").schema.fields}
        self.assertEqual(types["amount"], "decimal(18,2)")
        self.assertEqual((types["fiscal_year"], types["page"], types["is_aggregate"], types["x0"]), ("int", "int", "boolean", "float"))
        departments = {f.name: f.dataType.simpleString() for f in self.spark.table("departments").schema.fields}
        self.assertEqual(departments["names"], "array<struct<name:string,first_year:int,last_year:int>>")

    def test_the_files_say_the_same_as_the_tables(self):
        for name in ("budget_lines", "checks", "departments"):
            declared = {f.name: f.dataType for f in self.spark.table(name).schema.fields}
            found = {f.name: f.dataType for f in self.spark.read.parquet(os.path.join(output(), name)).schema.fields}
            self.assertEqual({k: v.simpleString() for k, v in declared.items()}, {k: v.simpleString() for k, v in found.items()}, name)

    def test_rows_and_partitions(self):
        for name in ("documents", "budget_lines", "cells", "checks", "codes"):
            self.assertEqual([(str(self.spark.table(name).count()),)], duck(f"select count(*) from {name}"), name)
        self.assertEqual([tuple(map(str, r)) for r in self.spark.sql(
            "select fiscal_year, count(*), sum(amount) from budget_lines group by 1 order by 1").collect()],
            duck("select fiscal_year, count(*), sum(amount) from budget_lines group by 1 order by 1"))

    def test_views(self):
        for view, order in VIEWS:
            with self.subTest(view):
                got = [tuple(map(str, r)) for r in self.spark.sql(f"select * from {view} order by {order}").collect()]
                self.assertEqual([g.replace("None", "") for r in got for g in r],
                                 [g.replace("None", "") for r in duck(f"select * from {view} order by {order}") for g in r])


@unittest.skipUnless(importlib.util.find_spec("chdb"), "chdb (ClickHouse in a library) is not installed")
class ClickHouse(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        from chdb import session
        cls.db = session.Session(os.path.join(workspace(), "clickhouse"))
        cls.addClassCleanup(cls.db.close)
        cls.db.query("create database budget")
        cls.db.query("use budget")
        cls.script = list(statements(extract("schema", "--format", "clickhouse", "--from", output())))
        cls.load()

    @classmethod
    def load(cls):
        for s in cls.script:
            cls.db.query(s)

    def ask(self, query):
        text = self.db.query(query, "TSV").data()
        return [tuple(line.replace("\\N", "None").replace("\\n", "\n").split("\t")) for line in text.splitlines()]

    def test_loading_twice_changes_nothing(self):
        def state():
            return [self.ask(f"select count(), sum(cityHash64(toString(tuple(*)))) from {t}")
                    for t in ("documents", "budget_lines", "cells", "checks", "series", "departments final", "codes final")]
        before = state()
        self.load()
        self.assertEqual(before, state())
        self.assertEqual([before[1][0][:1]], duck("select count(*) from budget_lines"))

    def test_views(self):
        for query in (
            "select department, fiscal_year, phase, cast(expenditure as decimal(18,2)) e from department_totals order by 1",
            "select document_id, class_code, class_name, cofog from functional_expenditure order by 1, 2",
            "select document_id, fund_source, period from fund_sources order by 1, 2, 3",
            "select document_id, check_no, rule from failed_checks order by 1, 2",
        ):
            with self.subTest(query):
                self.assertEqual([tuple(float(v) if v.replace(".", "").isdigit() else v for v in r) for r in self.ask(query)],
                                 [tuple(float(v) if v.replace(".", "").isdigit() else v for v in r) for r in duck(query)])


if __name__ == "__main__":
    unittest.main()
