#include "federation/entry_check.h"
#include "tests/catch.h"
#include "tests/unit/federation/guild_builder.h"
#include "tests/unit/federation/statements.h"

namespace guildhall::federation {

using namespace testing;
using namespace protocol;

namespace {

const std::string kTwo = GuildBuilder::node(2), kThree = GuildBuilder::node(3);
constexpr UserId kRemote{1002};

/// What a mirror says of an entry whose event no command caused.
EntryVerdict judge(const GuildBuilder& guild, const Event& event) {
    EntryHeader header;
    header.kind = kind_of(event);
    header.log_id = log_of(event);
    header.seq = 100;
    header.ts_ms = GuildBuilder::kStart;
    header.object_id = object_of(event);
    const auto no_key = [](const CommandFacts&, std::uint64_t) { return OriginKey::unknown; };
    const auto no_home = [](UserId) -> std::optional<std::string> { return std::nullopt; };
    const EntryWorld world{guild.state, guild.uid, no_key, no_home};
    return check_entry(header, &event, nullptr, world).verdict;
}

}  // namespace

TEST_CASE("what changes a guild is about that guild, which is born once") {
    GuildBuilder guild;
    Guild other = guild.state.guild;
    other.name = "Renamed";
    CHECK(judge(guild, GuildUpdated{other}) == EntryVerdict::fine);
    other.id = GuildId(other.id.value + 1);
    CHECK(judge(guild, GuildUpdated{other}) == EntryVerdict::malformed);
    other = guild.state.guild;
    other.uid = GuildBuilder::node(9);
    CHECK(judge(guild, GuildUpdated{other}) == EntryVerdict::malformed);
    Channel channel;
    CHECK(judge(guild, ChannelUpdated{channel}) == EntryVerdict::malformed);
    CHECK(judge(guild, ChannelDeleted{ChannelId(1)}) == EntryVerdict::malformed);
    CHECK(judge(guild, GuildCreated{guild.state.guild, "", "", {}}) == EntryVerdict::malformed);
}

TEST_CASE("a host does not make members of other nodes its own") {
    GuildBuilder guild;
    guild.add_member(kRemote.value, kTwo);
    Member taken = *guild.state.members.find(kRemote);
    taken.nick = "nick";
    CHECK(judge(guild, MemberUpdated{taken}) == EntryVerdict::fine);
    taken.homeUid.clear();
    CHECK(judge(guild, MemberUpdated{taken}) == EntryVerdict::forged);
    CHECK(judge(guild, MemberJoined{taken, "code"}) == EntryVerdict::forged);
}

TEST_CASE("a member moves when its own key log in the guild says so") {
    GuildBuilder guild;
    const TestNode two(60);
    const TestUser user(70, two.uid);
    const UserId id(must(derived_id(user.uid, kNow)).value);
    guild.add_member(id.value, std::string(two.uid.text()));
    guild.add_member(kRemote.value, kTwo);
    const Event moved = MemberMoved{id, kThree};
    CHECK(judge(guild, moved) == EntryVerdict::forged);

    const auto bring = [&](const std::string& home) {
        KeyState state;
        state.subject_uid = user.uid;
        state.last_hash = user.uid;
        KeyEvent event = rotation(state, 71, 72);
        event.target = must(KeyTarget::from(home));
        const std::string uid(user.uid.text());
        guild.add(IdentityAdded{uid, user.log.genesis, {signed_event(event, 71)}});
    };
    bring(kTwo);
    CHECK(judge(guild, moved) == EntryVerdict::forged);
    bring(kThree);
    CHECK(judge(guild, moved) == EntryVerdict::fine);
    CHECK(judge(guild, MemberMoved{kRemote, kThree}) == EntryVerdict::forged);
}

}  // namespace guildhall::federation
