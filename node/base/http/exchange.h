#pragma once
// One request on its way: parser, request and answer. Taken from the shard's pool when the first
// bytes of a head are whole, given back when the answer is written; while a handler works on it, it
// belongs to that handler's task, so that the client may go away meanwhile.

#include "node/base/clock.h"
#include "node/base/http/parser.h"
#include "node/base/http/request.h"
#include "node/base/http/response.h"

#include <memory>

namespace guildhall::base::http {

class Connection;

struct Exchange {
    Parser parser;
    Request request;
    Response response;
    /// Null when the connection is gone.
    Connection* connection = nullptr;
    std::size_t body_max = 0;
    bool keep_alive = true;
    Nanos started{0};
};

}  // namespace guildhall::base::http
