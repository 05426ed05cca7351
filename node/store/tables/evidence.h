#pragma once
// Evidence: signed statements that cannot all be true, for which a guild is frozen on this node.
// Kept for ever, also when the guild is left, as far as it is not more of the same. Synchronous,
// inside a Tx.

#include "node/store/db.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace guildhall::store::evidence {

/// How rows of words begin that are kept for people alone.
inline constexpr std::string_view kNoteBegins = "the host let happen";

struct EvidenceRow {
    std::int64_t id = 0;
    protocol::GuildId guild;
    /// federation::EvidenceKind; 0: what only this node saw happen, told in words.
    std::uint8_t kind = 0;
    /// An encoded federation::Evidence; for kind 0 the words.
    std::string statements;
    protocol::UnixMs ts_ms = 0;

    /// Words about what a host let happen, for which nothing is frozen.
    bool is_note() const { return kind == 0 && statements.starts_with(kNoteBegins); }

    friend bool operator==(const EvidenceRow&, const EvidenceRow&) = default;
};

/// Rows of one kind in one guild. Others make them: nobody needs more to be convinced, and nobody
/// fills a disk with them.
inline constexpr unsigned kOfKindMax = 128;
/// Of one guild, with room for kinds to come.
inline constexpr unsigned kOfGuildMax = 16 * kOfKindMax;

/// The row's id is made here. Where there are kOfKindMax it takes the place of the newest: who is
/// accused last may be another than who was before.
Status add(Tx& tx, const EvidenceRow& row);
/// Whether there is one of that guild and kind that says the same.
Result<bool> holds(Tx& tx, const EvidenceRow& row);
Result<std::uint64_t> count(Tx& tx, protocol::GuildId guild, std::uint8_t kind);
/// At most `limit` with a larger id, oldest first.
Result<std::vector<EvidenceRow>> after(Tx& tx, std::int64_t id, unsigned limit);
/// Newest first, at most `limit`; of statements only words, which are short.
Result<std::vector<EvidenceRow>> newest(Tx& tx, protocol::GuildId guild, unsigned limit);
/// Oldest first.
Result<std::vector<EvidenceRow>> of_guild(Tx& tx, protocol::GuildId guild);

}  // namespace guildhall::store::evidence
