#pragma once
// What the tests of requests share.

#include "protocol/json/decode.h"
#include "tests/catch.h"

#include <string>
#include <string_view>

namespace guildhall::protocol {

/// The faults of a body as `path CODE;`, or "none".
template <class T>
std::string faults(std::string_view text) {
    auto result = decode_text<T>(text);
    if (result) return "none";
    std::string out;
    for (const auto& field : result.error().fields) out += field.path + " " + field.code + ";";
    if (out.empty()) out = "error " + std::to_string(result.error().code);
    return out;
}

}  // namespace guildhall::protocol
