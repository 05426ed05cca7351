// What users of other nodes are called: their node's name is part of theirs, and whose that name is
// may change by an operator's word.
#include "node/store/tables/peers.h"
#include "node/store/wait.h"
#include "tests/catch.h"
#include "tests/unit/peering/far_guild.h"

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;

namespace {

/// The third node says that it is called as the second.
struct Namesakes : FarGuild {
    Namesakes() : FarGuild(2 + 1) {
        world[2].crash();
        world[2].config().name = world[1].name();
        world[2].start();
        world.advance(10s);
    }

    std::string name_of(const Person& who) {
        const auto* user = world[0].view().user(who.id);
        return user ? (*user)->username : std::string();
    }
    std::string unproved(std::size_t node) {
        return federation::to_hex(world[node].uid()).substr(0, 16) + ".invalid";
    }
    /// As `guildhall peer` does it on the stopped first node.
    void decide(std::size_t about, store::peers::Trust trust) {
        const std::string uid(world[about].uid().text());
        world[0].crash();
        const auto done =
            store::write_and_wait(*world[0].db, [&](store::Tx& tx) -> protocol::Status {
                TRY_VOID(store::peers::set_trust(tx, uid, trust));
                if (trust == store::peers::Trust::blocked) TRY_VOID(store::peers::unpin(tx, uid));
                return {};
            });
        REQUIRE(done);
        world[0].start();
        world.advance(10s);
    }
};

}  // namespace

TEST_CASE("a node that is blocked leaves its name to whose it is, and may have it again") {
    using store::peers::Trust;
    Namesakes n;
    CHECK(n.name_of(n.people[1]) == "u1@b.example");
    CHECK(n.name_of(n.people[2]) == "u2@" + n.unproved(2));

    n.decide(1, Trust::blocked);
    CHECK(n.name_of(n.people[1]) == "u1@" + n.unproved(1));
    CHECK(n.name_of(n.people[2]) == "u2@b.example");

    n.decide(2, Trust::blocked);
    n.decide(1, Trust::allowed);
    INFO(n.world.logs());
    CHECK(n.name_of(n.people[1]) == "u1@b.example");
    CHECK(n.name_of(n.people[2]) == "u2@" + n.unproved(2));
}
