#pragma once
// A guild's state at a size of its control log, as pieces that fit a frame: how a mirror begins
// without replaying the past. The first pieces, most often one, are the base and make the guild
// usable: settings, roles, channels, commands, hosting, identities, banned nodes, the owner and the
// asker's own users. The others bring all members, in pages, ascending by user.
//
// Only what the control log says: bans and invites are the admin log's, and not every mirror may
// have that.
//
// The state root is SHA-256 over all objects in canonical form and order (docs/FEDERATION.md,
// "State root"). Who replays the control log to the same size must find the same root; a mirror
// does so in the background and freezes when it does not.
//
// Pure; any thread. A SnapshotReader has one owner and one thread.

#include "federation/bytes.h"
#include "federation/frame.h"
#include "protocol/guild_state.h"
#include "protocol/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace guildhall::federation {

/// A piece is ended before its objects would be more than this: small enough that answering one of
/// them, and taking it in, delays nothing else on the shard; a bulk frame could be far larger.
inline constexpr std::size_t kPieceBytesMax = 32 * 1024;
/// The largest single object that a piece may end with; a larger one no event of a frame made.
inline constexpr std::size_t kPieceObjectMax = 48 * 1024;
/// 16 MiB of roles, channels, commands and keys: beyond what the API's limits let a guild have.
inline constexpr std::uint32_t kBasePiecesMax = 512;
/// A million members at the smallest page.
inline constexpr std::uint32_t kPiecesMax = 65536;
inline constexpr std::uint64_t kSnapshotMembersMax = 1'000'000;

/// One piece: each object in it the bytes of protocol/event_codec.h. The numbers, the guild's uid
/// and the objects are this file's; the head, its frontier and the genesis are added and verified
/// by who has them (MirrorLog::start_at).
using SnapshotPiece = frames::Snapshot;

/// Makes the pieces, the pages of members one at a time.
class SnapshotWriter {
  public:
    /// `asker_uid`: whose own users the base has; they come again with their pages.
    SnapshotWriter(protocol::GuildSnapshot state, std::string_view asker_uid);

    std::uint32_t pieces() const {
        return static_cast<std::uint32_t>(base_.size() + pages_.size());
    }
    /// `piece` < pieces().
    SnapshotPiece make(std::uint32_t piece) const;

  private:
    void add_base(std::string_view asker_uid);
    void cut_pages();

    protocol::GuildSnapshot state_;
    Hash32 uid_{};
    std::vector<SnapshotPiece> base_;
    /// The first user of each page.
    std::vector<protocol::UserId> pages_;
};

/// Puts pieces together again, in order. Refuses what no host makes; what it made is judged by the
/// state root.
class SnapshotReader {
  public:
    /// An error ends it: nothing that follows is taken.
    protocol::Status add(const SnapshotPiece& piece);

    /// After the base: the guild without most of its members.
    bool is_usable() const { return next_ > 0 && next_ >= base_ && !failed_; }
    bool is_complete() const { return next_ > 0 && next_ == pieces_ && !failed_; }
    const protocol::GuildState& state() const { return state_; }
    std::uint32_t next_piece() const { return next_; }

  private:
    protocol::Status take(const SnapshotPiece& piece);
    protocol::Status add_first(const SnapshotPiece& piece);
    protocol::Status add_base(const SnapshotPiece& piece);
    protocol::Status add_members(const SnapshotPiece& piece);

    protocol::GuildState state_;
    std::uint32_t next_ = 0, pieces_ = 0, base_ = 0;
    std::uint64_t member_count_ = 0, paged_ = 0;
    protocol::UserId last_member_;
    bool failed_ = false;
};

/// The hash of what the control log says, by the state alone.
Hash32 state_root(const protocol::GuildState& state);

/// What differs, in words for the operator: "roles, channel 77"; empty when nothing does. Bans and
/// invites are not compared.
std::string difference(const protocol::GuildState& a, const protocol::GuildState& b);

}  // namespace guildhall::federation
