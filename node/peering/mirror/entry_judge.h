#pragma once
// EntryJudge: what the entries of one verified batch say, held against the guild's state, the keys
// that its log brought, and what this node knows of users (federation/entry_check.h). For entries
// of the control log the state goes on with each. Made for one batch; on the shard of peering.

#include "federation/command_call.h"
#include "federation/guild_keys.h"
#include "federation/mirror_log.h"
#include "node/journal/mirror_batch.h"
#include "node/journal/view.h"

#include <map>
#include <span>
#include <string>
#include <vector>

namespace guildhall::peering {

class Origins;

/// The entry is taken.
inline bool is_believed(const federation::EntryFinding& finding) {
    using federation::EntryVerdict;
    return finding.verdict == EntryVerdict::fine || finding.verdict == EntryVerdict::unproven ||
           finding.verdict == EntryVerdict::unsaid;
}

struct Judged {
    federation::EntryFinding finding;
    /// Of the entry that it is about, within the batch.
    std::size_t index = 0;
    /// Entries of the batch whose bodies nobody's word bears out: they are not kept.
    std::vector<std::size_t> unsaid;
    /// What the host let happen and should have refused, in words.
    std::vector<std::string> escalations;

    bool is_fine() const { return is_believed(finding); }
};

/// What is kept of a batch that was believed.
std::vector<journal::MirrorEntry> entries_to_keep(
    std::span<const federation::VerifiedEntry> entries, std::span<const std::size_t> unsaid);

class EntryJudge {
  public:
    struct Place {
        federation::Hash32 guild_uid{};
        std::uint64_t log_id = 0;
        /// Of the head under which the entries came, and its host.
        std::uint64_t epoch = 0;
        federation::Hash32 host_uid{};
        /// This node's.
        federation::Hash32 own_uid{};
        /// The control log's size when that epoch began, and who hosted before it.
        std::uint64_t epoch_began = 0;
        std::vector<federation::Hash32> past_hosts;
        /// Commands of this node; may be null.
        const Origins* origins = nullptr;
    };

    /// Where accounts lived.
    using Homes = std::map<protocol::UserId, std::vector<federation::Hash32>>;

    EntryJudge(const journal::View& view,
               federation::GuildKeys& keys,
               journal::GuildSnapshot state,
               Place place)
        : view_(view), keys_(keys), place_(std::move(place)), state_(*state) {}

    /// Messages that the entries edit and that are not among them.
    static std::vector<protocol::MessageId> edited(
        std::span<const federation::VerifiedEntry> entries);
    /// As it is here, and whether its author's home signed it.
    struct Held {
        protocol::Message message;
        bool is_signed = false;
        /// It was edited since, and what that said is gone.
        bool is_stale = false;
    };
    void hold(Held held) { held_[held.message.id] = std::move(held); }
    /// An entry that made a message whose body is gone. What the message says now stands in an
    /// edit, which may be a moderator's and unsigned; that its author wrote one is signed here.
    void hold_bare(const federation::EntryHeader& header, std::string command) {
        bare_[protocol::MessageId(header.object_id)] = {header, std::move(command)};
    }
    /// A message as it is here now, of which an entry of the past is.
    void hold_present(protocol::Message message) { present_[message.id] = std::move(message); }
    /// Messages that entries without a body made.
    static std::vector<protocol::MessageId> bare(
        std::span<const federation::VerifiedEntry> entries);

    /// The first finding that ends the batch, if there is one. Keys that entries bring are taken.
    Judged judge(std::span<const federation::VerifiedEntry> entries);
    /// The same for entries from before this node followed the log, of which less can be known:
    /// docs/FEDERATION.md, "What a mirror believes". `own`: of this node's accounts that are named.
    Judged judge_past(std::span<const federation::VerifiedEntry> entries, const Homes& own);
    /// Accounts of this node in whose name the entries stand without a command.
    static std::vector<protocol::UserId> unsigned_by(
        const journal::View& view, std::span<const federation::VerifiedEntry> entries);

  private:
    federation::EntryFinding judge_one(const federation::VerifiedEntry& entry, Judged& out);
    federation::EntryFinding judge_opaque(const federation::VerifiedEntry& entry);
    federation::EntryFinding check(const federation::VerifiedEntry& entry,
                                   const protocol::Event& event,
                                   const federation::CommandFacts* command,
                                   Judged& out);
    federation::EntryFinding judge_past_one(const federation::VerifiedEntry& entry,
                                            const Homes& own);
    struct Bare {
        federation::EntryHeader header;
        std::string command;
    };
    /// Whether such an entry may be of the message's author.
    federation::EntryFinding check_bare(const Bare& bare,
                                        const protocol::Message& message,
                                        const Homes* own) const;
    /// The same where a message without its first text is changed.
    federation::EntryFinding check_origin(const protocol::Event& event, const Homes* own) const;
    federation::EntryFinding check_own_rules(const federation::EntryHeader& header,
                                             const protocol::Event& event) const;
    bool was_made_host(std::uint64_t epoch, std::string_view host) const;
    federation::EntryFinding go_on(const federation::EntryHeader& header,
                                   const protocol::Event& event,
                                   protocol::UserId caller);
    void go_on_holding(const protocol::Event& event, protocol::UserId caller);
    void lose(const federation::EntryHeader& bare);
    std::optional<std::string> home_of_stranger(protocol::UserId user) const;

    const journal::View& view_;
    federation::GuildKeys& keys_;
    const Place place_;
    protocol::GuildState state_;
    std::map<protocol::MessageId, Held> held_;
    std::map<protocol::MessageId, protocol::Message> present_;
    std::map<protocol::MessageId, Bare> bare_;
    protocol::MessageId last_message_;
};

}  // namespace guildhall::peering
