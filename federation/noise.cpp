#include "federation/noise.h"

#include <sodium.h>

#include <algorithm>
#include <array>

namespace guildhall::federation {

namespace {

constexpr std::size_t kBlockBytes = 128;  // BLOCKLEN of BLAKE2b.
constexpr std::uint64_t kRekeyNonce = ~std::uint64_t{0};

/// Section 12: 32 zero bits, then the counter, little-endian.
Nonce12 nonce_of(std::uint64_t counter) {
    const std::string bytes = ByteWriter().put(std::uint32_t{0}).put(counter).take();
    return Nonce12::from(bytes).value_or(Nonce12{});
}

/// Section 4.3's HKDF with two outputs.
struct Derived {
    Wiped<Hash64> first;
    Wiped<Hash64> second;
};
Derived hkdf(ByteView chaining_key, ByteView input) {
    const Wiped<Hash64> temporary(hmac_blake2b(chaining_key, {input}));
    constexpr std::uint8_t kOne = 1;
    constexpr std::uint8_t kTwo = 2;
    Derived out;
    out.first = Wiped<Hash64>(hmac_blake2b(temporary.get(), {ByteView(&kOne, 1)}));
    out.second = Wiped<Hash64>(
        hmac_blake2b(temporary.get(), {ByteView(out.first.get()), ByteView(&kTwo, 1)}));
    return out;
}

/// A 64-byte output is cut to 32 for a cipher's key.
CipherState cipher_of(const Hash64& output) {
    Wiped<SymmetricKey> key;
    std::copy_n(output.begin(), kKeyBytes, key.get().begin());
    return CipherState(key.get());
}

}  // namespace

Hash64 blake2b_64(std::initializer_list<ByteView> parts) {
    crypto_generichash_blake2b_state state;
    Hash64 out;
    crypto_generichash_blake2b_init(&state, nullptr, 0, out.size());
    for (ByteView part : parts) crypto_generichash_blake2b_update(&state, part.data(), part.size());
    crypto_generichash_blake2b_final(&state, out.data(), out.size());
    secure_wipe(&state, sizeof state);
    return out;
}

Hash64 hmac_blake2b(ByteView key, std::initializer_list<ByteView> parts) {
    std::array<std::uint8_t, kBlockBytes> inner{};
    if (key.size() > kBlockBytes) {
        const Hash64 hashed = blake2b_64({key});
        std::copy(hashed.begin(), hashed.end(), inner.begin());
    } else {
        std::copy(key.begin(), key.end(), inner.begin());
    }
    std::array<std::uint8_t, kBlockBytes> outer = inner;
    for (auto& byte : inner) byte ^= 0x36;
    for (auto& byte : outer) byte ^= 0x5c;

    crypto_generichash_blake2b_state state;
    Hash64 digest;
    crypto_generichash_blake2b_init(&state, nullptr, 0, digest.size());
    crypto_generichash_blake2b_update(&state, inner.data(), inner.size());
    for (ByteView part : parts) crypto_generichash_blake2b_update(&state, part.data(), part.size());
    crypto_generichash_blake2b_final(&state, digest.data(), digest.size());
    const Hash64 out = blake2b_64({ByteView(outer.data(), outer.size()), ByteView(digest)});
    secure_wipe(&state, sizeof state);
    secure_wipe(inner.data(), inner.size());
    secure_wipe(outer.data(), outer.size());
    secure_wipe(digest.data(), digest.size());
    return out;
}

std::string CipherState::encrypt_with_ad(ByteView associated, ByteView plain) {
    if (!has_key_) return std::string(plain.text());
    return chacha20_seal(key_.get(), nonce_of(nonce_++), associated, plain);
}

std::optional<std::string> CipherState::decrypt_with_ad(ByteView associated, ByteView sealed) {
    if (!has_key_) return std::string(sealed.text());
    if (nonce_ == kRekeyNonce) return std::nullopt;
    auto plain = chacha20_open(key_.get(), nonce_of(nonce_), associated, sealed);
    if (plain) ++nonce_;
    return plain;
}

void CipherState::rekey() {
    const SymmetricKey zeros{};
    std::string sealed = chacha20_seal(key_.get(), nonce_of(kRekeyNonce), {}, ByteView(zeros));
    std::copy_n(sealed.begin(), kKeyBytes, key_.get().begin());
    secure_wipe(sealed.data(), sealed.size());
}

SymmetricState::SymmetricState(std::string_view protocol_name) {
    if (protocol_name.size() <= hash_.size()) {
        std::copy(protocol_name.begin(), protocol_name.end(), hash_.begin());
    } else {
        hash_ = blake2b_64({ByteView(protocol_name)});
    }
    chaining_key_ = Wiped<Hash64>(hash_);
}

void SymmetricState::mix_key(ByteView input) {
    const Derived derived = hkdf(chaining_key_.get(), input);
    chaining_key_ = derived.first;
    cipher_ = cipher_of(derived.second.get());
}

void SymmetricState::mix_hash(ByteView data) { hash_ = blake2b_64({ByteView(hash_), data}); }

std::string SymmetricState::encrypt_and_hash(ByteView plain) {
    std::string sealed = cipher_.encrypt_with_ad(hash_, plain);
    mix_hash(sealed);
    return sealed;
}

std::optional<std::string> SymmetricState::decrypt_and_hash(ByteView sealed) {
    auto plain = cipher_.decrypt_with_ad(hash_, sealed);
    mix_hash(sealed);
    return plain;
}

SymmetricState::Pair SymmetricState::split() const {
    const Derived derived = hkdf(chaining_key_.get(), {});
    return {cipher_of(derived.first.get()), cipher_of(derived.second.get())};
}

NoiseXX::NoiseXX(bool initiator,
                 const X25519Secret& static_secret,
                 const X25519Secret& ephemeral_secret,
                 ByteView prologue)
    : initiator_(initiator),
      static_(static_secret),
      ephemeral_(ephemeral_secret),
      symmetric_("Noise_XX_25519_ChaChaPoly_BLAKE2b") {
    symmetric_.mix_hash(prologue);
}

bool NoiseXX::mix_dh(const X25519Secret& secret, const PublicKey& theirs) {
    auto shared = x25519(secret, theirs);
    if (!shared) return false;
    symmetric_.mix_key(*shared);
    secure_wipe(shared->data(), shared->size());
    return true;
}

bool NoiseXX::mix_es() {
    return initiator_ ? mix_dh(ephemeral_.get(), remote_static_)
                      : mix_dh(static_.get(), remote_ephemeral_);
}

bool NoiseXX::mix_se() {
    return initiator_ ? mix_dh(static_.get(), remote_ephemeral_)
                      : mix_dh(ephemeral_.get(), remote_static_);
}

std::optional<std::string> NoiseXX::write_message(ByteView payload) {
    CHECK(my_turn());
    std::string out;
    if (step_ < 2) {
        const PublicKey ephemeral = x25519_public(ephemeral_.get());
        symmetric_.mix_hash(ephemeral);
        out += ephemeral.text();
    }
    if (step_ == 1 && !mix_ee()) return std::nullopt;
    if (step_ > 0) {
        out += symmetric_.encrypt_and_hash(x25519_public(static_.get()));
        if (!(step_ == 1 ? mix_es() : mix_se())) return std::nullopt;
    }
    out += symmetric_.encrypt_and_hash(payload);
    ++step_;
    return out;
}

std::optional<std::string> NoiseXX::read_message(ByteView message) {
    CHECK(!my_turn() && !finished());
    ByteReader in(message);
    if (step_ < 2) {
        remote_ephemeral_ = in.get<PublicKey>();
        if (in.failed()) return std::nullopt;
        symmetric_.mix_hash(remote_ephemeral_);
    }
    if (step_ == 1 && !mix_ee()) return std::nullopt;
    if (step_ > 0) {
        const ByteView sealed = in.take(kKeyBytes + kTagBytes);
        if (in.failed()) return std::nullopt;
        const auto key = symmetric_.decrypt_and_hash(sealed);
        if (!key) return std::nullopt;
        remote_static_ = PublicKey::from(*key).value_or(PublicKey{});
        if (!(step_ == 1 ? mix_es() : mix_se())) return std::nullopt;
    }
    auto payload = symmetric_.decrypt_and_hash(in.take(in.left()));
    if (payload) ++step_;
    return payload;
}

NoiseXX::Transport NoiseXX::split() const {
    CHECK(finished());
    SymmetricState::Pair pair = symmetric_.split();
    if (initiator_) return {std::move(pair.first), std::move(pair.second)};
    return {std::move(pair.second), std::move(pair.first)};
}

}  // namespace guildhall::federation
