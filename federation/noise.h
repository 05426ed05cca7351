#pragma once
// Noise_XX_25519_ChaChaPoly_BLAKE2b after https://noiseprotocol.org/noise.html (revision 34): the
// objects of its section 5 under its names, from libsodium's primitives. Ephemeral secrets are
// passed in, so that nothing here draws chance. Owner: a Link, or a test; one thread at a time.

#include "federation/aead.h"
#include "federation/crypto.h"

#include <cstdint>
#include <optional>
#include <string>

namespace guildhall::federation {

/// BLAKE2b with 64 bytes of output, the HASH of the protocol's name.
using Hash64 = FixedBytes<64, struct Hash64Tag>;

Hash64 blake2b_64(std::initializer_list<ByteView> parts);
/// HMAC with that hash and its block of 128 bytes.
Hash64 hmac_blake2b(ByteView key, std::initializer_list<ByteView> parts);

/// A secret of fixed size that is overwritten when it ends.
template <class Fixed>
class Wiped {
  public:
    Wiped() = default;
    explicit Wiped(const Fixed& value) : value_(value) {}
    Wiped(const Wiped&) = default;
    Wiped& operator=(const Wiped&) = default;
    ~Wiped() { secure_wipe(value_.data(), value_.size()); }

    const Fixed& get() const { return value_; }
    Fixed& get() { return value_; }

  private:
    Fixed value_{};
};

/// Section 5.1: a key and the counter that is its nonce.
class CipherState {
  public:
    CipherState() = default;
    explicit CipherState(const SymmetricKey& key) : key_(key), has_key_(true) {}

    bool has_key() const { return has_key_; }
    std::uint64_t nonce() const { return nonce_; }
    /// For what resumes a count: tests of rekeying.
    void set_nonce(std::uint64_t nonce) { nonce_ = nonce; }

    /// Without a key: the plain bytes.
    std::string encrypt_with_ad(ByteView associated, ByteView plain);
    /// Nothing when anything was altered; the nonce then stays.
    std::optional<std::string> decrypt_with_ad(ByteView associated, ByteView sealed);
    /// Section 11.3. The nonce goes on.
    void rekey();

  private:
    Wiped<SymmetricKey> key_;
    std::uint64_t nonce_ = 0;
    bool has_key_ = false;
};

/// Section 5.2.
class SymmetricState {
  public:
    explicit SymmetricState(std::string_view protocol_name);

    void mix_key(ByteView input);
    void mix_hash(ByteView data);
    std::string encrypt_and_hash(ByteView plain);
    std::optional<std::string> decrypt_and_hash(ByteView sealed);
    struct Pair {
        CipherState first;
        CipherState second;
    };
    Pair split() const;
    const Hash64& handshake_hash() const { return hash_; }
    bool has_key() const { return cipher_.has_key(); }

  private:
    Hash64 hash_{};
    Wiped<Hash64> chaining_key_;
    CipherState cipher_;
};

/// Section 5.3 with the pattern XX: -> e; <- e, ee, s, es; -> s, se. Three messages, written and
/// read in turn; then split().
class NoiseXX {
  public:
    NoiseXX(bool initiator,
            const X25519Secret& static_secret,
            const X25519Secret& ephemeral_secret,
            ByteView prologue);

    bool my_turn() const { return !finished() && (step_ % 2 == 0) == initiator_; }
    bool finished() const { return step_ == 3; }

    /// The next message; in this side's turn only. Nothing when the other's key is one that makes
    /// an all-zero secret.
    std::optional<std::string> write_message(ByteView payload);
    /// The payload of the other's message; in the other's turn only. Nothing when it is not
    /// authentic: the handshake is then of no more use.
    std::optional<std::string> read_message(ByteView message);

    /// The other's static key, once its message was read.
    const PublicKey& remote_static() const { return remote_static_; }
    const Hash64& handshake_hash() const { return symmetric_.handshake_hash(); }

    struct Transport {
        CipherState send;
        CipherState receive;
    };
    /// Once finished.
    Transport split() const;

  private:
    bool mix_dh(const X25519Secret& secret, const PublicKey& theirs);
    // The pattern's tokens: which secret meets which key depends on the side.
    bool mix_ee() { return mix_dh(ephemeral_.get(), remote_ephemeral_); }
    bool mix_es();
    bool mix_se();

    bool initiator_;
    Wiped<X25519Secret> static_;
    Wiped<X25519Secret> ephemeral_;
    PublicKey remote_static_{};
    PublicKey remote_ephemeral_{};
    SymmetricState symmetric_;
    int step_ = 0;
};

}  // namespace guildhall::federation
