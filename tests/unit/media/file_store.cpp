#include "node/media/file_store.h"

#include "federation/crypto.h"
#include "protocol/errors.h"
#include "tests/catch.h"
#include "tests/support/pool_wait.h"
#include "tests/support/temp_folder.h"

#include <filesystem>
#include <fstream>
#include <iterator>

using namespace guildhall;
namespace fs = std::filesystem;

namespace {

struct Disk {
    auto put(std::string bytes) { return tests::wait_pool(loop, files.put(std::move(bytes))); }
    auto put_image(std::string bytes) {
        return tests::wait_pool(loop,
                                files.put("avatars", protocol::Snowflake(7), std::move(bytes)));
    }
    static std::string read(const std::string& path) {
        std::ifstream in(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    std::size_t count() const {
        std::size_t n = 0;
        for (const auto& e : fs::recursive_directory_iterator(folder.path())) {
            n += e.is_regular_file() ? 1 : 0;
        }
        return n;
    }

    tests::Loop loop;
    tests::TempFolder folder;
    base::SeededRng rng{1};
    base::WorkerPool pool{1, 16};
    media::DiskFiles files{folder.path().string(), pool, rng};
};

}  // namespace

TEST_CASE("a file is kept under the hash of its bytes, once") {
    Disk d;
    const auto stored = d.put("some text");
    REQUIRE(stored);
    CHECK(stored->hash.size() == 32);
    CHECK(stored->size == 9);
    CHECK(stored->content_type == "text/plain; charset=utf-8");
    CHECK(d.read(d.files.file_path(stored->hash)) == "some text");
    CHECK(d.put("some text")->hash == stored->hash);
    CHECK(d.count() == 1);
    CHECK(d.put("other")->hash != stored->hash);
    CHECK(d.put("")->size == 0);
    CHECK(d.count() == 3);
}

TEST_CASE("only its owner may read what the node keeps") {
    Disk d;
    const auto path = d.files.file_path(d.put("secret")->hash);
    CHECK((fs::status(path).permissions() & (fs::perms::group_all | fs::perms::others_all)) ==
          fs::perms::none);
}

TEST_CASE("putting a file again makes it young, so that upkeep spares it") {
    Disk d;
    const auto path = d.files.file_path(d.put("bytes")->hash);
    fs::last_write_time(path, fs::file_time_type::clock::now() - std::chrono::hours(5));
    REQUIRE(d.put("bytes"));
    CHECK(fs::file_time_type::clock::now() - fs::last_write_time(path) < std::chrono::hours(1));
}

TEST_CASE("an image is kept for its owner; what is none is refused") {
    Disk d;
    const std::string gif("GIF89a\x01\0\x01\0\0\0\0", 13);
    const auto still = d.put_image(gif);
    REQUIRE(still);
    CHECK(still->size() == 32);
    CHECK(fs::exists(d.files.image_path("avatars", "7", *still)));
    const auto moving = d.put_image(gif + "NETSCAPE2.0");
    REQUIRE(moving);
    CHECK(moving->starts_with("a_"));
    CHECK(d.put_image("<svg/>").error().code == protocol::kInvalidFormBody);
    CHECK(d.count() == 2);
}

TEST_CASE("an icon takes the place of others, but of none that just arrives") {
    Disk d;
    const std::string gif("GIF89a\x01\0\x01\0\0\0\0", 13);
    const auto name = [](const std::string& image) {
        return services::BlobName{{}, "icons", "7", image};
    };
    const auto icon = [&](const std::string& bytes, std::uint64_t owner = 7) {
        return tests::wait_pool(d.loop, d.files.put("icons", protocol::Snowflake(owner), bytes));
    };
    const auto old = icon(gif);
    const auto kept = icon(gif + "b");
    REQUIRE(old);
    REQUIRE(kept);
    const auto next = icon(gif + "c", 9);
    REQUIRE(next);
    auto coming = tests::wait_pool(d.loop, d.files.receive(name(*next), services::BlobPlace::own));
    REQUIRE(coming);
    REQUIRE(tests::wait_pool(d.loop, (*coming)->append(gif + "c")));
    const std::size_t before = d.count();
    REQUIRE(tests::wait_pool(d.loop, d.files.remove_others(name(*kept))));
    CHECK(d.count() == before - 1);
    CHECK_FALSE(fs::exists(d.files.image_path("icons", "7", *old)));
    CHECK(tests::wait_pool(d.loop, (*coming)->finish()));
    // A folder that is not there is nothing to do.
    CHECK(tests::wait_pool(d.loop, d.files.remove_others({{}, "icons", "8", *kept})));
}

TEST_CASE("files are kept below a relative folder, as scripts/start names it") {
    Disk d;
    const fs::path before = fs::current_path();
    fs::current_path(d.folder.path());
    for (const char* name : {"data", "data/", "./data"}) {
        fs::create_directory("data");
        media::DiskFiles files{name, d.pool, d.rng};
        CHECK(tests::wait_pool(d.loop, files.put(std::string("bytes of ") + name)));
        CHECK(tests::wait_pool(
            d.loop,
            files.put(
                "avatars", protocol::Snowflake(7), std::string("GIF89a\x01\0\x01\0\0\0\0", 13))));
        fs::remove_all("data");
    }
    fs::current_path(before);
}

TEST_CASE("a folder that cannot be written is an answer, and leaves nothing half done") {
    Disk d;
    std::ofstream(d.folder / "files") << "in the way";
    CHECK(protocol::http_status(d.put("bytes").error()) == 503);
    fs::remove(d.folder / "files");
    CHECK(d.put("bytes"));
    CHECK(d.count() == 1);
}
