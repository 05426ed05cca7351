// What makes evidence true: each kind's rule over verified statements. Cost is bounded: at most
// kEvidenceIdentitiesMax key logs, and each statement against each key of the accused.
#include "federation/evidence.h"
#include "federation/merkle.h"

#include <algorithm>
#include <array>
#include <utility>

namespace guildhall::federation {

namespace {

using protocol::Result;
using protocol::Status;

/// Key logs by uid; homes of users come before the users that moved to them.
class Identities {
  public:
    auto keys() const {
        return [this](const Hash32& uid, std::uint32_t key_seq) { return key(uid, key_seq); };
    }

    static Result<Identities> from(const std::vector<std::string>& encoded,
                                   std::uint32_t oldest_key) {
        Identities out;
        out.oldest_key_ = oldest_key;
        if (encoded.empty()) return refused("the evidence names nobody");
        // The accused is first and may need the others.
        for (std::size_t i = encoded.size(); i-- > 0;) {
            const auto log = decode_key_log(encoded[i]);
            if (!log) return refused("a key log is malformed");
            TRY(KeyChain chain, KeyChain::from(*log, {}, out.keys()));
            out.chains_.push_back(std::move(chain));
        }
        std::ranges::reverse(out.chains_);
        return out;
    }

    const KeyChain& accused() const { return chains_.front(); }
    const KeyChain* find(const Hash32& uid) const {
        const auto at = std::ranges::find(chains_, uid, &KeyChain::uid);
        return at == chains_.end() ? nullptr : &*at;
    }
    std::optional<PublicKey> key(const Hash32& uid, std::uint32_t key_seq) const {
        const KeyChain* chain = find(uid);
        return chain == nullptr || chain->is_user() ? std::nullopt : chain->signing_key_at(key_seq);
    }

    /// Of the accused's keys, the first that counts.
    std::uint32_t oldest_key() const { return oldest_key_; }

  private:
    std::vector<KeyChain> chains_;
    std::uint32_t oldest_key_ = 0;
};

/// Whether a check holds for any key that the node ever had, from that one on.
template <class Check>
bool with_any_key(const KeyChain& chain, Check check, std::uint32_t from = 0) {
    for (std::uint32_t seq = from;; ++seq) {
        const auto key = chain.signing_key_at(seq);
        if (!key) return false;
        if (check(*key)) return true;
    }
}

struct Place {
    EntryHeader entry;
    std::vector<Hash32> path;
};

std::optional<Place> decode_place(ByteView bytes) {
    ByteReader in(bytes);
    const auto entry = decode_entry_header(in.take(kEntryHeaderBytes));
    const auto hashes = in.get<std::uint8_t>();
    if (!entry || hashes > 64) return std::nullopt;
    Place out{*entry, {}};
    for (int i = 0; i < hashes; ++i) out.path.push_back(in.get<Hash32>());
    if (!in.done()) return std::nullopt;
    return out;
}

/// A head of the accused for the evidence's guild.
Result<Head> head_of(const Evidence& e, const Identities& who, std::size_t index) {
    const auto head = decode_signed_head(e.statements[index]);
    if (!head || head->head.guild_uid != e.guild_uid) return refused("a head is malformed");
    const auto holds = [&](const PublicKey& key) { return verify(*head, key); };
    if (!with_any_key(who.accused(), holds, who.oldest_key())) {
        return refused("a head is not signed by the accused");
    }
    return head->head;
}

/// An entry that the head contains.
Result<EntryHeader> entry_of(const Evidence& e, const Head& head, std::size_t index) {
    const auto place = decode_place(e.statements[index]);
    if (!place || place->entry.log_id != head.log_id ||
        !verify_inclusion(
            place->entry.seq, head.size, leaf_hash(place->entry), place->path, head.root)) {
        return refused("an entry is not in the head's log");
    }
    return place->entry;
}

bool is_same_log(const Head& a, const Head& b) {
    return a.epoch == b.epoch && a.log_id == b.log_id;
}

std::string log_words(const Head& head) {
    const std::string log = head.log_id == kControlLog ? std::string("the control log")
                            : head.log_id == kAdminLog
                                ? std::string("the admin log")
                                : "the log of channel " + std::to_string(head.log_id);
    return log + " in epoch " + std::to_string(head.epoch);
}

std::string name_words(const Identities& who) {
    return (who.accused().is_user() ? "user " : "node ") +
           to_hex(ByteView(who.accused().uid()).first(8));
}

Result<std::string> check_split(const Evidence& e, const Identities& who) {
    TRY(const Head a, head_of(e, who, 0));
    TRY(const Head b, head_of(e, who, 1));
    if (!is_same_log(a, b) || a.size != b.size || a.root == b.root) {
        return refused("the heads do not contradict each other");
    }
    return name_words(who) + " signed two different histories of " + log_words(a) + ", both of " +
           std::to_string(a.size) + " entries";
}

Result<std::string> check_shrunk(const Evidence& e, const Identities& who) {
    TRY(const Head earlier, head_of(e, who, 0));
    TRY(const Head later, head_of(e, who, 1));
    if (!is_same_log(earlier, later) || later.ts_ms <= earlier.ts_ms ||
        later.size >= earlier.size) {
        return refused("the later head is not smaller");
    }
    return name_words(who) + " cut " + log_words(earlier) + " from " +
           std::to_string(earlier.size) + " to " + std::to_string(later.size) + " entries";
}

Result<std::string> check_rewritten(const Evidence& e, const Identities& who) {
    TRY(const Head a, head_of(e, who, 0));
    TRY(const EntryHeader a_entry, entry_of(e, a, 1));
    TRY(const Head b, head_of(e, who, 2));
    TRY(const EntryHeader b_entry, entry_of(e, b, 3));
    if (!is_same_log(a, b) || a_entry.seq != b_entry.seq || a_entry == b_entry) {
        return refused("the entries do not contradict each other");
    }
    return name_words(who) + " put two different entries at place " + std::to_string(a_entry.seq) +
           " of " + log_words(a);
}

Result<std::string> check_rewritten_log(const Evidence& e, const Identities& who) {
    TRY(const Head small, head_of(e, who, 0));
    TRY(const Head large, head_of(e, who, 1));
    const auto proof = decode_range_proof(e.statements[2]);
    if (!proof || !is_same_log(small, large) || small.size == 0 || small.size >= large.size ||
        !verify_range(small.size, large.size, {}, *proof, large.root)) {
        return refused("the proof is not of the larger head's tree");
    }
    const auto prefix = frontier_of(small.size, proof->left);
    if (!prefix || prefix->root() == small.root) {
        return refused("the larger head's tree begins with the smaller's");
    }
    return name_words(who) + " changed what it had signed of " + log_words(small) + ": the first " +
           std::to_string(small.size) + " of " + std::to_string(large.size) + " entries are others";
}

Result<std::string> check_receipt(const Evidence& e, const Identities& who) {
    const auto stored = decode_signed_receipt(e.statements[0]);
    const auto receipt = stored ? decode_receipt(stored->bytes) : std::nullopt;
    if (!receipt || receipt->guild_uid != e.guild_uid ||
        !with_any_key(
            who.accused(),
            [&](const PublicKey& key) { return verify(*stored, Domain::receipt, key); },
            who.oldest_key())) {
        return refused("the receipt is not signed by the accused");
    }
    TRY(const Head head, head_of(e, who, 1));
    const std::string promise = name_words(who) + " acknowledged a command as entry " +
                                std::to_string(receipt->seq) + " of " + log_words(head);
    if (e.statements.size() == 2) {
        if (!is_broken_by(*receipt, head)) return refused("the head may hold the entry");
        return promise + " and later signed that the log has " + std::to_string(head.size) +
               " entries";
    }
    const auto place = decode_place(e.statements[2]);
    if (!place || !is_broken_by(*receipt, head, place->entry, place->path)) {
        return refused("the head does not have another entry there");
    }
    return promise + " and put another entry there";
}

Result<std::string> check_forged(const Evidence& e, const Identities& who) {
    TRY(const Head head, head_of(e, who, 0));
    TRY(const EntryHeader entry, entry_of(e, head, 1));
    const auto command = decode_command_header(e.statements[2]);
    if (!command || sha256(e.statements[2]) != entry.command_hash) {
        return refused("the entry does not name this command");
    }
    const std::string words = name_words(who) + " made entry " + std::to_string(entry.seq) +
                              " of " + log_words(head) + " from a command that ";
    if (command->guild_uid != e.guild_uid) return words + "was for another guild";
    if (command->epoch_min > head.epoch) return words + "was for a later epoch";
    if (is_dead_for_entry(command->expires_ms, entry.ts_ms)) {
        return words + "had expired";
    }
    return refused("the command was good for this guild and time");
}

Result<std::string> check_unsigned(const Evidence& e, const Identities& who) {
    TRY(const Head head, head_of(e, who, 0));
    TRY(const EntryHeader entry, entry_of(e, head, 1));
    const auto command = decode_signed_command(e.statements[2]);
    const auto header = command ? decode_command_header(command->header) : std::nullopt;
    if (!header || command->hash() != entry.command_hash) {
        return refused("the entry does not name this command");
    }
    const KeyChain* origin = who.find(header->origin_uid);
    if (origin == nullptr) return refused("the origin's key log is missing");
    const auto holds = [&](const PublicKey& key) {
        return verify(key, Domain::command, ByteView(command->header), command->signature);
    };
    if (with_any_key(*origin, holds)) return refused("the origin signed the command");
    return name_words(who) + " made entry " + std::to_string(entry.seq) + " of " + log_words(head) +
           " for a user of node " + to_hex(ByteView(origin->uid()).first(8)) +
           " without that node's signature";
}

Result<std::string> check_commands(const Evidence& e, const Identities& who) {
    std::array<CommandHeader, 2> headers;
    for (std::size_t i = 0; i < 2; ++i) {
        const auto command = decode_signed_command(e.statements[i]);
        const auto header = command ? decode_command_header(command->header) : std::nullopt;
        if (!header || header->guild_uid != e.guild_uid ||
            header->origin_uid != who.accused().uid() ||
            !with_any_key(who.accused(), [&](const PublicKey& key) {
                return verify(key, Domain::command, ByteView(command->header), command->signature);
            })) {
            return refused("a command is not signed by the accused");
        }
        headers[i] = *header;
    }
    if (headers[0].origin_seq != headers[1].origin_seq || headers[0] == headers[1]) {
        return refused("the commands do not contradict each other");
    }
    return name_words(who) + " signed two different commands with number " +
           std::to_string(headers[0].origin_seq);
}

Result<std::string> check_fork(const Evidence& e, const Identities& who) {
    KeyChain chain = who.accused();
    TRY(const KeyStep first, chain.apply(e.statements[0], {}, who.keys()));
    TRY(const KeyStep second, chain.apply(e.statements[1], {}, who.keys()));
    if (first != KeyStep::added || second != KeyStep::forked) {
        return refused("the key events do not contradict each other");
    }
    return name_words(who) + " signed two different key events with seq " +
           std::to_string(chain.state().seq);
}

Result<std::string> check_certificates(const Evidence& e, const Identities& who) {
    std::array<HostingCertificate, 2> decoded;
    for (std::size_t i = 0; i < 2; ++i) {
        const auto stored = decode_signed_certificate(e.statements[i]);
        const auto certificate = stored ? decode_certificate(stored->bytes) : std::nullopt;
        if (!certificate || certificate->guild_uid != e.guild_uid ||
            !is_signed_by(*stored, who.accused().uid(), who.keys())) {
            return refused("a certificate is not signed by the accused");
        }
        decoded[i] = *certificate;
    }
    if (decoded[0].epoch != decoded[1].epoch || decoded[0] == decoded[1]) {
        return refused("the certificates do not contradict each other");
    }
    return name_words(who) + " signed two different certificates of epoch " +
           std::to_string(decoded[0].epoch);
}

Result<std::string> check_votes(const Evidence& e, const Identities& who) {
    std::array<Vote, 2> votes;
    for (std::size_t i = 0; i < 2; ++i) {
        const auto stored = decode_signed_bytes(e.statements[i], kVoteBytes);
        const auto vote = stored ? verify_vote(*stored, who.keys()) : std::nullopt;
        if (!vote || vote->guild_uid != e.guild_uid || vote->voter_uid != who.accused().uid()) {
            return refused("a vote is not signed by the accused");
        }
        votes[i] = *vote;
    }
    if (votes[0].epoch != votes[1].epoch || votes[0] == votes[1]) {
        return refused("the votes do not contradict each other");
    }
    return name_words(who) + " voted twice in epoch " + std::to_string(votes[0].epoch);
}

struct Rule {
    std::size_t statements_min, statements_max;
    bool accuses_node;
    Result<std::string> (*check)(const Evidence&, const Identities&);
};

constexpr std::array<Rule, kEvidenceKinds> kRules = {{{2, 2, true, check_split},
                                                      {2, 2, true, check_shrunk},
                                                      {4, 4, true, check_rewritten},
                                                      {2, 3, true, check_receipt},
                                                      {3, 3, true, check_forged},
                                                      {2, 2, true, check_commands},
                                                      {2, 2, false, check_fork},
                                                      {2, 2, true, check_certificates},
                                                      {2, 2, true, check_votes},
                                                      {3, 3, true, check_unsigned},
                                                      {3, 3, true, check_rewritten_log}}};

}  // namespace

Result<std::string> check(const Evidence& evidence, std::uint32_t oldest_key) {
    const Rule& rule = kRules[static_cast<std::size_t>(evidence.kind) - 1];
    if (evidence.statements.size() < rule.statements_min ||
        evidence.statements.size() > rule.statements_max) {
        return refused("statements are missing or too many");
    }
    TRY(const Identities who, Identities::from(evidence.identities, oldest_key));
    if (rule.accuses_node && who.accused().is_user()) return refused("the accused is no node");
    return rule.check(evidence, who);
}

std::optional<Hash32> accused(const Evidence& evidence) {
    if (evidence.identities.empty()) return std::nullopt;
    const auto log = decode_key_log(evidence.identities.front());
    if (!log) return std::nullopt;
    auto chain = KeyChain::start(log->genesis);
    if (!chain) return std::nullopt;
    return chain->uid();
}

}  // namespace guildhall::federation
