// The life of a link between two engines: handshake, hellos, frames, silence, renewal, goodbye.
#include "federation/link.h"

#include "tests/catch.h"
#include "tests/unit/federation/link_pair.h"

#include <algorithm>
#include <array>
#include <string>

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

}  // namespace

TEST_CASE("two nodes learn who the other is and what it speaks") {
    OpenPair open;
    REQUIRE(open.a().established);
    REQUIRE(open.b().established);
    CHECK(open.a().established->peer.uid == open.node_b.uid);
    CHECK(open.b().established->peer.uid == open.node_a.uid);
    CHECK(open.b().established->peer.log == open.node_a.identity.log);
    CHECK(open.a().established->hello.name == "b.example");
    CHECK(open.a().established->version == 1);
    CHECK(open.a().link.state() == LinkState::open);
}

TEST_CASE("a dialer that does not know whom it dials learns it") {
    Node a(1);
    Node b(2);
    LinkPair pair(start_of(LinkRole::dialer, a), start_of(LinkRole::listener, b));
    pair.run();
    REQUIRE(pair.a.established);
    CHECK(pair.a.established->peer.uid == b.uid);
}

TEST_CASE("a node whose keys were rotated is known by its uid") {
    Node a(1);
    Node b(2);
    b.rotate();
    LinkStart dialer = start_of(LinkRole::dialer, a);
    dialer.expected_uid = b.uid;
    LinkPair pair(std::move(dialer), start_of(LinkRole::listener, b));
    pair.run();
    REQUIRE(pair.a.established);
    CHECK(pair.a.established->peer.keys.signing_key == b.next.public_key());
    CHECK(pair.a.established->peer.log.events.size() == 1);
}

TEST_CASE("another node than the one that was dialed is refused before it learns who dials") {
    Node a(1);
    Node b(2);
    Node c(3);
    LinkStart dialer = start_of(LinkRole::dialer, a);
    dialer.expected_uid = c.uid;
    LinkPair pair(std::move(dialer), start_of(LinkRole::listener, b));
    pair.run();
    CHECK(why(pair.a) == ProblemCode::wrong_peer);
    CHECK(pair.a.closed->is_fault);
    CHECK_FALSE(pair.b.established);
    CHECK(pair.b.link.state() == LinkState::handshaking);
}

TEST_CASE("a listener may insist on who dials") {
    Node a(1);
    Node b(2);
    LinkStart listener = start_of(LinkRole::listener, b);
    listener.expected_uid = filled(9);
    LinkPair pair(start_of(LinkRole::dialer, a), std::move(listener));
    pair.run();
    CHECK(why(pair.b) == ProblemCode::wrong_peer);
}

TEST_CASE("a node that dials itself notices") {
    Node a(1);
    LinkPair pair(start_of(LinkRole::dialer, a), start_of(LinkRole::listener, a));
    pair.run();
    CHECK(why(pair.a) == ProblemCode::self);
    CHECK_FALSE(pair.a.closed->is_fault);
}

TEST_CASE("an identity whose signature is another key's is refused") {
    Node a(1);
    Node b(2);
    b.identity.signing = &b.next;  // Not rotated to: the log still says the first key.
    LinkPair pair(start_of(LinkRole::dialer, a), start_of(LinkRole::listener, b));
    pair.run();
    CHECK(why(pair.a) == ProblemCode::wrong_peer);
}

TEST_CASE("an identity with any byte changed is refused") {
    Node node(2);
    node.rotate();
    const std::string payload = must(encode_identity(node.identity));
    const PublicKey noise = x25519_public(node.identity.noise);
    REQUIRE(verify_identity(payload, noise));
    for (std::size_t i = 0; i < payload.size(); ++i) {
        INFO("byte " << i);
        CHECK_FALSE(verify_identity(flipped(payload, i * 8 + 3), noise));
        CHECK_FALSE(verify_identity(payload.substr(0, i), noise));
    }
    CHECK_FALSE(verify_identity(payload + "x", noise));
    CHECK_FALSE(verify_identity(payload, x25519_public(X25519Secret{})));
}

TEST_CASE("a user's genesis is no node's identity") {
    Node node(2);
    UserGenesis user;
    user.created_ms = 1'700'000'000'000;
    user.signing_key = node.signing.public_key();
    node.identity.log.genesis = encode(sign(user, node.signing));
    const std::string payload = must(encode_identity(node.identity));
    CHECK_FALSE(verify_identity(payload, x25519_public(node.identity.noise)));
}

TEST_CASE("versions are negotiated, and without a common one the link ends on both sides") {
    Node a(1);
    Node b(2);
    LinkStart dialer = start_of(LinkRole::dialer, a);
    LinkStart listener = start_of(LinkRole::listener, b);
    SECTION("the highest common one") {
        dialer.hello.protoMax = 5;
        listener.hello.protoMax = 3;
        LinkPair pair(std::move(dialer), std::move(listener));
        pair.run();
        REQUIRE(pair.a.established);
        CHECK(pair.a.established->version == 3);
        CHECK(pair.b.established->version == 3);
    }
    SECTION("none") {
        dialer.hello.protoMin = 2;
        dialer.hello.protoMax = 5;
        LinkPair pair(std::move(dialer), std::move(listener));
        pair.run();
        CHECK(why(pair.a) == ProblemCode::version);
        CHECK(why(pair.b) == ProblemCode::version);
        CHECK_FALSE(pair.a.established);
        CHECK_FALSE(pair.a.closed->is_fault);
        const std::string words = "the dialer speaks 2 to 5, the listener 1 to 1";
        CHECK(pair.a.closed->problem.text.ends_with(words));
        CHECK(pair.b.closed->problem.text.ends_with(words));
        REQUIRE(pair.a.closed->clash);
        REQUIRE(pair.b.closed->clash);
        CHECK(pair.a.closed->clash->uid == b.uid);
        CHECK(pair.b.closed->clash->uid == a.uid);
        CHECK(pair.b.closed->clash->its_max == 5);
        CHECK(pair.b.closed->clash->own_max == 1);
    }
    SECTION("features that the other does not know are no reason") {
        dialer.hello.features = {1, 900, 65'535};
        LinkPair pair(std::move(dialer), std::move(listener));
        pair.run();
        REQUIRE(pair.b.established);
        CHECK(pair.b.established->hello.features.size() == 3);
    }
}

TEST_CASE("frames of every class arrive whole and in their class's order") {
    OpenPair open;
    for (int i = 0; i < 3; ++i) {
        CHECK(open.a().link.send(question(std::to_string(i))) == SendResult::queued);
        CHECK(open.a().link.send({0, Append{.guildUid = filled(1), .logId = 5}}) ==
              SendResult::queued);
        CHECK(open.a().link.send(part(10'000)) == SendResult::queued);
    }
    open.pair->run();
    REQUIRE(open.b().received.size() == 9);
    for (int i = 0; i < 3; ++i) {
        // Control first, then live, then blob: that is the order in which they went.
        CHECK(open.b().received[static_cast<std::size_t>(i)].frame == question(std::to_string(i)));
    }
    CHECK(open.b().received[3].traffic_class == TrafficClass::live);
    CHECK(open.b().received[6].frame == part(10'000));
}

TEST_CASE("a frame larger than a record is put together again, and others overtake it") {
    OpenPair open;
    frames::Snapshot snapshot{.guildUid = filled(1)};
    for (int i = 0; i < 3'000; ++i) snapshot.members.emplace_back(300, static_cast<char>(i));
    const Frame large{1, snapshot};
    CHECK(encode(large).size() > 900'000);
    REQUIRE(open.a().link.send(large) == SendResult::queued);
    open.b().give(open.a().take(), open.pair->now);
    REQUIRE(open.a().link.send(question("first")) == SendResult::queued);
    open.pair->run();
    REQUIRE(open.b().received.size() == 2);
    CHECK(open.b().received[0].frame == question("first"));
    CHECK(open.b().received[1].frame == large);
}

TEST_CASE(
    "frames of every size up to the largest arrive in order, with no more credit than is due") {
    // The largest frame is half the credit, and up to an eighth is gathered before it is given
    // back: neither may ever leave a frame that cannot be finished.
    OpenPair open;
    LinkPair& pair = *open.pair;
    std::uint64_t state = 1;
    auto chance = [&](std::size_t below) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        return static_cast<std::size_t>(state >> 33) % below;
    };
    std::array<std::uint64_t, 4> sent{};
    for (int turn = 0; turn < 600; ++turn) {
        const auto traffic_class = static_cast<TrafficClass>(chance(4));
        const std::size_t bytes_max = limits_of(traffic_class).frame - 600;
        const std::size_t bytes = turn % 5 == 0 ? bytes_max : chance(bytes_max);
        std::string text(bytes, 'x');
        const std::uint64_t number = sent[static_cast<std::size_t>(traffic_class)];
        Frame frame{number, frames::InviteGet{text}};
        if (traffic_class == TrafficClass::live) frame.body = Append{.head = std::move(text)};
        if (traffic_class == TrafficClass::bulk) frame.body = frames::Snapshot{.guild = text};
        if (traffic_class == TrafficClass::blob) frame.body = frames::BlobPart{.data = text};
        while (open.a().link.send(frame) == SendResult::full) {
            pair.now += 1ms;
            pair.run();
        }
        ++sent[static_cast<std::size_t>(traffic_class)];
        if (chance(3) == 0) open.b().give(open.a().take(), pair.now += 1ms);
    }
    pair.run();
    REQUIRE_FALSE(open.b().closed);
    CHECK(open.b().received.size() == 600);
    std::array<std::uint64_t, 4> got{};
    for (const Received& received : open.b().received) {
        CHECK(received.frame.id == got[static_cast<std::size_t>(received.traffic_class)]++);
    }
}

TEST_CASE("a frame larger than its class allows is not queued") {
    OpenPair open;
    const std::string text(limits::kClasses[0].frame, 'x');
    CHECK(open.a().link.send(question(text)) == SendResult::too_large);
    CHECK(open.a().link.state() == LinkState::open);
}

TEST_CASE("numbers of requests are odd for the dialer and even for the listener") {
    OpenPair open;
    CHECK(open.a().link.next_request_id() == 1);
    CHECK(open.a().link.next_request_id() == 3);
    CHECK(open.b().link.next_request_id() == 2);
    CHECK(open.b().link.next_request_id() == 4);
}

TEST_CASE("keys change after their number of records, on both sides") {
    Node a(1);
    Node b(2);
    LinkStart dialer = start_of(LinkRole::dialer, a);
    LinkStart listener = start_of(LinkRole::listener, b);
    bool both = true;
    SECTION("both count alike") { dialer.rekey_records = listener.rekey_records = 3; }
    SECTION("a side that does not is refused") {
        dialer.rekey_records = 3;
        both = false;
    }
    LinkPair pair(std::move(dialer), std::move(listener));
    pair.run();
    for (int i = 0; i < 20 && pair.a.link.state() == LinkState::open; ++i) {
        pair.a.link.send(question("x"));
        pair.run();
    }
    CHECK(pair.b.received.size() == (both ? 20 : 2));
    CHECK(why(pair.b) == (both ? ProblemCode::none : ProblemCode::forged));
}

TEST_CASE("a record cipher changes keys at exactly 2^20 records") {
    CipherState early(SymmetricKey{});
    early.set_nonce(limits::kRekeyRecords - 1);
    RecordCipher sealer(early, limits::kRekeyRecords);
    const std::string last = sealer.seal("last of the first key");
    const std::string next = sealer.seal("first of the second");
    CipherState plain = early;
    CHECK(plain.decrypt_with_ad({}, ByteView(ByteView(last).subspan(2))));
    CHECK_FALSE(plain.decrypt_with_ad({}, ByteView(ByteView(next).subspan(2))));
    plain.rekey();
    CHECK(plain.decrypt_with_ad({}, ByteView(ByteView(next).subspan(2))) == "first of the second");
}

TEST_CASE("an idle link pings, measures, and lives on; its bytes are few") {
    OpenPair open;
    std::size_t bytes = 0;
    LinkPair& pair = *open.pair;
    for (int second = 0; second < 600; ++second) {
        pair.now += 1s;
        for (Side* side : {&pair.a, &pair.b}) {
            side->link.tick(pair.now);
            const std::string out = side->take();
            bytes += out.size();
            (side == &pair.a ? pair.b : pair.a).give(out, pair.now);
        }
    }
    CHECK(open.a().link.state() == LinkState::open);
    CHECK(open.a().link.round_trip().has_value());
    CHECK(bytes / 10 < 512);  // Per minute, both ways.
}

TEST_CASE("a peer that falls silent is dead after a minute") {
    OpenPair open;
    Side& a = open.a();
    const Nanos start = open.pair->now;
    a.link.tick(start + limits::kDeadAfter - 1ns);
    a.collect();
    CHECK_FALSE(a.closed);
    CHECK_FALSE(a.take().empty());  // The ping.
    a.link.tick(start + limits::kDeadAfter);
    a.collect();
    CHECK(why(a) == ProblemCode::timeout);
    CHECK_FALSE(a.closed->is_fault);
    CHECK_FALSE(a.link.next_deadline());
}

TEST_CASE("silence while an answer is awaited is looked into at once, and ends the link soon") {
    OpenPair open;
    Side& a = open.a();
    const Nanos start = open.pair->now + 15s;
    a.link.set_awaiting(true, start);
    a.link.set_awaiting(true, start + 1s);  // Another answer.
    CHECK(a.link.next_deadline() == start + limits::kDoubtAfter);
    a.link.tick(start + limits::kDoubtAfter - 1ns);
    CHECK(a.take(start).empty());
    a.link.tick(start + limits::kDoubtAfter);
    CHECK_FALSE(a.take(start).empty());  // The ping.
    // Who asked may have given up: the ping is awaited all the same.
    a.link.set_awaiting(false, start + limits::kDoubtAfter);
    const Nanos end = start + limits::kDoubtAfter + limits::kProbeTime;
    CHECK(a.link.next_deadline() == end);
    a.link.tick(end - 1ns);
    a.collect();
    CHECK_FALSE(a.closed);
    a.link.tick(end);
    a.collect();
    CHECK(why(a) == ProblemCode::timeout);
    CHECK_FALSE(a.closed->is_fault);
}

TEST_CASE("any byte is a sign of life while an answer is awaited") {
    OpenPair open;
    Side& a = open.a();
    Nanos now = open.pair->now;
    REQUIRE(open.b().link.send(part(40'000)) == SendResult::queued);
    const std::string record = open.b().take();
    a.link.set_awaiting(true, now);
    for (std::size_t i = 0; i < 8; ++i) {
        a.link.tick(now += limits::kDoubtAfter);
        a.link.tick(now += limits::kProbeTime - 1ns);
        a.give(record.substr(i, 1), now);
        CHECK(a.link.next_deadline() == now + limits::kDoubtAfter);
    }
    CHECK_FALSE(a.closed);
}

TEST_CASE("a peer that takes its time over an answer keeps its link") {
    OpenPair open;
    open.a().link.set_awaiting(true, open.pair->now);
    open.pair->pass(10min);
    CHECK(open.a().link.state() == LinkState::open);
    open.a().link.set_awaiting(false, open.pair->now);
    const auto next = open.a().link.next_deadline();
    REQUIRE(next);
    CHECK(*next > open.pair->now + limits::kProbeTime);
}

TEST_CASE("a link that is busy over a slow line is not taken for a dead one") {
    OpenPair open;
    LinkPair& pair = *open.pair;
    for (int i = 0; i < 80; ++i) REQUIRE(open.a().link.send(part(48'000)) == SendResult::queued);
    open.a().link.set_awaiting(true, pair.now);
    // A line of the slowest kind, behind buffers that take all at once.
    std::string line;
    std::size_t longest = 0;
    for (int step = 0; step < 900; ++step) {
        pair.now += 100ms;
        for (Side* side : {&pair.a, &pair.b}) {
            side->link.tick(pair.now);
            side->collect();
        }
        REQUIRE_FALSE(pair.a.closed);
        for (std::string out = pair.a.take(pair.now); !out.empty(); out = pair.a.take(pair.now))
            line += out;
        longest = std::max(longest, line.size());
        const std::size_t carried = std::min<std::size_t>(line.size(), limits::kSlowLineBytes / 10);
        pair.b.give(line.substr(0, carried), pair.now);
        line.erase(0, carried);
        pair.a.give(pair.b.take(pair.now), pair.now);
    }
    CHECK(longest > 3'000'000);
    CHECK(pair.b.received.size() == 80);
    CHECK(pair.a.link.state() == LinkState::open);
}

TEST_CASE("a line slower than the slowest keeps its link while it moves, and no longer") {
    // 128 kbit/s behind the buffer of a socket.
    constexpr std::size_t kStepBytes = 1'600, kBufferBytes = 65'536;
    OpenPair open;
    LinkPair& pair = *open.pair;
    for (int i = 0; i < 20; ++i) REQUIRE(open.a().link.send(part(48'000)) == SendResult::queued);
    open.a().link.set_awaiting(true, pair.now);
    std::string line, output;
    bool was_full = false, moves = true;
    const auto write = [&] {
        while (true) {
            if (output.empty()) output = pair.a.take(pair.now);
            if (output.empty()) return;
            const std::size_t taken = std::min(output.size(), kBufferBytes - line.size());
            if (taken == 0) {
                was_full = true;
                return;
            }
            if (std::exchange(was_full, false)) pair.a.link.note_progress(pair.now);
            line += output.substr(0, taken);
            output.erase(0, taken);
        }
    };
    const auto step = [&] {
        pair.now += 100ms;
        for (Side* side : {&pair.a, &pair.b}) {
            side->link.tick(pair.now);
            side->collect();
        }
        write();
        const std::size_t carried = moves ? std::min(line.size(), kStepBytes) : 0;
        pair.b.give(line.substr(0, carried), pair.now);
        line.erase(0, carried);
        const std::string back = pair.b.take(pair.now);
        if (moves && !back.empty()) pair.a.give(back, pair.now);
    };
    for (int i = 0; i < 400 && !pair.a.closed; ++i) step();
    REQUIRE_FALSE(pair.a.closed);
    CHECK(was_full);
    moves = false;
    // What it had room for last may still be the last byte that it heard of.
    for (int i = 0; i < 400 && !pair.a.closed; ++i) step();
    CHECK(why(pair.a) == ProblemCode::timeout);
    CHECK_FALSE(pair.a.closed->is_fault);
}

TEST_CASE("a handshake that takes ten seconds is given up, silently") {
    Node b(2);
    Side listener(start_of(LinkRole::listener, b));
    CHECK(listener.link.next_deadline() == limits::kHandshakeTimeMax);
    listener.link.tick(limits::kHandshakeTimeMax - 1ns);
    listener.collect();
    CHECK_FALSE(listener.closed);
    listener.link.tick(limits::kHandshakeTimeMax);
    listener.collect();
    CHECK(why(listener) == ProblemCode::timeout);
    CHECK(listener.take().empty());
}

TEST_CASE("after a day the dialer asks for new keys, and what was queued still arrives") {
    OpenPair open;
    open.pair->pass(24h - 1s);
    CHECK(open.a().link.state() == LinkState::open);
    open.b().link.send(question("late"));
    open.a().link.send(question("later"));
    open.pair->pass(2s);
    CHECK(why(open.a()) == ProblemCode::renew);
    CHECK(why(open.b()) == ProblemCode::renew);
    CHECK_FALSE(open.a().closed->by_peer);
    CHECK(open.b().closed->by_peer);
    CHECK_FALSE(open.b().closed->is_fault);
    REQUIRE(open.a().received.size() == 1);
    REQUIRE(open.b().received.size() == 1);
}

TEST_CASE("a link that is closed sends what is queued, then the goodbye") {
    OpenPair open;
    for (int i = 0; i < 60; ++i) REQUIRE(open.a().link.send(part(48'000)) == SendResult::queued);
    for (int i = 0; i < 60; ++i) REQUIRE(open.b().link.send(part(48'000)) == SendResult::queued);
    open.a().link.close({ProblemCode::shutdown, "bye"}, open.pair->now);
    CHECK(open.a().link.send(part(1)) == SendResult::not_open);
    open.pair->run();
    CHECK(open.b().received.size() == 60);
    CHECK(open.a().received.size() == 60);
    REQUIRE(open.b().closed);
    CHECK(open.b().closed->by_peer);
    CHECK(open.b().closed->problem.text == "bye");
    CHECK(why(open.a()) == ProblemCode::shutdown);
}

TEST_CASE("both sides closing at once end in order") {
    OpenPair open;
    open.a().link.close({ProblemCode::shutdown, "a"}, open.pair->now);
    open.b().link.close({ProblemCode::shutdown, "b"}, open.pair->now);
    open.pair->run();
    REQUIRE(open.a().closed);
    REQUIRE(open.b().closed);
    CHECK_FALSE(open.a().closed->is_fault);
    CHECK_FALSE(open.b().closed->is_fault);
}

TEST_CASE("a peer that does not answer a goodbye is left after five seconds") {
    OpenPair open;
    Side& a = open.a();
    a.link.close({ProblemCode::shutdown, ""}, open.pair->now);
    a.take();
    CHECK(a.link.next_deadline() == open.pair->now + limits::kDrainTimeMax);
    a.link.tick(open.pair->now + limits::kDrainTimeMax);
    a.collect();
    CHECK(why(a) == ProblemCode::shutdown);
}

TEST_CASE("of two links dialed at once both sides keep the same one") {
    const Hash32 small = filled(1);
    const Hash32 large = filled(2);
    CHECK(keeps_link(LinkRole::dialer, small, large));
    CHECK(keeps_link(LinkRole::listener, large, small));
    CHECK_FALSE(keeps_link(LinkRole::listener, small, large));
    CHECK_FALSE(keeps_link(LinkRole::dialer, large, small));
}

}  // namespace guildhall::federation
