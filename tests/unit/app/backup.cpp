// A backup of a node's folder, restored, is the node it was.
#include "node/app/commands.h"
#include "node/app/data.h"
#include "node/media/file_store.h"
#include "node/store/sqlite_db.h"
#include "tests/catch.h"
#include "tests/support/files.h"
#include "tests/support/pool_wait.h"
#include "tests/support/temp_folder.h"
#include "tests/unit/services/talk.h"

#include <filesystem>
#include <fstream>

using namespace guildhall;
namespace fs = std::filesystem;

namespace {

/// A folder with the data of a node that has messages, one with a file.
struct Folder {
    Folder() {
        fs::create_directories(data);
        base::WorkerPool pool(1, 16);
        media::DiskFiles disk(data, pool, node.rng);
        node.ctx.files = &disk;
        node.allow(tests::permissions::kAll);
        node.say(node.alice, "first");
        std::vector<services::Upload> files{{"files[0]", "a", "the file's bytes"}};
        node.later(std::chrono::milliseconds(5));
        const auto request = node.read<protocol::api::MessageCreate>("{}");
        const auto posted = tests::wait_pool(
            node.loop,
            node.messages.create(node.as(node.alice), node.channel, request, std::move(files)));
        REQUIRE(posted);
        file = disk.file_path(posted->message.attachments.at(0).hash);
        node.ctx.files = nullptr;
        std::ofstream(store::database_path(data), std::ios::binary) << node.db->image();
    }
    int run(int (*command)(const app::Arguments&),
            const std::string& folder,
            std::vector<std::string> words) const {
        app::Arguments arguments;
        arguments.data_dir = folder;
        arguments.words = std::move(words);
        return command(arguments);
    }

    tests::TempFolder temp;
    std::string data = temp / "data", archive = temp / "backup.tar", back = temp / "back";
    tests::Talk node;
    std::string file;
};

/// The node's identity, the sum of its epochs, and how many messages it has.
struct Summary {
    std::string uid;
    std::int64_t epochs = 0, messages = 0;
};
Summary summary(const std::string& folder) {
    Summary out;
    store::SqliteDbOptions options{.folder = folder};
    options.migrations = store::schema::migrations();
    auto db = store::SqliteDb::open(options);
    REQUIRE(db);
    base::ManualClock clock{1'700'000'000'000};
    base::SeededRng rng(7);
    const auto loaded = app::load(**db, clock, rng);
    REQUIRE(loaded);
    out.uid = loaded->identity.uid.text();
    CHECK(app::read_and_wait(**db, [&](store::Tx& tx) -> protocol::Status {
        TRY_VOID(tx.each("SELECT SUM(epoch) FROM hosting",
                         [&](const store::Row& row) { out.epochs = row.int64(0); }));
        return tx.each("SELECT COUNT(*) FROM messages",
                       [&](const store::Row& row) { out.messages = row.int64(0); });
    }));
    (*db)->stop();
    return out;
}

}  // namespace

TEST_CASE("a restored backup has the node's identity, messages and files, and verifies") {
    Folder f;
    REQUIRE(f.run(app::backup, f.data, {f.archive}) == 0);
    REQUIRE(f.run(app::restore, f.back, {f.archive}) == 0);
    CHECK(f.run(app::verify, f.back, {}) == 0);
    const auto before = summary(f.data), after = summary(f.back);
    CHECK(before.uid == f.node.identity->uid.text());
    CHECK(after.uid == before.uid);
    CHECK(after.messages == 2);
    CHECK(before.messages == 2);
    // What the lost node signed after the backup must not meet what this one signs.
    CHECK(after.epochs == before.epochs + 1);
    const auto name = fs::relative(f.file, f.data);
    CHECK(tests::read_file(fs::path(f.back) / name) == "the file's bytes");
}

TEST_CASE("a restore goes into an empty folder only, and from a node's backup only") {
    Folder f;
    REQUIRE(f.run(app::backup, f.data, {f.archive}) == 0);
    CHECK(f.run(app::restore, f.data, {f.archive}) == 2);
    CHECK(f.run(app::restore, f.back, {f.temp / "nothing"}) == 2);
    std::ofstream(f.temp / "text") << "no archive";
    CHECK(f.run(app::restore, f.temp / "x", {f.temp / "text"}) == 2);
    CHECK(f.run(app::backup, f.data, {f.archive}) == 2);
    CHECK(!fs::exists(f.archive + ".database"));
    CHECK(f.run(app::backup, f.temp / "empty", {f.temp / "b.tar"}) == 2);
    CHECK(f.run(app::backup, f.data, {}) == 2);
}

TEST_CASE("verify notices a file that is damaged, and one that is gone") {
    Folder f;
    CHECK(f.run(app::verify, f.data, {}) == 0);
    std::ofstream(f.file) << "the file's bytEs";
    CHECK(f.run(app::verify, f.data, {}) == 1);
    fs::remove(f.file);
    CHECK(f.run(app::verify, f.data, {}) == 1);
}
