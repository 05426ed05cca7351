#pragma once
// Answers of the REST surface, taken apart for tests. Plain values.

#include "node/base/http/response.h"
#include "protocol/json/reader.h"

#include <boost/json/object.hpp>

#include <map>
#include <string>
#include <string_view>

namespace guildhall::tests {

/// A response taken apart.
struct Answer {
    explicit Answer(base::http::Response response)
        : status(response.status), body(std::move(response.body)) {
        std::string_view head = response.head;
        while (!head.empty()) {
            const auto end = head.find("\r\n"), colon = head.find(": ");
            headers.emplace(head.substr(0, colon), head.substr(colon + 2, end - colon - 2));
            head.remove_prefix(end + 2);
        }
    }
    std::string header(const std::string& name) const {
        const auto at = headers.find(name);
        return at == headers.end() ? std::string() : at->second;
    }
    boost::json::object json() const { return protocol::parse_json(body).value().as_object(); }
    /// The code of an error body; -1 for another body.
    int code() const {
        const auto value = protocol::parse_json(body);
        const auto* object = value ? value->if_object() : nullptr;
        const auto* found = object ? object->if_contains("code") : nullptr;
        return found ? static_cast<int>(found->as_int64()) : -1;
    }

    int status;
    std::string body;
    std::multimap<std::string, std::string> headers;
};

}  // namespace guildhall::tests
