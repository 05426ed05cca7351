#include "node/rest/openapi.h"

#include "node/rest/router.h"
#include "protocol/json/schema.h"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace guildhall::rest {
namespace {

namespace json = boost::json;
using protocol::SchemaSet;

json::string text(std::string_view s) { return json::string(s.data(), s.size()); }

std::string lower(std::string_view s) {
    std::string out(s);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    }
    return out;
}

/// "get_channels_channel_id_messages": one word for each route, for tools that name functions.
std::string operation_id(const Route& route) {
    std::string out = lower(base::http::method_name(route.method));
    bool gap = true;
    for (const char c : route.pattern) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
        if (letter && gap) out += '_';
        if (letter) out += c;
        gap = !letter;
    }
    return out;
}

/// The path's first word, which is what the viewer groups by.
std::string_view tag_of(const Route& route) {
    const std::string_view rest = route.pattern.substr(1);
    return rest.substr(0, rest.find('/'));
}

json::array parameters_of(const Route& route) {
    json::array out;
    for (const std::string_view name : parameter_names(route.pattern)) {
        json::object schema{{"type", "string"}};
        if (name.ends_with("_id")) schema.emplace("format", "snowflake");
        out.push_back(json::object{{"name", text(name)},
                                   {"in", "path"},
                                   {"required", true},
                                   {"schema", std::move(schema)}});
    }
    return out;
}

json::array security_of(Auth auth) {
    json::array out;
    if (auth == Auth::any || auth == Auth::user) out.push_back({{"UserToken", json::array()}});
    if (auth == Auth::any || auth == Auth::bot) out.push_back({{"BotToken", json::array()}});
    return out;
}

json::object content(json::value schema) {
    return {{"application/json", json::object{{"schema", std::move(schema)}}}};
}

/// Messages may come with files, as a form.
bool takes_files(std::string_view request) {
    return request == "MessageCreate" || request == "MessageEdit" || request == "WebhookMessage" ||
           request == "InteractionCallback";
}

json::object body_of(SchemaSet& set, const Route& route) {
    json::object by_type = content(request_schema(set, route.request));
    if (takes_files(route.request)) {
        json::object file{{"type", "string"}, {"contentMediaType", "application/octet-stream"}};
        json::object properties{{"payload_json", request_schema(set, route.request)},
                                {"files[0]", std::move(file)}};
        json::object form{{"type", "object"}, {"properties", std::move(properties)}};
        by_type.emplace("multipart/form-data", json::object{{"schema", std::move(form)}});
    }
    return {{"content", std::move(by_type)}};
}

json::object responses_of(SchemaSet& set, const Route& route) {
    json::object good{{"description", "Done"}};
    if (!route.response.empty())
        good.emplace("content", content(response_schema(set, route.response)));
    json::object bad{{"description", "What was wrong, with its code"},
                     {"content", content(response_schema(set, "Error"))}};
    json::object limited{{"description", "Too many requests: wait for retry_after seconds"},
                         {"content", content(response_schema(set, "RateLimited"))}};
    return {{"2XX", std::move(good)}, {"4XX", std::move(bad)}, {"429", std::move(limited)}};
}

json::object operation_of(SchemaSet& set, const Route& route) {
    json::object out;
    out.emplace("operationId", operation_id(route));
    out.emplace("summary", text(route.summary));
    out.emplace("tags", json::array{text(tag_of(route))});
    if (json::array parameters = parameters_of(route); !parameters.empty())
        out.emplace("parameters", std::move(parameters));
    if (!route.request.empty()) out.emplace("requestBody", body_of(set, route));
    out.emplace("responses", responses_of(set, route));
    out.emplace("security", security_of(route.auth));
    return out;
}

json::object paths_of(SchemaSet& set, const std::vector<const Route*>& routes) {
    json::object paths;
    for (const Route* route : routes) {
        json::value& path = paths.emplace(text(route->pattern), json::object()).first->value();
        path.as_object().emplace(lower(base::http::method_name(route->method)),
                                 operation_of(set, *route));
    }
    return paths;
}

json::array tags_of(const std::vector<const Route*>& routes) {
    std::vector<std::string_view> names;
    for (const Route* route : routes) {
        if (std::ranges::find(names, tag_of(*route)) == names.end())
            names.push_back(tag_of(*route));
    }
    json::array out;
    for (const std::string_view name : names) out.push_back(json::object{{"name", text(name)}});
    return out;
}

json::object scheme(std::string_view description) {
    return {{"type", "apiKey"},
            {"in", "header"},
            {"name", "Authorization"},
            {"description", text(description)}};
}

}  // namespace

std::string_view item_of(std::string_view name) {
    if (name.ends_with("[]")) return name.substr(0, name.size() - 2);
    if (name.starts_with("[") && name.ends_with("]")) return name.substr(1, name.size() - 2);
    return {};
}

std::string openapi_document(const std::vector<const Route*>& routes,
                             std::string_view node_name,
                             std::string_view version) {
    SchemaSet set;
    json::object document;
    document.emplace("openapi", "3.1.0");
    document.emplace(
        "info",
        json::object{{"title", text(node_name)},
                     {"version", text(version)},
                     {"description",
                      "The API of this node: that of Discord, v9 and v10, as far as the node has "
                      "it. Ids are decimal strings; permissions are decimal bit sets."},
                     {"license", json::object{{"name", "MIT"}, {"identifier", "MIT"}}}});
    document.emplace("servers", json::array{json::object{{"url", "/api/v10"}}});
    document.emplace("tags", tags_of(routes));
    document.emplace("paths", paths_of(set, routes));
    json::object schemes{{"UserToken", scheme("The token of a login, as it is")},
                         {"BotToken", scheme("\"Bot \" and the token of a bot")}};
    document.emplace("components",
                     json::object{{"schemas", std::move(set.components)},
                                  {"securitySchemes", std::move(schemes)}});
    return json::serialize(document);
}

}  // namespace guildhall::rest
