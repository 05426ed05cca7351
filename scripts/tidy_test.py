#!/usr/bin/env python3
"""The test of tidy.py: plants each violation in a tree that is otherwise clean and looks for it."""
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import tidy  # noqa: E402

HEADER = "#pragma once\n// What it is for.\n"
LONG = "".join(f"    call({n});\n" for n in range(70))


def found_in(files):
    """The problems of a tree that holds these files, each listed in its folder's CMakeLists.txt."""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for path, text in files.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)
            if path.endswith(".cpp") and "unlisted" not in path:
                with (target.parent / "CMakeLists.txt").open("a") as listing:
                    listing.write(f"add_library(x {target.name})\n")
        return list(tidy.problems(root))


class Planted(unittest.TestCase):
    def assert_found(self, path, text, what):
        found = found_in({path: text})
        self.assertEqual(len(found), 1, found)
        self.assertIn(what, found[0])

    def assert_clean(self, path, text):
        self.assertEqual(found_in({path: text}), [])

    def test_an_include_that_points_the_wrong_way(self):
        include = '#include "node/services/guilds.h"\n'
        self.assert_found("node/store/a.cpp", include, "node/store may not include node/services")
        self.assert_found("protocol/a.cpp", '#include "federation/log.h"\n', "may not include")
        self.assert_found("node/rest/a.cpp", '#include "node/gateway/x.h"\n', "may not include")
        self.assert_clean("node/rest/a.cpp", include)
        self.assert_clean("node/journal/a.cpp", '#include "federation/log.h"\n')
        self.assert_clean("node/peering/a.cpp", '#include "node/rest/route.h"\n')
        self.assert_clean("node/app/a.cpp", '#include "node/gateway/x.h"\n')

    def test_the_clock_and_chance_have_one_door(self):
        clock = "auto now = std::chrono::steady_clock::now();\n"
        self.assert_found("node/rest/a.cpp", clock, "base::Clock")
        self.assert_clean("node/base/a.cpp", clock)
        self.assert_found("node/rest/a.cpp", "std::random_device device;\n", "base::Rng")

    def test_other_banned_calls(self):
        for path, line, instead in [
            ("node/rest/a.cpp", "std::this_thread::sleep_for(1s);", "base::Clock"),
            ("node/rest/a.cpp", 'auto home = std::getenv("HOME");', "configuration"),
            ("node/rest/a.cpp", 'spdlog::info("x");', "log.h"),
            ("node/journal/a.cpp", "sqlite3_step(statement);", "store::Tx"),
            ("node/journal/a.cpp", "co_spawn(x, y, boost::asio::detached);", "base::spawn"),
            ("node/services/a.cpp", "std::mutex lock;", "shard"),
            ("node/services/a.cpp", "std::thread worker;", "shards"),
            ("node/services/a.cpp", "co_await create(Request{1, 2});", "a named local"),
            ("node/services/a.cpp", 'tx.run("DELETE FROM users");', "node/store"),
            ("node/services/a.cpp", "#include <boost/asio.hpp>", "the header that holds"),
            ("protocol/a.cpp", "#include <fstream>", "no I/O"),
            ("node/rest/a.cpp", "// " + "TODO: later", "an issue, or nothing"),
        ]:
            with self.subTest(line):
                self.assert_found(path, line + "\n", instead)

    def test_comments_and_strings_are_not_code(self):
        self.assert_clean("node/rest/a.cpp", "// steady_clock::now() is banned.\n")
        self.assert_clean("node/rest/a.cpp", 'auto text = "getenv(";\n')
        self.assert_clean("node/rest/a.cpp", "/* std::mutex\n std::mutex */ int x = 1'000;\n")

    def test_a_waiver_needs_a_reason(self):
        mutex = "std::mutex lock;"
        self.assert_clean("node/ops/a.cpp", f"{mutex}  // tidy-ok: a counter read by all shards.\n")
        self.assert_clean("node/ops/a.cpp", f"// tidy-ok: read by all shards.\n{mutex}\n")
        self.assert_found("node/ops/a.cpp", f"{mutex}  // tidy-ok:\n", "shard")

    def test_sizes(self):
        self.assert_found("node/rest/a.cpp", "// " + "x" * 100 + "\n", "100 columns")
        self.assert_found("node/rest/a.cpp", "int x;\n" * 601, "file has 601 lines")
        self.assert_clean("node/rest/a.cpp", "int x;\n" * 600)

    def test_the_length_of_functions(self):
        wrap = "namespace a {{\nclass B {{\n    int x{{1}};\n{}}};\n}}\n"
        long, short = f"void f(int x) {{\n{LONG}}}\n", "int g() { return 1; }\n"
        self.assert_found("node/rest/a.cpp", long, "a.cpp:1: function has 72 lines")
        self.assert_found("node/rest/a.cpp", wrap.format(long), "a.cpp:4: function has 72 lines")
        self.assert_clean("node/rest/a.cpp", wrap.format(short * 100))
        self.assert_clean("node/rest/a.cpp", "int table[] = {\n" + "    1,\n" * 100 + "};\n")
        self.assert_found("node/rest/a.cpp", f"auto f = [](int x) {{\n{LONG}}};\n", "function has")
        self.assert_clean("node/rest/a.cpp", 'auto brace = "{";\n' + short * 100)

    def test_headers(self):
        self.assert_clean("node/rest/a.h", HEADER + "int x();\n")
        self.assert_clean("node/rest/a.h", "// What it is for.\n// More.\n#pragma once\n")
        self.assert_found("node/rest/a.h", "#pragma once\nint x();\n", "opens with a comment")
        self.assert_found("node/rest/a.h", "// What it is for.\nint x();\n", "#pragma once")

    def test_sources_that_no_list_names(self):
        self.assert_found("node/rest/unlisted.cpp", "int x;\n", "no CMakeLists.txt lists it")
        files = {"node/rest/a.cpp": "int x;\n", "node/rest/unlisted.cpp": "int y;\n"}
        self.assertEqual(found_in(files), ["node/rest/unlisted.cpp:1: no CMakeLists.txt lists it"])
        listing = "guildhall_test(x ../rest/unlisted.cpp)\n"
        self.assertEqual(found_in({**files, "node/ops/CMakeLists.txt": listing}), [])
        listing = "guildhall_test(x ${CMAKE_SOURCE_DIR}/node/rest/unlisted.cpp)\n"
        self.assertEqual(found_in({**files, "tests/CMakeLists.txt": listing}), [])

    def test_keys_that_the_configuration_page_does_not_explain(self):
        table = 'constexpr ConfigKey kKeys[] = {\n    {"listen", "x"},\n    {"tls.cert",\n "x"},\n};\n'
        found = found_in({"node/app/config.cpp": table, "docs/CONFIG.md": "| `listen` | x |\n"})
        self.assertEqual(found, ["docs/CONFIG.md:1: the key tls.cert of node/app/config.cpp has no row"])

    def shared(self, one, two, first="namespace {", second="namespace {", library="guildhall_x"):
        """What is found where two files of a library have these in their unnamed namespaces."""
        one_library = "# x.\nguildhall_library(guildhall_x\n    SOURCES\n  a.cpp\n  sub/b.cpp)\n"
        two_libraries = ("guildhall_library(guildhall_x SOURCES a.cpp)\n"
                         f"guildhall_library({library} SOURCES sub/b.cpp DEPS guildhall_x)\n")
        return found_in({
            "cmake/Unity.cmake": "set(GUILDHALL_UNITY_LIBRARIES\n    guildhall_x guildhall_y)\n",
            "node/ops/CMakeLists.txt": one_library if library == "guildhall_x" else two_libraries,
            "node/ops/a.cpp": f"namespace n {{\n{first}\n{one}\n}}\n}}\n",
            "node/ops/sub/b.cpp": f"namespace n {{\n{second}\n\n{two}\n}}\n}}\n"})

    def test_names_that_two_files_of_a_library_share(self):
        clashes = [
            ("kMax", "constexpr int kMax = 1;", "constexpr long kMax{2};"),
            ("kB", "constexpr int kA = 1, kB = f(1, 2);", "const Text kB[] = {\"a\", \"b\"};"),
            ("kRow", "constexpr Row kRow{.a = 1};", "int f();\nconst Row kRow(1);"),
            ("Row", "struct Row {\n    int kMax = 1;\n};", "class Row final : Base {};"),
            ("Kind", "enum class Kind : int { one };", "template <class T>\nstruct Kind;"),
            ("go(int)", "int go(int a) { return a; }", "std::map<int, int> go(int b = 2) {\n}"),
            ("go(constText&,int)", "void go(const Text& a, int b);",
             "[[nodiscard]] bool go(const p::Text& text, int) { return kMax; }"),
            ("go(T)", "template <class T>\nvoid go(T a) {}", "template <class U>\nint go(T b);"),
            ("Alias", "using Alias = int;", "using Alias = long;"),
            ("Alias", "using a::Alias;", "struct Alias {};"),
        ]
        for name, one, two in clashes:
            with self.subTest(one):
                found = self.shared(one, two)
                self.assertEqual(len(found), 1, found)
                self.assertIn(f"sub/b.cpp:{5 if 'int f' in two else 4}: {name} is also in "
                              "node/ops/a.cpp, of the same guildhall_x", found[0])

    def test_names_that_do_not_clash(self):
        for one, two in [
            ("using a::Alias;\nnamespace p = protocol;", "using b::Alias;\nnamespace p = protocol;"),
            ("using Alias = std::map<int, int>;", "using Alias =\n    std::map<int, int>;"),
            ("void go(int a);", "void go(long a);"),
            ("struct A {\n    int kMax = 1;\n    void go(int);\n};", "constexpr int kMax = 1;"),
            ("void go(int) {\n    constexpr int kMax = 1;\n}", "constexpr int kMax = 1;"),
            ("static_assert(kMax < 2);\nvoid A::go(int) {}", "static_assert(kMax < 2);\nvoid A::go(int);"),
            ("int a = kMax;", "int b = kMax;"),
        ]:
            with self.subTest(one):
                self.assertEqual(self.shared(one, two), [])
        row = "struct Row {};"
        self.assertEqual(self.shared(row, row, second="namespace m {\nnamespace {\n}\n"), [])
        self.assertEqual(self.shared(row, row, library="guildhall_y"), [])
        self.assertEqual(self.shared(row, row, library="guildhall_z"), [])
        waived = "// tidy-ok: one of them is of another system.\n" + row
        self.assertEqual(self.shared(row, waived), [])

    def test_lock_files_name_no_registry(self):
        line = '  "resolved": "https://example/x.tgz",\n'
        self.assert_found("tests/clients/package-lock.json", line, "name no registry")


if __name__ == "__main__":
    unittest.main()
