// The Noise handshake and transport against the vectors of cacophony, and what it refuses.
#include "federation/noise.h"

#include "tests/catch.h"
#include "tests/support/files.h"
#include "tests/unit/federation/support.h"

#include <boost/json.hpp>

#include <string>

namespace guildhall::federation {

using namespace testing;
namespace json = boost::json;

namespace {

std::string hex(const json::value& object, std::string_view field) {
    return bytes_of_hex(std::string(object.at(field).as_string()));
}

X25519Secret secret(std::uint8_t byte) {
    X25519Secret out;
    out.fill(byte);
    return out;
}

NoiseXX side(bool initiator) {
    return {initiator, secret(initiator ? 1 : 2), secret(initiator ? 3 : 4), "prologue"};
}

struct Pair {
    NoiseXX a = side(true);
    NoiseXX b = side(false);
};

}  // namespace

TEST_CASE("XX writes and reads what cacophony's vectors say") {
    if (!tests::have_contract("vectors/noise")) return;
    const auto text = tests::read_file(
        tests::contract_path("vectors/noise/cacophony-25519-chachapoly-blake2b.json"));
    REQUIRE(text);
    std::size_t seen = 0;
    const json::value vectors = json::parse(*text);
    for (const json::value& set : vectors.at("vectors").as_array()) {
        if (set.at("protocol_name").as_string() != "Noise_XX_25519_ChaChaPoly_BLAKE2b") continue;
        ++seen;
        auto secret_of = [&](std::string_view field) {
            return must(X25519Secret::from(std::string_view(hex(set, field))));
        };
        NoiseXX a(
            true, secret_of("init_static"), secret_of("init_ephemeral"), hex(set, "init_prologue"));
        NoiseXX b(false,
                  secret_of("resp_static"),
                  secret_of("resp_ephemeral"),
                  hex(set, "resp_prologue"));
        NoiseXX* from = &a;
        NoiseXX* to = &b;
        const auto& messages = set.at("messages").as_array();
        for (std::size_t i = 0; i < 3; ++i, std::swap(from, to)) {
            CHECK(from->my_turn());
            CHECK(from->write_message(hex(messages[i], "payload")) ==
                  hex(messages[i], "ciphertext"));
            CHECK(to->read_message(hex(messages[i], "ciphertext")) == hex(messages[i], "payload"));
        }
        REQUIRE(a.finished());
        REQUIRE(b.finished());
        CHECK(a.handshake_hash().text() == hex(set, "handshake_hash"));
        CHECK(b.handshake_hash() == a.handshake_hash());
        CHECK(b.remote_static() == x25519_public(secret_of("init_static")));
        CHECK(a.remote_static() == x25519_public(secret_of("resp_static")));
        // The transport messages go on in turns: the responder sends the first.
        auto at_a = a.split();
        auto at_b = b.split();
        for (std::size_t i = 3; i < messages.size(); ++i) {
            auto& sender = i % 2 == 1 ? at_b : at_a;
            auto& receiver = i % 2 == 1 ? at_a : at_b;
            const std::string sealed = hex(messages[i], "ciphertext");
            CHECK(sender.send.encrypt_with_ad({}, hex(messages[i], "payload")) == sealed);
            CHECK(receiver.receive.decrypt_with_ad({}, sealed) == hex(messages[i], "payload"));
        }
    }
    CHECK(seen == 1);
}

TEST_CASE("HMAC-BLAKE2b with a key longer than its block takes the key's hash") {
    const std::string key(129, 'k');
    CHECK(hmac_blake2b(key, {"text"}) == hmac_blake2b(blake2b_64({ByteView(key)}), {"text"}));
    CHECK(hmac_blake2b("k", {"te", "xt"}) == hmac_blake2b("k", {"text"}));
}

TEST_CASE("a handshake message with any bit flipped is refused") {
    Pair clean;
    const std::string first = must(clean.a.write_message("one"));
    REQUIRE(clean.b.read_message(first));
    const std::string second = must(clean.b.write_message("two"));
    for (std::size_t bit = 0; bit < second.size() * 8; ++bit) {
        NoiseXX a = side(true);
        REQUIRE(a.write_message("one") == first);
        INFO("bit " << bit);
        CHECK_FALSE(a.read_message(flipped(second, bit)));
    }
}

TEST_CASE("a first message altered under way is noticed in the second") {
    Pair pair;
    const std::string first = must(pair.a.write_message("one"));
    // Its payload is in the clear: reading succeeds, and the transcripts differ from then on.
    REQUIRE(pair.b.read_message(flipped(first, 32 * 8)));
    CHECK_FALSE(pair.a.read_message(must(pair.b.write_message("two"))));
}

TEST_CASE("truncated and empty handshake messages are refused") {
    Pair pair;
    const std::string first = must(pair.a.write_message(""));
    for (std::size_t size : {0u, 1u, 31u}) {
        NoiseXX b = side(false);
        CHECK_FALSE(b.read_message(first.substr(0, size)));
    }
    REQUIRE(pair.b.read_message(first));
    const std::string second = must(pair.b.write_message("x"));
    for (std::size_t size : {0u, 31u, 32u, 79u, 80u, 95u, 96u}) {
        NoiseXX a = side(true);
        REQUIRE(a.write_message(""));
        CHECK_FALSE(a.read_message(second.substr(0, size)));
    }
}

TEST_CASE("an ephemeral key of small order ends the handshake") {
    NoiseXX b = side(false);
    REQUIRE(b.read_message(std::string(32, '\0')));
    CHECK_FALSE(b.write_message("two"));
}

TEST_CASE("rekeying changes the key of both sides alike and keeps the count") {
    CipherState sender(SymmetricKey{});
    CipherState receiver(SymmetricKey{});
    CHECK(receiver.decrypt_with_ad({}, sender.encrypt_with_ad({}, "a")) == "a");
    sender.rekey();
    const std::string sealed = sender.encrypt_with_ad({}, "b");
    CHECK_FALSE(receiver.decrypt_with_ad({}, sealed));
    receiver.rekey();
    CHECK(receiver.decrypt_with_ad({}, sealed) == "b");
    CHECK(receiver.nonce() == 2);
}

}  // namespace guildhall::federation
