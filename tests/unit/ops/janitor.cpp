#include "node/ops/janitor.h"

#include "node/media/file_store.h"
#include "node/store/tables/nonces.h"
#include "protocol/limits.h"
#include "tests/catch.h"
#include "tests/support/pool_wait.h"
#include "tests/support/temp_folder.h"
#include "tests/unit/services/talk.h"

#include <filesystem>
#include <fstream>

using namespace guildhall;
namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

struct Kept : tests::Talk {
    Kept() {
        ctx.files = &disk;
        allow(tests::permissions::kAll);
    }
    /// A round; time moves for the pauses in it.
    void round() {
        std::optional<protocol::Status> done;
        start(janitor.run_once(), done);
        const auto end = std::chrono::steady_clock::now() + 1min;
        while (!done && std::chrono::steady_clock::now() < end) {
            loop.advance(20ms);
            std::this_thread::yield();
        }
        REQUIRE(done.has_value());
        CHECK(*done);
    }
    protocol::Message post_file(std::string bytes) {
        std::vector<services::Upload> files{{"files[0]", "a", std::move(bytes)}};
        loop.clock.advance(5ms);
        const auto request = read<protocol::api::MessageCreate>("{}");
        return tests::wait_pool(loop,
                                messages.create(as(alice), channel, request, std::move(files)))
            .value()
            .message;
    }
    std::string path_of(const protocol::Message& m) const {
        return disk.file_path(m.attachments.at(0).hash);
    }
    /// Gives files the age that the hand-moved clock knows nothing of.
    void set_age(const std::string& path, std::chrono::seconds age) {
        const auto unix = std::chrono::milliseconds(loop.clock.unix_ms()) - age;
        fs::last_write_time(path,
                            std::chrono::file_clock::from_sys(
                                std::chrono::sys_time<std::chrono::milliseconds>(unix)));
    }
    std::int64_t rows(const std::string& sql) {
        std::int64_t n = -1;
        store::ReadJob job;
        job.run = [&](store::Tx& tx) {
            (void)tx.each(sql, [&](const store::Row& row) { n = row.int64(0); });
        };
        job.failed = [](const protocol::Error&) {};
        db->read(std::move(job));
        return n;
    }

    tests::TempFolder folder;
    base::WorkerPool pool{1, 16};
    media::DiskFiles disk{folder.path().string(), pool, rng};
    ops::Janitor janitor{loop.shard(), *db, pool, folder.path().string()};
};

}  // namespace

TEST_CASE("what is left of a deleted channel goes, however much, and nothing of others") {
    Kept k;
    for (int i = 0; i < 600; ++i) k.say(k.alice, "x");
    const auto pinned = k.say(k.alice, "y");
    k.ok(k.reactions.add(k.as(k.bob), k.channel, pinned, {{}, "👍"}));
    const auto kept_channel = k.channel;
    protocol::Channel other;
    other.id = protocol::ChannelId(k.run(k.journal.new_id(k.guild)));
    other.name = "other";
    k.commit(k.guild, {protocol::ChannelCreated{other}});
    k.channel = other.id;
    k.say(k.alice, "stays");
    k.ok(k.channels.remove(k.as(k.owner), k.guild, kept_channel));
    k.round();
    CHECK(k.rows("SELECT COUNT(*) FROM messages") == 1);
    CHECK(k.rows("SELECT COUNT(*) FROM reactions") == 0);
    CHECK(k.rows("SELECT COUNT(*) FROM purges") == 0);
    CHECK(k.contents({}) == std::vector<std::string>{"stays"});
}

TEST_CASE("nonces are forgotten when their ten minutes are over") {
    Kept k;
    const std::string post = R"({"content":"x","nonce":"n","enforce_nonce":true})";
    k.post(k.alice, post);
    k.later(std::chrono::milliseconds(protocol::limits::kNonceTtlMs));
    k.round();
    CHECK(k.rows("SELECT COUNT(*) FROM nonces") == 1);
    k.later(1ms);
    k.round();
    CHECK(k.rows("SELECT COUNT(*) FROM nonces") == 0);
}

TEST_CASE("files that no message has are collected after an hour, others stay") {
    Kept k;
    const auto kept = k.post_file("kept"), gone = k.post_file("gone"), young = k.post_file("young");
    k.ok(k.messages.remove(k.as(k.alice), k.channel, gone.id));
    k.ok(k.messages.remove(k.as(k.alice), k.channel, young.id));
    const std::string leftover = k.path_of(kept) + ".new-0123";
    std::ofstream(leftover) << "half";
    for (const auto& path : {k.path_of(kept), k.path_of(gone), leftover}) k.set_age(path, 2h);
    k.set_age(k.path_of(young), 30min);
    k.round();
    CHECK(fs::exists(k.path_of(kept)));
    CHECK(!fs::exists(k.path_of(gone)));
    CHECK(!fs::exists(leftover));
    CHECK(fs::exists(k.path_of(young)));
    // The next collection is an hour later.
    k.later(59min);
    k.round();
    CHECK(fs::exists(k.path_of(young)));
    k.later(2min);
    k.round();
    CHECK(!fs::exists(k.path_of(young)));
    CHECK(fs::exists(k.path_of(kept)));
}

TEST_CASE("a file that another message has too stays until both are gone") {
    Kept k;
    const auto first = k.post_file("same"), second = k.post_file("same");
    k.ok(k.messages.remove(k.as(k.alice), k.channel, first.id));
    k.set_age(k.path_of(first), 2h);
    k.round();
    CHECK(fs::exists(k.path_of(second)));
    k.ok(k.messages.remove(k.as(k.alice), k.channel, second.id));
    k.later(61min);
    k.round();
    CHECK(!fs::exists(k.path_of(second)));
}
