#!/usr/bin/env python3
"""Measures node and client against floors and prints one table: docs/BENCHMARKS.md.

usage: scripts/bench [NAME]... [--rounds N] [--seconds S] [--json FILE] [--no-build]
NAME is a goal of the node (g1, g3b, ...), or "client"; without one, all of the node."""
import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))

from driver.cases import CASES, CLIENT_CASES  # noqa: E402
from driver.client import CLIENT_TARGETS  # noqa: E402
from driver.measure import Bench  # noqa: E402
from driver.process import BenchError, check_machine, say  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
TARGETS = ["guildhall", "guildhall_load", "floor_http", "floor_gateway",
           "floor_federation"]


def parse_arguments():
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__.split("\n\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME",
                        help="goals to measure: client " + " ".join(c.name.lower() for c in CASES))
    parser.add_argument("--rounds", type=int, default=3, help="medians of so many (default 3)")
    parser.add_argument("--seconds", type=float, default=1.5, help="measured time of a run")
    parser.add_argument("--json", metavar="FILE", help="also write every figure of every round")
    parser.add_argument("--no-build", action="store_true", help="measure what is built")
    parser.add_argument("--node", help="another node binary (default: the release build)")
    parser.add_argument("--work", help="folder on the disk to measure (default: under build/)")
    return parser.parse_args()


def choose(names):
    wanted = {name.upper() for name in names}
    unknown = wanted - {case.name.upper() for case in CASES} - {"CLIENT", "G14"}
    if unknown:
        raise BenchError("no such goal: " + ", ".join(sorted(unknown)))
    client = CLIENT_CASES if wanted & {"CLIENT", "G14"} else []
    return [case for case in CASES if not wanted or case.name.upper() in wanted] + client


def targets(cases):
    client = any(case in CLIENT_CASES for case in cases)
    node = any(case in CASES for case in cases)
    return TARGETS * node + CLIENT_TARGETS * client


def build(targets):
    say("building the release preset")
    done = subprocess.run([ROOT / "scripts/build", "release", *targets], capture_output=True,
                          text=True)
    if done.returncode != 0:
        sys.stderr.write(done.stdout[-3000:] + done.stderr[-3000:])
        raise BenchError("the build failed (scripts/setup installs what it needs)")


def median(rounds, side, figure):
    values = [r[side][figure] for r in rounds if r[side] and figure in r[side]]
    return statistics.median(values) if values else None


def meets(value, goal, wants_more):
    return value >= goal if wants_more else value <= goal


def summarise(case, rounds):
    """One row of the table."""
    floor = median(rounds, "floor", case.figure)
    ours = median(rounds, "ours", case.figure)
    ratio = ours / floor if floor else None
    reached = meets(ratio if case.is_ratio else ours, case.goal, case.wants_more)
    more = {}
    for figure, goal, wants_more in case.also:
        more[figure] = median(rounds, "ours", figure)
        reached = reached and (goal is None or meets(more[figure], goal, wants_more))
    return {"name": case.name, "what": case.what, "unit": case.unit, "floor": floor, "ours": ours,
            "ratio": ratio, "goal": goal_text(case), "reached": reached, "also": more,
            "floor_cpu_us": case.cpu and median(rounds, "floor", case.cpu),
            "ours_cpu_us": case.cpu and median(rounds, "ours", case.cpu), "rounds": rounds}


def goal_text(case):
    sign = "\u2265" if case.wants_more else "\u2264"
    text = f"{sign} {case.goal:g}" + (" x" if case.is_ratio else f" {case.unit}")
    for figure, goal, wants_more in case.also:
        if goal is None:
            continue
        text += f", {figure} " + ("\u2265" if wants_more else "\u2264") + f" {goal:g}"
    return text


def number(value, unit=""):
    if value is None:
        return "\u2013"
    text = f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
    return f"{text} {unit}".strip() if unit and unit != "/s" else text + unit


def table(rows):
    lines = [["goal", "what", "floor", "ours", "ratio", "CPU us/op floor", "ours", "first",
              "reached"]]
    for row in rows:
        ours = number(row["ours"], row["unit"])
        for figure, value in row["also"].items():
            ours += f", {figure} {number(value)}"
        lines.append([row["name"], row["what"], number(row["floor"], row["unit"]), ours,
                      number(row["ratio"]), number(row["floor_cpu_us"]),
                      number(row["ours_cpu_us"]), row["goal"], "yes" if row["reached"] else "NO"])
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join("| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths)) + " |"
                     for line in lines)


def measure(bench, cases, rounds):
    """All cases once per round, so that a slow minute touches each of them alike."""
    results = {case.what: [] for case in cases}
    failures = {}
    for i in range(rounds):
        for case in cases:
            if case.what in failures:
                continue
            say(f"round {i + 1} of {rounds}: {case.name}, {case.what}")
            try:
                results[case.what].append(case.run(bench))
            except BenchError as error:
                say(f"{case.what} failed: {error}")
                failures[case.what] = str(error)
    rows = [summarise(case, results[case.what]) for case in cases if case.what not in failures]
    return rows, failures


def main():
    arguments = parse_arguments()
    check_machine()
    cases = choose(arguments.names)
    if not arguments.no_build:
        build(targets(cases))
    binaries = ROOT / "build/release/bin"
    work_parent = arguments.work or ROOT / "build"
    with (tempfile.TemporaryDirectory(prefix="bench-", dir=work_parent) as work,
          tempfile.TemporaryDirectory(prefix="bench-", dir="/dev/shm") as memory):
        bench = Bench(binaries, arguments.node or binaries / "guildhall", work, memory,
                      arguments.seconds)
        rows, failures = measure(bench, cases, arguments.rounds)
        print(table(rows))
        print(f"{arguments.rounds} rounds, medians; {bench.discarded} runs discarded for the disk")
    for name, why in failures.items():
        print(f"{name} failed: {why}")
    if arguments.json:
        Path(arguments.json).write_text(json.dumps({"rows": rows, "failures": failures}, indent=1))
    return 0 if not failures and all(row["reached"] for row in rows) else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BenchError as failure:
        sys.exit(f"bench: {failure}")
    except KeyboardInterrupt:
        sys.exit("bench: stopped")
