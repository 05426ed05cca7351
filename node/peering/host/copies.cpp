#include "node/peering/host/copies.h"

#include "federation/cosign.h"
#include "federation/head.h"
#include "federation/merkle.h"
#include "node/store/tables/entries.h"

#include <algorithm>
#include <utility>

namespace guildhall::peering {

namespace f = federation;
using protocol::GuildId;

namespace {

// 350 bytes each. Successors of some large guilds; of what comes after, nothing is said.
constexpr std::size_t kKeptMax = 16'384;

}  // namespace

Copies::Copies(Context& ctx) : ctx_(ctx) { ctx.bus.subscribe(ctx.here.index(), *this); }

void Copies::take(Peer& from, const std::string& cosignature) {
    const auto stored = f::decode_signed_bytes(f::ByteView(cosignature), f::kCosignatureBytes);
    const auto& identity = from.identity();
    if (!stored || !identity) return from.strike("a cosignature that cannot be read");
    const auto word = f::verify_cosignature(*stored, identity->keys.signing_key);
    if (!word || word->mirror_uid != from.uid())
        return from.strike("a cosignature that does not hold");
    const GuildId guild = ctx_.view.guild_of_uid(word->head.guild_uid.text());
    const auto* state = ctx_.view.guild(guild);
    if (!state || ctx_.view.role(guild) != journal::GuildRole::hosted) return;
    // Of an epoch before: another host's logs.
    if (word->head.epoch < (*state)->hosting.epoch) return;
    const auto& heirs = (*state)->hosting.successors;
    if (std::ranges::find(heirs, from.uid().text()) == heirs.end()) return;
    // Numbers of no log would take the room of other guilds.
    const std::uint64_t log_id = word->head.log_id;
    const bool is_channel = (*state)->channels.find(protocol::ChannelId(log_id)) != nullptr;
    if (log_id != f::kControlLog && log_id != f::kAdminLog && !is_channel) return;
    const Key key{guild, log_id, from.uid()};
    const auto known = kept_.find(key);
    if (known == kept_.end() && kept_.size() >= kKeptMax) return;
    if (known != kept_.end() && known->second.stored_ms > word->stored_ms) return;
    kept_[key] = {word->head.size, word->head.root, word->stored_ms, cosignature};
}

Task<Result<services::Held>> Copies::held(GuildId guild) const {
    auto look = [guild](store::Tx& tx) { return store::entries::logs_of(tx, guild); };
    CO_TRY(const auto logs, co_await store::read(ctx_.db, std::move(look)));
    const auto* state = ctx_.view.guild(guild);
    services::Held out;
    if (!state) co_return out;
    for (const std::string& uid : (*state)->hosting.successors) out.by.push_back({uid, 0, 0, 0});
    for (const auto& log : logs) {
        const auto frontier = f::Frontier::parse(log.frontier);
        if (!frontier) continue;
        ++out.logs;
        out.entries += log.size;
        for (services::HeldBy& row : out.by) {
            const auto node = Hash32::from(std::string_view(row.uid));
            const auto at = node ? kept_.find({guild, log.log_id, *node}) : kept_.end();
            if (at == kept_.end() || at->second.size > log.size) continue;
            const bool whole = at->second.size == log.size;
            // It holds something else under that size.
            if (whole && at->second.root != frontier->root()) continue;
            row.logs += whole ? 1 : 0;
            row.entries += at->second.size;
            row.stored_ms = std::max(row.stored_ms, at->second.stored_ms);
        }
    }
    co_return out;
}

void Copies::on_guild(const journal::GuildChange& change) {
    using Kind = journal::GuildChange::Kind;
    if (change.kind != Kind::role && change.kind != Kind::dropped) return;
    const auto first = kept_.lower_bound({change.guild, 0, Hash32{}});
    auto last = first;
    while (last != kept_.end() && last->first.guild == change.guild) ++last;
    kept_.erase(first, last);
}

}  // namespace guildhall::peering
