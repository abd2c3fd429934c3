"""The warehouse scripts and the description of the output in other engines: DuckDB's views with a dozen questions and their
answers, Polars, ClickHouse, Frictionless; and a parser's word on the scripts of the engines that cannot be had here."""
import csv
import json
import os
import re
import unittest
from decimal import Decimal

import duckdb
import polars as pl
import sqlglot
from frictionless import Package

from samples_output import ROOT, extract, output, workspace

# What people ask first. The scanned sample is left out: recognition may read a figure otherwise on another machine.
QUESTIONS = [
    ("What does each department spend, and is it basic or project expenditure?",
     "select department, fiscal_year, phase, expenditure, basic, project from department_totals where entity_level = 'department' order by 1",
     [("青禾县文化和旅游局", 2024, "executed", "12127700.00", "7575800.00", "4551900.00"),
      ("青禾县水利局", 2025, "approved", "13470600.00", "5068600.00", "8402000.00")]),
    ("How did the main figures go over the years?",
     "select department, fiscal_year, phase, total_expenditure, basic, project, three_public_total, agency_operating "
     "from department_trends where entity_level = 'department' order by 1, 2",
     [("青禾县文化和旅游局", 2024, "executed", "12127700.00", "7575800.00", "4551900.00", "51600.00", "None"),
      ("青禾县水利局", 2025, "approved", "13470600.00", "5068600.00", "8402000.00", "83500.00", "None")]),
    ("Does it receive what it spends?",
     "select department, revenue - expenditure from department_totals where department = '青禾县水利局'",
     [("青禾县水利局", "0.00")]),
    ("On what does the water bureau spend?",
     "select class_code, class_name, expenditure from functional_expenditure where department = '青禾县水利局' order by 1",
     [("208", "社会保障和就业支出", "609500.00"), ("210", "卫生健康支出", "254400.00"), ("212", "城乡社区支出", "600000.00"),
      ("213", "农林水支出", "11689300.00"), ("221", "住房保障支出", "317400.00")]),
    ("How much is that by COFOG division?",
     "select cofog, sum(expenditure) from functional_expenditure where department = '青禾县文化和旅游局' group by 1 order by 1",
     [("06", "657700.00"), ("07", "434900.00"), ("08", "9772900.00"), ("09", "24000.00"), ("10", "1238200.00")]),
    ("Which share of project money is in the largest class?",
     "select class_code, project from functional_expenditure where department = '青禾县文化和旅游局' order by project desc limit 1",
     [("207", "4377900.00")]),
    ("Where does the money come from?",
     "select fund_source, period, yuan from fund_sources where department = '青禾县水利局' order by yuan desc",
     [("general_public_budget", "current_year", "12825600.00"), ("government_fund", "current_year", "600000.00"),
      ("unit_funds", "current_year", "45000.00")]),
    ("Do the sources add up to the revenue?",
     "select sum(yuan) = max(revenue) from fund_sources join department_totals using (document_id) where fund_sources.department = '青禾县水利局'",
     [("True",)]),
    ("What do official trips, cars and receptions cost?",
     "select department, total, travel_abroad, reception, vehicles from three_public order by 1",
     [("青禾县文化和旅游局", "51600.00", "0.00", "8400.00", "43200.00"), ("青禾县水利局", "83500.00", "None", "11500.00", "72000.00")]),
    ("Which identities fail?",
     "select file_name, rule from failed_checks where file_name = 'budget.pdf'",
     [("budget.pdf", "presence")]),
    ("What was published, and how well was it read?",
     "select file_name, document_type, is_current, numbers_claimed = numbers_total from coverage where file_name <> 'unit_scanned.pdf' order by 1",
     [("accounts_watermark.pdf", "final_accounts", "True", "True"), ("budget.pdf", "budget", "True", "True")]),
    ("Which figures are doubted?",
     "select count(*) from current_lines where verification = 'contradicted' and source = 'text'", [("0",)]),
    ("On which page is the largest amount?",
     "select item_name, amount, page from countable_lines where department = '青禾县水利局' and statement = 'expenditure' "
     "and fund_source = 'all' and spending = 'all' order by amount desc limit 1",
     [("水利工程建设", "6400000.00", "6")]),
]


def texts(rows):
    return [tuple(map(str, r)) for r in rows]


def line(**columns):
    """A made-up line of the water bureau's budget."""
    return {"line_id": str(len(columns)) + json.dumps(columns, sort_keys=True), "statement": "other", "direction": "expenditure",
            "classification": "functional", "fund_source": "all", "spending": "all", "period": "all", "phase": "approved",
            "is_aggregate": False, "item_name": "x", "item_code": None, "fiscal_year": 2025, "document_type": "budget", **columns}


class Views(unittest.TestCase):
    """DuckDB's views."""

    def setUp(self):
        self.db = duckdb.connect()
        self.addCleanup(self.db.close)
        self.db.execute(extract("schema", "--format", "duckdb", "--from", output()))

    def ask(self, query):
        return texts(self.db.sql(query).fetchall())

    def test_questions(self):
        for question, query, answer in QUESTIONS:
            with self.subTest(question):
                self.assertEqual(self.ask(query), texts(answer))

    def test_every_view_answers(self):
        names = [n for n, in self.ask("select view_name from duckdb_views() where not internal order by 1")]
        self.assertEqual(len(names), 12 + 12)
        for name in names:
            with self.subTest(name):
                self.ask(f"select * from {name} limit 1")

    def with_lines(self, *lines):
        """Puts made-up lines into the water bureau's budget, in place of its own."""
        self.db.execute("create table made_up as from budget_lines where department_name <> '青禾县水利局'")
        self.db.execute("create table template as from budget_lines where department_name = '青禾县水利局' limit 1")
        for columns in lines:
            names = ", ".join(f"? as {n}" for n in columns)
            self.db.execute(f"insert into made_up by name select * replace ({names}) from template", list(columns.values()))
        self.db.execute("create or replace view budget_lines as from made_up")

    def test_a_column_of_both_years_counts_alone(self):
        e = {"statement": "expenditure", "item_code": "2010101"}
        self.with_lines(line(**e, amount=10), line(**e, amount=7, period="current_year"), line(**e, amount=3, period="carryover"),
                        line(**e, amount=10, is_aggregate=True))
        self.assertEqual(self.ask("select expenditure from department_totals where department = '青禾县水利局'"), [("10.00",)])

    def test_two_columns_of_one_year_each_count_together(self):
        e = {"statement": "expenditure", "item_code": "2010101"}
        self.with_lines(line(**e, amount=7, period="current_year"), line(**e, amount=3, period="carryover"))
        self.assertEqual(self.ask("select expenditure from department_totals where department = '青禾县水利局'"), [("10.00",)])

    def test_without_a_total_column_the_parts_are_the_total(self):
        e = {"statement": "expenditure", "item_code": "2010101"}
        self.with_lines(line(**e, amount=7, spending="basic"), line(**e, amount=3, spending="project"), line(**e, amount=6, spending="personnel"))
        self.assertEqual(self.ask("select expenditure, basic, project from department_totals where department = '青禾县水利局'"),
                         [("10.00", "7.00", "3.00")])

    def test_other_years_phases_and_changes_do_not_count(self):
        e = {"statement": "three_public", "classification": "three_public", "item_name": "公务接待费"}
        self.with_lines(line(**e, amount=10), line(**e, amount=20, fiscal_year=2024), line(**e, amount=40, phase="executed"),
                        line(**{**e, "item_name": "公务接待费增减额"}, amount=-5), line(**e, amount=9, fund_source="appropriation"))
        self.assertEqual(self.ask("select total, reception from three_public where department = '青禾县水利局'"), [("10.00", "10.00")])

    def test_economic_classes(self):
        e = {"statement": "general_public_basic_expenditure", "classification": "economic_department", "item_code": "30101"}
        self.with_lines(line(**e, amount=10, spending="basic"), line(**e, amount=10, spending="personnel"),
                        line(**{**e, "item_code": "30201"}, amount=4, spending="operating"))
        self.assertEqual(self.ask("select class_code, class_name, basic, personnel, operating from economic_expenditure order by 1"),
                         [("301", "工资福利支出", "10.00", "10.00", "None"), ("302", "商品和服务支出", "4.00", "None", "4.00")])

    def test_a_fund_counts_once(self):
        r = {"statement": "revenue", "direction": "revenue", "item_code": "2010101"}
        self.with_lines(line(**r, amount=15), line(**r, amount=10, fund_source="appropriation"), line(**r, amount=10, fund_source="general_public_budget"),
                        line(**r, amount=3, fund_source="unit_funds"), line(**r, amount=3, fund_source="other_income"),
                        line(**r, amount=2, period="carryover"), line(**r, amount=13, period="current_year"))
        self.assertEqual(self.ask("select fund_source, period, yuan from fund_sources where department = '青禾县水利局' order by 3"),
                         [("all", "carryover", "2.00"), ("other_income", "all", "3.00"), ("general_public_budget", "all", "10.00")])

    def test_projects(self):
        p = {"statement": "project_expenditure", "classification": "project", "spending": "project", "item_name": "水库"}
        self.with_lines(line(**p, amount=10), line(**p, amount=10, fund_source="general_public_budget"), line(**p, amount=10, is_aggregate=True))
        self.assertEqual(self.ask("select project_name, yuan, file_name from projects"), [("水库", "10.00", "budget.pdf")])

    def test_what_was_superseded_does_not_count(self):
        self.db.execute("create table places as select * replace (false as is_current) from series")
        self.db.execute("create or replace view series as from places")
        for view in ("department_totals", "three_public", "failed_checks", "department_trends"):
            self.assertEqual(self.ask(f"select * from {view}"), [])

    def test_relations_hold(self):
        for r in json.loads(extract("schema", "--format", "json"))["relations"]:
            with self.subTest(**r):
                on = " and ".join(f"t.{b} = r.{a}" for a, b in zip(r["columns"], r["target_key"]))
                some = " and ".join(f"r.{a} is not null" for a in r["columns"])
                self.assertEqual(self.ask(f"select * from {r['dataset']} r where {some} and not exists (from {r['target']} t where {on})"), [])


TREND = os.path.join(ROOT, "..", "shared", "corpus", "trend")


@unittest.skipUnless(os.path.isdir(TREND), "needs the shared corpus, which is not beside the repository")
class Trend(unittest.TestCase):
    """Five departments over seven years, one renamed, one merged, one with a correction: one query gives their trends."""

    def test_the_expected_figures_and_no_others(self):
        out = os.path.join(workspace(), "trend")
        extract("convert", "--quiet", "--ocr", "never", "-o", out, TREND, allowed=(3,))
        with duckdb.connect() as db:
            db.execute(extract("schema", "--format", "duckdb", "--from", out))
            found = db.sql("""
                unpivot (select department, fiscal_year, phase, total_expenditure, basic, project, three_public_total, agency_operating
                         from department_trends)
                on columns(* exclude (department, fiscal_year, phase)) into name measure value yuan""").fetchall()
            (scans,), = db.sql("select count(*) from department_trends where total_expenditure is null").fetchall()
        with open(os.path.join(TREND, "expected_trend.csv"), encoding="utf-8") as file:
            want = {(r["department"], int(r["fiscal_year"]), r["phase"], r["measure"]): Decimal(r["amount"]) for r in csv.DictReader(file)}
        found = {row[:4]: row[4] for row in found}
        self.assertEqual({key: yuan for key, yuan in found.items() if want.get(key) != yuan}, {})
        self.assertEqual(len(found), len(want) - 5 * scans)  # scans are not read here
        self.assertEqual(scans, 3)


class OtherReaders(unittest.TestCase):
    def test_polars(self):
        lines = pl.scan_parquet(f"{output()}/budget_lines/**/*.parquet", hive_partitioning=True)
        schema = lines.collect_schema()
        self.assertEqual(schema["amount"], pl.Decimal(18, 2))
        self.assertEqual(schema["is_aggregate"], pl.Boolean)
        self.assertEqual(schema["page"], pl.Int32)
        self.assertTrue(schema["fiscal_year"].is_integer())
        total = lines.filter((pl.col("fiscal_year") == 2025) & (pl.col("statement") == "expenditure") & ~pl.col("is_aggregate")
                             & (pl.col("department_name") == "青禾县水利局") & (pl.col("spending") == "all")).select(pl.col("amount").sum())
        self.assertEqual(total.collect().item(), Decimal("13470600.00"))
        checks = pl.read_parquet(f"{output()}/checks/**/*.parquet", hive_partitioning=True)
        self.assertEqual(checks.schema["line_ids"], pl.List(pl.String))
        self.assertEqual(checks.schema["difference"], pl.Decimal(18, 4))
        departments = pl.read_parquet(f"{output()}/departments/*.parquet")
        self.assertEqual(departments.schema["names"].inner.fields[0].name, "name")

    def test_data_package(self):
        path = os.path.join(output(), "datapackage.json")
        self.assertTrue(Package.validate_descriptor(path).valid, Package.validate_descriptor(path).errors)
        package = Package(path)
        self.assertEqual(len(package.resources), 12)
        amount = package.get_resource("budget_lines").schema.get_field("amount").to_descriptor()
        self.assertEqual((amount["columnType"], amount["currency"]), ("value", "CNY"))
        for resource in package.resources:
            for file in [resource.path, *resource.extrapaths]:
                names = pl.read_parquet_schema(os.path.join(output(), file))
                fields = [f.name for f in resource.schema.fields if f.name != resource.to_descriptor().get("hivePartition")]
                self.assertEqual(list(names), fields, file)

    def test_exported_csv(self):
        folder = os.path.join(workspace(), "csv-for-excel")
        extract("export", output(), "--format", "csv", "-o", folder)
        lines = pl.read_csv(os.path.join(folder, "budget_lines.csv"), infer_schema=False)
        with duckdb.connect() as db:
            want = db.sql(f"select count(*), sum(amount) from read_parquet('{output()}/budget_lines/*/*.parquet')").fetchall()[0]
        self.assertEqual((len(lines), sum(map(Decimal, lines["amount"]))), want)


class Syntax(unittest.TestCase):
    """A parser of each dialect takes the scripts of the engines that need a server."""

    def test_scripts(self):
        for name, dialect in (("clickhouse", "clickhouse"), ("snowflake", "snowflake"), ("spark", "spark"), ("hive", "hive"),
                              ("iceberg", "spark"), ("bigquery", "bigquery")):
            with self.subTest(name):
                text = extract("schema", "--format", name, "--from", "s3://bucket/out")
                # The parser knows neither BigQuery's LOAD DATA nor MSCK.
                text = re.sub(r"^(LOAD DATA[^;]*|MSCK[^;]*|SET @@[^;]*);$", "", text, flags=re.M)
                statements = [s for s in sqlglot.parse(text, dialect=dialect) if s]
                self.assertGreater(len(statements), 23)
                self.assertEqual([s.sql()[:80] for s in statements if isinstance(s, sqlglot.exp.Command)], [])


if __name__ == "__main__":
    unittest.main()
