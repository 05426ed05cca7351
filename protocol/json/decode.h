#pragma once
// Requests out of JSON. Only declarations: the codec (codec.h) is instantiated once per request, in
// protocol/api/*.cpp, so that a handler includes this and the request's header and compiles fast.
// Pure; any thread.

#include "protocol/result.h"

#include <boost/json/fwd.hpp>

#include <string_view>

namespace guildhall::protocol {

/// The request in a JSON tree, or 50035 with every fault that it has.
template <class T>
Result<T> decode(const boost::json::value& value);

/// The same from text; also the errors of parse_json().
template <class T>
Result<T> decode_text(std::string_view text);

}  // namespace guildhall::protocol
