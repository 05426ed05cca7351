#pragma once
// JSON Schema of the described structs that codec.h reads: the same member types, told to people
// and tools instead of enforced. Structs become components under their own names, referred to
// wherever they stand, so that one may hold itself. A type with its own read_json() may be
// anything, unless of<T>() is specialised for it. Pure; any thread.

#include "protocol/json/codec.h"

#include <boost/json/object.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace guildhall::protocol {

namespace schema {

namespace json = boost::json;

/// The last part of a type's name: "MessageCreate" of guildhall::protocol::api::MessageCreate.
template <class T>
std::string_view type_name() {
    constexpr std::string_view kWhole = __PRETTY_FUNCTION__;
    std::string_view name = kWhole.substr(kWhole.find("T = ") + 4);
    name = name.substr(0, name.find_first_of(";]"));
    return name.substr(name.rfind(':') + 1);
}

inline json::object typed(std::string_view type) {
    return {{"type", json::string_view(type.data(), type.size())}};
}

/// A number that is one of an enum's.
template <class T>
json::object choices_of() {
    json::array choices;
    for (int n = 0; n < 64; ++n) {
        if (codec::valid_choices<T>() >> n & 1) choices.emplace_back(n);
    }
    auto out = typed("integer");
    out.emplace("enum", std::move(choices));
    return out;
}

/// The schema, with null as well.
inline json::value nullable(json::value inner) {
    if (auto* object = inner.if_object(); object && object->if_contains("type")) {
        json::value& type = object->at("type");
        if (type.is_string()) {
            type = json::array{type, "null"};
            if (auto* choices = object->if_contains("enum")) choices->as_array().push_back(nullptr);
            return inner;
        }
    }
    return json::object{{"anyOf", json::array{std::move(inner), typed("null")}}};
}

}  // namespace schema

class SchemaSet {
  public:
    /// The schema of T; what it refers to is added to the components.
    template <class T>
    boost::json::value of();

    static boost::json::value reference(std::string_view name) {
        return {{"$ref", "#/components/schemas/" + std::string(name)}};
    }

    boost::json::object components;

  private:
    template <class T>
    void add_component(std::string_view name);
};

template <class T>
boost::json::value SchemaSet::of() {
    namespace c = codec;
    using schema::typed;
    if constexpr (std::same_as<T, boost::json::value> || c::Custom<T>) {
        return boost::json::object();
    } else if constexpr (c::is_a<T, Field>) {
        return schema::nullable(of<typename T::value_type>());
    } else if constexpr (c::is_a<T, std::optional>) {
        return of<typename T::value_type>();
    } else if constexpr (std::same_as<T, bool>) {
        return typed("boolean");
    } else if constexpr (std::is_enum_v<T>) {
        return schema::choices_of<T>();
    } else if constexpr (c::is_ranged_int<T>) {
        auto out = typed("integer");
        out.emplace("minimum", T::kLo);
        out.emplace("maximum", T::kHi);
        return out;
    } else if constexpr (std::integral<T>) {
        return typed("integer");
    } else if constexpr (std::same_as<T, double>) {
        return typed("number");
    } else if constexpr (c::BoundedText<T>) {
        auto out = typed("string");
        if (T::kMin > 0) out.emplace("minLength", T::kMin);
        out.emplace("maxLength", T::kMax);
        return out;
    } else if constexpr (std::same_as<T, std::string>) {
        return typed("string");
    } else if constexpr (c::is_id<T>) {
        auto out = typed("string");
        out.emplace("format", "snowflake");
        return out;
    } else if constexpr (std::same_as<T, Permissions>) {
        auto out = typed("string");
        out.emplace("format", "permissions");
        return out;
    } else if constexpr (std::same_as<T, Timestamp>) {
        auto out = typed("string");
        out.emplace("format", "date-time");
        return out;
    } else if constexpr (c::ListLike<T>) {
        auto out = typed("array");
        out.emplace("items", of<typename T::value_type>());
        if constexpr (c::BoundedList<T>) {
            if (T::kMin > 0) out.emplace("minItems", T::kMin);
            out.emplace("maxItems", T::kMax);
        }
        return out;
    } else {
        static_assert(c::Described<T>, "a member of a type without a schema");
        const std::string_view name = schema::type_name<T>();
        add_component<T>(name);
        return reference(name);
    }
}

template <class T>
void SchemaSet::add_component(std::string_view name) {
    const boost::json::string_view key(name.data(), name.size());
    // Before its members, one of which may be of its own type.
    if (!components.emplace(key, nullptr).second) return;
    using Members = codec::describe::
        describe_members<T, codec::describe::mod_public | codec::describe::mod_inherited>;
    boost::json::object properties;
    boost::json::array required;
    boost::mp11::mp_for_each<Members>([&](auto member) {
        using Member = std::remove_cvref_t<decltype(std::declval<T&>().*member.pointer)>;
        const std::string_view wire = codec::wire_name(member.name);
        properties.emplace(wire, of<Member>());
        constexpr bool kMayLack = codec::is_a<Member, Field> ||
                                  codec::is_a<Member, std::optional> ||
                                  std::same_as<Member, boost::json::value>;
        if (!kMayLack) required.emplace_back(wire);
    });
    auto out = schema::typed("object");
    out.emplace("properties", std::move(properties));
    if (!required.empty()) out.emplace("required", std::move(required));
    components.insert_or_assign(key, std::move(out));
}

}  // namespace guildhall::protocol
