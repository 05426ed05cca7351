#pragma once
// The product's version, as `guildhall --version`, /openapi.json and the pages say it. A test holds
// it against the one in CMakeLists.txt.

#include <string_view>

namespace guildhall::base {

inline constexpr std::string_view kVersion = "0.1.0";

}  // namespace guildhall::base
