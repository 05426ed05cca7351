#include "federation/guild_keys.h"

#include "federation/command_call.h"
#include "federation/id_allocator.h"
#include "tests/catch.h"
#include "tests/unit/federation/guild_builder.h"
#include "tests/unit/federation/statements.h"

namespace guildhall::federation {

using namespace testing;

namespace {

std::string text(const Hash32& uid) { return std::string(uid.text()); }

/// A node with one rotation: key(10) signs, then key(11).
struct Rotated {
    TestNode node{10};
    std::string event =
        signed_event(rotation(KeyChain::start(node.log.genesis)->state(), 11, 12), 11);

    protocol::IdentityAdded added() const { return {text(node.uid), node.log.genesis, {}}; }
    protocol::IdentityAdded grown() const { return {text(node.uid), {}, {event}}; }
};

CommandCall command_by(const Hash32& origin, std::uint8_t by) {
    CommandHeader header;
    header.origin_uid = origin;
    header.origin_seq = 1;
    header.client_ts_ms = kNow;
    header.expires_ms = kNow + 1000;
    return read_command(sign_command(header, {}, encode(ApiCall{.method = "POST"}), key(by)))
        .value();
}

}  // namespace

TEST_CASE("a command counts with the key that its origin had at the control log's size") {
    const Rotated rotated;
    GuildKeys keys;
    REQUIRE(keys.add(rotated.added(), 5, kNow));
    REQUIRE(keys.add(rotated.grown(), 9, kNow + 1));
    const CommandCall old_key = command_by(rotated.node.uid, 10);
    const CommandCall new_key = command_by(rotated.node.uid, 11);
    CHECK(keys.origin_key(old_key.facts(), 4) == OriginKey::unknown);
    CHECK(keys.origin_key(old_key.facts(), 5) == OriginKey::valid);
    CHECK(keys.origin_key(old_key.facts(), 8) == OriginKey::valid);
    CHECK(keys.origin_key(old_key.facts(), 9) == OriginKey::invalid);
    CHECK(keys.origin_key(new_key.facts(), 8) == OriginKey::invalid);
    CHECK(keys.origin_key(new_key.facts(), 9) == OriginKey::valid);
    CHECK(keys.origin_key(command_by(filled(3), 10).facts(), 9) == OriginKey::unknown);
    CHECK(keys.key(rotated.node.uid, 0) == key(10).public_key());
    CHECK(keys.key(rotated.node.uid, 1) == key(11).public_key());
    CHECK_FALSE(keys.key(rotated.node.uid, 2));
}

TEST_CASE("under a snapshot any key of an origin counts for the past, the newest from then on") {
    const Rotated rotated;
    protocol::GuildState state;
    state.control_size = 20;
    state.identities.insert_or_assign(
        text(rotated.node.uid),
        protocol::Identity{text(rotated.node.uid), rotated.node.log.genesis, {rotated.event}});
    const auto keys = GuildKeys::from(state, kNow);
    REQUIRE(keys);
    const CommandCall old_key = command_by(rotated.node.uid, 10);
    CHECK(keys->origin_key(old_key.facts(), 19) == OriginKey::valid);
    CHECK(keys->origin_key(old_key.facts(), 20) == OriginKey::invalid);
    CHECK(keys->origin_key(command_by(rotated.node.uid, 11).facts(), 20) == OriginKey::valid);
    CHECK(keys->origin_key(command_by(rotated.node.uid, 12).facts(), 19) == OriginKey::invalid);

    state.identities.insert_or_assign(
        text(filled(3)), protocol::Identity{text(filled(3)), rotated.node.log.genesis, {}});
    CHECK_FALSE(GuildKeys::from(state, kNow));
}

TEST_CASE("a key log that does not hold, or forks, leaves what was known") {
    const Rotated rotated;
    GuildKeys keys;
    CHECK_FALSE(keys.add(rotated.grown(), 1, kNow));
    CHECK_FALSE(keys.add({text(filled(3)), rotated.node.log.genesis, {}}, 1, kNow));
    CHECK_FALSE(keys.add({"short", rotated.node.log.genesis, {}}, 1, kNow));
    CHECK(keys.size() == 0);
    REQUIRE(keys.add(rotated.added(), 1, kNow));
    CHECK_FALSE(keys.add({text(rotated.node.uid), {}, {rotated.event, "event"}}, 2, kNow));
    CHECK(keys.find(rotated.node.uid)->state().seq == 0);
    REQUIRE(keys.add(rotated.grown(), 2, kNow));
    KeyEvent other = rotation(KeyChain::start(rotated.node.log.genesis)->state(), 11, 13);
    CHECK_FALSE(keys.add({text(rotated.node.uid), {}, {signed_event(other, 11)}}, 3, kNow));
    CHECK(keys.find(rotated.node.uid)->log().events.size() == 1);
}

TEST_CASE("a user's key log in a snapshot may name a new home that comes after it") {
    const TestNode home(10), next(20);
    const TestUser user(30, home.uid);
    KeyEvent move = rotation(KeyChain::start(user.log.genesis)->state(), 31, 32);
    move.target = *KeyTarget::from(next.uid.text());
    SignedKeyEvent signed_move = sign(move, key(31));
    signed_move.consent = consent_to_move(signed_move.bytes, 0, next.signing);
    protocol::GuildState state;
    state.control_size = 1;
    for (const TestNode* node : {&home, &next})
        state.identities.insert_or_assign(
            text(node->uid), protocol::Identity{text(node->uid), node->log.genesis, {}});
    state.identities.insert_or_assign(
        text(user.uid),
        protocol::Identity{text(user.uid), user.log.genesis, {encode(signed_move)}});
    const auto keys = GuildKeys::from(state, kNow);
    REQUIRE(keys);
    CHECK(keys->find(user.uid)->home() == next.uid);
    CHECK_FALSE(keys->key(user.uid, 0));
    state.identities.erase(text(next.uid));
    CHECK_FALSE(GuildKeys::from(state, kNow));
}

TEST_CASE("an entry is fine with its user's signed command and forged with anybody else's") {
    using namespace protocol;
    const TestNode home(10);
    GuildBuilder guild;
    guild.add(IdentityAdded{text(home.uid), home.log.genesis, {}});
    guild.add_member(2000, text(home.uid));
    const ChannelId channel = guild.add_channel(50);
    const auto keys = GuildKeys::from(guild.state, GuildBuilder::kStart);
    REQUIRE(keys);

    CommandHeader header;
    header.guild_uid = guild.uid;
    header.origin_uid = home.uid;
    header.origin_seq = 1;
    header.actor = 2000;
    header.channel = channel.value;
    header.client_ts_ms = GuildBuilder::kStart;
    header.expires_ms = GuildBuilder::kStart + 60'000;
    const ApiCall call{.method = "POST",
                       .route = "/channels/{channel_id}/messages",
                       .params = {channel.str()},
                       .json = R"({"content":"hello"})"};
    const auto verdict = [&](std::uint8_t by) {
        const auto command = read_command(sign_command(header, {}, encode(call), key(by)));
        REQUIRE(command);
        Message message;
        message.id = MessageId(first_id_at(GuildBuilder::kStart) |
                               std::uint64_t{id_tag(guild.uid)} << 10 | 5);
        message.channelId = channel;
        message.authorId = UserId(2000);
        message.content = "hello";
        const Event event = MessageCreated{message};
        EntryHeader entry;
        entry.kind = kind_of(event);
        entry.log_id = log_of(event);
        entry.ts_ms = GuildBuilder::kStart;
        entry.object_id = object_of(event);
        entry.control_seq = guild.state.control_size;
        entry.command_hash = command->command.hash();
        const auto origin_key = [&](const CommandFacts& facts, std::uint64_t size) {
            return keys->origin_key(facts, size);
        };
        const auto stranger = [](UserId) -> std::optional<std::string> { return std::nullopt; };
        const CommandFacts facts = command->facts();
        return check_entry(entry,
                           &event,
                           &facts,
                           {guild.state, guild.uid, origin_key, stranger, nullptr, 0})
            .verdict;
    };
    CHECK(verdict(10) == EntryVerdict::fine);
    CHECK(verdict(11) == EntryVerdict::forged);
}

}  // namespace guildhall::federation
