#include "tests/support/openapi.h"

#include "tests/support/files.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace guildhall::tests {

namespace json = boost::json;

namespace {

constexpr std::string_view kReference = "#/components/schemas/";

bool has_type(std::string_view type, const json::value& value) {
    if (type == "null") return value.is_null();
    if (type == "string") return value.is_string();
    if (type == "boolean") return value.is_bool();
    if (type == "integer") return value.is_int64() || value.is_uint64();
    if (type == "number") return value.is_number();
    if (type == "array") return value.is_array();
    return type == "object" && value.is_object();
}

/// `type` is a name or a list of names.
bool has_type(const json::value& type, const json::value& value) {
    if (type.is_string()) return has_type(std::string_view(type.as_string()), value);
    for (const json::value& one : type.as_array()) {
        if (has_type(std::string_view(one.as_string()), value)) return true;
    }
    return false;
}

}  // namespace

std::optional<OpenApi> OpenApi::load() {
    if (!have_contract("discord-openapi.json")) return std::nullopt;
    return OpenApi(json::parse(*read_file(contract_path("discord-openapi.json"))));
}

std::string OpenApi::problem(std::string_view component, const json::value& value) const {
    const json::object& all = description_.at("components").at("schemas").as_object();
    const json::value* schema = all.if_contains(component);
    if (!schema) return "no component " + std::string(component);
    return check(schema->as_object(), value, "");
}

std::string OpenApi::problem(std::string_view method,
                             std::string_view path,
                             int status,
                             const json::value& value) const {
    const json::value* routes = description_.at("paths").as_object().if_contains(path);
    const json::value* route = routes ? routes->as_object().if_contains(method) : nullptr;
    if (!route) return {};
    const json::value* answer =
        route->at("responses").as_object().if_contains(std::to_string(status));
    if (!answer) return "status " + std::to_string(status) + " is not described";
    const json::value* content = answer->as_object().if_contains("content");
    if (!content) return {};
    return check(content->at("application/json").at("schema").as_object(), value, "");
}

std::string OpenApi::check(const json::object& schema,
                           const json::value& value,
                           const std::string& path) const {
    if (const json::value* reference = schema.if_contains("$ref")) {
        const std::string_view target = reference->as_string();
        const json::object& all = description_.at("components").at("schemas").as_object();
        return check(all.at(target.substr(kReference.size())).as_object(), value, path);
    }
    const json::value* type = schema.if_contains("type");
    if (type && !has_type(*type, value))
        return path + ": " + json::serialize(value) + " is not " + json::serialize(*type);
    if (const json::value* constant = schema.if_contains("const"); constant && *constant != value)
        return path + ": " + json::serialize(value) + " is not " + json::serialize(*constant);
    if (const json::value* parts = schema.if_contains("allOf")) {
        for (const json::value& part : parts->as_array()) {
            if (auto wrong = check(part.as_object(), value, path); !wrong.empty()) return wrong;
        }
    }
    for (const char* key : {"oneOf", "anyOf"}) {
        if (const json::value* choices = schema.if_contains(key)) {
            if (auto wrong = check_any(choices->as_array(), value, path); !wrong.empty())
                return wrong;
        }
    }
    if (value.is_object()) return check_object(schema, value.as_object(), path);
    if (const json::value* items = schema.if_contains("items"); items && value.is_array()) {
        std::size_t i = 0;
        for (const json::value& item : value.as_array()) {
            const std::string at = path + "[" + std::to_string(i++) + "]";
            if (auto wrong = check(items->as_object(), item, at); !wrong.empty()) return wrong;
        }
    }
    return {};
}

std::string OpenApi::check_object(const json::object& schema,
                                  const json::object& value,
                                  const std::string& path) const {
    if (const json::value* required = schema.if_contains("required")) {
        for (const json::value& name : required->as_array()) {
            if (!value.contains(name.as_string()))
                return path + ": lacks " + std::string(name.as_string());
        }
    }
    const json::value* properties = schema.if_contains("properties");
    if (!properties) return {};
    for (const auto& [name, inner] : properties->as_object()) {
        const json::value* member = value.if_contains(name);
        if (!member) continue;
        auto wrong = check(inner.as_object(), *member, path + "." + std::string(name));
        if (!wrong.empty()) return wrong;
    }
    return {};
}

/// The description's oneOf means "one of these kinds", and kinds overlap: any may match.
std::string OpenApi::check_any(const json::array& schemas,
                               const json::value& value,
                               const std::string& path) const {
    std::string first;
    for (const json::value& schema : schemas) {
        auto wrong = check(schema.as_object(), value, path);
        if (wrong.empty()) return {};
        if (first.empty()) first = std::move(wrong);
    }
    return first;
}

}  // namespace guildhall::tests
