#include "node/rest/openapi.h"

#include "node/rest/router.h"
#include "protocol/json/schema.h"
#include "tests/catch.h"

#include <boost/json.hpp>

#include <set>

using namespace guildhall;
namespace json = boost::json;

namespace {

json::object document() {
    return json::parse(rest::openapi_document(rest::all_routes(), "test.example", "1.0"))
        .as_object();
}

/// Every "$ref" below a value.
void collect_references(const json::value& value, std::set<std::string>& out) {
    if (const auto* array = value.if_array()) {
        for (const auto& item : *array) collect_references(item, out);
    } else if (const auto* object = value.if_object()) {
        for (const auto& [key, member] : *object) {
            if (key == "$ref") out.emplace(member.as_string());
            collect_references(member, out);
        }
    }
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return out;
}

}  // namespace

TEST_CASE("every row of the route table is an operation of the document") {
    const auto doc = document();
    CHECK(doc.at("openapi").as_string() == "3.1.0");
    const auto& paths = doc.at("paths").as_object();
    std::set<std::string> ids;
    for (const rest::Route* route : rest::all_routes()) {
        const std::string method = lower(base::http::method_name(route->method));
        INFO(method << " " << route->pattern);
        const auto* path = paths.if_contains(route->pattern);
        REQUIRE(path);
        const auto* operation = path->as_object().if_contains(method);
        REQUIRE(operation);
        const auto& o = operation->as_object();
        CHECK_FALSE(o.at("summary").as_string().empty());
        CHECK(ids.emplace(o.at("operationId").as_string()).second);
        CHECK(o.contains("requestBody") == !route->request.empty());
        CHECK(o.at("security").as_array().empty() == (route->auth == rest::Auth::none));
        const auto* parameters = o.if_contains("parameters");
        const std::size_t count = parameters ? parameters->as_array().size() : 0;
        CHECK(count == rest::parameter_names(route->pattern).size());
    }
}

TEST_CASE("every request and answer that a row names has a schema") {
    for (const rest::Route* route : rest::all_routes()) {
        INFO(route->pattern << " " << route->request << " " << route->response);
        protocol::SchemaSet set;
        if (!route->request.empty())
            CHECK_FALSE(rest::request_schema(set, route->request).is_null());
        if (!route->response.empty())
            CHECK_FALSE(rest::response_schema(set, route->response).is_null());
    }
    protocol::SchemaSet set;
    CHECK(rest::request_schema(set, "Nothing").is_null());
    CHECK(rest::response_schema(set, "Nothing[]").is_null());
}

TEST_CASE("every reference of the document leads to a component that is whole") {
    const auto doc = document();
    std::set<std::string> references;
    collect_references(doc, references);
    CHECK(references.size() > 40);
    const auto& schemas = doc.at("components").as_object().at("schemas").as_object();
    for (const std::string& reference : references) {
        INFO(reference);
        const std::string prefix = "#/components/schemas/";
        REQUIRE(reference.starts_with(prefix));
        const auto* schema = schemas.if_contains(reference.substr(prefix.size()));
        REQUIRE(schema);
        CHECK(schema->is_object());
    }
    for (const auto& [name, schema] : schemas) {
        INFO(name);
        CHECK(references.contains("#/components/schemas/" + std::string(name)));
        for (const auto& [key, property] : schema.as_object().at("properties").as_object())
            CHECK(property.is_object());
    }
}

TEST_CASE("constraints of request members are told in the schema") {
    protocol::SchemaSet set;
    rest::request_schema(set, "MessageCreate");
    const auto& message = set.components.at("MessageCreate").as_object();
    const auto& members = message.at("properties").as_object();
    CHECK(members.at("content").as_object().at("maxLength").to_number<int>() == 2000);
    CHECK(members.at("embeds").as_object().at("maxItems").to_number<int>() == 10);
    CHECK(members.at("nonce").as_object().at("type").is_array());
    CHECK_FALSE(message.contains("required"));

    rest::request_schema(set, "RolePosition[]");
    const auto& position = set.components.at("RolePosition").as_object();
    CHECK(position.at("required").as_array()[0].as_string() == "id");

    rest::request_schema(set, "ChannelPatch");
    const auto& patch = set.components.at("ChannelPatch").as_object().at("properties").as_object();
    CHECK(patch.at("topic").as_object().at("type").as_array()[1].as_string() == "null");
    // Options hold options.
    rest::request_schema(set, "CommandCreate");
    CHECK(set.components.contains("CommandOption"));
}
