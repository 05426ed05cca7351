#include "federation/recovery.h"

#include "federation/statement.h"

#include <sodium.h>

#include <array>
#include <utility>

namespace guildhall::federation {

namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kGroup = 6;
constexpr std::size_t kEntropyCharacters = kPhraseEntropyBytes * 8 / 5;
constexpr std::size_t kChecksumCharacters = 4;
constexpr std::size_t kPhraseCharacters = kEntropyCharacters + kChecksumCharacters;
/// What a person may type around the characters.
constexpr std::size_t kTypedBytesMax = 256;

constexpr std::uint8_t kBackupVersion = 1;
constexpr std::size_t kBackupHeaderBytes = 1 + 4 + 4 + 16 + 24;

using Digits = std::array<std::uint8_t, kPhraseCharacters>;

/// Entropy as digits of five bits, high bits first, then the first 20 bits of its hash.
Digits digits_of(const PhraseEntropy& entropy) {
    Digits out{};
    const Hash32 hash = blake2b({ByteView("guildhall-phrase"), ByteView(entropy)});
    std::array<std::uint8_t, kPhraseEntropyBytes + 3> bytes{};
    std::copy(entropy.begin(), entropy.end(), bytes.begin());
    std::copy_n(hash.begin(), 3, bytes.begin() + kPhraseEntropyBytes);
    for (std::size_t i = 0; i < out.size() * 5; ++i) {
        const int bit = bytes[i / 8] >> (7 - i % 8) & 1;
        out[i / 5] = static_cast<std::uint8_t>(out[i / 5] << 1 | bit);
    }
    return out;
}

/// The value of a typed character; -1 for what separates, -2 for what is none.
int value_of(char c) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == ' ' || c == '-' || c == '\t' || c == '\n' || c == '\r') return -1;
    if (c == 'O') c = '0';
    if (c == 'I' || c == 'L') c = '1';
    const auto at = kAlphabet.find(c);
    return at == kAlphabet.npos ? -2 : static_cast<int>(at);
}

std::optional<SymmetricKey> stretch(ByteView secret,
                                    const PasswordSalt& salt,
                                    const Argon2Cost& cost) {
    SymmetricKey key;
    const int failed = crypto_pwhash(key.data(),
                                     key.size(),
                                     secret.text().data(),
                                     secret.size(),
                                     salt.data(),
                                     cost.passes,
                                     std::size_t{cost.memory_kib} * 1024,
                                     crypto_pwhash_ALG_ARGON2ID13);
    if (failed != 0) return std::nullopt;  // No memory.
    return key;
}

bool is_allowed(const Argon2Cost& cost) {
    return cost.passes >= kArgon2CostMin.passes && cost.memory_kib >= kArgon2CostMin.memory_kib &&
           cost.passes <= kArgon2CostMax.passes && cost.memory_kib <= kArgon2CostMax.memory_kib;
}

}  // namespace

std::string make_phrase(const PhraseEntropy& entropy) {
    std::string out;
    const Digits digits = digits_of(entropy);
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && i % kGroup == 0) out.push_back('-');
        out.push_back(kAlphabet[digits[i]]);
    }
    return out;
}

protocol::Result<PhraseEntropy> parse_phrase(std::string_view typed) {
    if (typed.size() > kTypedBytesMax) return refused("the phrase is too long");
    Digits digits{};
    std::size_t count = 0;
    for (const char c : typed) {
        const int value = value_of(c);
        if (value == -1) continue;
        if (value < 0) return refused("the phrase has a character that no phrase has");
        if (count == digits.size()) return refused("the phrase is too long");
        digits[count++] = static_cast<std::uint8_t>(value);
    }
    if (count != digits.size()) return refused("the phrase is too short");
    PhraseEntropy out{};
    for (std::size_t i = 0; i < kPhraseEntropyBytes * 8; ++i) {
        const int bit = digits[i / 5] >> (4 - i % 5) & 1;
        out[i / 8] = static_cast<std::uint8_t>(out[i / 8] << 1 | bit);
    }
    if (digits_of(out) != digits) return refused("a character of the phrase is wrong");
    secure_wipe(digits.data(), digits.size());
    return out;
}

SecretKey rotation_key_of(const PhraseEntropy& entropy) {
    auto bytes = hkdf_sha256(ByteView(entropy), {}, "guildhall-rotation-key", sizeof(Seed));
    CHECK(bytes.has_value());
    Seed seed = Seed::from(std::string_view(*bytes)).value_or(Seed{});
    SecretKey key = SecretKey::from_seed(seed);
    secure_wipe(bytes->data(), bytes->size());
    secure_wipe(seed.data(), seed.size());
    return key;
}

protocol::Result<std::string> seal_backup(ByteView identity,
                                          ByteView secret,
                                          const PasswordSalt& salt,
                                          const Nonce24& nonce,
                                          const Argon2Cost& cost) {
    if (!is_allowed(cost)) return refused("the cost of the backup's password is out of bounds");
    if (identity.size() > kBackupBytesMax) return refused("the backup is too large");
    auto key = stretch(secret, salt, cost);
    if (!key) return refused("not enough memory to derive the backup's key");
    std::string out = ByteWriter()
                          .put(kBackupVersion)
                          .put(cost.passes)
                          .put(cost.memory_kib)
                          .put(salt)
                          .put(nonce)
                          .take();
    out.append(xchacha20_seal(*key, nonce, ByteView(out), identity));
    secure_wipe(key->data(), key->size());
    return out;
}

protocol::Result<std::string> open_backup(ByteView backup, ByteView secret) {
    ByteReader in(backup);
    const auto version = in.get<std::uint8_t>();
    Argon2Cost cost;
    cost.passes = in.get<std::uint32_t>();
    cost.memory_kib = in.get<std::uint32_t>();
    const auto salt = in.get<PasswordSalt>();
    const auto nonce = in.get<Nonce24>();
    if (in.failed() || version != kBackupVersion || in.left() < kTagBytes ||
        in.left() > kBackupBytesMax + kTagBytes) {
        return refused("this is no backup of an identity");
    }
    if (!is_allowed(cost)) return refused("the cost of the backup's password is out of bounds");
    auto key = stretch(secret, salt, cost);
    if (!key) return refused("not enough memory to derive the backup's key");
    auto plain = xchacha20_open(*key,
                                nonce,
                                ByteView(backup.first(kBackupHeaderBytes)),
                                ByteView(backup.subspan(kBackupHeaderBytes)));
    secure_wipe(key->data(), key->size());
    if (!plain) return refused("the password is wrong, or the backup was altered");
    return std::move(*plain);
}

}  // namespace guildhall::federation
