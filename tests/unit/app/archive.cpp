#include "node/app/archive.h"

#include "protocol/errors.h"
#include "tests/catch.h"
#include "tests/support/files.h"
#include "tests/support/temp_folder.h"

#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>

using namespace guildhall;
namespace fs = std::filesystem;

namespace {

constexpr auto kQuiet = [](std::uint64_t, std::uint64_t) {};

/// One entry of a tar file (POSIX.1-1988), written by hand: libarchive would refuse some of these.
std::string tar_entry(const std::string& name, const std::string& content, char type = '0') {
    std::string h(512, '\0');
    const auto put = [&](std::size_t at, const std::string& text) {
        std::memcpy(h.data() + at, text.data(), text.size());
    };
    put(0, name);
    put(100, "0000600");
    put(108, "0000000");
    put(116, "0000000");
    char size[13];
    std::snprintf(size, sizeof size, "%011o", static_cast<unsigned>(content.size()));
    put(124, size);
    put(136, "00000000000");
    h[156] = type;
    if (type == '2' || type == '1') put(157, "/etc/passwd");
    put(257, std::string("ustar\00000", 8));
    put(148, "        ");
    unsigned sum = 0;
    for (const char c : h) sum += static_cast<unsigned char>(c);
    char text[8];
    std::snprintf(text, sizeof text, "%06o", sum);
    put(148, std::string(text, 7));
    std::string body = content;
    body.resize((content.size() + 511) / 512 * 512);
    return h + body;
}

struct Scene {
    /// Unpacks a hand-made archive into an inner folder.
    protocol::Status unpack(const std::string& entries) {
        const std::string file = folder / "a.tar";
        std::ofstream(file, std::ios::binary) << entries << std::string(1024, '\0');
        return app::read_archive(file, folder / "inner");
    }
    tests::TempFolder folder;
};

}  // namespace

TEST_CASE("what goes into an archive comes out of it") {
    Scene s;
    std::string bytes;
    for (int i = 0; i < 200'000; ++i) bytes += static_cast<char>(i * 7);
    std::ofstream(s.folder / "one", std::ios::binary) << bytes;
    std::ofstream(s.folder / "two") << "";
    std::uint64_t last = 0;
    const auto progress = [&](std::uint64_t done, std::uint64_t total) {
        CHECK(total == 3);
        last = done;
    };
    REQUIRE(app::write_archive(s.folder / "a.tar",
                               {{s.folder / "one", "db"},
                                {s.folder / "two", "files/ab/" + std::string(64, 'c')},
                                {s.folder / "went meanwhile", "files/gone"}},
                               progress));
    CHECK(last == 3);
    REQUIRE(app::read_archive(s.folder / "a.tar", s.folder / "out"));
    CHECK(tests::read_file(s.folder / "out/db") == bytes);
    CHECK(tests::read_file(s.folder / ("out/files/ab/" + std::string(64, 'c'))) == "");
    CHECK(!fs::exists(s.folder / "out/files/gone"));
}

TEST_CASE("an archive is its user's alone, whatever the umask and what an ended run left") {
    Scene s;
    const mode_t before = ::umask(0);
    std::ofstream(s.folder / "a.tar.part") << "of a run that was killed";
    std::ofstream(s.folder / "one") << "secret";
    const auto mode = [](const std::string& file) {
        return fs::status(file).permissions() & fs::perms::mask;
    };
    constexpr auto kOwnOnly = fs::perms::owner_read | fs::perms::owner_write;
    const auto look = [&](std::uint64_t, std::uint64_t) {
        CHECK(mode(s.folder / "a.tar.part") == kOwnOnly);
    };
    CHECK(app::write_archive(s.folder / "a.tar", {{s.folder / "one", "db"}}, look));
    ::umask(before);
    CHECK(mode(s.folder / "a.tar") == kOwnOnly);
}

TEST_CASE("an archive is not written over a file, and a failed one leaves none") {
    Scene s;
    std::ofstream(s.folder / "a.tar") << "precious";
    CHECK(!app::write_archive(s.folder / "a.tar", {}, kQuiet));
    CHECK(tests::read_file(s.folder / "a.tar") == "precious");
    // A folder can be opened but not read.
    CHECK(!app::write_archive(s.folder / "b.tar", {{s.folder.path(), "x"}}, kQuiet));
    CHECK(!fs::exists(s.folder / "b.tar"));
    CHECK(!fs::exists(s.folder / "b.tar.part"));
    CHECK(!app::write_archive(s.folder / "no/such/c.tar", {}, kQuiet));
}

TEST_CASE("names that lead out of the folder are refused") {
    Scene s;
    const std::string outside = s.folder / "outside";
    for (const std::string& name : {std::string("../outside"),
                                    std::string("files/../../outside"),
                                    outside,
                                    std::string("..")}) {
        CAPTURE(name);
        CHECK(!s.unpack(tar_entry(name, "x")));
        CHECK(!fs::exists(outside));
    }
    CHECK(s.unpack(tar_entry("files/ok", "x")));
    CHECK(tests::read_file(s.folder / "inner/files/ok") == "x");
}

TEST_CASE("links and folders are no files of a node, and nothing is written twice") {
    Scene s;
    CHECK(!s.unpack(tar_entry("link", "", '2')));
    CHECK(!fs::exists(fs::symlink_status(s.folder / "inner/link")));
    CHECK(!s.unpack(tar_entry("hard", "", '1')));
    CHECK(!s.unpack(tar_entry("pipe", "", '6')));
    CHECK(!s.unpack(tar_entry("same", "1") + tar_entry("same", "2")));
    CHECK(tests::read_file(s.folder / "inner/same") == "1");
}

TEST_CASE("a file that is no archive, or ends early, is refused") {
    Scene s;
    CHECK(!s.unpack("this is no archive at all"));
    const auto whole = tar_entry("files/x", std::string(5000, 'x'));
    std::ofstream(s.folder / "cut.tar", std::ios::binary) << whole.substr(0, 2000);
    CHECK(!app::read_archive(s.folder / "cut.tar", s.folder / "cut"));
    CHECK(!app::read_archive(s.folder / "nothing.tar", s.folder / "cut"));
}
