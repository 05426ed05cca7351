// What one host or one link does wrong is that one's: other guilds, of other hosts and of the same,
// go on.
#include "federation/command_call.h"
#include "federation/receipt.h"
#include "tests/catch.h"
#include "tests/unit/peering/evil_host.h"

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;
using protocol::MessageCreated;

namespace {

using Method = base::http::Method;

struct Place {
    protocol::GuildId guild;
    protocol::ChannelId channel;

    std::string messages() const { return "/api/v10/channels/" + channel.str() + "/messages"; }
};

bool is_shown(FedNode& node, const Person& who, const Place& place, const std::string& text) {
    const Answer got = node.call(Method::get, place.messages(), who);
    return got.status == 200 && got.body.find(text) != std::string::npos;
}

int say(FedNode& node, const Person& who, const Place& place, const std::string& text) {
    return node.call(Method::post, place.messages(), who, {{"content", text}}).status;
}

/// A guild on a node, and bob of the mirror in it.
Place make_guild(EvilHost& s, FedNode& node, const Person& owner) {
    Place out;
    const auto made = node.ok(Method::post, "/api/v10/guilds", owner, {{"name", "Other"}});
    out.guild = *protocol::parse_id<protocol::GuildId>(made.at("id").as_string());
    const auto room = node.ok(Method::post,
                              "/api/v10/guilds/" + out.guild.str() + "/channels",
                              owner,
                              {{"name", "general"}});
    out.channel = *protocol::parse_id<protocol::ChannelId>(room.at("id").as_string());
    const auto invite = node.ok(
        Method::post, "/api/v10/channels/" + out.channel.str() + "/invites", owner, json::object{});
    s.mirror().ok(
        Method::post,
        "/api/v10/invites/" + std::string(invite.at("code").as_string()) + "@" + node.name(),
        s.bob,
        json::object{});
    REQUIRE(say(node, owner, out, "welcome") == 200);
    REQUIRE(s.world.run_until([&] { return is_shown(s.mirror(), s.bob, out, "welcome"); }));
    s.world.advance(5s);
    return out;
}

/// The host writes what bob asks for, as an honest one does: the entry, and a receipt for it.
void obey(EvilHost& s, const std::string& text) {
    s.meddle = [&s, text](const f::Frame& frame) {
        const auto* asked = std::get_if<f::CommandFrame>(&frame.body);
        if (!asked) return false;
        const f::SignedCommand command = f::command_of(*asked).value();
        const f::Append batch =
            s.next(MessageCreated{s.message(text, s.bob.id)}, EvilHost::under(command));
        s.evil->send(batch);
        f::Receipt receipt;
        receipt.guild_uid = s.guild_uid;
        receipt.command_hash = command.hash();
        receipt.log_id = batch.logId;
        receipt.seq = batch.firstSeq;
        receipt.leaf = f::leaf_hash(f::ByteView(batch.entries[0].header));
        receipt.ts_ms = s.world.clock.unix_ms();
        f::CommandResult result;
        result.status = 200;
        result.json = "{}";
        result.receipt = f::encode(f::sign(receipt, s.identity->key));
        s.evil->send(result, frame.id);
        return true;
    };
}

/// From now on the host is spoken for in another guild; before turn(), which reads its logs.
void speak_of(EvilHost& s, const Place& place) {
    s.guild = place.guild;
    s.channel = place.channel;
    s.guild_uid = *f::Hash32::from(std::string_view(s.mirror().guild(place.guild)->guild.uid));
}

}  // namespace

TEST_CASE("a guild that is frozen is so alone: others of its host and of other nodes go on") {
    EvilHost s(3);
    FedNode& third = s.world[2];
    const Person carol = third.add_user("carol");
    const Place lied_to{s.guild, s.channel};
    const f::Hash32 lied_uid = s.guild_uid;
    const Place same_host = make_guild(s, s.host(), s.owner);
    const Place elsewhere = make_guild(s, third, carol);
    const auto role = [&](const Place& place) { return s.mirror().view().role(place.guild); };

    // What the mirror holds of the one guild is denied to it under the host's own signature.
    f::Head denied{lied_uid, 0, lied_to.channel.value};
    s.bend = [&](f::frames::Subscribed& out) {
        for (const auto& log : out.logs)
            if (out.guildUid == lied_uid && log.logId == denied.log_id) denied.size = log.size;
    };
    speak_of(s, same_host);
    s.turn();
    REQUIRE(s.world.run_until([&] { return s.subscribed >= 2 && denied.size > 0; }));
    s.world.advance(1s);
    denied.root = f::sha256(std::string_view("another history"));
    denied.ts_ms = s.world.clock.unix_ms();
    f::frames::Heads heads;
    heads.guildUid = lied_uid;
    heads.heads = {s.sign(denied)};
    s.send(heads);
    INFO(s.world.logs());
    REQUIRE(role(lied_to) == journal::GuildRole::frozen);
    CHECK(evidence_kinds(s.mirror(), lied_to.guild).size() == 1);

    // Of the same host, which is honest there: posts come, and writes work.
    s.send(s.next(MessageCreated{s.message("still here", s.owner.id)}));
    CHECK(is_shown(s.mirror(), s.bob, same_host, "still here"));
    obey(s, "hello owner");
    CHECK(say(s.mirror(), s.bob, same_host, "hello owner") == 200);
    s.world.advance(1s);
    CHECK(is_shown(s.mirror(), s.bob, same_host, "hello owner"));
    CHECK(role(same_host) == journal::GuildRole::mirrored);
    CHECK(evidence_kinds(s).empty());

    // Of another node, both ways.
    CHECK(say(third, carol, elsewhere, "hello bob") == 200);
    CHECK(s.world.run_until([&] { return is_shown(s.mirror(), s.bob, elsewhere, "hello bob"); }));
    CHECK(say(s.mirror(), s.bob, elsewhere, "hello carol") == 200);
    CHECK(is_shown(third, carol, elsewhere, "hello carol"));
    CHECK(role(elsewhere) == journal::GuildRole::mirrored);

    // The one that froze stays so, and is read on.
    CHECK(role(lied_to) == journal::GuildRole::frozen);
    CHECK(is_shown(s.mirror(), s.bob, lied_to, "present"));
    CHECK(say(s.mirror(), s.bob, lied_to, "hello?") == 503);
}
