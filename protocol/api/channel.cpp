#include "protocol/api/channel.h"

#include "protocol/content.h"
#include "protocol/json/codec.h"
#include "protocol/utf8.h"

#include <algorithm>

namespace guildhall::protocol::api {

namespace {

/// The longer topic is for forums only; `type` empty is not known here.
void check_topic(const std::string& topic, std::optional<ChannelType> type, FormErrors& errors) {
    if (!type || is_forum(*type) || fits(topic, limits::kTopicMax)) return;
    errors.add("topic", "BASE_TYPE_MAX_LENGTH", "Must be 1024 or fewer in length.");
}

/// Types that a request may make or change a channel to.
void check_type(std::optional<ChannelType> type, FormErrors& errors) {
    if (!type) return;
    if (!is_thread(*type) && !is_dm(*type) && *type != ChannelType::directory) return;
    errors.add("type", "BASE_TYPE_CHOICES", "Value must be one of {0, 2, 4, 5, 13, 15, 16}.");
}

/// The lengths of thread life that clients can show.
template <class Duration>
void check_archive(const Duration& minutes, FormErrors& errors) {
    if (!minutes) return;
    std::int64_t n = *minutes;
    if (n == 60 || n == 1440 || n == 4320 || n == 10080) return;
    errors.add("default_auto_archive_duration",
               "BASE_TYPE_CHOICES",
               "Value must be one of {60, 1440, 4320, 10080}.");
}

}  // namespace

Overwrite to_overwrite(const OverwriteInput& input) {
    return to_overwrite(input.id, OverwritePut{input.type, input.allow, input.deny});
}

Overwrite to_overwrite(Snowflake id, const OverwritePut& input) {
    Overwrite out;
    out.id = id;
    out.type = input.type.value_or(OverwriteType::role);
    out.allow = input.allow.value_or(Permissions()).bits & permissions::kAll.bits;
    out.deny = input.deny.value_or(Permissions()).bits & permissions::kAll.bits;
    return out;
}

std::vector<Overwrite> to_overwrites(const OverwriteInputs& inputs) {
    std::vector<Overwrite> out;
    for (const auto& input : inputs) {
        auto overwrite = to_overwrite(input);
        auto it = std::ranges::find(out, overwrite.id, &Overwrite::id);
        if (it == out.end()) {
            out.push_back(overwrite);
        } else {
            *it = overwrite;
        }
    }
    return out;
}

void validate(ChannelCreate& request, FormErrors& errors) {
    auto type = request.type.value_or(ChannelType::text);
    check_type(type, errors);
    if (request.topic) check_topic(*request.topic, type, errors);
    check_archive(request.default_auto_archive_duration, errors);
    request.name = normalise_channel_name(request.name, type);
    if (request.name.empty()) {
        errors.add("name", "BASE_TYPE_REQUIRED", "This field is required");
    }
}

void validate(ChannelPatch& request, FormErrors& errors) {
    check_type(request.type, errors);
    if (request.topic.value) check_topic(*request.topic.value, request.type, errors);
    check_archive(request.default_auto_archive_duration.value, errors);
}

}  // namespace guildhall::protocol::api

GUILDHALL_DECODER(guildhall::protocol::api::ChannelCreate);
GUILDHALL_DECODER(guildhall::protocol::api::ChannelPatch);
GUILDHALL_DECODER(guildhall::protocol::api::ChannelPositions);
GUILDHALL_DECODER(guildhall::protocol::api::OverwritePut);
