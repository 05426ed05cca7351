"""Compares every table of the SQLite databases in two data folders by the rows they hold, in any order.

Usage: compare_tables.py LEFT RIGHT. Exit 0 if all are equal; differences are printed, a few rows of each.
"""

import collections
import pathlib
import sqlite3
import sys

# Work that deletions leave to the background; rebuild has finished it, a stopped node may not have.
UNFINISHED_WORK = {"purges"}


def databases(folder):
    """The SQLite files below a folder by their relative names."""
    root = pathlib.Path(folder)
    found = {}
    for file in sorted(root.rglob("*")):
        if file.is_file() and file.open("rb").read(16) == b"SQLite format 3\0":
            found[str(file.relative_to(root))] = file
    return found


def tables(connection):
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    return [name for (name,) in connection.execute(query)]


def rows(connection, table):
    """Rows as a multiset; columns in a fixed order so that two schemas can be compared."""
    columns = sorted(column[1] for column in connection.execute(f'PRAGMA table_info("{table}")'))
    chosen = ", ".join(f'"{column}"' for column in columns)
    return columns, collections.Counter(connection.execute(f'SELECT {chosen} FROM "{table}"'))


def compare_database(name, left_file, right_file):
    left, right = sqlite3.connect(left_file), sqlite3.connect(right_file)
    problems = []
    if tables(left) != tables(right):
        problems.append(f"{name}: other tables: {set(tables(left)) ^ set(tables(right))}")
    total = 0
    for table in tables(left):
        if table not in tables(right) or table in UNFINISHED_WORK:
            continue
        columns, ours = rows(left, table)
        _, theirs = rows(right, table)
        total += sum(ours.values())
        if ours != theirs:
            missing, extra = list((ours - theirs).items())[:3], list((theirs - ours).items())[:3]
            problems.append(f"{name}: table {table} {columns} differs: only left {missing}, only right {extra}")
    return problems, total


def main():
    left, right = databases(sys.argv[1]), databases(sys.argv[2])
    problems = [] if left.keys() == right.keys() else [f"other files: {left.keys() ^ right.keys()}"]
    total = 0
    for name in left.keys() & right.keys():
        found, count = compare_database(name, left[name], right[name])
        problems += found
        total += count
    if total == 0:
        problems.append("no rows to compare")
    for problem in problems:
        print(problem)
    return 1 if problems else 0


sys.exit(main())
