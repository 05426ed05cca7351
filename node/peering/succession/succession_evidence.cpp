// Two statements about one epoch by one node: what no honest successor or host makes. They are kept
// with the keys that prove them, and passed on to the nodes that the guild concerns; what follows
// from them, a person decides. The certificates themselves are ranked by hosting_chain.h.
#include "federation/evidence.h"
#include "node/peering/succession/succession.h"
#include "node/store/tables/evidence.h"

#include <algorithm>
#include <utility>

namespace guildhall::peering {

namespace f = federation;

namespace {

/// Findings of one guild in one run; a guild has at most 16 successors, and one of each kind says
/// enough about a node.
constexpr std::size_t kConvictedMax = 64;

/// Others hear of it when they link, or look for their host.
constexpr std::size_t kHomesToldMax = 1000;
constexpr Nanos kHomeLimit = std::chrono::seconds(5);

}  // namespace

/// The last vote of each successor, as it came or as a certificate brought it.
void Succession::note_vote(Record& record, const f::SignedBytes& vote, const SignerKeys& keys) {
    const auto key = [&](const Hash32& uid, std::uint32_t seq) { return keys.old_key(uid, seq); };
    const auto said = f::verify_vote(vote, key);
    const auto* state = ctx_.view.guild(record.guild);
    if (!said || !state || said->guild_uid != record.uid) return;
    const auto& heirs = (*state)->hosting.successors;
    if (std::ranges::find(heirs, said->voter_uid.text()) == heirs.end()) return;
    const auto at = record.votes.find(said->voter_uid);
    if (at == record.votes.end()) {
        if (record.votes.size() < kVotersMax) record.votes.emplace(said->voter_uid, vote);
        return;
    }
    const auto before = f::decode_vote(f::ByteView(at->second.bytes));
    const f::KeyChain* log = keys.find(said->voter_uid);
    if (before && log && before->epoch == said->epoch && at->second.bytes != vote.bytes)
        convict(record, f::double_vote(log->log(), record.uid, at->second, vote));
    if (!before || before->epoch < said->epoch) at->second = vote;
}

/// A verified certificate, of an epoch of which another may have been taken before.
void Succession::note_certificate(Record& record,
                                  const Certificate& certificate,
                                  const SignerKeys& keys) {
    for (const f::SignedBytes& vote : certificate.votes) note_vote(record, vote, keys);
    const auto c = f::decode_certificate(f::ByteView(certificate.bytes));
    const Certificate* known = c ? record.chain.certificate_of(c->epoch) : nullptr;
    if (!known || known->bytes == certificate.bytes) return;
    for (const f::HostSignature& by : certificate.signatures) {
        const f::KeyChain* log = keys.find(by.signer_uid);
        if (log) convict(record, f::two_certificates(log->log(), record.uid, *known, certificate));
    }
}

void Succession::convict(Record& record, f::Evidence evidence) {
    const auto whom = f::accused(evidence);
    const auto words = f::check(evidence);
    // A node that signed only one of them did nothing wrong.
    if (!whom || !words || record.convicted.size() >= kConvictedMax) return;
    if (!record.convicted.emplace(evidence.kind, *whom).second) return;
    ctx_.log.error("hosting",
                   "a node contradicted itself about who hosts a guild",
                   {{"guild", record.guild.str()}, {"what", *words}});
    f::frames::Evidence frame{record.uid, f::encode(evidence)};
    for (const auto& peer : peers_.open()) {
        if (peer->uid() != *whom && concerns(record, peer->uid())) peer->send(frame);
    }
    store::evidence::EvidenceRow row{.guild = record.guild,
                                     .kind = static_cast<std::uint8_t>(evidence.kind),
                                     .statements = std::move(frame.evidence),
                                     .ts_ms = ctx_.clock.unix_ms()};
    auto keep = [](store::Db& db, store::evidence::EvidenceRow kept) -> Task<void> {
        // A failure is the disk's, which says so elsewhere.
        (void)co_await store::write(
            db, [row = std::move(kept)](store::Tx& tx) { return store::evidence::add(tx, row); });
    };
    ctx_.here.spawn("evidence", keep(ctx_.db, std::move(row)));
}

/// The guild was frozen here, and this node took it over. Its former host may still be there and
/// show others a history in which nothing is wrong: they are told what is, one after the other.
Task<void> Succession::tell_homes(protocol::GuildId guild) {
    const auto rows = co_await store::read(
        ctx_.db, [guild](store::Tx& tx) { return store::evidence::of_guild(tx, guild); });
    std::set<std::string> homes;
    Record* record = find(guild);
    const auto* state = ctx_.view.guild(guild);
    if (!record || !state || !rows) co_return;
    for (const auto& row : *rows) {
        const auto kind = static_cast<f::EvidenceKind>(row.kind);
        if (row.kind != 0 && f::is_transferable(kind)) record->grounds = row.statements;
    }
    (*state)->members.for_each([&](protocol::UserId, const protocol::Member& member) {
        homes.insert(protocol::home_of(**state, member));
        return homes.size() < kHomesToldMax;
    });
    for (const std::string& home : homes) {
        const auto uid = Hash32::from(home);
        if (!uid || *uid == ctx_.identity.uid) continue;
        const auto peer = co_await peers_.connect(*uid, kHomeLimit);
        record = find(guild);
        if (!record) co_return;
        if (peer) tell(*record, **peer);
    }
}

/// Of whoever may host the guild, or did: nodes that anybody makes up to contradict themselves are
/// nobody's business, and would take the place of those who matter.
void Succession::accuse(protocol::GuildId guild, f::Evidence evidence) {
    Record* record = find(guild);
    const auto* state = ctx_.view.guild(guild);
    const auto whom = f::accused(evidence);
    if (!record || !state || !whom) return;
    const auto& hosting = (*state)->hosting;
    const bool matters =
        record->chain.present().host_uid == *whom || record->chain.previous_host() == *whom ||
        hosting.firstHostUid == whom->text() ||
        std::ranges::find(hosting.successors, whom->text()) != hosting.successors.end();
    if (matters) convict(*record, std::move(evidence));
}

}  // namespace guildhall::peering
