"""Reads an output with DuckDB and pyarrow and prints what they see as JSON, for engines_test.go to compare.

usage: read_output.py OUT DOCUMENT_ID
"""

import json
import os
import sys

import duckdb
import pyarrow.compute as pc
import pyarrow.dataset as pads


def by_duckdb(con, out, name):
    source = f"read_parquet('{out}/{name}/**/*.parquet', hive_partitioning = true)"
    types = con.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
    rows = con.execute(f"SELECT count(*) FROM {source}").fetchall()[0][0]
    return {"rows": rows, "types": {row[0]: row[1] for row in types}}


def by_pyarrow(out, name):
    dataset = pads.dataset(f"{out}/{name}", format="parquet", partitioning="hive")
    table = dataset.to_table()
    return {"rows": table.num_rows, "types": {f.name: str(f.type) for f in table.schema}}


def sums_by_duckdb(con, out):
    rows = con.execute(
        "SELECT fiscal_year, sum(amount), count(DISTINCT document_id) "
        f"FROM read_parquet('{out}/budget_lines/**/*.parquet', hive_partitioning = true) GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    return {str(year): [str(total), documents] for year, total, documents in rows}


def sums_by_pyarrow(out):
    table = pads.dataset(f"{out}/budget_lines", format="parquet", partitioning="hive").to_table()
    sums = {}
    for year in sorted(set(table["fiscal_year"].to_pylist()), key=str):
        mask = pc.is_null(table["fiscal_year"]) if year is None else pc.equal(table["fiscal_year"], year)
        part = table.filter(mask)
        sums[str(year)] = [str(pc.sum(part["amount"]).as_py()), pc.count_distinct(part["document_id"]).as_py()]
    return sums


def one_document(con, out, document):
    """Uses the statistics on document_id and unnests both kinds of list."""
    lines = con.execute(
        f"SELECT count(*) FROM read_parquet('{out}/budget_lines/**/*.parquet', hive_partitioning = true) "
        "WHERE document_id = ?", [document]).fetchall()[0][0]
    line_ids = con.execute(
        f"SELECT list_sort(flatten(list(line_ids))) FROM read_parquet('{out}/checks/**/*.parquet') "
        "WHERE document_id = ?", [document]).fetchall()[0][0]
    names = con.execute(
        f"SELECT n.name, n.first_year, n.last_year FROM (SELECT unnest(names) AS n FROM "
        f"read_parquet('{out}/departments/**/*.parquet')) ORDER BY ALL").fetchall()
    return {"lines": lines, "line_ids": line_ids, "names": [list(n) for n in names]}


def main(out, document):
    con = duckdb.connect()
    names = sorted(d for d in os.listdir(out) if os.path.isdir(os.path.join(out, d)))
    print(json.dumps({
        "duckdb": {name: by_duckdb(con, out, name) for name in names},
        "pyarrow": {name: by_pyarrow(out, name) for name in names},
        "duckdb_sums": sums_by_duckdb(con, out),
        "pyarrow_sums": sums_by_pyarrow(out),
        "document": one_document(con, out, document),
    }, ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
