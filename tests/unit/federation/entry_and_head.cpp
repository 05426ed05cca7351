#include "federation/entry.h"
#include "federation/head.h"
#include "federation/merkle.h"
#include "tests/catch.h"
#include "tests/unit/federation/support.h"

namespace guildhall::federation {

using namespace testing;

namespace {

EntryHeader sample_header() {
    EntryHeader header;
    header.kind = 0x0102;
    header.log_id = 0x1112131415161718;
    header.seq = 7;
    header.ts_ms = 1'700'000'000'123;
    header.object_id = 99;
    header.control_seq = 5;
    header.body_hash = filled(0xb0);
    return header;
}

std::vector<Head> heads(std::size_t count) {
    std::vector<Head> out;
    for (std::size_t i = 0; i < count; ++i) {
        Head head;
        head.guild_uid = filled(static_cast<std::uint8_t>(count - i));
        head.log_id = i;
        head.size = i + 1;
        head.root = filled(3);
        out.push_back(head);
    }
    return out;
}

}  // namespace

TEST_CASE("a header reads back as it was, and every flipped bit changes its leaf") {
    const EntryHeader header = sample_header();
    const std::string bytes = encode(header);
    CHECK(bytes.size() == kEntryHeaderBytes);
    CHECK(decode_entry_header(bytes) == header);
    CHECK(leaf_hash(header) == leaf_hash(ByteView(bytes)));
    for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
        REQUIRE(leaf_hash(ByteView(flipped(bytes, bit))) != leaf_hash(header));
    }
    CHECK_FALSE(decode_entry_header(bytes + "x"));
    CHECK_FALSE(decode_entry_header(std::string_view(bytes).substr(1)));
    CHECK_FALSE(decode_entry_header(flipped(bytes, 1)));
}

TEST_CASE("a stored body is the salt and the event, and its hash covers both") {
    Salt salt;
    salt.fill(0x5a);
    const std::string body = make_body(salt, "event");
    CHECK(event_of_body(body)->text() == "event");
    CHECK(body_hash(body) == sha256(std::string(16, '\x5a') + "event"));
    salt.fill(0x5b);
    CHECK(body_hash(make_body(salt, "event")) != body_hash(body));
    CHECK_FALSE(event_of_body("fifteen bytes.."));
    CHECK(event_of_body("sixteen bytes...")->empty());
}

TEST_CASE("each head of a batch verifies alone, for every batch size up to 70") {
    const SecretKey signer = key(9);
    for (std::size_t count = 1; count <= 70; ++count) {
        const auto batch = sign_heads(heads(count), signer);
        REQUIRE(batch.size() == count);
        for (const SignedHead& head : batch) {
            REQUIRE(verify(head, signer.public_key()));
            REQUIRE(decode_signed_head(encode(head)) == head);
        }
        REQUIRE(batch.front().head.guild_uid == filled(1));  // Sorted by guild uid.
    }
}

TEST_CASE("the batch's root is the RFC 6962 root over its heads") {
    const SecretKey signer = key(9);
    for (std::size_t count : {1, 2, 3, 5, 11}) {
        const auto batch = sign_heads(heads(count), signer);
        Frontier frontier;
        for (const SignedHead& head : batch) frontier.append(leaf_hash(encode(head.head)));
        for (const SignedHead& head : batch) {
            REQUIRE(verify_inclusion(
                head.index, head.count, leaf_hash(encode(head.head)), head.path, frontier.root()));
        }
        const std::string covered =
            ByteWriter().put(static_cast<std::uint32_t>(count)).put(frontier.root()).take();
        REQUIRE(verify(signer.public_key(), Domain::head_batch, covered, batch[0].signature));
    }
}

TEST_CASE("a signed head with any bit flipped is refused, also when its batch is known") {
    const SecretKey signer = key(9);
    const auto batch = sign_heads(heads(3), signer);
    const std::string bytes = encode(batch[1]);
    HeadVerifier verifier;
    for (const SignedHead& head : batch) REQUIRE(verifier.verify(head, signer.public_key()));
    for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
        const auto altered = decode_signed_head(flipped(bytes, bit));
        REQUIRE_FALSE((altered && verify(*altered, signer.public_key())));
        REQUIRE_FALSE((altered && verifier.verify(*altered, signer.public_key())));
    }
    CHECK_FALSE(verifier.verify(batch[1], key(8).public_key()));
    CHECK_FALSE(verify(batch[1], key(8).public_key()));
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        REQUIRE_FALSE(decode_signed_head(std::string_view(bytes).substr(0, size)));
    }
    CHECK_FALSE(decode_signed_head(bytes + "x"));
}

TEST_CASE("a head does not verify in another place of its batch") {
    const SecretKey signer = key(9);
    const auto batch = sign_heads(heads(4), signer);
    SignedHead moved = batch[0];
    moved.index = 1;
    CHECK_FALSE(verify(moved, signer.public_key()));
    moved = batch[0];
    moved.path.push_back(filled(0));
    CHECK_FALSE(verify(moved, signer.public_key()));
    moved = batch[0];
    moved.path.pop_back();
    CHECK_FALSE(verify(moved, signer.public_key()));
    moved = batch[0];
    moved.count = 3;
    CHECK_FALSE(verify(moved, signer.public_key()));
}

}  // namespace guildhall::federation
