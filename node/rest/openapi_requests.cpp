// The bodies that rows of the route table name, by the structs that the codec reads them into.
#include "node/rest/openapi.h"
#include "protocol/api/application.h"
#include "protocol/api/auth.h"
#include "protocol/api/channel.h"
#include "protocol/api/command.h"
#include "protocol/api/guild.h"
#include "protocol/api/hosting.h"
#include "protocol/api/interaction.h"
#include "protocol/api/member.h"
#include "protocol/api/message.h"
#include "protocol/api/role.h"
#include "protocol/api/user.h"
#include "protocol/json/schema.h"

#include <array>

// What the types with readers of their own take.
namespace guildhall::protocol {

namespace json = boost::json;

template <>
json::value SchemaSet::of<api::Nonce>() {
    return json::object{{"type", json::array{"string", "integer"}}};
}

template <>
json::value SchemaSet::of<api::MentionKinds>() {
    json::object kinds{{"type", "string"}, {"enum", json::array{"roles", "users", "everyone"}}};
    return json::object{{"type", "array"}, {"items", std::move(kinds)}};
}

template <>
json::value SchemaSet::of<api::Localizations>() {
    return json::object{{"type", "object"}, {"additionalProperties", schema::typed("string")}};
}

template <>
json::value SchemaSet::of<api::CommandBulk>() {
    return json::object{{"type", "array"}, {"items", of<api::CommandCreate>()}};
}

template <>
json::value SchemaSet::of<api::InteractionCallback>() {
    json::object data{
        {"anyOf",
         json::array{of<api::WebhookMessage>(), of<api::AutocompleteResult>(), of<api::Modal>()}}};
    json::object properties{{"type", of<InteractionCallbackType>()}, {"data", std::move(data)}};
    return json::object{{"type", "object"},
                        {"properties", std::move(properties)},
                        {"required", json::array{"type"}}};
}

}  // namespace guildhall::protocol

namespace guildhall::rest {
namespace {

namespace api = protocol::api;
using protocol::SchemaSet;

struct Row {
    std::string_view name;
    boost::json::value (*schema)(SchemaSet&);
};

template <class T>
boost::json::value schema(SchemaSet& set) {
    return set.of<T>();
}

constexpr std::array kRequests{
    Row{"ApplicationCreate", schema<api::ApplicationCreate>},
    Row{"ApplicationPatch", schema<api::ApplicationPatch>},
    Row{"AuthorizeBody", schema<api::AuthorizeBody>},
    Row{"BanCreate", schema<api::BanCreate>},
    Row{"BotPatch", schema<api::BotPatch>},
    Row{"BulkBan", schema<api::BulkBan>},
    Row{"BulkDelete", schema<api::BulkDelete>},
    Row{"ChannelCreate", schema<api::ChannelCreate>},
    Row{"ChannelPatch", schema<api::ChannelPatch>},
    Row{"ChannelPosition", schema<api::ChannelPosition>},
    Row{"CommandBulk", schema<api::CommandBulk>},
    Row{"CommandCreate", schema<api::CommandCreate>},
    Row{"DmCreate", schema<api::DmCreate>},
    Row{"GuildCreate", schema<api::GuildCreate>},
    Row{"GuildPatch", schema<api::GuildPatch>},
    Row{"HostingPatch", schema<api::HostingPatch>},
    Row{"HostingTransfer", schema<api::HostingTransfer>},
    Row{"InteractionCallback", schema<api::InteractionCallback>},
    Row{"InteractionCreate", schema<api::InteractionCreate>},
    Row{"InviteCreate", schema<api::InviteCreate>},
    Row{"Login", schema<api::Login>},
    Row{"MemberPatch", schema<api::MemberPatch>},
    Row{"MessageCreate", schema<api::MessageCreate>},
    Row{"MessageEdit", schema<api::MessageEdit>},
    Row{"OverwritePut", schema<api::OverwritePut>},
    Row{"Register", schema<api::Register>},
    Row{"RoleCreate", schema<api::RoleCreate>},
    Row{"RolePatch", schema<api::RolePatch>},
    Row{"RolePosition", schema<api::RolePosition>},
    Row{"RecoveryCreate", schema<api::RecoveryCreate>},
    Row{"SessionsLogout", schema<api::SessionsLogout>},
    Row{"UserPatch", schema<api::UserPatch>},
    Row{"WebhookMessage", schema<api::WebhookMessage>},
};

}  // namespace

boost::json::value request_schema(SchemaSet& set, std::string_view name) {
    if (const auto item = item_of(name); !item.empty()) {
        auto items = request_schema(set, item);
        if (items.is_null()) return nullptr;
        return boost::json::object{{"type", "array"}, {"items", std::move(items)}};
    }
    for (const Row& row : kRequests) {
        if (row.name == name) return row.schema(set);
    }
    return nullptr;
}

}  // namespace guildhall::rest
