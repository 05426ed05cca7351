#include "federation/crypto.h"

// Every entry is hashed twice. libsodium's SHA-256 does not use the processor's instructions for
// it, OpenSSL's does and is five times as fast; its newer interface allocates for each hash.
#define OPENSSL_SUPPRESS_DEPRECATED

#include <sodium.h>

#include <openssl/sha.h>
#include <utility>

namespace guildhall::federation {

bool init_crypto() {
    // Salts and ids are drawn for every entry: a generator seeded by the kernel, not a call into
    // it.
    if (randombytes_set_implementation(&randombytes_internal_implementation) != 0) return false;
    return sodium_init() >= 0;
}

std::string to_hex(ByteView bytes) {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (std::uint8_t b : bytes) {
        out.push_back(kDigits[b >> 4]);
        out.push_back(kDigits[b & 15]);
    }
    return out;
}

std::optional<std::string> from_hex(std::string_view hex) {
    auto digit = [](char c) {
        if (c >= '0' && c <= '9') return c - '0';
        if (c >= 'a' && c <= 'f') return c - 'a' + 10;
        if (c >= 'A' && c <= 'F') return c - 'A' + 10;
        return -1;
    };
    if (hex.size() % 2 != 0) return std::nullopt;
    std::string out;
    out.reserve(hex.size() / 2);
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        const int high = digit(hex[i]);
        const int low = digit(hex[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        out.push_back(static_cast<char>(high << 4 | low));
    }
    return out;
}

Hash32 sha256(std::initializer_list<ByteView> parts) {
    SHA256_CTX state;
    SHA256_Init(&state);
    for (ByteView part : parts) SHA256_Update(&state, part.data(), part.size());
    Hash32 out;
    SHA256_Final(out.data(), &state);
    return out;
}

Hash32 blake2b(std::initializer_list<ByteView> parts) {
    crypto_generichash_blake2b_state state;
    crypto_generichash_blake2b_init(&state, nullptr, 0, 32);
    for (ByteView part : parts) crypto_generichash_blake2b_update(&state, part.data(), part.size());
    Hash32 out;
    crypto_generichash_blake2b_final(&state, out.data(), out.size());
    return out;
}

Hash32 hmac_sha256(ByteView key, std::initializer_list<ByteView> parts) {
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, key.data(), key.size());
    for (ByteView part : parts) crypto_auth_hmacsha256_update(&state, part.data(), part.size());
    Hash32 out;
    crypto_auth_hmacsha256_final(&state, out.data());
    secure_wipe(&state, sizeof state);
    return out;
}

bool equal_constant_time(ByteView a, ByteView b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

void secure_wipe(void* bytes, std::size_t size) { sodium_memzero(bytes, size); }

std::string_view domain_tag(Domain domain) {
    static constexpr std::array<std::string_view, kDomainCount> kTags = {
        "guildhall-genesis",
        "guildhall-key-event",
        "guildhall-head-batch",
        "guildhall-command",
        "guildhall-device",
        "guildhall-receipt",
        "guildhall-profile",
        "guildhall-cosignature",
        "guildhall-hosting",
        "guildhall-vote",
        "guildhall-noise-static",
        "guildhall-migration",
    };
    const auto index = static_cast<std::size_t>(domain);
    CHECK(index < kTags.size());
    return kTags[index];
}

SecretKey SecretKey::from_seed(const Seed& seed) {
    SecretKey key;
    crypto_sign_seed_keypair(key.public_.data(), key.expanded_.data(), seed.data());
    return key;
}

SecretKey::SecretKey(SecretKey&& other) noexcept
    : expanded_(other.expanded_), public_(other.public_) {
    secure_wipe(other.expanded_.data(), other.expanded_.size());
}

SecretKey& SecretKey::operator=(SecretKey&& other) noexcept {
    if (this != &other) {
        expanded_ = other.expanded_;
        public_ = other.public_;
        secure_wipe(other.expanded_.data(), other.expanded_.size());
    }
    return *this;
}

SecretKey::~SecretKey() { secure_wipe(expanded_.data(), expanded_.size()); }

// libsodium signs one buffer only; what is signed here is small (heads' roots, geneses).
static std::string tagged(Domain domain, ByteView bytes) {
    std::string message(domain_tag(domain));
    message.append(bytes.text());
    return message;
}

Signature SecretKey::sign(Domain domain, ByteView bytes) const {
    const std::string message = tagged(domain, bytes);
    Signature out;
    crypto_sign_detached(out.data(),
                         nullptr,
                         reinterpret_cast<const unsigned char*>(message.data()),
                         message.size(),
                         expanded_.data());
    return out;
}

bool verify(const PublicKey& key, Domain domain, ByteView bytes, const Signature& signature) {
    return verify_plain(key, ByteView(std::string_view(tagged(domain, bytes))), signature);
}

bool verify_plain(const PublicKey& key, ByteView bytes, const Signature& signature) {
    return crypto_sign_verify_detached(signature.data(), bytes.data(), bytes.size(), key.data()) ==
           0;
}

}  // namespace guildhall::federation
