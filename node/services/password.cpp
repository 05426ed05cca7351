#include "node/services/password.h"

#include "federation/crypto.h"
#include "protocol/errors.h"

#include <sodium.h>

#include <array>

namespace guildhall::services {
namespace {

// The second set of parameters that OWASP recommends for Argon2id: 19 MiB, two passes.
constexpr unsigned long long kPasses = 2;
constexpr std::size_t kMemory = 19 * 1024 * 1024;

std::string hash_now(std::string& password) {
    std::array<char, crypto_pwhash_STRBYTES> out{};
    const int failed = crypto_pwhash_str_alg(out.data(),
                                             password.data(),
                                             password.size(),
                                             kPasses,
                                             kMemory,
                                             crypto_pwhash_ALG_ARGON2ID13);
    federation::secure_wipe(password.data(), password.size());
    return failed ? std::string() : std::string(out.data());
}

PasswordCheck check_now(std::string& hash, std::string& password) {
    PasswordCheck check;
    if (hash.empty()) {
        (void)hash_now(password);
        return check;
    }
    hash.resize(crypto_pwhash_STRBYTES);
    check.matches = crypto_pwhash_str_verify(hash.data(), password.data(), password.size()) == 0;
    check.outdated = crypto_pwhash_str_needs_rehash(hash.data(), kPasses, kMemory) != 0;
    federation::secure_wipe(password.data(), password.size());
    return check;
}

}  // namespace

protocol::Error wrong_password() {
    return protocol::make_field_error(
        "password", "PASSWORD_DOES_NOT_MATCH", "Password does not match.");
}

base::Result<std::string> hash_password_now(std::string password) {
    auto hash = hash_now(password);
    if (hash.empty()) return protocol::make_http_error(503);
    return hash;
}

base::Task<base::Result<std::string>> hash_password(base::WorkerPool& pool, std::string password) {
    auto work = [password = std::move(password)]() mutable { return hash_now(password); };
    CO_TRY(auto hash, co_await pool.run(std::move(work)));
    // Only when 19 MiB cannot be had.
    if (hash.empty()) co_return protocol::make_http_error(503);
    co_return hash;
}

base::Task<base::Result<PasswordCheck>> check_password(base::WorkerPool& pool,
                                                       std::string hash,
                                                       std::string password) {
    auto work = [hash = std::move(hash), password = std::move(password)]() mutable {
        return check_now(hash, password);
    };
    co_return co_await pool.run(std::move(work));
}

}  // namespace guildhall::services
