// Who holds copies of a guild: successors sign what they stored, the host shows it, and believes
// nobody else.
#include "node/peering/host/copies.h"

#include "federation/cosign.h"
#include "tests/catch.h"
#include "tests/unit/peering/far_guild.h"
#include "tests/unit/peering/hosted.h"

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;

namespace {

services::Held held_at(FedNodes& world, FedNode& host, GuildId guild) {
    auto& succession = host.core().peering->succession();
    base::Shard& shard = host.core().shards.at(0);
    auto held = world.wait(shard, succession.held(shard, guild));
    REQUIRE(held);
    return *held;
}

}  // namespace

TEST_CASE("a host shows how much of a guild its successors have signed that they stored") {
    FarGuild s(3);
    const json::array heirs{json::string(federation::to_hex(s.world[1].uid()))};
    s.world[0].ok(Method::patch, s.guild_path() + "/hosting", s.people[0], {{"successors", heirs}});
    const auto say = [&](const std::string& text) {
        s.world[0].ok(Method::post, s.messages(), s.people[0], {{"content", text}});
    };
    const auto shown = [&] {
        return s.world[0].ok(Method::get, s.guild_path() + "/hosting", s.people[0]).as_object();
    };
    const auto has_all = [&] {
        const auto now = shown();
        const auto& heir = now.at("successors").as_array().at(0).as_object();
        return heir.at("held_logs") == now.at("logs") &&
               heir.at("held_entries") == now.at("entries") && heir.at("held_at").is_string();
    };
    say("one");
    const bool came = s.world.run_until(has_all, 60s);
    INFO(json::serialize(shown()) << "\n" << s.world.logs());
    REQUIRE(came);

    // What it missed it has not signed, and what it comes back for it signs again.
    s.world[1].crash();
    say("two");
    s.world.advance(3s);
    CHECK_FALSE(has_all());
    s.world[1].start();
    CHECK(s.world.run_until(has_all, 60s));
    // A host that forgot is told again.
    s.world[0].crash();
    s.world[0].start();
    CHECK(s.world.run_until(has_all, 90s));
    // Mirrors do not know, and do not say.
    const auto there = s.world[2].ok(Method::get, s.guild_path() + "/hosting", s.people[2]);
    CHECK_FALSE(there.as_object().contains("logs"));
}

TEST_CASE("a log whose past is not all here keeps no other from being signed in time") {
    FarGuild s(2);
    const auto other = s.world[0].ok(
        Method::post, s.guild_path() + "/channels", s.people[0], {{"name", "b"}, {"type", 0}});
    const auto there = *protocol::parse_id<ChannelId>(other.at("id").as_string());
    const json::array heirs{json::string(federation::to_hex(s.world[1].uid()))};
    s.world[0].ok(Method::patch, s.guild_path() + "/hosting", s.people[0], {{"successors", heirs}});
    const auto say = [&](const std::string& where) {
        s.world[0].ok(Method::post, where, s.people[0], {{"content", "more"}});
    };
    say(s.messages());
    const std::string unfinished = "/api/v10/channels/" + there.str() + "/messages";
    say(unfinished);
    s.world.advance(20s);
    auto* log = s.world[1].core().peering->mirrors().find(s.guild)->find(there.value);
    REQUIRE(log != nullptr);
    log->first = 1;
    say(unfinished);
    // Longer than its turn, shorter than until the next.
    s.world.advance(3s);
    const auto stored = [&] { return held_at(s.world, s.world[0], s.guild).by.at(0).stored_ms; };
    const auto before = stored();
    say(s.messages());
    s.world.advance(2s);
    CHECK(stored() > before);
}

TEST_CASE("a busy log is signed about once a second, an idle one never") {
    FarGuild s(2);
    const json::array heirs{json::string(federation::to_hex(s.world[1].uid()))};
    s.world[0].ok(Method::patch, s.guild_path() + "/hosting", s.people[0], {{"successors", heirs}});
    s.world.advance(20s);
    const auto stored = [&] { return held_at(s.world, s.world[0], s.guild).by.at(0).stored_ms; };
    const auto before = stored();
    s.world.advance(10min);
    CHECK(stored() == before);
    std::set<protocol::UnixMs> times;
    for (int i = 0; i < 50; ++i) {
        s.world[0].ok(Method::post, s.messages(), s.people[0], {{"content", "again"}});
        s.world.advance(100ms);
        times.insert(stored());
    }
    CHECK(times.size() >= 3);
    CHECK(times.size() <= 8);
}

TEST_CASE("a cosignature counts for who signs it, a successor, and for logs that there are") {
    Hosted hall;
    const auto channel = hall.channel("open");
    hall.post(channel, 3);
    EvilPeer heir(hall.world, "m.example", 7), guest(hall.world, "n.example", 8);
    hall.join(heir, 21);
    hall.join(guest, 22);
    heir.open(hall.node());
    guest.open(hall.node());
    hall.world.advance(1s);
    hall.node().ok(Method::patch,
                   "/api/v10/guilds/" + hall.guild.str() + "/hosting",
                   hall.owner,
                   {{"successors", json::array{json::string(f::to_hex(heir.uid()))}}});
    Copy copy(hall, heir), other(hall, guest);
    REQUIRE(copy.subscribe());
    REQUIRE(other.subscribe());
    REQUIRE(copy.reaches(channel.value, 3));
    const f::Head head = copy.logs.at(channel.value).head()->head;
    const auto cosign = [&](EvilPeer& peer, f::Cosignature word, const f::SecretKey& key) {
        frames::Ack ack;
        ack.guildUid = hall.uid();
        ack.cosignature = f::encode(f::sign(word, key));
        peer.send(ack);
        hall.world.advance(1s);
        return held_at(hall.world, hall.node(), hall.guild).by.at(0).entries;
    };
    const auto now = hall.world.clock.unix_ms();
    // No successor; another's name; another's key.
    CHECK(cosign(guest, {guest.uid(), head, now}, guest.key()) == 0);
    CHECK(cosign(guest, {heir.uid(), head, now}, guest.key()) == 0);
    CHECK(cosign(heir, {heir.uid(), head, now}, guest.key()) == 0);
    // More than there is, and something else than there is.
    f::Head wrong = head;
    wrong.root.fill(7);
    CHECK(cosign(heir, {heir.uid(), wrong, now}, heir.key()) == 0);
    CHECK(cosign(heir, {heir.uid(), head, now}, heir.key()) == head.size);
    wrong = head;
    wrong.size = 1000;
    CHECK(cosign(heir, {heir.uid(), wrong, now}, heir.key()) == 0);
}
