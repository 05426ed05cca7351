#include "protocol/json/reader.h"

#include "protocol/errors.h"

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>

#include <algorithm>

namespace guildhall::protocol {

namespace json = boost::json;

Result<json::value> parse_json(std::string_view text, std::size_t bytes_max) {
    if (text.size() > bytes_max) return make_error(kRequestEntityTooLarge);
    // A value takes 24 bytes of memory and may take 2 of text; siblings are parted by commas, so
    // their number bounds the tree before any of it exists.
    if (std::ranges::count(text, ',') > static_cast<std::ptrdiff_t>(limits::kJsonValuesMax)) {
        return make_error(kRequestEntityTooLarge);
    }
    json::parse_options options;
    options.max_depth = limits::kJsonDepthMax;
    auto arena = json::make_shared_resource<json::monotonic_resource>(
        std::clamp<std::size_t>(text.size() * 2, 1024, 256u << 10));
    boost::system::error_code ec;
    auto value = json::parse(text, ec, std::move(arena), options);
    if (ec) return make_error(kRequestBodyContainsInvalidJSON);
    return value;
}

}  // namespace guildhall::protocol
