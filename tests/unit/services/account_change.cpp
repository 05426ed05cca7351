#include "node/services/account_change.h"

#include "node/services/accounts.h"
#include "tests/catch.h"
#include "tests/support/node_fixture.h"

using namespace guildhall;
using services::Context;

namespace {

/// A node of two shards over what a fixture of one has.
struct TwoShards {
    TwoShards() {
        for (unsigned i = 0; i < 2; ++i) {
            views.push_back(std::make_unique<journal::View>());
            bus.subscribe(i, *views[i]);
        }
    }
    Context context(unsigned i) {
        return {.here = loop.shard(i),
                .shards = loop.shards,
                .view = *views[i],
                .journal = journal,
                .db = *db,
                .clock = loop.clock,
                .rng = one.rng,
                .log = loop.log,
                .hashers = one.hashers,
                .secrets = one.secrets,
                .settings = one.settings,
                .links = one.links};
    }
    protocol::SharedUser named(protocol::UserId id, const std::string& name) {
        protocol::User user;
        user.id = id;
        user.username = name;
        return std::make_shared<const protocol::User>(std::move(user));
    }

    tests::NodeFixture one;
    tests::Loop loop{2};
    std::unique_ptr<store::InlineSqliteDb> db =
        store::InlineSqliteDb::open(store::schema::migrations()).value();
    journal::Bus bus{loop.shards};
    std::vector<std::unique_ptr<journal::View>> views;
    journal::Journal journal{
        {loop.shards, *db, bus, views, loop.clock, one.rng, loop.log, one.presenter},
        *one.identity};
};

base::Task<void> rename(Context& ctx, protocol::SharedUser user) {
    auto rows = [user](store::Tx&, std::vector<journal::Notice>& told) {
        told.emplace_back(journal::UserChanged{user});
        return services::Status();
    };
    CHECK(co_await services::change_account(ctx, user->id, std::move(rows)));
}

}  // namespace

TEST_CASE("all shards hear of an account's changes in the order in which they were stored") {
    for (const std::uint64_t id : {1000u, 1001u}) {
        TwoShards w;
        Context first = w.context(0), second = w.context(1);
        const protocol::UserId user(id);
        w.db->hold();
        w.loop.shard(0).spawn("old", rename(first, w.named(user, "old")));
        w.loop.run();
        w.loop.shard(1).spawn("new", rename(second, w.named(user, "new")));
        w.loop.run();
        w.db->release();
        w.loop.run();
        for (const auto& view : w.views) CHECK((*view->user(user))->username == "new");
    }
}
