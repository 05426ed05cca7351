#include "node/classic/answers.h"

#include "node/classic/call.h"
#include "protocol/json/writer.h"

#include <array>
#include <cmath>

namespace guildhall::classic {
namespace {

namespace http = base::http;
using protocol::Error;
using protocol::FieldError;
using protocol::JsonWriter;

struct Words {
    int code;
    std::string_view text;
};
// What the prototype said where the API has a code.
constexpr std::array kWords{
    Words{protocol::kUnknownGuild, "Server not found"},
    Words{protocol::kUnknownChannel, "Channel not found"},
    Words{protocol::kUnknownMessage, "Message not found"},
    Words{protocol::kUnknownUser, "User not found"},
    Words{protocol::kUnknownInvite, "Invite not found"},
    Words{protocol::kMissingAccess, "You don't have access to this channel"},
    Words{protocol::kMissingPermissions, "You don't have permission to do this"},
};

struct Kind {
    std::string_view code, type;
};
// The API's codes of faults, and the types that clients of the prototype know.
constexpr std::array kKinds{
    Kind{"BASE_TYPE_REQUIRED", "value_error.missing"},
    Kind{"BASE_TYPE_BAD_LENGTH", "value_error.any_str.length"},
    Kind{"BASE_TYPE_MAX_LENGTH", "value_error.any_str.max_length"},
    Kind{"BASE_TYPE_CHOICES", "type_error.enum"},
    Kind{"STRING_TYPE_CONVERT", "type_error.str"},
    Kind{"DICT_TYPE_CONVERT", "type_error.dict"},
    Kind{"NUMBER_TYPE_COERCE", "type_error.integer"},
    Kind{"NUMBER_TYPE_MIN", "value_error.number.not_ge"},
    Kind{"NUMBER_TYPE_MAX", "value_error.number.not_le"},
    Kind{"EMAIL_TYPE_INVALID_EMAIL", "value_error.email"},
    Kind{"JSON_INVALID", "value_error.jsondecode"},
};

std::string_view type_of(std::string_view code) {
    for (const Kind& kind : kKinds) {
        if (kind.code == code) return kind.type;
    }
    return "value_error";
}

/// "query/limit" gives ["query","limit"]; what has no place is of the body.
void write_location(JsonWriter& w, std::string_view path) {
    w.begin_array("loc");
    const std::size_t slash = path.find('/');
    w.string(slash == path.npos ? std::string_view("body") : path.substr(0, slash));
    const std::string_view field = slash == path.npos ? path : path.substr(slash + 1);
    if (!field.empty()) w.string(field);
    w.end_array();
}

std::string invalid_body(const Error& error) {
    std::string json;
    JsonWriter w(json);
    w.begin_object().begin_array("detail");
    for (const FieldError& fault : error.fields) {
        w.begin_object();
        write_location(w, fault.path);
        w.string("msg", fault.message);
        w.string("type", type_of(fault.code));
        w.end_object();
    }
    w.end_array().end_object();
    return json;
}

bool is_invalid(const Error& error) { return !error.fields.empty(); }

}  // namespace

Error refuse(int status, std::string text) {
    Error error;
    error.status = status;
    error.message = std::move(text);
    return error;
}

Error invalid(std::string_view place,
              std::string_view field,
              std::string_view code,
              std::string message) {
    return protocol::make_field_error(
        std::string(place) + "/" + std::string(field), std::string(code), std::move(message));
}

std::string detail_of(const Error& error) {
    if (is_invalid(error)) {
        const FieldError& first = error.fields.front();
        const std::string name = first.path.substr(first.path.find('/') + 1);
        return name.empty() ? first.message : name + ": " + first.message;
    }
    if (error.message.empty()) {
        for (const Words& words : kWords) {
            if (words.code == error.code) return std::string(words.text);
        }
    }
    return std::string(protocol::error_message(error));
}

http::Response to_response(const Error& error) {
    if (is_invalid(error)) return http::Response::json(422, invalid_body(error));
    std::string json;
    JsonWriter w(json);
    w.begin_object().string("detail", detail_of(error)).end_object();
    const int status = protocol::http_status(error);
    auto response = http::Response::json(status, std::move(json));
    if (status == 401) response.add_header("WWW-Authenticate", "Bearer");
    if (error.retry_after >= 0) {
        response.add_header("Retry-After",
                            std::to_string(static_cast<long long>(std::ceil(error.retry_after))));
    }
    return response;
}

}  // namespace guildhall::classic
