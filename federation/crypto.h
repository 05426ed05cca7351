#pragma once
// Hashes and Ed25519 signatures over libsodium, with types that cannot be mixed up. No randomness
// here: keys are made from seeds that the caller drew from base::Rng. Key agreement and ciphers are
// in aead.h. Pure functions; any thread.

#include "federation/bytes.h"

#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace guildhall::federation {

/// Lets libsodium choose its fastest implementations; once, at the start of the process. Everything
/// here also works without it. False if the library cannot work on this machine.
bool init_crypto();

/// SHA-256 of the parts, one after the other.
Hash32 sha256(std::initializer_list<ByteView> parts);
inline Hash32 sha256(ByteView bytes) { return sha256({bytes}); }
/// BLAKE2b with 32 bytes of output and no key, of the parts one after the other.
Hash32 blake2b(std::initializer_list<ByteView> parts);
inline Hash32 blake2b(ByteView bytes) { return blake2b({bytes}); }
/// A key of any length.
Hash32 hmac_sha256(ByteView key, std::initializer_list<ByteView> parts);
inline Hash32 hmac_sha256(ByteView key, ByteView bytes) { return hmac_sha256(key, {bytes}); }

/// Compares secrets in a time that depends on their length only.
bool equal_constant_time(ByteView a, ByteView b);
/// Overwrites, in a way that the compiler may not drop.
void secure_wipe(void* bytes, std::size_t size);

/// What a signature is for. It signs the domain's tag followed by the bytes, so that one made for
/// one purpose never serves another. No tag is the beginning of another.
enum class Domain {
    genesis,
    key_event,
    head_batch,
    command,
    device,
    receipt,
    profile,
    cosignature,
    hosting,
    vote,
    noise_static,
    migration,
};
inline constexpr std::size_t kDomainCount = 12;
std::string_view domain_tag(Domain domain);

/// An Ed25519 signing key. Moved, never copied; wiped when it ends.
class SecretKey {
  public:
    /// From 32 bytes of randomness, or of storage.
    static SecretKey from_seed(const FixedBytes<32, struct SeedTag>& seed);

    SecretKey(SecretKey&& other) noexcept;
    SecretKey& operator=(SecretKey&& other) noexcept;
    SecretKey(const SecretKey&) = delete;
    SecretKey& operator=(const SecretKey&) = delete;
    ~SecretKey();

    const PublicKey& public_key() const { return public_; }
    /// The 32 bytes to store. A view into the key; the only way out of it.
    ByteView seed() const { return ByteView(expanded_.data(), 32); }
    Signature sign(Domain domain, ByteView bytes) const;

  private:
    SecretKey() = default;

    std::array<std::uint8_t, 64> expanded_{};
    PublicKey public_{};
};

using Seed = FixedBytes<32, struct SeedTag>;

[[nodiscard]] bool verify(const PublicKey& key,
                          Domain domain,
                          ByteView bytes,
                          const Signature& signature);
/// Plain RFC 8032, without a domain: for test vectors and for formats of others.
[[nodiscard]] bool verify_plain(const PublicKey& key, ByteView bytes, const Signature& signature);

}  // namespace guildhall::federation
