#include "node/media/image_header.h"

#include "tests/catch.h"

#include <string>

using namespace guildhall;
using media::FileKind;
using namespace std::string_literals;

namespace {

std::string type_of(const std::string& bytes) {
    return std::string(media::sniff(bytes).content_type);
}

bool is(const FileKind& kind, std::string_view type, std::uint32_t width, std::uint32_t height) {
    CAPTURE(kind.content_type, kind.width, kind.height);
    CHECK(kind.content_type == type);
    CHECK(kind.width == width);
    CHECK(kind.height == height);
    return kind.animated;
}

const std::string kPng = "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x01\x02\0\0\0\x03\x08\x06\0\0\0"s;
const std::string kJpeg =
    "\xff\xd8\xff\xe0\0\x04xx\xff\xc4\0\x03x\xff\xc2\0\x0b\x08\x00\x10\x01\x20\x01xxx"s;

std::string webp(const std::string& chunk) {
    return "RIFF\x20\0\0\0WEBP"s + chunk + std::string(16, '\0');
}

}  // namespace

TEST_CASE("images tell their size and whether they move") {
    CHECK(!is(media::sniff(kPng), "image/png", 258, 3));
    CHECK(is(media::sniff(kPng + "\0\0\0\x08"
                                 "acTL"s),
             "image/png",
             258,
             3));
    CHECK(!is(media::sniff("GIF89a\x02\x01\x03\0\0\0\0"s), "image/gif", 258, 3));
    CHECK(is(media::sniff("GIF89a\x02\x01\x03\0\0\0\0!NETSCAPE2.0"s), "image/gif", 258, 3));
    CHECK(!is(media::sniff(kJpeg), "image/jpeg", 0x120, 0x10));
    CHECK(is(
        media::sniff(webp("VP8X\x0a\0\0\0\x02\0\0\0\x01\x01\0\x02\0\0"s)), "image/webp", 258, 3));
    CHECK(!is(media::sniff(webp("VP8L\x0a\0\0\0\x2f\x01\x81\0\0"s)), "image/webp", 258, 3));
    CHECK(!is(media::sniff(webp("VP8 \x0a\0\0\0\0\0\0\x9d\x01\x2a\x02\x01\x03\0"s)),
              "image/webp",
              258,
              3));
}

TEST_CASE("files are told by their first bytes, whatever they are called") {
    CHECK(type_of("\0\0\0\x20"
                  "ftypavif"s) == "image/avif");
    CHECK(type_of("\0\0\0\x20"
                  "ftypisom"s) == "video/mp4");
    CHECK(type_of("%PDF-1.7") == "application/pdf");
    CHECK(type_of("PK\x03\x04") == "application/zip");
    CHECK(type_of("RIFF\0\0\0\0WAVEfmt "s) == "audio/wav");
    CHECK(type_of("plain text\r\n\t") == "text/plain; charset=utf-8");
    CHECK(type_of("") == "application/octet-stream");
    CHECK(type_of("\x01\x02") == "application/octet-stream");
}

TEST_CASE("markup is never more than bytes") {
    for (const char* text : {"<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
                             "<!DOCTYPE html>",
                             "text, then <script>",
                             "<?xml version=\"1.0\"?>"}) {
        CHECK(type_of(text) == "application/octet-stream");
    }
    CHECK(!media::is_safe_inline("application/octet-stream"));
    CHECK(!media::is_safe_inline("image/svg+xml"));
    CHECK(!media::is_safe_inline("text/html"));
    CHECK(!media::is_safe_inline("application/pdf"));
    CHECK(media::is_safe_inline("image/png"));
    CHECK(media::is_safe_inline("text/plain; charset=utf-8"));
}

TEST_CASE("a header that ends early is no fault, wherever it ends") {
    for (const std::string& whole : {kPng,
                                     kJpeg,
                                     "GIF89a\x02\x01\x03\0\0\0\0"s,
                                     webp("VP8X\x0a\0\0\0\x02\0\0\0\x01\x01\0"s)}) {
        for (std::size_t n = 0; n < whole.size(); ++n) {
            const FileKind kind = media::sniff(whole.substr(0, n));
            CHECK(!kind.content_type.empty());
        }
    }
    // Segments without a length lead nowhere.
    const FileKind kind = media::sniff("\xff\xd8"s + std::string(100'000, '\xff'));
    CHECK(kind.content_type == "image/jpeg");
    std::string empty_segments = "\xff\xd8"s;
    for (int i = 0; i < 10'000; ++i) empty_segments += "\xff\xe0\0\0"s;
    CHECK(media::sniff(empty_segments).width == 0);
}
