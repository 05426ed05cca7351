#include "tests/bench/load/inflater.h"

#include "tests/bench/common/support.h"

namespace guildhall::bench {

Inflater::Inflater() {
    if (inflateInit(&stream_) != Z_OK) die("inflateInit");
}

Inflater::~Inflater() { inflateEnd(&stream_); }

std::string_view Inflater::inflate_message(std::string_view bytes) {
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream_.avail_in = static_cast<uInt>(bytes.size());
    std::size_t size = 0;
    do {
        if (text_.size() - size < 4096) text_.resize(text_.size() * 2 + 16384);
        const auto space = text_.size() - size;
        stream_.next_out = reinterpret_cast<Bytef*>(text_.data() + size);
        stream_.avail_out = static_cast<uInt>(space);
        const int result = inflate(&stream_, Z_SYNC_FLUSH);
        if (result != Z_OK && result != Z_BUF_ERROR) die("a zlib stream does not inflate");
        size += space - stream_.avail_out;
    } while (stream_.avail_in > 0 || stream_.avail_out == 0);
    return {text_.data(), size};
}

bool ends_zlib_message(std::string_view bytes) {
    return bytes.ends_with(std::string_view("\0\0\xff\xff", 4));
}

}  // namespace guildhall::bench
