#pragma once
// Cap'n Proto 0.9.2 declares no reversed comparison of C strings with kj::StringPtr, which C++20's
// rewritten operators then find ambiguous. Included before any capnp header.
#include <kj/string.h>

namespace kj {
inline bool operator==(const char* a, const StringPtr& b) { return b.operator==(StringPtr(a)); }
}  // namespace kj
