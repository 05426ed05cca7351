// What the journal promises to services: decided before durable, published after, void together.
#include "node/journal/load.h"
#include "protocol/errors.h"
#include "tests/catch.h"
#include "tests/support/node_fixture.h"

namespace guildhall {
namespace {

using namespace protocol;
using tests::NodeFixture;

Event renamed(const GuildState& state, const std::string& name) {
    Guild guild = state.guild;
    guild.name = name;
    return GuildUpdated{guild};
}

/// Starts a commit and leaves it waiting for the store.
struct Pending {
    std::optional<Result<journal::Receipt>> result;
};
void begin(NodeFixture& node, GuildId guild, const std::string& name, Pending& out) {
    auto work = [](NodeFixture& n, GuildId g, std::string to, Pending& p) -> base::Task<void> {
        journal::Decision decision;
        decision.events.push_back(renamed(*n.journal.decided(g), to));
        p.result.emplace(co_await n.journal.commit(g, std::move(decision)));
    };
    node.loop.shard().spawn("test", work(node, guild, name, out));
    node.loop.run();
}

TEST_CASE("a decision is seen by the next one at once, and by readers when it is durable") {
    NodeFixture node;
    const UserId owner = node.add_user("owner");
    const GuildId guild = node.make_guild(owner, "before");
    node.recorder.clear();
    node.db->hold();
    Pending commit;
    begin(node, guild, "after", commit);
    CHECK(node.journal.decided(guild)->guild.name == "after");
    CHECK((*node.view().guild(guild))->guild.name == "before");
    CHECK(node.recorder.entries.empty());
    CHECK_FALSE(commit.result);
    node.db->release();
    node.loop.run();
    REQUIRE(commit.result);
    REQUIRE(commit.result->has_value());
    CHECK((*node.view().guild(guild))->guild.name == "after");
    CHECK(node.recorder.entries.size() == 1);
}

TEST_CASE("when a transaction fails, everything decided on it fails and nothing is seen") {
    NodeFixture node;
    const UserId owner = node.add_user("owner");
    const GuildId guild = node.make_guild(owner, "before");
    const GuildId other = node.make_guild(owner, "other");
    node.recorder.clear();
    node.db->hold();
    Pending first, second, elsewhere;
    begin(node, guild, "first", first);
    begin(node, guild, "second", second);
    begin(node, other, "elsewhere", elsewhere);
    node.db->fail_next_batch(make_http_error(507));
    node.db->release();
    node.loop.run();
    REQUIRE(first.result);
    REQUIRE(second.result);
    CHECK(first.result->error().status == 507);
    CHECK_FALSE(second.result->has_value());
    CHECK(node.recorder.entries.empty());
    CHECK(node.journal.decided(guild)->guild.name == "before");
    CHECK((*node.view().guild(guild))->guild.name == "before");

    Pending later;
    begin(node, guild, "later", later);
    REQUIRE(later.result);
    CHECK(later.result->has_value());
    CHECK((*node.view().guild(guild))->guild.name == "later");
}

TEST_CASE("entries of a log count from zero without gaps, and time stamps never go back") {
    NodeFixture node;
    const UserId owner = node.add_user("owner");
    const GuildId guild = node.make_guild(owner);
    node.recorder.clear();
    Pending a, b;
    begin(node, guild, "a", a);
    node.loop.clock.step_wall(-3'600'000);
    begin(node, guild, "b", b);
    REQUIRE(node.recorder.entries.size() == 2);
    CHECK(node.recorder.entries[1].seq == node.recorder.entries[0].seq + 1);
    CHECK(node.recorder.entries[1].ts_ms >= node.recorder.entries[0].ts_ms);
    CHECK(node.recorder.entries[1].control_seq == node.recorder.entries[1].seq);
}

TEST_CASE("rows that belong to a decision are undone with it") {
    NodeFixture node;
    const UserId owner = node.add_user("owner");
    const GuildId guild = node.make_guild(owner, "before");
    auto work = [](NodeFixture& n, GuildId g) -> base::Task<Result<journal::Receipt>> {
        journal::Decision decision;
        decision.events.push_back(renamed(*n.journal.decided(g), "after"));
        decision.rows = [](store::Tx&) -> Status { return make_error(kInvalidFormBody); };
        co_return co_await n.journal.commit(g, std::move(decision));
    };
    const auto result = node.run(work(node, guild));
    REQUIRE_FALSE(result);
    CHECK(result.error().code == kInvalidFormBody);
    CHECK(node.journal.decided(guild)->guild.name == "before");
    // Its entry left no gap in the log.
    node.recorder.clear();
    Pending later, last;
    begin(node, guild, "later", later);
    begin(node, guild, "last", last);
    REQUIRE(node.recorder.entries.size() == 2);
    CHECK(node.recorder.entries[0].seq == node.recorder.entries[0].control_seq);
    CHECK(node.recorder.entries[1].seq == node.recorder.entries[0].seq + 1);
}

TEST_CASE("an entry's time stamp is never below the ids made before it") {
    NodeFixture node;
    const GuildId guild = node.make_guild(node.add_user("owner"));
    node.loop.clock.step_wall(-3'600'000);
    std::uint64_t id = 0;
    for (int i = 0; i < 3000; ++i) id = node.run(node.journal.new_id(guild));
    node.recorder.clear();
    Pending commit;
    begin(node, guild, "later", commit);
    REQUIRE(node.recorder.entries.size() == 1);
    CHECK(node.recorder.entries[0].ts_ms >= Snowflake(id).created_ms());
}

TEST_CASE("a decision on what failed does not take other guilds down") {
    NodeFixture node;
    const UserId owner = node.add_user("owner");
    const GuildId guild = node.make_guild(owner, "before");
    const GuildId other = node.make_guild(owner, "other");
    node.db->hold();
    Pending failing, voided, elsewhere;
    begin(node, guild, "failing", failing);
    node.db->fail_next_batch(make_http_error(503));
    node.db->release();
    node.db->hold();
    begin(node, guild, "voided", voided);
    begin(node, other, "elsewhere", elsewhere);
    node.db->release();
    node.loop.run();
    REQUIRE(elsewhere.result);
    CHECK(elsewhere.result->has_value());
}

TEST_CASE("ids of a guild only grow, whatever the clock does") {
    NodeFixture node;
    const GuildId guild = node.make_guild(node.add_user("owner"));
    std::uint64_t last = 0;
    for (int i = 0; i < 200; ++i) {
        if (i == 100) node.loop.clock.step_wall(-86'400'000);
        const std::uint64_t id = node.run(node.journal.new_id(guild));
        CHECK(id > last);
        last = id;
    }
}

TEST_CASE("a guild whose first entries were not stored does not exist") {
    NodeFixture node;
    auto work = [](NodeFixture& n) -> base::Task<Result<journal::Receipt>> {
        Guild guild;
        guild.id = GuildId(77);
        guild.uid = std::string(32, 'u');
        journal::Decision decision;
        decision.events.push_back(GuildCreated{guild, ""});
        co_return co_await n.journal.create_guild(guild.id, std::move(decision));
    };
    node.db->fail_next_batch(make_http_error(507));
    CHECK(node.run(work(node)).error().status == 507);
    CHECK(node.journal.decided(GuildId(77)) == nullptr);
}

TEST_CASE("a decision about a guild that does not exist is refused") {
    NodeFixture node;
    auto work = [](NodeFixture& n) -> base::Task<Result<journal::Receipt>> {
        journal::Decision decision;
        decision.events.push_back(GuildDeleted{});
        co_return co_await n.journal.commit(GuildId(42), std::move(decision));
    };
    CHECK(node.run(work(node)).error().code == kUnknownGuild);
}

}  // namespace
}  // namespace guildhall
