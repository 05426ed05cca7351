// Links with somebody who breaks the rules below the frames: rows 6, 24, 25, 26, 28 and 33 of the
// threats, against a whole node. federation/ has the same against a link alone; here the node must
// shut the door and stay what it was.
#include "federation/link_handshake.h"
#include "federation/link_records.h"
#include "federation/link_traffic.h"
#include "node/base/tls.h"
#include "tests/catch.h"
#include "tests/support/certificate.h"
#include "tests/support/evil_peer.h"
#include "tests/support/stream_client.h"
#include "tests/unit/peering/far_guild.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>
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
        opener_ = f::RecordCipher(transport.receive, f::limits::kRekeyRecords);
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
    /// What came since the last time, of one part each; the link's own frames left out.
    std::vector<f::Frame> answers() {
        std::vector<f::Frame> out;
        const std::string bytes = std::exchange(peer_.raw, {});
        const bool sound = reader_.feed(bytes, [&](f::ByteView sealed) {
            const auto plain = opener_.open(sealed);
            REQUIRE(plain);
            if (plain->front() == static_cast<char>(f::kLinkPart)) return true;
            auto frame = f::decode_frame(std::string_view(*plain).substr(1));
            REQUIRE(frame);
            out.push_back(std::move(*frame));
            return true;
        });
        CHECK(sound);
        return out;
    }

  private:
    EvilPeer& peer_;
    f::RecordCipher sealer_, opener_;
    f::RecordReader reader_;
};

/// https://localhost, with a certificate that everybody believes.
class WebSite final : public WorldPart {
  public:
    explicit WebSite(FedNodes& world)
        : world_(world),
          log_(world.clock, "localhost"),
          shards_(1, world.clock, log_),
          tls_(base::make_server_tls(web_certificate().certificate_pem, web_certificate().key_pem)
                   .value()) {
        const base::IpAddress ip = *base::IpAddress::parse("198.41.1.1");
        network_ = world.net.host(ip, shards_);
        world.resolver.address_rows["localhost"] = {{ip}};
        auto accept = [this](base::Shard&, std::unique_ptr<base::ByteStream> stream) {
            ++asked;
            clients_.push_back(std::make_unique<StreamClient>(tls_->wrap(std::move(stream))));
            clients_.back()->send(answer_);
        };
        listener_ = network_->listen(base::Endpoint{ip, 443}, std::move(accept)).value();
        world.add(*this);
    }
    ~WebSite() override {
        world_.remove(*this);
        clients_.clear();
        listener_.reset();
        shards_.abandon();
        network_.reset();
    }
    void says(const f::Hash32& uid, const base::IpAddress& links) {
        const std::string body = R"({"uid":")" + f::to_hex(uid) + R"(","endpoints":[")" +
                                 base::Endpoint{links, 8447}.str() + R"("]})";
        answer_ = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
                  std::to_string(body.size()) + "\r\n\r\n" + body;
    }
    bool poll_one() override {
        shards_.at(0).io().restart();
        return shards_.at(0).io().poll_one() != 0 || shards_.at(0).timers().run_due() != 0;
    }
    std::optional<base::Nanos> next_deadline() override {
        return shards_.at(0).timers().next_deadline();
    }

    int asked = 0;

  private:
    FedNodes& world_;
    TailLog log_;
    base::Shards shards_;
    std::string answer_;
    std::unique_ptr<base::TlsContext> tls_;
    std::unique_ptr<base::Network> network_;
    std::unique_ptr<base::Listener> listener_;
    std::vector<std::unique_ptr<StreamClient>> clients_;
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

TEST_CASE("row 25: frames of one link that are none leave a guild on another link as it is") {
    FarGuild s(2);
    for (std::uint8_t number = 1; number <= 5; ++number) {
        EvilPeer peer(s.world, "evil" + std::to_string(number) + ".example", number);
        RawLink link(peer, s.world[0]);
        REQUIRE(link.is_alive());
        const std::string text = "said " + std::to_string(number);
        auto call = s.world[1].begin(Method::post, s.messages(), s.people[1], {{"content", text}});
        link.send_part(0, words({0xffffffff00000000}));
        REQUIRE(s.soon([&] { return call->answer.has_value(); }));
        CHECK(call->answer->status == 200);
        s.world.advance(6s);
        CHECK_FALSE(link.is_alive());
    }
    CHECK(s.read(0).size() == 5);
    CHECK(s.read(1) == s.read(0));
    CHECK(links_of(s.world[0]) == 1);
}

TEST_CASE("row 25: a frame of a later version is skipped, and answered when it asks") {
    FedNodes world(1);
    EvilPeer peer(world, "evil.example", 9);
    RawLink link(peer, world[0]);
    REQUIRE(link.is_alive());
    (void)link.answers();
    // Behind the id stands which member of the union it is, and 999 is none yet.
    constexpr std::size_t kWhich = 24;
    const auto later = [&](std::uint64_t id) {
        std::string bytes = f::encode(f::Frame{id, f::frames::InviteGet{"nothing"}});
        REQUIRE(bytes.at(kWhich) == 8);
        REQUIRE(bytes.at(kWhich + 1) == 0);
        bytes[kWhich] = static_cast<char>(999 & 0xff);
        bytes[kWhich + 1] = 999 >> 8;
        link.send_part(0, bytes);
        world.advance(1s);
        return link.answers();
    };
    CHECK(later(0).empty());
    const auto answered = later(7);
    REQUIRE(answered.size() == 1);
    CHECK(answered.front().id == 7);
    const auto* problem = std::get_if<f::Problem>(&answered.front().body);
    REQUIRE(problem);
    CHECK(problem->code == f::ProblemCode::unsupported);
    // The link goes on: a frame of today is dealt with.
    REQUIRE(link.is_alive());
    link.send_frame({9, f::frames::KeyLogGet{world[0].uid()}});
    world.advance(1s);
    const auto known = link.answers();
    REQUIRE(known.size() == 1);
    CHECK(std::holds_alternative<f::frames::KeyLog>(known.front().body));
    const auto who = world[0].core().peering->peers().find(peer.uid());
    REQUIRE(who);
    CHECK(who->policy().strikes() == 0);
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

namespace {

/// A node that is meant and one that is not, and a site of the name that somebody asks for.
struct Named {
    Named() : world(1), meant(world, "meant.example", 9), impostor(world, "localhost", 10) {
        // Plain HTTP proves nothing, and is not asked.
        world[0].crash();
        world[0].config().federation_allow_private = false;
        world[0].start();
        alice = world[0].add_user("alice");
        site.emplace(world);
        meant.listen();
        impostor.listen();
    }
    int ask(const std::string& pin) {
        const std::string path = "/api/v10/invites/abcdefgh@localhost" + pin;
        return world[0].call(base::http::Method::get, path, alice).status;
    }
    std::string pin() const { return "~" + f::to_hex(meant.uid()).substr(0, 16); }

    FedNodes world;
    EvilPeer meant, impostor;
    std::optional<WebSite> site;
    Person alice;
};

}  // namespace

TEST_CASE("row 33: a good certificate does not make another node of the one that is pinned") {
    Named s;
    s.site->says(s.impostor.uid(), s.impostor.ip());
    CHECK(s.ask(s.pin()) / 100 != 2);
    CHECK(s.site->asked > 0);
    CHECK(s.impostor.all<f::frames::InviteGet>().empty());
    // A site and a node that agree with the pin are believed: it was the uid.
    Named good;
    good.site->says(good.meant.uid(), good.meant.ip());
    (void)good.ask(good.pin());
    INFO(good.world.logs());
    CHECK_FALSE(good.meant.all<f::frames::InviteGet>().empty());
}

TEST_CASE("row 33: who answers where a good site's document leads must be whom that names") {
    Named s;
    s.site->says(s.meant.uid(), s.impostor.ip());
    CHECK(s.ask("") / 100 != 2);
    CHECK(s.site->asked > 0);
    CHECK(s.impostor.all<f::frames::InviteGet>().empty());
    // Nor is the name the impostor's, who calls itself by it.
    REQUIRE(s.impostor.dial(s.world[0]));
    s.world.advance(20s);
    const auto peer = s.world[0].core().peering->peers().find(s.impostor.uid());
    INFO(s.world.logs());
    REQUIRE(peer);
    CHECK(peer->name() == peering::unproved_label(s.impostor.uid()));
    CHECK_FALSE(s.world[0].core().peering->peers().by_name("localhost"));
}
