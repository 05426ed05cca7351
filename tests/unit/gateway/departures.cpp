#include "protocol/errors.h"
#include "tests/catch.h"
#include "tests/unit/gateway/support.h"

#include <algorithm>

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;
using protocol::UserId;

namespace {

/// A guild, a guest who came by a temporary invite, and a client of each who keeps watching.
struct Scene {
    Scene() {
        protocol::api::InviteCreate request;
        request.temporary = true;
        const auto made = f.node.ok(f.node.invites.create(
            NodeFixture::as(owner), guild, f.node.text_channel(guild), request));
        f.node.loop.clock.advance(1ms);
        f.node.ok(f.node.invites.accept(NodeFixture::as(guest), made.invite.code));
    }
    Client connect() {
        Client client(f.hub());
        client.identify(token);
        f.node.loop.run();
        return client;
    }
    bool is_member() { return f.node.state(guild).members.find(guest) != nullptr; }
    void give_role() {
        const auto role = f.node.add_role(guild, protocol::Permissions{}, 1);
        protocol::api::MemberPatch patch;
        patch.roles.present = true;
        patch.roles.value.emplace().push_back(role);
        f.node.ok(f.node.members.edit(NodeFixture::as(owner), guild, guest, patch));
    }

    GatewayFixture f;
    UserId owner = f.node.add_user("owner"), guest = f.node.add_user("guest");
    std::string token = f.login(guest);
    protocol::GuildId guild = f.node.make_guild(owner);
};

}  // namespace

TEST_CASE("a temporary membership ends when its user's last session has ended") {
    Scene s;
    Client watcher(s.f.hub());
    watcher.identify(s.f.login(s.owner));
    Client one = s.connect();
    Client two = s.connect();
    one.cut(1000);
    s.f.node.loop.advance(30s);
    CHECK(s.is_member());
    two.cut(1000);
    s.f.node.loop.advance(9s);
    CHECK(s.is_member());
    s.f.node.loop.advance(3s);
    CHECK_FALSE(s.is_member());
    CHECK(watcher.last("GUILD_MEMBER_REMOVE").at("user").at("id") == text(s.guest.str()));
}

TEST_CASE("a temporary membership that cannot be ended is tried again ever more rarely") {
    Scene s;
    Client watcher(s.f.hub());
    watcher.identify(s.f.login(s.owner));
    Client client = s.connect();
    client.cut(1000);
    s.f.node.loop.advance(8s);
    const auto tries = [&](int seconds) {
        s.f.node.loop.log.lines.clear();
        for (int i = 0; i < seconds; ++i) {
            // The batch that ends it, if any, fails.
            s.f.node.db->fail_next_batch(protocol::make_http_error(507));
            s.f.node.loop.advance(1s);
            watcher.send(1, nullptr);
        }
        const auto& lines = s.f.node.loop.log.lines;
        return std::count_if(lines.begin(), lines.end(), [](const std::string& line) {
            return line.find("has not ended") != line.npos;
        });
    };
    CHECK(tries(160) == 5);
    CHECK(tries(1200) <= 6);
    CHECK(s.is_member());
    s.f.node.loop.advance(11min);
    CHECK_FALSE(s.is_member());
}

TEST_CASE("a temporary member whose connection is lost has the resume window") {
    Scene s;
    Client client = s.connect();
    client.cut();
    s.f.node.loop.advance(4min);
    CHECK(s.is_member());
    s.f.node.loop.advance(2min);
    CHECK_FALSE(s.is_member());
}

TEST_CASE("a temporary member who begins anew at once keeps the membership") {
    Scene s;
    Client client = s.connect();
    client.cut(1000);
    s.f.node.loop.advance(5s);
    Client again = s.connect();
    s.f.node.loop.advance(30s);
    CHECK(s.is_member());
}

TEST_CASE("a role makes a temporary membership lasting") {
    Scene s;
    Client client = s.connect();
    s.give_role();
    client.cut(1000);
    s.f.node.loop.advance(30s);
    CHECK(s.is_member());
}

TEST_CASE("a lasting membership outlives the session") {
    Scene s;
    const UserId other = s.f.node.add_user("other");
    s.f.node.join(s.guild, other);
    Client client(s.f.hub());
    client.identify(s.f.login(other));
    client.cut(1000);
    s.f.node.loop.advance(30s);
    CHECK(s.f.node.state(s.guild).members.find(other));
}

TEST_CASE("a temporary member who does not come back after a restart of the node leaves") {
    Scene s;
    const bool comes_back = GENERATE(false, true);
    Client client = s.connect();
    s.f.node.loop.clock.advance(1s);
    s.f.stop();
    s.f.start();
    Client watcher(s.f.hub());
    watcher.identify(s.f.login(s.owner));
    Client again(s.f.hub());
    if (comes_back) again.resume(s.token, client.session_id(), client.seq());
    for (int i = 0; i < 16; ++i) {
        // Heartbeats keep the connections.
        watcher.send(1, nullptr);
        if (comes_back) again.send(1, nullptr);
        s.f.node.loop.advance(20s);
    }
    CHECK(s.is_member() == comes_back);
}
