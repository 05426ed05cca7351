#pragma once
// Key agreement (X25519), key derivation (HKDF-SHA256) and authenticated encryption
// (ChaCha20-Poly1305 for links, XChaCha20-Poly1305 for stored objects) over libsodium. Nonces are
// the caller's business. Pure functions; any thread.

#include "federation/bytes.h"

#include <cstdint>
#include <optional>
#include <string>

namespace guildhall::federation {

/// 32 bytes that no log, error or comparison operator should ever see.
using SymmetricKey = FixedBytes<32, struct SymmetricKeyTag>;
using X25519Secret = FixedBytes<32, struct X25519SecretTag>;
using Nonce12 = FixedBytes<12, struct Nonce12Tag>;
using Nonce24 = FixedBytes<24, struct Nonce24Tag>;

inline constexpr std::size_t kKeyBytes = 32;
inline constexpr std::size_t kTagBytes = 16;

PublicKey x25519_public(const X25519Secret& secret);
/// The shared secret; nothing when it is all zero, which only a malicious point makes.
std::optional<SymmetricKey> x25519(const X25519Secret& secret, const PublicKey& theirs);

/// RFC 5869 with SHA-256; nothing when more than 255 * 32 bytes are asked for.
std::optional<std::string> hkdf_sha256(ByteView secret,
                                       ByteView salt,
                                       ByteView info,
                                       std::size_t size);

/// Ciphertext followed by the tag of kTagBytes.
std::string chacha20_seal(const SymmetricKey& key,
                          const Nonce12& nonce,
                          ByteView associated,
                          ByteView plain);
/// The plain bytes; nothing when anything was altered.
std::optional<std::string> chacha20_open(const SymmetricKey& key,
                                         const Nonce12& nonce,
                                         ByteView associated,
                                         ByteView sealed);
/// The same with 24-byte nonces, which may be drawn at random.
std::string xchacha20_seal(const SymmetricKey& key,
                           const Nonce24& nonce,
                           ByteView associated,
                           ByteView plain);
std::optional<std::string> xchacha20_open(const SymmetricKey& key,
                                          const Nonce24& nonce,
                                          ByteView associated,
                                          ByteView sealed);

}  // namespace guildhall::federation
