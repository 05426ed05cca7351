#include "node/base/compress.h"

#include "protocol/check.h"

#include <algorithm>
#include <zlib.h>

namespace guildhall::base {
namespace {

constexpr int kMemoryLevel = 8;
constexpr std::size_t kStoredMax = 65535;
constexpr std::size_t kChunk = 16 * 1024;

/// zlib's own encoding of the three formats.
int window_bits(Deflate format) {
    switch (format) {
        case Deflate::raw:
            return -MAX_WBITS;
        case Deflate::zlib:
            return MAX_WBITS;
        case Deflate::gzip:
            return MAX_WBITS + 16;
    }
    return MAX_WBITS;
}

void set_input(z_stream& z, std::string_view data) {
    z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(data.data()));
    z.avail_in = static_cast<uInt>(data.size());
}

std::string deflate_with(std::string_view data, Deflate format, int level, int flush) {
    z_stream z{};
    CHECK(deflateInit2(
              &z, level, Z_DEFLATED, window_bits(format), kMemoryLevel, Z_DEFAULT_STRATEGY) ==
          Z_OK);
    // The bound does not count the empty block of a flush.
    std::string out(deflateBound(&z, data.size()) + 16, '\0');
    set_input(z, data);
    z.next_out = reinterpret_cast<Bytef*>(out.data());
    z.avail_out = static_cast<uInt>(out.size());
    const int result = ::deflate(&z, flush);
    CHECK(flush == Z_FINISH ? result == Z_STREAM_END : result == Z_OK);
    CHECK(z.avail_in == 0);
    out.resize(out.size() - z.avail_out);
    deflateEnd(&z);
    return out;
}

}  // namespace

std::string deflate(std::string_view data, Deflate format, int level) {
    return deflate_with(data, format, level, Z_FINISH);
}

Result<std::string> inflate(std::string_view data, Deflate format, std::size_t bytes_max) {
    z_stream z{};
    CHECK(inflateInit2(&z, window_bits(format)) == Z_OK);
    set_input(z, data);
    std::string out;
    int result = Z_OK;
    while (result == Z_OK && out.size() <= bytes_max) {
        const std::size_t before = out.size();
        out.resize(before + std::min(kChunk, bytes_max + 1 - before));
        z.next_out = reinterpret_cast<Bytef*>(out.data() + before);
        z.avail_out = static_cast<uInt>(out.size() - before);
        result = ::inflate(&z, Z_NO_FLUSH);
        out.resize(out.size() - z.avail_out);
    }
    const bool whole = result == Z_STREAM_END && z.avail_in == 0;
    inflateEnd(&z);
    if (out.size() > bytes_max) return Error{.message = "compressed data is longer than allowed"};
    if (!whole) return Error{.message = "compressed data is damaged"};
    return out;
}

std::string_view zlib_stream_header() { return "\x78\x9c"; }

std::string shared_segment(std::string_view data, int level) {
    return deflate_with(data, Deflate::raw, level, Z_FULL_FLUSH);
}

void append_stored(std::string& out, std::string_view data) {
    while (!data.empty()) {
        const auto n = std::min(data.size(), kStoredMax);
        const char header[5] = {0,
                                static_cast<char>(n & 0xff),
                                static_cast<char>(n >> 8),
                                static_cast<char>(~n & 0xff),
                                static_cast<char>(~n >> 8 & 0xff)};
        out.append(header, sizeof header);
        out.append(data.substr(0, n));
        data.remove_prefix(n);
    }
}

void append_stored_message(std::string& out, std::string_view data) {
    append_stored(out, data);
    out.append("\x00\x00\x00\xff\xff", 5);
}

}  // namespace guildhall::base
