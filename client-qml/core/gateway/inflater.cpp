#include "client-qml/core/gateway/inflater.h"

#include <utility>
#include <zlib.h>

namespace guildhall::client {

struct Inflater::Stream {
    z_stream z{};
    bool usable = false;
    Stream() { usable = inflateInit(&z) == Z_OK; }
    ~Stream() { inflateEnd(&z); }
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;
};

Inflater::Inflater(qsizetype bytes_max)
    : stream_(std::make_unique<Stream>()), bytes_max_(bytes_max) {}

Inflater::~Inflater() = default;

Inflater::Got Inflater::feed(const QByteArray& bytes) {
    if (!stream_->usable) return Got::broken;
    z_stream& z = stream_->z;
    z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.constData()));
    z.avail_in = uInt(bytes.size());
    char room[32 * 1024];
    do {
        z.next_out = reinterpret_cast<Bytef*>(room);
        z.avail_out = sizeof(room);
        const int result = inflate(&z, Z_SYNC_FLUSH);
        // A stream that ends is none of ours: the context lasts as long as the connection.
        if (result != Z_OK && result != Z_BUF_ERROR) {
            return give_up();
        }
        const qsizetype got = qsizetype(sizeof(room) - z.avail_out);
        if (message_.size() + got > bytes_max_) return give_up();
        message_.append(room, got);
        if (result == Z_BUF_ERROR) break;  // nothing is left to do
    } while (z.avail_out == 0 || z.avail_in > 0);
    tail_ = (tail_ + bytes.right(4)).right(4);
    return tail_ == QByteArrayView("\x00\x00\xff\xff", 4) ? Got::message : Got::more;
}

Inflater::Got Inflater::give_up() {
    stream_->usable = false;
    message_ = {};
    return Got::broken;
}

QByteArray Inflater::take() { return std::exchange(message_, {}); }

}  // namespace guildhall::client
