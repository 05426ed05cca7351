#pragma once
// The verified key log of a node or a user, and the rules over it: ordinary rotation by the key
// that was committed to; recovery by a rotation key; a recovery that replaces an event of a weaker
// key within 72 hours and makes void what followed; a user's move, which the new home must
// countersign. Two ordinary successors of one event are a fork: evidence, never a choice.
// docs/FEDERATION.md, "Key events". Owner: who keeps the identity; a value; one thread at a time.

#include "federation/key_log.h"
#include "federation/statement.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace guildhall::federation {

inline constexpr std::size_t kKeyEventBytesMax = 8 * 1024;
/// Long enough for a person to notice a theft over a weekend.
inline constexpr std::chrono::milliseconds kKeyOverrideWindow = std::chrono::hours(72);
/// Replacements in the life of one log: a quarrel longer than this is decided by hand.
inline constexpr std::uint32_t kKeyOverridesMax = 32;
/// Events that a chain takes in all, void ones included, beside the replacements.
inline constexpr std::uint32_t kKeyEventsTakenMax = 2 * kKeyEventsMax;

/// The new home's agreement to a user's move.
struct HomeConsent {
    /// Which key of the new home's own log signs.
    std::uint32_t key_seq = 0;
    Signature signature{};

    friend bool operator==(const HomeConsent&, const HomeConsent&) = default;
};

/// An event as it is stored and sent: signature ‖ event, and after a user's move ‖ key_seq u32 ‖
/// the new home's signature.
struct SignedKeyEvent {
    std::string bytes;
    Signature signature{};
    std::optional<HomeConsent> consent;

    friend bool operator==(const SignedKeyEvent&, const SignedKeyEvent&) = default;
};

std::string encode(const SignedKeyEvent& event);
std::optional<SignedKeyEvent> decode_signed_key_event(ByteView stored);

/// `key` is the event's new signing key, or the rotation key that its recovery names.
SignedKeyEvent sign(const KeyEvent& event, const SecretKey& key);
/// What the new home signs: BLAKE2b-256 of the event ‖ key_seq.
HomeConsent consent_to_move(ByteView event, std::uint32_t home_key_seq, const SecretKey& home);

/// A whole log as it is stored and sent.
struct KeyLog {
    /// signature ‖ genesis.
    std::string genesis;
    /// Signed events, ascending.
    std::vector<std::string> events;

    friend bool operator==(const KeyLog&, const KeyLog&) = default;
};

/// size u16 ‖ genesis ‖ n u16 ‖ n × (size u16 ‖ event).
std::string encode(const KeyLog& log);
std::optional<KeyLog> decode_key_log(ByteView bytes);

/// When an event reached this verifier.
struct KeyTime {
    /// This node's clock, or the host's of the entry that brought it: never the event's own word.
    protocol::UnixMs seen_ms = 0;
    /// Size of the guild's control log that includes the event, where a guild's log brought it.
    std::uint64_t control_seq = 0;

    friend bool operator==(const KeyTime&, const KeyTime&) = default;
};

/// Clocks of honest nodes differ by less.
inline constexpr std::chrono::milliseconds kKeyClockMargin = std::chrono::minutes(1);

enum class KeyStep : std::uint8_t {
    added,
    /// Had it.
    repeated,
    /// Took the place of an event that is void now, as all after it.
    replaced,
    /// Validly signed by the same key as the event of that seq: not applied, but evidence.
    forked,
};

class KeyChain {
  public:
    /// Of a node's or user's signed genesis.
    static protocol::Result<KeyChain> start(ByteView signed_genesis, KeyTime time = {});
    /// Of a whole log; `keys` is asked for new homes of users only.
    static protocol::Result<KeyChain> from(const KeyLog& log, KeyTime time, NodeKeys keys);

    /// The same after a restart: `times` of the genesis and of each event, as times() gave them.
    static protocol::Result<KeyChain> restore(const KeyLog& log,
                                              std::span<const KeyTime> times,
                                              NodeKeys keys);

    protocol::Result<KeyStep> apply(ByteView stored_event, KeyTime time, NodeKeys keys);

    const Hash32& uid() const { return states_.front().subject_uid; }
    bool is_user() const { return is_user_; }
    /// 64-bit id of a user; nothing for a node.
    std::optional<protocol::Snowflake> user_id() const;

    const KeyState& state() const { return states_.back(); }
    const PublicKey& signing_key() const { return state().signing_key; }
    /// A node's X25519 key for links.
    PublicKey noise_static() const;
    /// A user's home node.
    Hash32 home() const;

    /// The signing key that the event `key_seq` (0: the genesis) made valid.
    std::optional<PublicKey> signing_key_at(std::uint32_t key_seq) const;
    /// Whether the signer itself says that it had replaced that key before then. Its clock and that
    /// of what was signed may be a minute apart.
    bool was_replaced(std::uint32_t key_seq, protocol::UnixMs by_ms) const;
    /// What held when the guild's control log had `control_size` entries, void events included:
    /// what was accepted then stays valid. The genesis before the first.
    const KeyState& state_at_control(std::uint64_t control_size) const;
    /// Whether `check` holds for any signing key that was ever accepted, void events included.
    bool any_key(protocol::FunctionRef<bool(const PublicKey&)> check) const;

    KeyLog log() const;
    /// When the genesis and each event of log() came.
    std::vector<KeyTime> times() const;

  private:
    struct Taken {
        std::string stored;
        Hash32 hash{};
        KeyTime time;
        /// Of the rotation key that signed; kRotationKeysMax for the committed key.
        std::uint8_t rank = 0;
    };
    struct Span {
        std::uint64_t control_seq = 0;
        KeyState state;
    };

    KeyChain() = default;
    protocol::Result<KeyState> checked(const KeyState& before,
                                       const SignedKeyEvent& event,
                                       NodeKeys keys) const;
    protocol::Result<KeyStep> meet(const KeyEvent& event,
                                   const SignedKeyEvent& signed_event,
                                   KeyTime time,
                                   NodeKeys keys);
    void take(const SignedKeyEvent& event, const KeyEvent& decoded, KeyState after, KeyTime time);

    std::string genesis_;
    bool is_user_ = false;
    protocol::UnixMs created_ms_ = 0;
    KeyTime start_time_;
    /// After the genesis and after each event that holds.
    std::vector<KeyState> states_;
    std::vector<Taken> events_;
    /// Ascending by control_seq.
    std::vector<Span> history_;
    std::uint32_t taken_ = 0;
    std::uint32_t overrides_ = 0;
};

}  // namespace guildhall::federation
