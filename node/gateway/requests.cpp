#include "node/gateway/requests.h"

#include "node/gateway/limits.h"
#include "node/services/tokens.h"
#include "protocol/json/reader.h"
#include "protocol/limits.h"
#include "protocol/utf8.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace guildhall::gateway {

namespace json = boost::json;

namespace {

const json::value* member(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    return value && !value->is_null() ? value : nullptr;
}

std::optional<std::int64_t> integer(const json::value& value) {
    if (const auto* i = value.if_int64()) return *i;
    if (const auto* u = value.if_uint64(); u && *u <= INT64_MAX) {
        return static_cast<std::int64_t>(*u);
    }
    // Some runtimes print whole numbers as 1.0 or 1e3.
    if (const auto* d = value.if_double(); d && *d >= -9e15 && *d <= 9e15) {
        const auto whole = static_cast<std::int64_t>(*d);
        if (static_cast<double>(whole) == *d) return whole;
    }
    return std::nullopt;
}

std::optional<std::uint64_t> unsigned_number(const json::value& value) {
    if (const auto* text = value.if_string()) {
        const auto id = protocol::parse_id(std::string_view(*text));
        return id ? std::optional(id->value) : std::nullopt;
    }
    const auto number = integer(value);
    if (!number || *number < 0) return std::nullopt;
    return static_cast<std::uint64_t>(*number);
}

template <class T>
std::optional<T> id_of(const json::value& value) {
    const auto number = unsigned_number(value);
    return number ? std::optional(T(*number)) : std::nullopt;
}

/// One id or a list of them.
template <class T>
std::optional<std::vector<T>> ids_of(const json::value& value, std::size_t max) {
    std::vector<T> out;
    const json::array* list = value.if_array();
    if (!list) {
        const auto id = id_of<T>(value);
        if (!id) return std::nullopt;
        return std::vector<T>{*id};
    }
    if (list->size() > max) return std::nullopt;
    for (const json::value& item : *list) {
        const auto id = id_of<T>(item);
        if (!id) return std::nullopt;
        out.push_back(*id);
    }
    return out;
}

std::uint8_t client_of(const json::object& d) {
    const json::value* properties = member(d, "properties");
    const json::object* object = properties ? properties->if_object() : nullptr;
    if (!object) return 0;
    for (const std::string_view name : {"browser", "$browser"}) {
        const json::value* value = member(*object, name);
        const json::string* text = value ? value->if_string() : nullptr;
        if (!text) continue;
        const std::string_view browser = *text;
        if (browser == "Discord iOS" || browser == "Discord Android") return 2;
        for (const std::string_view web : {"Chrome", "Firefox", "Safari", "Edge", "Opera"}) {
            if (browser.starts_with(web)) return 1;
        }
    }
    return 0;
}

}  // namespace

std::optional<Frame> parse_frame(std::string_view text) {
    auto tree = protocol::parse_json(text, protocol::limits::kGatewayPayloadBytesMax);
    if (!tree || !tree->is_object()) return std::nullopt;
    json::object& object = tree->get_object();
    const json::value* op = member(object, "op");
    const auto number = op ? integer(*op) : std::nullopt;
    if (!number) return std::nullopt;
    Frame out{.op = *number, .d = {}};
    if (json::value* d = object.if_contains("d")) out.d = std::move(*d);
    return out;
}

std::optional<IdentifyRequest> parse_identify(const json::value& d) {
    const json::object* object = d.if_object();
    if (!object) return std::nullopt;
    IdentifyRequest out;
    const json::value* token = member(*object, "token");
    if (!token || !token->is_string()) return std::nullopt;
    out.token = services::parse_credentials(std::string_view(token->get_string())).token;
    if (const auto* value = member(*object, "intents")) {
        out.intents = unsigned_number(*value);
        if (!out.intents) return std::nullopt;
    }
    if (const auto* value = member(*object, "shard")) {
        const json::array* pair = value->if_array();
        const bool two = pair && pair->size() == 2;
        const auto id = two ? integer((*pair)[0]) : std::nullopt;
        const auto count = two ? integer((*pair)[1]) : std::nullopt;
        out.shard.emplace(id.value_or(-1), count.value_or(-1));
    }
    if (const auto* value = member(*object, "capabilities")) {
        out.capabilities = unsigned_number(*value).value_or(0);
    }
    if (const auto* value = member(*object, "large_threshold")) {
        const auto number = integer(*value);
        if (!number) return std::nullopt;
        out.large_threshold = static_cast<std::uint16_t>(std::clamp<std::int64_t>(
            *number, protocol::limits::kLargeThresholdMin, protocol::limits::kLargeThresholdMax));
    }
    if (const auto* value = member(*object, "compress")) {
        out.compress = value->is_bool() && value->get_bool();
    }
    if (const auto* value = member(*object, "presence")) out.presence = parse_presence(*value);
    out.client = client_of(*object);
    return out;
}

std::optional<ResumeRequest> parse_resume(const json::value& d) {
    const json::object* object = d.if_object();
    if (!object) return std::nullopt;
    const json::value* token = member(*object, "token");
    const json::value* id = member(*object, "session_id");
    if (!token || !token->is_string() || !id || !id->is_string()) return std::nullopt;
    ResumeRequest out;
    out.token = services::parse_credentials(std::string_view(token->get_string())).token;
    out.session_id = std::string_view(id->get_string());
    const json::value* seq = member(*object, "seq");
    const auto number = seq ? integer(*seq) : std::optional<std::int64_t>(0);
    if (!number || *number < 0) return std::nullopt;
    out.seq = static_cast<std::uint64_t>(*number);
    return out;
}

std::uint64_t parse_heartbeat(const json::value& d) {
    const json::value* value = &d;
    if (const json::object* object = d.if_object()) {
        const json::value* seq = object->if_contains("seq");
        if (!seq) return 0;
        value = seq;
    }
    const auto number = integer(*value);
    return number && *number > 0 ? static_cast<std::uint64_t>(*number) : 0;
}

std::optional<OwnPresence> parse_presence(const json::value& d) {
    const json::object* object = d.if_object();
    if (!object) return std::nullopt;
    OwnPresence out{.status = "online"};
    if (const auto* status = member(*object, "status")) {
        if (!status->is_string()) return std::nullopt;
        out.status = std::string_view(status->get_string());
    }
    constexpr std::string_view kStatuses[] = {
        "online", "idle", "dnd", "invisible", "offline", "unknown"};
    if (std::find(std::begin(kStatuses), std::end(kStatuses), out.status) == std::end(kStatuses)) {
        return std::nullopt;
    }
    if (out.status == "unknown") out.status = "online";
    const json::value* activities = member(*object, "activities");
    if (!activities) return out;
    const json::array* list = activities->if_array();
    if (!list || list->size() > limits::kActivitiesMax) return std::nullopt;
    for (const json::value& activity : *list) {
        const json::object* one = activity.if_object();
        const json::value* name = one ? member(*one, "name") : nullptr;
        if (!name || !name->is_string() || !protocol::fits(name->get_string(), 128)) {
            return std::nullopt;
        }
    }
    out.activities = json::serialize(*list);
    if (out.activities.size() > limits::kActivitiesBytesMax) return std::nullopt;
    return out;
}

bool is_voice_state(const json::value& d) {
    const json::object* object = d.if_object();
    if (!object) return false;
    for (const std::string_view name : {"guild_id", "channel_id"}) {
        const json::value* value = member(*object, name);
        if (value && !unsigned_number(*value)) return false;
    }
    return true;
}

std::optional<MembersRequest> parse_members(const json::value& d) {
    const json::object* object = d.if_object();
    const json::value* guild = object ? member(*object, "guild_id") : nullptr;
    if (!guild) return std::nullopt;
    MembersRequest out;
    auto guilds = ids_of<protocol::GuildId>(*guild, limits::kSubscriptionGuildsMax);
    if (!guilds) return std::nullopt;
    out.guilds = std::move(*guilds);
    if (const auto* query = member(*object, "query")) {
        if (!query->is_string()) return std::nullopt;
        out.query = std::string(std::string_view(query->get_string()));
    }
    if (const auto* users = member(*object, "user_ids")) {
        auto ids = ids_of<protocol::UserId>(*users, protocol::limits::kRequestMembersIdsMax);
        if (!ids) return std::nullopt;
        out.users = std::move(*ids);
    } else if (!out.query) {
        return std::nullopt;
    }
    if (const auto* limit = member(*object, "limit")) {
        const auto number = integer(*limit);
        if (!number || *number < 0 || *number > UINT32_MAX) return std::nullopt;
        out.limit = static_cast<std::uint32_t>(*number);
    }
    const auto* presences = member(*object, "presences");
    out.presences = presences && presences->is_bool() && presences->get_bool();
    // API: a nonce of more than 32 bytes is ignored.
    if (const auto* nonce = member(*object, "nonce");
        nonce && nonce->is_string() && nonce->get_string().size() <= 32) {
        out.nonce = std::string_view(nonce->get_string());
    }
    return out;
}

namespace {

std::optional<std::vector<Subscription::Range>> parse_ranges(const json::value& value) {
    const json::array* list = value.if_array();
    if (!list || list->size() > limits::kRangesMax) return std::nullopt;
    std::vector<Subscription::Range> out;
    for (const json::value& item : *list) {
        const json::array* range = item.if_array();
        const bool two = range && range->size() == 2;
        const auto from = two ? integer((*range)[0]) : std::nullopt;
        const auto to = two ? integer((*range)[1]) : std::nullopt;
        if (!from || !to || *from < 0 || *to < *from || *to > INT32_MAX) return std::nullopt;
        const std::int64_t last = std::min<std::int64_t>(*to, *from + limits::kRangeItemsMax - 1);
        out.emplace_back(static_cast<std::uint32_t>(*from), static_cast<std::uint32_t>(last));
    }
    return out;
}

bool parse_channels(const json::object& d, Subscription& out) {
    const json::value* channels = member(d, "channels");
    if (!channels) return true;
    const json::object* object = channels->if_object();
    if (!object || object->size() > limits::kRangesMax * 2) return false;
    for (const auto& item : *object) {
        const auto id = protocol::parse_id<protocol::ChannelId>(std::string_view(item.key()));
        auto ranges = parse_ranges(item.value());
        if (!id || !ranges) return false;
        out.channels.emplace_back(*id, std::move(*ranges));
    }
    return true;
}

}  // namespace

std::optional<Subscription> parse_subscription(const json::value& d) {
    const json::object* object = d.if_object();
    const json::value* guild = object ? member(*object, "guild_id") : nullptr;
    const auto id = guild ? id_of<protocol::GuildId>(*guild) : std::nullopt;
    if (!id) return std::nullopt;
    Subscription out;
    out.guild = *id;
    if (!parse_channels(*object, out)) return std::nullopt;
    return out;
}

std::optional<std::vector<Subscription>> parse_subscriptions(const json::value& d) {
    const json::object* object = d.if_object();
    const json::value* all = object ? member(*object, "subscriptions") : nullptr;
    const json::object* guilds = all ? all->if_object() : nullptr;
    if (!guilds || guilds->size() > limits::kSubscriptionGuildsMax) return std::nullopt;
    std::vector<Subscription> out;
    for (const auto& item : *guilds) {
        const auto id = protocol::parse_id<protocol::GuildId>(std::string_view(item.key()));
        const json::object* body = item.value().if_object();
        Subscription one;
        if (!id || !body || !parse_channels(*body, one)) return std::nullopt;
        one.guild = *id;
        out.push_back(std::move(one));
    }
    return out;
}

}  // namespace guildhall::gateway
