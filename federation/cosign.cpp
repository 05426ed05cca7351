#include "federation/cosign.h"

namespace guildhall::federation {

std::string encode(const Cosignature& cosignature) {
    std::string bytes = ByteWriter()
                            .put(kCosignatureVersion)
                            .put(cosignature.mirror_uid)
                            .put(ByteView(std::string_view(encode(cosignature.head))))
                            .put(cosignature.stored_ms)
                            .take();
    CHECK(bytes.size() == kCosignatureBytes);
    return bytes;
}

std::optional<Cosignature> decode_cosignature(ByteView bytes) {
    ByteReader in(bytes);
    const auto version = in.get<std::uint8_t>();
    Cosignature out;
    out.mirror_uid = in.get<Hash32>();
    const auto head = decode_head(in.take(kHeadBytes));
    out.stored_ms = in.get<std::int64_t>();
    if (!in.done() || !head || version != kCosignatureVersion) return std::nullopt;
    out.head = *head;
    return out;
}

SignedBytes sign(const Cosignature& cosignature, const SecretKey& mirror) {
    return sign_bytes(encode(cosignature), Domain::cosignature, mirror);
}

std::optional<Cosignature> verify_cosignature(const SignedBytes& cosignature,
                                              const PublicKey& mirror) {
    std::optional<Cosignature> out = decode_cosignature(cosignature.bytes);
    if (!out || !verify(cosignature, Domain::cosignature, mirror)) return std::nullopt;
    return out;
}

}  // namespace guildhall::federation
