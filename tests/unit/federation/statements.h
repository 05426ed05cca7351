#pragma once
// A small cast for tests of signed statements: nodes, users and a guild with known keys.

#include "federation/key_chain.h"
#include "tests/unit/federation/support.h"

#include <map>
#include <string>

namespace guildhall::federation::testing {

inline constexpr protocol::UnixMs kNow = 1'700'000'000'123;

/// A node whose signing key is key(n), whose next is key(n + 1), with rotation keys key(n + 2)
/// (first) and key(n + 3).
struct TestNode {
    explicit TestNode(std::uint8_t n) : number(n), signing(key(n)) {
        NodeGenesis node;
        node.created_ms = kNow;
        node.nonce.fill(n);
        node.signing_key = signing.public_key();
        node.noise_static.fill(n);
        node.next_key_commit = key_commit(key(n + 1).public_key());
        node.rotation_keys = {key(n + 2).public_key(), key(n + 3).public_key()};
        const SignedGenesis signed_genesis = sign(Genesis(node), signing);
        uid = uid_of(signed_genesis.bytes);
        log.genesis = encode(signed_genesis);
    }

    std::uint8_t number;
    SecretKey signing;
    Hash32 uid{};
    KeyLog log;
};

/// A user of `home` with the same key numbers as a TestNode.
struct TestUser {
    TestUser(std::uint8_t n, const Hash32& home) : signing(key(n)) {
        UserGenesis user;
        user.created_ms = kNow;
        user.nonce.fill(n);
        user.signing_key = signing.public_key();
        user.home_node_uid = home;
        user.next_key_commit = key_commit(key(n + 1).public_key());
        user.rotation_keys = {key(n + 2).public_key(), key(n + 3).public_key()};
        const SignedGenesis signed_genesis = sign(Genesis(user), signing);
        uid = uid_of(signed_genesis.bytes);
        log.genesis = encode(signed_genesis);
    }

    SecretKey signing;
    Hash32 uid{};
    KeyLog log;
};

/// The first signing keys of the nodes that are given to it.
struct KeyBook {
    std::map<std::pair<Hash32, std::uint32_t>, PublicKey> keys;

    void add(const TestNode& node) { keys[{node.uid, 0}] = node.signing.public_key(); }
    std::optional<PublicKey> operator()(const Hash32& uid, std::uint32_t key_seq) const {
        const auto at = keys.find({uid, key_seq});
        if (at == keys.end()) return std::nullopt;
        return at->second;
    }
};

/// Knows no node.
inline constexpr auto no_keys = [](const Hash32&, std::uint32_t) -> std::optional<PublicKey> {
    return std::nullopt;
};

/// The event after `state`: key(to) signs from then on, key(after) is committed to.
inline KeyEvent rotation(const KeyState& state, std::uint8_t to, std::uint8_t after) {
    KeyEvent event;
    event.subject_uid = state.subject_uid;
    event.seq = state.seq + 1;
    event.prev = state.last_hash;
    event.ts_ms = kNow + 1;
    event.signing_key = key(to).public_key();
    event.target = state.target;
    event.next_key_commit = key_commit(key(after).public_key());
    event.rotation_keys = state.rotation_keys;
    return event;
}

inline std::string signed_event(const KeyEvent& event, std::uint8_t by) {
    return encode(sign(event, key(by)));
}

}  // namespace guildhall::federation::testing
