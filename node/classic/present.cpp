#include "node/classic/present.h"

#include "node/classic/requests.h"
#include "node/classic/statuses.h"
#include "node/services/permission.h"

namespace guildhall::classic {
namespace {

using protocol::JsonWriter;
namespace permissions = protocol::permissions;

std::string_view role_of(const protocol::GuildState& guild, protocol::UserId user) {
    if (guild.is_owner(user)) return "owner";
    const auto have = services::guild_permissions(guild, user);
    if (have.has_any(permissions::kAdministrator | permissions::kManageGuild)) return "admin";
    const auto moderates = permissions::kKickMembers | permissions::kBanMembers |
                           permissions::kModerateMembers | permissions::kManageMessages;
    return have.has_any(moderates) ? "moderator" : "member";
}

void write_user(JsonWriter& w, protocol::UserId id, const People& people) {
    if (const protocol::SharedUser* user = people.view.user(id))
        return write_user(w, **user, people.statuses, false);
    protocol::User gone;
    gone.id = id;
    gone.username = "deleted";
    write_user(w, gone, people.statuses, false);
}

}  // namespace

std::string shown_name(const protocol::User& user) {
    const bool same = account_name(user.global_name) == user.username;
    return same ? user.global_name : user.username;
}

void write_user(JsonWriter& w,
                const protocol::User& user,
                const Statuses& statuses,
                bool with_email) {
    w.begin_object();
    w.string("username", shown_name(user));
    if (with_email) w.string_or_null("email", user.email);
    w.id("id", user.id);
    w.string("status", statuses.of(user.id));
    w.timestamp("created_at", user.id.created_ms());
    w.end_object();
}

void write_server(JsonWriter& w, const protocol::Guild& guild) {
    w.begin_object();
    w.string("name", guild.name);
    w.string_or_null("description", guild.description);
    w.id("id", guild.id);
    w.id("owner_id", guild.ownerId);
    w.timestamp("created_at", guild.id.created_ms());
    w.end_object();
}

void write_channel(JsonWriter& w, const protocol::Channel& channel, protocol::GuildId guild) {
    w.begin_object();
    w.string("name", channel.name);
    w.string_or_null("description", channel.topic);
    w.id("id", channel.id);
    w.id("server_id", guild);
    w.timestamp("created_at", channel.id.created_ms());
    w.end_object();
}

void write_member(JsonWriter& w,
                  const protocol::Member& member,
                  const protocol::GuildState& guild,
                  const People& people) {
    w.begin_object();
    // A user is a member of a server once, so the user's id names the membership in it.
    w.id("id", member.userId);
    w.id("server_id", guild.guild.id);
    w.id("user_id", member.userId);
    w.string("role", role_of(guild, member.userId));
    w.timestamp("joined_at", member.joinedMs);
    w.key("user");
    write_user(w, member.userId, people);
    w.end_object();
}

void write_message(JsonWriter& w, const protocol::Message& message, const People& people) {
    w.begin_object();
    w.string("content", message.content);
    w.id("id", message.id);
    w.id("channel_id", message.channelId);
    w.id("user_id", message.authorId);
    w.timestamp("created_at", message.id.created_ms());
    w.timestamp_or_null("updated_at", message.editedMs);
    w.boolean("is_edited", message.editedMs != 0);
    w.key("user");
    write_user(w, message.authorId, people);
    w.end_object();
}

bool is_text(const protocol::Channel& channel) {
    return channel.type == protocol::ChannelType::text ||
           channel.type == protocol::ChannelType::announcement;
}

}  // namespace guildhall::classic
