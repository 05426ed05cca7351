#pragma once
// What clients say, out of JSON: tolerant where clients differ (ids as numbers, `$os`, a null list
// of activities), nothing where a frame makes no sense: then the connection is closed with 4002.
// Pure.

#include "node/gateway/session.h"
#include "protocol/ids.h"

#include <boost/json/value.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace guildhall::gateway {

struct Frame {
    std::int64_t op = 0;
    boost::json::value d;
};
/// A frame of at most the API's size; nothing when it is not one.
std::optional<Frame> parse_frame(std::string_view text);

struct IdentifyRequest {
    /// Without "Bot " or "Bearer ".
    std::string token;
    /// Absent for most user clients.
    std::optional<std::uint64_t> intents;
    /// `[id, count]` as sent, not checked.
    std::optional<std::pair<std::int64_t, std::int64_t>> shard;
    std::uint64_t capabilities = 0;
    std::uint16_t large_threshold = 50;
    bool compress = false;
    std::uint8_t client = 0;
    std::optional<OwnPresence> presence;
};
std::optional<IdentifyRequest> parse_identify(const boost::json::value& d);

struct ResumeRequest {
    std::string token, session_id;
    std::uint64_t seq = 0;
};
std::optional<ResumeRequest> parse_resume(const boost::json::value& d);

/// Op 1: null, or the last `s`. Op 40 has it in an object.
std::uint64_t parse_heartbeat(const boost::json::value& d);

/// Op 3, and `presence` of op 2.
std::optional<OwnPresence> parse_presence(const boost::json::value& d);

/// Op 4; nothing follows from it on a node without voice.
bool is_voice_state(const boost::json::value& d);

struct MembersRequest {
    std::vector<protocol::GuildId> guilds;
    /// Absent when users are asked for by id.
    std::optional<std::string> query;
    std::vector<protocol::UserId> users;
    /// 0: all.
    std::uint32_t limit = 0;
    bool presences = false;
    std::string nonce;

    bool is_full() const { return query && query->empty() && limit == 0; }
};
std::optional<MembersRequest> parse_members(const boost::json::value& d);

/// Op 14, or one guild of op 37.
struct Subscription {
    using Range = std::pair<std::uint32_t, std::uint32_t>;

    protocol::GuildId guild;
    /// A channel and the parts of its member list that the client shows.
    std::vector<std::pair<protocol::ChannelId, std::vector<Range>>> channels;
};
std::optional<Subscription> parse_subscription(const boost::json::value& d);
std::optional<std::vector<Subscription>> parse_subscriptions(const boost::json::value& d);

}  // namespace guildhall::gateway
