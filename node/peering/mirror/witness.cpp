#include "node/peering/mirror/witness.h"

#include "federation/evidence.h"
#include "federation/merkle.h"
#include "federation/receipt.h"
#include "node/peering/mirror/frozen.h"
#include "node/peering/mirror/mirrors.h"
#include "node/store/tables/entries.h"
#include "node/store/tables/subtrees.h"
#include "protocol/errors.h"

namespace guildhall::peering {

namespace f = federation;
using namespace std::chrono_literals;

namespace {

// What a head promises has most often been sent before it.
constexpr Nanos kExpectLimit = 5s;
// An entry that was acknowledged comes at once, or when the link is back; a host that is away for
// longer than this is away.
constexpr Nanos kReceiptLimit = 10min;
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

bool accuses_voters(f::EvidenceKind kind) {
    return kind == f::EvidenceKind::two_certificates || kind == f::EvidenceKind::double_vote;
}

/// The entry that stands where a receipt promised another, with its path to a head of that size;
/// empty where it is the promised one.
Result<std::string> other_entry(store::Tx& tx,
                                protocol::GuildId guild,
                                const f::Receipt& promised,
                                std::uint64_t size) {
    const store::LogKey key = store::log_key(guild, promised.log_id);
    TRY(const auto entry, store::entries::find(tx, key, promised.log_id, promised.seq));
    if (!entry || f::leaf_hash(entry->header) == promised.leaf) return std::string();
    TRY(auto tree, store::subtrees::Reader::open(tx, key, promised.log_id));
    const auto subtree = [&](std::uint32_t level, std::uint64_t index) {
        return tree.get(level, index);
    };
    TRY(const auto path, f::inclusion_proof(promised.seq, size, subtree));
    return f::encode_place(entry->header, path);
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
    if (!log || (log->log.size() == 0 && log->queue.empty())) {
        // Of a log that nobody looks at there is no more than its last head.
        const auto& known = log ? log->log.head() : std::nullopt;
        const bool is_same_epoch = known && known->head.epoch == head->head.epoch;
        const auto found = is_same_epoch ? f::contradiction_between(*known, *head) : std::nullopt;
        if (found && mirror->host_chain())
            return freeze(mirrors_, mirror, finding_of(*found, mirror->host_chain()->log()));
        return mirror->know_head(*head, bytes);
    }
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

// -- Receipts -------------------------------------------------------------------------------------

void Witness::hold_to(std::shared_ptr<Mirror> mirror, std::string bytes) {
    if (receipts_ >= kReceiptsMax) return;
    ++receipts_;
    ctx_.here.spawn("receipt", check_receipt(std::move(mirror), std::move(bytes)));
}

Task<void> Witness::check_receipt(std::shared_ptr<Mirror> mirror, std::string bytes) {
    const auto stored = f::decode_signed_receipt(bytes);
    const auto key = mirror->host_key();
    const auto receipt = stored && key ? f::verify_receipt(*stored, *key) : std::nullopt;
    if (receipt) (void)co_await mirror->until(receipt->log_id, receipt->seq + 1, kReceiptLimit);
    --receipts_;
    FollowedLog* log = receipt ? mirror->find(receipt->log_id) : nullptr;
    const auto head = log ? log->log.head() : std::nullopt;
    if (!head || mirror->is_over() || head->head.epoch != receipt->epoch || !mirror->host_chain())
        co_return;
    std::string place;
    if (head->head.size > receipt->seq) {
        auto find = [guild = mirror->guild(), r = *receipt, size = head->head.size](store::Tx& tx) {
            return other_entry(tx, guild, r, size);
        };
        const auto other = co_await store::read(ctx_.db, std::move(find));
        // Not here, or as it was promised.
        if (!other || other->empty() || mirror->is_over()) co_return;
        place = *other;
    }
    const auto evidence =
        f::broken_receipt(mirror->host_chain()->log(), *stored, *head, std::move(place));
    // A head that is older than the receipt says nothing.
    if (!f::check(evidence)) co_return;
    freeze(mirrors_,
           mirror,
           {.kind = static_cast<std::uint8_t>(evidence.kind), .statements = f::encode(evidence)});
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
    // Who hosts the guild is decided elsewhere; whoever it was, a person should know.
    if (accuses_voters(evidence->kind)) return mirrors_.accuse(mirror->guild(), *evidence);
    // What another node did is for its own neighbours; a host that was replaced harms nobody.
    if (!accuses_host(evidence->kind) || f::accused(*evidence) != mirror->seat().host_uid) return;
    // By a key that the host replaced a thief could convict it of anything. What contradicts a head
    // that is held here is found without others.
    const auto& host = mirror->host_chain();
    if (host && !f::check(*evidence, host->state().seq)) return;
    freeze(mirrors_, mirror, {static_cast<std::uint8_t>(evidence->kind), frame.evidence});
}

}  // namespace guildhall::peering
