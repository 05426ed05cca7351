#include "federation/key_log.h"

namespace guildhall::federation {

std::string encode(const KeyEvent& event) {
    CHECK(event.rotation_keys.size() <= kRotationKeysMax);
    ByteWriter out;
    out.put(kKeyEventVersion)
        .put(event.subject_uid)
        .put(event.seq)
        .put(event.prev)
        .put(event.ts_ms)
        .put(event.signing_key)
        .put(event.target)
        .put(event.next_key_commit)
        .put(static_cast<std::uint8_t>(event.rotation_keys.size()));
    for (const PublicKey& key : event.rotation_keys) out.put(key);
    return out.take();
}

std::optional<KeyEvent> decode_key_event(ByteView bytes) {
    ByteReader in(bytes);
    const auto version = in.get<std::uint8_t>();
    KeyEvent out;
    out.subject_uid = in.get<Hash32>();
    out.seq = in.get<std::uint32_t>();
    out.prev = in.get<Hash32>();
    out.ts_ms = in.get<std::int64_t>();
    out.signing_key = in.get<PublicKey>();
    out.target = in.get<decltype(out.target)>();
    out.next_key_commit = in.get<Hash32>();
    const auto keys = in.get<std::uint8_t>();
    if (keys > kRotationKeysMax) return std::nullopt;
    for (int i = 0; i < keys; ++i) out.rotation_keys.push_back(in.get<PublicKey>());
    if (!in.done() || version != kKeyEventVersion) return std::nullopt;
    return out;
}

Hash32 hash_of(const KeyEvent& event) { return blake2b(ByteView(std::string_view(encode(event)))); }

KeyState key_state_of(const NodeGenesis& genesis, const Hash32& uid) {
    return {uid, 0, uid, genesis.signing_key, genesis.next_key_commit};
}

KeyState key_state_of(const UserGenesis& genesis, const Hash32& uid) {
    return {uid, 0, uid, genesis.signing_key, genesis.next_key_commit};
}

std::optional<KeyState> apply(const KeyState& state, ByteView bytes, const Signature& signature) {
    const auto event = decode_key_event(bytes);
    if (!event || event->subject_uid != state.subject_uid || event->prev != state.last_hash ||
        event->seq != state.seq + 1 || event->seq > kKeyEventsMax) {
        return std::nullopt;
    }
    if (key_commit(event->signing_key) != state.next_key_commit) return std::nullopt;
    if (!verify(event->signing_key, Domain::key_event, bytes, signature)) return std::nullopt;
    return KeyState{
        state.subject_uid, event->seq, blake2b(bytes), event->signing_key, event->next_key_commit};
}

}  // namespace guildhall::federation
