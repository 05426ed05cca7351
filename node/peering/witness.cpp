#include "node/peering/witness.h"

#include "federation/evidence.h"
#include "node/peering/frozen.h"
#include "node/peering/mirrors.h"
#include "node/store/tables/subtrees.h"
#include "protocol/errors.h"

namespace guildhall::peering {

namespace f = federation;
using namespace std::chrono_literals;

namespace {

// What a head promises has most often been sent before it.
constexpr Nanos kExpectLimit = 5s;
// An evidence costs some milliseconds of signatures: as much of a peer's allowance as so many
// heads.
constexpr std::uint32_t kEvidenceCost = 32;

/// Kinds that only a guild's host can be guilty of.
bool accuses_host(f::EvidenceKind kind) {
    switch (kind) {
        case f::EvidenceKind::split_heads:
        case f::EvidenceKind::shrunk_log:
        case f::EvidenceKind::rewritten_entry:
        case f::EvidenceKind::rewritten_log:
        case f::EvidenceKind::broken_receipt:
        case f::EvidenceKind::forged_origin:
            return true;
        default:
            return false;
    }
}

}  // namespace

void Witness::on_heads(const Inbound& from, const f::frames::Heads& heads) {
    const auto mirror = mirrors_.find(heads.guildUid);
    if (!mirror || mirror->is_over()) return;
    const auto count = static_cast<std::uint32_t>(heads.heads.size());
    if (from.peer().policy().take(f::PeerAction::heads, ctx_.clock.now(), count)) return;
    for (const std::string& bytes : heads.heads) {
        look_at(mirror, from.peer(), bytes);
        if (mirror->is_over()) return;
    }
}

void Witness::look_at(const std::shared_ptr<Mirror>& mirror, Peer& from, const std::string& bytes) {
    const auto head = f::decode_signed_head(bytes);
    if (!head || head->head.guild_uid != mirror->uid()) return from.strike("a head of no log");
    const auto key = mirror->host_key();
    if (!key || head->head.epoch != mirror->seat().epoch) return;
    FollowedLog* log = mirror->find(head->head.log_id);
    if (log && log->knows(head->head)) return;
    if (!f::verify(*head, *key)) return;
    if (!log || (log->log.size() == 0 && log->queue.empty()))
        return mirror->know_head(*head, bytes);
    const auto nothing = [](std::uint32_t, std::uint64_t) {
        return Result<Hash32>(protocol::make_http_error(404));
    };
    const auto result = log->log.check_head(bytes, *key, nothing);
    if (const auto* found = std::get_if<f::Contradiction>(&result))
        return freeze(mirrors_, mirror, finding_of(*found, mirror->host_chain()->log()));
    if (mirror->checking_head) return;
    mirror->checking_head = true;
    if (head->head.size > log->log.size())
        ctx_.here.spawn("head", expect(mirror, head->head.log_id, head->head.size));
    else
        ctx_.here.spawn("head", compare_stored(mirror, log->log, bytes));
}

Task<void> Witness::expect(std::shared_ptr<Mirror> mirror,
                           std::uint64_t log_id,
                           std::uint64_t size) {
    const bool came = co_await mirror->until(log_id, size, kExpectLimit);
    mirror->checking_head = false;
    if (!came) mirror->subscribe_soon(Nanos{0});
}

Task<void> Witness::compare_stored(std::shared_ptr<Mirror> mirror,
                                   f::MirrorLog log,
                                   std::string bytes) {
    const auto key = mirror->host_key();
    auto compare =
        [log = std::move(log), bytes = std::move(bytes), key = *key, guild = mirror->guild()](
            store::Tx& tx) mutable -> Result<std::optional<f::Contradiction>> {
        const store::LogKey at = store::log_key(guild, log.log_id());
        TRY(auto tree, store::subtrees::Reader::open(tx, at, log.log_id()));
        const auto subtree = [&](std::uint32_t level, std::uint64_t index) {
            return tree.get(level, index);
        };
        auto result = log.check_head(bytes, key, subtree);
        auto* found = std::get_if<f::Contradiction>(&result);
        if (!found) return std::optional<f::Contradiction>();
        return std::optional<f::Contradiction>(std::move(*found));
    };
    const auto found = co_await store::read(ctx_.db, std::move(compare));
    mirror->checking_head = false;
    if (found && *found && mirror->host_chain())
        freeze(mirrors_, mirror, finding_of(**found, mirror->host_chain()->log()));
}

void Witness::on_evidence(const Inbound& from, const f::frames::Evidence& frame) {
    const auto mirror = mirrors_.find(frame.guildUid);
    if (!mirror || mirror->is_over()) return;
    Peer& peer = from.peer();
    if (peer.policy().take(f::PeerAction::heads, ctx_.clock.now(), kEvidenceCost)) return;
    const auto evidence = f::decode_evidence(frame.evidence);
    if (!evidence || evidence->guild_uid != mirror->uid() || !f::is_transferable(evidence->kind))
        return peer.strike("evidence that cannot be read");
    if (!f::check(*evidence)) return peer.strike("evidence that proves nothing");
    // What another node did is for its own neighbours; a host that was replaced harms nobody.
    if (!accuses_host(evidence->kind) || f::accused(*evidence) != mirror->seat().host_uid) return;
    freeze(mirrors_, mirror, {static_cast<std::uint8_t>(evidence->kind), frame.evidence});
}

}  // namespace guildhall::peering
