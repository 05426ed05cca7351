// Who hosts a guild, under attack: three successors, the host and a mirror's chain, to which come
// each other's votes and certificates in any order, late, twice and with bytes changed. Whatever
// comes, a voter votes once for an epoch, no chain has a host without the signatures for it, and
// who has all certificates of an honest cast agrees on the host.
#include "federation/host_seat.h"
#include "federation/hosting_chain.h"
#include "federation/succession.h"
#include "protocol/check.h"
#include "tests/unit/federation/statements.h"

#include <array>
#include <map>

using namespace guildhall;
using namespace guildhall::federation;
using namespace guildhall::federation::testing;

namespace {

constexpr protocol::UnixMs kDelay = 60'000;
constexpr std::size_t kStepsMax = 96;

/// Everybody's keys, and the guild.
struct Cast {
    Cast() {
        for (const TestNode* node : {&host, &nodes[0], &nodes[1], &nodes[2]}) book.add(*node);
        genesis.created_ms = kNow;
        genesis.host_uid = host.uid;
        genesis.root_key = key(1).public_key();
        guild = uid_of(encode(Genesis(genesis)));
        for (const TestNode& node : nodes) policy.successors.push_back(node.uid);
        policy.votes = 2;
        policy.delay_ms = kDelay;
    }
    SuccessorSetup setup(const TestNode& node) const {
        return {guild, node.uid, 0, &node.signing, "node.example", {"node.example:1"}};
    }

    TestNode host{10};
    std::array<TestNode, 3> nodes{TestNode(20), TestNode(30), TestNode(40)};
    KeyBook book;
    GuildGenesis genesis;
    Hash32 guild{};
    HostingPolicy policy;
};

const Cast& cast() {
    static const Cast made;
    return made;
}

class Election {
  public:
    explicit Election(ByteView script) : in_(script), chain_(cast().genesis, cast().guild) {
        for (const TestNode& node : cast().nodes)
            seats_.emplace_back(
                cast().setup(node), cast().policy, kFirstEpoch, progress(), std::nullopt, now_);
    }

    void run() {
        for (std::size_t step = 0; step < kStepsMax && in_.left() > 0; ++step) {
            const auto what = in_.get<std::uint8_t>();
            Successor& seat = seats_[what / 8 % seats_.size()];
            if (what % 8 == 0) seat.on_host_seen(now_);
            if (what % 8 < 3) wait(seat);
            if (what % 8 == 3) deliver(seat, false);
            if (what % 8 == 4) deliver(seat, true);
            if (what % 8 == 5) certify(false);
            if (what % 8 == 6) certify(true);
            if (what % 8 == 7) restart(what / 8 % seats_.size());
            for (std::size_t i = 0; i < seats_.size(); ++i) collect(i);
        }
    }

  private:
    static GuildProgress progress() { return {100, filled(9), 1000}; }

    void wait(Successor& seat) {
        now_ += in_.get<std::uint16_t>() * 8;
        seat.tick(now_);
    }

    std::string disturbed(std::string bytes) {
        if (bytes.empty()) return bytes;
        for (int i = 1 + in_.get<std::uint8_t>() % 3; i > 0; --i) {
            const std::size_t at = in_.get<std::uint16_t>() % bytes.size();
            bytes[at] = static_cast<char>(in_.get<std::uint8_t>());
        }
        return bytes;
    }

    void deliver(Successor& seat, bool changed) {
        if (votes_.empty()) return;
        SignedBytes vote = votes_[in_.get<std::uint8_t>() % votes_.size()];
        const std::string honest = vote.bytes;
        if (changed) vote.bytes = disturbed(honest);
        const bool known = vote.bytes == honest;
        const bool taken = seat.on_vote(vote, cast().book, now_).has_value();
        CHECK(known || !taken);
    }

    void certify(bool changed) {
        if (certificates_.empty()) return;
        const std::string& honest = certificates_[in_.get<std::uint8_t>() % certificates_.size()];
        const std::string stored = changed ? disturbed(honest) : honest;
        const auto certificate = decode_signed_certificate(stored);
        if (!certificate) return;
        CHECK(encode(*certificate) == stored);
        const auto policy = [](std::uint64_t) { return std::optional(cast().policy); };
        const auto step = chain_.accept(*certificate, now_, cast().book, policy);
        // Signatures and votes that do not count may differ, what they sign may not.
        if (step) CHECK(certificate->bytes == decode_signed_certificate(honest)->bytes);
        const auto& present = chain_.present();
        for (Successor& seat : seats_) seat.on_hosting(present.epoch, present.host_uid, now_);
    }

    /// What was stored is all that a node has after it.
    void restart(std::size_t i) {
        const auto last = stored_votes_.find(i);
        seats_[i] =
            Successor(cast().setup(cast().nodes[i]),
                      cast().policy,
                      chain_.present().epoch,
                      progress(),
                      last == stored_votes_.end() ? std::nullopt : std::optional(last->second),
                      now_);
    }

    void collect(std::size_t i) {
        for (SuccessionAction& action : seats_[i].take_actions()) {
            if (auto* vote = std::get_if<CastVote>(&action)) {
                const auto read = verify_vote(vote->vote, cast().book);
                CHECK(read && read->voter_uid == cast().nodes[i].uid);
                const auto [at, fresh] = by_epoch_.try_emplace({i, read->epoch}, vote->vote.bytes);
                CHECK(fresh || at->second == vote->vote.bytes);
                stored_votes_[i] = vote->vote;
                votes_.push_back(vote->vote);
            } else {
                certificates_.push_back(encode(std::get<TakeOver>(action).certificate));
            }
        }
    }

    ByteReader in_;
    protocol::UnixMs now_ = kNow;
    std::vector<Successor> seats_;
    HostingChain chain_;
    std::vector<SignedBytes> votes_;
    std::vector<std::string> certificates_;
    std::map<std::size_t, SignedBytes> stored_votes_;
    std::map<std::pair<std::size_t, std::uint64_t>, std::string> by_epoch_;
};

/// A host's seat and the offer that it makes, to which any bytes are the answer.
void transfer(ByteView bytes) {
    HostSeat seat(cast().setup(cast().host), kFirstEpoch, std::nullopt, kNow);
    CHECK(seat.begin_transfer(
        {cast().nodes[0].uid, "two.example", {}}, {100, filled(9), 1000}, kNow));
    CHECK(!seat.may_write());
    if (const auto answer = decode_signed_certificate(bytes))
        CHECK(!seat.on_accepted(*answer, cast().book));
    const HostingBase base{
        cast().guild, key(1).public_key(), kFirstEpoch, cast().host.uid, 0, cast().policy, 0};
    if (const auto offer = decode_signed_certificate(bytes)) {
        const auto setup = cast().setup(cast().nodes[0]);
        CHECK(!accept_transfer(*offer, base, setup, {100, filled(9), 1000}, cast().book, kNow));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView bytes(data, size);
    Election(bytes).run();
    transfer(bytes);
    return 0;
}
