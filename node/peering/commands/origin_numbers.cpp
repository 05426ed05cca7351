#include "node/peering/commands/origin_numbers.h"

#include "node/store/tables/remote_commands.h"

#include <memory>

namespace guildhall::peering {

using protocol::GuildId;

base::Task<base::Result<std::uint64_t>> OriginNumbers::next(GuildId guild) {
    if (const auto number = take(guild)) co_return *number;
    // Many may come at once, when a link opens: with a block for each of them their numbers would
    // be further apart than the host's window is wide.
    CO_TRY(const auto guard, co_await reserving_.acquire(guild.value));
    if (const auto number = take(guild)) co_return *number;
    const bool is_first = !blocks_.contains(guild);
    const auto floor = is_first ? static_cast<std::uint64_t>(ctx_.clock.unix_ms()) : 1;
    auto first = std::make_shared<std::uint64_t>(0);
    journal::Change change;
    change.rows = [guild, first, floor](store::Tx& tx) -> base::Status {
        TRY(*first, store::remote_commands::reserve_numbers(tx, guild, kBlock, floor));
        return {};
    };
    CO_TRY_VOID(co_await ctx_.journal.store(ctx_.here, std::move(change)));
    blocks_[guild] = {*first + 1, *first + kBlock};
    co_return *first;
}

std::optional<std::uint64_t> OriginNumbers::take(GuildId guild) {
    const auto at = blocks_.find(guild);
    if (at == blocks_.end() || at->second.next == at->second.end) return std::nullopt;
    return at->second.next++;
}

}  // namespace guildhall::peering
