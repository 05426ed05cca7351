#include "node/services/present/presenter.h"

#include "node/services/present/channel.h"
#include "node/services/present/guild.h"
#include "node/services/present/invite.h"
#include "node/services/present/member.h"
#include "node/services/present/message_dispatch.h"
#include "node/services/present/role.h"
#include "node/services/present/user.h"

namespace guildhall::services {
namespace {

using journal::Committed;
using journal::View;
using protocol::JsonWriter;

/// Writes a body with `write(JsonWriter&)` and adds it.
template <class Write>
void add(Committed& entry, std::string_view name, Write write) {
    std::string body;
    JsonWriter w(body);
    write(w);
    add_dispatch(entry, name, std::move(body));
}

/// {"guild_id", "user"}: of bans, and of members who left.
void add_user(Committed& entry, const View& view, std::string_view name, protocol::UserId user) {
    add(entry, name, [&](JsonWriter& w) {
        w.begin_object().id("guild_id", entry.guild).key("user");
        write_user(w, view, user);
        w.end_object();
    });
}

void add_channel(Committed& entry,
                 const View& view,
                 std::string_view name,
                 const protocol::Channel& channel) {
    add(entry, name, [&](JsonWriter& w) {
        write_channel(w, channel, entry.guild, view.last_message(channel.id));
    });
}

void add_role(Committed& entry, std::string_view name, const protocol::Role& role) {
    add(entry, name, [&](JsonWriter& w) {
        w.begin_object().id("guild_id", entry.guild).key("role");
        write_role(w, role);
        w.end_object();
    });
}

void add_member(Committed& entry,
                const View& view,
                std::string_view name,
                const protocol::Member& member) {
    add(entry, name, [&](JsonWriter& w) { write_member_event(w, member, entry.guild, view); });
}

/// One visit() for all kinds: the overload that takes an event presents it.
struct Cases {
    Committed& entry;
    const View& view;
    const Links& links;

    void operator()(const protocol::GuildCreated&) const {}
    void operator()(const protocol::GuildUpdated&) const {
        add(entry, "GUILD_UPDATE", [&](JsonWriter& w) { write_guild_event(w, *entry.after); });
    }
    void operator()(const protocol::GuildDeleted&) const {
        add(entry, "GUILD_DELETE", [&](JsonWriter& w) {
            w.begin_object().id("id", entry.guild).end_object();
        });
    }

    void operator()(const protocol::RoleCreated& e) const {
        add_role(entry, "GUILD_ROLE_CREATE", e.role);
    }
    void operator()(const protocol::RoleUpdated& e) const {
        add_role(entry, "GUILD_ROLE_UPDATE", e.role);
    }
    void operator()(const protocol::RoleDeleted& e) const {
        add(entry, "GUILD_ROLE_DELETE", [&](JsonWriter& w) {
            w.begin_object().id("guild_id", entry.guild).id("role_id", e.id).end_object();
        });
    }

    void operator()(const protocol::ChannelCreated& e) const {
        add_channel(entry, view, "CHANNEL_CREATE", e.channel);
    }
    void operator()(const protocol::ChannelUpdated& e) const {
        add_channel(entry, view, "CHANNEL_UPDATE", e.channel);
    }
    void operator()(const protocol::ChannelDeleted& e) const {
        if (const auto* channel = entry.before->channels.find(e.id))
            add_channel(entry, view, "CHANNEL_DELETE", *channel);
    }

    void operator()(const protocol::MemberJoined& e) const {
        add_member(entry, view, "GUILD_MEMBER_ADD", e.member);
    }
    void operator()(const protocol::MemberUpdated& e) const {
        add_member(entry, view, "GUILD_MEMBER_UPDATE", e.member);
    }
    void operator()(const protocol::MemberLeft& e) const {
        add_user(entry, view, "GUILD_MEMBER_REMOVE", e.userId);
    }
    void operator()(const protocol::BanAdded& e) const {
        add_user(entry, view, "GUILD_BAN_ADD", e.ban.userId);
    }
    void operator()(const protocol::BanRemoved& e) const {
        add_user(entry, view, "GUILD_BAN_REMOVE", e.userId);
    }

    void operator()(const protocol::InviteCreated& e) const {
        add(entry, "INVITE_CREATE", [&](JsonWriter& w) {
            write_invite_created(w, e.invite, entry.guild, view);
        });
    }
    /// The member that joined is told of by its own event.
    void operator()(const protocol::InviteUsed&) const {}
    void operator()(const protocol::InviteDeleted& e) const {
        const auto* invite = entry.before->invites.find(e.code);
        if (!invite) return;
        add(entry, "INVITE_DELETE", [&](JsonWriter& w) {
            write_invite_deleted(w, e.code, invite->channelId, entry.guild);
        });
    }

    /// Commands are asked for, not told.
    void operator()(const protocol::CommandsSet&) const {}

    void operator()(const protocol::MessageCreated& e) const {
        present_message(entry, e, view, links);
    }
    void operator()(const protocol::MessageEdited& e) const {
        present_message(entry, e, view, links);
    }
    void operator()(const protocol::MessagesDeleted& e) const {
        present_message(entry, e, view, links);
    }
    void operator()(const protocol::ReactionAdded& e) const {
        present_message(entry, e, view, links);
    }
    void operator()(const protocol::ReactionRemoved& e) const {
        present_message(entry, e, view, links);
    }
    void operator()(const protocol::ReactionsCleared& e) const {
        present_message(entry, e, view, links);
    }
    void operator()(const protocol::PinChanged& e) const { present_message(entry, e, view, links); }

    /// What nodes tell each other: the API knows no nodes. Members that a node ban removes are told
    /// of by their own events.
    void operator()(const protocol::IdentityAdded&) const {}
    void operator()(const protocol::HostingChanged&) const {}
    void operator()(const protocol::HostingPolicySet&) const {}
    void operator()(const protocol::NodeBanned&) const {}
    void operator()(const protocol::NodeUnbanned&) const {}
    void operator()(const protocol::MemberMoved&) const {}
};

}  // namespace

void Presenter::present(Committed& entry, const View& view) const {
    std::visit(Cases{entry, view, links_}, entry.event);
}

void add_dispatch(Committed& entry, std::string_view name, std::string body) {
    entry.dispatches.push_back({name, std::make_shared<const std::string>(std::move(body))});
}

}  // namespace guildhall::services
