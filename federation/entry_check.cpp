#include "federation/entry_check.h"

#include "federation/command.h"
#include "federation/entry_routes.h"
#include "federation/id_allocator.h"
#include "protocol/json/reader.h"
#include "protocol/utf8.h"

#include <boost/json/value.hpp>

#include <algorithm>
#include <cstdlib>

namespace guildhall::federation {
namespace {

namespace p = protocol;
using p::UserId;

// An id is made with a node's clock just before its entry is decided; files may be uploaded
// between.
constexpr p::UnixMs kIdAgeMaxMs = 5 * 60 * 1000;
constexpr UserId kNobody{};

constexpr EntryFinding kFine{};
EntryFinding malformed(std::string_view text) { return {EntryVerdict::malformed, text}; }
EntryFinding forged(std::string_view text) { return {EntryVerdict::forged, text}; }
EntryFinding unproven(std::string_view text) { return {EntryVerdict::unproven, text}; }
EntryFinding unsaid() { return {EntryVerdict::unsaid, "an edit of a message that is not held"}; }

/// In whose name each event stands. A removal invents nothing: what the log does not ascribe to
/// anybody is the host's.
constexpr p::Overloaded kActorOf{
    [](const p::MessageCreated& e) { return e.message.authorId; },
    [](const p::MessageEdited& e) { return e.message.authorId; },
    [](const p::MessagesDeleted& e) { return e.byUser; },
    [](const p::ReactionAdded& e) { return e.userId; },
    [](const p::PinChanged& e) { return e.byUser; },
    [](const p::MemberJoined& e) { return e.member.userId; },
    [](const p::MemberLeft& e) { return e.byUser; },
    [](const p::GuildDeleted& e) { return e.byUser; },
    [](const p::BanAdded& e) { return e.ban.moderatorId; },
    [](const p::BanRemoved& e) { return e.byUser; },
    [](const p::InviteCreated& e) { return e.invite.inviterId; },
    [](const p::InviteUsed& e) { return e.userId; },
    [](const p::InviteDeleted& e) { return e.byUser; },
    [](const p::HostingPolicySet& e) { return e.byUser; },
    [](const p::NodeBanned& e) { return e.byUser; },
    [](const p::NodeUnbanned& e) { return e.byUser; },
    [](const auto&) { return kNobody; },
};

/// What a path may name of an event; 0 or empty where it names nothing.
struct Subject {
    std::uint64_t channel = 0, message = 0, user = 0, role = 0;
    std::string_view code;
};

Subject subject_of(const EntryHeader& header, const p::Event& event) {
    Subject out;
    if (header.log_id != kControlLog && header.log_id != kAdminLog) {
        out.channel = header.log_id;
        out.message = header.object_id;
    }
    std::visit(p::Overloaded{
                   [&](const p::ChannelCreated& e) { out.channel = e.channel.id.value; },
                   [&](const p::ChannelUpdated& e) { out.channel = e.channel.id.value; },
                   [&](const p::ChannelDeleted& e) { out.channel = e.id.value; },
                   [&](const p::InviteCreated& e) { out.channel = e.invite.channelId.value; },
                   [&](const p::InviteUsed& e) { out.code = e.code; },
                   [&](const p::InviteDeleted& e) { out.code = e.code; },
                   [&](const p::RoleUpdated& e) { out.role = e.role.id.value; },
                   [&](const p::RoleDeleted& e) { out.role = e.id.value; },
                   [&](const p::MemberUpdated& e) { out.user = e.member.userId.value; },
                   [&](const p::MemberLeft& e) { out.user = e.userId.value; },
                   [&](const p::BanAdded& e) { out.user = e.ban.userId.value; },
                   [&](const p::BanRemoved& e) { out.user = e.userId.value; },
                   [&](const p::ReactionRemoved& e) { out.user = e.userId.value; },
                   [](const auto&) {},
               },
               event);
    return out;
}

bool path_says(const CommandFacts& command, std::string_view name, std::uint64_t wanted) {
    const auto text = path_parameter(command.route, command.params, name);
    if (!text) return false;
    if (*text == "@me" && name == "user_id") return command.actor.value == wanted;
    const auto id = p::parse_id(*text);
    return id && id->value == wanted;
}

bool path_fits(const EntryRoute& route,
               const CommandFacts& command,
               const Subject& subject,
               const p::GuildState& state) {
    const auto says = [&](unsigned bind, std::string_view name, std::uint64_t wanted) {
        return !route.binds(bind) || path_says(command, name, wanted);
    };
    if (path_parameter(command.route, command.params, "guild_id") &&
        !path_says(command, "guild_id", state.guild.id.value))
        return false;
    if (route.binds(binds::kCode) &&
        path_parameter(command.route, command.params, "invite_code") != subject.code)
        return false;
    return says(binds::kChannel, "channel_id", subject.channel) &&
           says(binds::kMessage, "message_id", subject.message) &&
           says(binds::kUser, "user_id", subject.user) &&
           says(binds::kRole, "role_id", subject.role);
}

const p::Message* message_of(const p::Event& event) {
    if (const auto* created = std::get_if<p::MessageCreated>(&event)) return &created->message;
    if (const auto* edited = std::get_if<p::MessageEdited>(&event)) return &edited->message;
    return nullptr;
}

/// The string at `name`; null for another kind, nothing where there is none.
std::optional<const boost::json::string*> text_at(const boost::json::object& object,
                                                  std::string_view name) {
    const auto* value = object.if_contains(name);
    if (!value) return std::nullopt;
    return value->if_string();
}

/// What a new message has beside its text is of a kind that the call has, too.
EntryFinding check_additions(const p::Message& message,
                             const boost::json::object& call,
                             const CommandFacts& command) {
    const bool embeds = call.contains("embeds") || call.contains("embed");
    if (!message.embeds.empty() && !embeds)
        return forged("a message has embeds that its author did not send");
    if (!message.components.empty() && !call.contains("components"))
        return forged("a message has components that its author did not send");
    if (message.attachments.size() > command.files)
        return forged("a message has files that its author did not send");
    return kFine;
}

/// Moderators hide the embeds of others' messages, and no more.
bool is_same_but_flags(const p::Message& before, const p::Message& now) {
    p::Message shown = now;
    shown.flags = before.flags;
    return shown == before;
}

/// Files that come with an edit are the caller's, and those from before are the same.
bool are_files_his(const p::Message& before,
                   const p::Message& now,
                   const boost::json::object& call,
                   const CommandFacts& command) {
    if (!call.contains("attachments") && command.files == 0)
        return now.attachments == before.attachments;
    const auto is_new = [&](const p::Attachment& file) {
        return std::ranges::none_of(before.attachments, [&](const p::Attachment& old) {
            return old.id == file.id && old.hash == file.hash;
        });
    };
    const auto added = std::ranges::count_if(now.attachments, is_new);
    return static_cast<std::size_t>(added) <= command.files;
}

EntryFinding of_what_is_gone() { return unproven("an edit of a text that is gone"); }

/// What an edit does not name stays as it was.
EntryFinding check_kept(const p::Message& before,
                        const p::Message& now,
                        const boost::json::object& call,
                        const CommandFacts& command) {
    const bool embeds = call.contains("embeds") || call.contains("embed");
    if (!embeds && now.embeds != before.embeds)
        return forged("an edit changed embeds that the call left alone");
    if (!call.contains("components") && now.components != before.components)
        return forged("an edit changed components that the call left alone");
    if (!are_files_his(before, now, call, command))
        return forged("an edit has files that its author did not send");
    return kFine;
}

/// A call that says nothing but flags. What the message says stands in what it edits.
bool is_flags_alone(const boost::json::object& call) {
    return call.size() == 1 && call.contains("flags");
}

/// The message says what the call said. What the host makes of embeds and components is its own
/// canonical form; that there are any must be the caller's doing.
EntryFinding check_text(const EntryRoute& route,
                        const p::Message& message,
                        bool edit,
                        const CommandFacts& command,
                        const EntryWorld& world) {
    if (!route.binds(binds::kText | binds::kTextInData)) {
        const bool bare = message.content.empty() && message.embeds.empty() &&
                          message.components.empty() && message.attachments.empty();
        return bare || edit ? kFine : forged("a system message that says something");
    }
    const auto json = p::parse_json(command.json.empty() ? "{}" : command.json);
    const auto* object = json ? json->if_object() : nullptr;
    if (!object) return forged("a message from a call without a body");
    if (route.binds(binds::kTextInData)) {
        const auto* data = object->if_contains("data");
        static const boost::json::object kEmpty;
        object = data && data->is_object() ? &data->get_object() : &kEmpty;
    }
    const auto content = text_at(*object, "content");
    if (edit && !world.before && is_flags_alone(*object)) return unsaid();
    if (edit && !world.before && !content) return unproven("an edit of a message that is not held");
    if (edit && !content && world.before->content != message.content)
        return world.is_before_stale ? of_what_is_gone()
                                     : forged("an edit changed a text that the call left alone");
    const std::string_view said =
        content && *content ? std::string_view(**content) : std::string_view();
    if ((content || !edit) && said != message.content)
        return forged("a message says what its author did not");
    if (!edit) return check_additions(message, *object, command);
    if (!world.before) return kFine;
    const EntryFinding kept = check_kept(*world.before, message, *object, command);
    return kept != kFine && world.is_before_stale ? of_what_is_gone() : kept;
}

/// Whether the account of who acts was on a node of which `at` says true.
Lived where_lived(UserId actor,
                  const p::Event& event,
                  const EntryWorld& world,
                  p::FunctionRef<bool(std::string_view)> at) {
    const auto says = [&](std::string_view home) {
        return at(home) ? Lived::there : Lived::elsewhere;
    };
    const auto* joined = std::get_if<p::MemberJoined>(&event);
    if (joined && joined->member.userId == actor)
        return says(p::home_of(world.state, joined->member));
    if (world.then) return world.then->lived(actor, at);
    if (const p::Member* member = world.state.members.find(actor))
        return says(p::home_of(world.state, *member));
    const auto home = world.home_of_stranger(actor);
    return home ? says(*home) : Lived::unknown;
}

/// An entry that names no command: its actor must be the host's own user.
EntryFinding check_without_command(const p::Event& event, const EntryWorld& world) {
    const UserId actor = actor_of(event);
    if (!actor) return kFine;
    const auto hosted = [&](std::string_view node) {
        return world.then ? world.then->hosted(node) : node == world.state.hosting.hostUid;
    };
    const Lived lived = where_lived(actor, event, world, hosted);
    const auto* edited = std::get_if<p::MessageEdited>(&event);
    const bool is_told = edited && world.before && world.is_before_signed;
    if (lived == Lived::there) return kFine;
    if (lived == Lived::unknown && !is_told) return unproven("the actor's home is not known");
    if (edited && !world.before) return unsaid();
    if (edited && is_same_but_flags(*world.before, edited->message)) return kFine;
    // Nobody can say who changed what: that it stands there is believed, and not what it says.
    if (edited && (world.is_before_stale || lived == Lived::unknown)) return unsaid();
    return forged("a remote user's act without a command");
}

/// Whether the command is the entry's, of that time, and signed by its origin.
EntryFinding check_signed(const EntryHeader& header,
                          const CommandFacts& command,
                          const EntryWorld& world) {
    if (command.hash != header.command_hash) return forged("another command than the entry names");
    if (command.guild_uid != world.guild_uid) return forged("a command for another guild");
    if (command.epoch_min > world.epoch) return forged("a command for a later epoch");
    if (is_dead_for_entry(command.expires_ms, header.ts_ms))
        return forged("a command that had expired");
    switch (world.origin_key(command, header.control_seq)) {
        case OriginKey::valid:
            break;
        case OriginKey::invalid:
            return forged("a command whose signature does not hold");
        case OriginKey::unknown:
            return forged("a command of a node that the log does not know");
    }
    return kFine;
}

EntryFinding check_envelope(const EntryHeader& header,
                            const p::Event& event,
                            const CommandFacts& command,
                            const EntryWorld& world) {
    if (const auto bad = check_signed(header, command, world); bad != kFine) return bad;
    // Whose home the origin must be: the caller's, who is a member or joins with this.
    const auto is_origin = [&](std::string_view node) { return node == command.origin_uid.text(); };
    const Lived lived = where_lived(command.actor, event, world, is_origin);
    if (lived == Lived::elsewhere) return forged("a command of a user of another node");
    return lived == Lived::there ? kFine : unproven("the caller's home is not known");
}

EntryFinding check_call(const EntryHeader& header,
                        const p::Event& event,
                        const CommandFacts& command,
                        const EntryWorld& world) {
    const EntryRoute* route = find_entry_route(header.kind, command.method, command.route);
    if (!route) return forged("no such call causes such an event");
    const UserId actor = actor_of(event);
    const p::Message* message = message_of(event);
    const bool edit = std::holds_alternative<p::MessageEdited>(event);
    if (actor && actor != command.actor && !route->binds(binds::kForAnother)) {
        if (!edit) return forged("an act in the name of another than the caller");
        if (!world.before) return unsaid();
        if (!is_same_but_flags(*world.before, *message)) {
            return world.is_before_stale ? unsaid()
                                         : forged("a message changed by another than its author");
        }
    }
    if (const auto* removed = std::get_if<p::ReactionRemoved>(&event)) {
        if (!route->binds(binds::kForAnother) && removed->userId != command.actor)
            return forged("another's reaction removed by a call for the caller's own");
    }
    if (!path_fits(*route, command, subject_of(header, event), world.state))
        return forged("the call's path names something else");
    if (command.channel != 0 && route->binds(binds::kChannel) &&
        command.channel != subject_of(header, event).channel)
        return forged("a command about another channel");
    return message ? check_text(*route, *message, edit, command, world) : kFine;
}

/// Ids that the event brings into being.
std::uint64_t new_id_of(const p::Event& event) {
    return std::visit(p::Overloaded{
                          [](const p::MessageCreated& e) { return e.message.id.value; },
                          [](const p::RoleCreated& e) { return e.role.id.value; },
                          [](const p::ChannelCreated& e) { return e.channel.id.value; },
                          [](const auto&) { return std::uint64_t{0}; },
                      },
                      event);
}

bool makes_object(const p::Event& event) {
    return std::holds_alternative<p::MessageCreated>(event) ||
           std::holds_alternative<p::RoleCreated>(event) ||
           std::holds_alternative<p::ChannelCreated>(event);
}

EntryFinding check_made_id(std::uint64_t id, p::UnixMs ts_ms, std::uint16_t tag) {
    if (id == 0 || id >> 63) return malformed("an id out of range");
    if (((id >> 10) & 0xfff) != tag) return malformed("an id with another guild's tag");
    if (std::llabs(p::Snowflake(id).created_ms() - ts_ms) > kIdAgeMaxMs)
        return malformed("an id of another time than its entry");
    return kFine;
}

/// Embeds and components go into what clients get as they are: with half an object in them a host
/// would write the other members of the message, its author first.
EntryFinding check_message_text(const p::Message& message) {
    for (const std::string* text : {&message.embeds, &message.components}) {
        if (text->empty()) continue;
        const auto value = p::parse_json(*text, text->size());
        if (!value || !value->is_array()) return malformed("embeds or components that are no JSON");
    }
    // A client closes its connection at such text, and again when it has resumed.
    if (!p::is_valid_utf8(message.content)) return malformed("a message that is no text");
    return kFine;
}

}  // namespace

UserId actor_of(const p::Event& event) { return std::visit(kActorOf, event); }

EntryFinding check_header(const EntryHeader& header, const p::Event& event) {
    if (header.kind != p::kind_of(event)) return malformed("an event of another kind");
    if (header.log_id != p::log_of(event)) return malformed("an event of another log");
    if (header.object_id != p::object_of(event)) return malformed("an event of another object");
    // What a control entry was decided under lies before it.
    if (header.log_id == kControlLog && header.control_seq > header.seq)
        return malformed("a control entry decided under itself");
    if (const auto* created = std::get_if<p::MessageCreated>(&event))
        return check_message_text(created->message);
    if (const auto* edited = std::get_if<p::MessageEdited>(&event))
        return check_message_text(edited->message);
    return kFine;
}

EntryFinding check_ids(const EntryHeader& header, const p::Event& event, const EntryWorld& world) {
    if (!makes_object(event)) return kFine;
    const std::uint64_t id = new_id_of(event);
    const std::uint16_t tag = id_tag(world.guild_uid);
    const p::GuildState& state = world.state;
    if (!std::holds_alternative<p::MessageCreated>(event) &&
        (state.roles.find(p::RoleId(id)) || state.channels.find(p::ChannelId(id))))
        return malformed("a role's or channel's id is in use");
    if (std::holds_alternative<p::RoleCreated>(event) && id == state.guild.id.value) return kFine;
    if (const auto bad = check_made_id(id, header.ts_ms, tag); bad != kFine) return bad;
    const auto* created = std::get_if<p::MessageCreated>(&event);
    if (!created) return kFine;
    if (id <= world.last_message) return malformed("a message's id is not above those before");
    for (const p::Attachment& file : created->message.attachments) {
        if (const auto bad = check_made_id(file.id.value, header.ts_ms, tag); bad != kFine)
            return bad;
    }
    return kFine;
}

EntryFinding check_command(const EntryHeader& header,
                           const p::Event& event,
                           const CommandFacts* command,
                           const EntryWorld& world) {
    const auto* edited = std::get_if<p::MessageEdited>(&event);
    if (edited && world.before && world.before->authorId != edited->message.authorId)
        return forged("an edit that gives a message another author");
    if (header.command_hash.is_zero()) {
        return command ? malformed("a command that the entry does not name")
                       : check_without_command(event, world);
    }
    if (!command) return forged("the command that the entry names is missing");
    const EntryFinding envelope = check_envelope(header, event, *command, world);
    if (envelope.verdict == EntryVerdict::forged) return envelope;
    if (!command->has_body) {
        // It stands beside the message that it made and goes with it; what is left would else
        // stand for any text.
        return message_of(event) ? forged("a message whose command has lost its body")
                                 : unproven("the command's body stands beside its message");
    }
    const EntryFinding call = check_call(header, event, *command, world);
    return call == kFine ? envelope : call;
}

EntryFinding check_past_entry(const EntryHeader& header,
                              const p::Event* event,
                              const CommandFacts* command,
                              const EntryWorld& world) {
    // A body goes together with its command, or later: both are then believed for their place.
    if (!event && !command) return kFine;
    if (!event) return check_signed(header, *command, world);
    if (const auto bad = check_header(header, *event); bad != kFine) return bad;
    return check_command(header, *event, command, world);
}

EntryFinding check_entry(const EntryHeader& header,
                         const p::Event* event,
                         const CommandFacts* command,
                         const EntryWorld& world) {
    if (header.log_id == kControlLog) {
        if (header.control_seq > header.seq)
            return malformed("a control entry decided under itself");
    } else if (header.control_seq > world.state.control_size) {
        return {EntryVerdict::wait, "decided under control entries that are not here yet"};
    }
    if (!event) return kFine;
    if (const auto bad = check_header(header, *event); bad != kFine) return bad;
    if (const auto bad = check_subject(header, *event, world); bad != kFine) return bad;
    if (const auto bad = check_ids(header, *event, world); bad != kFine) return bad;
    return check_command(header, *event, command, world);
}

}  // namespace guildhall::federation
