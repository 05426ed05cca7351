// Any bytes as a multipart body, an urlencoded form and header values.
#include "node/base/http/form.h"
#include "node/base/http/multipart.h"
#include "protocol/check.h"

#include <cstddef>
#include <cstdint>
#include <string>

using namespace guildhall::base::http;

namespace {

void check_multipart(std::string_view body) {
    MultipartLimits limits;
    limits.parts_max = 8;
    const auto parts = parse_multipart(body, "b", limits);
    if (!parts) {
        CHECK(!parts.error().message.empty());
        return;
    }
    CHECK(parts->size() <= limits.parts_max);
    for (const Part& part : *parts) {
        CHECK(part.content.empty() ||
              (part.content.data() >= body.data() &&
               part.content.data() + part.content.size() <= body.data() + body.size()));
        CHECK(part.content.find("\r\n--b") == part.content.npos);
    }
}

void check_form(std::string_view body) {
    const Query query = parse_form(body);
    CHECK(query.pairs().size() <= Query::kPairsMax);
    for (const auto& [name, value] : query.pairs()) {
        CHECK(percent_decode(percent_encode(name)) == name);
        CHECK(query.has(name));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    check_multipart(text);
    check_form(text);
    multipart_boundary(text);
    header_parameter(text, "filename");
    return 0;
}
