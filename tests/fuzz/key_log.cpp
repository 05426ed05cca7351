// Any bytes as a key log, as one event, and as an event after a good genesis: refused, or a chain
// that reads back to itself.
#include "federation/key_chain.h"

#include <cstddef>
#include <cstdint>

using namespace guildhall::federation;

namespace {

constexpr auto kNoKeys = [](const Hash32&, std::uint32_t) -> std::optional<PublicKey> {
    return std::nullopt;
};

KeyLog good_log() {
    Seed seed;
    seed.fill(1);
    const SecretKey key = SecretKey::from_seed(seed);
    NodeGenesis node;
    node.created_ms = 1'700'000'000'123;
    node.signing_key = key.public_key();
    node.next_key_commit = key_commit(key.public_key());
    node.rotation_keys = {key.public_key()};
    return {encode(sign(Genesis(node), key)), {}};
}

void read_event(ByteView bytes) {
    const auto event = decode_signed_key_event(bytes);
    if (!event) return;
    CHECK(encode(*event) == bytes.text());
    const auto decoded = decode_key_event(event->bytes);
    if (decoded) CHECK(encode(*decoded) == event->bytes);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView bytes(data, size);
    read_event(bytes);
    if (const auto log = decode_key_log(bytes)) {
        CHECK(encode(*log) == bytes.text());
        if (const auto chain = KeyChain::from(*log, {}, kNoKeys)) CHECK(chain->log() == *log);
    }
    static const KeyLog log = good_log();
    auto chain = KeyChain::from(log, {}, kNoKeys);
    CHECK(chain);
    // Nobody without the key can add anything.
    CHECK(!chain->apply(bytes, {}, kNoKeys));
    return 0;
}
