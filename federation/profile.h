#pragma once
// A profile: who a user says to be, signed by the user's home node, beside the logs so that a
// deleted account leaves none in them. The newest version wins. And the name under which others see
// the users of a node. Layout: docs/FEDERATION.md, "Profiles". Plain values; any thread.

#include "federation/statement.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace guildhall::federation {

inline constexpr std::uint8_t kProfileVersion = 1;
/// 32 characters of four bytes.
inline constexpr std::size_t kProfileNameBytesMax = 128;
/// The hash of an image as the API writes it: `a_` and 32 hex digits; with room.
inline constexpr std::size_t kProfileImageBytesMax = 64;
/// 190 characters of four bytes.
inline constexpr std::size_t kProfileBioBytesMax = 760;
inline constexpr std::size_t kProfileBytesMax = 2048;

struct Profile {
    /// The 64-bit id.
    std::uint64_t user_id = 0;
    Hash32 user_uid{};
    /// The node that signs.
    Hash32 home_uid{};
    /// Grows with each change, also when the user moves.
    std::uint64_t version = 0;
    /// Without `@node`.
    std::string username;
    /// Empty: none.
    std::string global_name;
    std::string avatar;
    std::string banner;
    std::string bio;
    std::optional<std::uint32_t> accent_color;
    std::uint64_t flags = 0;
    bool bot = false;

    friend bool operator==(const Profile&, const Profile&) = default;
};

/// The texts must keep their limits (is_valid()).
std::string encode(const Profile& profile);
/// Nothing for a layout, length or text that a profile may not have.
std::optional<Profile> decode_profile(ByteView bytes);
/// Whether every text is UTF-8 of a permitted length, without controls, and names are allowed.
bool is_valid(const Profile& profile);

/// Stored and sent as signature ‖ bytes.
SignedBytes sign(const Profile& profile, const SecretKey& home);
std::optional<Profile> verify_profile(const SignedBytes& profile, const PublicKey& home);
std::optional<SignedBytes> decode_signed_profile(ByteView stored);

/// Whether `theirs` takes the place of `ours`: the higher version; of one version with different
/// bytes, the one with the greater BLAKE2b-256, so that all nodes agree.
bool is_newer(ByteView theirs, ByteView ours);

/// `alice@node.example`: how users of other nodes are called here. Folds case and full-width forms;
/// refuses what is no user name of this protocol (so everything that looks like another letter,
/// turns the direction, or brings a second @), and node names that are no DNS name or address.
protocol::Result<std::string> remote_name(std::string_view local, std::string_view node_name);
/// A node's name in one spelling: lower-case ASCII labels, with `:port` where it has one.
std::optional<std::string> normal_node_name(std::string_view name);

}  // namespace guildhall::federation
