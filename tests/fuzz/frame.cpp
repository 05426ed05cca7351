// Any bytes as a frame. What decodes must come back the same from its own bytes.
#include "federation/frame.h"

#include <cstddef>
#include <cstdint>

using namespace guildhall::federation;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView bytes(data, size);
    if (const auto frame = decode_frame(bytes)) {
        if (!std::holds_alternative<frames::Unknown>(frame->body)) {
            const auto again = decode_frame(encode(*frame));
            CHECK(again && *again == *frame);
        }
        CHECK(!name_of(frame->body).empty());
    }
    if (const auto call = decode_api_call(bytes)) {
        const auto again = decode_api_call(encode(*call));
        CHECK(again && *again == *call);
    }
    return 0;
}
