#include "node/peering/mirror/frozen.h"

#include "federation/command_call.h"
#include "node/peering/mirror/mirrors.h"
#include "node/store/tables/evidence.h"

#include <set>

namespace guildhall::peering {

namespace f = federation;

namespace {

// Rows of one guild: a host that lets too much happen again and again has been told of by then, and
// fills no disk with it. Fewer than are kept of words at all: why a guild is frozen has room.
constexpr std::size_t kWordsMax = 100;
static_assert(kWordsMax < store::evidence::kOfKindMax);

/// The entry with its inclusion path; nothing where what came with it does not lead to the head.
std::optional<std::string> place_of(const SuspectEntry& suspect) {
    if (!suspect.head) return std::nullopt;
    std::vector<f::Hash32> leaves;
    leaves.reserve(suspect.entries.size());
    for (const f::VerifiedEntry& e : suspect.entries) leaves.push_back(e.leaf);
    const f::EntryHeader& header = suspect.entries[suspect.index].header;
    const std::uint64_t from = suspect.entries.front().header.seq;
    const auto path =
        f::path_in_range(header.seq, from, suspect.head->head.size, leaves, suspect.proof);
    if (!path) return std::nullopt;
    return f::encode_place(header, *path);
}

/// Statements that convict by themselves, if the entry's command does.
std::optional<f::Evidence> evidence_of_entry(Mirror& mirror, const SuspectEntry& suspect) {
    const f::VerifiedEntry& entry = suspect.entries[suspect.index];
    const auto place = place_of(suspect);
    const auto command = f::decode_signed_command(entry.command);
    if (!place || !command || !mirror.host_chain()) return std::nullopt;
    const f::KeyLog host = mirror.host_chain()->log();
    f::Evidence forged = f::forged_origin(host, *suspect.head, *place, command->header);
    if (f::check(forged)) return forged;
    const auto header = f::decode_command_header(command->header);
    const f::KeyChain* origin = header ? mirror.keys().find(header->origin_uid) : nullptr;
    if (!origin) return std::nullopt;
    f::Evidence unsigned_one =
        f::unsigned_command(host, origin->log(), *suspect.head, *place, *command);
    if (f::check(unsigned_one)) return unsigned_one;
    return std::nullopt;
}

/// Nodes that have a say in the guild: homes of members, the host, successors.
std::set<std::string> concerned(const protocol::GuildState& state) {
    std::set<std::string> out;
    state.members.for_each([&](protocol::UserId, const protocol::Member& m) {
        out.insert(protocol::home_of(state, m));
    });
    out.insert(state.hosting.hostUid);
    out.insert(state.hosting.successors.begin(), state.hosting.successors.end());
    return out;
}

void tell_others(Mirrors& mirrors, const Mirror& mirror, const std::string& statements) {
    const auto state = mirror.current();
    if (!state) return;
    const auto whom = concerned(*state);
    for (const auto& peer : mirrors.peers().open()) {
        if (!whom.contains(std::string(peer->uid().text()))) continue;
        f::frames::Evidence frame;
        frame.guildUid = mirror.uid();
        frame.evidence = statements;
        peer->send(std::move(frame));
    }
}

Task<void> store_finding(Context& ctx, protocol::GuildId guild, journal::Finding finding) {
    auto stop = [&journal = ctx.journal, guild, finding = std::move(finding)]() mutable {
        return journal.freeze(guild, std::move(finding));
    };
    const auto done = co_await base::on_shard(ctx.here, ctx.shards.of(guild), std::move(stop));
    if (!done) {
        ctx.log.error("mirror",
                      "a finding was not stored",
                      {{"guild", guild.str()}, {"why", done.error().message}});
    }
}

Task<void> store_words(store::Db& db, store::evidence::EvidenceRow row) {
    auto keep = [row = std::move(row)](store::Tx& tx) -> protocol::Status {
        TRY(const std::uint64_t kept, store::evidence::count(tx, row.guild, row.kind));
        return kept < kWordsMax ? store::evidence::add(tx, row) : protocol::Status();
    };
    // A failure is the disk's, which says so elsewhere.
    (void)co_await store::write(db, std::move(keep));
}

}  // namespace

journal::Finding finding_of(const f::Contradiction& found, const f::KeyLog& host) {
    const f::Evidence evidence = f::evidence_of(found, host);
    return {static_cast<std::uint8_t>(evidence.kind), f::encode(evidence)};
}

journal::Finding finding_of(std::string words) { return {0, std::move(words)}; }

journal::Finding finding_of(Mirror& mirror, const SuspectEntry& suspect, std::string_view where) {
    if (const auto evidence = evidence_of_entry(mirror, suspect))
        return {static_cast<std::uint8_t>(evidence->kind), f::encode(*evidence)};
    const f::EntryHeader& header = suspect.entries[suspect.index].header;
    return finding_of(std::string(where) + "log " + std::to_string(header.log_id) + ", entry " +
                      std::to_string(header.seq) + ": " + std::string(suspect.finding.text));
}

std::optional<journal::Finding> sure_finding_of(Mirror& mirror, const SuspectEntry& suspect) {
    const auto evidence = evidence_of_entry(mirror, suspect);
    if (!evidence || !f::is_transferable(evidence->kind)) return std::nullopt;
    return journal::Finding{static_cast<std::uint8_t>(evidence->kind), f::encode(*evidence)};
}

void freeze(Mirrors& mirrors, const std::shared_ptr<Mirror>& mirror, journal::Finding finding) {
    if (mirror->is_over()) return;
    Context& ctx = mirrors.ctx();
    const auto kind = static_cast<f::EvidenceKind>(finding.kind);
    const std::string why = finding.kind == 0 ? finding.statements : std::string(name_of(kind));
    ctx.log.error("mirror",
                  "the host of a guild contradicts itself: the guild is frozen here",
                  {{"guild", mirror->guild().str()}, {"why", why}});
    mirror->set_state(MirrorState::frozen);
    mirrors.metrics().freezes.add();
    if (finding.kind != 0 && f::is_transferable(kind))
        tell_others(mirrors, *mirror, finding.statements);
    ctx.here.spawn("freeze", store_finding(ctx, mirror->guild(), std::move(finding)));
}

void note_escalations(Context& ctx,
                      protocol::GuildId guild,
                      const std::vector<std::string>& words) {
    store::evidence::EvidenceRow row{.guild = guild, .ts_ms = ctx.clock.unix_ms()};
    row.statements = std::string(store::evidence::kNoteBegins) + " what it should have refused:";
    for (std::size_t i = 0; i < words.size() && i < kEscalationsMax; ++i)
        row.statements += "\n" + words[i];
    ctx.log.warn("mirror", "a host let too much happen", {{"guild", guild.str()}});
    ctx.here.spawn("note", store_words(ctx.db, std::move(row)));
}

}  // namespace guildhall::peering
