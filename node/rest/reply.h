#pragma once
// Answers of handlers, written straight to text. Any thread.

#include "node/rest/call.h"
#include "protocol/json/writer.h"

namespace guildhall::rest {

/// The answer that `write(JsonWriter&)` writes.
template <class Write>
Reply written(Write write, int status = 200) {
    Reply reply;
    reply.status = status;
    protocol::JsonWriter w(reply.json);
    write(w);
    return reply;
}

}  // namespace guildhall::rest
