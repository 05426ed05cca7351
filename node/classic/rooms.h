#pragma once
// Rooms: the classic sockets of one shard by channel, and what reaches them: messages however they
// were sent, typing, people coming and going. Fed by the Bus. Sockets whose access ends are closed
// here: a channel that is gone or hidden, a token that was revoked. One per shard; used on it.

#include "node/base/shared_bytes.h"
#include "node/classic/present.h"
#include "node/journal/bus.h"

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace guildhall::classic {

class Socket;

/// Who listens where.
struct Seat {
    protocol::UserId user;
    protocol::GuildId guild;
    protocol::ChannelId channel;
    /// Of the session behind the token.
    protocol::TokenHash token{};
};

class Rooms final : public journal::Subscriber {
  public:
    explicit Rooms(People people) : people_(people) {}

    void enter(Socket& socket);
    void leave(Socket& socket);

    /// Sends a frame to every socket of the channel on this shard.
    void tell(protocol::ChannelId channel, std::string_view frame);

    /// Ends every socket of this shard: the node is going away.
    void close_all();

    /// Counts the user's sockets in a channel over the whole node; on the guild's shard only. True
    /// when the first came or the last went.
    bool count(protocol::ChannelId channel, protocol::UserId user, int change);

    void on_committed(const journal::Committed& entry) override;
    void on_notice(const journal::Notice& notice) override;
    void on_ephemeral(const journal::Ephemeral& ephemeral) override;

  private:
    struct Presence {
        protocol::ChannelId channel;
        protocol::UserId user;
        friend bool operator==(const Presence&, const Presence&) = default;
    };
    struct PresenceHash {
        std::size_t operator()(const Presence& p) const noexcept {
            return std::hash<protocol::ChannelId>{}(p.channel) * 31 +
                   std::hash<protocol::UserId>{}(p.user);
        }
    };

    void close_those_without_access(const journal::Committed& entry);

    People people_;
    std::unordered_map<protocol::ChannelId, std::vector<Socket*>> rooms_;
    std::unordered_map<Presence, int, PresenceHash> present_;
};

/// {"type":type,"data":{"user_id":...,"channel_id":...}}; without a channel for 0.
std::string person_frame(std::string_view type,
                         protocol::UserId user,
                         protocol::ChannelId channel = {});

}  // namespace guildhall::classic
