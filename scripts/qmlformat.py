#!/usr/bin/env python3
"""Qt's formatter over every QML file: writes, or with --check only complains.

    scripts/qmlformat.py [--check] [FILE...]

qmlformat of Qt 6.4 takes the value from "pragma ComponentBehavior: Bound", which changes what a
file means, so it never sees that line; and it exits with 0 on a file that it cannot read.
"""
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
BOUND = "pragma ComponentBehavior: Bound\n"
PROGRAM = "/usr/lib/qt6/bin/qmlformat"


def listed():
    out = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "--", "*.qml"], cwd=ROOT,
                         capture_output=True, text=True, check=True).stdout
    return [ROOT / line for line in out.split("\n") if line and (ROOT / line).exists()]


def formatted(text, scratch):
    """The text as it should be, or None where it is no QML."""
    head = BOUND + "\n" if text.startswith(BOUND) else ""
    scratch.write_text(text.removeprefix(BOUND).lstrip("\n"))
    done = subprocess.run([PROGRAM, scratch], capture_output=True, text=True, check=False)
    return head + done.stdout if done.stdout.strip() else None


def main():
    check, names = "--check" in sys.argv[1:], [one for one in sys.argv[1:] if one != "--check"]
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for path in [pathlib.Path(name).resolve() for name in names] or listed():
            text = path.read_text()
            wanted = formatted(text, pathlib.Path(folder) / "One.qml")
            if wanted == text:
                continue
            wrong += 1
            if wanted is None:
                print(f"{path.relative_to(ROOT)}: not QML that qmlformat can read")
            elif check:
                print(f"{path.relative_to(ROOT)}: run scripts/dev qmlformat")
            else:
                path.write_text(wanted)
    return 1 if check and wrong else 0


if __name__ == "__main__":
    sys.exit(main())
