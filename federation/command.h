#pragma once
// A command: what a user of one node asks of a guild hosted by another. The user's home node signs
// the header; the header holds the hash of the body (salt ‖ the API call), so that a deletion may
// drop the body and the signature still verifies. Layouts: docs/FEDERATION.md, "Commands". Plain
// values; any thread.

#include "federation/entry.h"
#include "federation/statement.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace guildhall::federation {

inline constexpr std::uint8_t kCommandVersion = 1;
inline constexpr std::size_t kCommandHeaderBytes = 145;
/// With header, signatures and framing it fits one record of a link (65,535 bytes).
inline constexpr std::size_t kCommandBodyBytesMax = 60 * 1024;
/// Devices of one user that sign one command: more are not at hand at one time.
inline constexpr std::size_t kDeviceSignaturesMax = 4;
/// A command waits no longer than this, so that an old one cannot be kept back and played later.
inline constexpr std::chrono::milliseconds kCommandLifetimeMax = std::chrono::minutes(10);
/// How far an entry's time may be past the end of its command.
inline constexpr std::chrono::milliseconds kCommandEntrySlack = kCommandLifetimeMax;
/// A command from further in the future than this comes from a clock that is wrong.
inline constexpr std::chrono::milliseconds kCommandClockAheadMax = std::chrono::minutes(1);

struct CommandHeader {
    Hash32 guild_uid{};
    /// The epoch that the origin knew: a host of an older one was replaced.
    std::uint64_t epoch_min = 0;
    /// The node that signs: the actor's home.
    Hash32 origin_uid{};
    /// From 1, each used once per guild and origin.
    std::uint64_t origin_seq = 0;
    /// The user's 64-bit id.
    std::uint64_t actor = 0;
    /// What the call is about; 0 when it is about no channel.
    std::uint64_t channel = 0;
    protocol::UnixMs client_ts_ms = 0;
    protocol::UnixMs expires_ms = 0;
    /// SHA-256 of the body.
    Hash32 body_hash{};

    friend bool operator==(const CommandHeader&, const CommandHeader&) = default;
};

/// The 145 canonical bytes.
std::string encode(const CommandHeader& header);
std::optional<CommandHeader> decode_command_header(ByteView bytes);

/// A user's own key over the header's bytes, so that not even the home node could have made it.
struct DeviceSignature {
    PublicKey key{};
    Signature signature{};

    friend bool operator==(const DeviceSignature&, const DeviceSignature&) = default;
};

struct SignedCommand {
    /// The canonical header, byte for byte as it came.
    std::string header;
    /// Of the origin node.
    Signature signature{};
    std::vector<DeviceSignature> device_signatures;
    /// salt ‖ the API call's Cap'n Proto bytes; empty: dropped.
    std::string body;

    /// SHA-256 of the header: what entries and receipts name.
    Hash32 hash() const { return sha256(ByteView(header)); }

    friend bool operator==(const SignedCommand&, const SignedCommand&) = default;
};

/// Sets the header's body_hash and signs.
SignedCommand sign_command(CommandHeader header,
                           const Salt& salt,
                           ByteView api_call,
                           const SecretKey& origin);
/// Whether a command had surely died before an entry of that time was made of it. A host whose
/// clock stepped back stamps entries with the time of the last one, so a little late proves
/// nothing.
bool is_dead_for_entry(protocol::UnixMs expires_ms, protocol::UnixMs entry_ts_ms);
/// Adds a device's signature; at most kDeviceSignaturesMax.
void add_device_signature(SignedCommand& command, const SecretKey& device);

/// Why a command is not run.
enum class CommandProblem : std::uint8_t {
    none,
    malformed,
    bad_signature,
    bad_body,
    wrong_guild,
    wrong_origin,
    /// The actor's home is another node.
    wrong_actor,
    /// The origin knows a newer epoch than this host: the host was replaced.
    host_is_old,
    /// expires_ms is before client_ts_ms or more than kCommandLifetimeMax after it.
    bad_lifetime,
    expired,
    clock_ahead,
};
std::string_view text_of(CommandProblem problem);
/// Whether the answer should carry this node's time, so that the origin can mend its own.
bool is_about_clock(CommandProblem problem);

/// The header when everything that needs no guild holds: layout, signature, body (unless dropped)
/// and lifetime. `problem` says what did not.
std::optional<CommandHeader> verify(const SignedCommand& command,
                                    const PublicKey& origin_key,
                                    CommandProblem* problem = nullptr);
/// Whether `key` is among the devices that signed, and its signature holds.
[[nodiscard]] bool is_signed_by_device(const SignedCommand& command, const PublicKey& key);

/// Where a command arrived.
struct CommandPlace {
    Hash32 guild_uid{};
    std::uint64_t epoch = 0;
    /// The node at the other end of the link.
    Hash32 origin_uid{};
    /// The home of the header's actor, where this node knows the actor.
    std::optional<Hash32> actor_home;
    protocol::UnixMs now_ms = 0;
};
/// Whether a verified header may be run there and now. Replays are origin_window.h's business.
CommandProblem check(const CommandHeader& header, const CommandPlace& place);

/// One stored value: header ‖ signature ‖ n u8 ‖ n × (key ‖ signature) ‖ body.
std::string encode(const SignedCommand& command);
std::optional<SignedCommand> decode_signed_command(ByteView stored);
/// The stored value without its body; it still verifies. Nothing when it is no stored command.
std::optional<std::string> without_body(ByteView stored);

}  // namespace guildhall::federation
