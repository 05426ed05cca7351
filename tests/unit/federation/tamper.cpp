// Rows 3 and 4 of the threats: a flipped bit anywhere in a signed thing, and a signature made for
// another purpose or guild, are refused. One table of all signed things.
#include "federation/command.h"
#include "federation/cosign.h"
#include "federation/evidence.h"
#include "federation/hosting_chain.h"
#include "federation/merkle.h"
#include "federation/profile.h"
#include "federation/receipt.h"
#include "tests/catch.h"
#include "tests/unit/federation/statements.h"

#include <functional>

namespace guildhall::federation {

using namespace testing;

namespace {

const Hash32 kGuild = filled(0x70);

/// Something signed by key(1), as stored, and what a receiver does with it.
struct Signed {
    std::string name;
    Domain domain;
    /// What the domain's signature covers.
    std::string covered;
    Signature signature{};
    /// Puts another signature into the stored form.
    std::function<std::string(const Signature&)> with;
    std::function<bool(ByteView stored)> accepts;

    std::string stored() const { return with(signature); }
};

Signed plain(std::string name,
             Domain domain,
             const SignedBytes& made,
             std::function<bool(const SignedBytes&)> accepts) {
    return {std::move(name),
            domain,
            made.bytes,
            made.signature,
            [bytes = made.bytes](const Signature& s) { return encode(SignedBytes{bytes, s}); },
            [accepts = std::move(accepts)](ByteView stored) {
                const auto read = decode_signed_bytes(stored, 4096);
                return read && accepts(*read);
            }};
}

CommandHeader command_header() {
    CommandHeader out;
    out.guild_uid = kGuild;
    out.epoch_min = 1;
    out.origin_uid = filled(2);
    out.origin_seq = 3;
    out.actor = 4;
    out.channel = 5;
    out.client_ts_ms = kNow;
    out.expires_ms = kNow + 1000;
    return out;
}

Signed command() {
    const SignedCommand made = sign_command(command_header(), Salt{}, "call", key(1));
    return {"command",
            Domain::command,
            made.header,
            made.signature,
            [made](const Signature& s) {
                SignedCommand other = made;
                other.signature = s;
                return encode(other);
            },
            [](ByteView stored) {
                const auto read = decode_signed_command(stored);
                return read && verify(*read, key(1).public_key());
            }};
}

Signed head() {
    const SignedHead made = sign_heads({{kGuild, 1, 2, 3, filled(4), kNow}}, key(1))[0];
    // A batch of one: the root is the head's leaf.
    const std::string covered = ByteWriter()
                                    .put(std::uint32_t{1})
                                    .put(leaf_hash(ByteView(std::string_view(encode(made.head)))))
                                    .take();
    return {"head",
            Domain::head_batch,
            covered,
            made.signature,
            [made](const Signature& s) {
                SignedHead other = made;
                other.signature = s;
                return encode(other);
            },
            [](ByteView stored) {
                const auto read = decode_signed_head(stored);
                return read && verify(*read, key(1).public_key());
            }};
}

Signed genesis() {
    NodeGenesis node;
    node.created_ms = kNow;
    node.signing_key = key(1).public_key();
    const SignedGenesis made = sign(Genesis(node), key(1));
    return {"genesis",
            Domain::genesis,
            made.bytes,
            made.signature,
            [made](const Signature& s) { return encode(SignedGenesis{made.bytes, s}); },
            [](ByteView stored) { return KeyChain::start(stored).has_value(); }};
}

/// An event after a genesis that committed to key(1).
Signed key_event() {
    static const TestNode node(0);
    const auto chain = KeyChain::from(node.log, {}, no_keys);
    const SignedKeyEvent made = sign(rotation(chain->state(), 1, 2), key(1));
    return {
        "key event",
        Domain::key_event,
        made.bytes,
        made.signature,
        [made](const Signature& s) { return encode(SignedKeyEvent{made.bytes, s, std::nullopt}); },
        [](ByteView stored) {
            auto fresh = KeyChain::from(node.log, {}, no_keys);
            return fresh->apply(stored, {}, no_keys).has_value();
        }};
}

/// A restore by the guild's host, whose key is key(1).
Signed certificate() {
    static const TestNode host(1);
    HostingCertificate made;
    made.kind = HostingKind::restore;
    made.guild_uid = kGuild;
    made.epoch = 1;
    made.new_host_uid = host.uid;
    made.new_host_name = "node";
    made.endpoints = {"node:1"};
    made.ts_ms = kNow;
    const std::string bytes = encode(made);
    return {"certificate",
            Domain::hosting,
            bytes,
            key(1).sign(Domain::hosting, ByteView(bytes)),
            [bytes](const Signature& s) {
                return encode(SignedCertificate{bytes, {{host.uid, 0, s}}, {}});
            },
            [](ByteView stored) {
                const auto read = decode_signed_certificate(stored);
                KeyBook book;
                book.add(host);
                HostingBase base;
                base.guild_uid = kGuild;
                base.host_uid = host.uid;
                return read && verify(*read, base, book).has_value();
            }};
}

std::vector<Signed> all() {
    const PublicKey us = key(1).public_key();
    std::vector<Signed> out = {command(), head(), genesis(), key_event(), certificate()};
    out.push_back(plain("receipt",
                        Domain::receipt,
                        sign(Receipt{kGuild, 1, filled(2), 3, 4, filled(5), kNow}, key(1)),
                        [us](const auto& s) { return verify_receipt(s, us).has_value(); }));
    out.push_back(
        plain("cosignature",
              Domain::cosignature,
              sign(Cosignature{filled(1), {kGuild, 1, 2, 3, filled(4), kNow}, kNow}, key(1)),
              [us](const auto& s) { return verify_cosignature(s, us).has_value(); }));
    Profile profile;
    profile.user_id = 1;
    profile.username = "alice";
    profile.bio = "text";
    out.push_back(plain("profile", Domain::profile, sign(profile, key(1)), [us](const auto& s) {
        return verify_profile(s, us).has_value();
    }));
    Vote vote;
    vote.guild_uid = kGuild;
    vote.voter_uid = filled(1);
    vote.ts_ms = kNow;
    out.push_back(plain("vote", Domain::vote, sign(vote, key(1)), [us](const auto& s) {
        return verify_vote(s,
                           [us](const Hash32& uid, std::uint32_t seq) {
                               return uid == filled(1) && seq == 0 ? std::optional(us)
                                                                   : std::nullopt;
                           })
            .has_value();
    }));
    return out;
}

}  // namespace

TEST_CASE("a flipped bit anywhere in a signed thing is refused") {
    for (const Signed& one : all()) {
        INFO(one.name);
        const std::string stored = one.stored();
        REQUIRE(one.accepts(stored));
        for (std::size_t bit = 0; bit < stored.size() * 8; ++bit) {
            INFO("bit " << bit);
            REQUIRE_FALSE(one.accepts(flipped(stored, bit)));
        }
        for (std::size_t size = 0; size < stored.size(); ++size) {
            // A command without its body is whole.
            const bool dropped = one.name == "command" && size == kCommandHeaderBytes + 64 + 1;
            REQUIRE(one.accepts(stored.substr(0, size)) == dropped);
        }
    }
}

TEST_CASE("a flipped bit of an entry's header is another leaf") {
    EntryHeader header;
    header.log_id = 5;
    const std::string bytes = encode(header);
    for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
        const auto other = decode_entry_header(flipped(bytes, bit));
        REQUIRE_FALSE((other && leaf_hash(*other) == leaf_hash(header)));
    }
}

TEST_CASE("a signature made for another purpose is refused, over the same bytes too") {
    std::vector<Domain> domains;
    for (std::size_t i = 0; i < kDomainCount; ++i) domains.push_back(static_cast<Domain>(i));
    for (const Signed& one : all()) {
        for (const Domain domain : domains) {
            INFO(one.name << " with " << domain_tag(domain));
            const Signature other = key(1).sign(domain, ByteView(one.covered));
            CHECK(one.accepts(one.with(other)) == (domain == one.domain));
        }
    }
}

TEST_CASE("no domain's tag is the beginning of another") {
    for (std::size_t i = 0; i < kDomainCount; ++i) {
        for (std::size_t j = 0; j < kDomainCount; ++j) {
            const auto tag = domain_tag(static_cast<Domain>(i));
            CHECK(domain_tag(static_cast<Domain>(j)).starts_with(tag) == (i == j));
        }
    }
}

TEST_CASE("a statement for one guild says nothing about another") {
    const Hash32 other = filled(0x71);
    CHECK(check(command_header(), {other, 1, filled(2), std::nullopt, kNow}) ==
          CommandProblem::wrong_guild);
    const Receipt receipt{kGuild, 1, filled(2), 3, 4, filled(5), kNow};
    CHECK_FALSE(is_broken_by(receipt, {other, 1, 3, 1, filled(4), kNow + 1}));

    const Signed made = certificate();
    const auto stored = must(decode_signed_certificate(made.stored()));
    const TestNode host(1);
    KeyBook book;
    book.add(host);
    HostingBase base;
    base.guild_uid = other;
    base.host_uid = host.uid;
    CHECK_FALSE(verify(stored, base, book));
}

}  // namespace guildhall::federation
