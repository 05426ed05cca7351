#include "federation/aead.h"

#include "federation/crypto.h"

#include <sodium.h>

#include <algorithm>

namespace guildhall::federation {

namespace {

unsigned char* raw(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

}  // namespace

PublicKey x25519_public(const X25519Secret& secret) {
    PublicKey out;
    crypto_scalarmult_curve25519_base(out.data(), secret.data());
    return out;
}

std::optional<SymmetricKey> x25519(const X25519Secret& secret, const PublicKey& theirs) {
    SymmetricKey out;
    // libsodium returns -1 for an all-zero result (a point of small order).
    if (crypto_scalarmult_curve25519(out.data(), secret.data(), theirs.data()) != 0) {
        return std::nullopt;
    }
    return out;
}

std::optional<std::string> hkdf_sha256(ByteView secret,
                                       ByteView salt,
                                       ByteView info,
                                       std::size_t size) {
    if (size > 255 * sizeof(Hash32)) return std::nullopt;
    const Hash32 no_salt{};
    Hash32 pseudorandom = hmac_sha256(salt.empty() ? ByteView(no_salt) : salt, secret);
    std::string out;
    Hash32 block{};
    std::size_t block_bytes = 0;
    for (std::uint8_t counter = 1; out.size() < size; ++counter) {
        const ByteView previous(block.data(), block_bytes);
        block = hmac_sha256(pseudorandom, {previous, info, ByteView(&counter, 1)});
        block_bytes = block.size();
        out.append(block.text().substr(0, std::min(block.size(), size - out.size())));
    }
    secure_wipe(pseudorandom.data(), pseudorandom.size());
    secure_wipe(block.data(), block.size());
    return out;
}

std::string chacha20_seal(const SymmetricKey& key,
                          const Nonce12& nonce,
                          ByteView associated,
                          ByteView plain) {
    std::string out(plain.size() + kTagBytes, '\0');
    crypto_aead_chacha20poly1305_ietf_encrypt(raw(out),
                                              nullptr,
                                              plain.data(),
                                              plain.size(),
                                              associated.data(),
                                              associated.size(),
                                              nullptr,
                                              nonce.data(),
                                              key.data());
    return out;
}

std::optional<std::string> chacha20_open(const SymmetricKey& key,
                                         const Nonce12& nonce,
                                         ByteView associated,
                                         ByteView sealed) {
    if (sealed.size() < kTagBytes) return std::nullopt;
    std::string out(sealed.size() - kTagBytes, '\0');
    const int failed = crypto_aead_chacha20poly1305_ietf_decrypt(raw(out),
                                                                 nullptr,
                                                                 nullptr,
                                                                 sealed.data(),
                                                                 sealed.size(),
                                                                 associated.data(),
                                                                 associated.size(),
                                                                 nonce.data(),
                                                                 key.data());
    if (failed != 0) return std::nullopt;
    return out;
}

std::string xchacha20_seal(const SymmetricKey& key,
                           const Nonce24& nonce,
                           ByteView associated,
                           ByteView plain) {
    std::string out(plain.size() + kTagBytes, '\0');
    crypto_aead_xchacha20poly1305_ietf_encrypt(raw(out),
                                               nullptr,
                                               plain.data(),
                                               plain.size(),
                                               associated.data(),
                                               associated.size(),
                                               nullptr,
                                               nonce.data(),
                                               key.data());
    return out;
}

std::optional<std::string> xchacha20_open(const SymmetricKey& key,
                                          const Nonce24& nonce,
                                          ByteView associated,
                                          ByteView sealed) {
    if (sealed.size() < kTagBytes) return std::nullopt;
    std::string out(sealed.size() - kTagBytes, '\0');
    const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(raw(out),
                                                                  nullptr,
                                                                  nullptr,
                                                                  sealed.data(),
                                                                  sealed.size(),
                                                                  associated.data(),
                                                                  associated.size(),
                                                                  nonce.data(),
                                                                  key.data());
    if (failed != 0) return std::nullopt;
    return out;
}

}  // namespace guildhall::federation
