#pragma once
// The two calls by which somebody new comes to a guild: home and host add to them who that is.

#include <string_view>

namespace guildhall::peering {

/// A person, by `POST`.
inline constexpr std::string_view kAccept = "/invites/{invite_code}";
/// A bot.
inline constexpr std::string_view kAuthorize = "/oauth2/authorize";

}  // namespace guildhall::peering
