// Blobs, second part: what deletions take away, and what a successor keeps.
#include "node/peering/blobs/blobs.h"
#include "node/store/tables/attachments.h"

#include <algorithm>

namespace guildhall::peering {

using protocol::GuildId;
using services::BlobName;
using namespace std::chrono_literals;

namespace {

// Files that a successor still has to fetch: beyond it the next round finds them.
constexpr std::size_t kWantedMax = 10'000;
// Between two rounds through all files of the guilds that this node may have to host.
constexpr Nanos kRoundTime = 10min;
constexpr Nanos kFirstRound = 5s;
// What a file costs at least: a block of the disk, and its place in a folder.
constexpr std::uint64_t kFileCost = 4096;

std::uint64_t cost_of(std::uint64_t size) { return std::max(size, kFileCost); }

bool is_successor(const protocol::GuildState& state, const Hash32& own) {
    return state.hosting.hostUid != own.text() &&
           std::ranges::find(state.hosting.successors, own.text()) !=
               state.hosting.successors.end();
}

}  // namespace

void Blobs::start() {
    ctx_.here.spawn("blob copies", copies_.load());
    // When the mirrors have been restored.
    rounds_ = ctx_.here.timers().schedule_after(kFirstRound, [this] { begin_round(); });
}

void Blobs::begin_round() {
    rounds_ = ctx_.here.timers().schedule_after(kRoundTime, [this] { begin_round(); });
    ctx_.view.for_each_guild([this](const protocol::GuildState& state) {
        if (is_successor(state, ctx_.identity.uid)) keep_guild_soon(state.guild.id);
    });
}

void Blobs::keep_guild_soon(GuildId guild) {
    if (guilds_.insert(guild).second) ctx_.here.spawn("blob round", keep_guild(guild));
}

void Blobs::on_committed(const journal::Committed& entry) {
    if (entry.after && entry.after->hosting.hostUid == ctx_.identity.uid.text()) return;
    std::visit(protocol::Overloaded{
                   [&](const protocol::MessageCreated& e) {
                       keep_for_succession(*entry.after, e.message);
                   },
                   [&](const protocol::MessageEdited& e) {
                       copies_.sweep_soon();
                       keep_for_succession(*entry.after, e.message);
                   },
                   [&](const protocol::HostingPolicySet&) {
                       if (is_successor(*entry.after, ctx_.identity.uid))
                           keep_guild_soon(entry.guild);
                   },
                   [&](const protocol::MessagesDeleted&) { copies_.sweep_soon(); },
                   [&](const protocol::ChannelDeleted&) { copies_.sweep_soon(); },
                   [&](const protocol::GuildDeleted&) { copies_.sweep_soon(); },
                   [](const auto&) {},
               },
               entry.event);
}

void Blobs::on_guild(const journal::GuildChange& change) {
    if (change.kind == journal::GuildChange::Kind::dropped) {
        copies_.sweep_soon();
        full_.erase(change.guild);
        told_full_.erase(change.guild);
    }
    if (change.kind != journal::GuildChange::Kind::filled) return;
    const auto* state = ctx_.view.guild(change.guild);
    if (state && is_successor(**state, ctx_.identity.uid)) keep_guild_soon(change.guild);
}

void Blobs::keep_for_succession(const protocol::GuildState& state,
                                const protocol::Message& message) {
    if (message.attachments.empty() || !is_successor(state, ctx_.identity.uid)) return;
    for (const protocol::Attachment& file : message.attachments) {
        if (wanted_.size() >= kWantedMax) break;
        wanted_.push_back({BlobName::of_file(file.hash), message.channelId.value, state.guild.id});
    }
    if (std::exchange(keeping_, true)) return;
    ctx_.here.spawn("blob keeping", keep_all());
}

Task<void> Blobs::keep_all() {
    while (!wanted_.empty()) {
        Wanted what = std::move(wanted_.front());
        wanted_.pop_front();
        (void)co_await keep(std::move(what));
    }
    keeping_ = false;
}

/// All files of the guild, as far as there is room; counts them anew.
Task<void> Blobs::keep_guild(GuildId guild) {
    const auto mirror = mirrors_.find(guild);
    const auto* found = ctx_.view.guild(guild);
    if (!mirror || !found) {
        guilds_.erase(guild);
        co_return;
    }
    const protocol::GuildSnapshot state = *found;
    const std::uint64_t before = mirror->file_bytes;
    std::uint64_t sum = 0, added = 0;
    full_.erase(guild);
    const auto count = [&](const Result<Kept>& kept) {
        if (!kept) return;
        sum += kept->cost;
        if (kept->is_new) added += kept->cost;
    };
    if (!state->guild.icon.empty()) {
        const BlobName icon{{}, "icons", guild.str(), state->guild.icon};
        const Wanted what{icon, 0, guild};
        const auto kept = co_await keep(what);
        count(kept);
        // The guild has one, however often it changes.
        if (kept) (void)co_await deps_.files.remove_others(icon);
    }
    std::vector<protocol::ChannelId> channels;
    state->channels.for_each(
        [&](protocol::ChannelId id, const protocol::Channel&) { channels.push_back(id); });
    for (const protocol::ChannelId channel : channels) {
        auto read = [channel](store::Tx& tx) { return store::attachments::hashes_in(tx, channel); };
        const auto hashes = co_await store::read(ctx_.db, std::move(read));
        if (!hashes) break;
        for (const std::string& hash : *hashes) {
            const Wanted what{BlobName::of_file(hash), channel.value, guild};
            const auto kept = co_await keep(what);
            count(kept);
        }
    }
    // What came with new messages meanwhile may not be in the sum.
    const std::uint64_t others = mirror->file_bytes - std::min(mirror->file_bytes, before + added);
    if (mirrors_.find(guild) == mirror) mirrors_.set_file_bytes(*mirror, sum + others);
    if (!full_.contains(guild)) told_full_.erase(guild);
    guilds_.erase(guild);
}

bool Blobs::has_room(GuildId guild, std::uint64_t bytes) const {
    const auto mirror = mirrors_.find(guild);
    return mirror && mirrors_.has_room_for_files(*mirror, cost_of(bytes));
}

void Blobs::note_full(GuildId guild) {
    refused_.add(1, ctx_.here.index());
    full_.insert(guild);
    if (!told_full_.insert(guild).second) return;
    ctx_.log.warn("blobs",
                  "a guild has no room for all its files here: those beyond what its host may keep "
                  "here are lost when the host is",
                  {{"guild", guild.str()}});
}

Task<Result<Blobs::Kept>> Blobs::keep(Wanted what) {
    CO_TRY(const auto found, co_await deps_.files.find(what.name));
    if (found && found->place == services::BlobPlace::own)
        co_return Kept{cost_of(found->file.size), false};
    if (!mirrors_.find(what.keeper)) co_return protocol::make_http_error(503);
    // Not even the size of the next is known: nobody is asked about what can hardly be kept.
    if (!full_.contains(what.keeper)) co_return co_await keep_new(std::move(what));
    note_full(what.keeper);
    co_return protocol::make_http_error(507);
}

Task<Result<Blobs::Kept>> Blobs::keep_new(Wanted what) {
    CO_TRY_VOID(co_await fetch_here(what));
    CO_TRY(const auto found, co_await deps_.files.find(what.name));
    if (!found) co_return protocol::make_http_error(404);
    if (found->place == services::BlobPlace::copy) {
        if (!has_room(what.keeper, found->file.size)) {
            note_full(what.keeper);
            co_return protocol::make_http_error(507);
        }
        CO_TRY_VOID(co_await deps_.files.adopt(what.name));
        co_await copies_.give_up(what.name.key());
    }
    const std::uint64_t cost = cost_of(found->file.size);
    const auto mirror = mirrors_.find(what.keeper);
    if (mirror) mirrors_.set_file_bytes(*mirror, mirror->file_bytes + cost);
    co_return Kept{cost, true};
}

}  // namespace guildhall::peering
