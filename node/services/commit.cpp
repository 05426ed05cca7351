#include "node/services/commit.h"

namespace guildhall::services {

Task<Result<protocol::GuildSnapshot>> commit(Context& ctx,
                                             const Actor& actor,
                                             protocol::GuildId guild,
                                             std::vector<protocol::Event> events,
                                             store::UniqueFunction<Status(store::Tx&)> rows) {
    if (events.empty()) {
        const protocol::GuildSnapshot* state = ctx.view.guild(guild);
        if (!state) co_return protocol::make_error(protocol::kUnknownGuild);
        co_return *state;
    }
    journal::Decision decision;
    decision.events = std::move(events);
    decision.rows = std::move(rows);
    decision.command = actor.command;
    CO_TRY(const journal::Receipt receipt, co_await ctx.journal.commit(guild, std::move(decision)));
    co_return receipt[receipt.size() - 1].after;
}

}  // namespace guildhall::services
