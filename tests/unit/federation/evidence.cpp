#include "federation/evidence.h"

#include "federation/merkle.h"
#include "tests/catch.h"
#include "tests/unit/federation/log_builder.h"
#include "tests/unit/federation/statements.h"

namespace guildhall::federation {

using namespace testing;

namespace {

const Hash32 kGuild = filled(0x70);

EntryHeader entry(std::uint64_t seq, std::uint8_t body) {
    EntryHeader out;
    out.log_id = 5;
    out.seq = seq;
    out.ts_ms = kNow;
    out.body_hash = filled(body);
    return out;
}

SignedHead head_of(const TestNode& host,
                   std::uint64_t size,
                   const Hash32& root,
                   protocol::UnixMs ts_ms = kNow) {
    return sign_heads({{kGuild, 2, 5, size, root, ts_ms}}, host.signing)[0];
}

/// A log of two entries: the first is always the same.
struct TwoEntries {
    explicit TwoEntries(const EntryHeader& second)
        : root(node_hash(leaf_hash(entry(0, 0)), leaf_hash(second))),
          place(encode_place(second, std::vector{leaf_hash(entry(0, 0))})) {}
    Hash32 root{};
    std::string place;
};

CommandHeader command(std::uint8_t channel, const Hash32& origin) {
    CommandHeader out;
    out.guild_uid = kGuild;
    out.origin_uid = origin;
    out.origin_seq = 7;
    out.channel = channel;
    out.client_ts_ms = kNow;
    out.expires_ms = kNow + 1000;
    return out;
}

void check_true(const Evidence& evidence, const TestNode& by, const std::string& words) {
    const auto read = decode_evidence(encode(evidence));
    REQUIRE(read == evidence);
    CHECK(accused(*read) == by.uid);
    const auto found = check(*read);
    REQUIRE(found);
    INFO(*found);
    CHECK(found->find(words) != std::string::npos);
    CHECK(found->find(to_hex(ByteView(by.uid).first(8))) != std::string::npos);

    // Nobody else can be accused with it, and each altered byte of a statement ends it.
    Evidence framed = *read;
    framed.identities[0] = encode(TestNode(90).log);
    CHECK_FALSE(check(framed));
    for (std::size_t i = 0; i < read->statements.size(); ++i) {
        for (std::size_t byte = 0; byte < read->statements[i].size(); byte += 7) {
            Evidence altered = *read;
            altered.statements[i] = flipped(altered.statements[i], byte * 8 + byte % 8);
            REQUIRE_FALSE(check(altered));
        }
    }
    for (std::size_t i = 0; i < read->statements.size(); ++i) {
        Evidence less = *read;
        less.statements.erase(less.statements.begin() + static_cast<std::ptrdiff_t>(i));
        CHECK_FALSE(check(less));
    }
}

}  // namespace

TEST_CASE("two heads of one size with different roots convict their host") {
    const TestNode host(10);
    check_true(split_heads(host.log, head_of(host, 3, filled(1)), head_of(host, 3, filled(2))),
               host,
               "two different histories");
    CHECK_FALSE(check(
        split_heads(host.log, head_of(host, 3, filled(1)), head_of(host, 3, filled(1), kNow + 1))));
    CHECK_FALSE(
        check(split_heads(host.log, head_of(host, 3, filled(1)), head_of(host, 4, filled(2)))));
    const TestNode other(20);
    CHECK_FALSE(
        check(split_heads(host.log, head_of(host, 3, filled(1)), head_of(other, 3, filled(2)))));
}

TEST_CASE("statements by a key that was replaced convict nobody who looks for newer ones") {
    const TestNode host(10);
    auto chain = KeyChain::from(host.log, {kNow, 0}, no_keys);
    REQUIRE(chain);
    REQUIRE(chain->apply(signed_event(rotation(chain->state(), 11, 20), 11), {kNow, 0}, no_keys));
    const KeyLog log = chain->log();
    const auto by = [](std::uint8_t number, std::uint8_t root) {
        return sign_heads({{kGuild, 2, 5, 3, filled(root), kNow}}, key(number))[0];
    };
    const auto old_keys = split_heads(log, by(10, 1), by(10, 2));
    CHECK(check(old_keys));
    CHECK_FALSE(check(old_keys, 1));
    // A thief may show the log as it was.
    CHECK_FALSE(check(split_heads(host.log, by(10, 1), by(10, 2)), 1));
    CHECK_FALSE(check(split_heads(log, by(10, 1), by(11, 2)), 1));
    CHECK(check(split_heads(log, by(11, 1), by(11, 2)), 1));
}

TEST_CASE("a log that shrinks within an epoch convicts its host") {
    const TestNode host(10);
    const auto earlier = head_of(host, 3, filled(1), kNow);
    check_true(shrunk_log(host.log, earlier, head_of(host, 2, filled(2), kNow + 1)), host, "cut");
    CHECK_FALSE(check(shrunk_log(host.log, earlier, head_of(host, 2, filled(2), kNow))));
    CHECK_FALSE(check(shrunk_log(host.log, earlier, head_of(host, 3, filled(2), kNow + 1))));
}

TEST_CASE("two entries at one place convict the host that signed over both") {
    const TestNode host(10);
    const TwoEntries x(entry(1, 1));
    const TwoEntries y(entry(1, 2));
    const auto a = head_of(host, 2, x.root);
    const auto b = head_of(host, 2, y.root);
    check_true(rewritten_entry(host.log, a, x.place, b, y.place), host, "two different entries");
    CHECK_FALSE(check(rewritten_entry(host.log, a, x.place, a, x.place)));
    CHECK_FALSE(check(rewritten_entry(host.log, a, y.place, b, x.place)));
}

TEST_CASE("a larger tree that does not begin with the smaller one convicts the host of both") {
    const TestNode host(10);
    const TreeOf tree(9);
    for (std::uint64_t size = 1; size < 9; ++size) {
        const auto large = head_of(host, 9, tree.root(), kNow + 1);
        const auto proof = tree.range(size, size);
        check_true(rewritten_log(host.log, head_of(host, size, filled(1)), large, proof),
                   host,
                   "changed what it had signed");
        CHECK_FALSE(
            check(rewritten_log(host.log, head_of(host, size, tree.root(size)), large, proof)));
        CHECK_FALSE(check(rewritten_log(
            host.log, head_of(host, size, filled(1)), large, tree.range(size, size + 1))));
    }
    CHECK_FALSE(check(rewritten_log(
        host.log, head_of(host, 0, filled(1)), head_of(host, 9, tree.root()), tree.range(0, 0))));
}

TEST_CASE("a withheld or replaced command convicts the host that acknowledged it") {
    const TestNode host(10);
    const TwoEntries other(entry(1, 2));
    const Receipt receipt{kGuild, 2, filled(3), 5, 1, leaf_hash(entry(1, 1)), kNow};
    const auto signed_receipt = sign(receipt, host.signing);
    check_true(broken_receipt(host.log, signed_receipt, head_of(host, 1, filled(1), kNow + 1), ""),
               host,
               "later signed that the log has 1 entries");
    const auto head = head_of(host, 2, other.root);
    const auto evidence = broken_receipt(host.log, signed_receipt, head, other.place);
    const auto found = check(evidence);
    REQUIRE(found);
    CHECK(found->find("another entry there") != std::string::npos);
    const TwoEntries same(entry(1, 1));
    CHECK_FALSE(
        check(broken_receipt(host.log, signed_receipt, head_of(host, 2, same.root), same.place)));
}

TEST_CASE("an entry from a command for elsewhere or long ago convicts the host") {
    const TestNode host(10);
    const TestNode origin(20);
    struct Row {
        const char* words;
        void (*change)(CommandHeader&);
    };
    const Row rows[] = {
        {"another guild", [](CommandHeader& c) { c.guild_uid = filled(1); }},
        {"later epoch", [](CommandHeader& c) { c.epoch_min = 3; }},
        {"expired",
         [](CommandHeader& c) { c.expires_ms = kNow - kCommandLifetimeMax.count() - 1; }},
    };
    const auto evidence_of = [&](const CommandHeader& c) {
        EntryHeader made = entry(1, 1);
        made.command_hash = sha256(encode(c));
        const TwoEntries log(made);
        return forged_origin(host.log, head_of(host, 2, log.root), log.place, encode(c));
    };
    for (const Row& row : rows) {
        CommandHeader c = command(1, origin.uid);
        row.change(c);
        check_true(evidence_of(c), host, row.words);
    }
    CHECK_FALSE(check(evidence_of(command(1, origin.uid))));
}

TEST_CASE("an entry of a remote user without the origin's signature is shown to who got it") {
    const TestNode host(10);
    const TestNode origin(20);
    const SignedCommand good = sign_command(command(1, origin.uid), {}, "call", origin.signing);
    const SignedCommand forged = sign_command(command(1, origin.uid), {}, "call", host.signing);
    EntryHeader made = entry(1, 1);
    made.command_hash = good.hash();
    const TwoEntries log(made);
    const auto head = head_of(host, 2, log.root);
    const auto found = check(unsigned_command(host.log, origin.log, head, log.place, forged));
    REQUIRE(found);
    CHECK(found->find("without that node's signature") != std::string::npos);
    CHECK_FALSE(check(unsigned_command(host.log, origin.log, head, log.place, good)));
    CHECK_FALSE(is_transferable(EvidenceKind::unsigned_command));
    CHECK(is_transferable(EvidenceKind::forged_origin));
}

TEST_CASE("two commands under one number convict their origin, without showing what they said") {
    const TestNode origin(20);
    const SignedCommand a = sign_command(command(1, origin.uid), {}, "secret", origin.signing);
    const SignedCommand b = sign_command(command(2, origin.uid), {}, "secret", origin.signing);
    const auto evidence = conflicting_commands(origin.log, a, b);
    check_true(evidence, origin, "two different commands with number 7");
    CHECK(encode(evidence).find("secret") == std::string::npos);
    CHECK_FALSE(check(conflicting_commands(origin.log, a, a)));
}

TEST_CASE("two key events of one seq convict who held the key") {
    const TestNode node(10);
    const auto start = KeyChain::from(node.log, {}, no_keys);
    REQUIRE(start);
    const auto a = signed_event(rotation(start->state(), 11, 20), 11);
    const auto b = signed_event(rotation(start->state(), 11, 21), 11);
    check_true(key_fork(node.log, {}, a, b), node, "two different key events with seq 1");
    CHECK_FALSE(check(key_fork(node.log, {}, a, a)));
}

TEST_CASE("one signer under two certificates of one epoch, or two votes, is convicted") {
    const TestNode host(10);
    HostingCertificate certificate;
    certificate.guild_uid = kGuild;
    certificate.epoch = 1;
    certificate.new_host_uid = filled(1);
    const auto signed_for = [&](std::uint8_t to) {
        certificate.new_host_uid = filled(to);
        SignedCertificate out{encode(certificate), {}, {}};
        add_signature(out, host.uid, 0, host.signing);
        return out;
    };
    check_true(two_certificates(host.log, kGuild, signed_for(1), signed_for(2)),
               host,
               "two different certificates of epoch 1");
    CHECK_FALSE(check(two_certificates(host.log, kGuild, signed_for(1), signed_for(1))));

    Vote vote;
    vote.guild_uid = kGuild;
    vote.epoch = 4;
    vote.voter_uid = host.uid;
    vote.candidate_uid = filled(1);
    const auto a = sign(vote, host.signing);
    vote.candidate_uid = filled(2);
    const auto b = sign(vote, host.signing);
    check_true(double_vote(host.log, kGuild, a, b), host, "voted twice in epoch 4");
    CHECK_FALSE(check(double_vote(host.log, kGuild, a, a)));
}

TEST_CASE("evidence is bounded and refused when malformed") {
    const TestNode host(10);
    Evidence evidence =
        split_heads(host.log, head_of(host, 3, filled(1)), head_of(host, 3, filled(2)));
    const std::string good = encode(evidence);
    for (std::size_t size = 0; size < good.size(); ++size) {
        REQUIRE_FALSE(decode_evidence(std::string_view(good).substr(0, size)));
    }
    CHECK_FALSE(decode_evidence(good + "x"));
    CHECK_FALSE(decode_evidence(good + std::string(kEvidenceBytesMax, 'x')));
    for (const std::size_t kind : {std::size_t{0}, kEvidenceKinds + 1}) {
        std::string other = good;
        other[1] = static_cast<char>(kind);
        CHECK_FALSE(decode_evidence(other));
    }
    evidence.identities.clear();
    CHECK_FALSE(check(evidence));
    CHECK_FALSE(accused(evidence));
}

}  // namespace guildhall::federation
