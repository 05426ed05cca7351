#include "node/store/projections/project.h"

#include "node/store/projections/guild_facts.h"
#include "node/store/projections/project_messages.h"
#include "node/store/tables/log_key.h"
#include "protocol/event_codec.h"

#include <array>

namespace guildhall::store {
namespace {

namespace p = protocol;

Status put_guild(Tx& tx, const p::Guild& guild) {
    return tx.run(
        "INSERT INTO guilds (id, deleted, data) VALUES ($1, 0, $2)"
        " ON CONFLICT (id) DO UPDATE SET data = $2",
        guild.id,
        Blob(p::encode_object(guild)));
}

Status put_role(Tx& tx, p::GuildId guild, const p::Role& role) {
    return tx.run(
        "INSERT INTO roles (guild, id, data) VALUES ($1, $2, $3)"
        " ON CONFLICT (guild, id) DO UPDATE SET data = $3",
        guild,
        role.id,
        Blob(p::encode_object(role)));
}

Status put_channel(Tx& tx, p::GuildId guild, const p::Channel& channel) {
    return tx.run(
        "INSERT INTO channels (guild, id, data) VALUES ($1, $2, $3)"
        " ON CONFLICT (guild, id) DO UPDATE SET data = $3",
        guild,
        channel.id,
        Blob(p::encode_object(channel)));
}

Status put_member(Tx& tx, p::GuildId guild, const p::Member& member) {
    return tx.run(
        "INSERT INTO members (guild, user_id, data) VALUES ($1, $2, $3)"
        " ON CONFLICT (guild, user_id) DO UPDATE SET data = $3",
        guild,
        member.userId,
        Blob(p::encode_object(member)));
}

Status put_invite(Tx& tx, p::GuildId guild, const p::Invite& invite) {
    return tx.run(
        "INSERT INTO invites (guild, code, channel, data) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (guild, code) DO UPDATE SET data = $4",
        guild,
        invite.code,
        invite.channelId,
        Blob(p::encode_object(invite)));
}

template <class Object, class Key>
Result<std::vector<Object>> load_all(Tx& tx, std::string_view sql, Key guild) {
    std::vector<Object> out;
    Status bad;
    TRY_VOID(tx.each(
        sql,
        [&](const Row& row) {
            auto object = p::decode_object<Object>(row.blob(0));
            if (!object) {
                bad = object.error();
                return false;
            }
            out.push_back(std::move(*object));
            return true;
        },
        guild));
    if (!bad) return bad.error();
    return out;
}

/// As apply() does in memory: members and overwrites lose the role.
Status delete_role(Tx& tx, p::GuildId guild, p::RoleId id) {
    TRY(auto members, load_all<p::Member>(tx, "SELECT data FROM members WHERE guild = $1", guild));
    for (p::Member& m : members) {
        if (std::erase(m.roles, id) > 0) TRY_VOID(put_member(tx, guild, m));
    }
    TRY(auto channels,
        load_all<p::Channel>(tx, "SELECT data FROM channels WHERE guild = $1", guild));
    for (p::Channel& c : channels) {
        const auto names_role = [&](const p::Overwrite& o) { return o.id.value == id.value; };
        if (std::erase_if(c.overwrites, names_role) > 0) TRY_VOID(put_channel(tx, guild, c));
    }
    return tx.run("DELETE FROM roles WHERE guild = $1 AND id = $2", guild, id);
}

Status delete_channel(Tx& tx, p::GuildId guild, p::ChannelId id) {
    TRY_VOID(tx.run("DELETE FROM channels WHERE guild = $1 AND id = $2", guild, id));
    TRY_VOID(tx.run("DELETE FROM invites WHERE guild = $1 AND channel = $2", guild, id));
    return tx.run("INSERT INTO purges (log) VALUES ($1) ON CONFLICT (log) DO NOTHING",
                  channel_log(id));
}

Status clear_lists(Tx& tx, p::GuildId guild) {
    static constexpr std::array kDeletes = {"DELETE FROM roles WHERE guild = $1",
                                            "DELETE FROM channels WHERE guild = $1",
                                            "DELETE FROM members WHERE guild = $1",
                                            "DELETE FROM bans WHERE guild = $1",
                                            "DELETE FROM invites WHERE guild = $1",
                                            "DELETE FROM guild_commands WHERE guild = $1",
                                            "DELETE FROM guild_facts WHERE guild = $1"};
    for (const char* sql : kDeletes) TRY_VOID(tx.run(sql, guild));
    return {};
}

Status put_ban(Tx& tx, p::GuildId guild, const p::Ban& ban) {
    return tx.run(
        "INSERT INTO bans (guild, user_id, data) VALUES ($1, $2, $3)"
        " ON CONFLICT (guild, user_id) DO UPDATE SET data = $3",
        guild,
        ban.userId,
        Blob(p::encode_object(ban)));
}

Status delete_guild(Tx& tx, p::GuildId guild) {
    TRY_VOID(tx.run("UPDATE guilds SET deleted = 1 WHERE id = $1", guild));
    TRY_VOID(
        tx.run("INSERT INTO purges (log) SELECT id FROM channels WHERE guild = $1"
               " ON CONFLICT (log) DO NOTHING",
               guild));
    return clear_lists(tx, guild);
}

Status use_invite(Tx& tx, p::GuildId guild, const std::string& code) {
    TRY(auto data,
        tx.first(
            "SELECT data FROM invites WHERE guild = $1 AND code = $2",
            [](const Row& row) { return std::string(row.blob(0)); },
            guild,
            code));
    if (!data) return {};
    TRY(p::Invite invite, p::decode_object<p::Invite>(*data));
    ++invite.uses;
    if (invite.maxUses == 0 || invite.uses < invite.maxUses) return put_invite(tx, guild, invite);
    return tx.run("DELETE FROM invites WHERE guild = $1 AND code = $2", guild, code);
}

Status move_member(Tx& tx, p::GuildId guild, const p::MemberMoved& e) {
    TRY(auto data,
        tx.first(
            "SELECT data FROM members WHERE guild = $1 AND user_id = $2",
            [](const Row& row) { return std::string(row.blob(0)); },
            guild,
            e.userId));
    if (!data) return {};
    TRY(p::Member member, p::decode_object<p::Member>(*data));
    member.homeUid = e.homeUid;
    return put_member(tx, guild, member);
}

Status set_commands(Tx& tx, p::GuildId guild, const p::CommandsSet& e) {
    TRY_VOID(tx.run("DELETE FROM guild_commands WHERE guild = $1 AND application = $2",
                    guild,
                    e.applicationId));
    for (const p::Command& c : e.commands) {
        TRY_VOID(
            tx.run("INSERT INTO guild_commands (guild, application, id, data)"
                   " VALUES ($1, $2, $3, $4)",
                   guild,
                   e.applicationId,
                   c.id,
                   Blob(p::encode_object(c))));
    }
    return {};
}

}  // namespace

Status project(Tx& tx,
               p::GuildId guild,
               const federation::EntryHeader& header,
               const p::Event& event) {
    const p::Overloaded rows{
        [&](const p::GuildCreated& e) -> Status {
            TRY_VOID(put_guild(tx, e.guild));
            return project_fact(tx, guild, e);
        },
        [&](const p::GuildUpdated& e) { return put_guild(tx, e.guild); },
        [&](const p::GuildDeleted&) { return delete_guild(tx, guild); },
        [&](const p::RoleCreated& e) { return put_role(tx, guild, e.role); },
        [&](const p::RoleUpdated& e) { return put_role(tx, guild, e.role); },
        [&](const p::RoleDeleted& e) { return delete_role(tx, guild, e.id); },
        [&](const p::ChannelCreated& e) { return put_channel(tx, guild, e.channel); },
        [&](const p::ChannelUpdated& e) { return put_channel(tx, guild, e.channel); },
        [&](const p::ChannelDeleted& e) { return delete_channel(tx, guild, e.id); },
        [&](const p::MemberJoined& e) { return put_member(tx, guild, e.member); },
        [&](const p::MemberUpdated& e) { return put_member(tx, guild, e.member); },
        [&](const p::MemberLeft& e) {
            return tx.run("DELETE FROM members WHERE guild = $1 AND user_id = $2", guild, e.userId);
        },
        [&](const p::BanAdded& e) { return put_ban(tx, guild, e.ban); },
        [&](const p::BanRemoved& e) {
            return tx.run("DELETE FROM bans WHERE guild = $1 AND user_id = $2", guild, e.userId);
        },
        [&](const p::InviteCreated& e) { return put_invite(tx, guild, e.invite); },
        [&](const p::InviteUsed& e) { return use_invite(tx, guild, e.code); },
        [&](const p::InviteDeleted& e) {
            return tx.run("DELETE FROM invites WHERE guild = $1 AND code = $2", guild, e.code);
        },
        [&](const p::CommandsSet& e) { return set_commands(tx, guild, e); },
        [&](const p::IdentityAdded& e) { return project_fact(tx, guild, e); },
        [&](const p::HostingChanged& e) { return project_fact(tx, guild, e); },
        [&](const p::HostingPolicySet& e) { return project_fact(tx, guild, e); },
        [&](const p::NodeBanned& e) { return project_fact(tx, guild, e); },
        [&](const p::NodeUnbanned& e) { return project_fact(tx, guild, e); },
        [&](const p::MemberMoved& e) { return move_member(tx, guild, e); },
        [&](const auto& e) { return project_message(tx, header, e); },
    };
    return std::visit(rows, event);
}

Status put_state(Tx& tx, const p::GuildState& state) {
    const p::GuildId guild = state.guild.id;
    TRY_VOID(clear_guild(tx, guild));
    TRY_VOID(put_guild(tx, state.guild));
    Status status;
    const auto put_each = [&](const auto& map, auto put) {
        if (!status) return;
        map.for_each([&](const auto&, const auto& object) {
            status = put(object);
            return status.has_value();
        });
    };
    put_each(state.roles, [&](const p::Role& r) { return put_role(tx, guild, r); });
    put_each(state.channels, [&](const p::Channel& c) { return put_channel(tx, guild, c); });
    put_each(state.members, [&](const p::Member& m) { return put_member(tx, guild, m); });
    put_each(state.bans, [&](const p::Ban& b) { return put_ban(tx, guild, b); });
    put_each(state.invites, [&](const p::Invite& i) { return put_invite(tx, guild, i); });
    put_each(state.commands, [&](const std::vector<p::Command>& all) -> Status {
        if (all.empty()) return {};
        return set_commands(tx, guild, {all.front().applicationId, all});
    });
    if (!status) return status;
    return put_facts(tx, state);
}

Status put_members(Tx& tx, p::GuildId guild, const std::vector<p::Member>& members) {
    for (const p::Member& m : members) TRY_VOID(put_member(tx, guild, m));
    return {};
}

Status clear_guild(Tx& tx, p::GuildId guild) {
    TRY_VOID(tx.run("DELETE FROM guilds WHERE id = $1", guild));
    return clear_lists(tx, guild);
}

Status clear_projections(Tx& tx) {
    static constexpr std::array kTables = {"DELETE FROM guilds",
                                           "DELETE FROM roles",
                                           "DELETE FROM channels",
                                           "DELETE FROM members",
                                           "DELETE FROM bans",
                                           "DELETE FROM invites",
                                           "DELETE FROM purges",
                                           "DELETE FROM guild_commands",
                                           "DELETE FROM guild_facts",
                                           "DELETE FROM messages",
                                           "DELETE FROM reactions",
                                           "DELETE FROM patches",
                                           "DELETE FROM attachments"};
    for (const char* sql : kTables) TRY_VOID(tx.run(sql));
    return {};
}

}  // namespace guildhall::store
