#pragma once
// What the journal publishes: entries of guild logs that are durable, and notices about what is not
// guild history. Immutable once published; a batch is shared by all shards (shared_ptr, because
// its last reader may be on any of them).

#include "node/store/tables/hosting.h"
#include "protocol/account.h"
#include "protocol/event.h"
#include "protocol/guild_state.h"

#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace guildhall::journal {

using protocol::Event;
using protocol::GuildId;
using protocol::GuildSnapshot;
using protocol::UnixMs;
using protocol::UserId;

/// One dispatch of the gateway: `t`, and the bytes of `d` in their fullest form (API v10, content
/// included, no nonce). Made once per event on the guild's shard; all sessions share the bytes.
struct Dispatch {
    /// A string literal such as "MESSAGE_CREATE".
    std::string_view name;
    std::shared_ptr<const std::string> body;
};

/// What is said beside an event and never logged.
struct Origin {
    /// Echoed to the author's own sessions and in the answer; as the client sent it, with quotes
    /// when it was a string. Empty: none.
    std::string nonce_json;
    /// JSON of the message that a reply answers, as read when it was decided; empty: not a reply.
    std::string referenced_json;
};

/// One entry of a guild's log, durable.
struct Committed {
    GuildId guild;
    Event event;
    /// 0 control, 1 admin, else a channel's id.
    std::uint64_t log_id = 0;
    std::uint64_t seq = 0;
    UnixMs ts_ms = 0;
    std::uint64_t control_seq = 0;
    /// The guild before and after the event. Equal pointers where the event changes nothing.
    GuildSnapshot before, after;
    Origin origin;
    /// What sessions are told; several for a change that the API tells apart, often one.
    std::vector<Dispatch> dispatches;
};

using Batch = std::vector<Committed>;
using SharedBatch = std::shared_ptr<const Batch>;

/// Whether this node hosts, mirrors or has given up a guild.
using GuildRole = store::hosting::Role;

/// What happened to a guild as a whole on this node, beside its entries. Told to every shard.
struct GuildChange {
    enum class Kind : std::uint8_t {
        /// A mirror began: sessions of its members see a new guild. `after` is its state.
        placed,
        /// Members of a snapshot came later than its other pieces: `users`.
        members,
        /// Entries of the past came to a channel's log: what was read of its history is not all.
        filled,
        /// `role` is another now: frozen, hosted after a change of host, or mirrored.
        role,
        /// There is a link with its host from now on, or none any more: `reachable`.
        reach,
        /// This node has it no more. `before` is its last state.
        dropped,
    };
    Kind kind = Kind::placed;
    GuildId guild;
    GuildRole role = GuildRole::hosted;
    bool reachable = true;
    GuildSnapshot before, after;
    std::vector<UserId> users;
    std::uint64_t log_id = 0;
    /// Of a channel that was filled; 0: it has none.
    protocol::MessageId last_message;
};
using SharedGuildChange = std::shared_ptr<const GuildChange>;

/// What happened to accounts and applications: not guild history, told to every shard's View and to
/// the sessions concerned.
struct UserChanged {
    protocol::SharedUser user;
};
struct SessionOpened {
    protocol::TokenHash token;
    protocol::AuthSession session;
};
struct SessionClosed {
    protocol::TokenHash token;
    UserId user;
};
struct ApplicationChanged {
    protocol::SharedApplication application;
};
struct ApplicationDeleted {
    protocol::ApplicationId id;
};
/// All global commands of an application.
struct GlobalCommandsSet {
    protocol::ApplicationId application;
    std::vector<protocol::Command> commands;
};
/// One dispatch to the sessions of one user: an interaction to its bot, INTERACTION_SUCCESS to its
/// user, USER_UPDATE, an ephemeral answer. Not replayed from a log.
struct UserDispatch {
    UserId user;
    Dispatch dispatch;
    /// Where it happened; 0: in no guild.
    GuildId guild = {};
    /// Files in the body that no log names, for the home of a user of another node; and where.
    protocol::ChannelId channel = {};
    std::vector<protocol::Attachment> files = {};
};
using Notice = std::variant<UserChanged,
                            SessionOpened,
                            SessionClosed,
                            ApplicationChanged,
                            ApplicationDeleted,
                            GlobalCommandsSet,
                            UserDispatch>;
using SharedNotices = std::shared_ptr<const std::vector<Notice>>;

/// Typing, presence and attention: never stored, dropped where nobody asked.
struct Typing {
    GuildId guild;
    protocol::ChannelId channel;
    UserId user;
    UnixMs ts_ms = 0;
};
struct Presence {
    UserId user;
    /// online, idle, dnd, offline.
    std::string status;
    /// Canonical JSON array; empty: none.
    std::string activities;
    /// Canonical JSON object {"desktop":"online",...}.
    std::string client_status;
};
/// The user's first session on a shard began, or the last one there ended: what other nodes are
/// told about depends on who looks.
struct Watching {
    UserId user;
    bool begins = false;
};
using Ephemeral = std::variant<Typing, Presence, Watching>;

}  // namespace guildhall::journal
