"""PostgreSQL loads an output with the generated script: a private cluster in a temporary folder, without network. Skipped
where PostgreSQL's programs are not installed (make deps-test does it)."""
import glob
import os
import pwd
import shutil
import subprocess
import unittest

import duckdb

from samples_output import extract, output, workspace


def find_programs():
    """The folder of initdb: on the path, or where Debian puts it."""
    if on_path := shutil.which("initdb"):
        return os.path.dirname(os.path.realpath(on_path))
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda p: int(p.split("/")[4]))
    return os.path.dirname(found[-1]) if found else None


PROGRAMS = find_programs()


def as_server_user():
    """The server refuses to run as root: what to put before its commands."""
    if os.getuid() != 0:
        return []
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"]


@unittest.skipUnless(PROGRAMS, "PostgreSQL is not installed: there is no initdb")
class PostgreSQL(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.home = os.path.join(workspace(), "postgresql")
        os.mkdir(cls.home)
        if os.getuid() == 0:
            user = pwd.getpwnam("postgres")
            os.chown(cls.home, user.pw_uid, user.pw_gid)
        cls.data = os.path.join(cls.home, "data")
        cls.server("initdb", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "-U", "postgres", "-D", cls.data)
        cls.addClassCleanup(shutil.rmtree, cls.home, ignore_errors=True)
        options = f"-c listen_addresses='' -c unix_socket_directories={cls.home} -c fsync=off"
        cls.server("pg_ctl", "-D", cls.data, "-w", "-o", options, "-l", os.path.join(cls.home, "log"), "start")
        cls.addClassCleanup(cls.server, "pg_ctl", "-D", cls.data, "-m", "immediate", "stop")
        cls.csv = os.path.join(workspace(), "csv")
        extract("export", output(), "--format", "csv", "--for", "postgresql", "-o", cls.csv)
        cls.script = extract("schema", "--format", "postgresql", "--from", cls.csv)
        cls.psql(cls.script)

    @classmethod
    def server(cls, program, *args):
        # Not through pipes: the server would keep them open.
        with open(os.path.join(workspace(), program + ".out"), "w+", encoding="utf-8") as log:
            run = subprocess.run(as_server_user() + [os.path.join(PROGRAMS, program), *args], cwd=cls.home,
                                 stdin=subprocess.DEVNULL, stdout=log, stderr=log)
            log.seek(0)
            if run.returncode != 0:
                raise RuntimeError(f"{program}: {log.read()}")

    @classmethod
    def psql(cls, text):
        run = subprocess.run([os.path.join(PROGRAMS, "psql"), "-X", "-q", "-A", "-t", "-F", "\t", "-v", "ON_ERROR_STOP=1",
                              "-h", cls.home, "-U", "postgres", "-d", "postgres"],
                             input=text, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        if run.returncode != 0:
            raise RuntimeError(run.stderr)
        return [line.split("\t") for line in run.stdout.splitlines()]

    def duck(self, query):
        with duckdb.connect() as con:
            con.execute(extract("schema", "--format", "duckdb", "--from", output()))
            return [["" if v is None else str(v) for v in row] for row in con.sql(query).fetchall()]

    def tables(self):
        return [name for name, in self.psql("select tablename from pg_tables where schemaname = 'public' order by 1")]

    def test_every_row_is_there(self):
        self.assertEqual(len(self.tables()), 12)
        for table in self.tables():
            with self.subTest(table):
                self.assertEqual(self.psql(f"select count(*) from {table}"), self.duck(f"select count(*) from {table}"))

    def test_the_values_are_the_same(self):
        for query in (
            "select document_id, line_id, amount, page, item_code, raw_text from budget_lines order by 1, 2",
            "select document_id, table_no, \"row\", col, text from cells where text not like '%' || chr(10) || '%' order by 1, 2, 3, 4",
            "select check_no, difference, tolerance from checks order by document_id, check_no",
            "select count(*) from budget_lines where fiscal_year is null",
            "select count(*) from cells where text = ''",
        ):
            with self.subTest(query):
                self.assertEqual(self.psql(query), self.duck(query))

    def test_lists(self):
        self.assertEqual(self.psql("select sum(cardinality(line_ids)) from checks"), self.duck("select sum(len(line_ids)) from checks"))
        self.assertEqual(self.psql("select names -> 0 ->> 'name' from departments order by 1"),
                         self.duck("select names[1].name from departments order by 1"))

    def test_the_views_give_the_same(self):
        for view, order in (
            ("department_totals", "document_id, phase"), ("functional_expenditure", "document_id, phase, class_code"),
            ("economic_expenditure", "document_id, phase, class_code"), ("fund_sources", "document_id, phase, fund_source, period"),
            ("three_public", "document_id, phase"), ("agency_operating", "document_id, phase"),
            ("projects", "document_id, page, project_name, yuan"), ("failed_checks", "document_id, check_no"),
            ("department_trends", "document_id"),
        ):
            with self.subTest(view):
                self.assertEqual(self.psql(f"select * from {view} order by {order}"), self.duck(f"select * from {view} order by {order}"))
        self.assertTrue(self.psql("select * from department_totals"))

    def test_loading_twice_changes_nothing(self):
        def state():
            # xmin changes with every row that is written, even with the same values.
            return [self.psql(f"select count(*), md5(string_agg(t::text || xmin, '|' order by t::text)) from {t} t") for t in self.tables()]
        before = state()
        self.psql(self.script)
        self.assertEqual(before, state())

    def test_a_changed_output_replaces_its_documents(self):
        self.addCleanup(self.psql, self.script)
        key = self.psql("select document_id, line_id from budget_lines order by 1, 2 limit 1")[0]
        self.psql(f"update budget_lines set amount = 1 where line_id = '{key[1]}';"
                  f"insert into sections select document_id, fiscal_year, 9999, null, 1, 'gone', '', 1, 1, source from sections limit 1;"
                  "insert into departments (department_id, current_name, names, predecessors, successors, origin) "
                  "select 'former', 'former', names, predecessors, successors, origin from departments limit 1")
        self.psql(self.script)
        self.assertEqual(self.psql(f"select amount from budget_lines where document_id = '{key[0]}' and line_id = '{key[1]}'"),
                         self.duck(f"select amount from budget_lines where document_id = '{key[0]}' and line_id = '{key[1]}'"))
        self.assertEqual(self.psql("select count(*) from sections where section_no = 9999"), [["0"]])
        self.assertEqual(self.psql("select count(*) from departments where department_id = 'former'"), [["0"]])

    def test_keys_and_checks_hold(self):
        for statement, constraint in (
            ("update budget_lines set phase = 'planned'", "budget_lines_phase_check"),
            ("update budget_lines set table_no = 9999", "budget_lines_table_no_fkey"),
            ("delete from documents", "foreign key constraint"),
            ("update budget_lines set amount = null", "not-null constraint"),
            ("insert into series select * from series", "series_pkey"),
        ):
            with self.subTest(statement), self.assertRaisesRegex(RuntimeError, constraint):
                self.psql(statement)

    def test_comments(self):
        self.assertIn("金额", self.psql("select col_description('budget_lines'::regclass, attnum) from pg_attribute "
                                      "where attrelid = 'budget_lines'::regclass and attname = 'amount'")[0][0])


if __name__ == "__main__":
    unittest.main()
