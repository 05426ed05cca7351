// Forwarder::repost(): a message that the guild's host of today never had is said again, by a fresh
// command of this node for its user: in its place of now, and with a note of when it was written.
#include "node/peering/commands/forwarder.h"
#include "node/rest/federated.h"
#include "node/store/tables/messages.h"
#include "protocol/errors.h"
#include "protocol/limits.h"

#include <algorithm>

namespace guildhall::peering {
namespace {

using protocol::GuildId;
using services::Reposted;
using services::Salvaged;
using namespace std::chrono_literals;

constexpr std::string_view kMessages = "/channels/{channel_id}/messages";
/// For the link to the host, and for what this node missed.
constexpr Nanos kLiveLimit = 30s;
constexpr Nanos kLook = 50ms;
/// Pauses that the guild's limits ask for; somebody waits at a command line.
constexpr int kPaces = 20;
constexpr Nanos kPace = 1s;

boost::json::value body_of(const Salvaged& message) {
    const auto seconds = protocol::Snowflake(message.id.value).created_ms() / 1000;
    const std::string note = "\n-# Written <t:" + std::to_string(seconds) +
                             ":f> on the host that this server had before.";
    std::string content = message.content;
    // One that leaves no room for the note is worth more than the note.
    if (content.size() + note.size() <= protocol::limits::kContentMax) content += note;
    boost::json::object out;
    out["content"] = content;
    // Whoever was called then is not called again.
    out["allowed_mentions"] = boost::json::object{{"parse", boost::json::array()}};
    out["nonce"] = message.id.str();
    out["enforce_nonce"] = true;
    return out;
}

}  // namespace

Task<Result<Reposted>> Forwarder::repost(GuildId guild, Salvaged message) {
    // A node that has just started restores its copies first.
    const auto deadline = base::Deadline::after(ctx_.clock, kLiveLimit);
    for (;;) {
        const auto mirror = parts_.mirrors.find(guild);
        if (mirror) {
            std::function<bool()> live = [mirror] { return mirror->state() == MirrorState::live; };
            if (co_await mirror->wait_for(std::move(live), deadline.left(ctx_.clock))) break;
        }
        // A copy of what the host does not have is taken anew meanwhile: the next one is waited
        // for.
        const bool is_going = !mirror || mirror->state() == MirrorState::left;
        if (!is_going || deadline.has_passed(ctx_.clock)) {
            if (!mirror) co_return protocol::make_error(protocol::kUnknownGuild);
            co_return protocol::make_error(0, "the host of the guild cannot be reached");
        }
        co_await ctx_.here.timers().sleep_for(kLook);
    }
    auto look = [channel = message.channel, ids = std::vector{message.id}](store::Tx& tx) {
        return store::messages::existing(tx, channel, ids);
    };
    CO_TRY(const auto stored, co_await store::read(ctx_.db, std::move(look)));
    if (!stored.empty()) co_return Reposted::there;
    const auto* author = ctx_.view.user(message.author);
    if (!author || !(*author)->home_uid.empty() || (*author)->deleted)
        co_return Reposted::of_another_node;
    const auto* route = rest::find_federated(base::http::Method::post, kMessages);
    if (!route) co_return protocol::make_http_error(404);
    for (int i = 0;; ++i) {
        std::vector<std::string> params{message.channel.str()};
        CO_TRY(rest::Call call,
               parts_.dispatcher.call_of(route->method, kMessages, std::move(params)));
        call.actor.user = message.author;
        call.body = body_of(message);
        const auto reply = co_await run(call, *route, guild);
        if (!reply && reply.error().status != 429) co_return reply.error();
        if (reply && reply->status == 200) co_return Reposted::posted;
        const bool paced = !reply || reply->status == 429;
        if (!paced || i == kPaces) {
            auto refused = protocol::make_http_error(reply ? reply->status : 429);
            if (reply) refused.message = reply->json;
            co_return refused;
        }
        co_await ctx_.here.timers().sleep_for(kPace);
    }
}

}  // namespace guildhall::peering
