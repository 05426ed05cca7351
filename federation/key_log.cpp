#include "federation/key_log.h"

#include <utility>

namespace guildhall::federation {

namespace {

/// Where the number of rotation keys stands: after the fixed fields of both versions.
constexpr std::size_t kKeyCountOffset = 1 + 32 + 4 + 32 + 8 + 32 + 32 + 32;
constexpr std::size_t kRecoveryBytes = 32 + 1;

KeyTarget target_of(ByteView bytes) { return KeyTarget::from(bytes).value_or(KeyTarget{}); }

/// The key that must have signed the event; nothing when the event may not follow the state.
std::optional<PublicKey> signer_of(const KeyState& state, const KeyEvent& event) {
    if (event.recovery) {
        if (event.recovery->signer >= state.rotation_keys.size()) return std::nullopt;
        return state.rotation_keys[event.recovery->signer];
    }
    if (key_commit(event.signing_key) != state.next_key_commit) return std::nullopt;
    return event.signing_key;
}

}  // namespace

std::string encode(const KeyEvent& event) {
    CHECK(event.rotation_keys.size() <= kRotationKeysMax);
    ByteWriter out;
    out.put(event.recovery ? kRecoveryEventVersion : kKeyEventVersion)
        .put(event.subject_uid)
        .put(event.seq)
        .put(event.prev)
        .put(event.ts_ms)
        .put(event.signing_key)
        .put(event.target)
        .put(event.next_key_commit)
        .put(static_cast<std::uint8_t>(event.rotation_keys.size()));
    for (const PublicKey& key : event.rotation_keys) out.put(key);
    if (event.recovery) out.put(event.recovery->replaces).put(event.recovery->signer);
    return out.take();
}

std::optional<std::size_t> key_event_size(ByteView bytes) {
    if (bytes.size() <= kKeyCountOffset) return std::nullopt;
    const std::uint8_t version = bytes[0];
    const std::size_t keys = bytes[kKeyCountOffset];
    if (version != kKeyEventVersion && version != kRecoveryEventVersion) return std::nullopt;
    if (keys > kRotationKeysMax) return std::nullopt;
    const std::size_t size =
        kKeyCountOffset + 1 + 32 * keys + (version == kRecoveryEventVersion ? kRecoveryBytes : 0);
    if (size > bytes.size()) return std::nullopt;
    return size;
}

std::optional<KeyEvent> decode_key_event(ByteView bytes) {
    if (key_event_size(bytes) != bytes.size()) return std::nullopt;
    ByteReader in(bytes);
    const auto version = in.get<std::uint8_t>();
    KeyEvent out;
    out.subject_uid = in.get<Hash32>();
    out.seq = in.get<std::uint32_t>();
    out.prev = in.get<Hash32>();
    out.ts_ms = in.get<std::int64_t>();
    out.signing_key = in.get<PublicKey>();
    out.target = in.get<KeyTarget>();
    out.next_key_commit = in.get<Hash32>();
    const auto keys = in.get<std::uint8_t>();
    for (int i = 0; i < keys; ++i) out.rotation_keys.push_back(in.get<PublicKey>());
    if (version == kRecoveryEventVersion) {
        Recovery recovery;
        recovery.replaces = in.get<Hash32>();
        recovery.signer = in.get<std::uint8_t>();
        if (recovery.signer >= kRotationKeysMax) return std::nullopt;
        out.recovery = recovery;
    }
    if (!in.done()) return std::nullopt;
    return out;
}

Hash32 hash_of(const KeyEvent& event) { return blake2b(ByteView(std::string_view(encode(event)))); }

KeyState key_state_of(const NodeGenesis& genesis, const Hash32& uid) {
    return {uid,
            0,
            uid,
            genesis.signing_key,
            genesis.next_key_commit,
            target_of(genesis.noise_static),
            genesis.rotation_keys};
}

KeyState key_state_of(const UserGenesis& genesis, const Hash32& uid) {
    return {uid,
            0,
            uid,
            genesis.signing_key,
            genesis.next_key_commit,
            target_of(genesis.home_node_uid),
            genesis.rotation_keys};
}

std::optional<KeyState> apply(const KeyState& state, ByteView bytes, const Signature& signature) {
    const auto event = decode_key_event(bytes);
    if (!event || event->subject_uid != state.subject_uid || event->prev != state.last_hash ||
        event->seq != state.seq + 1 || event->seq > kKeyEventsMax) {
        return std::nullopt;
    }
    const auto signer = signer_of(state, *event);
    if (!signer || !verify(*signer, Domain::key_event, bytes, signature)) return std::nullopt;
    return KeyState{state.subject_uid,
                    event->seq,
                    blake2b(bytes),
                    event->signing_key,
                    event->next_key_commit,
                    event->target,
                    event->rotation_keys};
}

}  // namespace guildhall::federation
