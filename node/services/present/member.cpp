#include "node/services/present/member.h"

#include "node/services/present/user.h"

namespace guildhall::services {

using protocol::JsonWriter;
using protocol::Member;

void write_member_members(JsonWriter& w, const Member& member) {
    w.string_or_null("avatar", member.avatar)
        .null("banner")
        .timestamp_or_null("communication_disabled_until", member.timeoutMs)
        .number("flags", member.flags)
        .timestamp("joined_at", member.joinedMs)
        .string_or_null("nick", member.nick)
        .boolean("pending", false)
        .null("premium_since");
    w.begin_array("roles");
    for (const protocol::RoleId role : member.roles) w.id(role);
    w.end_array();
    w.boolean("mute", member.mute).boolean("deaf", member.deaf);
}

void write_partial_member(JsonWriter& w, const Member& member) {
    w.begin_object();
    write_member_members(w, member);
    w.end_object();
}

void write_member(JsonWriter& w, const Member& member, const journal::View& view) {
    w.begin_object();
    write_member_members(w, member);
    w.key("user");
    write_user(w, view, member.userId);
    w.end_object();
}

void write_member_event(JsonWriter& w,
                        const Member& member,
                        protocol::GuildId guild,
                        const journal::View& view) {
    w.begin_object().id("guild_id", guild);
    write_member_members(w, member);
    w.key("user");
    write_user(w, view, member.userId);
    w.end_object();
}

}  // namespace guildhall::services
