"""Makes a data folder look as if a newer version had written it: every schema version found becomes a large one.

Usage: make_newer.py FOLDER. Exit 1 if no version is found.
"""

import pathlib
import sqlite3
import sys

FUTURE = 1_000_000


def raise_versions(file):
    connection = sqlite3.connect(file)
    raised = 0
    if connection.execute("PRAGMA user_version").fetchone()[0] > 0:
        connection.execute(f"PRAGMA user_version = {FUTURE}")
        raised += 1
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for table in names:
        if "migration" not in table and "schema" not in table:
            continue
        columns = [column[1] for column in connection.execute(f'PRAGMA table_info("{table}")')]
        for column in ("version", "number", "id"):
            if column in columns:
                query = f'UPDATE "{table}" SET "{column}" = ? WHERE "{column}" = (SELECT max("{column}") FROM "{table}")'
                raised += connection.execute(query, (FUTURE,)).rowcount
                break
    connection.commit()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return raised


def main():
    raised = 0
    for file in pathlib.Path(sys.argv[1]).rglob("*"):
        if file.is_file() and file.open("rb").read(16) == b"SQLite format 3\0":
            raised += raise_versions(file)
    if raised == 0:
        print("no schema version found")
    return 0 if raised else 1


sys.exit(main())
