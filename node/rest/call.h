#pragma once
// Call and Reply: one API call as handlers see it, parsed and authenticated, without a socket; a
// peer's signed command becomes the same thing. Lives on the shard that runs the handler, for as
// long as the handler's coroutine.

#include "node/base/http/request.h"
#include "node/base/task.h"
#include "node/services/actor.h"
#include "node/services/files.h"
#include "protocol/errors.h"
#include "protocol/ids.h"
#include "protocol/json/decode.h"

#include <boost/json/value.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace guildhall::rest {

using base::Task;
using protocol::Error;
using protocol::Result;

struct Route;

/// A file of a multipart body. `name` is the part's name (files[0]); bytes are owned by the Call.
struct UploadedFile {
    std::string name, filename;
    std::string bytes;
    /// Handed over by another node before, and kept already; `bytes` are empty.
    std::optional<services::StoredFile> kept = {};
};

struct Call {
    const Route* route = nullptr;
    /// 9 or 10.
    int version = 10;
    services::Actor actor;
    /// Path parameters in the order of the route's pattern, decoded.
    std::vector<std::string> params;
    base::http::Query query;
    /// The JSON body (or payload_json, or form fields as strings); null without one.
    boost::json::value body;
    std::vector<UploadedFile> files;
    /// Of the connection, for limits and session lists.
    std::string peer_address, user_agent;
    std::uint64_t request_id = 0;

    /// The parameter as a snowflake; the router has checked its form.
    template <class T>
    T id(std::size_t i) const {
        return protocol::parse_id<T>(params[i]).value_or(T{});
    }
    /// The body as a described request struct, or 50035 with every fault and its path.
    template <class T>
    Result<T> parse() const {
        return protocol::decode<T>(body);
    }
    /// The same where a body may be left out: then all its members are absent.
    template <class T>
    Result<T> parse_optional() const {
        if (body.is_null()) return T{};
        return protocol::decode<T>(body);
    }
};

struct Reply {
    int status = 200;
    /// JSON text; empty with 204.
    std::string json;
    std::vector<std::pair<std::string, std::string>> headers;

    static Reply ok(std::string json) { return {200, std::move(json), {}}; }
    static Reply created(std::string json) { return {201, std::move(json), {}}; }
    static Reply no_content() { return {204, {}, {}}; }
};

}  // namespace guildhall::rest
