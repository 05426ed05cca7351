#include "node/services/online.h"

#include "tests/catch.h"
#include "tests/support/node_fixture.h"

using namespace guildhall;
using tests::NodeFixture;

TEST_CASE("members count as online from the presence that says so to the one that does not") {
    NodeFixture node;
    const auto owner = node.add_user("owner"), stranger = node.add_user("stranger");
    const auto guild = node.make_guild(owner);
    const auto say = [&](protocol::UserId user, const char* status) {
        node.journal.publish_ephemeral(node.loop.shard(),
                                       journal::Presence{.user = user, .status = status});
    };
    CHECK(node.online.count(node.state(guild)) == 0);
    say(owner, "idle");
    say(stranger, "online");
    CHECK(node.online.count(node.state(guild)) == 1);
    node.join(guild, stranger);
    CHECK(node.online.count(node.state(guild)) == 2);
    say(owner, "offline");
    say(stranger, "invisible");
    CHECK(node.online.count(node.state(guild)) == 0);
}
