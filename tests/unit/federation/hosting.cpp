#include "federation/hosting_chain.h"
#include "tests/catch.h"
#include "tests/unit/federation/statements.h"

namespace guildhall::federation {

using namespace testing;

namespace {

constexpr std::int64_t kDay = 86'400'000;

/// A guild hosted by `a`, with successors b, c and d of which two must agree.
struct Cast {
    TestNode a{10}, b{20}, c{30}, d{40}, stranger{50};
    KeyBook book;
    GuildGenesis genesis;
    Hash32 guild{};
    HostingPolicy policy;

    Cast() {
        for (const TestNode* node : {&a, &b, &c, &d, &stranger}) book.add(*node);
        genesis.created_ms = kNow;
        genesis.host_uid = a.uid;
        genesis.root_key = key(1).public_key();
        guild = uid_of(encode(Genesis(genesis)));
        policy = {{b.uid, c.uid, d.uid}, 2, kDay};
    }

    HostingChain chain() const { return {genesis, guild}; }
    auto policy_at() const {
        return [this](std::uint64_t) -> std::optional<HostingPolicy> { return policy; };
    }
    protocol::Result<HostingStep> accept(HostingChain& chain,
                                         const SignedCertificate& certificate,
                                         protocol::UnixMs now_ms = kNow,
                                         protocol::UnixMs last_head_ms = 0) {
        return chain.accept(certificate, now_ms, book, policy_at(), last_head_ms);
    }

    HostingCertificate certificate(HostingKind kind,
                                   const TestNode& to,
                                   std::uint64_t prev_epoch,
                                   std::uint64_t epoch) const {
        HostingCertificate out;
        out.kind = kind;
        out.guild_uid = guild;
        out.epoch = epoch;
        out.prev_epoch = prev_epoch;
        out.control_size = 100 * epoch;
        out.control_root = filled(9);
        out.new_host_uid = to.uid;
        out.new_host_name = "node.example";
        out.endpoints = {"node.example:8443", "192.0.2.1:1"};
        out.ts_ms = kNow;
        return out;
    }
    static SignedCertificate signed_by(const HostingCertificate& c,
                                       std::initializer_list<const TestNode*> nodes) {
        SignedCertificate out;
        out.bytes = encode(c);
        for (const TestNode* node : nodes) add_signature(out, node->uid, 0, node->signing);
        return out;
    }
    SignedCertificate restore(const TestNode& by, std::uint64_t prev, std::uint64_t epoch) const {
        return signed_by(certificate(HostingKind::restore, by, prev, epoch), {&by});
    }
    SignedCertificate transfer(const TestNode& from, const TestNode& to, std::uint64_t prev) const {
        return signed_by(certificate(HostingKind::transfer, to, prev, prev + 1), {&from, &to});
    }
    SignedCertificate takeover(const TestNode& to,
                               std::uint64_t prev,
                               std::uint64_t epoch,
                               std::initializer_list<const TestNode*> voters) const {
        const auto made = certificate(HostingKind::takeover, to, prev, epoch);
        SignedCertificate out = signed_by(made, {&to});
        for (const TestNode* voter : voters) {
            out.votes.push_back(sign(vote(made, *voter), voter->signing));
        }
        return out;
    }
    static Vote vote(const HostingCertificate& c, const TestNode& voter) {
        Vote out;
        out.guild_uid = c.guild_uid;
        out.epoch = c.epoch;
        out.prev_epoch = c.prev_epoch;
        out.candidate_uid = c.new_host_uid;
        out.control_size = c.control_size;
        out.control_root = c.control_root;
        out.entries = 7;
        out.voter_uid = voter.uid;
        out.ts_ms = kNow + 2 * kDay;
        return out;
    }
};

}  // namespace

TEST_CASE("the policy of a guild's state is one that certificates can follow, or none") {
    const auto text = [](std::uint8_t n) { return std::string(32, static_cast<char>(n)); };
    protocol::Hosting hosting;
    hosting.successors = {text(1), text(2)};
    hosting.votes = 2;
    hosting.delayMs = 1000;
    CHECK(policy_of(hosting) == HostingPolicy{{filled(1), filled(2)}, 2, 1000});
    hosting.delayMs = ~std::uint64_t{0};
    CHECK(policy_of(hosting)->delay_ms == kHostingDelayMaxMs);
    hosting.votes = 3;
    CHECK_FALSE(policy_of(hosting));
    hosting.votes = 1;
    hosting.successors.push_back("short");
    CHECK_FALSE(policy_of(hosting));
    hosting.successors.assign(kSuccessorsMax + 1, text(1));
    CHECK_FALSE(policy_of(hosting));
}

TEST_CASE("certificates and votes read back whole") {
    const Cast cast;
    const SignedCertificate made = cast.takeover(cast.b, 0, 1, {&cast.b, &cast.c});
    CHECK(decode_signed_certificate(encode(made)) == made);
    CHECK(decode_certificate(made.bytes)->endpoints.size() == 2);
    const std::string stored = encode(made);
    for (std::size_t size = 0; size < stored.size(); ++size) {
        REQUIRE_FALSE(decode_signed_certificate(std::string_view(stored).substr(0, size)));
    }
    CHECK_FALSE(decode_signed_certificate(stored + "x"));
}

TEST_CASE("a guild moves by transfer, takeover and restore, verified from its genesis") {
    Cast cast;
    HostingChain chain = cast.chain();
    CHECK(chain.present().host_uid == cast.a.uid);
    const auto first = cast.transfer(cast.a, cast.stranger, 0);
    const auto second = cast.takeover(cast.c, 1, 2, {&cast.c, &cast.d});
    const auto third = cast.restore(cast.c, 2, 3);
    SignedCertificate fourth =
        Cast::signed_by(cast.certificate(HostingKind::takeover, cast.b, 3, 4), {&cast.b});
    add_root_signature(fourth, key(1));
    for (const SignedCertificate* certificate :
         std::initializer_list<const SignedCertificate*>{&first, &second, &third, &fourth}) {
        const auto step = cast.accept(chain, *certificate);
        REQUIRE(step);
        CHECK(*step == HostingStep::advanced);
        CHECK(*cast.accept(chain, *certificate) == HostingStep::repeated);
    }
    CHECK(chain.present().host_uid == cast.b.uid);
    CHECK(chain.host_at(1) == cast.stranger.uid);
    CHECK(chain.may_write(cast.b.uid, 4));

    HostingChain joiner = cast.chain();
    for (const std::string& stored : chain.certificates_above(0)) {
        REQUIRE(cast.accept(joiner, must(decode_signed_certificate(stored))));
    }
    CHECK(joiner.present() == chain.present());
    CHECK(chain.certificates_above(3).size() == 1);
}

TEST_CASE("a change of host without what it needs is refused") {
    Cast cast;
    HostingChain chain = cast.chain();
    const auto refused_now = [&](const SignedCertificate& certificate) {
        return !cast.accept(chain, certificate).has_value();
    };
    const auto c = [&](HostingKind kind, const TestNode& to, std::uint64_t epoch) {
        return cast.certificate(kind, to, 0, epoch);
    };
    using enum HostingKind;
    CHECK(refused_now(Cast::signed_by(c(transfer, cast.b, 1), {&cast.a})));
    CHECK(refused_now(Cast::signed_by(c(transfer, cast.b, 1), {&cast.b})));
    CHECK(refused_now(Cast::signed_by(c(transfer, cast.b, 1), {&cast.b, &cast.c})));
    CHECK(refused_now(Cast::signed_by(c(transfer, cast.a, 1), {&cast.a})));
    CHECK(refused_now(Cast::signed_by(c(restore, cast.b, 1), {&cast.b})));
    CHECK(refused_now(Cast::signed_by(c(restore, cast.a, 1), {})));
    CHECK(refused_now(Cast::signed_by(c(restore, cast.a, 0), {&cast.a})));
    CHECK(refused_now(Cast::signed_by(c(restore, cast.a, kEpochStepMax + 1), {&cast.a})));
    SignedCertificate other_root = Cast::signed_by(c(takeover, cast.b, 1), {&cast.b});
    add_root_signature(other_root, key(2));
    CHECK(refused_now(other_root));
    SignedCertificate unwilling{encode(c(takeover, cast.b, 1)), {}, {}};
    add_root_signature(unwilling, key(1));
    CHECK(refused_now(unwilling));
    CHECK(refused_now(cast.transfer(cast.a, cast.b, 1)));  // Follows an epoch that never was.
}

TEST_CASE("a takeover needs enough votes of different successors for this very head") {
    Cast cast;
    HostingChain chain = cast.chain();
    const auto good = cast.takeover(cast.b, 0, 1, {&cast.b, &cast.c});
    const auto c = must(decode_certificate(good.bytes));
    CHECK_FALSE(cast.accept(chain, cast.takeover(cast.b, 0, 1, {&cast.b})));
    CHECK_FALSE(cast.accept(chain, cast.takeover(cast.b, 0, 1, {&cast.b, &cast.b})));
    CHECK_FALSE(cast.accept(chain, cast.takeover(cast.b, 0, 1, {&cast.b, &cast.stranger})));

    struct Row {
        const char* what;
        void (*change)(Vote&);
    };
    const Row rows[] = {
        {"guild", [](Vote& v) { v.guild_uid = filled(1); }},
        {"epoch", [](Vote& v) { v.epoch = 2; }},
        {"previous epoch", [](Vote& v) { v.prev_epoch = 1; }},
        {"candidate", [](Vote& v) { v.candidate_uid = filled(1); }},
        {"stale head", [](Vote& v) { --v.control_size; }},
        {"another root", [](Vote& v) { v.control_root = filled(1); }},
        {"key", [](Vote& v) { v.voter_key_seq = 1; }},
    };
    for (const Row& row : rows) {
        Vote vote = Cast::vote(c, cast.c);
        row.change(vote);
        SignedCertificate bad = good;
        bad.votes[1] = sign(vote, cast.c.signing);
        INFO(row.what);
        CHECK_FALSE(cast.accept(chain, bad));
    }
    SignedCertificate forged = good;
    forged.votes[1] = sign(Cast::vote(c, cast.c), cast.b.signing);
    CHECK_FALSE(cast.accept(chain, forged));

    // Votes that came before the delay was over, as the verifier's own last head tells.
    CHECK_FALSE(cast.accept(chain, good, kNow, kNow + kDay + 1));
    cast.policy.votes = 0;
    CHECK_FALSE(cast.accept(chain, good));
    cast.policy.votes = 2;
    CHECK(cast.accept(chain, good, kNow, kNow + kDay));
}

TEST_CASE("a lower epoch is refused, and a takeover may not undo what an epoch began with") {
    Cast cast;
    HostingChain chain = cast.chain();
    REQUIRE(cast.accept(chain, cast.takeover(cast.b, 0, 5, {&cast.b, &cast.c})));
    CHECK_FALSE(cast.accept(chain, cast.transfer(cast.a, cast.stranger, 0)));
    CHECK_FALSE(cast.accept(chain, cast.takeover(cast.c, 0, 4, {&cast.c, &cast.d})));
    auto back = cast.certificate(HostingKind::restore, cast.b, 5, 6);
    back.control_size = 499;
    CHECK_FALSE(cast.accept(chain, Cast::signed_by(back, {&cast.b})));
    back.control_size = 500;
    CHECK(cast.accept(chain, Cast::signed_by(back, {&cast.b})));
}

TEST_CASE("a host that was replaced writes nothing more and appoints nobody") {
    Cast cast;
    HostingChain chain = cast.chain();
    REQUIRE(cast.accept(chain, cast.takeover(cast.b, 0, 1, {&cast.b, &cast.c})));
    CHECK_FALSE(chain.may_write(cast.a.uid, 0));
    CHECK_FALSE(chain.may_write(cast.a.uid, 1));
    CHECK_FALSE(chain.may_write(cast.b.uid, 0));
    CHECK(chain.may_write(cast.b.uid, 1));
    CHECK_FALSE(cast.accept(chain, cast.restore(cast.a, 0, 2)));
    CHECK_FALSE(cast.accept(chain,
                            Cast::signed_by(cast.certificate(HostingKind::transfer, cast.d, 0, 2),
                                            {&cast.a, &cast.d})));
}

TEST_CASE("all nodes agree which of two certificates of one epoch holds") {
    Cast cast;
    const auto quorum = cast.takeover(cast.b, 0, 1, {&cast.b, &cast.c});
    const auto restored = cast.restore(cast.a, 0, 1);
    const auto transferred = cast.transfer(cast.a, cast.stranger, 0);
    const auto other_quorum = cast.takeover(cast.d, 0, 1, {&cast.d, &cast.c});
    for (const auto& [x, y] : {std::pair(&quorum, &restored),
                               std::pair(&quorum, &transferred),
                               std::pair(&transferred, &restored),
                               std::pair(&quorum, &other_quorum)}) {
        HostingChain one = cast.chain();
        HostingChain two = cast.chain();
        const auto one_first = cast.accept(one, *x);
        const auto one_then = cast.accept(one, *y);
        const auto two_first = cast.accept(two, *y);
        const auto two_then = cast.accept(two, *x);
        REQUIRE((one_first && one_then && two_first && two_then));
        CHECK(one.present() == two.present());
        CHECK(((*one_then == HostingStep::outranked) != (*two_then == HostingStep::outranked)));
    }
}

TEST_CASE("a takeover outranks the epochs that a host gave itself by restoring") {
    Cast cast;
    const auto taken = cast.takeover(cast.b, 0, 1, {&cast.b, &cast.c});
    HostingChain chain = cast.chain();
    REQUIRE(cast.accept(chain, cast.restore(cast.a, 0, 2)));
    REQUIRE(cast.accept(chain, cast.restore(cast.a, 2, 4)));
    // One vote of two, and the old host's own word.
    CHECK_FALSE(cast.accept(chain, cast.takeover(cast.b, 0, 1, {&cast.b})));
    CHECK_FALSE(cast.accept(chain, cast.transfer(cast.a, cast.b, 0)));
    CHECK(chain.present().epoch == 4);
    const auto step = cast.accept(chain, taken);
    REQUIRE(step);
    CHECK(*step == HostingStep::superseded);
    HostingChain other = cast.chain();
    REQUIRE(cast.accept(other, taken));
    CHECK(chain.present() == other.present());
    // And nobody goes back.
    CHECK_FALSE(cast.accept(chain, cast.restore(cast.a, 0, 2)));
    CHECK(chain.present() == other.present());
}

TEST_CASE("a takeover outranks what a host handed over that had gone back to a backup") {
    Cast cast;
    const auto taken = cast.takeover(cast.b, 0, 1, {&cast.b, &cast.c});
    HostingChain chain = cast.chain();
    REQUIRE(cast.accept(chain, cast.restore(cast.a, 0, 2)));
    REQUIRE(cast.accept(chain, cast.transfer(cast.a, cast.stranger, 2)));
    CHECK(chain.present().host_uid == cast.stranger.uid);
    const auto step = cast.accept(chain, taken);
    REQUIRE(step);
    CHECK(*step == HostingStep::superseded);
    CHECK(chain.present().epoch == 1);
    // Whom a host appointed that had not gone back stays, once somebody else followed.
    HostingChain other = cast.chain();
    REQUIRE(cast.accept(other, cast.transfer(cast.a, cast.stranger, 0)));
    REQUIRE(cast.accept(other, cast.restore(cast.stranger, 1, 3)));
    CHECK_FALSE(cast.accept(other, cast.takeover(cast.b, 0, 2, {&cast.b, &cast.c})));
    CHECK(other.present().epoch == 3);
}

TEST_CASE("a chain that is read back has no steps that others replaced") {
    Cast cast;
    const auto low = cast.takeover(cast.b, 0, 1, {&cast.b, &cast.c});
    const auto high = cast.takeover(cast.b, 0, 7, {&cast.b, &cast.c});
    // As a crash, or a version before, left the rows: the void one below, and above.
    HostingChain below = cast.chain();
    REQUIRE(below.restore(cast.restore(cast.a, 0, 5)));
    REQUIRE(below.restore(cast.restore(cast.a, 5, 6)));
    REQUIRE(below.restore(high));
    CHECK(below.seen().size() == 1);
    CHECK(below.present().epoch == 7);
    HostingChain above = cast.chain();
    REQUIRE(above.restore(low));
    CHECK_FALSE(above.restore(cast.restore(cast.a, 0, 5)));
    CHECK(above.seen().size() == 1);
    CHECK(above.present().host_uid == cast.b.uid);
}

TEST_CASE("a chain that is read back has no steps that followed one that another replaced") {
    Cast cast;
    const auto back = [&](std::uint64_t prev, std::uint64_t epoch) {
        return Cast::signed_by(cast.certificate(HostingKind::restore, cast.a, prev, epoch),
                               {&cast.a});
    };
    // The takeover has the place of the transfer that the last one followed.
    HostingChain chain = cast.chain();
    REQUIRE(chain.restore(back(0, 6)));
    REQUIRE(chain.restore(cast.takeover(cast.b, 0, 7, {&cast.b, &cast.c})));
    CHECK_FALSE(chain.restore(cast.transfer(cast.stranger, cast.d, 7)));
    CHECK(chain.present().host_uid == cast.b.uid);
    // Nor what followed one that is not there.
    CHECK_FALSE(chain.restore(back(8, 9)));
    CHECK(chain.restore(cast.transfer(cast.b, cast.d, 7)));
    // A copy that was taken anew begins later.
    HostingChain anew = cast.chain();
    CHECK(anew.restore(cast.transfer(cast.b, cast.d, 7)));
    CHECK(anew.present().host_uid == cast.d.uid);
}

TEST_CASE("a host that dates its restore back is replaced all the same after a restart") {
    Cast cast;
    auto old = cast.certificate(HostingKind::restore, cast.a, 0, 5);
    old.ts_ms = kNow - 4 * kDay;
    HostingChain chain = cast.chain();
    REQUIRE(cast.accept(chain, Cast::signed_by(old, {&cast.a})));
    HostingChain again = cast.chain();
    const auto seen = chain.seen();
    REQUIRE(seen == std::map<std::uint64_t, protocol::UnixMs>{{5, kNow}});
    REQUIRE(again.restore(*chain.certificate_of(5), seen.at(5)));
    const auto step = cast.accept(again, cast.takeover(cast.b, 0, 1, {&cast.b, &cast.c}));
    REQUIRE(step);
    CHECK(*step == HostingStep::superseded);
}

TEST_CASE("a takeover before the step that a restore follows moves nothing") {
    Cast cast;
    HostingChain chain = cast.chain();
    REQUIRE(cast.accept(chain, cast.takeover(cast.b, 0, 1, {&cast.b, &cast.c})));
    REQUIRE(cast.accept(chain, cast.restore(cast.b, 1, 3)));
    for (const std::uint64_t epoch : {2U, 4U})
        CHECK_FALSE(cast.accept(chain, cast.takeover(cast.c, 0, epoch, {&cast.c, &cast.d})));
    CHECK(chain.present().epoch == 3);
    CHECK(chain.present().host_uid == cast.b.uid);
}

TEST_CASE("a later takeover replaces a step it did not know, but only a young one") {
    Cast cast;
    for (const std::int64_t age : {3 * kDay, 3 * kDay + 1}) {
        HostingChain chain = cast.chain();
        REQUIRE(cast.accept(chain, cast.transfer(cast.a, cast.stranger, 0), kNow));
        const auto step =
            cast.accept(chain, cast.takeover(cast.c, 0, 2, {&cast.c, &cast.d}), kNow + age);
        CHECK(step.has_value() == (age == 3 * kDay));
        if (step) CHECK(*step == HostingStep::superseded);
    }
}

}  // namespace guildhall::federation
