#include "node/services/user_settings.h"

#include "node/store/tables/user_settings.h"
#include "protocol/data_uri.h"
#include "protocol/errors.h"
#include "protocol/json/reader.h"
#include "protocol/json/writer.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <memory>
#include <optional>
#include <set>
#include <vector>

namespace guildhall::services {

namespace json = boost::json;
namespace settings_rows = store::user_settings;

namespace {

constexpr std::string_view kLegacy = "legacy";
/// Of one stored settings text; the API allows a change of 5 MiB, no client makes one of 64 KiB.
constexpr std::size_t kSettingsBytesMax = 256 * 1024;

struct Setting {
    std::string_view name;
    /// JSON; its kind is the setting's.
    std::string_view initial;
};

constexpr Setting kSettings[] = {
    {"activity_joining_restricted_guild_ids", "[]"},
    {"activity_restricted_guild_ids", "[]"},
    {"afk_timeout", "600"},
    {"allow_accessibility_detection", "false"},
    {"allow_activity_party_privacy_friends", "true"},
    {"allow_activity_party_privacy_voice_channel", "true"},
    {"animate_emoji", "true"},
    {"animate_stickers", "0"},
    {"contact_sync_enabled", "false"},
    {"convert_emoticons", "true"},
    {"custom_status", "null"},
    {"default_guilds_restricted", "false"},
    {"detect_platform_accounts", "false"},
    {"developer_mode", "false"},
    {"disable_games_tab", "true"},
    {"enable_tts_command", "true"},
    {"explicit_content_filter", "0"},
    {"friend_discovery_flags", "0"},
    {"friend_source_flags", R"({"all":true})"},
    {"gif_auto_play", "true"},
    {"guild_folders", "[]"},
    {"guild_positions", "[]"},
    {"inline_attachment_media", "true"},
    {"inline_embed_media", "true"},
    {"locale", R"("en-US")"},
    {"message_display_compact", "false"},
    {"native_phone_integration_enabled", "false"},
    {"passwordless", "false"},
    {"render_embeds", "true"},
    {"render_reactions", "true"},
    {"restricted_guilds", "[]"},
    {"show_current_game", "true"},
    {"slayer_sdk_receive_dms_in_game", "0"},
    {"soundboard_volume", "100"},
    {"status", R"("online")"},
    {"stream_notifications_enabled", "true"},
    {"theme", R"("dark")"},
    {"timezone_offset", "0"},
    {"view_nsfw_commands", "false"},
    {"view_nsfw_guilds", "false"},
};

/// Objects may be null and null may become an object; everything else keeps its kind.
bool same_kind(const json::value& a, const json::value& b) {
    const auto maybe_object = [](const json::value& v) { return v.is_null() || v.is_object(); };
    if (maybe_object(a) && maybe_object(b)) return true;
    if (a.is_number() && b.is_number()) return true;
    return a.kind() == b.kind();
}

/// All settings: the initial ones with the stored ones over them.
json::object settings_of(std::string_view stored) {
    json::object out;
    for (const Setting& s : kSettings) {
        if (auto initial = protocol::parse_json(s.initial)) out.emplace(s.name, *initial);
    }
    if (stored.empty()) return out;
    auto tree = protocol::parse_json(stored);
    if (!tree || !tree->is_object()) return out;
    for (auto& member : tree->get_object()) {
        if (out.contains(member.key())) out[member.key()] = member.value();
    }
    return out;
}

Status apply_patch(const json::value& patch, json::object& settings) {
    if (!patch.is_object())
        return protocol::make_field_error(
            "", "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType");
    for (const auto& member : patch.get_object()) {
        json::value* known = settings.if_contains(member.key());
        if (!known) continue;
        if (!same_kind(*known, member.value()))
            return protocol::make_field_error(std::string(member.key()),
                                              "BASE_TYPE_CONVERT",
                                              "Not a value that this setting can have.");
        *known = member.value();
    }
    return {};
}

Error too_large(std::string field) {
    return protocol::make_field_error(
        std::move(field), "BASE_TYPE_MAX_LENGTH", "Settings larger than 256 KiB are not kept.");
}

std::string proto_name(int type) { return "proto." + std::to_string(type); }

std::string proto_body(int type, const std::string& base64) {
    std::string body;
    protocol::JsonWriter w(body);
    w.begin_object()
        .begin_object("settings")
        .number("type", type)
        .string("proto", base64)
        .end_object()
        .boolean("partial", false)
        .end_object();
    return body;
}

/// One top-level field of a protobuf message, with its tag.
struct ProtoField {
    std::uint64_t number;
    std::string_view bytes;
};

std::optional<std::uint64_t> take_varint(std::string_view& in) {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && !in.empty(); shift += 7) {
        const auto byte = static_cast<unsigned char>(in.front());
        in.remove_prefix(1);
        value |= std::uint64_t{byte & 0x7fu} << shift;
        if ((byte & 0x80) == 0) return value;
    }
    return std::nullopt;
}

/// Passes over a field's value; false where there is none of that wire type.
bool skip_value(std::uint64_t wire_type, std::string_view& in) {
    std::uint64_t bytes = 0;
    switch (wire_type) {
        case 0:
            return take_varint(in).has_value();
        case 1:
            bytes = 8;
            break;
        case 2: {
            const auto length = take_varint(in);
            if (!length) return false;
            bytes = *length;
            break;
        }
        case 5:
            bytes = 4;
            break;
        default:
            return false;
    }
    if (bytes > in.size()) return false;
    in.remove_prefix(static_cast<std::size_t>(bytes));
    return true;
}

std::optional<std::vector<ProtoField>> split_protobuf(std::string_view message) {
    std::vector<ProtoField> out;
    while (!message.empty()) {
        const std::string_view start = message;
        const auto tag = take_varint(message);
        if (!tag || *tag >> 3 == 0 || !skip_value(*tag & 7, message)) return std::nullopt;
        out.push_back({*tag >> 3, start.substr(0, start.size() - message.size())});
    }
    return out;
}

}  // namespace

std::optional<std::string> merge_protobuf(std::string_view stored, std::string_view change) {
    const auto before = split_protobuf(stored);
    const auto over = split_protobuf(change);
    if (!before || !over) return std::nullopt;
    std::set<std::uint64_t> replaced;
    for (const ProtoField& field : *over) replaced.insert(field.number);
    std::string out;
    for (const ProtoField& field : *before) {
        if (!replaced.contains(field.number)) out += field.bytes;
    }
    for (const ProtoField& field : *over) out += field.bytes;
    return out;
}

Task<Result<std::string>> UserSettings::get(const Actor& actor) {
    auto look = [user = actor.user](store::Tx& tx) {
        return settings_rows::get(tx, user, kLegacy);
    };
    CO_TRY(const std::string stored, co_await store::read(ctx_.db, std::move(look)));
    co_return json::serialize(settings_of(stored));
}

Task<Result<std::string>> UserSettings::patch(const Actor& actor, json::value patch) {
    // Written by the store's thread before store() returns, read after.
    auto merged = std::make_shared<std::string>();
    journal::Change change;
    change.rows = [user = actor.user, patch = std::move(patch), merged](store::Tx& tx) -> Status {
        TRY(const std::string stored, settings_rows::get(tx, user, kLegacy));
        json::object settings = settings_of(stored);
        TRY_VOID(apply_patch(patch, settings));
        *merged = json::serialize(settings);
        if (merged->size() > kSettingsBytesMax) return too_large("");
        return settings_rows::put(tx, user, kLegacy, *merged);
    };
    CO_TRY_VOID(co_await ctx_.journal.store(ctx_.here, std::move(change)));
    co_return std::move(*merged);
}

Task<Result<std::string>> UserSettings::proto(const Actor& actor, int type) {
    auto look = [user = actor.user, name = proto_name(type)](store::Tx& tx) {
        return settings_rows::get(tx, user, name);
    };
    co_return co_await store::read(ctx_.db, std::move(look));
}

Task<Result<std::string>> UserSettings::merge_proto(const Actor& actor,
                                                    int type,
                                                    std::string base64) {
    auto bytes = protocol::decode_base64(base64);
    if (!bytes || !split_protobuf(*bytes))
        co_return protocol::make_field_error(
            "settings", "USER_SETTINGS_INVALID", "Not a protobuf message in base64.");
    auto merged = std::make_shared<std::string>();
    // The dispatch is published after the transaction that fills it.
    auto body = std::make_shared<std::string>();
    journal::Change change;
    change.rows = [user = actor.user, type, bytes = std::move(*bytes), merged, body](
                      store::Tx& tx) -> Status {
        TRY(const std::string stored, settings_rows::get(tx, user, proto_name(type)));
        const auto before = protocol::decode_base64(stored);
        const auto next = merge_protobuf(before.value_or(std::string()), bytes);
        if (!next || next->size() > kSettingsBytesMax) return too_large("settings");
        *merged = protocol::encode_base64(*next);
        while (merged->size() % 4 != 0) *merged += '=';
        *body = proto_body(type, *merged);
        return settings_rows::put(tx, user, proto_name(type), *merged);
    };
    change.notices.emplace_back(
        journal::UserDispatch{actor.user, {"USER_SETTINGS_PROTO_UPDATE", body}});
    CO_TRY_VOID(co_await ctx_.journal.store(ctx_.here, std::move(change)));
    co_return std::move(*merged);
}

}  // namespace guildhall::services
