#include "node/rest/body.h"

#include "node/base/http/form.h"
#include "node/base/http/multipart.h"
#include "protocol/json/reader.h"

#include <boost/json/object.hpp>

namespace guildhall::rest {
namespace {

namespace http = base::http;
using protocol::Status;

/// Whatever is wrong with the text of a body is a fault of the form as a whole.
Error form_error(const Error& error) {
    if (error.code == protocol::kRequestEntityTooLarge) return error;
    return protocol::make_field_error(
        "", "INVALID_JSON", "The request body contains invalid JSON.");
}

Result<boost::json::value> parse(std::string_view text) {
    auto value = protocol::parse_json(text);
    if (!value) return form_error(value.error());
    return value;
}

Status read_multipart(const http::Request& request, const std::string& boundary, Call& call) {
    auto parts = http::parse_multipart(request.body, boundary);
    if (!parts) {
        return protocol::make_field_error(
            "", "INVALID_MULTIPART", "The multipart body is malformed.");
    }
    boost::json::object fields;
    for (const http::Part& part : *parts) {
        if (part.filename) {
            call.files.push_back({part.name, *part.filename, std::string(part.content)});
        } else if (part.name == "payload_json") {
            TRY(auto value, parse(part.content));
            if (value.is_object()) {
                for (auto& [key, field] : value.as_object()) fields[key] = field;
            } else {
                return protocol::make_field_error(
                    "", "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType");
            }
        } else {
            fields[part.name] = boost::json::string(part.content);
        }
    }
    call.body = std::move(fields);
    return {};
}

}  // namespace

Status read_body(const http::Request& request, Call& call) {
    if (request.body.empty()) return {};
    const std::string_view type = request.header("content-type");
    if (const auto boundary = http::multipart_boundary(type)) {
        return read_multipart(request, *boundary, call);
    }
    if (http::is_media_type(type, "application/x-www-form-urlencoded")) {
        const http::Query form = http::parse_form(request.body);
        boost::json::object fields;
        for (const auto& [name, value] : form.pairs()) {
            fields[name] = boost::json::string(value);
        }
        call.body = std::move(fields);
        return {};
    }
    TRY(auto value, parse(request.body));
    call.body = std::move(value);
    return {};
}

}  // namespace guildhall::rest
