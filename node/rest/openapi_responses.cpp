// The objects that rows of the route table answer with, each as one line of members: a name and a
// type, "?" where it may be null, "[]" for a list. Only what clients look at: an answer may hold
// more.
#include "node/rest/openapi.h"
#include "protocol/json/schema.h"

#include <algorithm>
#include <array>

namespace guildhall::rest {
namespace {

namespace json = boost::json;
using protocol::SchemaSet;

struct Object {
    std::string_view name;
    std::string_view members;
};

constexpr std::array kObjects{
    Object{"Application",
           "id:id name:string description:string icon:string? bot:User bot_public:boolean "
           "bot_require_code_grant:boolean flags:integer verify_key:string owner:User "
           "redirect_uris:string[] interactions_endpoint_url:string? tags:string[]"},
    Object{"Attachment",
           "id:id filename:string size:integer url:string proxy_url:string content_type:string? "
           "width:integer? height:integer? description:string?"},
    Object{"Authorization",
           "application:Application user:User bot:User authorized:boolean guilds:MyGuild[]"},
    Object{"Ban", "user:User reason:string?"},
    Object{"BotGateway", "url:string shards:integer session_start_limit:SessionStartLimit"},
    Object{"BulkBanOutcome", "banned_users:id[] failed_users:id[]"},
    Object{"Channel",
           "id:id type:integer guild_id:id name:string topic:string? position:integer "
           "parent_id:id? nsfw:boolean rate_limit_per_user:integer last_message_id:id? "
           "permission_overwrites:Overwrite[] bitrate:integer user_limit:integer flags:integer"},
    Object{"Command",
           "id:id application_id:id guild_id:id version:id type:integer name:string "
           "description:string options:object[] default_member_permissions:permissions? "
           "nsfw:boolean"},
    Object{"Emoji", "id:id? name:string?"},
    Object{"Error", "code:integer message:string errors:object"},
    Object{"Gateway", "url:string"},
    Object{"Guild",
           "id:id name:string icon:string? description:string? owner_id:id roles:Role[] "
           "features:string[] verification_level:integer default_message_notifications:integer "
           "explicit_content_filter:integer afk_channel_id:id? afk_timeout:integer "
           "system_channel_id:id? preferred_locale:string approximate_member_count:integer "
           "approximate_presence_count:integer"},
    Object{"GuildPreview",
           "id:id name:string icon:string? description:string? features:string[] "
           "approximate_member_count:integer approximate_presence_count:integer"},
    Object{"Hosting",
           "guild_id:id guild_uid:string host:object epoch:integer verified:object? "
           "frozen:object? successors:object[] votes:integer takeover_delay:integer role:string "
           "logs:integer entries:integer"},
    Object{"InteractionCallbackOutcome", "interaction:object resource:object"},
    Object{"Invite",
           "code:string type:integer guild:MyGuild channel:Channel inviter:User expires_at:time? "
           "uses:integer max_uses:integer max_age:integer temporary:boolean created_at:time "
           "approximate_member_count:integer approximate_presence_count:integer"},
    Object{"Member",
           "user:User nick:string? avatar:string? roles:id[] joined_at:time "
           "communication_disabled_until:time? deaf:boolean mute:boolean flags:integer"},
    Object{"Message",
           "id:id channel_id:id author:User type:integer content:string timestamp:time "
           "edited_timestamp:time? tts:boolean mention_everyone:boolean mentions:User[] "
           "mention_roles:id[] attachments:Attachment[] embeds:object[] components:object[] "
           "reactions:Reaction[] pinned:boolean flags:integer nonce:string "
           "referenced_message:Message?"},
    Object{"MyGuild",
           "id:id name:string icon:string? owner:boolean permissions:permissions "
           "features:string[]"},
    Object{"Node",
           "name:string uid:string software:string version:string registration:string "
           "federation:boolean features:string[] limits:object"},
    Object{"NodePeer",
           "name:string uid:string reachable:boolean verified:boolean last_seen:time? "
           "guilds:integer"},
    Object{"Overwrite", "id:id type:integer allow:permissions deny:permissions"},
    Object{"OwnUser",
           "id:id username:string discriminator:string global_name:string? avatar:string? "
           "email:string? verified:boolean bio:string locale:string flags:integer "
           "mfa_enabled:boolean token:string"},
    Object{"Pin", "pinned_at:time message:Message"},
    Object{"Pins", "items:Pin[] has_more:boolean"},
    Object{"RateLimited", "message:string retry_after:number global:boolean code:integer"},
    Object{"Reaction", "emoji:Emoji count:integer me:boolean"},
    Object{"Recovery", "phrase:string backup:string"},
    Object{"Role",
           "id:id name:string color:integer hoist:boolean position:integer "
           "permissions:permissions managed:boolean mentionable:boolean icon:string?"},
    Object{"Session", "id_hash:string approx_last_used_time:time client_info:object"},
    Object{"SessionStartLimit",
           "total:integer remaining:integer reset_after:integer max_concurrency:integer"},
    Object{"Sessions", "user_sessions:Session[]"},
    Object{"Token", "token:string user_id:id"},
    Object{"User",
           "id:id username:string discriminator:string global_name:string? avatar:string? "
           "bot:boolean public_flags:integer"},
};

struct Scalar {
    std::string_view name, type, format;
};
constexpr std::array kScalars{
    Scalar{"string", "string", ""},
    Scalar{"integer", "integer", ""},
    Scalar{"number", "number", ""},
    Scalar{"boolean", "boolean", ""},
    Scalar{"object", "object", ""},
    Scalar{"id", "string", "snowflake"},
    Scalar{"time", "string", "date-time"},
    Scalar{"permissions", "string", "permissions"},
};

json::value type_schema(SchemaSet& set, std::string_view type) {
    if (type.ends_with("?")) {
        auto inner = type_schema(set, type.substr(0, type.size() - 1));
        return protocol::schema::nullable(std::move(inner));
    }
    if (const auto item = item_of(type); !item.empty()) {
        auto items = type_schema(set, item);
        if (items.is_null()) return nullptr;
        return json::object{{"type", "array"}, {"items", std::move(items)}};
    }
    for (const Scalar& scalar : kScalars) {
        if (scalar.name != type) continue;
        auto out = protocol::schema::typed(scalar.type);
        if (!scalar.format.empty())
            out.emplace("format", json::string_view(scalar.format.data(), scalar.format.size()));
        return out;
    }
    return response_schema(set, type);
}

void add_object(SchemaSet& set, const Object& object, json::string_view name) {
    // Before its members, one of which may be of its own kind.
    if (!set.components.emplace(name, nullptr).second) return;
    json::object properties;
    std::string_view rest = object.members;
    while (!rest.empty()) {
        const std::string_view member = rest.substr(0, rest.find(' '));
        rest.remove_prefix(std::min(member.size() + 1, rest.size()));
        const std::size_t colon = member.find(':');
        const std::string_view key = member.substr(0, colon);
        properties.emplace(json::string_view(key.data(), key.size()),
                           type_schema(set, member.substr(colon + 1)));
    }
    auto out = protocol::schema::typed("object");
    out.emplace("properties", std::move(properties));
    set.components.insert_or_assign(name, std::move(out));
}

}  // namespace

json::value response_schema(SchemaSet& set, std::string_view name) {
    if (!item_of(name).empty()) return type_schema(set, name);
    const auto found = std::ranges::find(kObjects, name, &Object::name);
    if (found == kObjects.end()) return nullptr;
    add_object(set, *found, json::string_view(name.data(), name.size()));
    return SchemaSet::reference(name);
}

}  // namespace guildhall::rest
