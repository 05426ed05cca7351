#include "node/peering/live/dispatches.h"

#include "node/peering/blobs/relink.h"
#include "node/services/interaction_token.h"
#include "node/store/tables/attachments.h"
#include "protocol/enums.h"
#include "protocol/json/reader.h"
#include "protocol/limits.h"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>

namespace guildhall::peering {

namespace frames = federation::frames;
namespace json = boost::json;
using protocol::ChannelId;
using protocol::GuildId;
using protocol::UserId;

namespace {

/// What a host may tell a user beside the log. Dispatch::name points into this.
constexpr std::array<std::string_view, 8> kNames{"INTERACTION_CREATE",
                                                 "INTERACTION_SUCCESS",
                                                 "INTERACTION_FAILURE",
                                                 "INTERACTION_MODAL_CREATE",
                                                 "APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE",
                                                 "MESSAGE_CREATE",
                                                 "MESSAGE_UPDATE",
                                                 "MESSAGE_DELETE"};

std::string_view text_at(const json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    const auto* text = value ? value->if_string() : nullptr;
    return text ? std::string_view(*text) : std::string_view();
}

/// A message that stands in no log must say that it does not.
bool is_ephemeral_message(const json::object& object, const protocol::GuildState& guild) {
    const auto channel = protocol::parse_id<ChannelId>(text_at(object, "channel_id"));
    if (!channel || !guild.channels.find(*channel)) return false;
    const auto* flags = object.if_contains("flags");
    std::int64_t bits = 0;
    if (flags && flags->is_int64()) bits = flags->get_int64();
    if (flags && flags->is_uint64()) bits = static_cast<std::int64_t>(flags->get_uint64());
    return (static_cast<std::uint64_t>(bits) & protocol::message_flags::kEphemeral) != 0;
}

bool is_in_guild(const json::object& object, const protocol::GuildState& guild) {
    const auto channel = protocol::parse_id<ChannelId>(text_at(object, "channel_id"));
    return channel && guild.channels.find(*channel);
}

}  // namespace

Dispatches::Dispatches(Context& ctx,
                       Peers& peers,
                       const services::Links& links,
                       std::string token_key)
    : ctx_(ctx), peers_(peers), links_(links), token_key_(std::move(token_key)) {
    peers.handle<frames::Dispatch>([this](const Inbound& in, frames::Dispatch dispatch) {
        on_dispatch(in, std::move(dispatch));
    });
}

// -- The host -------------------------------------------------------------------------------------

void Dispatches::on_notice(const journal::Notice& notice) {
    const auto* dispatch = std::get_if<journal::UserDispatch>(&notice);
    if (dispatch && dispatch->guild) send(*dispatch);
}

void Dispatches::send(const journal::UserDispatch& notice) {
    const auto* state = ctx_.view.guild(notice.guild);
    if (!state || (*state)->hosting.hostUid != ctx_.identity.uid.text()) return;
    const auto* member = (*state)->members.find(notice.user);
    const auto home = member ? Hash32::from(protocol::home_of(**state, *member)) : std::nullopt;
    if (!home || *home == ctx_.identity.uid) return;
    const auto peer = peers_.find(*home);
    if (!peer || !peer->is_open()) return;
    frames::Dispatch frame;
    frame.guildUid = Hash32::from((*state)->guild.uid).value_or(Hash32{});
    frame.userId = notice.user.value;
    frame.name = notice.dispatch.name;
    frame.channelId = notice.channel.value;
    for (const protocol::Attachment& file : notice.files) {
        frame.files.push_back(
            {file.id.str(), file.filename, Hash32::from(file.hash).value_or(Hash32{}), file.size});
    }
    auto body = protocol::parse_json(*notice.dispatch.body);
    auto* object = body ? body->if_object() : nullptr;
    const std::string token(object ? text_at(*object, "token") : std::string_view());
    if (!token.empty()) {
        const auto ref = services::read_interaction_token(token_key_, token);
        if (!ref) return;
        (*object)["token"] = services::make_interaction_ticket(token_key_, *ref, home->text());
        frame.json = json::serialize(*body);
    } else {
        frame.json = *notice.dispatch.body;
    }
    if (!peer->send(std::move(frame)))
        ctx_.log.debug("dispatches", "a dispatch found no room", {{"peer", peer->name()}});
}

// -- The home -------------------------------------------------------------------------------------

std::string_view Dispatches::why_not(const Hash32& from, const frames::Dispatch& dispatch) const {
    const auto* state = ctx_.view.guild(ctx_.view.guild_of_uid(dispatch.guildUid.text()));
    if (!state) return "of no guild that is known here";
    if ((*state)->hosting.hostUid != from.text()) return "of a guild that the peer does not host";
    const auto* member = (*state)->members.find(UserId(dispatch.userId));
    if (!member || protocol::home_of(**state, *member) != ctx_.identity.uid.text())
        return "for nobody of this node";
    if (std::ranges::find(kNames, dispatch.name) == kNames.end()) return "of an unknown name";
    if (dispatch.files.size() > protocol::limits::kAttachmentsMax) return "with too many files";
    if (!dispatch.files.empty() && !(*state)->channels.find(ChannelId(dispatch.channelId)))
        return "with files of another guild's channel";
    return {};
}

void Dispatches::on_dispatch(const Inbound& in, frames::Dispatch dispatch) {
    const std::string_view why = why_not(in.peer().uid(), dispatch);
    if (!why.empty()) {
        // A member may have left, and a host been replaced, while it was under way.
        ctx_.log.debug("dispatches", "not delivered", {{"why", why}});
        return;
    }
    const GuildId guild = ctx_.view.guild_of_uid(dispatch.guildUid.text());
    const protocol::GuildState& state = **ctx_.view.guild(guild);
    auto body = protocol::parse_json(dispatch.json);
    auto* object = body ? body->if_object() : nullptr;
    if (!object) return;
    const std::string_view name = dispatch.name;
    const bool shows = name == "MESSAGE_CREATE" || name == "MESSAGE_UPDATE";
    if (shows && !is_ephemeral_message(*object, state)) return;
    if (name == "MESSAGE_DELETE" && !is_in_guild(*object, state)) return;
    const std::string_view ticket = text_at(*object, "token");
    if (!ticket.empty()) {
        const auto token = services::wrap_interaction_ticket(token_key_, ticket);
        if (!token) return;
        (*object)["token"] = *token;
    }
    relink(*body, links_);
    dispatch.json = json::serialize(*body);
    ctx_.here.spawn("dispatch", deliver(std::move(dispatch), guild));
}

Task<void> Dispatches::deliver(frames::Dispatch dispatch, GuildId guild) {
    journal::Change change;
    if (!dispatch.files.empty()) {
        std::vector<protocol::Attachment> files;
        for (const frames::File& file : dispatch.files) {
            protocol::Attachment a;
            a.id = protocol::parse_id<protocol::AttachmentId>(file.field)
                       .value_or(protocol::AttachmentId{});
            a.hash = file.hash.text();
            files.push_back(std::move(a));
        }
        change.rows = [files = std::move(files),
                       channel = ChannelId(dispatch.channelId),
                       now = ctx_.clock.unix_ms()](store::Tx& tx) {
            return store::attachments::put_loose(tx, channel, files, now);
        };
        if (!co_await ctx_.journal.store(ctx_.here, std::move(change))) co_return;
    }
    const auto name = std::ranges::find(kNames, dispatch.name);
    std::vector<journal::Notice> notices;
    notices.emplace_back(journal::UserDispatch{
        UserId(dispatch.userId),
        {*name, std::make_shared<const std::string>(std::move(dispatch.json))},
        guild});
    ctx_.journal.notify(ctx_.here, std::move(notices));
}

}  // namespace guildhall::peering
