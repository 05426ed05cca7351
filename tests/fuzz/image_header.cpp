// Any bytes as a file that somebody attaches: its kind is one that we know, and never markup.
#include "node/media/image_header.h"

#include "protocol/check.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

using namespace guildhall;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const media::FileKind kind = media::sniff(bytes);
    CHECK(!kind.content_type.empty());
    CHECK(kind.content_type.find("svg") == kind.content_type.npos);
    CHECK(kind.content_type.find("html") == kind.content_type.npos);
    if (!kind.content_type.starts_with("image/")) CHECK(kind.width == 0 && kind.height == 0);
    return 0;
}
