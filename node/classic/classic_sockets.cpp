// The sockets of the classic API: who is let in, and what they say.
#include "node/classic/answers.h"
#include "node/classic/classic_api.h"
#include "node/classic/requests.h"
#include "node/classic/socket.h"
#include "node/rest/buckets.h"
#include "node/services/messages.h"
#include "node/services/permission.h"
#include "protocol/json/decode.h"
#include "protocol/json/reader.h"

#include <boost/json/object.hpp>

namespace guildhall::classic {
namespace {

namespace http = base::http;
using protocol::ChannelId;
using protocol::GuildId;
using protocol::UserId;

// The message of an in-frame is 2,000 characters, each at most twelve bytes of JSON.
constexpr std::uint32_t kFrameBytesMax = 32 * 1024;
constexpr rest::Limit kFrames{"classic-frames", 120, 60};

/// What a socket asks for.
struct Frame {
    bool typing = false;
    std::string content;
};
Result<Frame> read_frame(std::string_view text) {
    const auto tree = protocol::parse_json(text, kFrameBytesMax);
    const auto* object = tree ? tree->if_object() : nullptr;
    if (!object) return refuse(400, "A frame is a JSON object");
    const auto* type = object->if_contains("type");
    const auto* name = type ? type->if_string() : nullptr;
    if (name && *name == "typing") return Frame{true, {}};
    const bool bare = !type && object->contains("content");
    const auto* data = bare ? &*tree : object->if_contains("data");
    if (!bare && (!name || *name != "message" || !data)) return refuse(400, "Unknown frame");
    TRY(MessageText message, protocol::decode<MessageText>(*data));
    return Frame{false, std::move(message.content)};
}

/// On the shard of the channel's guild; the frame belongs to who waits for this.
Task<protocol::Status> carry_out(services::Messages& messages,
                                 const services::Actor& actor,
                                 ChannelId channel,
                                 const Frame& frame) {
    if (frame.typing) co_return co_await messages.typing(actor, channel);
    protocol::api::MessageCreate wanted;
    wanted.content.emplace(frame.content);
    CO_TRY_VOID(co_await messages.create(actor, channel, wanted, std::vector<services::Upload>()));
    co_return protocol::Status();
}

}  // namespace

Result<ClassicApi::Guest> ClassicApi::admit(const rest::Api& api,
                                            const http::Request& request) const {
    const Error no = refuse(403, "You don't have access to this channel");
    const auto segments = request.segments();
    const auto token = request.query().get("token");
    if (segments.size() != 4 || !token) return no;
    const auto user = protocol::parse_id<UserId>(segments[1]);
    const auto server = protocol::parse_id<GuildId>(segments[2]);
    const auto channel = protocol::parse_id<ChannelId>(segments[3]);
    auto caller = authenticate(api, *token);
    if (!user || !server || !channel || !caller || caller->actor.user != *user) return no;
    const protocol::GuildSnapshot* guild = api.ctx.view.guild(*server);
    const protocol::Channel* c = guild ? (*guild)->channels.find(*channel) : nullptr;
    if (!c || !is_text(*c) || !services::can_view_channel(**guild, *user, *channel)) return no;
    return Guest{Seat{*user, *server, *channel, caller->token}, std::move(*caller)};
}

Task<http::Upgrade> ClassicApi::accept(http::Request& request) {
    rest::Api& api = *apis_[request.shard->index()];
    const std::uint64_t address = rest::address_key(request);
    if (limits_.is_refused(address))
        co_return http::Upgrade::refuse(to_response(protocol::make_rate_limited(60)));
    const auto loaded = co_await sites_[request.shard->index()]->statuses.load(api.ctx);
    if (!loaded) co_return http::Upgrade::refuse(to_response(loaded.error()));
    auto guest = admit(api, request);
    if (!guest) {
        (void)limits_.take_invalid(address);
        co_return http::Upgrade::refuse(to_response(guest.error()));
    }
    auto socket = std::make_unique<Socket>(
        *this, guest->seat, std::move(guest->caller.actor), guest->caller.expires_ms);
    base::ws::SessionOptions options;
    options.message_bytes_max = kFrameBytesMax;
    co_return http::Upgrade::accept(std::move(socket), options);
}

void ClassicApi::shut_down() {
    for (unsigned i = 0; i < shards_.count(); ++i) {
        shards_.at(i).post([&rooms = sites_[i]->rooms] { rooms.close_all(); });
    }
}

void ClassicApi::announce(std::string_view type, const Seat& seat, int change) {
    base::Shard& home = shards_.of(seat.guild);
    home.post([this, type, seat, change, index = home.index()] {
        if (!sites_[index]->rooms.count(seat.channel, seat.user, change)) return;
        const auto frame =
            std::make_shared<const std::string>(person_frame(type, seat.user, seat.channel));
        for (unsigned i = 0; i < shards_.count(); ++i) {
            Rooms& rooms = sites_[i]->rooms;
            shards_.at(i).post(
                [&rooms, frame, channel = seat.channel] { rooms.tell(channel, *frame); });
        }
    });
}

void ClassicApi::enter(Socket& socket, base::Shard& here) {
    sites_[here.index()]->rooms.enter(socket);
    announce("user_join", socket.seat(), 1);
}

void ClassicApi::leave(Socket& socket, base::Shard& here) {
    sites_[here.index()]->rooms.leave(socket);
    announce("user_leave", socket.seat(), -1);
}

bool ClassicApi::allows_frame(UserId user) {
    return limits_.take(counted(kFrames), 0, {user.value, true}).allowed;
}

Task<protocol::Status> ClassicApi::do_frame(base::Shard& here,
                                            const Seat& seat,
                                            const services::Actor& actor,
                                            std::string_view text) {
    CO_TRY(const Frame frame, read_frame(text));
    if (!frame.typing) {
        const auto verdict = limits_.take(counted(rest::buckets::kMessageCreate),
                                          major_of(protocol::Snowflake(seat.channel.value)),
                                          {seat.user.value, true});
        if (!verdict.allowed) co_return refuse(429, "Too many requests");
    }
    base::Shard& home = shards_.of(seat.guild);
    services::Messages& messages = apis_[home.index()]->services.messages;
    const auto work = [&] { return carry_out(messages, actor, seat.channel, frame); };
    co_return co_await base::on_shard(here, home, work);
}

Task<void> ClassicApi::handle_frame(base::Shard& here,
                                    Seat seat,
                                    services::Actor actor,
                                    std::string frame,
                                    std::function<void(protocol::Status)> done) {
    protocol::Status status;
    // The socket waits for `done` before it looks at its next frame: it is called whatever happens.
    try {
        status = co_await do_frame(here, seat, actor, frame);
    } catch (const std::exception& e) {
        apis_[here.index()]->ctx.log.error("classic",
                                           "a frame ended with an exception",
                                           {{"what", e.what()}, {"user", seat.user.str()}});
        status = protocol::make_http_error(500);
    }
    done(std::move(status));
}

void ClassicApi::take_frame(base::Shard& here,
                            const Seat& seat,
                            const services::Actor& actor,
                            std::string frame,
                            std::function<void(protocol::Status)> done) {
    here.spawn("classic.frame", handle_frame(here, seat, actor, std::move(frame), std::move(done)));
}

}  // namespace guildhall::classic
