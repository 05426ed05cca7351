// A link against a hostile network and a hostile peer: rows 6, 24 and 26 of the threats. The
// network may change, repeat, reorder and cut bytes; the peer has its keys and breaks the rules
// above them.
#include "federation/link.h"
#include "federation/link_handshake.h"
#include "tests/catch.h"
#include "tests/unit/federation/link_pair.h"

#include <string>
#include <vector>

namespace guildhall::federation {

using namespace testing;
using namespace std::chrono_literals;

namespace {

Frame question(std::string code) { return {1, frames::InviteGet{std::move(code)}}; }

Frame part(std::size_t bytes) {
    return {0, frames::BlobPart{filled(1), 0, std::string(bytes, 'x')}};
}

ProblemCode why(const Side& side) {
    return side.closed ? side.closed->problem.code : ProblemCode::none;
}

/// A peer with real keys that seals whatever bytes it likes, dialing a Link.
class EvilPeer {
  public:
    EvilPeer() : victim_(start_of(LinkRole::listener, node_b_)) {
        X25519Secret ephemeral;
        ephemeral.fill(5);
        NoiseXX noise(true, node_a_.identity.noise, ephemeral, link_prologue(std::nullopt));
        send(with_length(must(noise.write_message(encode(DialNote{})))));
        const std::string answer = victim_.take();
        REQUIRE(noise.read_message(answer.substr(2)));
        send(with_length(must(noise.write_message(must(encode_identity(node_a_.identity))))));
        auto transport = noise.split();
        sealer_ = RecordCipher(transport.send, limits::kRekeyRecords);
        opener_ = RecordCipher(transport.receive, limits::kRekeyRecords);
        drain();
    }

    void say_hello() { send_link(hello_of("evil.example")); }
    void send(const std::string& bytes) { victim_.give(bytes, now); }
    /// A record whose plaintext is exactly this.
    void send_plain(const std::string& plain) { send(sealer_.seal(plain)); }
    void send_part(std::uint8_t head, const std::string& bytes) {
        send_plain(std::string(1, static_cast<char>(head)) + bytes);
    }
    void send_link(FrameBody body) { send_part(kLinkPart, encode(Frame{0, std::move(body)})); }
    void send_frame(const Frame& frame) {
        send_part(static_cast<std::uint8_t>(class_of(frame)), encode(frame));
    }
    /// The plaintexts that the victim sent.
    std::vector<std::string> drain() {
        std::vector<std::string> parts;
        RecordReader reader;
        reader.feed(victim_.take(), [&](ByteView record) {
            parts.push_back(must(opener_.open(record)));
            return true;
        });
        return parts;
    }
    Side& victim() { return victim_; }
    void expect(ProblemCode code) {
        CHECK(why(victim_) == code);
        CHECK(victim_.link.state() == LinkState::closed);
    }

    Nanos now{};

  private:
    Node node_a_{1};
    Node node_b_{2};
    Side victim_;
    RecordCipher sealer_;
    RecordCipher opener_;
};

}  // namespace

// -- The network ----------------------------------------------------------------------------------

TEST_CASE("a flip of any bit of a record ends the link without an event") {
    std::size_t bits = 1;
    for (std::size_t bit = 0; bit < bits; ++bit) {
        OpenPair open;
        REQUIRE(open.a().link.send(question("x")) == SendResult::queued);
        const std::string record = open.a().take();
        bits = record.size() * 8;
        open.b().give(flipped(record, bit), open.pair->now);
        INFO("bit " << bit);
        CHECK(open.b().received.empty());
        // A length that now says more waits for bytes that do not come, or takes the next record's.
        if (!open.b().closed) open.b().give(std::string(70'000, 'z'), open.pair->now);
        CHECK(open.b().link.state() == LinkState::closed);
        CHECK(open.b().closed->is_fault);
    }
}

TEST_CASE("a flip of any byte of the handshake ends it without an identity") {
    // Each message in turn; 0 is the dialer's first.
    for (int message = 0; message < 3; ++message) {
        std::size_t bytes = 1;
        for (std::size_t i = 0; i < bytes; ++i) {
            Node a(1);
            Node b(2);
            LinkPair pair(start_of(LinkRole::dialer, a), start_of(LinkRole::listener, b));
            Side* from = &pair.a;
            Side* to = &pair.b;
            for (int m = 0; m < message; ++m, std::swap(from, to)) to->give(from->take(), {});
            std::string sent = from->take();
            if (message == 2) sent.resize(2 + ByteReader(sent).get<std::uint16_t>());
            bytes = sent.size();
            to->give(flipped(sent, i * 8), {});
            pair.run();
            INFO("message " << message << " byte " << i);
            CHECK_FALSE(pair.a.established);
            CHECK_FALSE(pair.b.established);
            CHECK(pair.b.received.empty());
            pair.a.link.tick(limits::kHandshakeTimeMax);
            pair.b.link.tick(limits::kHandshakeTimeMax);
            CHECK(pair.a.link.state() == LinkState::closed);
            CHECK(pair.b.link.state() == LinkState::closed);
        }
    }
}

TEST_CASE("a record that is replayed ends the link, and its frame came once") {
    OpenPair open;
    REQUIRE(open.a().link.send(question("once")) == SendResult::queued);
    const std::string record = open.a().take();
    open.b().give(record, open.pair->now);
    open.b().give(record, open.pair->now);
    CHECK(open.b().received.size() == 1);
    CHECK(why(open.b()) == ProblemCode::forged);
}

TEST_CASE("records in another order, or with one missing, end the link") {
    OpenPair open;
    std::vector<std::string> records;
    for (const char* code : {"one", "two"}) {
        REQUIRE(open.a().link.send(question(code)) == SendResult::queued);
        records.push_back(open.a().take());
    }
    open.b().give(records[1] + records[0], open.pair->now);
    CHECK(open.b().received.empty());
    CHECK(why(open.b()) == ProblemCode::forged);
}

TEST_CASE("a recorded session played to a new link gets nowhere") {
    Node a(1);
    Node b(2);
    LinkPair pair(start_of(LinkRole::dialer, a), start_of(LinkRole::listener, b));
    std::vector<std::string> recorded;
    for (int i = 0; i < 4; ++i) {
        recorded.push_back(pair.a.take());
        pair.b.give(recorded.back(), {});
        pair.a.give(pair.b.take(), {});
        if (i == 2) {
            pair.a.link.send(question("secret"));
        }
    }
    REQUIRE(pair.b.received.size() == 1);
    LinkStart fresh = start_of(LinkRole::listener, b);
    fresh.ephemeral.fill(99);  // Never twice the same.
    Side victim(std::move(fresh));
    for (const std::string& bytes : recorded) victim.give(bytes, {});
    CHECK_FALSE(victim.established);
    CHECK(victim.received.empty());
    CHECK(victim.link.state() == LinkState::closed);
}

TEST_CASE("a record sent back to its sender ends the link") {
    OpenPair open;
    REQUIRE(open.a().link.send(question("mine")) == SendResult::queued);
    open.a().give(open.a().take(), open.pair->now);
    CHECK(why(open.a()) == ProblemCode::forged);
}

TEST_CASE("bytes that come one at a time make the same link") {
    Node a(1);
    Node b(2);
    LinkPair pair(start_of(LinkRole::dialer, a), start_of(LinkRole::listener, b));
    for (int round = 0; round < 6; ++round) {
        if (round == 4) {
            REQUIRE(pair.a.link.send(part(3'000)) == SendResult::queued);
        }
        for (char byte : pair.a.take()) pair.b.give(std::string(1, byte), {});
        for (char byte : pair.b.take()) pair.a.give(std::string(1, byte), {});
    }
    REQUIRE(pair.b.received.size() == 1);
    CHECK(pair.b.received[0].frame == part(3'000));
    CHECK(pair.a.link.state() == LinkState::open);
}

TEST_CASE("one byte a second is given up after ten, and keeps no more than a message") {
    Node b(2);
    Side victim(start_of(LinkRole::listener, b));
    for (int second = 0; second < 10; ++second) {
        victim.give(std::string(1, second == 0 ? 35 : '\0'), std::chrono::seconds(second));
        victim.link.tick(std::chrono::seconds(second));
        victim.collect();
        CHECK_FALSE(victim.closed);
    }
    victim.link.tick(10s);
    victim.collect();
    CHECK(why(victim) == ProblemCode::timeout);
}

TEST_CASE("an open link to which one byte a second comes is dead after a minute") {
    OpenPair open;
    Side& b = open.b();
    REQUIRE(open.a().link.send(part(4'000)) == SendResult::queued);
    const std::string record = open.a().take();
    for (int second = 1; second <= 60 && !b.closed; ++second) {
        const Nanos now = open.pair->now + std::chrono::seconds(second);
        b.give(record.substr(static_cast<std::size_t>(second - 1), 1), now);
        b.link.tick(now);
        b.collect();
    }
    CHECK(why(b) == ProblemCode::timeout);
}

TEST_CASE("lengths that a message cannot have end the handshake at once") {
    Node b(2);
    for (std::size_t length : {0u, 1u, 34u, 36u, 4'096u, 65'535u}) {
        Side victim(start_of(LinkRole::listener, b));
        victim.give(ByteWriter().put(static_cast<std::uint16_t>(length)).take(), {});
        INFO("length " << length);
        CHECK(why(victim) == ProblemCode::malformed);
    }
    // And of the third message, after a good first.
    for (std::size_t length : {0u, 63u, 49'249u, 65'535u}) {
        Node a(1);
        LinkPair pair(start_of(LinkRole::dialer, a), start_of(LinkRole::listener, b));
        pair.b.give(pair.a.take(), {});
        pair.b.give(ByteWriter().put(static_cast<std::uint16_t>(length)).take(), {});
        INFO("length " << length);
        CHECK(why(pair.b) == ProblemCode::malformed);
    }
}

TEST_CASE("a record of length 0 or without a part ends the link; the longest is opened") {
    for (std::size_t length : {0u, 1u, 16u, 17u}) {
        EvilPeer peer;
        peer.say_hello();
        peer.send(ByteWriter().put(static_cast<std::uint16_t>(length)).take());
        peer.expect(ProblemCode::malformed);
    }
    EvilPeer longest;
    longest.say_hello();
    longest.send(ByteWriter().put(std::uint16_t{65'535}).take() + std::string(65'535, 'x'));
    longest.expect(ProblemCode::forged);
    EvilPeer truncated;
    truncated.say_hello();
    truncated.send(ByteWriter().put(std::uint16_t{65'535}).take() + std::string(65'534, 'x'));
    CHECK_FALSE(truncated.victim().closed);  // It waits; silence ends it.
}

TEST_CASE("a thousand dialers that say nothing cost little and all end") {
    Node b(2);
    std::vector<std::unique_ptr<Side>> half_open;
    for (int i = 0; i < 1'000; ++i) {
        half_open.push_back(std::make_unique<Side>(start_of(LinkRole::listener, b)));
        half_open.back()->give(ByteWriter().put(std::uint16_t{35}).take() + "12345", {});
    }
    for (auto& side : half_open) {
        side->link.tick(limits::kHandshakeTimeMax);
        side->collect();
        CHECK(why(*side) == ProblemCode::timeout);
    }
}

// -- The peer -------------------------------------------------------------------------------------

TEST_CASE("frames before the hello, a second hello and an impossible hello end the link") {
    EvilPeer early;
    early.send_frame(question("x"));
    early.expect(ProblemCode::malformed);
    EvilPeer ping_first;
    ping_first.send_link(frames::Ping{1});
    ping_first.expect(ProblemCode::malformed);
    EvilPeer twice;
    twice.say_hello();
    twice.say_hello();
    twice.expect(ProblemCode::malformed);
    EvilPeer long_name;
    long_name.send_link(hello_of(std::string(254, 'n')));
    long_name.expect(ProblemCode::malformed);
    EvilPeer backwards;
    Hello hello = hello_of("x");
    hello.protoMin = 9;
    backwards.send_link(hello);
    backwards.expect(ProblemCode::malformed);
}

TEST_CASE("parts that may not be end the link") {
    struct Case {
        std::uint8_t head;
        std::string bytes;
    };
    const std::string good = encode(question("x"));
    const std::vector<Case> cases{
        {6, good},  // no such class
        {7, good},
        {0x10, good},  // an unknown flag
        {0x80, good},
        {kLinkPart | kPartMore, good},
        {1, good},                               // control's frame in live
        {0, encode(Frame{0, frames::Ping{1}})},  // the link's own, at cost
        {kLinkPart, good},                       // another's, free of cost
        {kLinkPart, std::string(limits::kLinkFrameBytesMax + 8, 'x')},
        {0, "not a frame"},
        {kLinkPart, "not a frame"},
    };
    for (std::size_t i = 0; i < cases.size(); ++i) {
        EvilPeer peer;
        peer.say_hello();
        REQUIRE(peer.victim().established);
        peer.send_part(cases[i].head, cases[i].bytes);
        INFO("case " << i);
        peer.expect(ProblemCode::malformed);
        CHECK(peer.victim().closed->is_fault);
        CHECK(peer.victim().received.empty());
        // It is told why.
        const auto parts = peer.drain();
        REQUIRE_FALSE(parts.empty());
        const auto last = decode_frame(parts.back().substr(1));
        REQUIRE(last);
        CHECK(std::get<frames::Goodbye>(last->body).code == ProblemCode::malformed);
    }
}

TEST_CASE("a frame that never ends is cut at its class's size") {
    EvilPeer peer;
    peer.say_hello();
    const std::string piece(60'000, 'x');
    std::size_t sent = 0;
    while (!peer.victim().closed && sent < 10'000'000) {
        peer.send_part(static_cast<std::uint8_t>(TrafficClass::bulk) | kPartMore, piece);
        sent += piece.size();
    }
    peer.expect(ProblemCode::malformed);
    CHECK(sent <= limits::kClasses[2].frame + piece.size());
}

TEST_CASE("a peer that sends more than its credit is cut") {
    for (TrafficClass c :
         {TrafficClass::control, TrafficClass::live, TrafficClass::blob, TrafficClass::ephemeral}) {
        EvilPeer peer;
        peer.victim().grants = false;
        peer.say_hello();
        Frame frame = question(std::string(20'000, 'q'));
        if (c == TrafficClass::live) frame = {0, Append{.head = std::string(20'000, 'h')}};
        if (c == TrafficClass::blob) frame = part(20'000);
        if (c == TrafficClass::ephemeral) {
            frame = {0, frames::Ephemerals{{{.status = std::string(20'000, 's')}}}};
        }
        const std::size_t bytes = encode(frame).size();
        std::size_t sent = 0;
        while (!peer.victim().closed && sent < 8'000'000) {
            peer.send_frame(frame);
            sent += bytes;
        }
        INFO(name_of(c));
        peer.expect(ProblemCode::overrun);
        const std::size_t credit = limits_of(c).credit;
        CHECK(sent > credit);
        CHECK(sent <= credit + bytes);
        CHECK(peer.victim().received.size() * bytes <= credit);
    }
}

TEST_CASE("credit comes back as frames are consumed, and no more of it") {
    EvilPeer peer;
    peer.say_hello();
    for (int i = 0; i < 1'000 && !peer.victim().closed; ++i) {
        peer.send_frame(part(40'000));
        peer.drain();  // Grants go out with the victim's output.
    }
    CHECK_FALSE(peer.victim().closed);
    CHECK(peer.victim().received.size() == 1'000);
    // Granting what was not received gives nothing.
    for (int i = 0; i < 100; ++i) peer.victim().link.grant(TrafficClass::blob, 1u << 20);
    const auto parts = peer.drain();
    std::uint64_t granted = 0;
    for (const auto& plain : parts) {
        const auto frame = decode_frame(plain.substr(1));
        REQUIRE(frame);
        if (const auto* credit = std::get_if<frames::Credit>(&frame->body)) {
            granted += credit->bytes;
        }
    }
    CHECK(granted <= limits_of(TrafficClass::blob).credit / limits::kGrantFraction);
}

TEST_CASE("credit for more than was sent, or for no class, ends the link") {
    for (const auto& [traffic_class, bytes] : std::vector<std::pair<int, std::uint64_t>>{
             {0, 1}, {1, ~0ull}, {5, 0}, {255, 1}, {3, 1ull << 63}}) {
        EvilPeer peer;
        peer.say_hello();
        peer.send_link(frames::Credit{static_cast<TrafficClass>(traffic_class), bytes});
        INFO(traffic_class << " " << bytes);
        peer.expect(ProblemCode::malformed);
    }
}

TEST_CASE("a peer that never grants stalls its own queue only, within its bound") {
    EvilPeer peer;
    peer.say_hello();
    Side& victim = peer.victim();
    std::size_t queued = 0;
    SendResult result = SendResult::queued;
    while (result == SendResult::queued && queued < 1'000) {
        result = victim.link.send(part(40'000));
        if (result == SendResult::queued) ++queued;
        peer.drain();
    }
    CHECK(result == SendResult::full);
    // What credit let through, and what the queue holds.
    const auto& bounds = limits_of(TrafficClass::blob);
    CHECK(queued * 40'000 <= bounds.credit + bounds.queue);
    CHECK(victim.link.credit(TrafficClass::blob) < 40'100);
    CHECK_FALSE(victim.link.has_output());
    // Other classes go on.
    CHECK(victim.link.send(question("x")) == SendResult::queued);
    CHECK(peer.drain().size() == 1);
    // And the first credit moves it again.
    peer.send_link(frames::Credit{TrafficClass::blob, 1u << 20});
    std::size_t moved = 0;
    while (victim.link.has_output()) moved += peer.drain().size();
    CHECK(moved == (1u << 20) / 40'100 + 1);
}

TEST_CASE("ephemeral frames drop the oldest where nobody reads") {
    EvilPeer peer;
    peer.say_hello();
    Side& victim = peer.victim();
    for (std::uint64_t i = 0; i < 2'000; ++i) {
        const Frame typing{0, frames::Ephemerals{{{.userId = i, .status = std::string(500, 's')}}}};
        CHECK(victim.link.send(typing) == SendResult::queued);
    }
    CHECK(victim.link.dropped() > 1'800);
    const auto parts = peer.drain();
    REQUIRE_FALSE(parts.empty());
    const auto last = decode_frame(parts.back().substr(1));
    REQUIRE(last);
    CHECK(std::get<frames::Ephemerals>(last->body).items.at(0).userId > 1'900);
}

TEST_CASE("pings in a flood are answered once per turn, then the peer is cut") {
    EvilPeer peer;
    peer.say_hello();
    for (std::uint64_t i = 0; i < 500; ++i) peer.send_link(frames::Ping{i});
    const auto parts = peer.drain();
    CHECK(parts.size() == 1);
    for (std::uint64_t i = 0; i < limits::kFreeFramesMax; ++i) peer.send_link(frames::Ping{i});
    peer.expect(ProblemCode::flood);
    EvilPeer patient;
    patient.say_hello();
    for (std::uint64_t i = 0; i < 3 * limits::kFreeFramesMax; ++i) {
        patient.now += 2ms;
        patient.send_link(frames::Ping{i});
    }
    CHECK_FALSE(patient.victim().closed);
}

TEST_CASE("an unknown frame that asks is answered, one that does not is skipped") {
    EvilPeer peer;
    peer.say_hello();
    peer.drain();
    auto unknown = [](std::uint64_t id) {
        std::string frame = encode(Frame{id, frames::InviteGet{}});
        // The discriminant stands after the table, the root pointer and the id.
        frame.replace(24, 2, ByteWriter().put(std::uint16_t{999}).take());
        return frame;
    };
    peer.send_part(1, unknown(0));
    CHECK(peer.drain().empty());
    peer.send_part(1, unknown(42));
    const auto parts = peer.drain();
    REQUIRE(parts.size() == 1);
    const auto answer = decode_frame(parts[0].substr(1));
    REQUIRE(answer);
    CHECK(answer->id == 42);
    CHECK(std::get<Problem>(answer->body).code == ProblemCode::unsupported);
    CHECK(peer.victim().received.empty());
    peer.send_part(kLinkPart, unknown(0));
    CHECK_FALSE(peer.victim().closed);
}

TEST_CASE("unknown frames give their credit back") {
    EvilPeer peer;
    peer.say_hello();
    peer.drain();
    std::string frame = encode(Frame{0, frames::InviteGet{std::string(60'000, 'x')}});
    frame.replace(24, 2, ByteWriter().put(std::uint16_t{999}).take());
    std::uint64_t back = 0;
    for (int i = 0; i < 100; ++i) {
        peer.send_part(1, frame);
        REQUIRE_FALSE(peer.victim().closed);
        for (const std::string& part : peer.drain()) {
            const auto said = decode_frame(part.substr(1));
            REQUIRE(said);
            if (const auto* credit = std::get_if<frames::Credit>(&said->body))
                back += credit->bytes;
        }
    }
    CHECK(back > 100 * 60'000 - limits::kClasses[1].credit);
    CHECK(peer.victim().received.empty());
}

TEST_CASE("frames after a goodbye, and a second goodbye, end the link") {
    for (bool again : {false, true}) {
        EvilPeer peer;
        peer.victim().grants = false;
        peer.say_hello();
        peer.send_link(frames::Goodbye{{ProblemCode::shutdown, std::string(2'000, 't')}});
        CHECK(peer.victim().link.state() == LinkState::draining);
        peer.send_link(frames::Ping{3});  // The link's own may still come.
        CHECK(peer.victim().link.state() == LinkState::draining);
        if (again)
            peer.send_link(frames::Goodbye{});
        else
            peer.send_frame(question("x"));
        peer.expect(ProblemCode::malformed);
    }
}

TEST_CASE("a closed link takes and gives nothing more") {
    EvilPeer peer;
    peer.say_hello();
    peer.send_part(7, "bad");
    peer.expect(ProblemCode::malformed);
    peer.drain();
    peer.send_frame(question("x"));
    CHECK(peer.victim().received.empty());
    CHECK(peer.victim().take().empty());
    CHECK_FALSE(peer.victim().link.has_output());
    CHECK(peer.victim().link.send(question("x")) == SendResult::not_open);
    peer.victim().link.tick(100h);
    CHECK(peer.victim().link.take_events().empty());
}

}  // namespace guildhall::federation
