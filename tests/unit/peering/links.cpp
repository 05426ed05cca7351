// Links of whole nodes over a network in memory: who finds whom, which of two links is kept, what
// becomes of a link that is lost, and whom an operator keeps out.
#include "node/peering/link/problem.h"
#include "tests/catch.h"
#include "tests/support/fed_nodes.h"
#include "tests/unit/peering/far_guild.h"

#include <algorithm>

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;
using federation::Trust;
using peering::Peer;
using peering::Peers;

namespace {

namespace frames = federation::frames;
using Linked = base::Result<std::shared_ptr<Peer>>;

Peers& peers(FedNode& node) { return node.core().peering->peers(); }
base::Shard& shard(FedNode& node) { return node.core().shards.at(0); }

peering::NodeAddress address_of(const FedNode& node) {
    return peering::parse_node_address(node.ip().str() + ":8447").value();
}

Linked dial(FedNodes& world, FedNode& from, const FedNode& to) {
    return world.wait(shard(from), peers(from).connect(address_of(to), 20s));
}

/// Whether both have an open link with the other.
bool linked(FedNode& a, FedNode& b) {
    const auto there = peers(a).find(b.uid());
    const auto back = peers(b).find(a.uid());
    return there && back && there->is_open() && back->is_open();
}

/// What becomes of links, in order.
struct Witness final : peering::PeerObserver {
    void on_open(const std::shared_ptr<Peer>& peer) override { told += "+" + peer->name() + " "; }
    void on_closed(const std::shared_ptr<Peer>& peer) override { told += "-" + peer->name() + " "; }
    std::string told;
};

base::Result<federation::FrameBody> ask(FedNodes& world,
                                        FedNode& from,
                                        FedNode& to,
                                        federation::FrameBody question) {
    const auto peer = peers(from).find(to.uid());
    REQUIRE(peer);
    return world.wait(shard(from), peer->ask(std::move(question), 10s));
}

void set_trust(FedNode& node, const federation::Hash32& uid, Trust trust) {
    auto known = peers(node).directory().find(uid);
    REQUIRE(known != nullptr);
    federation::Standing standing = known->standing;
    standing.trust = trust;
    standing.by_operator = true;
    peers(node).directory().set_standing(uid, standing);
}

}  // namespace

TEST_CASE("two nodes link, each knows the other by its name and keys") {
    FedNodes world(2);
    const Linked made = dial(world, world[0], world[1]);
    REQUIRE(made);
    world.run();
    CHECK(linked(world[0], world[1]));
    CHECK((*made)->uid() == world[1].uid());
    CHECK((*made)->name() == "b.example");
    CHECK(peers(world[1]).open().front()->name() == "a.example");
    const auto log = ask(world, world[0], world[1], frames::KeyLogGet{world[1].uid()});
    REQUIRE(log);
    CHECK(std::get<frames::KeyLog>(*log).genesis == (*made)->identity()->log.genesis);
    // And the other way, over the same link.
    const auto back = ask(world, world[1], world[0], frames::KeyLogGet{world[0].uid()});
    CHECK(back);
    CHECK(world.net.connections() == 1);
}

TEST_CASE("a node is found by its name alone, and another than was asked for is not taken") {
    FedNodes world(2);
    const auto by_name = peering::parse_node_address("b.example").value();
    const Linked made = world.wait(shard(world[0]), peers(world[0]).connect(by_name, 20s));
    REQUIRE(made);
    CHECK((*made)->uid() == world[1].uid());
    CHECK(peers(world[0]).directory().find(world[1].uid())->pinned);

    FedNodes other(2);
    auto pinned = address_of(other[1]);
    pinned.uid_prefix = federation::to_hex(other[0].uid()).substr(0, 8);
    const Linked wrong = other.wait(shard(other[0]), peers(other[0]).connect(pinned, 20s));
    CHECK_FALSE(wrong);
    // Not by its name either, when the name is pinned to another uid.
    federation::Hash32 nobody{};
    nobody[0] = 7;
    const Linked lost = other.wait(shard(other[0]), peers(other[0]).connect(nobody, 20s));
    REQUIRE_FALSE(lost);
    CHECK(lost.error().status == 503);
}

TEST_CASE("a dial that throws is over at once, and the next one is another") {
    FedNodes world(2);
    const auto by_name = peering::parse_node_address("b.example:8447").value();
    world.resolver.is_broken = true;
    const auto began = world.clock.now();
    const Linked thrown = world.wait(shard(world[0]), peers(world[0]).connect(by_name, 20s));
    REQUIRE_FALSE(thrown);
    CHECK(thrown.error().status == 503);
    CHECK(world.clock.now() - began < 1s);
    world.resolver.is_broken = false;
    CHECK(world.wait(shard(world[0]), peers(world[0]).connect(by_name, 20s)));
}

TEST_CASE("another node at another port of this node's name is not this node") {
    FedNodes world(2);
    world[1].crash();
    world[1].config().federation_listen = world[1].ip().str() + ":9000";
    world[1].start();
    const auto connect = [&](const char* text) {
        const auto where = peering::parse_node_address(text).value();
        return world.wait(shard(world[0]), peers(world[0]).connect(where, 20s));
    };
    // Its own name, with where it takes links and where its API is.
    for (const char* own : {"a.example", "a.example:8447", "a.example:80"}) {
        INFO(own);
        const Linked self = connect(own);
        REQUIRE_FALSE(self);
        CHECK(self.error().status == 400);
    }
    // A name that leads elsewhere for this port, as behind one address of a router.
    world.resolver.address_rows["a.example"] = {{world[1].ip()}};
    const Linked made = connect("a.example:9000");
    INFO(world.logs());
    REQUIRE(made);
    CHECK((*made)->uid() == world[1].uid());
}

TEST_CASE("a question that nobody deals with, or about nothing, is refused") {
    FedNodes world(2);
    REQUIRE(dial(world, world[0], world[1]));
    federation::Hash32 nobody{};
    nobody[0] = 7;
    const auto none = ask(world, world[0], world[1], frames::KeyLogGet{nobody});
    REQUIRE_FALSE(none);
    CHECK(none.error().status == 404);
    const auto odd = ask(world, world[0], world[1], frames::Subscribed{});
    REQUIRE_FALSE(odd);
    CHECK(linked(world[0], world[1]));
}

TEST_CASE("nodes that dial each other at once keep one link") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        FedNodes world(2, seed);
        base::MemoryFaults slow;
        slow.delay_min = 1ms;
        slow.delay_max = 30ms;
        world.net.set_faults(slow);
        peers(world[0]).want(world[1].uid(), {world[1].ip().str() + ":8447"});
        peers(world[1]).want(world[0].uid(), {world[0].ip().str() + ":8447"});
        INFO(world.logs());
        REQUIRE(world.run_until(
            [&] { return linked(world[0], world[1]) && world.net.connections() == 1; }));
        // And it stays.
        world.advance(30s);
        CHECK(linked(world[0], world[1]));
        CHECK(world.net.connections() == 1);
        CHECK(peers(world[0]).open().size() == 1);
        CHECK(peers(world[1]).open().size() == 1);
    }
}

TEST_CASE("a wanted link comes back after it was cut, and when the node starts again") {
    FedNodes world(2);
    Witness witness;
    peers(world[0]).observe(witness);
    peers(world[0]).want(world[1].uid(), {world[1].ip().str() + ":8447"});
    REQUIRE(world.run_until([&] { return linked(world[0], world[1]); }));
    world.net.cut(world[0].ip(), world[1].ip());
    world.run();
    CHECK_FALSE(linked(world[0], world[1]));
    REQUIRE(world.run_until([&] { return linked(world[0], world[1]); }, 10s));
    world[1].crash();
    world.advance(5min);
    CHECK(peers(world[0]).open().empty());
    world[1].start();
    REQUIRE(world.run_until([&] { return linked(world[0], world[1]); }, 301s));
    CHECK(witness.told == "+b.example -b.example +b.example -b.example +b.example ");
    // Nobody wants it any more: it is not dialed again.
    peers(world[0]).unwant(world[1].uid());
    world.net.cut(world[0].ip(), world[1].ip());
    world.advance(10min);
    CHECK_FALSE(linked(world[0], world[1]));
}

TEST_CASE("a link over a dead line ends, and its questions with it") {
    FedNodes world(2);
    REQUIRE(dial(world, world[0], world[1]));
    world.run();
    const auto peer = peers(world[0]).find(world[1].uid());
    world.net.partition(world[0].ip(), world[1].ip());
    const auto late = ask(world, world[0], world[1], frames::KeyLogGet{world[1].uid()});
    REQUIRE_FALSE(late);
    CHECK(late.error().status == 503);
    CHECK_FALSE(peer->is_open());
    const auto none = ask(world, world[0], world[1], frames::KeyLogGet{world[1].uid()});
    REQUIRE_FALSE(none);
    CHECK(none.error().status == 503);
}

TEST_CASE("a link over a dead line on which nobody waits ends after a minute") {
    FedNodes world(2);
    REQUIRE(dial(world, world[0], world[1]));
    world.run();
    const auto peer = peers(world[0]).find(world[1].uid());
    world.net.partition(world[0].ip(), world[1].ip());
    world.advance(59s);
    CHECK(peer->is_open());
    world.advance(2s);
    CHECK_FALSE(peer->is_open());
}

TEST_CASE("a quiet link lives, and its round trip is measured") {
    FedNodes world(2);
    base::MemoryFaults slow;
    slow.delay_min = slow.delay_max = 10ms;
    world.net.set_faults(slow);
    REQUIRE(dial(world, world[0], world[1]));
    world.advance(1h);
    CHECK(linked(world[0], world[1]));
    const auto round_trip = peers(world[0]).find(world[1].uid())->round_trip();
    REQUIRE(round_trip);
    CHECK(*round_trip == 20ms);
}

TEST_CASE("a node that the operator blocks has no link, one that is held may only wait") {
    FedNodes world(2);
    REQUIRE(dial(world, world[0], world[1]));
    world.run();
    set_trust(world[0], world[1].uid(), Trust::held);
    peers(world[0]).find(world[1].uid())->close({});
    world.run();
    // The link is there for both, but one of them answers nothing.
    (void)dial(world, world[1], world[0]);
    const auto held = ask(world, world[1], world[0], frames::KeyLogGet{world[0].uid()});
    REQUIRE_FALSE(held);
    CHECK(held.error().status == 403);
    CHECK(peers(world[0]).open().empty());
    // Its operator is told whom to decide about, and not with every link.
    const auto told = [&] {
        return std::ranges::count_if(world[0].log.lines, [](const std::string& line) {
            return line.find("waits for the operator's decision") != std::string::npos;
        });
    };
    CHECK(told() == 1);
    CHECK(world[0].log.contains(federation::to_hex(world[1].uid())));
    for (int i = 0; i < 3; ++i) {
        peers(world[1]).find(world[0].uid())->close({});
        world.run();
        (void)dial(world, world[1], world[0]);
    }
    CHECK(told() == 1);

    set_trust(world[0], world[1].uid(), Trust::blocked);
    peers(world[1]).find(world[0].uid())->close({});
    world.run();
    CHECK_FALSE(dial(world, world[0], world[1]));
    (void)dial(world, world[1], world[0]);
    world.advance(1s);
    CHECK_FALSE(linked(world[0], world[1]));
    // It is remembered when the node starts again.
    world[0].crash();
    world[0].start();
    CHECK_FALSE(dial(world, world[0], world[1]));
}

TEST_CASE("with an allowlist only nodes that the operator trusted link, whoever dials") {
    FedNodes world(3);
    // One that came in while everybody might, and one that nobody saw before.
    REQUIRE(dial(world, world[1], world[0]));
    world.run();
    world[0].crash();
    world[0].config().federation_trust = "allowlist";
    world[0].start();
    const auto refused = [&](std::size_t other) {
        // The other one may hear of it only after its dial.
        (void)dial(world, world[other], world[0]);
        world.advance(1s);
        CHECK_FALSE(dial(world, world[0], world[other]));
        world.advance(1s);
        const auto there = peers(world[other]).find(world[0].uid());
        CHECK_FALSE((there && there->is_open()));
        CHECK(peers(world[0]).open().empty());
        CHECK(world.net.connections() == 0);
    };
    refused(1);
    refused(2);
    CHECK(world[0].log.contains("a node was not linked"));
    // The refused one is there for the operator to trust.
    CHECK(peers(world[0]).directory().find(world[2].uid())->standing.trust == Trust::held);

    set_trust(world[0], world[2].uid(), Trust::allowed);
    REQUIRE(dial(world, world[2], world[0]));
    world.run();
    CHECK(linked(world[0], world[2]));
    CHECK_FALSE(linked(world[0], world[1]));
}

TEST_CASE("a node that keeps us out is dialed seldom, and at once linked when it dials") {
    FedNodes world(2);
    REQUIRE(dial(world, world[1], world[0]));
    world.run();
    set_trust(world[1], world[0].uid(), Trust::blocked);
    peers(world[1]).find(world[0].uid())->close({});
    world.run();
    Witness witness;
    peers(world[0]).observe(witness);
    peers(world[0]).want(world[1].uid(), {world[1].ip().str() + ":8447"});
    world.advance(11min);
    const auto dials = std::ranges::count(witness.told, '+');
    CHECK(dials >= 2);
    CHECK(dials <= 3);
    CHECK_FALSE(linked(world[0], world[1]));

    // The operator changed his mind: the first contact from there ends the waiting.
    set_trust(world[1], world[0].uid(), Trust::allowed);
    REQUIRE(dial(world, world[1], world[0]));
    world.run();
    REQUIRE(linked(world[0], world[1]));
    world.net.cut(world[0].ip(), world[1].ip());
    CHECK(world.run_until([&] { return linked(world[0], world[1]); }, 5s));
}

TEST_CASE("a line that is cut again and again is linked again soon") {
    FedNodes world(2);
    peers(world[0]).want(world[1].uid(), {world[1].ip().str() + ":8447"});
    for (int i = 0; i < 20; ++i) {
        REQUIRE(world.run_until([&] { return linked(world[0], world[1]); }, 5s));
        world.advance(500ms);
        world.net.cut(world[0].ip(), world[1].ip());
        world.run();
    }
}

TEST_CASE("a link that ends as soon as it is there is no success") {
    FedNodes world(2);
    Witness witness;
    struct Closer final : peering::PeerObserver {
        void on_open(const std::shared_ptr<Peer>& peer) override { peer->close({}); }
    } closer;
    peers(world[0]).observe(witness);
    peers(world[1]).observe(closer);
    peers(world[0]).want(world[1].uid(), {world[1].ip().str() + ":8447"});
    world.advance(10min);
    const auto dials = std::ranges::count(witness.told, '+');
    CHECK(dials >= 3);
    CHECK(dials <= 40);
}

TEST_CASE("five strikes quarantine a node for a day") {
    FedNodes world(2);
    REQUIRE(dial(world, world[0], world[1]));
    world.run();
    const auto peer = peers(world[0]).find(world[1].uid());
    for (int i = 0; i < 4; ++i) peer->strike("a test");
    world.run();
    CHECK(linked(world[0], world[1]));
    peer->strike("a test");
    world.run();
    CHECK_FALSE(peer->is_open());
    (void)dial(world, world[1], world[0]);
    world.run();
    CHECK_FALSE(linked(world[0], world[1]));
    world.advance(24h + 1min);
    REQUIRE(dial(world, world[1], world[0]));
    world.run();
    CHECK(linked(world[0], world[1]));
}

TEST_CASE("a node that stops says goodbye, and is not taken for broken") {
    FedNodes world(2);
    REQUIRE(dial(world, world[0], world[1]));
    world.run();
    auto stop = [](peering::Peering& peering) -> base::Task<bool> {
        co_await peering.stop();
        co_return true;
    };
    CHECK(world.wait(shard(world[1]), stop(*world[1].core().peering)));
    world.run();
    CHECK(world.net.connections() == 0);
    CHECK(world[0].log.contains("the node stops"));
    CHECK(peers(world[0]).find(world[1].uid())->policy().strikes() == 0);
}

TEST_CASE("half of a link's bytes at a time, and lost dials, are no hindrance") {
    FedNodes world(3);
    base::MemoryFaults faults;
    faults.delay_max = 5ms;
    faults.dial_loss_permille = 300;
    faults.piece_bytes_max = 7;
    world.net.set_faults(faults);
    for (std::size_t i = 1; i < world.size(); ++i) {
        peers(world[0]).want(world[i].uid(), {world[i].ip().str() + ":8447"});
    }
    REQUIRE(world.run_until([&] { return peers(world[0]).open().size() == 2; }, 10min));
    CHECK(ask(world, world[1], world[0], frames::KeyLogGet{world[2].uid()}));
}

TEST_CASE("a name that is proved later is the name of the node's users from then on") {
    FarGuild far;
    FedNode& host = far.world[0];
    const auto name_of_u1 = [&] { return (*host.view().user(far.people[1].id))->username; };
    CHECK(name_of_u1() == "u1@b.example");
    peers(host).directory().pin(far.world[1].uid(), "bee.example");
    CHECK(far.soon([&] { return name_of_u1() == "u1@bee.example"; }));
    // A pinned name is nobody else's, and stays whatever the node says of itself.
    federation::Hash32 other{};
    other[0] = 1;
    peers(host).directory().pin(other, "bee.example");
    CHECK(peers(host).directory().by_name("bee.example")->uid == far.world[1].uid());
    far.world[1].crash();
    far.world[1].start();
    REQUIRE(far.world.run_until([&] { return linked(host, far.world[1]); }, 5min));
    CHECK(peers(host).find(far.world[1].uid())->name() == "bee.example");
    CHECK(name_of_u1() == "u1@bee.example");
}

TEST_CASE("a node is heard of from one that knows it, and is not shown by a name that is taken") {
    FarGuild far(3);
    FedNode& third = far.world[2];
    // u1 lives on the second node, which the third was never linked with.
    REQUIRE(far.soon([&] { return third.view().user(far.people[1].id) != nullptr; }));
    CHECK((*third.view().user(far.people[1].id))->username == "u1@b.example");
    const auto* heard = peers(third).directory().find(far.world[1].uid());
    REQUIRE(heard != nullptr);
    CHECK(heard->standing.trust == Trust::unknown);
    CHECK_FALSE(heard->pinned);
    peering::Directory& book = peers(third).directory();
    // What is no log of that uid changes nothing.
    federation::Hash32 nobody{};
    nobody[0] = 9;
    CHECK_FALSE(book.introduce(nobody, heard->log, "c.example", {}));
    CHECK_FALSE(book.introduce(heard->uid, heard->log, "else.example", {}));
    CHECK(book.by_name("b.example")->uid == far.world[1].uid());
}
