#include "node/services/present/role.h"

namespace guildhall::services {

using protocol::GuildState;
using protocol::JsonWriter;
using protocol::Role;
using protocol::RoleId;

void write_role(JsonWriter& w, const Role& role) {
    w.begin_object()
        .id("id", role.id)
        .string("name", role.name)
        .permissions("permissions", protocol::Permissions(role.permissions))
        .number("position", role.position)
        .number("color", role.color);
    w.begin_object("colors")
        .number("primary_color", role.color)
        .null("secondary_color")
        .null("tertiary_color")
        .end_object();
    w.boolean("hoist", role.hoist)
        .boolean("managed", role.managed)
        .boolean("mentionable", role.mentionable)
        .string_or_null("icon", role.icon)
        .string_or_null("unicode_emoji", role.unicodeEmoji)
        .number("flags", role.flags);
    if (role.botId) w.begin_object("tags").id("bot_id", role.botId).end_object();
    w.end_object();
}

void write_roles(JsonWriter& w, const GuildState& guild) {
    w.begin_array();
    guild.roles.for_each([&](RoleId, const Role& role) { write_role(w, role); });
    w.end_array();
}

}  // namespace guildhall::services
