#include "node/gateway/feed.h"
#include "node/gateway/position.h"
#include "node/gateway/ring.h"
#include "node/gateway/snapshot.h"
#include "tests/catch.h"

using namespace guildhall;
using gateway::Position;
using gateway::RecordKind;
using gateway::Ring;
using gateway::SlotSet;
using gateway::Snapshot;

namespace {

gateway::RecordRef record(const std::string& d) {
    return gateway::make_record("X", d, RecordKind::ephemeral);
}

}  // namespace

TEST_CASE("a ring counts on when it is full and keeps the newest") {
    Ring ring;
    for (std::size_t i = 1; i <= gateway::limits::kRingMax + 10; ++i) {
        CHECK(ring.push(record(std::to_string(i))) == i);
    }
    CHECK(ring.size() == gateway::limits::kRingMax);
    CHECK(ring.first() == 11);
    CHECK(ring.at(11)->data() == "11");
    CHECK(ring.at(ring.last())->data() == std::to_string(ring.last()));
}

TEST_CASE("a ring forgets what was acknowledged and goes on after it") {
    Ring ring;
    for (int i = 1; i <= 20; ++i) ring.push(record(std::to_string(i)));
    ring.drop_through(15);
    CHECK(ring.first() == 16);
    CHECK(ring.at(16)->data() == "16");
    ring.drop_through(100);
    CHECK(ring.size() == 0);
    CHECK(ring.last() == 20);
    CHECK(ring.push(record("21")) == 21);
    CHECK(ring.at(21)->data() == "21");
    ring.drop_through(0);
    CHECK(ring.size() == 1);
}

TEST_CASE("a dispatch that cannot be given again empties the ring and is counted") {
    Ring ring;
    CHECK(ring.skip() == 1);
    CHECK(ring.skip() == 2);
    CHECK(ring.first() == 3);
    CHECK(ring.last() == 2);
    CHECK(ring.push(record("3")) == 3);
    CHECK(ring.skip() == 4);
    CHECK(ring.size() == 0);
    CHECK(ring.push(record("5")) == 5);
    CHECK(ring.at(5)->data() == "5");
}

TEST_CASE("a set of slots is one of numbers") {
    SlotSet a, b;
    for (const std::uint32_t n : {0u, 63u, 64u, 1000u}) a.set(n);
    for (const std::uint32_t n : {63u, 64u, 2000u}) b.set(n);
    SlotSet both = a;
    both &= b;
    SlotSet either = a;
    either |= b;
    SlotSet only = a;
    only -= b;
    const auto list = [](const SlotSet& set) {
        std::vector<std::uint32_t> out;
        set.for_each([&](std::uint32_t n) { out.push_back(n); });
        return out;
    };
    CHECK(list(both) == std::vector<std::uint32_t>{63, 64});
    CHECK(list(either) == std::vector<std::uint32_t>{0, 63, 64, 1000, 2000});
    CHECK(list(only) == std::vector<std::uint32_t>{0, 1000});
    only.clear(0);
    only.clear(1000);
    only.clear(5000);
    CHECK(only.empty());
    CHECK_FALSE(a.test(5));
    CHECK(a.test(1000));
}

TEST_CASE("a position covers what was before it and what it saw in its millisecond") {
    const protocol::GuildId guild(1);
    Position p;
    p.advance({guild, 5, 7, 100});
    p.advance({guild, 6, 1, 100});
    p.advance({guild, 5, 8, 100});
    CHECK(p.covers({guild, 9, 99, 99}));
    CHECK(p.covers({guild, 5, 8, 100}));
    CHECK_FALSE(p.covers({guild, 5, 9, 100}));
    CHECK_FALSE(p.covers({guild, 7, 0, 100}));
    CHECK_FALSE(p.covers({guild, 5, 9, 101}));
    p.advance({guild, 7, 0, 102});
    CHECK(p.covers({guild, 5, 9, 101}));
}

TEST_CASE("a session is read back as it was written, and damage is noticed") {
    Snapshot in;
    in.who.user = protocol::UserId(0x7fffffffffffffff);
    in.who.token.fill(7);
    in.who.intents = 33281;
    in.who.bot = true;
    in.last = 12;
    in.first = 10;
    in.slots = {{RecordKind::entry, 1, {protocol::GuildId(5), 6, 70, 800}, {}, {}},
                {RecordKind::ephemeral, 0, {}, {}, {}},
                {RecordKind::blanked, 0, {protocol::GuildId(5), 0, 3, 801}, {}, {}}};
    in.guilds = {{protocol::GuildId(5), Position{801, {{0, 3}}}}};
    in.presence = {"dnd", "[]"};
    in.subscribed = {protocol::GuildId(5)};
    const std::string bytes = encode(in);
    const auto out = gateway::decode_snapshot(bytes);
    REQUIRE(out);
    CHECK(out->who.user == in.who.user);
    CHECK(out->who.token == in.who.token);
    CHECK(out->who.intents == 33281);
    CHECK(out->slots.size() == 3);
    CHECK(out->slots[0].part == 1);
    CHECK(out->slots[2].source.ts_ms == 801);
    CHECK(out->guilds[0].second.covers({protocol::GuildId(5), 0, 3, 801}));
    CHECK(out->presence.status == "dnd");
    for (std::size_t n = 0; n < bytes.size(); ++n) {
        CHECK_FALSE(gateway::decode_snapshot(std::string_view(bytes).substr(0, n)));
    }
    CHECK_FALSE(gateway::decode_snapshot(bytes + "x"));
}
