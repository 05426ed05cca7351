// An account outlives its home node: with the phrase and the backup it moves to another, and its
// guilds with it.
#include "node/app/user_move.h"
#include "node/services/recovery.h"
#include "node/store/tables/users.h"
#include "node/store/wait.h"
#include "protocol/data_uri.h"
#include "tests/catch.h"
#include "tests/unit/peering/far_guild.h"

#include <fstream>

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;

namespace {

struct Moving : FarGuild {
    explicit Moving(std::size_t nodes = 3) : FarGuild(nodes) {}

    services::Recovery::Paper recovery(std::size_t node, const Person& who) {
        auto& ctx = world[node].core().services_of[0]->ctx;
        services::Recovery recovery(ctx);
        auto made = world.wait(ctx.here, recovery.make(services::Actor{.user = who.id}));
        if (!made) throw std::runtime_error(made.error().message);
        return std::move(*made);
    }
    /// As `guildhall user move` does it; empty when it went well.
    std::string move(std::size_t node,
                     const services::Recovery::Paper& paper,
                     const std::string& phrase,
                     const std::string& name) {
        const std::string file = world.files / "paper";
        std::ofstream(file) << R"({"backup":")" << protocol::encode_base64(paper.backup) << "\"}";
        const auto opened = app::open_paper(file, phrase);
        if (!opened) return opened.error().message;
        if (world[node].is_up()) world[node].crash();
        base::SeededRng rng(99);
        const auto done =
            store::write_and_wait(*world[node].db, [&](store::Tx& tx) -> protocol::Status {
                return app::move_user(tx, *opened, name, "", world.clock, rng);
            });
        world[node].start();
        return done ? "" : "refused " + done.error().message;
    }
    Person log_in(std::size_t node, protocol::UserId user, const std::string& name) {
        auto& services = *world[node].core().services_of[0];
        const auto session = services.accounts.make_session(user, protocol::SessionKind::user, {});
        journal::Change change;
        change.rows = [opened = session.opened](store::Tx& tx) {
            return store::users::put_session(tx, opened.token, opened.session);
        };
        change.notices = {session.opened};
        CHECK(world.wait(services.ctx.here,
                         services.ctx.journal.store(services.ctx.here, std::move(change))));
        return {user, name, session.token};
    }
    bool lives(std::size_t node, protocol::UserId user, std::size_t said_by) {
        const auto* state = world[said_by].guild(guild);
        const auto* member = state ? state->members.find(user) : nullptr;
        return member && protocol::home_of(*state, *member) == world[node].uid().text();
    }
};

}  // namespace

TEST_CASE("a user whose node is gone moves to another and talks on in his guilds") {
    Moving m;
    const Person lost = m.people[1];
    const auto paper = m.recovery(1, lost);
    CHECK(m.move(2, paper, "AAAAAA-AAAAAA-AAAAAA-AAAAAA-AAAAAA-AAAAAA", "back") != "");
    m.world[1].crash();
    const auto gone = m.world[1].ip();
    static_cast<void>(gone);
    REQUIRE(m.move(2, paper, paper.phrase, "back") == "");
    const bool moved =
        m.world.run_until([&] { return m.lives(2, lost.id, 0) && m.lives(2, lost.id, 2); }, 3min);
    INFO(m.world.logs());
    REQUIRE(moved);
    const Person back = m.log_in(2, lost.id, "back");
    const auto said =
        m.world[2].call(Method::post, m.messages(), back, {{"content", "I am still I"}});
    INFO(said.body);
    REQUIRE(said.status == 200);
    CHECK(text_of(said.json().at("author"), "id") == lost.id.str());
    CHECK(m.soon([&] {
        const auto* user = m.world[0].view().user(lost.id);
        return user && (*user)->username == "back@c.example";
    }));
    // The old home comes back, and its commands for him do not count.
    m.world[1].start();
    const bool closed = m.world.run_until(
        [&] {
            const auto* user = m.world[1].view().user(lost.id);
            return user && (*user)->home_uid == m.world[2].uid().text();
        },
        10min);
    INFO(m.world.logs());
    CHECK(closed);
    CHECK(m.world[1].call(Method::get, "/api/v10/users/@me", lost).status == 401);
}

TEST_CASE("nodes that only share a guild call who moved by the new name") {
    Moving m(5);
    const Person lost = m.people[1];
    const auto paper = m.recovery(1, lost);
    // The backup does not know how often the old home told of a change.
    for (const char* name : {"One", "Two", "Three"})
        m.world[1].ok(Method::patch, "/api/v10/users/@me", lost, {{"global_name", name}});
    const auto name_at = [&](std::size_t node) {
        const auto* user = m.world[node].view().user(lost.id);
        return user ? (*user)->username : std::string();
    };
    REQUIRE(m.soon([&] { return (*m.world[3].view().user(lost.id))->global_name == "Three"; }));
    // One of them is away meanwhile.
    m.world[4].crash();
    m.world[1].crash();
    REQUIRE(m.move(2, paper, paper.phrase, "back") == "");
    REQUIRE(m.world.run_until([&] { return m.lives(2, lost.id, 3); }, 3min));
    CHECK(m.soon([&] { return name_at(0) == "back@c.example"; }));
    CHECK(m.soon([&] { return name_at(3) == "back@c.example"; }));
    m.world[4].start();
    CHECK(m.world.run_until([&] { return name_at(4) == "back@c.example"; }, 2min));
    INFO(m.world.logs());
    CHECK(name_at(4) == "back@c.example");
}

TEST_CASE("a phrase that was replaced moves nothing") {
    Moving m;
    const auto first = m.recovery(1, m.people[1]);
    const auto second = m.recovery(1, m.people[1]);
    CHECK(first.phrase != second.phrase);
    // The second backup, which the first phrase does not open.
    CHECK(m.move(2, second, first.phrase, "back") != "");
    CHECK(m.move(2, second, second.phrase, "back") == "");
    // It lives there now.
    CHECK(m.move(2, second, second.phrase, "again") == "refused the account lives here already");
}
