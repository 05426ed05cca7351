// Any bytes as what people write: mentions, emojis, names, moments, data URIs, JSON strings.
#include "protocol/check.h"
#include "protocol/content.h"
#include "protocol/data_uri.h"
#include "protocol/json/reader.h"
#include "protocol/json/writer.h"
#include "protocol/timestamp.h"
#include "protocol/utf8.h"

#include <boost/json/string.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using namespace guildhall::protocol;

namespace {

void check_text(std::string_view text) {
    auto inner = trim(text);
    CHECK(trim(inner) == inner);
    CHECK(code_points(first_code_points(text, 5)) <= 5);
    CHECK(fits(text, code_points(text)));
    auto name = normalise_channel_name(text, ChannelType::text);
    CHECK(is_valid_utf8(name));
    parse_mentions(text);
    std::string quoted;
    append_json_string(quoted, text);
    auto back = parse_json(quoted);
    CHECK(back);
    CHECK(std::string_view(back->get_string()) == text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view bytes(reinterpret_cast<const char*>(data), size);
    parse_emoji(bytes);
    parse_data_uri(bytes);
    CHECK(*decode_base64(encode_base64url(bytes)) == bytes);
    if (auto moment = parse_timestamp(bytes)) {
        CHECK(parse_timestamp(format_timestamp(moment->ms)) == moment);
    }
    if (is_valid_utf8(bytes)) check_text(bytes);
    return 0;
}
