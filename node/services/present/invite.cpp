#include "node/services/present/invite.h"

#include "node/services/present/user.h"

namespace guildhall::services {

using protocol::GuildState;
using protocol::Invite;
using protocol::JsonWriter;

namespace {

void write_invite_channel(JsonWriter& w, const GuildState& guild, protocol::ChannelId id) {
    const protocol::Channel* channel = guild.channels.find(id);
    w.begin_object("channel")
        .id("id", id)
        .number("type", channel ? static_cast<int>(channel->type) : 0)
        .string_or_null("name", channel ? channel->name : std::string())
        .end_object();
}

/// What INVITE_CREATE and the managers' form have in common.
void write_metadata(JsonWriter& w, const Invite& invite) {
    w.number("uses", invite.uses)
        .number("max_uses", invite.maxUses)
        .number("max_age", invite.maxAge)
        .boolean("temporary", invite.temporary)
        .timestamp("created_at", invite.createdMs);
}

}  // namespace

void write_invite(JsonWriter& w,
                  const Invite& invite,
                  const GuildState& guild,
                  const journal::View& view,
                  const InviteForm& form) {
    w.begin_object().number("type", 0).string("code", invite.code);
    w.timestamp_or_null("expires_at", invite.expires_ms());
    w.id("guild_id", guild.guild.id).number("flags", 0);
    w.key("guild");
    write_invite_guild(w, guild);
    write_invite_channel(w, guild, invite.channelId);
    if (invite.inviterId) {
        w.key("inviter");
        write_user(w, view, invite.inviterId);
    }
    if (form.metadata) write_metadata(w, invite);
    if (form.counts) {
        w.number("approximate_member_count", form.counts->members)
            .number("approximate_presence_count", form.counts->online);
    }
    if (form.new_member) w.boolean("new_member", *form.new_member);
    w.end_object();
}

void write_invite_created(JsonWriter& w,
                          const Invite& invite,
                          protocol::GuildId guild,
                          const journal::View& view) {
    w.begin_object()
        .id("channel_id", invite.channelId)
        .string("code", invite.code)
        .id("guild_id", guild)
        .number("type", 0);
    write_metadata(w, invite);
    w.timestamp_or_null("expires_at", invite.expires_ms());
    if (invite.inviterId) {
        w.key("inviter");
        write_user(w, view, invite.inviterId);
    }
    w.end_object();
}

void write_invite_deleted(JsonWriter& w,
                          std::string_view code,
                          protocol::ChannelId channel,
                          protocol::GuildId guild) {
    w.begin_object()
        .id("channel_id", channel)
        .id("guild_id", guild)
        .string("code", code)
        .end_object();
}

}  // namespace guildhall::services
