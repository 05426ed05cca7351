#include "federation/link_identity.h"

#include "federation/limits.h"

#include <limits>
#include <utility>
#include <variant>

namespace guildhall::federation {

namespace {

using LengthPrefix = std::uint16_t;

void put_sized(ByteWriter& out, ByteView bytes) {
    out.put(static_cast<LengthPrefix>(bytes.size())).put(bytes);
}

ByteView get_sized(ByteReader& in) { return in.take(in.get<LengthPrefix>()); }

/// The state after one event as it is sent; nothing when it does not follow.
std::optional<KeyState> after(const KeyState& state, ByteView signed_event) {
    ByteReader in(signed_event);
    const auto signature = in.get<Signature>();
    const ByteView event = in.take(in.left());
    if (in.failed()) return std::nullopt;
    return apply(state, event, signature);
}

}  // namespace

std::string link_prologue(const std::optional<Hash32>& dialed) {
    return ByteWriter()
        .put(ByteView("GHFED"))
        .put(kProtocolMajor)
        .put(dialed.value_or(Hash32{}))
        .take();
}

std::string encode(const DialNote& note) {
    return ByteWriter().put(note.major).put(static_cast<std::uint8_t>(note.pinned)).take();
}

std::optional<DialNote> decode_dial_note(ByteView bytes) {
    ByteReader in(bytes);
    DialNote out;
    out.major = in.get<std::uint16_t>();
    const auto pinned = in.get<std::uint8_t>();
    out.pinned = pinned == 1;
    if (!in.done() || pinned > 1) return std::nullopt;
    return out;
}

std::optional<std::string> encode_identity(const LinkIdentity& identity) {
    CHECK(identity.signing != nullptr);
    ByteWriter out;
    out.put(kIdentityVersion);
    put_sized(out, encode(identity.genesis));
    out.put(static_cast<std::uint16_t>(identity.key_events.size()));
    for (const std::string& event : identity.key_events) {
        if (event.size() > std::numeric_limits<LengthPrefix>::max()) return std::nullopt;
        put_sized(out, event);
    }
    out.put(identity.signing->sign(Domain::noise_static, x25519_public(identity.noise)));
    std::string bytes = out.take();
    if (bytes.size() > limits::kIdentityBytesMax) return std::nullopt;
    return bytes;
}

std::optional<PeerIdentity> verify_identity(ByteView payload, const PublicKey& noise_static) {
    if (payload.size() > limits::kIdentityBytesMax) return std::nullopt;
    ByteReader in(payload);
    if (in.get<std::uint8_t>() != kIdentityVersion) return std::nullopt;
    auto signed_genesis = decode_signed_genesis(get_sized(in));
    if (!signed_genesis) return std::nullopt;
    const auto events = in.get<std::uint16_t>();
    if (events > kKeyEventsMax) return std::nullopt;
    PeerIdentity peer;
    for (int i = 0; i < events && !in.failed(); ++i) {
        peer.key_events.emplace_back(get_sized(in).text());
    }
    const auto signature = in.get<Signature>();
    if (!in.done()) return std::nullopt;  // All parsed: now what costs signatures.

    const auto genesis = verify(*signed_genesis);
    const auto* node = genesis ? std::get_if<NodeGenesis>(&*genesis) : nullptr;
    if (node == nullptr) return std::nullopt;
    peer.uid = uid_of(signed_genesis->bytes);
    peer.genesis = std::move(*signed_genesis);
    peer.keys = key_state_of(*node, peer.uid);
    for (const std::string& event : peer.key_events) {
        const auto next = after(peer.keys, event);
        if (!next) return std::nullopt;
        peer.keys = *next;
    }
    if (!verify(peer.keys.signing_key, Domain::noise_static, noise_static, signature)) {
        return std::nullopt;
    }
    return peer;
}

}  // namespace guildhall::federation
