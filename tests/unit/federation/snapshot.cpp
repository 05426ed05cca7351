#include "federation/snapshot.h"

#include "protocol/event_codec.h"
#include "tests/catch.h"
#include "tests/unit/federation/guild_builder.h"

#include <memory>

namespace guildhall::federation {

using namespace testing;
using namespace protocol;

namespace {

const std::string kTwo = GuildBuilder::node(2);

/// A guild with something of everything.
GuildBuilder full_guild(std::size_t members) {
    GuildBuilder guild;
    const RoleId role = guild.add_role(20, permissions::kManageMessages, 1);
    guild.add_channel(50);
    guild.add_channel(51, {{Snowflake(20), OverwriteType::role, 1024, 0}});
    guild.add(CommandsSet{ApplicationId(7),
                          {{CommandId(2), ApplicationId(7), Snowflake(1), "{}"},
                           {CommandId(1), ApplicationId(7), Snowflake(1), "{}"}}});
    guild.add(IdentityAdded{kTwo, "genesis", std::vector<std::string>(8, "event")});
    guild.add(NodeBanned{GuildBuilder::node(3), "three.example", UserId(1000)});
    guild.add(HostingPolicySet{{kTwo}, 1, 1000, UserId(1000)});
    for (std::size_t i = 0; i < members; ++i) {
        guild.add_member(2000 + i,
                         i % 100 == 0 ? kTwo : std::string(),
                         i % 3 == 0 ? std::vector<RoleId>{role} : std::vector<RoleId>());
    }
    return guild;
}

GuildSnapshot snapshot_of(const GuildState& state) {
    return std::make_shared<const GuildState>(state);
}

std::vector<SnapshotPiece> pieces_of(const GuildState& state) {
    const SnapshotWriter writer(snapshot_of(state), kTwo);
    std::vector<SnapshotPiece> out;
    for (std::uint32_t i = 0; i < writer.pieces(); ++i) out.push_back(writer.make(i));
    return out;
}

/// Whether all pieces were taken.
bool read(const std::vector<SnapshotPiece>& pieces, SnapshotReader& reader) {
    for (const auto& piece : pieces) {
        if (!reader.add(piece)) return false;
    }
    return reader.is_complete();
}

std::size_t size_of(const std::vector<std::string>& list) {
    std::size_t sum = 0;
    for (const auto& bytes : list) sum += bytes.size();
    return sum;
}

}  // namespace

TEST_CASE("a guild of ten thousand members comes back from its pieces, each fit for a frame") {
    const auto guild = full_guild(10000);
    const auto pieces = pieces_of(guild.state);
    CHECK(pieces.size() > 10);
    CHECK(pieces.front().basePieces == 1);
    SnapshotReader reader;
    for (const auto& piece : pieces) {
        CHECK(size_of(piece.members) <= kPieceBytesMax);
        REQUIRE(reader.add(piece));
        CHECK(reader.is_usable());
    }
    REQUIRE(reader.is_complete());
    CHECK(reader.state() == guild.state);
    CHECK(difference(reader.state(), guild.state).empty());
    CHECK(state_root(reader.state()) == state_root(guild.state));
}

TEST_CASE("the first piece has the owner and the asker's own users") {
    const auto guild = full_guild(300);
    SnapshotReader reader;
    REQUIRE(reader.add(pieces_of(guild.state).front()));
    CHECK(reader.is_usable());
    CHECK(reader.state().members.size() == 4);
    CHECK(reader.state().members.find(UserId(1000)));
    CHECK(reader.state().members.find(UserId(2100)));
    CHECK(!reader.state().members.find(UserId(2101)));
    CHECK(reader.state().roles == guild.state.roles);
    CHECK(reader.state().hosting == guild.state.hosting);
}

TEST_CASE("a base beyond one frame takes several pieces, and the guild is usable after them") {
    auto guild = full_guild(50);
    for (std::uint64_t i = 0; i < 200; ++i) {
        Channel channel;
        channel.id = ChannelId(100 + i);
        channel.topic = std::string(1000, 't');
        guild.add(ChannelCreated{channel});
    }
    guild.add(IdentityAdded{
        GuildBuilder::node(4), "genesis", std::vector<std::string>(30, std::string(8192, 'e'))});
    const auto pieces = pieces_of(guild.state);
    const std::uint32_t base = pieces.front().basePieces;
    CHECK(base > 5);
    SnapshotReader reader;
    for (const auto& piece : pieces) {
        REQUIRE(reader.add(piece));
        CHECK(reader.is_usable() == (piece.piece + 1 >= base));
    }
    CHECK(reader.is_complete());
    CHECK(reader.state() == guild.state);
}

TEST_CASE(
    "replaying the control log to the snapshot's size gives its root, and no other size does") {
    const auto guild = full_guild(40);
    SnapshotReader reader;
    REQUIRE(read(pieces_of(guild.state), reader));
    const Hash32 root = state_root(reader.state());
    GuildState replayed;
    for (std::size_t i = 0; i < guild.events.size(); ++i) {
        CHECK(state_root(replayed) != root);
        protocol::apply(replayed, decode_event(encode(guild.events[i])).value());
    }
    CHECK(replayed.control_size == reader.state().control_size);
    CHECK(state_root(replayed) == root);
}

TEST_CASE("a snapshot with anything altered has another root") {
    const auto guild = full_guild(40);
    const Hash32 root = state_root(guild.state);
    const auto altered = [&](Event event) {
        GuildState state = guild.state;
        protocol::apply(state, event);
        state.control_size = guild.state.control_size;
        CHECK(state_root(state) != root);
        CHECK(!difference(state, guild.state).empty());
    };
    Role role = *guild.state.roles.find(RoleId(20));
    role.permissions |= permissions::kAdministrator.bits;
    altered(RoleUpdated{role});
    altered(NodeUnbanned{GuildBuilder::node(3), {}});
    altered(MemberLeft{UserId(2001), LeaveCause::left, {}});
    altered(MemberMoved{UserId(2001), kTwo});
    altered(ChannelDeleted{ChannelId(51)});
    altered(CommandsSet{ApplicationId(7), {}});
    altered(IdentityAdded{kTwo, {}, {"event"}});
    altered(HostingPolicySet{{}, 0, 0, {}});
    Guild settings = guild.state.guild;
    settings.ownerId = UserId(2001);
    altered(GuildUpdated{settings});
}

TEST_CASE("bans and invites are the admin log's and leave the root alone") {
    const auto guild = full_guild(3);
    GuildState state = guild.state;
    state.bans.insert_or_assign(UserId(5), Ban{UserId(5), "reason", UserId(1000)});
    CHECK(state_root(state) == state_root(guild.state));
}

TEST_CASE("pieces out of order, doubled, missing or disagreeing are refused") {
    const auto guild = full_guild(2000);
    const auto good = pieces_of(guild.state);
    REQUIRE(good.size() >= 4);
    const auto refused = [&](auto change) {
        auto pieces = good;
        change(pieces);
        SnapshotReader reader;
        CHECK(!read(pieces, reader));
    };
    refused([](auto& p) { std::swap(p[1], p[2]); });
    refused([](auto& p) { p.erase(p.begin() + 2); });
    refused([](auto& p) { p.erase(p.begin()); });
    refused([](auto& p) { p.insert(p.begin() + 2, p[2]); });
    refused([](auto& p) { p.pop_back(); });
    refused([](auto& p) { p.push_back(p.back()); });
    refused([](auto& p) { p[1].controlSize += 1; });
    refused([](auto& p) { p[1].guildUid = filled(7); });
    refused([](auto& p) {
        for (auto& piece : p) piece.guildUid = filled(7);
    });
    refused([](auto& p) { p[2].memberCount += 1; });
    refused([](auto& p) { p[2].pieces += 1; });
    refused([](auto& p) { p[1].members.pop_back(); });
    refused([](auto& p) { p[1].members.push_back(p[1].members.front()); });
    refused([](auto& p) { std::swap(p[1].members[0], p[1].members[1]); });
    refused([](auto& p) { p[1].members.clear(); });
    refused([](auto& p) { p[0].roles.push_back(p[0].roles.front()); });
    refused([](auto& p) { p[0].guild.clear(); });
    refused([](auto& p) { p[1].guild = p[0].guild; });
    refused([](auto& p) { p[0].basePieces = 0; });
    refused([](auto& p) {
        for (auto& piece : p) piece.basePieces = piece.pieces + 1;
    });
    refused([](auto& p) {
        for (auto& piece : p) piece.controlSize = 0;
    });
    refused([](auto& p) { p[1].members.push_back(std::string(kPieceBytesMax * 3, ' ')); });
    // A member of the base who is on no page.
    refused([](auto& p) {
        Member stranger;
        stranger.userId = UserId(1);
        p[0].members.push_back(encode_object(stranger));
    });
}

}  // namespace guildhall::federation
