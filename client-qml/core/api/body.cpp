#include "client-qml/core/api/body.h"

#include <QFileInfo>

#include <cstring>

namespace guildhall::client {

void Body::add(const QByteArray& bytes) {
    if (bytes.isEmpty()) return;
    size_ += bytes.size();
    pieces_.push_back({bytes, nullptr, bytes.size()});
}

bool Body::add_file(const QString& path) {
    // A device or a pipe would never end.
    if (!QFileInfo(path).isFile()) return false;
    auto file = std::make_unique<QFile>(path);
    if (!file->open(QIODevice::ReadOnly)) return false;
    const qint64 bytes = file->size();
    if (bytes == 0) return true;
    size_ += bytes;
    pieces_.push_back({{}, std::move(file), bytes});
    return true;
}

qint64 Body::readData(char* data, qint64 most) {
    was_read_ = true;
    if (piece_ == pieces_.size()) return -1;
    Piece& piece = pieces_[piece_];
    qint64 got = std::min(most, piece.size - within_);
    if (piece.file) {
        got = piece.file->read(data, got);
        if (got <= 0) return -1;
    } else {
        std::memcpy(data, piece.bytes.constData() + within_, std::size_t(got));
    }
    within_ += got;
    at_ += got;
    if (within_ == piece.size) {
        piece = {};
        ++piece_;
        within_ = 0;
    }
    return got;
}

}  // namespace guildhall::client
