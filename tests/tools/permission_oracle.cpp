// Reads guilds as JSON lines on stdin and answers each with what its member may do there, so that
// another implementation can be held against ours (tests/clients/permissions.mjs). A line is
//   {"guild_id","owner_id","now","roles":[{"id","permissions","position"}],
//    "user_id","member_roles":[],"timeout_until","channels":[{"type","permission_overwrites":[]}]}
// and its answer
//   {"base","highest","channels":[{"explicit","effective"}]}
#include "protocol/api/channel.h"
#include "protocol/errors.h"
#include "protocol/json/codec.h"
#include "protocol/json/writer.h"
#include "protocol/permissions.h"

#include <boost/describe/class.hpp>

#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

using namespace guildhall::protocol;

namespace oracle {

struct RoleLine {
    RoleId id;
    Permissions permissions;
    std::int32_t position = 0;
};
BOOST_DESCRIBE_STRUCT(RoleLine, (), (id, permissions, position))

struct ChannelLine {
    ChannelType type = ChannelType::text;
    api::OverwriteInputs permission_overwrites;
};
BOOST_DESCRIBE_STRUCT(ChannelLine, (), (type, permission_overwrites))

struct GuildLine {
    GuildId guild_id;
    UserId owner_id;
    std::int64_t now = 0;
    std::vector<RoleLine> roles;
    UserId user_id;
    std::vector<RoleId> member_roles;
    std::int64_t timeout_until = 0;
    std::vector<ChannelLine> channels;
};
BOOST_DESCRIBE_STRUCT(
    GuildLine, (), (guild_id, owner_id, now, roles, user_id, member_roles, timeout_until, channels))

static std::string answer(const GuildLine& guild) {
    std::vector<Role> roles;
    for (const auto& line : guild.roles) {
        auto& role = roles.emplace_back();
        role.id = line.id;
        role.permissions = line.permissions.bits;
        role.position = line.position;
    }
    auto find_role = [&](RoleId id) -> const Role* {
        auto it = std::ranges::find(roles, id, &Role::id);
        return it == roles.end() ? nullptr : &*it;
    };
    PermissionSubject subject{guild.user_id, guild.member_roles, guild.timeout_until};
    auto base = base_permissions(guild.guild_id, guild.owner_id, subject, find_role);
    std::string out;
    JsonWriter writer(out);
    writer.begin_object().permissions("base", base);
    writer.id("highest", highest_rank(guild.guild_id, guild.member_roles, find_role).id);
    writer.begin_array("channels");
    for (const auto& channel : guild.channels) {
        auto overwrites = api::to_overwrites(channel.permission_overwrites);
        auto explicit_ones = apply_overwrites(base, guild.guild_id, subject, overwrites);
        auto effective =
            channel_permissions(base, guild.guild_id, subject, overwrites, channel.type, guild.now);
        writer.begin_object().permissions("explicit", explicit_ones);
        writer.permissions("effective", effective).end_object();
    }
    writer.end_array().end_object();
    return out;
}

}  // namespace oracle

int main() {
    std::ios::sync_with_stdio(false);
    std::string line;
    while (std::getline(std::cin, line)) {
        auto guild = decode_text<oracle::GuildLine>(line);
        if (!guild) {
            std::cerr << "bad line: " << guild.error() << "\n";
            return 1;
        }
        std::cout << oracle::answer(*guild) << "\n";
    }
    return 0;
}
