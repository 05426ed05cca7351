#pragma once
// Commands between nodes. On the host: which numbers of an origin were used, and the receipt of
// each command that was run, so that it runs once, whatever is repeated after a lost answer or a
// restart. At home: the numbers to give to the next commands. Synchronous, inside a Tx.

#include "federation/origin_window.h"
#include "node/store/db.h"

#include <cstdint>
#include <optional>
#include <string>

namespace guildhall::store::remote_commands {

/// What the number and the command are to what was run before: each number once within
/// kOriginWindow below the highest, as federation::OriginWindow says it, from rows.
Result<federation::OriginSeq> look(Tx& tx,
                                   protocol::GuildId guild,
                                   const federation::Hash32& origin,
                                   std::uint64_t origin_seq,
                                   const federation::Hash32& command);

/// The highest number of the origin that was used; 0: none.
Result<std::uint64_t> high(Tx& tx, protocol::GuildId guild, const federation::Hash32& origin);

struct ReceiptRow {
    federation::Hash32 command_hash{};
    protocol::GuildId guild;
    federation::Hash32 origin{};
    std::uint64_t origin_seq = 0;
    /// signature ‖ receipt; empty until the heads are signed.
    std::string receipt;
    /// The API's answer; 0 while it is not known, as after a crash between the two.
    int status = 0;
    std::string json;
    protocol::UnixMs created_ms = 0;
};
/// Uses the number up: the row, with no receipt yet, and the origin's highest number.
Status begin(Tx& tx, const ReceiptRow& row);
/// A second decision of the same command moves the receipt on to its last entry.
Status set_receipt(Tx& tx, const federation::Hash32& command, std::string_view receipt);
Status set_answer(Tx& tx, const federation::Hash32& command, int status, std::string_view json);
Result<std::optional<ReceiptRow>> find_receipt(Tx& tx, const federation::Hash32& command);
/// What is older than a command can live needs no answer any more; what is inside its origin's
/// window stays.
Status forget_receipts_before(Tx& tx, protocol::UnixMs ms);

/// The first of `count` numbers that this node has never given in the guild; from `floor`, which is
/// above 0.
Result<std::uint64_t> reserve_numbers(Tx& tx,
                                      protocol::GuildId guild,
                                      std::uint64_t count,
                                      std::uint64_t floor = 1);

}  // namespace guildhall::store::remote_commands
