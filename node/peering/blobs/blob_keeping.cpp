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
constexpr std::size_t kCopyBytes = 1u << 20;

bool is_successor(const protocol::GuildState& state, const Hash32& own) {
    return state.hosting.hostUid != own.text() &&
           std::ranges::find(state.hosting.successors, own.text()) !=
               state.hosting.successors.end();
}

}  // namespace

void Blobs::start() {
    ctx_.here.spawn("blob copies", copies_.load());
    begin_round();
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
    if (change.kind == journal::GuildChange::Kind::dropped) copies_.sweep_soon();
    if (change.kind != journal::GuildChange::Kind::filled) return;
    const auto* state = ctx_.view.guild(change.guild);
    if (state && is_successor(**state, ctx_.identity.uid)) keep_guild_soon(change.guild);
}

void Blobs::keep_for_succession(const protocol::GuildState& state,
                                const protocol::Message& message) {
    if (message.attachments.empty() || !is_successor(state, ctx_.identity.uid)) return;
    for (const protocol::Attachment& file : message.attachments) {
        if (wanted_.size() >= kWantedMax) break;
        wanted_.emplace_back(BlobName::of_file(file.hash), message.channelId.value);
    }
    if (std::exchange(keeping_, true)) return;
    ctx_.here.spawn("blob keeping", keep_all());
}

Task<void> Blobs::keep_all() {
    while (!wanted_.empty()) {
        auto [name, channel] = std::move(wanted_.front());
        wanted_.pop_front();
        (void)co_await keep(std::move(name), channel);
    }
    keeping_ = false;
}

Task<void> Blobs::keep_guild(GuildId guild) {
    const auto* found = ctx_.view.guild(guild);
    if (!found) {
        guilds_.erase(guild);
        co_return;
    }
    const protocol::GuildSnapshot state = *found;
    if (!state->guild.icon.empty()) {
        const BlobName icon{{}, "icons", guild.str(), state->guild.icon};
        (void)co_await keep(icon, 0);
    }
    std::vector<protocol::ChannelId> channels;
    state->channels.for_each(
        [&](protocol::ChannelId id, const protocol::Channel&) { channels.push_back(id); });
    for (const protocol::ChannelId channel : channels) {
        auto read = [channel](store::Tx& tx) { return store::attachments::hashes_in(tx, channel); };
        const auto hashes = co_await store::read(ctx_.db, std::move(read));
        if (!hashes) break;
        for (const std::string& hash : *hashes)
            (void)co_await keep(BlobName::of_file(hash), channel.value);
    }
    guilds_.erase(guild);
}

Task<Status> Blobs::keep(BlobName name, std::uint64_t channel) {
    CO_TRY_VOID(co_await fetch_here(name, channel));
    CO_TRY(const auto found, co_await deps_.files.find(name));
    if (!found || found->place == services::BlobPlace::own) co_return Status();
    CO_TRY(auto file, co_await deps_.files.receive(name, services::BlobPlace::own));
    for (std::uint64_t at = 0; at < found->file.size;) {
        CO_TRY(std::string bytes, co_await deps_.files.read(found->path, at, kCopyBytes));
        if (bytes.empty()) break;
        at += bytes.size();
        CO_TRY_VOID(co_await file->append(std::move(bytes)));
    }
    CO_TRY_VOID(co_await file->finish());
    co_return Status();
}

}  // namespace guildhall::peering
