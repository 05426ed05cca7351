#include "node/peering/live/dispatch_check.h"

#include "protocol/enums.h"
#include "protocol/ids.h"

#include <algorithm>
#include <array>

namespace guildhall::peering {

namespace json = boost::json;
namespace p = protocol;

namespace {

constexpr std::array<std::string_view, 8> kNames{"INTERACTION_CREATE",
                                                 "INTERACTION_SUCCESS",
                                                 "INTERACTION_FAILURE",
                                                 "INTERACTION_MODAL_CREATE",
                                                 "APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE",
                                                 "MESSAGE_CREATE",
                                                 "MESSAGE_UPDATE",
                                                 "MESSAGE_DELETE"};

/// The id at `name`; 0 for none.
std::uint64_t id_at(const json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    const auto* text = value ? value->if_string() : nullptr;
    const auto id = text ? p::parse_id(std::string_view(*text)) : std::nullopt;
    return id ? id->value : 0;
}

/// The id of the object at `name`; 0 for none.
std::uint64_t id_in(const json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    const auto* inner = value ? value->if_object() : nullptr;
    return inner ? id_at(*inner, "id") : 0;
}

/// Absent, or the id that it must be.
bool is_or_absent(const json::object& object, std::string_view name, std::uint64_t wanted) {
    return !object.contains(name) || id_at(object, name) == wanted;
}

bool is_flagged_ephemeral(const json::object& object) {
    const auto* flags = object.if_contains("flags");
    if (!flags || !flags->is_number()) return false;
    boost::system::error_code wrong;
    const auto bits = flags->to_number<std::uint64_t>(wrong);
    return !wrong && (bits & p::message_flags::kEphemeral) != 0;
}

bool is_bot(std::uint64_t id, const p::GuildState& guild) {
    const p::Member* member = guild.members.find(p::UserId(id));
    return member && member->bot;
}

/// Where the guild or a channel is named, it is the host's. Without a guild clients take a message
/// for a direct one.
std::string_view fault_of_place(const json::object& body, const ToldUser& to, bool must_say) {
    const std::uint64_t guild = to.guild.guild.id.value;
    if (!is_or_absent(body, "guild_id", guild)) return "of another guild";
    if (body.contains("guild") && id_in(body, "guild") != guild) return "of another guild";
    if (must_say && !body.contains("guild_id")) return "of no guild";
    if (!must_say && !body.contains("channel_id")) return {};
    if (!to.guild.channels.find(p::ChannelId(id_at(body, "channel_id"))))
        return "of a channel that the guild has not";
    return {};
}

std::string_view fault_of_message(const json::object& body, const ToldUser& to) {
    if (!is_flagged_ephemeral(body)) return "a message that should stand in the log";
    if (!is_bot(id_in(body, "author"), to.guild)) return "a message of who is no bot of the guild";
    const auto* made_by = body.if_contains("interaction_metadata");
    const auto* metadata = made_by ? made_by->if_object() : nullptr;
    if (metadata && id_in(*metadata, "user") != to.user.userId.value)
        return "an answer to somebody else";
    return {};
}

/// The whole goes to the bot that it is for; who began it learns its id and nonce.
std::string_view fault_of_interaction(const json::object& body, const ToldUser& to) {
    if (!to.user.bot) {
        const bool is_nod = std::ranges::all_of(
            body, [](const auto& m) { return m.key() == "id" || m.key() == "nonce"; });
        return is_nod ? "" : "an interaction to who is no bot";
    }
    if (id_at(body, "application_id") != to.user.userId.value)
        return "an interaction with another bot";
    if (!body.contains("token")) return "an interaction without a token";
    return fault_of_place(body, to, true);
}

}  // namespace

std::span<const std::string_view> dispatch_names() { return kNames; }

std::string_view fault_of_dispatch(std::string_view name,
                                   const json::object& body,
                                   const ToldUser& to) {
    if (name == "INTERACTION_CREATE") return fault_of_interaction(body, to);
    // What became of an interaction is told to who began it, and no bot does.
    if (to.user.bot) return "for a bot";
    if (body.contains("token")) return "with a token for who is no bot";
    const bool is_message = name.starts_with("MESSAGE_");
    if (const auto fault = fault_of_place(body, to, is_message); !fault.empty()) return fault;
    return is_message && name != "MESSAGE_DELETE" ? fault_of_message(body, to) : "";
}

}  // namespace guildhall::peering
