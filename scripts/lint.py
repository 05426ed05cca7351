#!/usr/bin/env python3
"""clang-tidy over sources: what has to be built before, what is read, how it is called.

    scripts/lint.py [FILE...]     the files, or what changed since origin/main

scripts/dev lint runs this; the suite `lint` of scripts/test does the same for every source, with a
time limit and a log for each.
"""
import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
# clang-tidy reads the compile commands of the dev preset, with its precompiled and made headers.
BUILD = ("dev", "guildhall", "guildhall_pch_test")


def command(source):
    # What moc writes is not ours.
    return ["clang-tidy-19", "-p", "build/dev", "--quiet", "--exclude-header-filter=/build/", source]


def git(*words):
    return subprocess.run(["git", *words], cwd=ROOT, text=True, check=True,
                          stdout=subprocess.PIPE).stdout.split()


def compiled(sources):
    """Those of the sources that the dev preset compiles; only of these it is known how."""
    rows = json.loads((ROOT / "build/dev/compile_commands.json").read_text())
    known = {os.path.relpath(row["file"], ROOT) for row in rows}
    return [name for name in sources if name in known]


def every_source():
    return compiled(git("ls-files", "*.cpp"))


def changed():
    """What differs from the main branch, and what nobody committed yet."""
    has_main = git("for-each-ref", "refs/remotes/origin/main")
    base = git("merge-base", "HEAD", "origin/main")[0] if has_main else "HEAD"
    return sorted({*git("diff", "--name-only", "--diff-filter=d", base, "--", "*.cpp"),
                   *git("ls-files", "-o", "--exclude-standard", "--", "*.cpp")})


def main():
    named = [os.path.relpath(name, ROOT) for name in sys.argv[1:]]
    wanted = named or changed()
    if not wanted:
        return 0
    subprocess.run(["scripts/build", *BUILD], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    sources = compiled(wanted)
    for name in set(named) - set(sources):
        print(f"{name}: the dev preset compiles no such source", file=sys.stderr)

    def is_clean(name):
        return subprocess.run(command(name), cwd=ROOT, check=False).returncode == 0

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        clean = list(pool.map(is_clean, sources))
    return 0 if all(clean) and not set(named) - set(sources) else 1


if __name__ == "__main__":
    sys.exit(main())
