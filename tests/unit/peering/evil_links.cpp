// Links with somebody who breaks the rules below the frames: rows 6, 24, 25, 26, 28 and 33 of the
// threats, against a whole node. federation/ has the same against a link alone; here the node must
// shut the door and stay what it was.
#include "federation/link_handshake.h"
#include "federation/link_records.h"
#include "federation/link_traffic.h"
#include "tests/catch.h"
#include "tests/support/evil_peer.h"

#include <memory>
#include <string>
#include <vector>

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;

namespace {

/// A link by hand, whose records may hold anything.
class RawLink {
  public:
    explicit RawLink(EvilPeer& peer, FedNode& node) : peer_(peer) {
        if (!peer.connect(node)) throw std::runtime_error("no connection");
        f::X25519Secret ephemeral;
        ephemeral.fill(5);
        f::NoiseXX noise(true, peer.identity().noise, ephemeral, f::link_prologue(std::nullopt));
        peer.write(f::with_length(noise.write_message(f::encode(f::DialNote{})).value()));
        peer.world.run();
        const auto size = f::ByteReader(f::ByteView(peer.raw)).get<std::uint16_t>();
        if (!noise.read_message(f::ByteView(std::string_view(peer.raw).substr(2, size)))) {
            throw std::runtime_error("no handshake");
        }
        peer.raw.erase(0, 2 + size);
        const auto identity = f::encode_identity(peer.identity());
        peer.write(f::with_length(noise.write_message(*identity).value()));
        auto transport = noise.split();
        sealer_ = f::RecordCipher(transport.send, f::limits::kRekeyRecords);
        send_link(peer.hello);
        peer.world.run();
    }

    void send_plain(const std::string& plain) {
        peer_.write(sealer_.seal(plain));
        peer_.world.run();
    }
    void send_part(std::uint8_t head, const std::string& bytes) {
        send_plain(std::string(1, static_cast<char>(head)) + bytes);
    }
    void send_link(f::FrameBody body) {
        send_part(f::kLinkPart, f::encode(f::Frame{0, std::move(body)}));
    }
    void send_frame(const f::Frame& frame) {
        send_part(static_cast<std::uint8_t>(f::class_of(frame)), f::encode(frame));
    }
    bool is_alive() const { return peer_.is_connected(); }

  private:
    EvilPeer& peer_;
    f::RecordCipher sealer_;
};

std::size_t links_of(FedNode& node) { return node.core().peering->peers().open().size(); }

std::string words(std::initializer_list<std::uint64_t> values) {
    f::ByteWriter out;
    for (const std::uint64_t value : values) out.put<std::uint64_t>(value);
    return out.take();
}

}  // namespace

TEST_CASE("row 6: what was recorded of a link and is played again opens nothing") {
    FedNodes world(1);
    EvilPeer peer(world, "evil.example", 9);
    std::string recorded;
    {
        RawLink link(peer, world[0]);
        REQUIRE(link.is_alive());
        REQUIRE(links_of(world[0]) == 1);
        peer.hang_up();
        world.advance(1s);
    }
    CHECK(links_of(world[0]) == 0);

    // The dialer's bytes of a real link, as who sits on the wire has them.
    EvilPeer victim(world, "victim.example", 10);
    victim.record = &recorded;
    victim.open(world[0]);
    REQUIRE(victim.send(f::frames::InviteGet{"nothing"}, 1));
    world.run();
    victim.hang_up();
    world.advance(1s);
    REQUIRE(recorded.size() > 200);
    REQUIRE(peer.connect(world[0]));
    peer.write(recorded);
    world.advance(15s);
    CHECK_FALSE(peer.is_connected());
    CHECK(links_of(world[0]) == 0);
}

TEST_CASE("row 24: lengths that may not be, half a record, and one byte a second end in time") {
    FedNodes world(1);
    EvilPeer peer(world, "evil.example", 9);
    for (const std::string& bytes : {std::string("\0\0", 2), std::string("\xff\xff", 2)}) {
        REQUIRE(peer.connect(world[0]));
        peer.write(bytes);
        world.advance(15s);
        CHECK_FALSE(peer.is_connected());
    }
    RawLink link(peer, world[0]);
    REQUIRE(link.is_alive());
    peer.write(std::string("\x10\x00half", 6));
    for (int i = 0; i < 90 && peer.is_connected(); ++i) {
        world.advance(1s);
        peer.write("x");
    }
    CHECK_FALSE(peer.is_connected());

    REQUIRE(peer.connect(world[0]));
    int seconds = 0;
    for (; seconds < 60 && peer.is_connected(); ++seconds) {
        peer.write("x");
        world.advance(1s);
    }
    CHECK(seconds <= 12);
    CHECK(links_of(world[0]) == 0);
}

TEST_CASE("row 24: a flood of half-open handshakes from one place is cut to a few") {
    FedNodes world(1);
    std::vector<std::unique_ptr<EvilPeer>> flood;
    std::size_t waiting = 0;
    for (std::uint8_t i = 1; i <= 60; ++i) {
        flood.push_back(std::make_unique<EvilPeer>(world, "f" + std::to_string(i), i));
        flood.back()->connect(world[0]);
        world.run();
        waiting += flood.back()->is_connected();
    }
    CHECK(waiting <= 20);
    world.advance(15s);
    for (const auto& peer : flood) CHECK_FALSE(peer->is_connected());
    // Later the same place may try again.
    world.advance(2min);
    flood.front()->open(world[0]);
    CHECK(links_of(world[0]) == 1);
}

TEST_CASE("row 25: frames that are no Cap'n Proto of one segment end the link at once") {
    FedNodes world(1);
    const std::vector<std::string> frames{
        words({0xffffffff}),
        words({0x0000000200000000 | 1}),
        words({0xffffffff00000000}),
        // A root struct pointer that leads to itself, and a list of 2^29 structs of no size.
        words({0x0000000300000000, 0x00000000fffffffc, 0, 0}),
        words({0x0000000300000000, 0x0000000100000000, 0xffffffff00000007, 0}),
        std::string(13, 'x'),
    };
    std::uint8_t number = 1;
    for (const std::string& frame : frames) {
        EvilPeer peer(world, "evil" + std::to_string(number) + ".example", number);
        ++number;
        RawLink link(peer, world[0]);
        REQUIRE(link.is_alive());
        link.send_part(0, frame);
        world.advance(6s);
        INFO(f::to_hex(f::ByteView(frame)));
        CHECK_FALSE(link.is_alive());
        world.advance(10s);
    }
    CHECK(links_of(world[0]) == 0);
}

TEST_CASE("row 25: a frame of a later version is skipped, and answered when it asks") {
    FedNodes world(1);
    EvilPeer peer(world, "evil.example", 9);
    peer.open(world[0]);
    // An answer to nothing and a question of a kind that nobody of us asks.
    REQUIRE(peer.send(f::frames::BlobState{}, 0));
    world.advance(1s);
    CHECK(peer.is_open());
}

TEST_CASE("row 26: who sends beyond its credit is cut; who grants none stalls itself alone") {
    FedNodes world(1);
    EvilPeer greedy(world, "greedy.example", 9);
    {
        RawLink link(greedy, world[0]);
        // Parts of a frame that never ends: nobody can have given credit for so much.
        for (int i = 0; i < 40 && link.is_alive(); ++i) {
            link.send_part(4 | f::kPartMore, std::string(32'000, 'x'));
        }
        CHECK_FALSE(link.is_alive());
    }
    EvilPeer lazy(world, "lazy.example", 10);
    lazy.grants = false;
    lazy.open(world[0]);
    // Many questions: their answers fill its queue, and no other.
    for (int i = 0; i < 5000 && lazy.is_open(); ++i) {
        lazy.send(f::frames::KeyLogGet{world[0].uid()}, lazy.link().next_request_id());
        if (i % 100 == 0) world.run();
    }
    EvilPeer good(world, "good.example", 11);
    good.open(world[0]);
    const auto answer = good.ask(f::frames::KeyLogGet{world[0].uid()});
    REQUIRE(answer);
    CHECK(std::holds_alternative<f::frames::KeyLog>(*answer));
}

TEST_CASE("row 28: a packed message is no frame") {
    FedNodes world(1);
    EvilPeer peer(world, "evil.example", 9);
    RawLink link(peer, world[0]);
    REQUIRE(link.is_alive());
    // capnp's packing of 256 zero words: two bytes.
    link.send_part(0, std::string("\x00\xff", 2));
    world.advance(6s);
    CHECK_FALSE(link.is_alive());
}

TEST_CASE("row 33: another node at the dialed address learns nothing and is not believed") {
    FedNodes world(2);
    EvilPeer impostor(world, "impostor.example", 9);
    impostor.listen();
    // Whoever is sent to b by name finds the impostor; the uid in the invite says otherwise.
    const std::string b_uid = f::to_hex(world[1].uid()).substr(0, 16);
    world.resolver.address_rows["b.example"] = {{impostor.ip()}};
    const Person alice = world[0].add_user("alice");
    const auto answer = world[0].call(
        base::http::Method::get, "/api/v10/invites/abcdefgh@b.example~" + b_uid, alice);
    CHECK(answer.status / 100 != 2);
    CHECK(impostor.all<f::frames::InviteGet>().empty());
    CHECK_FALSE(world[0].core().peering->peers().by_name("b.example"));
}

TEST_CASE("row 33: a name that is pinned does not move with its DNS") {
    FedNodes world(2);
    const Person alice = world[0].add_user("alice");
    // First contact pins the name; what the invite leads to does not matter.
    (void)world[0].call(base::http::Method::get, "/api/v10/invites/abcdefgh@b.example", alice);
    REQUIRE(links_of(world[0]) == 1);
    const f::Hash32 uid = world[1].uid();
    world[1].crash();
    world.advance(2min);

    EvilPeer impostor(world, "impostor.example", 9);
    impostor.hello.name = "b.example";
    impostor.listen();
    world.resolver.address_rows["b.example"] = {{impostor.ip()}};
    const auto answer =
        world[0].call(base::http::Method::get, "/api/v10/invites/abcdefgh@b.example", alice);
    CHECK(answer.status / 100 != 2);
    CHECK(impostor.all<f::frames::InviteGet>().empty());
    const auto known = world[0].core().peering->peers().by_name("b.example");
    REQUIRE(known);
    CHECK(known->uid() == uid);
}
