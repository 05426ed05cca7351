#include "federation/host_seat.h"
#include "federation/hosting_chain.h"
#include "tests/catch.h"
#include "tests/unit/federation/statements.h"

#include <deque>
#include <random>

namespace guildhall::federation {

using namespace testing;

namespace {

constexpr std::int64_t kDelay = 3'600'000;
const GuildProgress kHave{100, filled(9), 500};

template <class T, class Action>
std::vector<T> only(const std::vector<Action>& actions) {
    std::vector<T> out;
    for (const auto& action : actions) {
        if (const auto* found = std::get_if<T>(&action)) out.push_back(*found);
    }
    return out;
}

struct Cast {
    TestNode a{10}, b{20}, c{30}, d{40};
    KeyBook book;
    GuildGenesis genesis;
    Hash32 guild{};
    HostingPolicy policy;

    Cast() {
        for (const TestNode* node : {&a, &b, &c, &d}) book.add(*node);
        genesis.host_uid = a.uid;
        genesis.root_key = key(1).public_key();
        guild = uid_of(encode(Genesis(genesis)));
        policy = {{b.uid, c.uid, d.uid}, 2, kDelay};
    }
    SuccessorSetup setup(const TestNode& node) const {
        return {guild, node.uid, 0, &node.signing, "node.example", {"node.example:1"}};
    }
    Successor successor(const TestNode& node,
                        const GuildProgress& progress = kHave,
                        std::optional<SignedBytes> last_vote = std::nullopt) const {
        return {setup(node), policy, 0, progress, std::move(last_vote), kNow};
    }
    HostingBase base() const { return {guild, genesis.root_key, 0, a.uid, 0, policy, kNow}; }
    auto policy_at() const {
        return [this](std::uint64_t) -> std::optional<HostingPolicy> { return policy; };
    }
};

}  // namespace

TEST_CASE("the first successor takes over with a quorum after the delay, and not before") {
    const Cast cast;
    Successor b = cast.successor(cast.b);
    Successor c = cast.successor(cast.c);
    b.tick(kNow + kDelay - 1);
    CHECK(b.state() == Successor::State::follower);
    CHECK(b.next_deadline() == kNow + kDelay);
    b.tick(kNow + kDelay);
    CHECK(b.state() == Successor::State::proposing);
    const auto proposals = only<CastVote>(b.take_actions());
    REQUIRE(proposals.size() == 1);
    CHECK(proposals[0].is_proposal);

    CHECK_FALSE(c.on_vote(proposals[0].vote, cast.book, kNow + kDelay - 1));
    REQUIRE(c.on_vote(proposals[0].vote, cast.book, kNow + kDelay));
    const auto answers = only<CastVote>(c.take_actions());
    REQUIRE(answers.size() == 1);
    CHECK(answers[0].candidate_uid == cast.b.uid);
    REQUIRE(b.on_vote(answers[0].vote, cast.book, kNow + kDelay + 5));
    CHECK(b.state() == Successor::State::host);
    const auto won = only<TakeOver>(b.take_actions());
    REQUIRE(won.size() == 1);
    const auto verified = verify(won[0].certificate, cast.base(), cast.book);
    REQUIRE(verified);
    CHECK(verified->new_host_uid == cast.b.uid);
    CHECK(verified->epoch == 1);
}

TEST_CASE("a successor that hears the host neither proposes nor votes") {
    const Cast cast;
    Successor b = cast.successor(cast.b);
    Successor c = cast.successor(cast.c);
    b.tick(kNow + kDelay);
    const auto proposal = only<CastVote>(b.take_actions()).at(0);
    c.on_host_seen(kNow + kDelay - 1);
    CHECK_FALSE(c.on_vote(proposal.vote, cast.book, kNow + kDelay));
    CHECK(c.take_actions().empty());
    b.on_host_seen(kNow + kDelay);
    CHECK(b.state() == Successor::State::follower);
    b.tick(kNow + 2 * kDelay - 1);
    CHECK(b.take_actions().empty());
}

TEST_CASE("a successor votes once for each epoch, also after a restart") {
    const Cast cast;
    Successor b = cast.successor(cast.b);
    Successor c = cast.successor(cast.c);
    b.tick(kNow + kDelay);
    const auto from_b = only<CastVote>(b.take_actions()).at(0).vote;
    c.tick(kNow + kDelay + kProposalStagger.count());
    const auto from_c = only<CastVote>(c.take_actions()).at(0).vote;

    Successor d = cast.successor(cast.d);
    REQUIRE(d.on_vote(from_b, cast.book, kNow + kDelay));
    const auto vote = only<CastVote>(d.take_actions()).at(0).vote;
    CHECK_FALSE(d.on_vote(from_c, cast.book, kNow + kDelay));
    Successor again = cast.successor(cast.d, kHave, vote);
    CHECK_FALSE(again.on_vote(from_c, cast.book, kNow + kDelay));
    // The same proposal gets the same vote, byte for byte.
    REQUIRE(again.on_vote(from_b, cast.book, kNow + kDelay + 1));
    CHECK(only<CastVote>(again.take_actions()).at(0).vote == vote);
}

TEST_CASE("a successor votes only for who has at least what it has") {
    const Cast cast;
    Successor b = cast.successor(cast.b);
    b.tick(kNow + kDelay);
    const auto proposal = only<CastVote>(b.take_actions()).at(0).vote;
    const auto votes_with = [&](GuildProgress progress) {
        Successor c = cast.successor(cast.c, progress);
        return c.on_vote(proposal, cast.book, kNow + kDelay).has_value();
    };
    CHECK(votes_with(kHave));
    CHECK(votes_with({99, filled(1), 500}));
    CHECK_FALSE(votes_with({101, filled(1), 500}));
    CHECK_FALSE(votes_with({100, filled(9), 501}));
    CHECK_FALSE(votes_with({100, filled(1), 500}));
}

TEST_CASE("who has more than another takes over though the other proposes itself first") {
    const Cast cast;
    Successor b = cast.successor(cast.b, {kHave.control_size, kHave.control_root, 499});
    Successor c = cast.successor(cast.c);
    b.tick(kNow + kDelay);
    const auto first = only<CastVote>(b.take_actions());
    REQUIRE(first.size() == 1);
    REQUIRE_FALSE(c.on_vote(first[0].vote, cast.book, kNow + kDelay));
    const auto turn = kNow + kDelay + kProposalStagger.count();
    c.tick(turn);
    const auto second = only<CastVote>(c.take_actions());
    REQUIRE(second.size() == 1);
    CHECK(decode_vote(second[0].vote.bytes)->epoch == 2);
    REQUIRE(b.on_vote(second[0].vote, cast.book, turn));
    const auto answers = only<CastVote>(b.take_actions());
    REQUIRE(answers.size() == 1);
    REQUIRE(c.on_vote(answers[0].vote, cast.book, turn));
    CHECK(c.state() == Successor::State::host);
}

TEST_CASE("a proposal of an epoch far away does not use up the others") {
    const Cast cast;
    Successor b = cast.successor(cast.b);
    Vote far;
    far.guild_uid = cast.guild;
    far.epoch = kEpochStepMax;
    far.candidate_uid = far.voter_uid = cast.d.uid;
    far.ts_ms = kNow;
    CHECK_FALSE(b.on_vote(sign(far, cast.d.signing), cast.book, kNow));
    b.tick(kNow + kDelay);
    const auto proposals = only<CastVote>(b.take_actions());
    REQUIRE(proposals.size() == 1);
    CHECK(decode_vote(proposals[0].vote.bytes)->epoch == 1);
}

TEST_CASE("two honest successors find each other above the highest epoch that is followed") {
    for (const std::uint64_t above : {std::uint64_t{0}, std::uint64_t{1}}) {
        const Cast cast;
        GuildProgress more = kHave;
        ++more.entries;
        Successor b = cast.successor(cast.b);
        Successor c = cast.successor(cast.c, more);
        Vote far;
        far.guild_uid = cast.guild;
        far.epoch = kHeardEpochStepMax + above;
        far.candidate_uid = far.voter_uid = cast.d.uid;
        far.ts_ms = kNow;
        const SignedBytes said = sign(far, cast.d.signing);
        for (Successor* one : {&b, &c}) CHECK_FALSE(one->on_vote(said, cast.book, kNow));
        // The one that has less proposes first, again and again; only the other can win.
        bool taken = false;
        for (protocol::UnixMs now = kNow + kDelay; !taken && now < kNow + 10 * kDelay;
             now += 1000) {
            b.tick(now);
            c.tick(now);
            for (const auto& vote : only<CastVote>(b.take_actions()))
                static_cast<void>(c.on_vote(vote.vote, cast.book, now));
            for (const auto& vote : only<CastVote>(c.take_actions()))
                static_cast<void>(b.on_vote(vote.vote, cast.book, now));
            for (const auto& vote : only<CastVote>(b.take_actions()))
                static_cast<void>(c.on_vote(vote.vote, cast.book, now));
            taken = c.state() == Successor::State::host;
        }
        CHECK(taken);
    }
}

TEST_CASE("votes of strangers, of other guilds and epochs, and forged ones are refused") {
    const Cast cast;
    Vote vote;
    vote.guild_uid = cast.guild;
    vote.epoch = 1;
    vote.candidate_uid = vote.voter_uid = cast.b.uid;
    vote.control_size = kHave.control_size;
    vote.control_root = kHave.control_root;
    vote.entries = kHave.entries;
    vote.ts_ms = kNow + kDelay;
    const auto taken = [&](const SignedBytes& signed_vote) {
        Successor c = cast.successor(cast.c);
        return c.on_vote(signed_vote, cast.book, kNow + kDelay).has_value();
    };
    CHECK(taken(sign(vote, cast.b.signing)));
    CHECK_FALSE(taken(sign(vote, cast.c.signing)));
    Vote other = vote;
    other.guild_uid = filled(1);
    CHECK_FALSE(taken(sign(other, cast.b.signing)));
    other = vote;
    other.prev_epoch = 1;
    CHECK_FALSE(taken(sign(other, cast.b.signing)));
    other = vote;
    other.epoch = 0;
    CHECK_FALSE(taken(sign(other, cast.b.signing)));
    other = vote;
    other.epoch = kEpochStepMax + 1;
    CHECK_FALSE(taken(sign(other, cast.b.signing)));
    other = vote;
    other.candidate_uid = other.voter_uid = cast.a.uid;
    CHECK_FALSE(taken(sign(other, cast.a.signing)));
}

namespace {

/// Three successors whose host is gone, over a network that loses, delays and reorders, and with
/// restarts that keep only what was stored.
class Election {
  public:
    explicit Election(std::uint32_t seed) : chance_(seed) {
        for (const TestNode* node : nodes_) {
            machines_.push_back(cast_.successor(*node));
            chains_.emplace_back(cast_.genesis, cast_.guild);
        }
    }

    void step(protocol::UnixMs now) {
        const std::size_t i = chance_() % nodes_.size();
        if (chance_() % 200 == 0) restart(i);
        if (hears_host(i)) machines_[i].on_host_seen(now);
        machines_[i].tick(now);
        drain(i);
        if (!wire_.empty() && chance_() % 2 != 0) deliver(now);
    }
    bool agrees() const {
        return chains_[0].present() == chains_[1].present() &&
               chains_[1].present() == chains_[2].present();
    }
    /// Who became host in which epoch.
    const std::map<std::uint64_t, Hash32>& hosts() const { return hosts_; }

  private:
    using Message = std::variant<SignedBytes, SignedCertificate>;

    /// Whether the node that this one takes for the host is host and knows it.
    bool hears_host(std::size_t i) const {
        const HostSeatInfo& seat = chains_[i].present();
        for (std::size_t j = 0; j < nodes_.size(); ++j) {
            if (j == i || nodes_[j]->uid != seat.host_uid) continue;
            return machines_[j].state() == Successor::State::host && chains_[j].present() == seat;
        }
        return false;
    }
    void send(std::size_t to, const Message& message) {
        if (chance_() % 3 != 0) wire_.emplace_back(to, message);
    }
    void restart(std::size_t i) {
        if (machines_[i].state() == Successor::State::host) return;
        machines_[i] = cast_.successor(*nodes_[i], kHave, stored_[i]);
        const HostSeatInfo& seat = chains_[i].present();
        machines_[i].on_hosting(seat.epoch, seat.host_uid, kNow);
    }
    void drain(std::size_t i) {
        for (const auto& action : machines_[i].take_actions()) {
            if (const auto* vote = std::get_if<CastVote>(&action)) {
                stored_[i] = vote->vote;
                for (std::size_t to = 0; to < nodes_.size(); ++to) {
                    const bool wanted = vote->is_proposal || nodes_[to]->uid == vote->candidate_uid;
                    if (to != i && wanted) send(to, vote->vote);
                }
            } else {
                publish(i, std::get<TakeOver>(action).certificate);
            }
        }
    }
    void publish(std::size_t i, const SignedCertificate& won) {
        const auto c = must(decode_certificate(won.bytes));
        REQUIRE(hosts_.emplace(c.epoch, c.new_host_uid).second);
        REQUIRE(chains_[i].accept(won, c.ts_ms, cast_.book, cast_.policy_at(), kNow));
        for (int copy = 0; copy < 20; ++copy) {
            for (std::size_t to = 0; to < nodes_.size(); ++to) send(to, won);
        }
    }
    void deliver(protocol::UnixMs now) {
        const auto at = wire_.begin() + static_cast<std::ptrdiff_t>(chance_() % wire_.size());
        const auto [to, message] = *at;
        wire_.erase(at);
        if (const auto* vote = std::get_if<SignedBytes>(&message)) {
            static_cast<void>(machines_[to].on_vote(*vote, cast_.book, now));
            drain(to);
            return;
        }
        const auto& certificate = std::get<SignedCertificate>(message);
        if (chains_[to].accept(certificate, now, cast_.book, cast_.policy_at(), kNow)) {
            const HostSeatInfo& seat = chains_[to].present();
            machines_[to].on_hosting(seat.epoch, seat.host_uid, now);
        }
    }

    Cast cast_;
    std::vector<const TestNode*> nodes_ = {&cast_.b, &cast_.c, &cast_.d};
    std::mt19937 chance_;
    std::vector<Successor> machines_;
    std::vector<HostingChain> chains_;
    std::vector<std::optional<SignedBytes>> stored_{nodes_.size()};
    std::map<std::uint64_t, Hash32> hosts_;
    std::deque<std::pair<std::size_t, Message>> wire_;
};

}  // namespace

TEST_CASE("successors under loss, delay and restarts elect at most one host an epoch, and agree") {
    std::size_t later_epochs = 0;
    for (std::uint32_t seed = 1; seed <= 200; ++seed) {
        Election election(seed);
        for (int step = 0; step < 3000; ++step) {
            election.step(kNow + kDelay + std::int64_t{3000} * step);
        }
        INFO("seed " << seed);
        CHECK_FALSE(election.hosts().empty());
        CHECK(election.agrees());
        if (!election.hosts().empty() && election.hosts().rbegin()->first > 1) ++later_epochs;
    }
    // The network was bad enough for failed rounds.
    CHECK(later_epochs > 10);
}

TEST_CASE("a transfer is offered, accepted by who has everything, and retires the old host") {
    const Cast cast;
    HostSeat seat(cast.setup(cast.a), 0, std::nullopt, kNow);
    REQUIRE(seat.begin_transfer({cast.b.uid, "b", {}}, kHave, kNow));
    CHECK_FALSE(seat.may_write());
    CHECK_FALSE(seat.begin_transfer({cast.c.uid, "c", {}}, kHave, kNow));
    const auto offer = only<OfferTransfer>(seat.take_actions()).at(0).certificate;
    seat.tick(kNow + kTransferRepeat.count());
    CHECK(only<OfferTransfer>(seat.take_actions()).size() == 1);

    const auto b = cast.setup(cast.b);
    GuildProgress less = kHave;
    less.control_size -= 1;
    CHECK_FALSE(accept_transfer(offer, cast.base(), b, less, cast.book, kNow));
    CHECK_FALSE(accept_transfer(offer, cast.base(), cast.setup(cast.c), kHave, cast.book, kNow));
    const auto late = kNow + kTransferOfferTime.count() + 1;
    CHECK_FALSE(accept_transfer(offer, cast.base(), b, kHave, cast.book, late));
    const auto accepted = accept_transfer(offer, cast.base(), b, kHave, cast.book, kNow);
    REQUIRE(accepted);

    CHECK_FALSE(seat.on_accepted(offer, cast.book));  // Not signed by the new host.
    HostSeat restarted(cast.setup(cast.a), 0, seat.open_offer(), kNow);
    CHECK_FALSE(restarted.may_write());
    REQUIRE(restarted.on_accepted(*accepted, cast.book));
    CHECK(restarted.state() == HostSeat::State::retired);
    const auto actions = restarted.take_actions();
    CHECK(only<PublishCertificate>(actions).at(0).certificate == *accepted);
    CHECK(only<StandDown>(actions).at(0).new_host_uid == cast.b.uid);
    HostingChain chain(cast.genesis, cast.guild);
    REQUIRE(chain.accept(*accepted, kNow, cast.book, cast.policy_at()));
    CHECK(chain.present().host_uid == cast.b.uid);
}

TEST_CASE("an unanswered transfer is withdrawn late, and beats a signature that turns up") {
    const Cast cast;
    HostSeat seat(cast.setup(cast.a), 0, std::nullopt, kNow);
    REQUIRE(seat.begin_transfer({cast.b.uid, "b", {}}, kHave, kNow));
    const auto offer = only<OfferTransfer>(seat.take_actions()).at(0).certificate;
    const auto accepted =
        accept_transfer(offer, cast.base(), cast.setup(cast.b), kHave, cast.book, kNow);
    REQUIRE(accepted);
    const auto end = kNow + (kTransferOfferTime + kTransferMargin).count();
    CHECK_FALSE(seat.withdraw(kHave, key(1), end - 1));
    REQUIRE(seat.withdraw(kHave, key(1), end));
    CHECK(seat.may_write());
    CHECK(seat.epoch() == 2);
    const auto back = only<PublishCertificate>(seat.take_actions()).at(0).certificate;
    HostingChain one(cast.genesis, cast.guild);
    REQUIRE(one.accept(*accepted, end, cast.book, cast.policy_at()));
    REQUIRE(one.accept(back, end, cast.book, cast.policy_at()));
    HostingChain two(cast.genesis, cast.guild);
    REQUIRE(two.accept(back, end, cast.book, cast.policy_at()));
    CHECK_FALSE(two.accept(*accepted, end, cast.book, cast.policy_at()));
    CHECK(one.present() == two.present());
    CHECK(one.present().host_uid == cast.a.uid);
}

TEST_CASE("a host that returns after a takeover stands down") {
    const Cast cast;
    HostSeat seat(cast.setup(cast.a), 0, std::nullopt, kNow);
    seat.on_hosting(0, cast.b.uid);
    CHECK(seat.may_write());
    seat.on_hosting(1, cast.b.uid);
    CHECK(seat.state() == HostSeat::State::retired);
    CHECK(only<StandDown>(seat.take_actions()).at(0) == StandDown{cast.b.uid, 1});
    CHECK_FALSE(seat.begin_transfer({cast.c.uid, "c", {}}, kHave, kNow));
}

}  // namespace guildhall::federation
