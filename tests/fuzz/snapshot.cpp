// Pieces of a snapshot with any part of them changed. What is taken whole is a state that makes
// pieces of its own, from which the same state comes back.
#include "federation/snapshot.h"

#include "protocol/check.h"
#include "tests/unit/federation/guild_builder.h"

#include <memory>

using namespace guildhall;
using namespace guildhall::federation;
using namespace guildhall::federation::testing;

namespace {

std::vector<SnapshotPiece> pieces_of(const protocol::GuildState& state) {
    const SnapshotWriter writer(std::make_shared<const protocol::GuildState>(state), "asker");
    std::vector<SnapshotPiece> out;
    for (std::uint32_t i = 0; i < writer.pieces(); ++i) out.push_back(writer.make(i));
    return out;
}

const std::vector<SnapshotPiece>& honest() {
    static const auto made = [] {
        GuildBuilder guild;
        guild.add_channel(50);
        const auto role = guild.add_role(20, protocol::permissions::kNone, 1);
        using protocol::ApplicationId;
        using protocol::CommandId;
        guild.add(protocol::CommandsSet{
            ApplicationId(7), {{CommandId(1), ApplicationId(7), protocol::Snowflake(1), "{}"}}});
        guild.add(protocol::IdentityAdded{GuildBuilder::node(2), "genesis", {"a", "b", "c", "d"}});
        guild.add(protocol::NodeBanned{GuildBuilder::node(3), "three.example", {}});
        for (std::uint64_t i = 0; i < 5; ++i)
            guild.add_member(2000 + i, GuildBuilder::node(2), {role});
        return pieces_of(guild.state);
    }();
    return made;
}

void disturb(ByteReader& in, std::vector<std::string>& list) {
    const auto how = in.get<std::uint8_t>() % 8;
    if (how == 7) {
        const std::size_t size = in.get<std::uint16_t>();
        list.emplace_back(in.take(std::min(size, in.left())).text());
    }
    if (list.empty()) return;
    std::string& bytes = list[in.get<std::uint8_t>() % list.size()];
    if (how == 6) list.pop_back();
    if (how == 5) list.push_back(list.front());
    if (how == 4 && !bytes.empty()) {
        const std::size_t at = in.get<std::uint16_t>() % bytes.size();
        bytes[at] = static_cast<char>(in.get<std::uint8_t>());
    }
}

void disturb(ByteReader& in, SnapshotPiece& piece) {
    for (auto* list : {&piece.roles,
                       &piece.channels,
                       &piece.commands,
                       &piece.identities,
                       &piece.nodeBans,
                       &piece.members})
        disturb(in, *list);
    const auto numbers = in.get<std::uint8_t>();
    if (numbers == 1) piece.piece = in.get<std::uint32_t>();
    if (numbers == 2) piece.pieces = in.get<std::uint32_t>();
    if (numbers == 3) piece.basePieces = in.get<std::uint32_t>();
    if (numbers == 4) piece.memberCount = in.get<std::uint64_t>();
    if (numbers == 5) piece.controlSize = in.get<std::uint64_t>();
    if (numbers == 6) piece.guild = in.take(std::min<std::size_t>(in.left(), 256)).text();
    if (numbers == 7) piece.hosting = in.take(std::min<std::size_t>(in.left(), 256)).text();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    ByteReader in(ByteView(data, size));
    SnapshotReader reader;
    for (SnapshotPiece piece : honest()) {
        disturb(in, piece);
        if (!reader.add(piece)) {
            CHECK(!reader.is_usable());
            return 0;
        }
    }
    if (!reader.is_complete()) return 0;
    SnapshotReader again;
    for (const SnapshotPiece& piece : pieces_of(reader.state())) CHECK(again.add(piece));
    CHECK(again.is_complete());
    CHECK(again.state() == reader.state());
    CHECK(state_root(again.state()) == state_root(reader.state()));
    return 0;
}
