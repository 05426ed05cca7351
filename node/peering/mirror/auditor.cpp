#include "node/peering/mirror/auditor.h"

#include "federation/command_call.h"
#include "federation/snapshot.h"
#include "node/peering/mirror/frozen.h"
#include "node/peering/mirror/mirrors.h"
#include "node/store/tables/entries.h"
#include "node/store/tables/opaque.h"
#include "protocol/event_codec.h"

namespace guildhall::peering {

namespace f = federation;

namespace {

// Entries that one turn of the reader replays: a few milliseconds, so that other readers get
// theirs.
constexpr std::uint64_t kPage = 500;

struct Replay {
    protocol::GuildState state;
    std::vector<std::string> escalations;
    std::string fault;
    /// Entries of kinds that this version does not know, or did not when they came: what they did
    /// to the guild is not known.
    std::uint64_t opaque = 0;
};

/// The host's own permission check, for what a remote user did.
void audit(const store::entries::EntryRow& row, const protocol::Event& event, Replay& out) {
    // Whose rights were what is not known behind what is opaque.
    if (row.command.empty() || out.opaque > 0) return;
    if (row.header.control_seq != out.state.control_size) return;
    const auto call = f::read_command(row.command);
    if (!call || !call->call || out.escalations.size() >= kEscalationsMax) return;
    const f::CommandFacts facts = call->facts();
    const auto key = [](const f::CommandFacts&, std::uint64_t) { return f::OriginKey::valid; };
    const auto home = [](protocol::UserId) { return std::optional<std::string>(); };
    const f::EntryWorld world{.state = out.state,
                              .guild_uid = facts.guild_uid,
                              .origin_key = key,
                              .home_of_stranger = home};
    const auto finding = f::audit_entry(row.header, event, facts, world);
    if (finding.verdict != f::EntryVerdict::escalation) return;
    out.escalations.push_back("control log, entry " + std::to_string(row.header.seq) + ": " +
                              std::string(finding.text));
}

/// The entries from where the replay is, at most a page of them and below `to`.
Status replay_page(store::Tx& tx, protocol::GuildId guild, std::uint64_t to, Replay& out) {
    const std::uint64_t from = out.state.control_size;
    const store::LogKey log = store::log_key(guild, f::kControlLog);
    TRY(auto rows,
        store::entries::range(tx, log, f::kControlLog, from, std::min(kPage, to - from)));
    for (const auto& row : rows) {
        if (row.header.seq != out.state.control_size) break;
        TRY(const auto opaque, store::opaque::find(tx, log, row.header.kind));
        if (opaque) ++out.opaque;
        const auto bytes = f::event_of_body(row.body);
        auto event = bytes ? protocol::decode_event(bytes->text())
                           : Result<protocol::Event>(f::refused("no event"));
        if (!event && opaque && !row.body.empty()) {
            ++out.state.control_size;
            continue;
        }
        if (!event) break;
        audit(row, *event, out);
        protocol::apply(out.state, *event);
    }
    if (out.state.control_size == from) out.fault = "the control log's past cannot be replayed";
    return {};
}

}  // namespace

void Auditor::consider(const std::shared_ptr<Mirror>& mirror) {
    if (!seen_.insert(mirror->guild()).second) return;
    ctx_.here.spawn("audit", run(mirror));
}

Task<void> Auditor::run(std::shared_ptr<Mirror> mirror) {
    // Nothing to compare where all was followed from the first entry or audited before a restart.
    const FollowedLog* control = mirror->find(f::kControlLog);
    if (!control || control->first == 0) co_return;
    if (!co_await mirrors_.past().complete(mirror, f::kControlLog)) {
        // Goes on when the mirror is live again.
        seen_.erase(mirror->guild());
        co_return;
    }
    const auto now = mirror->current();
    if (!now) co_return;
    auto replay = std::make_shared<Replay>();
    while (replay->state.control_size < now->control_size && replay->fault.empty()) {
        auto page = [replay, guild = mirror->guild(), to = now->control_size](store::Tx& tx) {
            return replay_page(tx, guild, to, *replay);
        };
        const Status read = co_await store::read(ctx_.db, std::move(page));
        if (!read || mirror->is_over()) co_return;
    }
    if (replay->fault.empty() && replay->opaque == 0)
        replay->fault = f::difference(replay->state, *now);
    if (!replay->fault.empty())
        co_return mirrors_.freeze_for(
            mirror, "the snapshot is not what the control log says: " + replay->fault);
    if (!replay->escalations.empty()) note_escalations(ctx_, mirror->guild(), replay->escalations);
    if (replay->opaque > 0) {
        ctx_.log.warn("mirror",
                      "the snapshot is not comparable: the control log has entries of kinds that "
                      "this version does not know",
                      {{"guild", mirror->guild().str()}, {"entries", replay->opaque}});
        co_return;
    }
    ctx_.log.info("mirror",
                  "the control log makes the state of the snapshot",
                  {{"guild", mirror->guild().str()}, {"entries", now->control_size}});
}

}  // namespace guildhall::peering
