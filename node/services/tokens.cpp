#include "node/services/tokens.h"

#include "federation/crypto.h"

#include <sodium.h>

#include <array>

namespace guildhall::services {
namespace {

std::string base64(std::string_view bytes, int variant) {
    std::string out(sodium_base64_encoded_len(bytes.size(), variant), '\0');
    sodium_bin2base64(out.data(),
                      out.size(),
                      reinterpret_cast<const unsigned char*>(bytes.data()),
                      bytes.size(),
                      variant);
    out.pop_back();  // The terminating zero that libsodium writes.
    return out;
}

bool starts_with_word(std::string_view text, std::string_view lower_word) {
    if (text.size() <= lower_word.size() || text[lower_word.size()] != ' ') return false;
    for (std::size_t i = 0; i < lower_word.size(); ++i) {
        if ((text[i] | 0x20) != lower_word[i]) return false;
    }
    return true;
}

}  // namespace

std::string make_token(protocol::UserId user, protocol::UnixMs now_ms, base::Rng& rng) {
    const auto seconds = static_cast<std::uint32_t>((now_ms - protocol::kEpochMs) / 1000);
    const std::array<char, 4> time = {static_cast<char>(seconds >> 24),
                                      static_cast<char>(seconds >> 16),
                                      static_cast<char>(seconds >> 8),
                                      static_cast<char>(seconds)};
    return base64(user.str(), sodium_base64_VARIANT_ORIGINAL_NO_PADDING) + "." +
           base64({time.data(), time.size()}, sodium_base64_VARIANT_URLSAFE_NO_PADDING) + "." +
           base64(rng.bytes(32), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

protocol::TokenHash hash_token(std::string_view token_key, std::string_view token) {
    return federation::hmac_sha256(token_key, token);
}

std::string random_code(base::Rng& rng, std::size_t length) {
    static constexpr std::string_view kAlphabet =
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    std::string out;
    for (std::size_t i = 0; i < length; ++i) out += kAlphabet[rng.below(kAlphabet.size())];
    return out;
}

Credentials parse_credentials(std::string_view text) {
    if (starts_with_word(text, "bot")) return {Credentials::Scheme::bot, text.substr(4)};
    if (starts_with_word(text, "bearer")) return {Credentials::Scheme::bearer, text.substr(7)};
    return {Credentials::Scheme::bare, text};
}

}  // namespace guildhall::services
