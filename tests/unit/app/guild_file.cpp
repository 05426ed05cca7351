// A guild's file, imported by another node, is the guild; an altered one is refused.
#include "node/app/guild_file.h"

#include "federation/crypto.h"
#include "federation/key_chain.h"
#include "federation/profile.h"
#include "node/app/archive.h"
#include "node/app/commands.h"
#include "node/app/data.h"
#include "node/media/file_store.h"
#include "node/store/sqlite_db.h"
#include "node/store/tables/hosting.h"
#include "node/store/tables/peers.h"
#include "node/store/tables/secrets.h"
#include "node/store/tables/users.h"
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
        const auto quiet = [](std::uint64_t, std::uint64_t) {};
        // By somebody who knows how: only what is wrong with the part itself is left to find.
        REQUIRE(app::write_archive(out, entries, quiet, app::ArchiveSeal::hash));
        return out;
    }
    std::string why_not(const std::string& from) {
        const auto done = app::import_guild(from, temp / "refused");
        return done ? "" : done.error().message;
    }
    /// What comes of the file with this list of users more.
    std::string why_not(const std::vector<app::UserRecord>& users) {
        for (const char* left : {"altered", "altered.tar", "refused"}) fs::remove_all(temp / left);
        std::vector<std::string> records;
        for (const auto& user : users) records.push_back(app::encode(user));
        return why_not(
            altered("guild/users", [&](std::string& bytes) { bytes += app::pack(records); }));
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

/// Somebody of the node that wrote the file, who is not in the guild.
struct Stranger {
    explicit Stranger(const Folders& folders) {
        federation::UserGenesis birth;
        birth.created_ms = 1'700'000'000'000;
        birth.nonce.fill(7);
        birth.signing_key = folders.node.identity->key.public_key();
        birth.home_node_uid = folders.node.identity->uid;
        const auto made = federation::sign(federation::Genesis(birth), folders.node.identity->key);
        const auto uid = federation::uid_of(made.bytes);
        record.id = federation::derived_id(uid, birth.created_ms)->value;
        record.uid = uid.text();
        record.genesis = federation::encode(made);
        record.home_uid = folders.node.identity->uid.text();
        record.username = "stranger@old.example";
        federation::Profile shown{.user_id = record.id, .user_uid = uid, .username = "stranger"};
        shown.home_uid = folders.node.identity->uid;
        profile = federation::encode(federation::sign(shown, folders.node.identity->key));
    }
    app::UserRecord record;
    std::string profile;
};

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

TEST_CASE("a guild's file with any byte changed, cut off or added is refused") {
    Folders f;
    REQUIRE(f.export_it());
    const std::string whole = *tests::read_file(f.archive);
    const std::string other = f.temp / "other.tar";
    const auto is_refused = [&](const std::string& bytes) {
        std::ofstream(other, std::ios::binary) << bytes;
        fs::remove_all(f.temp / "out");
        return !app::read_archive(other, f.temp / "out", app::ArchiveSeal::hash);
    };
    // Headers, contents, what fills them up, the archive's end, and the seal.
    std::size_t taken = 0;
    for (std::size_t at = 0; at < whole.size(); at += at + 200 < whole.size() ? 61 : 1) {
        std::string bytes = whole;
        bytes[at] = static_cast<char>(bytes[at] ^ 1);
        taken += is_refused(bytes) ? 0 : 1;
    }
    CHECK(taken == 0);
    for (const std::string& more : {std::string(1, '\0'), std::string("x"), whole}) {
        CHECK(is_refused(whole + more));
        CHECK(!f.why_not(other).empty());
    }
    CHECK(is_refused(whole.substr(0, whole.size() - 1)));
    CHECK(is_refused(whole.substr(0, 10)));
    CHECK(is_refused(""));
    CHECK_FALSE(is_refused(whole));
}

TEST_CASE("a user of a guild's file has a home, and a uid only where something proves it") {
    Folders f;
    REQUIRE(f.export_it());
    const app::UserRecord good = Stranger(f).record;
    CHECK(f.why_not({good}) == "");
    app::UserRecord bad = good;
    bad.home_uid.clear();
    CHECK(f.why_not({bad}) == "a user without a home");
    bad = good;
    bad.genesis.clear();
    CHECK(f.why_not({bad}) == "nothing proves a user's uid");
    bad.profile = Stranger(f).profile;
    CHECK(f.why_not({bad}) == "");
    bad.profile.back() = static_cast<char>(bad.profile.back() ^ 1);
    CHECK(f.why_not({bad}) == "nothing proves a user's uid");
    // Another's keys, and an id that is not of them.
    bad = good;
    bad.uid[5] = static_cast<char>(bad.uid[5] ^ 1);
    CHECK(!f.why_not({bad}).empty());
    bad = good;
    ++bad.id;
    CHECK(!f.why_not({bad}).empty());
    // Who is known by nothing is somebody, with a name that can be shown.
    app::UserRecord unknown = good;
    unknown.uid.clear();
    unknown.genesis.clear();
    unknown.username = "al\u202eice@b@c.example";
    unknown.global_name = std::string(300, 'x');
    CHECK(f.why_not({unknown}) == "");
    with_folder(f.temp / "refused", [&](store::Tx& tx) {
        const auto user = store::users::find(tx, protocol::UserId(unknown.id)).value();
        REQUIRE(user);
        CHECK(user->uid.empty());
        CHECK(user->global_name.empty());
        CHECK(user->username.starts_with(std::to_string(unknown.id) + "@"));
        CHECK(user->username.ends_with(".invalid"));
    });
}

TEST_CASE("a guild's file has the keys that it needs, and tells of nobody else") {
    Folders f;
    {
        store::SqliteDbOptions options{.folder = f.data};
        options.migrations = store::schema::migrations();
        auto db = store::SqliteDb::open(options);
        REQUIRE(db);
        CHECK(app::write_and_wait(**db, [&](store::Tx& tx) -> protocol::Status {
            store::peers::Peer peer;
            peer.uid = std::string(32, 'p');
            peer.name = "private.example";
            peer.key_events = federation::encode(federation::KeyLog{"some keys", {}});
            return store::peers::put(tx, peer);
        }));
        (*db)->stop();
    }
    REQUIRE(f.export_it());
    REQUIRE(app::read_archive(f.archive, f.temp / "parts"));
    const auto logs = app::unpack(*tests::read_file(f.temp / "parts/guild/key-logs"));
    REQUIRE(logs);
    REQUIRE(logs->size() == 1);
    CHECK(logs->front() == federation::encode(f.node.identity->log));
    CHECK(tests::read_file(f.archive)->find("some keys") == std::string::npos);
}

TEST_CASE("an image of a guild's file is the guild's, and is what its name says") {
    Folders f;
    const std::string png("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0", 29);
    const std::string name =
        federation::to_hex(federation::blake2b(federation::ByteView(png)).text().substr(0, 16));
    const std::string icon = "images/icons/" + f.node.guild.str() + "/" + name;
    fs::create_directories(fs::path(f.data + "/" + icon).parent_path());
    std::ofstream(f.data + "/" + icon, std::ios::binary) << png;
    REQUIRE(f.export_it());
    REQUIRE(app::import_guild(f.archive, f.there));
    CHECK(*tests::read_file(f.there + "/" + icon) == png);
    CHECK(!f.why_not(f.altered(icon, [](std::string& bytes) { bytes = "<script>"; })).empty());
    CHECK_FALSE(fs::exists(f.temp / "refused/images"));
    // Somebody else's.
    fs::remove_all(f.temp / "altered");
    fs::remove(f.temp / "altered.tar");
    const std::string avatar = "altered/images/avatars/1/" + name;
    fs::create_directories(fs::path(f.temp / avatar).parent_path());
    std::ofstream(f.temp / avatar, std::ios::binary) << png;
    CHECK(!f.why_not(f.altered("guild/genesis", [](std::string&) {})).empty());
}
