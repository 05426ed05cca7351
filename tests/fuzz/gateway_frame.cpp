// Gateway frames: whatever a client sends is parsed into a request or refused, and no request holds
// more than its bounds. The same for the snapshot of a session, which is read from the store.
#include "node/gateway/limits.h"
#include "node/gateway/requests.h"
#include "node/gateway/snapshot.h"
#include "protocol/check.h"
#include "protocol/json/reader.h"
#include "protocol/limits.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

using namespace guildhall;

namespace {

void read_requests(const boost::json::value& d) {
    if (const auto r = gateway::parse_identify(d)) {
        CHECK(r->large_threshold >= protocol::limits::kLargeThresholdMin);
        CHECK(r->large_threshold <= protocol::limits::kLargeThresholdMax);
    }
    if (const auto r = gateway::parse_presence(d)) {
        CHECK(r->activities.size() <= gateway::limits::kActivitiesBytesMax);
    }
    if (const auto r = gateway::parse_members(d)) {
        CHECK(r->users.size() <= protocol::limits::kRequestMembersIdsMax);
        CHECK(r->guilds.size() <= gateway::limits::kSubscriptionGuildsMax);
        CHECK(r->nonce.size() <= 32);
    }
    if (const auto r = gateway::parse_subscription(d)) {
        for (const auto& [channel, ranges] : r->channels) {
            for (const auto& [from, to] : ranges) {
                CHECK(to >= from && to - from < gateway::limits::kRangeItemsMax);
            }
        }
    }
    gateway::parse_subscriptions(d);
    gateway::parse_resume(d);
    gateway::parse_heartbeat(d);
    gateway::is_voice_state(d);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto frame = gateway::parse_frame(text)) read_requests(frame->d);
    if (const auto d = protocol::parse_json(text, protocol::limits::kGatewayPayloadBytesMax)) {
        read_requests(*d);
    }
    if (const auto snapshot = gateway::decode_snapshot(text)) {
        CHECK(gateway::decode_snapshot(gateway::encode(*snapshot)).has_value());
    }
    return 0;
}
