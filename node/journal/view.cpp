#include "node/journal/view.h"

#include <algorithm>
#include <cstring>

namespace guildhall::journal {
namespace {

template <class Map, class Key>
const typename Map::mapped_type* find(const Map& map, const Key& key) {
    const auto at = map.find(key);
    return at == map.end() ? nullptr : &at->second;
}

}  // namespace

std::size_t View::TokenHasher::operator()(const protocol::TokenHash& t) const noexcept {
    // A keyed hash is uniform already: its first bytes serve.
    std::size_t h = 0;
    std::memcpy(&h, t.data(), sizeof h);
    return h;
}

const GuildSnapshot* View::guild(GuildId id) const { return find(guilds_, id); }

GuildId View::guild_of_uid(std::string_view uid) const {
    const GuildId* id = find(guild_uids_, std::string(uid));
    return id ? *id : GuildId{};
}

GuildId View::guild_of(ChannelId channel) const {
    const GuildId* id = find(channel_guild_, channel);
    return id ? *id : GuildId{};
}

GuildId View::guild_of_invite(const std::string& code) const {
    const GuildId* id = find(invites_, code);
    return id ? *id : GuildId{};
}

const std::vector<GuildId>& View::guilds_of(UserId user) const {
    static const std::vector<GuildId> kNone;
    const auto* all = find(user_guilds_, user);
    return all ? *all : kNone;
}

GuildRole View::role(GuildId guild) const {
    const GuildRole* role = find(roles_, guild);
    return role ? *role : GuildRole::hosted;
}

void View::set_role(GuildId guild, GuildRole role) {
    if (role == GuildRole::hosted)
        roles_.erase(guild);
    else
        roles_[guild] = role;
}

MessageId View::last_message(ChannelId channel) const {
    const MessageId* id = find(last_message_, channel);
    return id ? *id : MessageId{};
}

const protocol::SharedUser* View::user(UserId id) const { return find(users_, id); }

const protocol::AuthSession* View::session(const protocol::TokenHash& token) const {
    return find(sessions_, token);
}

const protocol::SharedApplication* View::application(ApplicationId id) const {
    return find(applications_, id);
}

std::vector<protocol::SharedApplication> View::applications_of(UserId owner) const {
    std::vector<protocol::SharedApplication> out;
    for (const auto& [id, application] : applications_) {
        if (application->owner == owner) out.push_back(application);
    }
    std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a->id < b->id; });
    return out;
}

const std::vector<protocol::Command>& View::global_commands(ApplicationId id) const {
    static const std::vector<protocol::Command> kNone;
    const auto* all = find(global_commands_, id);
    return all ? *all : kNone;
}

void View::load_guild(GuildSnapshot state, GuildRole role) {
    const GuildId id = state->guild.id;
    set_role(id, role);
    state->channels.for_each(
        [&](ChannelId c, const protocol::Channel&) { channel_guild_[c] = id; });
    state->invites.for_each(
        [&](const std::string& code, const protocol::Invite&) { invites_[code] = id; });
    state->members.for_each([&](UserId user, const protocol::Member&) { join(user, id); });
    guild_uids_[state->guild.uid] = id;
    guilds_[id] = std::move(state);
}

void View::load_last_message(ChannelId channel, MessageId message) {
    if (message) last_message_[channel] = message;
}

void View::join(UserId user, GuildId guild) {
    auto& all = user_guilds_[user];
    const auto at = std::lower_bound(all.begin(), all.end(), guild);
    if (at == all.end() || *at != guild) all.insert(at, guild);
}

void View::leave(UserId user, GuildId guild) {
    const auto at = user_guilds_.find(user);
    if (at == user_guilds_.end()) return;
    std::erase(at->second, guild);
    if (at->second.empty()) user_guilds_.erase(at);
}

void View::forget(const GuildSnapshot& state) {
    const GuildId id = state->guild.id;
    state->channels.for_each([&](ChannelId c, const protocol::Channel&) {
        channel_guild_.erase(c);
        last_message_.erase(c);
    });
    state->invites.for_each(
        [&](const std::string& code, const protocol::Invite&) { invites_.erase(code); });
    state->members.for_each([&](UserId user, const protocol::Member&) { leave(user, id); });
    guild_uids_.erase(state->guild.uid);
    guilds_.erase(id);
    roles_.erase(id);
}

void View::index_entry(const Committed& entry) {
    const protocol::Overloaded index{
        [&](const protocol::GuildCreated&) { guild_uids_[entry.after->guild.uid] = entry.guild; },
        [&](const protocol::ChannelCreated& e) { channel_guild_[e.channel.id] = entry.guild; },
        [&](const protocol::ChannelDeleted& e) {
            channel_guild_.erase(e.id);
            last_message_.erase(e.id);
            entry.before->invites.for_each([&](const std::string& code, const protocol::Invite&) {
                if (!entry.after->invites.find(code)) invites_.erase(code);
            });
        },
        [&](const protocol::MemberJoined& e) { join(e.member.userId, entry.guild); },
        [&](const protocol::MemberLeft& e) { leave(e.userId, entry.guild); },
        [&](const protocol::InviteCreated& e) { invites_[e.invite.code] = entry.guild; },
        [&](const protocol::InviteUsed& e) {
            if (!entry.after->invites.find(e.code)) invites_.erase(e.code);
        },
        [&](const protocol::InviteDeleted& e) { invites_.erase(e.code); },
        [&](const protocol::MessageCreated& e) {
            last_message_[e.message.channelId] = e.message.id;
        },
        [](const auto&) {},
    };
    std::visit(index, entry.event);
}

void View::on_committed(const Committed& entry) {
    if (std::holds_alternative<protocol::GuildDeleted>(entry.event)) {
        forget(entry.before);
        return;
    }
    if (entry.log_id == protocol::kControlLog || entry.log_id == protocol::kAdminLog) {
        guilds_[entry.guild] = entry.after;
    }
    index_entry(entry);
}

void View::on_notice(const Notice& notice) {
    const protocol::Overloaded keep{
        [&](const UserChanged& n) { users_[n.user->id] = n.user; },
        [&](const SessionOpened& n) { sessions_[n.token] = n.session; },
        [&](const SessionClosed& n) { sessions_.erase(n.token); },
        [&](const ApplicationChanged& n) { applications_[n.application->id] = n.application; },
        [&](const ApplicationDeleted& n) {
            applications_.erase(n.id);
            global_commands_.erase(n.id);
        },
        [&](const GlobalCommandsSet& n) { global_commands_[n.application] = n.commands; },
        [](const UserDispatch&) {},
    };
    std::visit(keep, notice);
}

void View::on_guild(const GuildChange& change) {
    switch (change.kind) {
        case GuildChange::Kind::placed:
            load_guild(change.after, change.role);
            break;
        case GuildChange::Kind::members:
            guilds_[change.guild] = change.after;
            for (const UserId user : change.users) join(user, change.guild);
            break;
        case GuildChange::Kind::filled:
            load_last_message(
                ChannelId(change.log_id),
                std::max(last_message(ChannelId(change.log_id)), change.last_message));
            break;
        case GuildChange::Kind::role:
            set_role(change.guild, change.role);
            break;
        case GuildChange::Kind::reach:
            if (change.reachable)
                away_.erase(change.guild);
            else
                away_.insert(change.guild);
            break;
        case GuildChange::Kind::dropped:
            forget(change.before);
            away_.erase(change.guild);
            break;
    }
}

}  // namespace guildhall::journal
