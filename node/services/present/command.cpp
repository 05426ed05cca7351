#include "node/services/present/command.h"

#include "node/services/present/user.h"
#include "protocol/json/reader.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace guildhall::services {

namespace json = boost::json;
using protocol::Command;
using protocol::GuildId;
using protocol::JsonWriter;

namespace {

void drop_localizations(json::object& definition) {
    definition.erase("name_localizations");
    definition.erase("description_localizations");
    for (const char* list : {"options", "choices"}) {
        json::value* items = definition.if_contains(list);
        if (!items || !items->is_array()) continue;
        for (json::value& item : items->get_array()) {
            if (item.is_object()) drop_localizations(item.get_object());
        }
    }
}

void set_default(json::object& definition, std::string_view name, json::value value) {
    if (!definition.contains(name)) definition.emplace(name, std::move(value));
}

/// What the API says where a definition says nothing.
void set_defaults(json::object& definition, bool with_localizations) {
    if (with_localizations) {
        set_default(definition, "name_localizations", nullptr);
        set_default(definition, "description_localizations", nullptr);
    }
    set_default(definition, "dm_permission", true);
    set_default(definition, "nsfw", false);
    set_default(definition, "contexts", nullptr);
    set_default(definition, "integration_types", json::array{0});
}

void write_indexed(JsonWriter& w, const protocol::Application& a, const journal::View& view) {
    w.begin_object()
        .id("id", a.id)
        .string("name", a.name)
        .string("description", a.description)
        .string_or_null("icon", a.icon)
        .id("bot_id", a.bot_id())
        .string("flags", std::to_string(a.flags));
    w.key("bot");
    write_user(w, view, a.bot_id());
    w.end_object();
}

}  // namespace

void write_command(JsonWriter& w, const Command& command, GuildId guild, bool with_localizations) {
    json::object definition;
    if (auto stored = protocol::parse_json(command.json); stored && stored->is_object())
        definition = stored->get_object();
    if (!with_localizations) drop_localizations(definition);
    set_defaults(definition, with_localizations);
    w.begin_object()
        .id("id", command.id)
        .id("application_id", command.applicationId)
        .id("version", command.version);
    if (guild) w.id("guild_id", guild);
    for (const auto& member : definition) {
        const std::string_view name(member.key().data(), member.key().size());
        w.raw(name, json::serialize(member.value()));
    }
    w.end_object();
}

void write_commands(JsonWriter& w,
                    const std::vector<Command>& commands,
                    GuildId guild,
                    bool with_localizations) {
    w.begin_array();
    for (const Command& command : commands) write_command(w, command, guild, with_localizations);
    w.end_array();
}

void write_command_index(JsonWriter& w,
                         const std::vector<IndexedApplication>& applications,
                         GuildId guild,
                         const journal::View& view) {
    protocol::Snowflake version;
    w.begin_object().begin_array("applications");
    for (const IndexedApplication& a : applications) write_indexed(w, *a.application, view);
    w.end_array().begin_array("application_commands");
    for (const IndexedApplication& a : applications) {
        for (const Command& command : a.global) {
            write_command(w, command, GuildId{});
            version = std::max(version, command.version);
        }
        for (const Command& command : a.of_guild) {
            write_command(w, command, guild);
            version = std::max(version, command.version);
        }
    }
    w.end_array().id("version", version).end_object();
}

}  // namespace guildhall::services
