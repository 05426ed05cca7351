#include "node/peering/commands/origin_numbers.h"

#include "node/store/tables/remote_commands.h"

#include <memory>

namespace guildhall::peering {

using protocol::GuildId;

base::Task<base::Result<std::uint64_t>> OriginNumbers::next(GuildId guild) {
    Block& block = blocks_[guild];
    if (block.next != block.end) co_return block.next++;
    // Several may reserve at once: each takes from the block that it brought, and the last one's
    // serves those who come later.
    auto first = std::make_shared<std::uint64_t>(0);
    journal::Change change;
    change.rows = [guild, first](store::Tx& tx) -> base::Status {
        TRY(*first, store::remote_commands::reserve_numbers(tx, guild, kBlock));
        return {};
    };
    CO_TRY_VOID(co_await ctx_.journal.store(ctx_.here, std::move(change)));
    blocks_[guild] = {*first + 1, *first + kBlock};
    co_return *first;
}

}  // namespace guildhall::peering
