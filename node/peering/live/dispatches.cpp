#include "node/peering/live/dispatches.h"

#include "node/peering/blobs/relink.h"
#include "node/services/interaction_token.h"
#include "node/store/tables/attachments.h"
#include "protocol/json/reader.h"
#include "protocol/limits.h"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace guildhall::peering {

namespace frames = federation::frames;
namespace json = boost::json;
using protocol::ChannelId;
using protocol::GuildId;
using protocol::UserId;

namespace {

// A modal, or an interaction with the members and messages that it names; far below a frame.
constexpr std::size_t kBodyBytesMax = 128 * 1024;

std::string_view text_at(const json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    const auto* text = value ? value->if_string() : nullptr;
    return text ? std::string_view(*text) : std::string_view();
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
    const auto names = dispatch_names();
    if (std::ranges::find(names, dispatch.name) == names.end()) return "of an unknown name";
    if (dispatch.json.size() > kBodyBytesMax) return "too long";
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
    const ToldUser to{state, *state.members.find(UserId(dispatch.userId))};
    auto body = protocol::parse_json(dispatch.json);
    auto* object = body ? body->if_object() : nullptr;
    std::string_view fault = object ? fault_of_dispatch(dispatch.name, *object, to) : "no object";
    if (fault.empty() && object->contains("token") && !put_token(*object, to))
        fault = "a ticket of something else";
    if (!fault.empty()) {
        // A channel or a bot may be gone since: no reason to punish anybody.
        ctx_.log.info("dispatches",
                      "a host told a user what it may not",
                      {{"host", in.peer().name()}, {"what", dispatch.name}, {"why", fault}});
        return;
    }
    relink(*body, links_);
    dispatch.json = json::serialize(*body);
    ctx_.here.spawn("dispatch", deliver(std::move(dispatch), guild));
}

/// Our own token around the host's ticket, which must be for this bot and guild.
bool Dispatches::put_token(json::object& body, const ToldUser& to) const {
    const auto token = services::wrap_interaction_ticket(token_key_, text_at(body, "token"));
    const auto read = token ? services::unwrap_interaction_token(token_key_, *token) : std::nullopt;
    if (!read || read->ref.application.value != to.user.userId.value ||
        read->ref.guild != to.guild.guild.id)
        return false;
    body["token"] = *token;
    return true;
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
    const auto name = std::ranges::find(dispatch_names(), dispatch.name);
    std::vector<journal::Notice> notices;
    notices.emplace_back(journal::UserDispatch{
        UserId(dispatch.userId),
        {*name, std::make_shared<const std::string>(std::move(dispatch.json))},
        guild});
    ctx_.journal.notify(ctx_.here, std::move(notices));
}

}  // namespace guildhall::peering
