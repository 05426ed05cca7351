#pragma once
// What a user keeps on paper: a recovery phrase, from which alone the user's rotation key follows,
// so that an account outlives its home node; and the sealed backup of an identity, which a phrase
// or password opens. Secrets come in and go out as bytes; nothing is kept here. Formats:
// docs/FEDERATION.md, "Recovery". Pure functions; any thread; Argon2id takes a good part of a
// second, so not on a shard.

#include "federation/aead.h"
#include "federation/crypto.h"
#include "protocol/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace guildhall::federation {

inline constexpr std::size_t kPhraseEntropyBytes = 20;
using PhraseEntropy = FixedBytes<kPhraseEntropyBytes, struct PhraseEntropyTag>;

/// Six groups of six characters of Crockford's base32: 160 bits and a checksum of 20.
std::string make_phrase(const PhraseEntropy& entropy);
/// Reads what a person typed: either case, O for 0, I and L for 1, spaces and hyphens anywhere. An
/// error says whether the length, a character or the checksum is wrong.
protocol::Result<PhraseEntropy> parse_phrase(std::string_view typed);
/// The user's rotation key. Needs nothing but the phrase, because whoever lost everything else has
/// nothing else; 160 random bits need no slow hash.
SecretKey rotation_key_of(const PhraseEntropy& entropy);

using PasswordSalt = FixedBytes<16, struct PasswordSaltTag>;

/// Costs of Argon2id, stored with each backup.
struct Argon2Cost {
    std::uint32_t passes = 3;
    std::uint32_t memory_kib = 64 * 1024;

    friend bool operator==(const Argon2Cost&, const Argon2Cost&) = default;
};
/// Below this a backup is not made: the least that OWASP's password storage advice gives.
inline constexpr Argon2Cost kArgon2CostMin{2, 19 * 1024};
/// Above this one is not opened: a backup from somebody else must not eat the machine.
inline constexpr Argon2Cost kArgon2CostMax{16, 512 * 1024};
/// Keys, key log and profile of one user.
inline constexpr std::size_t kBackupBytesMax = 256 * 1024;

/// version u8 ‖ passes u32 ‖ memory_kib u32 ‖ salt (16) ‖ nonce (24) ‖ XChaCha20-Poly1305 of the
/// identity, with all before it as associated data. `secret` is a password or a phrase's entropy.
protocol::Result<std::string> seal_backup(ByteView identity,
                                          ByteView secret,
                                          const PasswordSalt& salt,
                                          const Nonce24& nonce,
                                          const Argon2Cost& cost = {});
protocol::Result<std::string> open_backup(ByteView backup, ByteView secret);

}  // namespace guildhall::federation
