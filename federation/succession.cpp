#include "federation/succession.h"

#include <algorithm>
#include <utility>

namespace guildhall::federation {

Successor::Successor(SuccessorSetup setup,
                     HostingPolicy policy,
                     std::uint64_t epoch,
                     GuildProgress progress,
                     std::optional<SignedBytes> last_vote,
                     protocol::UnixMs now_ms)
    : setup_(std::move(setup)),
      policy_(std::move(policy)),
      epoch_(epoch),
      progress_(progress),
      host_seen_ms_(now_ms),
      last_vote_(std::move(last_vote)),
      voted_epoch_(epoch) {
    CHECK(setup_.key != nullptr);
    if (const auto vote = last_vote_ ? decode_vote(last_vote_->bytes) : std::nullopt) {
        voted_epoch_ = std::max(voted_epoch_, vote->epoch);
    }
}

std::optional<std::size_t> Successor::rank() const {
    const auto at = std::ranges::find(policy_.successors, setup_.self_uid);
    if (at == policy_.successors.end() || policy_.votes == 0) return std::nullopt;
    return static_cast<std::size_t>(at - policy_.successors.begin());
}

bool Successor::misses_host(protocol::UnixMs now_ms) const {
    return now_ms - host_seen_ms_ >= policy_.delay_ms;
}

void Successor::on_host_seen(protocol::UnixMs now_ms) {
    host_seen_ms_ = std::max(host_seen_ms_, now_ms);
    if (state_ == State::host) return;
    state_ = State::follower;
    failed_rounds_ = 0;
}

void Successor::on_hosting(std::uint64_t epoch, const Hash32& host_uid, protocol::UnixMs now_ms) {
    if (epoch < epoch_) return;
    epoch_ = epoch;
    host_seen_ms_ = now_ms;
    failed_rounds_ = 0;
    state_ = host_uid == setup_.self_uid ? State::host : State::follower;
}

protocol::Status Successor::on_vote(const SignedBytes& signed_vote,
                                    NodeKeys keys,
                                    protocol::UnixMs now_ms) {
    const auto vote = verify_vote(signed_vote, keys);
    if (!vote) return refused("the vote does not verify");
    if (vote->guild_uid != setup_.guild_uid) return refused("the vote is of another guild");
    if (vote->prev_epoch != epoch_) return refused("the vote follows another epoch");
    if (vote->epoch <= epoch_ || vote->epoch - epoch_ > kEpochStepMax) {
        return refused("the vote's epoch does not follow");
    }
    if (std::ranges::find(policy_.successors, vote->voter_uid) == policy_.successors.end()) {
        return refused("the vote is of no successor");
    }
    if (vote->voter_uid == setup_.self_uid) return refused("this node's own vote came back");
    // Also of who is refused: two of which one is always an epoch behind elect nobody. Far above
    // the present epoch only those near this node's own are followed, a few at a time.
    if (vote->epoch - epoch_ <= kHeardEpochStepMax ||
        vote->epoch <= voted_epoch_ + kHeardAboveOwnMax)
        heard_epoch_ = std::max(heard_epoch_, vote->epoch);
    if (vote->candidate_uid == vote->voter_uid) return answer(*vote, now_ms);
    return count(signed_vote, *vote);
}

/// Another successor asks for this node's vote.
protocol::Status Successor::answer(const Vote& proposal, protocol::UnixMs now_ms) {
    if (!rank() || state_ == State::host) return refused("this node has no vote");
    if (!misses_host(now_ms)) return refused("the host was heard of");
    if (proposal.control_size < progress_.control_size || proposal.entries < progress_.entries) {
        return refused("the candidate has less than this node");
    }
    if (proposal.control_size == progress_.control_size &&
        proposal.control_root != progress_.control_root) {
        return refused("the candidate has another control log");
    }
    if (proposal.epoch <= voted_epoch_) {
        // The candidate may not have got the vote that it has: the same one again is no second.
        const auto cast_before = last_vote_ ? decode_vote(last_vote_->bytes) : std::nullopt;
        if (!cast_before || cast_before->epoch != proposal.epoch ||
            cast_before->candidate_uid != proposal.candidate_uid ||
            cast_before->control_root != proposal.control_root) {
            return refused("this node voted in that epoch or a later one");
        }
        actions_.push_back(CastVote{*last_vote_, proposal.candidate_uid, false});
        return {};
    }
    if (state_ == State::proposing) state_ = State::suspect;
    // Its own turn comes after the candidate had its chance.
    next_try_ms_ = now_ms + (kProposalTime + kProposalStagger * (1 + *rank())).count();
    cast(proposal.candidate_uid,
         proposal.epoch,
         {proposal.control_size, proposal.control_root, proposal.entries},
         now_ms);
    return {};
}

/// A vote for this node.
protocol::Status Successor::count(const SignedBytes& signed_vote, const Vote& vote) {
    if (state_ != State::proposing) return refused("this node does not propose itself");
    if (vote.candidate_uid != setup_.self_uid || vote.epoch != proposal_.epoch ||
        vote.control_size != proposal_.control_size ||
        vote.control_root != proposal_.control_root) {
        return refused("the vote is for something else");
    }
    if (std::ranges::find(voters_, vote.voter_uid) != voters_.end()) return {};
    voters_.push_back(vote.voter_uid);
    votes_.push_back(signed_vote);
    finish_if_won();
    return {};
}

void Successor::tick(protocol::UnixMs now_ms) {
    const auto place = rank();
    if (!place || state_ == State::host) return;
    if (state_ == State::follower) {
        if (!misses_host(now_ms)) return;
        state_ = State::suspect;
        const auto turn =
            host_seen_ms_ + policy_.delay_ms + kProposalStagger.count() * std::int64_t(*place);
        next_try_ms_ = std::max(next_try_ms_, turn);
    }
    if (state_ == State::proposing && now_ms >= next_try_ms_) {
        state_ = State::suspect;
        const auto wait = kProposalStagger.count() * std::int64_t(1 + *place);
        next_try_ms_ = now_ms + (wait << std::min(failed_rounds_, kProposalDoublingsMax));
        ++failed_rounds_;
    }
    if (state_ == State::suspect && now_ms >= next_try_ms_) propose(now_ms);
}

void Successor::propose(protocol::UnixMs now_ms) {
    const std::uint64_t epoch = std::max({epoch_, voted_epoch_, heard_epoch_}) + 1;
    // So many rounds never failed by accident; the root key can still decide.
    if (epoch - epoch_ > kEpochStepMax) return;
    state_ = State::proposing;
    next_try_ms_ = now_ms + kProposalTime.count();
    votes_.clear();
    voters_.clear();
    cast(setup_.self_uid, epoch, progress_, now_ms);
    votes_.push_back(*last_vote_);
    voters_.push_back(setup_.self_uid);
    finish_if_won();
}

void Successor::cast(const Hash32& candidate_uid,
                     std::uint64_t epoch,
                     const GuildProgress& progress,
                     protocol::UnixMs now_ms) {
    CHECK(epoch > voted_epoch_);
    Vote vote;
    vote.guild_uid = setup_.guild_uid;
    vote.epoch = epoch;
    vote.prev_epoch = epoch_;
    vote.candidate_uid = candidate_uid;
    vote.control_size = progress.control_size;
    vote.control_root = progress.control_root;
    vote.entries = progress.entries;
    vote.voter_uid = setup_.self_uid;
    vote.voter_key_seq = setup_.key_seq;
    vote.ts_ms = now_ms;
    last_vote_ = sign(vote, *setup_.key);
    voted_epoch_ = epoch;
    const bool is_proposal = candidate_uid == setup_.self_uid;
    if (is_proposal) proposal_ = vote;
    actions_.push_back(CastVote{*last_vote_, candidate_uid, is_proposal});
}

void Successor::finish_if_won() {
    if (voters_.size() < policy_.votes) return;
    HostingCertificate certificate;
    certificate.kind = HostingKind::takeover;
    certificate.guild_uid = setup_.guild_uid;
    certificate.epoch = proposal_.epoch;
    certificate.prev_epoch = proposal_.prev_epoch;
    certificate.control_size = proposal_.control_size;
    certificate.control_root = proposal_.control_root;
    certificate.new_host_uid = setup_.self_uid;
    certificate.new_host_name = setup_.name;
    certificate.endpoints = setup_.endpoints;
    certificate.ts_ms = proposal_.ts_ms;
    TakeOver won;
    won.certificate.bytes = encode(certificate);
    won.certificate.votes = votes_;
    add_signature(won.certificate, setup_.self_uid, setup_.key_seq, *setup_.key);
    epoch_ = certificate.epoch;
    state_ = State::host;
    actions_.push_back(std::move(won));
}

std::vector<SuccessionAction> Successor::take_actions() { return std::exchange(actions_, {}); }

std::optional<protocol::UnixMs> Successor::next_deadline() const {
    if (!rank() || state_ == State::host) return std::nullopt;
    if (state_ == State::follower) return host_seen_ms_ + policy_.delay_ms;
    return next_try_ms_;
}

}  // namespace guildhall::federation
