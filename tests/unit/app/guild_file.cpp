// A guild's file, imported by another node, is the guild; an altered one is refused.
#include "node/app/guild_file.h"

#include "node/app/archive.h"
#include "node/app/commands.h"
#include "node/app/data.h"
#include "node/media/file_store.h"
#include "node/store/sqlite_db.h"
#include "node/store/tables/hosting.h"
#include "node/store/tables/secrets.h"
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

/// A node's folder with a guild: messages, a deleted one, a file. And another node's, empty.
struct Folders {
    Folders() {
        fs::create_directories(data);
        base::WorkerPool pool(1, 16);
        media::DiskFiles disk(data, pool, node.rng);
        node.ctx.files = &disk;
        node.allow(tests::permissions::kAll);
        node.say(node.alice, "first");
        const auto gone = node.say(node.alice, "gone");
        CHECK(node.run(node.messages.remove(node.as(node.alice), node.channel, gone)));
        std::vector<services::Upload> files{{"files[0]", "a", "the file's bytes"}};
        node.later(std::chrono::milliseconds(5));
        const auto request = node.read<protocol::api::MessageCreate>("{}");
        const auto posted = tests::wait_pool(
            node.loop,
            node.messages.create(node.as(node.alice), node.channel, request, std::move(files)));
        REQUIRE(posted);
        file = fs::relative(disk.file_path(posted->message.attachments.at(0).hash), data).string();
        node.ctx.files = nullptr;
        std::ofstream(store::database_path(data), std::ios::binary) << node.db->image();
    }
    protocol::Result<app::GuildFileReport> export_it(bool with_key = false) {
        return app::export_guild(data, node.guild.str(), archive, "old.example", with_key);
    }
    /// The file again, with one of its parts changed.
    template <class Change>
    std::string altered(const std::string& part, Change change) {
        const std::string folder = temp / "altered", out = temp / "altered.tar";
        REQUIRE(app::read_archive(archive, folder));
        std::string bytes = *tests::read_file(folder + "/" + part);
        change(bytes);
        std::ofstream(folder + "/" + part, std::ios::binary) << bytes;
        std::vector<app::ArchiveEntry> entries;
        for (const auto& each : fs::recursive_directory_iterator(folder)) {
            if (each.is_regular_file())
                entries.push_back(
                    {each.path().string(), each.path().string().substr(folder.size() + 1)});
        }
        REQUIRE(app::write_archive(out, entries, [](std::uint64_t, std::uint64_t) {}));
        return out;
    }
    std::string why_not(const std::string& from) {
        const auto done = app::import_guild(from, temp / "refused");
        return done ? "" : done.error().message;
    }
    int verify(const std::string& folder) {
        app::Arguments arguments;
        arguments.data_dir = folder;
        return app::verify(arguments);
    }

    tests::TempFolder temp;
    std::string data = temp / "data", archive = temp / "guild.tar", there = temp / "there";
    tests::Talk node;
    std::string file;
};

template <class Read>
void with_folder(const std::string& folder, Read read) {
    store::SqliteDbOptions options{.folder = folder};
    options.migrations = store::schema::migrations();
    auto db = store::SqliteDb::open(options);
    REQUIRE(db);
    CHECK(app::read_and_wait(**db, [&](store::Tx& tx) -> protocol::Status {
        read(tx);
        return {};
    }));
    (*db)->stop();
}

std::int64_t count(store::Tx& tx, const char* sql) {
    std::int64_t out = -1;
    CHECK(tx.each(sql, [&](const store::Row& row) { out = row.int64(0); }));
    return out;
}

}  // namespace

TEST_CASE("an exported guild, imported elsewhere, has its messages, members and files") {
    Folders f;
    const auto exported = f.export_it();
    INFO((exported ? "" : exported.error().message));
    REQUIRE(exported);
    CHECK(exported->files == 1);
    CHECK(exported->files_missing == 0);
    const auto imported = app::import_guild(f.archive, f.there);
    INFO((imported ? "" : imported.error().message));
    REQUIRE(imported);
    CHECK(imported->guild == f.node.guild);
    CHECK(imported->entries == exported->entries);
    CHECK(imported->logs == exported->logs);
    CHECK(!imported->hosted);
    CHECK(*tests::read_file(fs::path(f.there) / f.file) == "the file's bytes");
    with_folder(f.there, [&](store::Tx& tx) {
        const auto row = store::hosting::find(tx, f.node.guild).value();
        REQUIRE(row);
        CHECK(row->role == store::hosting::Role::mirrored);
        CHECK(row->host_uid == f.node.identity->uid.text());
        CHECK(count(tx, "SELECT COUNT(*) FROM messages") >= 2);
        CHECK(count(tx, "SELECT COUNT(*) FROM members") == 3);
    });
    CHECK(f.verify(f.there) == 0);
    // Twice is once too often.
    CHECK(app::import_guild(f.archive, f.there).error().message == "the guild is here already");
}

TEST_CASE("a guild's root key leaves the node when it is asked for alone") {
    Folders f;
    REQUIRE(f.export_it(true));
    REQUIRE(app::import_guild(f.archive, f.there));
    with_folder(f.there, [&](store::Tx& tx) {
        const auto key = store::secrets::get(tx, "guild." + f.node.guild.str() + ".root");
        CHECK(key.value().has_value());
    });
    fs::remove(f.archive);
    REQUIRE(f.export_it(false));
    const std::string second = f.temp / "second";
    REQUIRE(app::import_guild(f.archive, second));
    with_folder(second, [&](store::Tx& tx) {
        const auto key = store::secrets::get(tx, "guild." + f.node.guild.str() + ".root");
        CHECK(!key.value().has_value());
    });
}

TEST_CASE("the host that imports its own guild hosts it in a new epoch") {
    Folders f;
    REQUIRE(f.export_it());
    // Its folder with the same identity, and without the guild.
    fs::create_directories(f.there);
    fs::copy_file(store::database_path(f.data), store::database_path(f.there));
    store::SqliteDbOptions options{.folder = f.there};
    options.migrations = store::schema::migrations();
    {
        auto db = store::SqliteDb::open(options);
        REQUIRE(db);
        CHECK(app::write_and_wait(**db, [&](store::Tx& tx) -> protocol::Status {
            for (const char* table : {"hosting",
                                      "logs",
                                      "entries",
                                      "guilds",
                                      "roles",
                                      "channels",
                                      "members",
                                      "messages",
                                      "attachments",
                                      "guild_facts"})
                TRY_VOID(tx.run(std::string("DELETE FROM ") + table));
            return {};
        }));
        (*db)->stop();
    }
    const auto imported = app::import_guild(f.archive, f.there);
    INFO((imported ? "" : imported.error().message));
    REQUIRE(imported);
    CHECK(imported->hosted);
    with_folder(f.there, [&](store::Tx& tx) {
        CHECK(count(tx, "SELECT epoch FROM hosting") == 1);
        CHECK(count(tx, "SELECT role FROM hosting") == 0);
    });
}

TEST_CASE("a guild's file that was altered is refused") {
    Folders f;
    REQUIRE(f.export_it());
    const std::string log = "logs/" + f.node.channel.str();
    const auto flip = [](std::size_t at) {
        return [at](std::string& bytes) { bytes.at(at) = static_cast<char>(bytes.at(at) ^ 1); };
    };
    // The header's time, the body, the last byte of the head's signature, the genesis.
    for (const auto& [part, at] : std::vector<std::pair<std::string, std::size_t>>{
             {log, 20}, {log, 130}, {"logs/0", 20}, {"guild/genesis", 70}}) {
        INFO(part << " " << at);
        CHECK(!f.why_not(f.altered(part, flip(at))).empty());
        fs::remove_all(f.temp / "altered");
        fs::remove(f.temp / "altered.tar");
        fs::remove_all(f.temp / "refused");
    }
    const auto head = "heads/" + f.node.channel.str();
    CHECK(!f.why_not(f.altered(head, [](std::string& bytes) {
                bytes.back() = static_cast<char>(bytes.back() ^ 1);
            })).empty());
    fs::remove_all(f.temp / "altered");
    fs::remove(f.temp / "altered.tar");
    // The end cut off: the head is of more.
    CHECK(!f.why_not(f.altered(log, [](std::string& bytes) { bytes.clear(); })).empty());
    fs::remove_all(f.temp / "altered");
    fs::remove(f.temp / "altered.tar");
    CHECK(!f.why_not(f.altered(f.file, flip(0))).empty());
}
