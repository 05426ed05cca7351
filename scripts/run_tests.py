#!/usr/bin/env python3
"""Runs the suites of ./scripts/test one after the other and counts what they say.

A suite is a function that yields Outcomes. Every command has a time limit and a log in build/logs;
while one runs, its last line is shown now and then. Where ../shared/contract is present nothing a
test needs is missing, so there a skip is a failure.
"""
import argparse
import concurrent.futures
import dataclasses
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time

import lint

ROOT = pathlib.Path(__file__).resolve().parent.parent
LOGS = ROOT / "build" / "logs"
CONTRACT = pathlib.Path(os.environ.get("GUILDHALL_CONTRACT", ROOT / "../shared/contract"))
STARTED = time.monotonic()
CORES = os.cpu_count() or 2
HEARTBEAT_S, TAIL_LINES = 30, 40
MINUTE = 60

COUNT_LINE = re.compile(r"^(?:[\w ]+: )?(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$", re.M)
QT_TOTALS = re.compile(r"^Totals: (\d+) passed, (\d+) failed, (\d+) skipped", re.M)
CATCH_ALL_PASSED = re.compile(r"^All tests passed \(\d+ assertions? in (\d+) test cases?\)", re.M)
CATCH_SUMMARY = re.compile(r"^test cases:\s*(\d+)((?: \| +\d+ [a-z ]+)*)", re.M)
SKIP_LINE = re.compile(r"^\s*(?:GUILDHALL-)?SKIP\b.*$", re.M)


@dataclasses.dataclass
class Outcome:
    """What one program said: how many of its checks passed, failed and were skipped."""
    name: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    detail: str = ""
    needed: bool = False  # Without it the rest of the suite makes no sense.


def say(text):
    minutes, seconds = divmod(int(time.monotonic() - STARTED), 60)
    print(f"[{minutes:3}:{seconds:02}] {text}", flush=True)


def last_line(log):
    with log.open("rb") as stream:
        stream.seek(max(0, log.stat().st_size - 400))
        lines = stream.read().decode(errors="replace").split("\n")
    return next((line.strip()[:90] for line in reversed(lines) if line.strip()), "")


RUNNING = set()  # Every child leads a process group of its own, which ends with us.


def end_all(signum, _frame):
    for child in list(RUNNING):
        os.killpg(child.pid, signal.SIGKILL)
    print(f"ended by signal {signum}", flush=True)
    os._exit(128 + signum)


def wait(child, log, name, limit_s, quiet):
    """Waits for the child, showing signs of life; ends its whole group at the limit."""
    end, beat = time.monotonic() + limit_s, time.monotonic() + HEARTBEAT_S
    while True:
        try:
            return child.wait(timeout=1)
        except subprocess.TimeoutExpired:
            now = time.monotonic()
        if now > end:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
            with log.open("a") as stream:
                stream.write(f"\nended: over its limit of {limit_s} s\n")
            return -signal.SIGKILL
        if now > beat and not quiet:
            beat = now + HEARTBEAT_S
            say(f"  {name}: {last_line(log)}")


def run(name, command, limit_s, env=None, quiet=False):
    """Runs a command with a limit; returns (exit code, its output). Output is kept in build/logs."""
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / (re.sub(r"[^\w.-]+", "_", name) + ".log")
    with log.open("wb") as stream:
        child = subprocess.Popen([str(word) for word in command], cwd=ROOT, stdout=stream,
                                 stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                                 env={**os.environ, **(env or {})}, start_new_session=True)
        RUNNING.add(child)
        code = wait(child, log, name, limit_s, quiet)
        RUNNING.discard(child)
    return code, log.read_text(errors="replace")


def tail(text):
    return "\n".join("      " + line for line in text.rstrip().split("\n")[-TAIL_LINES:])


def check(name, command, limit_s, env=None, quiet=False):
    """A command that is one check: it passes with exit code 0."""
    code, output = run(name, command, limit_s, env, quiet)
    if code == 0:
        return Outcome(name, passed=1)
    return Outcome(name, failed=1, detail=f"exit code {code}\n{tail(output)}")


def step(name, command, limit_s):
    """What has to work before tests can run: no check of its own, but its failure counts."""
    outcome = check(name, command, limit_s)
    outcome.passed, outcome.needed = 0, True
    return outcome


def build(preset, *targets):
    say(f"building {preset}: {' '.join(targets)}")
    return step(f"build {preset}", ["scripts/build", preset, *targets], 30 * MINUTE)


def catch_counts(output):
    """(passed, failed) of a Catch2 program, or None where it did not come to its summary."""
    if (match := CATCH_ALL_PASSED.search(output)):
        return int(match[1]), 0
    if (match := CATCH_SUMMARY.search(output)):
        failed = re.search(r"(\d+) failed(?! as)", match[2])
        failures = int(failed[1]) if failed else 0
        return int(match[1]) - failures, failures
    return None


def unit_test(preset, program, env, label):
    path = f"build/{preset}/bin/{program}"
    code, output = run(label, [path], 10 * MINUTE, env, quiet=True)
    counts = catch_counts(output)
    if counts is None:
        return Outcome(label, failed=1, detail=f"exit code {code}, no summary\n{tail(output)}")
    passed, failed = counts
    if code != 0 and failed == 0:  # A leak or a race that was found at the end.
        failed = 1
    skips = SKIP_LINE.findall(output)
    detail = tail(output) if failed else "\n".join(line.strip() for line in skips)
    return Outcome(label, max(0, passed - len(skips)), failed, len(skips), detail)


def in_parallel(jobs):
    """Runs (function, arguments...) tuples, one per core, and yields their results as they come."""
    with concurrent.futures.ThreadPoolExecutor(CORES) as pool:
        pending = [pool.submit(*job) for job in jobs]
        for future in concurrent.futures.as_completed(pending):
            yield future.result()


def programs(preset, folders=None, listed="unit_tests.txt"):
    """The test programs of a preset, of some folders of tests/unit (tests/qml) or of all."""
    listing = (ROOT / "build" / preset / listed).read_text().split("\n")
    rows = [line.split() for line in listing if line]
    return [name for folder, name in rows if folders is None or folder.split("/")[0] in folders]


def sanitizer_env():
    common = "abort_on_error=0:halt_on_error=1"
    return {
        "ASAN_OPTIONS": f"{common}:detect_leaks=1:detect_stack_use_after_return=1",
        "UBSAN_OPTIONS": f"{common}:print_stacktrace=1",
        "TSAN_OPTIONS": f"{common}:second_deadlock_stack=1",
        "ASAN_SYMBOLIZER_PATH": "/usr/bin/llvm-symbolizer-19",
        "TSAN_SYMBOLIZER_PATH": "/usr/bin/llvm-symbolizer-19",
    }


def suite_tidy(_):
    yield check("tidy", [sys.executable, "scripts/tidy.py"], MINUTE)
    yield check("tidy finds what is planted", [sys.executable, "scripts/tidy_test.py"], MINUTE)


def suite_format(_):
    yield check("format", ["scripts/dev", "format", "--check"], 2 * MINUTE)


def suite_golden(_):
    """The bytes, made again by a second implementation that knows the document only."""
    for name, what in (("federation", "the log"), ("link", "a link")):
        command = f"/usr/bin/python3 tests/golden/{name}.py | diff - tests/golden/{name}.txt"
        yield check(f"golden bytes of {what}", ["sh", "-c", command], MINUTE)


def suite_unit(options):
    """Every unit test, under AddressSanitizer and UndefinedBehaviorSanitizer."""
    yield build("asan", "unit_tests")
    env = {**sanitizer_env(), **options.env}
    yield from in_parallel((unit_test, "asan", program, env, program)
                           for program in programs("asan"))


def simulation(name, words, limit_s, env):
    """Runs the simulation and reads its closing line."""
    code, output = run(name, ["build/release/bin/guildhall_sim", *words], limit_s, env)
    counts = COUNT_LINE.findall(output)
    if not counts:
        return Outcome(name, failed=1, detail=f"exit code {code}, no count\n{tail(output)}")
    passed, failed, skipped = (int(number or 0) for number in counts[-1])
    lines = [line for line in output.split("\n") if line.startswith("FAIL ")]
    return Outcome(name, passed, failed, skipped, "\n".join(lines[:TAIL_LINES]))


def suite_sim(options):
    """Whole nodes on a virtual clock under trouble: 2,000 seeds, or 50,000 with --deep; before
    them, each fault that the harness plants must be found."""
    yield build("release", "guildhall_sim")
    yield simulation("sim: planted faults", ["--plants"], 4 * MINUTE, options.env)
    seeds, limit_s = (50_000, 120 * MINUTE) if options.deep else (2_000, 4 * MINUTE)
    yield simulation("sim", ["--seeds", seeds], limit_s, options.env)


# The suites of linked nodes. Sanitizers run them with the numbers of every day, also with --deep.
FEDERATION = ["federation", "federation_links", "federation_bots", "federation_lines",
              "federation_host", "federation_keys", "federation_commands", "federation_tour",
              "federation_namespaces", "federation_discovery", "federation_kill"]


def suite_threads(options):
    """What crosses threads, under ThreadSanitizer: unit tests, and the node with 2 and 4 shards."""
    run("configure tsan", ["cmake", "--preset", "tsan", "-Wno-dev"], 2 * MINUTE)
    wanted = programs("tsan", {"base", "journal", "gateway"})
    yield build("tsan", "guildhall", *wanted)
    env = {**sanitizer_env(), **options.env, "GUILDHALL_READY_MS": "120000",
           "GUILDHALL_BIN": str(ROOT / "build/tsan/bin/guildhall")}
    yield from in_parallel((unit_test, "tsan", name, env, f"{name} (tsan)") for name in wanted)
    yield fetch_libraries()
    linked = FEDERATION if options.deep else ["federation", "federation_links"]
    yield from in_parallel(
        (blackbox, f"{what}, {shards} shards (tsan)", suites, 60 * MINUTE,
         {**env, "GUILDHALL_SHARDS": shards, "GUILDHALL_PATIENCE": "3"})
        for what, shards, suites in (("federation", "2", linked), ("gateway", "2", ["gateway"]),
                                     ("gateway", "4", ["gateway"])))


def fuzz(program, seconds, scratch):
    """One fuzzer for a while, from its corpus in tests/fuzz/corpus; what it finds stays in logs."""
    found = pathlib.Path(scratch) / program.name
    found.mkdir()
    corpus = ROOT / "tests/fuzz/corpus" / program.name.removeprefix("fuzz_")
    command = [program, f"-max_total_time={seconds}", "-timeout=10", "-rss_limit_mb=4096",
               "-print_final_stats=1", f"-artifact_prefix={LOGS}/{program.name}-", found]
    return check(program.name, command + ([corpus] if corpus.is_dir() else []),
                 seconds + 2 * MINUTE, sanitizer_env(), quiet=True)


def suite_fuzz(options):
    """Every fuzzer, 20 s each, or 10 minutes with --deep."""
    yield build("asan", "fuzzers")
    seconds = 600 if options.deep else 20
    fuzzers = sorted((ROOT / "build/asan/bin").glob("fuzz_*"))
    if not fuzzers:
        yield Outcome("fuzzers", failed=1, detail="no fuzzer was built")
    say(f"fuzzing: {len(fuzzers)} fuzzers, {seconds} s each, {CORES} at a time")
    with tempfile.TemporaryDirectory() as scratch:
        yield from in_parallel((fuzz, program, seconds, scratch) for program in fuzzers)


# Installs what tests/clients pins, unless what is there comes from the same lock file.
NPM = """cd tests/clients && stamp=node_modules/.guildhall-lock &&
    { cmp -s package-lock.json "$stamp" ||
      { npm ci --no-audit --no-fund --ignore-scripts && cp package-lock.json "$stamp"; }; }"""


def fetch_libraries():
    return step("bot libraries from npm", ["sh", "-c", NPM], 10 * MINUTE)


def blackbox(name, words, limit_s, env):
    """Runs the driver of tests/blackbox and reads its closing line."""
    command = ["node", "tests/blackbox/run.mjs", *words, *["--ci"] * CONTRACT.is_dir()]
    code, output = run(name, command, limit_s, env)
    counts = COUNT_LINE.findall(output)
    if not counts:
        return Outcome(name, failed=1, detail=f"exit code {code}, no count\n{tail(output)}")
    passed, failed, skipped = (int(number or 0) for number in counts[-1])
    problems = [line for line in output.split("\n") if re.match(r"\s*(FAIL|SKIP)\b", line)]
    if code != 0 and failed == 0:
        failed, problems = 1, [f"exit code {code}", tail(output)]
    return Outcome(name, passed, failed, skipped, "\n".join(problems))


def suite_blackbox(options):
    """The real binary from outside: real bot libraries, the API, kills, pages in a browser."""
    yield build("release", "guildhall", "guildhall_permission_oracle", "guildhall_wall_clock")
    yield fetch_libraries()
    if not options.deep:
        yield blackbox("blackbox", [], 45 * MINUTE, options.env)
        return
    if not options.suites or "soak" in options.suites:  # It is light, and as long as all the rest.
        options.soak = concurrent.futures.ThreadPoolExecutor(1).submit(soak, options)
    yield blackbox("blackbox", ["--deep", "--without", "soak"], 150 * MINUTE, options.env)


def soak(options):
    return blackbox("soak", ["soak", "--deep"], 150 * MINUTE, options.env)


def suite_soak(options):
    """Two hours of a steady load; with the black box it began there, beside everything else."""
    if options.soak is None:
        yield build("release", "guildhall")
        yield fetch_libraries()
    yield options.soak.result() if options.soak else soak(options)


def suite_asan_blackbox(options):
    """What reads bytes from outside, from outside, under the sanitizers."""
    yield build("asan", "guildhall")
    yield fetch_libraries()
    env = {**sanitizer_env(), **options.env, "GUILDHALL_READY_MS": "120000",
           "GUILDHALL_BIN": str(ROOT / "build/asan/bin/guildhall"), "GUILDHALL_PATIENCE": "4"}
    linked = ["federation", "federation_links", "federation_bots", "federation_discovery",
              "federation_host"]
    alone = ["gateway", "classic", "limits", "messages", "http_probe", "ws_probe"]
    yield from in_parallel((
        (blackbox, "federation (asan)", FEDERATION if options.deep else linked, 60 * MINUTE, env),
        (blackbox, "blackbox (asan)", alone, 45 * MINUTE, env)))


OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software", "LC_ALL": "C.UTF-8"}


def qt_test(preset, program, env, label):
    """A program of Qt Test or Qt Quick Test, which may print several totals."""
    code, output = run(label, [f"build/{preset}/bin/{program}"], 10 * MINUTE, env, quiet=True)
    totals = [[int(number) for number in row] for row in QT_TOTALS.findall(output)]
    if not totals:
        return Outcome(label, failed=1, detail=f"exit code {code}, no totals\n{tail(output)}")
    passed, failed, skipped = (sum(column) for column in zip(*totals))
    if code != 0 and failed == 0:
        failed = 1
    problems = [line for line in output.split("\n") if re.match(r"(FAIL!|XPASS|SKIP|QWARN)", line)]
    detail = "\n".join(problems[:TAIL_LINES]) or (tail(output) if failed else "")
    return Outcome(label, passed, failed, skipped, detail)


def story(name, command, limit_s, env):
    """A program of tests/client, on a bus and a screen of its own."""
    code, output = run(name, ["dbus-run-session", "--", "/usr/bin/python3", *command], limit_s, env)
    counts = COUNT_LINE.findall(output)
    if not counts:
        return Outcome(name, failed=1, detail=f"exit code {code}, no count\n{tail(output)}")
    passed, failed, skipped = (int(number or 0) for number in counts[-1])
    lines = [line for line in output.split("\n") if line.startswith(("FAIL ", "SKIP "))]
    return Outcome(name, passed, failed, skipped, "\n".join(lines[:TAIL_LINES]))


def suite_client(options):
    """The client: every model and page, its QML checked, and the real window with real nodes."""
    yield build("release", "guildhall", "guildhall-client", "client_tests")
    yield fetch_libraries()
    env = {**options.env, **OFFSCREEN, "GUILDHALL_BIN": str(ROOT / "build/release/bin/guildhall")}
    names = programs("release", listed="client_tests.txt")
    yield from in_parallel((qt_test, "release", name, env, name) for name in names)
    yield check("recorded gateway JSON", ["node", "tests/qml/recorded/record.mjs", "--check"], MINUTE)
    yield check("qmllint", ["scripts/build", "release", "all_qmllint"], 10 * MINUTE)
    yield check("translations", ["/usr/bin/python3", "tests/client/translations.py"], MINUTE)
    yield check("qmlformat", ["scripts/dev", "qmlformat", "--check"], 5 * MINUTE)
    yield story("client, end to end", ["tests/client/story.py"], 15 * MINUTE, options.env)
    yield fetch_libraries()
    yield story("client, commands of a bot", ["tests/client/commands.py"], 10 * MINUTE, options.env)
    looks = [] if options.deep else ["light-desktop", "dark-phone"]
    yield story("client, every page", ["tests/client/tour.py", *looks], 30 * MINUTE, options.env)
    yield build("asan", "client_core_tests")
    env = {**sanitizer_env(), **env,
           "LSAN_OPTIONS": f"suppressions={ROOT}/tests/qml/lsan.supp:print_suppressions=0"}
    yield from in_parallel((qt_test, "asan", name, env, f"{name} (asan)")
                           for name in programs("asan", {"core"}, "client_tests.txt"))


def suite_lint(_):
    """clang-tidy over every source that is compiled; .clang-tidy lists its checks."""
    yield build(*lint.BUILD)
    files = lint.every_source()
    say(f"clang-tidy: {len(files)} files, {CORES} at a time")
    yield from in_parallel((check, f"lint {name}", lint.command(name), 5 * MINUTE, None, True)
                           for name in files)


SUITES = {
    "tidy": suite_tidy,
    "format": suite_format,
    "golden": suite_golden,
    "blackbox": suite_blackbox,
    "unit": suite_unit,
    "client": suite_client,
    "sim": suite_sim,
    "fuzz": suite_fuzz,
    "threads": suite_threads,
    "asan_blackbox": suite_asan_blackbox,
    "lint": suite_lint,
    "soak": suite_soak,
}
DEEP_ONLY = {"lint", "soak"}  # Unless somebody names them.


def report(outcome):
    kinds = ("passed", "failed", "skipped")
    counts = ", ".join(f"{n} {kind}" for kind in kinds if (n := getattr(outcome, kind)))
    say(f"  {'FAIL' if outcome.failed else 'ok'}  {outcome.name}{': ' if counts else ''}{counts}")
    if outcome.detail and (outcome.failed or outcome.skipped):
        print(outcome.detail, flush=True)


def parse(arguments):
    parser = argparse.ArgumentParser(prog="scripts/test", description="Runs the tests.")
    parser.add_argument("--deep", action="store_true", help="the full numbers")
    parser.add_argument("--list", action="store_true", help="name the suites and stop")
    parser.add_argument("suites", nargs="*", metavar="suite", help=", ".join(SUITES))
    options = parser.parse_args(arguments)
    if unknown := set(options.suites) - set(SUITES):
        parser.error(f"no suite named {', '.join(sorted(unknown))}; there are {', '.join(SUITES)}")
    options.soak = None
    options.env = {"GUILDHALL_MODE": "deep" if options.deep else "quick"}
    if CONTRACT.is_dir():
        options.env.update(GUILDHALL_CONTRACT=str(CONTRACT.resolve()), GUILDHALL_NO_SKIP="1")
    return options


def main():
    options = parse(sys.argv[1:])
    for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, end_all)
    if options.list:
        print("\n".join(SUITES))
        return 0
    total = Outcome("all")
    deep = DEEP_ONLY if options.deep else set()
    for name, suite in SUITES.items():
        if name not in options.suites and (options.suites or name in DEEP_ONLY - deep):
            continue
        say(f"suite {name}")
        for outcome in suite(options):
            if CONTRACT.is_dir():
                outcome.failed, outcome.skipped = outcome.failed + outcome.skipped, 0
            report(outcome)
            total.passed += outcome.passed
            total.failed += outcome.failed
            total.skipped += outcome.skipped
            if outcome.needed and outcome.failed:
                break
    say(f"logs are in {LOGS.relative_to(ROOT)}")
    print(f"{total.passed} passed, {total.failed} failed, {total.skipped} skipped")
    return 1 if total.failed or not total.passed else 0


if __name__ == "__main__":
    sys.exit(main())
