#include "node/peering/commands/origin_numbers.h"

#include "node/store/tables/remote_commands.h"
#include "protocol/errors.h"

#include <memory>
#include <utility>

namespace guildhall::peering {

using protocol::GuildId;
using namespace std::chrono_literals;

namespace {

/// Longer than a write takes, or whoever waits has given up.
constexpr base::Nanos kReserveTime = 20s;

}  // namespace

/// One at a time, whoever else needs numbers: blocks of several that came at once would lie further
/// apart than the host's window is wide, and what was sent with the lower numbers be refused.
base::Task<base::Result<std::uint64_t>> OriginNumbers::next(GuildId guild) {
    Block& block = blocks_[guild];
    const auto deadline = base::Deadline::after(ctx_.clock, kReserveTime);
    while (block.next == block.end) {
        if (!block.is_reserving) {
            CO_TRY_VOID(co_await reserve(guild));
            continue;
        }
        std::function<void(base::Wake)> start = [&block](base::Wake wake) {
            block.waits.push_back(std::move(wake));
        };
        if (!co_await base::wait_until_woken(ctx_.here, deadline, std::move(start)))
            co_return protocol::make_http_error(503);
    }
    co_return block.next++;
}

base::Task<base::Status> OriginNumbers::reserve(GuildId guild) {
    Block& block = blocks_[guild];
    block.is_reserving = true;
    auto first = std::make_shared<std::uint64_t>(0);
    journal::Change change;
    change.rows = [guild, first](store::Tx& tx) -> base::Status {
        TRY(*first, store::remote_commands::reserve_numbers(tx, guild, kBlock));
        return {};
    };
    base::Status done = co_await ctx_.journal.store(ctx_.here, std::move(change));
    block.is_reserving = false;
    if (done) {
        block.next = *first;
        block.end = *first + kBlock;
    }
    for (const base::Wake& wake : std::exchange(block.waits, {})) wake();
    co_return done;
}

}  // namespace guildhall::peering
