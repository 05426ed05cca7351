#pragma once
// ClassicApi: the REST and WebSocket API that the product began with, at the root: the same
// accounts, guilds, channels and messages in an older vocabulary. A second route table over the
// same services; it takes their bundle, and the rate limits, from node/rest. One per node, owned by
// node/app; each call runs on the shard that accepted the connection.

#include "node/base/http/handler.h"
#include "node/classic/call.h"
#include "node/classic/rooms.h"
#include "node/classic/statuses.h"
#include "node/rest/limits.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace guildhall::classic {

class ClassicApi {
  public:
    /// Subscribes to the bus, so before the shards start. All references outlive it.
    ClassicApi(base::Shards& shards,
               std::vector<std::unique_ptr<rest::Api>>& apis,
               journal::Bus& bus,
               rest::Limits& limits);
    ~ClassicApi();
    ClassicApi(const ClassicApi&) = delete;
    ClassicApi& operator=(const ClassicApi&) = delete;

    /// Whether a path that begins with this segment is one of its own.
    static bool owns(std::string_view first_segment);

    Task<base::http::Response> serve(base::http::Request& request);
    /// The socket of /ws/{user}/{server}/{channel}?token=...; 403 for who may not listen there.
    Task<base::http::Upgrade> accept(base::http::Request& request);

    /// Closes every socket, before the node stops. From any thread.
    void shut_down();

    // For sockets, on their own shard.

    void enter(Socket& socket, base::Shard& here);
    void leave(Socket& socket, base::Shard& here);
    bool allows_frame(protocol::UserId user);
    /// Does what a frame asks for; `done` is called on `here` with what came of it: with 500 when
    /// it cannot be known.
    void take_frame(base::Shard& here,
                    const Seat& seat,
                    const services::Actor& actor,
                    std::string frame,
                    std::function<void(protocol::Status)> done);

  private:
    friend struct Call;

    /// What a shard has of it.
    struct Site {
        explicit Site(const journal::View& view) : rooms(People{view, statuses}) {}

        Statuses statuses;
        Rooms rooms;
    };
    struct Caller {
        services::Actor actor;
        protocol::TokenHash token{};
        protocol::UnixMs expires_ms = 0;
    };
    struct Match {
        const Route* route = nullptr;
        std::vector<std::string> params;
        std::string allow;
    };

    /// Where a call runs, and the channel of the message that it names.
    struct Place {
        base::Shard* home = nullptr;
        protocol::ChannelId channel;
    };
    struct Guest {
        Seat seat;
        Caller caller;
    };

    Match match(const base::http::Request& request) const;
    Result<Caller> authenticate(const rest::Api& api, std::string_view token) const;
    Result<Caller> authenticate(const rest::Api& api, const base::http::Request& request) const;
    rest::Limits::Verdict take(const Route& route,
                               const base::http::Request& request,
                               const std::vector<protocol::Snowflake>& ids,
                               protocol::UserId user);
    Task<base::http::Response> answer(base::http::Request& request);
    Task<Result<Reply>> run(base::Shard& here,
                            const Route& route,
                            const base::http::Request& request,
                            services::Actor actor,
                            std::vector<protocol::Snowflake> ids);
    Task<Result<Place>> place_of(rest::Api& api,
                                 const Route& route,
                                 const std::vector<protocol::Snowflake>& ids,
                                 protocol::UserId user) const;
    Task<Result<protocol::ChannelId>> find_message(rest::Api& api,
                                                   protocol::UserId user,
                                                   protocol::MessageId id) const;

    Result<Guest> admit(const rest::Api& api, const base::http::Request& request) const;
    Task<protocol::Status> do_frame(base::Shard& here,
                                    const Seat& seat,
                                    const services::Actor& actor,
                                    std::string_view text);
    Task<void> handle_frame(base::Shard& here,
                            Seat seat,
                            services::Actor actor,
                            std::string frame,
                            std::function<void(protocol::Status)> done);
    void announce(std::string_view type, const Seat& seat, int change);

    base::Shards& shards_;
    std::vector<std::unique_ptr<rest::Api>>& apis_;
    rest::Limits& limits_;
    std::vector<const Route*> routes_;
    std::vector<std::unique_ptr<Site>> sites_;
};

/// A call as the rate limits count it, and the value that its bucket is kept apart by: the same as
/// in the API, whose buckets some routes share.
rest::Route counted(rest::Limit limit);
std::uint64_t major_of(protocol::Snowflake id);

}  // namespace guildhall::classic
