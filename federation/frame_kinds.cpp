// What is known of each member of the union: its name and the class of traffic that it belongs to.
#include "federation/frame.h"

#include <array>

namespace guildhall::federation {

namespace {

struct FrameKind {
    std::string_view name;
    TrafficClass traffic_class;
};

using enum TrafficClass;

/// In the order of FrameBody.
constexpr std::array<FrameKind, std::variant_size_v<FrameBody>> kFrameKinds{{
    {"hello", control},
    {"ping", control},
    {"pong", control},
    {"credit", control},
    {"goodbye", control},
    {"problem", control},
    {"keyLogGet", control},
    {"keyLog", control},
    {"inviteGet", control},
    {"inviteInfo", control},
    {"subscribe", live},
    {"subscribed", live},
    {"unsubscribe", control},
    {"snapshotGet", bulk},
    {"snapshot", bulk},
    {"append", live},
    {"ack", live},
    {"rangeGet", bulk},
    {"range", bulk},
    {"heads", control},
    {"command", live},
    {"commandResult", live},
    {"ephemeral", ephemeral},
    {"interest", control},
    {"blobGet", blob},
    {"blobPart", blob},
    {"blobPut", blob},
    {"blobState", blob},
    {"profileGet", live},
    {"profiles", live},
    {"dispatch", live},
    {"hosting", control},
    {"vote", control},
    {"evidence", bulk},
    {"purge", control},
    {"applicationGet", bulk},
    {"application", bulk},
    {"unknown", control},
}};

}  // namespace

TrafficClass class_of(const FrameBody& body) { return kFrameKinds[body.index()].traffic_class; }

std::string_view name_of(const FrameBody& body) { return kFrameKinds[body.index()].name; }

std::string_view name_of(TrafficClass traffic_class) {
    static constexpr std::array<std::string_view, kTrafficClasses> kNames{
        "control", "live", "bulk", "blob", "ephemeral"};
    return kNames[static_cast<std::size_t>(traffic_class)];
}

}  // namespace guildhall::federation
