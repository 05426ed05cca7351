#pragma once
// Requests about roles. Plain values; any thread.

#include "protocol/api/common.h"
#include "protocol/permissions.h"

#include <boost/describe/class.hpp>

#include <optional>

namespace guildhall::protocol::api {

/// The newer spelling of a role's colour; only the first is kept.
struct RoleColors {
    Color primary_color;
};
BOOST_DESCRIBE_STRUCT(RoleColors, (), (primary_color))

/// POST /guilds/{guild}/roles.
struct RoleCreate {
    std::optional<Name<1, limits::kRoleNameMax>> name;
    std::optional<Permissions> permissions;
    std::optional<Color> color;
    std::optional<RoleColors> colors;
    std::optional<bool> hoist;
    std::optional<bool> mentionable;
    std::optional<ImageUri> icon;
    std::optional<Text<0, 100>> unicode_emoji;
};
BOOST_DESCRIBE_STRUCT(RoleCreate,
                      (),
                      (name, permissions, color, colors, hoist, mentionable, icon, unicode_emoji))

/// PATCH /guilds/{guild}/roles/{role}.
struct RolePatch {
    std::optional<Name<1, limits::kRoleNameMax>> name;
    std::optional<Permissions> permissions;
    std::optional<Color> color;
    std::optional<RoleColors> colors;
    std::optional<bool> hoist;
    std::optional<bool> mentionable;
    Field<ImageUri> icon;
    Field<Text<0, 100>> unicode_emoji;
};
BOOST_DESCRIBE_STRUCT(RolePatch,
                      (),
                      (name, permissions, color, colors, hoist, mentionable, icon, unicode_emoji))

/// One item of PATCH /guilds/{guild}/roles.
struct RolePosition {
    RoleId id;
    std::optional<Position> position;
};
BOOST_DESCRIBE_STRUCT(RolePosition, (), (id, position))
using RolePositions = List<RolePosition, limits::kRolesMax>;

}  // namespace guildhall::protocol::api
