#include "protocol/errors.h"

#include "protocol/limits.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <ostream>

namespace guildhall::protocol {

namespace json = boost::json;

namespace {

constexpr std::array kErrors = {
#define GUILDHALL_ERROR(code, name, status, message) ErrorInfo{code, #name, status, message},
#include "protocol/errors.def"
#undef GUILDHALL_ERROR
};

static_assert(std::ranges::is_sorted(kErrors, std::less_equal<>{}, &ErrorInfo::code) ||
                  std::ranges::is_sorted(kErrors, {}, &ErrorInfo::code),
              "error_info() searches errors.def by halves");
static_assert(kErrors.front().code == 0);

std::string_view reason_phrase(int status) {
    switch (status) {
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 408:
            return "Request Timeout";
        case 409:
            return "Conflict";
        case 411:
            return "Length Required";
        case 413:
            return "Payload Too Large";
        case 414:
            return "URI Too Long";
        case 415:
            return "Unsupported Media Type";
        case 429:
            return "Too Many Requests";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 501:
            return "Not Implemented";
        case 502:
            return "Bad Gateway";
        case 503:
            return "Service Unavailable";
        case 507:
            return "Insufficient Storage";
        default:
            return "Error";
    }
}

/// The next segment of `embeds[0].title`, taken off the front of `path`; indexes come as digits.
std::string_view take_segment(std::string_view& path) {
    if (path.starts_with('[')) {
        auto end = std::min(path.find(']'), path.size());
        auto segment = path.substr(1, end - 1);
        path.remove_prefix(std::min(end + 1, path.size()));
        if (path.starts_with('.')) path.remove_prefix(1);
        return segment;
    }
    auto end = std::min(path.find_first_of(".["), path.size());
    auto segment = path.substr(0, end);
    path.remove_prefix(end);
    if (path.starts_with('.')) path.remove_prefix(1);
    return segment;
}

/// The object at `key`, made when missing. Fields only ever hold objects and `_errors` arrays.
json::object& child(json::object& parent, std::string_view key) {
    auto& slot = parent[key];
    if (!slot.is_object()) slot.emplace_object();
    return slot.get_object();
}

json::object nested_errors(const std::vector<FieldError>& fields) {
    json::object root;
    for (const auto& field : fields) {
        json::object* at = &root;
        std::string_view rest = field.path;
        while (!rest.empty()) at = &child(*at, take_segment(rest));
        auto& list = (*at)["_errors"];
        if (!list.is_array()) list.emplace_array();
        list.get_array().push_back(json::object{{"code", field.code}, {"message", field.message}});
    }
    return root;
}

}  // namespace

std::span<const ErrorInfo> all_errors() { return kErrors; }

const ErrorInfo& error_info(int code) {
    auto it = std::ranges::lower_bound(kErrors, code, {}, &ErrorInfo::code);
    return it != kErrors.end() && it->code == code ? *it : kErrors.front();
}

Error make_error(int code) {
    Error error;
    error.code = code;
    return error;
}

Error make_error(int code, std::string message) {
    auto error = make_error(code);
    error.message = std::move(message);
    return error;
}

Error make_http_error(int status) {
    auto text = std::to_string(status) + ": ";
    text += reason_phrase(status);
    auto error = make_error(kGeneralError, std::move(text));
    error.status = status;
    return error;
}

Error make_rate_limited(double retry_after_s, int code) {
    auto error = make_error(code);
    error.status = 429;
    error.retry_after = retry_after_s;
    if (code == 0) error.message = "You are being rate limited.";
    return error;
}

Error make_field_error(std::string path, std::string code, std::string message) {
    auto error = make_error(kInvalidFormBody);
    error.fields.push_back({std::move(path), std::move(code), std::move(message)});
    return error;
}

int http_status(const Error& error) {
    return error.status != 0 ? error.status : error_info(error.code).status;
}

std::string_view error_message(const Error& error) {
    return error.message.empty() ? error_info(error.code).message : std::string_view(error.message);
}

std::ostream& operator<<(std::ostream& out, const Error& error) {
    out << error.code << " " << error_message(error);
    for (const auto& field : error.fields) {
        out << "; " << field.path << ": " << field.code << " " << field.message;
    }
    return out;
}

std::string error_body(const Error& error) {
    json::object body{{"message", error_message(error)}};
    bool limited = http_status(error) == 429;
    if (!limited || error.code != 0) body["code"] = error.code;
    if (limited || error.retry_after >= 0) body["retry_after"] = std::max(error.retry_after, 0.0);
    if (limited) body["global"] = false;
    if (!error.fields.empty()) body["errors"] = nested_errors(error.fields);
    return json::serialize(body);
}

std::string rate_limit_body(double retry_after_s, bool global, bool shared) {
    std::string_view text =
        shared ? "The resource is being rate limited." : "You are being rate limited.";
    return json::serialize(json::object{
        {"message", text}, {"retry_after", std::max(retry_after_s, 0.0)}, {"global", global}});
}

FormErrors::Scope::Scope(FormErrors& errors, std::string_view key)
    : errors_(errors), size_(errors.path_.size()) {
    if (!errors.path_.empty()) errors.path_ += '.';
    errors.path_ += key;
}

FormErrors::Scope::Scope(FormErrors& errors, std::size_t index)
    : errors_(errors), size_(errors.path_.size()) {
    errors.path_ += '[';
    errors.path_ += std::to_string(index);
    errors.path_ += ']';
}

void FormErrors::add(std::string_view code, std::string message) {
    if (fields_.size() >= limits::kFormErrorsMax) return;
    fields_.push_back({path_, std::string(code), std::move(message)});
}

void FormErrors::add(std::string_view path, std::string_view code, std::string message) {
    Scope scope(*this, path);
    add(code, std::move(message));
}

Error FormErrors::take() {
    auto error = make_error(kInvalidFormBody);
    error.fields = std::exchange(fields_, {});
    return error;
}

Status FormErrors::finish() {
    if (empty()) return {};
    return take();
}

}  // namespace guildhall::protocol
