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
    CO_TRY(const auto receipt, co_await commit(ctx, actor, guild, std::move(decision)));
    co_return receipt[receipt.size() - 1].after;
}

Task<Result<journal::Receipt>> commit(Context& ctx,
                                      const Actor& actor,
                                      protocol::GuildId guild,
                                      journal::Decision decision) {
    decision.command = actor.command;
    auto receipt = co_await ctx.journal.commit(guild, std::move(decision));
    if (receipt && actor.receipt) *actor.receipt = receipt->signed_receipt();
    co_return receipt;
}

}  // namespace guildhall::services
