#pragma once
// A successor of a guild, waiting: Follower -> Suspect -> Proposing -> Host(e+1). Time, votes,
// certificates and the node's progress come in; what to store and send comes out. It votes at most
// once for each epoch, only when it misses the host itself, and only for who has at least what it
// has. docs/FEDERATION.md, "Hosting". Owner: the mirror of a guild on a successor node; one thread.

#include "federation/hosting_certificate.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace guildhall::federation {

/// A candidate waits this long for votes, then tries a higher epoch.
inline constexpr std::chrono::milliseconds kProposalTime = std::chrono::seconds(30);
/// Successors propose one after the other in their order, so that votes rarely split.
inline constexpr std::chrono::milliseconds kProposalStagger = std::chrono::seconds(45);
/// A wait doubles with each failed round, so often at most: then rounds are half an hour apart.
inline constexpr int kProposalDoublingsMax = 5;
/// A successor proposes above the epochs that others proposed, when they are at most so far above
/// the present one: nobody uses up the epochs that there are.
inline constexpr std::uint64_t kHeardEpochStepMax = kEpochStepMax / 2;
/// Beyond that, those who propose in turn hear each other when they are so far above its own vote.
inline constexpr std::uint64_t kHeardAboveOwnMax = 16;

/// How much of the guild this node has.
struct GuildProgress {
    std::uint64_t control_size = 0;
    Hash32 control_root{};
    /// Of all logs.
    std::uint64_t entries = 0;

    friend bool operator==(const GuildProgress&, const GuildProgress&) = default;
};

struct SuccessorSetup {
    Hash32 guild_uid{};
    Hash32 self_uid{};
    /// Which key of the node's own key log `key` is.
    std::uint32_t key_seq = 0;
    /// Outlives the machine.
    const SecretKey* key = nullptr;
    std::string name;
    std::vector<std::string> endpoints;
};

/// Store the vote durably, then send it: to the candidate, or to all successors when it proposes
/// this node itself.
struct CastVote {
    SignedBytes vote;
    Hash32 candidate_uid{};
    bool is_proposal = false;

    friend bool operator==(const CastVote&, const CastVote&) = default;
};
/// Verify it as any other, store it, become host and tell everybody.
struct TakeOver {
    SignedCertificate certificate;

    friend bool operator==(const TakeOver&, const TakeOver&) = default;
};
using SuccessionAction = std::variant<CastVote, TakeOver>;

class Successor {
  public:
    enum class State : std::uint8_t { follower, suspect, proposing, host };

    /// `last_vote` is the one that was stored last, if any: a vote survives a restart.
    Successor(SuccessorSetup setup,
              HostingPolicy policy,
              std::uint64_t epoch,
              GuildProgress progress,
              std::optional<SignedBytes> last_vote,
              protocol::UnixMs now_ms);

    /// A verified sign of life of the host: a head or an answer of the present epoch.
    void on_host_seen(protocol::UnixMs now_ms);
    void on_progress(const GuildProgress& progress) { progress_ = progress; }
    void on_policy(HostingPolicy policy) { policy_ = std::move(policy); }
    /// The guild has this host and epoch now.
    void on_hosting(std::uint64_t epoch, const Hash32& host_uid, protocol::UnixMs now_ms);
    /// A vote of another successor: for this node, or for itself (a proposal). Why it was not
    /// followed, for the log.
    protocol::Status on_vote(const SignedBytes& vote, NodeKeys keys, protocol::UnixMs now_ms);
    void tick(protocol::UnixMs now_ms);

    State state() const { return state_; }
    std::vector<SuccessionAction> take_actions();
    /// When tick() has something to do; nothing when it never has.
    std::optional<protocol::UnixMs> next_deadline() const;

  private:
    std::optional<std::size_t> rank() const;
    bool misses_host(protocol::UnixMs now_ms) const;
    protocol::Status answer(const Vote& proposal, protocol::UnixMs now_ms);
    protocol::Status count(const SignedBytes& signed_vote, const Vote& vote);
    void propose(protocol::UnixMs now_ms);
    void cast(const Hash32& candidate_uid,
              std::uint64_t epoch,
              const GuildProgress& progress,
              protocol::UnixMs now_ms);
    void finish_if_won();

    SuccessorSetup setup_;
    HostingPolicy policy_;
    std::uint64_t epoch_;
    GuildProgress progress_;
    State state_ = State::follower;
    protocol::UnixMs host_seen_ms_;
    protocol::UnixMs next_try_ms_ = 0;
    int failed_rounds_ = 0;
    /// The last vote of this node: never another for its epoch or a lower one.
    std::optional<SignedBytes> last_vote_;
    std::uint64_t voted_epoch_ = 0;
    /// The highest that others voted in: they vote in none below it any more.
    std::uint64_t heard_epoch_ = 0;
    /// While proposing: what was proposed and who agreed.
    Vote proposal_;
    std::vector<SignedBytes> votes_;
    std::vector<Hash32> voters_;
    std::vector<SuccessionAction> actions_;
};

}  // namespace guildhall::federation
