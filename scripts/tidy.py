#!/usr/bin/env python3
"""The project's rules that no compiler checks: layers, banned calls, sizes, unlisted sources.

    scripts/tidy.py [--root DIR]      every problem as FILE:LINE: what, and exit code 1

A line that must break a rule ends in `// tidy-ok: why`, or stands below a line that is only that.
The rules are the tables below; docs/ARCHITECTURE.md draws LAYERS.
"""
import argparse
import pathlib
import posixpath
import re
import subprocess
import sys

LINE_MAX, FILE_MAX, FUNCTION_MAX = 100, 600, 70

BELOW_SERVICES = {"node/journal", "node/store", "node/base", "federation", "protocol"}
LAYERS = {  # A module and the modules it may include besides itself; "*" is all of them.
    "protocol": set(),
    "federation": {"protocol"},
    "node/base": {"federation", "protocol"},
    "node/store": {"node/base", "federation", "protocol"},
    "node/journal": {"node/store", "node/base", "federation", "protocol"},
    "node/services": BELOW_SERVICES,
    "node/rest": {"node/services"} | BELOW_SERVICES,
    "node/gateway": {"node/services"} | BELOW_SERVICES,
    "node/media": {"node/services"} | BELOW_SERVICES,
    "node/ops": {"node/services"} | BELOW_SERVICES,
    "node/classic": {"node/services", "node/rest"} | BELOW_SERVICES,
    "node/pages": {"node/services", "node/rest"} | BELOW_SERVICES,
    "node/peering": {"node/services", "node/rest"} | BELOW_SERVICES,
    "node/app": {"*"},
    "client-qml": {"protocol"},
    "tests": {"*"},
}

BANNED = [  # (pattern, where it is allowed, what to use instead)
    (r"(system|steady|high_resolution)_clock::now|\btime\((nullptr|NULL|0)\)|\bgettimeofday\(|"
     r"\bclock_gettime\(", ("node/base/", "tests/"), "base::Clock"),
    (r"\bstd::rand\b|\brandom_device\b|\buniform_(int|real)_distribution\b|\bstd::shuffle\b|"
     r"\bmt19937|\brandombytes_(buf|random|uniform)", ("node/base/", "tests/"), "base::Rng"),
    (r"\bthis_thread::sleep|\busleep\(|\bnanosleep\(", ("tests/",), "a timer of base::Clock"),
    (r"\bgetenv\(", ("node/app/", "tests/"), "a key of the configuration"),
    (r"\bspdlog::|<spdlog/", ("node/base/",), "node/base/log.h"),
    (r"\bsqlite3_|<sqlite3\.h>|\bPQexec", ("node/store/", "tests/"), "store::Tx"),
    (r"\basio::detached\b", ("node/base/", "tests/"), "base::spawn, which logs what escapes"),
    (r"\bstd::(shared_|recursive_|timed_)?mutex\b|\bstd::condition_variable",
     ("node/base/", "node/store/", "node/journal/", "tests/"), "a hop to the shard that owns it"),
    (r"\bstd::(j)?thread\b(?!::)", ("node/base/", "node/store/", "tests/"), "shards and the pool"),
    (r"<boost/asio\.hpp>|<boost/beast\.hpp>", (), "the header that holds what you use"),
    (r"co_await [^;]*[({,]\s*(?:[A-Z]\w*)?\{", (), "a named local (GCC 12 frees it twice)"),
    (r"\"\s*(SELECT .* FROM|INSERT INTO|UPDATE \w+ SET|DELETE FROM) ",
     ("node/store/", "node/journal/", "node/ops/", "node/app/",
      "client-qml/core/store/", "tests/"),
     "a function of node/store"),
]
COMMENT_BANNED = [(r"\b(FIXME|XXX)\b|\bTODO(?!\(#\d+\))", "TODO(#123) with an issue, or nothing")]
PURE_MODULES = ("protocol", "federation")
PURE_BANNED = re.compile(r"#\s*include\s*<(boost/asio|boost/beast|thread|mutex|condition_variable|"
                         r"fstream|iostream|filesystem|sys/|unistd|spdlog|sqlite3)")
WAIVER = re.compile(r"//\s*tidy-ok:\s*\S")
INCLUDE = re.compile(r'\s*#\s*include\s*"([^"]+)"')
SOURCE, WIDE = (".h", ".cpp"), (".mjs", ".js", ".py")  # WIDE: the column limit is a formatter's.
TEXT = SOURCE + WIDE + (".capnp", ".sh", ".cmake")


def module_of(path):
    """The longest module whose folder holds the path, or None."""
    fits = [m for m in LAYERS if path.startswith(m + "/")]
    return max(fits, key=len) if fits else None


LITERAL = re.compile(r'R"(?P<tag>[^()\\ ]*)\((?:.|\n)*?\)(?P=tag)"|"(?:\\.|[^"\\\n])*"'
                     r"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'|//[^\n]*|/\*(?:.|\n)*?\*/")


def blank(text, keep_strings):
    """The text with comments (and strings, unless kept) emptied, line for line the same."""
    def empty(match):
        whole = match[0]
        if keep_strings and whole[0] != "/":
            return whole
        return ('""' if whole[0] in "R\"" else " ") + "\n" * whole.count("\n")
    return LITERAL.sub(empty, text)


CONTAINER = re.compile(r'\b(namespace|class|struct|union|enum|extern)\b[^()=]*$')


def functions(code):
    """Yields (first line, lines) of each outermost function body in blanked code."""
    stack, head_start, line = [], 0, 1
    head_line, fresh = 1, True
    for i, char in enumerate(code):
        if char == "\n":
            line += 1
        elif fresh and not char.isspace():
            head_line, fresh = line, False
        if char == "{":
            head = re.sub(r"alignas\([^()]*\)|^\s*#.*$", "", code[head_start:i], flags=re.M)
            inside = any(kind == "function" for kind, _ in stack)
            if CONTAINER.search(head):
                kind = "container"
            else:
                kind = "function" if ")" in head and not inside else "block"
            stack.append((kind, head_line))
            head_start, fresh = i + 1, True
        elif char == "}":
            kind, first = stack.pop() if stack else ("block", line)
            if kind == "function":
                yield first, line - first + 1
            head_start, fresh = i + 1, True
        elif char == ";":
            head_start, fresh = i + 1, True


def check_text(path, text):
    lines = text.split("\n")
    if lines and lines[-1] == "":
        lines.pop()
    if len(lines) > FILE_MAX:
        yield 1, f"file has {len(lines)} lines, the limit is {FILE_MAX}"
    for n, line in enumerate(lines, 1):
        breakable = not re.search(r'://|R"\w*\(', line)
        if len(line) > LINE_MAX and breakable and not path.endswith(WIDE):
            yield n, f"line exceeds {LINE_MAX} columns"
        for pattern, instead in COMMENT_BANNED:
            if not path.startswith("scripts/tidy") and re.search(pattern, line):
                yield n, f"write {instead}"


def check_header(text):
    first = text.lstrip().split("\n", maxsplit=1)[0]
    code = [line for line in blank(text, True).split("\n") if line.strip()]
    if not code or code[0].strip() != "#pragma once":
        yield 1, "a header starts with #pragma once"
    body = text.lstrip().removeprefix("#pragma once").lstrip()
    if not (first.startswith(("//", "/*")) or body.startswith(("//", "/*"))):
        yield 1, "a header opens with a comment: purpose, owner, thread"


def check_line(path, module, line, with_strings):
    included = INCLUDE.match(with_strings)
    target = module_of(included[1]) if included else None
    if target and module and target != module and not {"*", target} & LAYERS[module]:
        yield f"{module} may not include {target}"
    if module in PURE_MODULES and PURE_BANNED.match(with_strings):
        yield f"{module} does no I/O, starts no thread and reads no clock"
    for pattern, allowed, instead in BANNED:
        subject = with_strings if pattern.startswith(r"\"") or "<" in pattern else line
        if not path.startswith(allowed) and re.search(pattern, subject):
            yield f"banned here; use {instead}"


def check_source(path, text):
    module = module_of(path)
    code, with_strings = blank(text, False), blank(text, True)
    if path.endswith(".h"):
        yield from check_header(text)
    for n, (line, kept) in enumerate(zip(code.split("\n"), with_strings.split("\n")), 1):
        yield from ((n, what) for what in check_line(path, module, line, kept))
    for first, size in functions(code):
        if size > FUNCTION_MAX:
            yield first, f"function has {size} lines, the limit is {FUNCTION_MAX}"
    if module is None:
        yield 1, "no module of scripts/tidy.py holds this folder"


def waived(lines, n):
    here = lines[n - 1] if n <= len(lines) else ""
    above = lines[n - 2].strip() if n >= 2 else ""
    return bool(WAIVER.search(here) or (above.startswith("//") and WAIVER.search(above)))


def listed_sources(root, files):
    """The paths that the CMakeLists.txt of the tree name, each from its own folder."""
    names = set()
    for path in (p for p in files if p.endswith("CMakeLists.txt")):
        words = re.split(r"[\s()\"]+", re.sub(r"#.*", "", (root / path).read_text()))
        for word in (w for w in words if w.endswith(".cpp")):
            folder = "" if word.startswith("${CMAKE_SOURCE_DIR}/") else posixpath.dirname(path)
            word = word.removeprefix("${CMAKE_SOURCE_DIR}/")
            names.add(posixpath.normpath(posixpath.join(folder, word)))
    return names


def check_lock_file(text):
    for n, line in enumerate(text.split("\n"), 1):
        if re.search(r'"resolved":\s*"https?:', line):
            yield n, "lock files name no registry (npm: omit-lockfile-registry-resolved)"
            return


def check_config_page(root):
    """docs/CONFIG.md has a row for every key of the table in node/app/config.cpp."""
    source, page = root / "node/app/config.cpp", root / "docs/CONFIG.md"
    if not source.is_file():
        return
    table = re.search(r"kKeys\[\] = \{(.*?)^\};", source.read_text(), re.S | re.M)
    rows = page.read_text() if page.is_file() else ""
    for key in re.findall(r'\{"([a-z_.]+)",', table[1] if table else ""):
        if not re.search(rf"^\|[^|]*`{re.escape(key)}`", rows, re.M):
            yield f"docs/CONFIG.md:1: the key {key} of node/app/config.cpp has no row"


UNNAMED_HEAD = re.compile(r"\bnamespace\s*$")
NAMED_HEAD = re.compile(r"\bnamespace\s+([\w:]+)\s*$")
TYPE_HEAD = re.compile(r"^(?:template\s+)?(?:struct|class|union|enum(?:\s+class|\s+struct)?)\s+(\w+)")
ALIAS_HEAD = re.compile(r"^(?:template\s+)?(using|namespace)\s+(\w+)\s*=(.*)$", re.S)
USING_HEAD = re.compile(r"^using\s+(?!namespace\b)([\w:]+)$")
CONSTANT = re.compile(r"\bk[A-Z]\w*$")


def without_brackets(text, pair):
    """The text with what stands between the brackets emptied, the innermost first."""
    inner = re.compile(rf"\{pair[0]}[^{re.escape(pair)}]*\{pair[1]}")
    while inner.search(text):
        text = inner.sub(" ", text)
    return text


def parameter_types(text):
    """What tells overloads apart: the types of a parameter list, without names and qualifiers."""
    out = []
    for part in re.sub(r"<[^<>]*(<[^<>]*(<[^<>]*>[^<>]*)*>[^<>]*)*>",
                       lambda m: m[0].replace(",", ";"), text).split(","):
        part = re.sub(r"\w+::", "", part.split("=")[0]).strip()
        named = re.match(r"^(.*[\s&*>\]])\s*[a-z]\w*$", part, re.S)
        part = named[1] if named and named[1].strip() != "const" else part
        out.append(re.sub(r"\s+", "", part))
    return ",".join(out)


def names_of(statement):
    """Yields (name, what must be the same to be harmless) of one declaration of a namespace."""
    statement = re.sub(r"\[\[.*?\]\]|^\s*#.*$", " ", statement, flags=re.M).strip()
    plain = re.sub(r"\s+", " ", without_brackets(statement, "<>")).strip()
    if alias := ALIAS_HEAD.match(plain):
        yield alias[2], re.sub(r"\s+", "", statement)
    elif using := USING_HEAD.match(plain):
        yield using[1].split("::")[-1], "using"  # Of one entity, by whichever way.
    elif kind := TYPE_HEAD.match(plain):
        yield kind[1], None
    elif not re.match(r"static_assert\b|friend\b|extern\b|using\b|template class\b", plain):
        yield from declared_names(plain, statement)


def declared_names(plain, statement):
    """The same of constants and functions."""
    head = re.split(r"=(?!=)|\{", plain)[0]
    called = re.search(r"([\w:~]+)\s*\(", head)
    if called and not CONSTANT.search(called[1]):
        name = called[1]
        if "::" not in name and "operator" not in head and not name.isupper() and \
                not re.fullmatch(r"[A-Z][A-Z0-9_]*", name) and head[:called.start()].strip():
            opened = statement.index("(", statement.index(name))
            depth, end = 0, len(statement)
            for at in range(opened, len(statement)):
                depth += {"(": 1, ")": -1}.get(statement[at], 0)
                if depth == 0:
                    end = at
                    break
            yield f"{name}({parameter_types(statement[opened + 1:end])})", None
        return
    for part in without_brackets(without_brackets(plain, "{}"), "()").split(","):
        declared = re.split(r"=|\[|\{|\(", part)[0].strip()
        if found := CONSTANT.search(declared):
            yield found[0], None


def unnamed_names(text):
    """Yields (line, namespace, name, harmless) of what the unnamed namespaces of a file hold."""
    code = re.sub(r"^[ \t]*#(?:.*\\\n)*.*$", "", blank(text, False), flags=re.M)
    stack, start, line, first, fresh = [], 0, 1, 1, True
    for i, char in enumerate(code):
        if char == "\n":
            line += 1
        elif fresh and not char.isspace():
            first, fresh = line, False
        outside = all(kind == "namespace" for kind, _ in stack)
        here = [name for kind, name in stack if kind == "namespace"]
        if char == "{":
            head = code[start:i].strip()
            named, unnamed = NAMED_HEAD.search(head), UNNAMED_HEAD.search(head)
            if outside and (named or unnamed):
                stack.append(("namespace", named[1] if named else ""))
                start, fresh = i + 1, True
                continue
            ends = bool(TYPE_HEAD.match(without_brackets(head, "<>").strip())) or ")" in head
            is_value = "=" in without_brackets(head, "()")
            stack.append(("body" if outside and ends and not is_value else "value", ""))
        elif char == "}":
            kind = stack.pop()[0] if stack else "namespace"
            if kind == "namespace":
                start, fresh = i + 1, True
            elif kind == "body" and all(k == "namespace" for k, _ in stack):
                if "" in here:
                    for name, harmless in names_of(code[start:i + 1].split("{")[0]):
                        yield first, "::".join(here), name, harmless
                start, fresh = i + 1, True
        elif char == ";" and outside:
            if "" in here and (statement := code[start:i].strip()):
                for name, harmless in names_of(statement):
                    yield first, "::".join(here), name, harmless
            start, fresh = i + 1, True


def unity_libraries(root, files):
    """The sources of each library that a build joins (cmake/Unity.cmake), by its name."""
    unity = root / "cmake/Unity.cmake"
    listed = re.search(r"GUILDHALL_UNITY_LIBRARIES\s([^)]*)\)", unity.read_text()) \
        if unity.is_file() else None
    wanted = set(listed[1].split()) if listed else set()
    for path in (p for p in files if p.endswith("CMakeLists.txt")):
        text = re.sub(r"#.*", "", (root / path).read_text())
        for name, body in re.findall(r"guildhall_library\(\s*(\w+)([^()]*(?:\([^()]*\)[^()]*)*)\)",
                                     text):
            if name in wanted:
                folder = posixpath.dirname(path)
                yield name, [posixpath.normpath(posixpath.join(folder, word))
                             for word in body.split() if word.endswith(".cpp")]


def check_shared_names(root, files):
    """Yields (path, line, what) where two files of a library that is compiled as one share a name
    of their unnamed namespaces. Aliases that say the same are harmless."""
    for library, sources in unity_libraries(root, files):
        seen = {}
        for path in (s for s in sources if s in files):
            for line, space, name, harmless in unnamed_names((root / path).read_text()):
                key = (space, name)
                other, before = seen.setdefault(key, (path, harmless))
                if other != path and (harmless is None or harmless != before):
                    yield path, line, f"{name} is also in {other}, of the same {library}"


def check_file(root, path, listed):
    text = (root / path).read_text(errors="replace")
    if path.endswith("package-lock.json"):
        yield from check_lock_file(text)
    if path.endswith(TEXT):
        yield from check_text(path, text)
    if path.endswith(SOURCE):
        yield from check_source(path, text)
    if path.endswith(".cpp") and path not in listed:
        yield 1, "no CMakeLists.txt lists it"


def files_of(root):
    """What git tracks or would track; without git, all but builds."""
    git = subprocess.run(["git", "-C", str(root), "ls-files", "-co", "--exclude-standard"],
                         capture_output=True, text=True, check=False)
    if git.returncode == 0:
        names = git.stdout.splitlines()
    else:
        names = [p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file()]
        names = [n for n in names if not re.match(r"(build|\.git)/|.*node_modules/", n)]
    return sorted(n for n in set(names) if (root / n).is_file())


def problems(root):
    files = files_of(root)
    listed = listed_sources(root, files)
    for path in files:
        lines = None
        for n, what in check_file(root, path, listed):
            lines = lines or (root / path).read_text(errors="replace").split("\n")
            if not waived(lines, n):
                yield f"{path}:{n}: {what}"
    for path, n, what in check_shared_names(root, files):
        if not waived((root / path).read_text().split("\n"), n):
            yield f"{path}:{n}: {what}"
    yield from check_config_page(root)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--root", type=pathlib.Path,
                        default=pathlib.Path(__file__).resolve().parent.parent)
    found = list(problems(parser.parse_args().root))
    print("\n".join(found) or "tidy: clean")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
