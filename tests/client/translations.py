#!/usr/bin/env python3
"""Every text of the client is in every language: none missing, none left over, each plural form
there, each placeholder kept.

  tests/client/translations.py             checks client-qml/app/i18n
  tests/client/translations.py --update    updates the files; what is new is "unfinished"
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = ROOT / "client-qml/app/i18n"
LUPDATE = "/usr/lib/qt6/bin/lupdate"
# Forms of a plural, in Qt's order. English is in the source but for its plurals.
FORMS = {"en": 2, "de": 2, "ar": 6}
PLACEHOLDER = re.compile(r"%L?(?:\d|n)")


def update(folder):
    for language in FORMS:
        # The root as an include folder: else lupdate does not find the headers, and takes the wrong
        # context for tr() of a class in a namespace.
        words = [LUPDATE, "client-qml", "-I", ".", "-locations", "none", "-no-obsolete",
                 "-no-ui-lines", "-source-language", "en", "-target-language", language]
        words += ["-pluralonly"] * (language == "en")
        done = subprocess.run([*words, "-ts", str(folder / f"guildhall_{language}.ts")], cwd=ROOT,
                              capture_output=True, text=True, timeout=60)
        if done.returncode != 0:
            sys.exit(f"lupdate: {done.stderr.strip()}")


def read(path):
    """(context, source, comment) -> message."""
    return {(context.findtext("name"), message.findtext("source"), message.findtext("comment")):
            message
            for context in xml.parse(path).getroot().iter("context")
            for message in context.iter("message")}


def problems_of(message, language):
    translation = message.find("translation")
    if translation.get("type"):
        return [f"is {translation.get('type')}"]
    forms = [form.text or "" for form in translation.iter("numerusform")]
    if message.get("numerus") == "yes" and len(forms) != FORMS[language]:
        return [f"has {len(forms)} forms of {FORMS[language]}"]
    texts = forms or [translation.text or ""]
    if not all(texts):
        return ["is empty"]
    wanted = set(PLACEHOLDER.findall(message.findtext("source")))
    # "One file" needs no number.
    optional = {mark for mark in wanted if forms and mark.endswith("n")}
    return [f"“{text}” has {found or 'no placeholder'}, not {wanted}" for text in texts
            if not wanted - optional <= (found := set(PLACEHOLDER.findall(text))) <= wanted]


def check(language, fresh):
    name = f"guildhall_{language}.ts"
    ours, wanted = read(FOLDER / name), read(fresh / name)
    found = [f"{key[0]}: “{key[1]}” is missing" for key in wanted.keys() - ours.keys()]
    found += [f"{key[0]}: “{key[1]}” is left over" for key in ours.keys() - wanted.keys()]
    for key, message in ours.items():
        found += [f"{key[0]}: “{key[1]}” {what}" for what in problems_of(message, language)]
    return found


def main():
    if sys.argv[1:] == ["--update"]:
        update(FOLDER)
        return 0
    failed = 0
    with tempfile.TemporaryDirectory() as temporary:
        fresh = pathlib.Path(temporary)
        for file in FOLDER.glob("*.ts"):
            shutil.copy(file, fresh)
        update(fresh)
        for language in FORMS:
            found = check(language, fresh)
            failed += bool(found)
            for line in found:
                print(f"FAIL {language}: {line}")
    print(f"{len(FORMS) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
