// Guilds as they were: what a RESUME after a restart needs where rights changed meanwhile.
#include "node/gateway/past.h"

#include "node/store/await.h"
#include "tests/catch.h"
#include "tests/unit/gateway/support.h"

using namespace guildhall;
using namespace guildhall::tests;
using protocol::UserId;

namespace {

struct Scene {
    Scene() { f.node.join(guild, bot); }

    GatewayFixture f;
    UserId owner = f.node.add_user("owner"), bot = f.node.add_user("bot", true);
    protocol::GuildId guild = f.node.make_guild(owner);
};

}  // namespace

TEST_CASE("a guild's past is its state, made from its logs up to a bound") {
    Scene s;
    s.f.node.commit(s.guild, {protocol::BanAdded{{.userId = UserId(5)}}});
    const auto then = *s.f.node.view().guild(s.guild);
    const auto admin = s.f.node.recorder.entries.back().seq + 1;
    s.f.node.add_role(s.guild, protocol::permissions::kManageGuild, 1, {s.bot});
    s.f.node.commit(s.guild, {protocol::BanRemoved{UserId(5)}});
    const auto past = [&](std::uint64_t control, std::uint64_t entries) {
        const gateway::Moment moment{s.guild, control, entries};
        return s.f.node.run(store::read(
            *s.f.node.db, [moment](store::Tx& tx) { return gateway::read_past(tx, moment); }));
    };
    const auto read = past(then->control_size, admin).value();
    REQUIRE(read);
    CHECK(*read == *then);
    // Fewer entries than were asked for; more than are read.
    CHECK_FALSE(past(1000, admin).value());
    CHECK_FALSE(past(gateway::limits::kPastEntriesMax, 1).value());
}

TEST_CASE("a look at the past that failed is not remembered") {
    Scene s;
    gateway::Pasts pasts(s.f.hub().world());
    const gateway::Moment moment{s.guild, (*s.f.node.view().guild(s.guild))->control_size, 0};
    s.f.db.fails = true;
    CHECK_FALSE(s.f.node.run(pasts.at(moment)));
    s.f.db.fails = false;
    CHECK(s.f.node.run(pasts.at(moment)));
    // That one is remembered.
    s.f.db.fails = true;
    CHECK(s.f.node.run(pasts.at(moment)));
}

TEST_CASE("no more looks at the past are under way than are kept") {
    Scene s;
    gateway::Pasts pasts(s.f.hub().world());
    constexpr std::size_t kMax = gateway::limits::kPastsMax;
    std::size_t answered = 0;
    s.f.db.reads = 0;
    s.f.db.at_once = 0;
    for (std::size_t i = 0; i < 3 * kMax; ++i) {
        boost::asio::co_spawn(s.f.node.loop.shard().io(),
                              pasts.at({s.guild, i, 0}),
                              [&](const std::exception_ptr&, const auto&) { ++answered; });
    }
    s.f.node.loop.run();
    CHECK(s.f.db.waiting.size() == kMax);
    s.f.db.release();
    s.f.node.loop.run();
    CHECK(answered == 3 * kMax);
    CHECK(s.f.db.reads == 3 * kMax);
}
