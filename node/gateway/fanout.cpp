#include "node/gateway/fanout.h"

#include "node/gateway/frozen_notice.h"
#include "node/gateway/hosting_update.h"
#include "node/services/permission.h"
#include "node/services/present/guild.h"
#include "node/services/present/member.h"
#include "protocol/json/writer.h"

#include <algorithm>

namespace guildhall::gateway {

using journal::Committed;
using protocol::ChannelId;
using protocol::GuildState;
using protocol::UserId;

namespace {

/// What decides whether a role's members see channels.
constexpr std::uint64_t kSightBits =
    protocol::permissions::kViewChannel.bits | protocol::permissions::kAdministrator.bits;

const protocol::Message* message_of(const protocol::Event& event) {
    if (const auto* created = std::get_if<protocol::MessageCreated>(&event))
        return &created->message;
    if (const auto* edited = std::get_if<protocol::MessageEdited>(&event)) return &edited->message;
    return nullptr;
}

bool changes_sight(const GuildState& before, const GuildState& after, protocol::RoleId id) {
    const auto* was = before.roles.find(id);
    const auto* is = after.roles.find(id);
    return ((was ? was->permissions : 0) ^ (is ? is->permissions : 0)) & kSightBits;
}

/// Whether a deleted role could have shown or hidden a channel, by itself or by an overwrite.
bool gave_sight(const GuildState& before, protocol::RoleId id) {
    const auto* role = before.roles.find(id);
    if (!role) return false;
    if (role->permissions & kSightBits) return true;
    bool found = false;
    before.channels.for_each([&](ChannelId, const protocol::Channel& channel) {
        found = std::any_of(channel.overwrites.begin(),
                            channel.overwrites.end(),
                            [&](const auto& o) { return o.id.value == id.value; });
        return !found;
    });
    return found;
}

}  // namespace

void Fanout::on_committed(const Committed& entry) {
    using namespace protocol;
    world_.advance(source_of(entry));
    std::visit(Overloaded{
                   [&](const GuildDeleted&) { guild_deleted(entry); },
                   [&](const MemberJoined& e) { member_joined(entry, e.member.userId); },
                   [&](const MemberLeft& e) { member_left(entry, e.userId); },
                   [&](const MemberUpdated& e) {
                       tell(entry);
                       const auto* was = entry.before->members.find(e.member.userId);
                       if (was && was->roles != e.member.roles) compare(entry, e.member.userId);
                   },
                   [&](const RoleUpdated& e) {
                       tell(entry);
                       if (changes_sight(*entry.before, *entry.after, e.role.id))
                           compare(entry, {});
                   },
                   [&](const RoleDeleted& e) {
                       tell(entry);
                       if (gave_sight(*entry.before, e.id)) compare(entry, {});
                   },
                   [&](const GuildUpdated& e) {
                       tell(entry);
                       if (entry.before->guild.ownerId == e.guild.ownerId) return;
                       compare(entry, entry.before->guild.ownerId);
                       compare(entry, e.guild.ownerId);
                   },
                   [&](const ChannelCreated& e) {
                       if (Feed* feed = world_.feed(entry.guild)) {
                           feed->forget_audience(e.channel.id);
                       }
                       tell(entry);
                   },
                   [&](const ChannelUpdated& e) { channel_updated(entry, e.channel); },
                   [&](const ChannelDeleted& e) { channel_deleted(entry, e.id); },
                   [&](const HostingChanged&) {
                       tell(entry);
                       tell_hosting(*entry.after);
                   },
                   [&](const HostingPolicySet&) {
                       tell(entry);
                       tell_hosting(*entry.after);
                   },
                   [&](const auto&) { tell(entry); },
               },
               entry.event);
}

void Fanout::tell(const Committed& entry) {
    Feed* feed = world_.feed(entry.guild);
    if (!feed) return;
    for (std::size_t part = 0; part < entry.dispatches.size(); ++part) tell(*feed, entry, part);
}

void Fanout::tell(Feed& feed, const Committed& entry, std::size_t part) {
    const journal::Dispatch& dispatch = entry.dispatches[part];
    SlotSet to = receivers(feed, entry, rule_of(dispatch.name));
    if (to.empty()) return;
    if (message_of(entry.event)) return tell_message(feed, entry, part, std::move(to));
    const RecordRef record =
        world_.record(dispatch.name, *dispatch.body, RecordKind::entry, source_of(entry));
    record->set_part(part);
    world_.deliver(feed, to, record);
}

SlotSet Fanout::receivers(Feed& feed, const Committed& entry, const Rule& rule) const {
    SlotSet to = feed.wanting(rule.intents);
    if (rule.own_always) to |= slots_of(feed, subject_of(entry.event));
    if (rule.scope == Scope::guild || to.empty()) return to;
    const ChannelId channel = channel_of(entry.event);
    if (rule.scope == Scope::channel) {
        to &= feed.audience(channel, *entry.after);
        return to;
    }
    SlotSet allowed;
    to.for_each([&](std::uint32_t slot) {
        if (may_see_scope(feed.at(slot)->user(), rule.scope, channel, *entry.after))
            allowed.set(slot);
    });
    return allowed;
}

SlotSet Fanout::slots_of(const Feed& feed, UserId user) const {
    SlotSet out;
    for (const Session* session : world_.sessions_of(user)) {
        for (const Session::GuildSlot& slot : session->guilds) {
            if (slot.feed == &feed) out.set(slot.slot);
        }
    }
    return out;
}

void Fanout::tell_message(Feed& feed, const Committed& entry, std::size_t part, SlotSet to) {
    const protocol::Message& message = *message_of(entry.event);
    const journal::Dispatch& dispatch = entry.dispatches[part];
    const auto send = [&](const SlotSet& whom, std::string_view body, RecordKind kind) {
        if (whom.empty()) return;
        const RecordRef record = world_.record(dispatch.name, body, kind, source_of(entry));
        record->set_part(part);
        world_.deliver(feed, whom, record);
    };
    SlotSet blind = to;
    blind &= feed.without_content();
    if (!blind.empty()) {
        blind -= slots_of(feed, message.authorId);
        for (const UserId user : message.mentions) blind -= slots_of(feed, user);
        to -= blind;
    }
    if (!entry.origin.nonce_json.empty() && part == 0) {
        SlotSet own = slots_of(feed, message.authorId);
        own &= to;
        if (!own.empty()) {
            to -= own;
            send(own,
                 with_member(*dispatch.body, "nonce", entry.origin.nonce_json),
                 RecordKind::entry);
        }
    }
    send(to, *dispatch.body, RecordKind::entry);
    if (blind.empty()) return;
    const Committed blanked = blank_content(entry, world_.presenter, world_.ctx.view);
    if (part < blanked.dispatches.size()) {
        send(blind, *blanked.dispatches[part].body, RecordKind::blanked);
    }
}

void Fanout::member_joined(const Committed& entry, UserId user) {
    tell(entry);
    for (Session* session : world_.sessions_of(user)) {
        if (!session->who().has_guild(entry.guild)) continue;
        world_.join(*session, *entry.after);
        if (!session->who().wants(intent::kGuilds)) continue;
        const std::string body =
            guild_create(world_, presences_, *entry.after, session->who(), false);
        world_.deliver(*session,
                       world_.record("GUILD_CREATE", body, RecordKind::derived, source_of(entry)));
        tell_hosting(*session, *entry.after);
    }
    presences_.joined(user);
}

void Fanout::member_left(const Committed& entry, UserId user) {
    if (Feed* feed = world_.feed(entry.guild)) {
        std::string body = R"({"id":")" + entry.guild.str() + "\"}";
        const RecordRef record =
            world_.record("GUILD_DELETE", body, RecordKind::derived, source_of(entry));
        const SlotSet own = slots_of(*feed, user);
        std::vector<Session*> leaving;
        own.for_each([&](std::uint32_t slot) { leaving.push_back(feed->at(slot)); });
        for (Session* session : leaving) {
            if (session->who().wants(intent::kGuilds)) world_.deliver(*session, record);
            world_.leave(*session, entry.guild);  // May be the end of the feed.
        }
    }
    tell(entry);
}

void Fanout::guild_deleted(const Committed& entry) {
    Feed* feed = world_.feed(entry.guild);
    if (!feed) return;
    const std::string body = R"({"id":")" + entry.guild.str() + "\"}";
    world_.deliver(*feed,
                   feed->wanting(intent::kGuilds),
                   world_.record("GUILD_DELETE", body, RecordKind::derived, source_of(entry)));
    world_.close_feed(entry.guild);
}

void Fanout::on_guild(const journal::GuildChange& change) {
    using Kind = journal::GuildChange::Kind;
    if (change.kind == Kind::placed) {
        std::vector<UserId> here;
        world_.for_each_session([&](const Session& session) {
            if (change.after->members.find(session.user())) here.push_back(session.user());
        });
        std::ranges::sort(here);
        here.erase(std::unique(here.begin(), here.end()), here.end());
        guild_placed(*change.after, here);
    } else if (change.kind == Kind::members) {
        guild_placed(*change.after, change.users);
    } else if (change.kind == Kind::dropped) {
        guild_dropped(change.guild);
    } else if (change.kind == Kind::role || change.kind == Kind::reach) {
        const bool freezes = change.kind == Kind::role && change.role == journal::GuildRole::frozen;
        if (freezes) guild_frozen(change.guild);
        if (const auto* state = world_.ctx.view.guild(change.guild)) tell_hosting(**state);
    }
}

void Fanout::tell_hosting(const GuildState& state) {
    Feed* feed = world_.feed(state.guild.id);
    if (!feed) return;
    SlotSet people;
    feed->all().for_each([&](std::uint32_t slot) {
        if (!feed->at(slot)->who().bot) people.set(slot);
    });
    if (people.empty()) return;
    const std::string body = hosting_update(world_.ctx.view, state);
    world_.deliver(*feed, people, world_.record(kHostingUpdate, body, RecordKind::derived));
}

void Fanout::tell_hosting(Session& session, const GuildState& state) {
    const journal::View& view = world_.ctx.view;
    if (session.who().bot || view.role(state.guild.id) == journal::GuildRole::hosted) return;
    const std::string body = hosting_update(view, state);
    world_.deliver(session, world_.record(kHostingUpdate, body, RecordKind::derived));
}

void Fanout::guild_frozen(protocol::GuildId guild) {
    Feed* feed = world_.feed(guild);
    const auto* state = feed ? world_.ctx.view.guild(guild) : nullptr;
    if (!state) return;
    feed->wanting(intent::kMessages).for_each([&](std::uint32_t slot) {
        Session& session = *feed->at(slot);
        const ChannelId channel = notice_channel(**state, session.user());
        if (!channel) return;
        const std::string body = frozen_notice(guild, channel, world_.ctx.clock.unix_ms());
        world_.deliver(session, world_.record("MESSAGE_CREATE", body, RecordKind::ephemeral));
    });
}

void Fanout::guild_placed(const GuildState& state, const std::vector<UserId>& users) {
    const protocol::GuildId guild = state.guild.id;
    for (const UserId user : users) {
        for (Session* session : world_.sessions_of(user)) {
            const bool follows = std::ranges::any_of(
                session->guilds, [&](const auto& slot) { return slot.feed->guild() == guild; });
            if (follows || !session->who().has_guild(guild)) continue;
            world_.join(*session, state);
            if (!session->who().wants(intent::kGuilds)) continue;
            const std::string body = guild_create(world_, presences_, state, session->who(), false);
            world_.deliver(*session, world_.record("GUILD_CREATE", body, RecordKind::derived));
            tell_hosting(*session, state);
        }
    }
}

void Fanout::guild_dropped(protocol::GuildId guild) {
    Feed* feed = world_.feed(guild);
    if (!feed) return;
    const std::string body = R"({"id":")" + guild.str() + "\"}";
    world_.deliver(*feed,
                   feed->wanting(intent::kGuilds),
                   world_.record("GUILD_DELETE", body, RecordKind::derived));
    world_.close_feed(guild);
}

void Fanout::channel_updated(const Committed& entry, const protocol::Channel& channel) {
    Feed* feed = world_.feed(entry.guild);
    if (!feed) return;
    const auto* was = entry.before->channels.find(channel.id);
    if (!was || was->overwrites == channel.overwrites) return tell(entry);
    const SlotSet before = feed->audience(channel.id, *entry.before);
    feed->forget_audience(channel.id);
    const SlotSet& after = feed->audience(channel.id, *entry.after);
    SlotSet gained = feed->wanting(intent::kGuilds);
    SlotSet lost = gained;
    SlotSet stayed = gained;
    (gained &= after) -= before;
    (lost &= before) -= after;
    (stayed &= before) &= after;
    if (!lost.empty()) world_.deliver(*feed, lost, hidden(entry, channel.id));
    if (!gained.empty()) world_.deliver(*feed, gained, shown(entry, channel));
    if (stayed.empty() || entry.dispatches.empty()) return;
    const journal::Dispatch& dispatch = entry.dispatches.front();
    world_.deliver(
        *feed,
        stayed,
        world_.record(dispatch.name, *dispatch.body, RecordKind::entry, source_of(entry)));
}

void Fanout::channel_deleted(const Committed& entry, ChannelId channel) {
    Feed* feed = world_.feed(entry.guild);
    if (!feed || entry.dispatches.empty()) return;
    SlotSet to = feed->wanting(intent::kGuilds);
    to &= feed->audience(channel, *entry.before);
    feed->forget_audience(channel);
    const journal::Dispatch& dispatch = entry.dispatches.front();
    if (to.empty()) return;
    world_.deliver(
        *feed,
        to,
        world_.record(dispatch.name, *dispatch.body, RecordKind::derived, source_of(entry)));
}

void Fanout::compare(const Committed& entry, UserId user) {
    Feed* feed = world_.feed(entry.guild);
    if (!feed) return;
    feed->forget_audiences();
    std::vector<Session*> sessions;
    const SlotSet slots = user ? slots_of(*feed, user) : feed->all();
    slots.for_each([&](std::uint32_t slot) { sessions.push_back(feed->at(slot)); });
    for (Session* session : sessions) {
        if (session->who().wants(intent::kGuilds)) compare(*session, entry);
    }
}

void Fanout::compare(Session& session, const Committed& entry) {
    const services::Access before(*entry.before, session.user());
    const services::Access after(*entry.after, session.user());
    entry.after->channels.for_each([&](ChannelId id, const protocol::Channel& channel) {
        const auto* was = entry.before->channels.find(id);
        const bool saw = was && before.can_view(*was);
        const bool sees = after.can_view(channel);
        if (saw == sees) return;
        world_.deliver(session, sees ? shown(entry, channel) : hidden(entry, id));
    });
}

RecordRef Fanout::shown(const Committed& entry, const protocol::Channel& channel) {
    Committed made{.guild = entry.guild,
                   .event = protocol::ChannelCreated{channel},
                   .ts_ms = entry.ts_ms,
                   .before = entry.after,
                   .after = entry.after};
    world_.presenter.present(made, world_.ctx.view);
    const std::string_view body =
        made.dispatches.empty() ? std::string_view("{}") : *made.dispatches.front().body;
    return world_.record("CHANNEL_CREATE", body, RecordKind::derived, source_of(entry));
}

RecordRef Fanout::hidden(const Committed& entry, ChannelId channel) {
    Committed made{.guild = entry.guild,
                   .event = protocol::ChannelDeleted{channel},
                   .ts_ms = entry.ts_ms,
                   .before = entry.before,
                   .after = entry.after};
    world_.presenter.present(made, world_.ctx.view);
    const std::string_view body =
        made.dispatches.empty() ? std::string_view("{}") : *made.dispatches.front().body;
    return world_.record("CHANNEL_DELETE", body, RecordKind::derived, source_of(entry));
}

void Fanout::on_typing(const journal::Typing& typing) {
    Feed* feed = world_.feed(typing.guild);
    const auto* state = feed ? world_.ctx.view.guild(typing.guild) : nullptr;
    if (!state) return;
    SlotSet to = feed->wanting(intent::kTyping);
    to &= feed->audience(typing.channel, **state);
    if (to.empty()) return;
    std::string body;
    protocol::JsonWriter w(body);
    w.begin_object()
        .id("channel_id", typing.channel)
        .id("guild_id", typing.guild)
        .id("user_id", typing.user)
        .number("timestamp", typing.ts_ms / 1000);
    if (const auto* member = (*state)->members.find(typing.user)) {
        w.key("member");
        services::write_member(w, *member, world_.ctx.view);
    }
    w.end_object();
    world_.deliver(*feed, to, world_.record("TYPING_START", body, RecordKind::ephemeral));
}

void Fanout::on_user_dispatch(const journal::UserDispatch& notice) {
    const auto& sessions = world_.sessions_of(notice.user);
    if (sessions.empty()) return;
    // Of a bot with several shards an interaction reaches the one that has its guild.
    const bool one_shard = notice.dispatch.name == "INTERACTION_CREATE";
    const RecordRef record =
        world_.record(notice.dispatch.name, *notice.dispatch.body, RecordKind::ephemeral);
    for (Session* session : sessions) {
        if (one_shard && !session->who().has_guild(notice.guild)) continue;
        world_.deliver(*session, record);
    }
}

void Fanout::on_user_changed(const protocol::User& user) {
    for (const protocol::GuildId guild : world_.ctx.view.guilds_of(user.id)) {
        Feed* feed = world_.feed(guild);
        const auto* state = feed ? world_.ctx.view.guild(guild) : nullptr;
        const auto* member = state ? (*state)->members.find(user.id) : nullptr;
        if (!member) continue;
        SlotSet to = feed->wanting(intent::kMembers);
        to |= slots_of(*feed, user.id);
        if (to.empty()) continue;
        std::string body;
        protocol::JsonWriter w(body);
        services::write_member_event(w, *member, guild, world_.ctx.view);
        world_.deliver(
            *feed, to, world_.record("GUILD_MEMBER_UPDATE", body, RecordKind::ephemeral));
    }
}

Committed blank_content(const Committed& entry,
                        const journal::Presenter& presenter,
                        const journal::View& view) {
    Committed out{.guild = entry.guild,
                  .event = entry.event,
                  .log_id = entry.log_id,
                  .seq = entry.seq,
                  .ts_ms = entry.ts_ms,
                  .control_seq = entry.control_seq,
                  .before = entry.before,
                  .after = entry.after};
    const auto blank = [](protocol::Message& m) {
        m.content.clear();
        m.embeds.clear();
        m.components.clear();
        m.attachments.clear();
    };
    if (auto* created = std::get_if<protocol::MessageCreated>(&out.event)) blank(created->message);
    if (auto* edited = std::get_if<protocol::MessageEdited>(&out.event)) blank(edited->message);
    presenter.present(out, view);
    return out;
}

std::string with_member(std::string_view d, std::string_view name, std::string_view json) {
    std::string out(d.substr(0, d.size() - 1));
    if (out.size() > 1) out += ',';
    out += '"';
    out += name;
    out += "\":";
    out += json;
    out += '}';
    return out;
}

std::string guild_create(const World& world,
                         const Presences& presences,
                         const GuildState& state,
                         const Identity& who,
                         bool after_ready) {
    const bool sees_members = who.wants(intent::kMembers | intent::kPresences);
    const std::size_t threshold = who.bot ? who.large_threshold : limits::kPresenceMembersMax;
    const bool shows_presences = who.wants(intent::kPresences) && state.members.size() <= threshold;
    const std::string online = shows_presences ? presences.list(state) : "[]";
    const services::GatewayGuildOptions options{
        .large_threshold = threshold,
        .all_members = sees_members,
        .without_members = false,
        .properties = !who.bot && (who.capabilities & capability::kClientStateV2) != 0,
        .joined_now = !after_ready,
        .presences = online};
    std::string out;
    protocol::JsonWriter w(out);
    services::write_gateway_guild(w, state, world.ctx.view, who.user, options);
    return out;
}

}  // namespace guildhall::gateway
