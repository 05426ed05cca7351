#include "federation/link_identity.h"

#include "federation/limits.h"

#include <utility>

namespace guildhall::federation {

namespace {

/// Nodes do not move, so nobody's agreement is asked for.
constexpr auto kNoKeys = [](const Hash32&, std::uint32_t) -> std::optional<PublicKey> {
    return std::nullopt;
};

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

Hash32 uid_of(const LinkIdentity& identity) {
    const auto genesis = decode_signed_genesis(identity.log.genesis);
    CHECK(genesis.has_value());
    return uid_of(genesis->bytes);
}

std::optional<std::string> encode_identity(const LinkIdentity& identity) {
    CHECK(identity.signing != nullptr);
    std::string bytes =
        ByteWriter()
            .put(kIdentityVersion)
            .put(ByteView(encode(identity.log)))
            .put(identity.signing->sign(Domain::noise_static, x25519_public(identity.noise)))
            .take();
    if (bytes.size() > limits::kIdentityBytesMax) return std::nullopt;
    return bytes;
}

std::optional<PeerIdentity> verify_identity(ByteView payload, const PublicKey& noise_static) {
    ByteReader in(payload);
    const auto version = in.get<std::uint8_t>();
    if (version != kIdentityVersion || payload.size() > limits::kIdentityBytesMax ||
        in.left() < sizeof(Signature)) {
        return std::nullopt;
    }
    auto log = decode_key_log(in.take(in.left() - sizeof(Signature)));
    const auto signature = in.get<Signature>();
    if (!log || !in.done()) return std::nullopt;
    const auto chain = KeyChain::from(*log, {}, kNoKeys);
    if (!chain || chain->is_user()) return std::nullopt;
    if (!verify(chain->signing_key(), Domain::noise_static, noise_static, signature)) {
        return std::nullopt;
    }
    return PeerIdentity{chain->uid(), chain->state(), std::move(*log)};
}

}  // namespace guildhall::federation
