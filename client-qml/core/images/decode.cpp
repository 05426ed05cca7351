#include "client-qml/core/images/decode.h"

#include <QBrush>
#include <QBuffer>
#include <QImageReader>
#include <QMutex>
#include <QMutexLocker>
#include <QPainter>
#include <QtEndian>

#include <algorithm>
#include <zlib.h>

namespace guildhall::client {

namespace {

constexpr qint64 kLargePixels = 4 << 20;

bool fits(QSize size) {
    return size.width() > 0 && size.height() > 0 && size.width() <= kImageSideMax &&
           size.height() <= kImageSideMax &&
           qint64(size.width()) * size.height() <= kImagePixelsMax;
}

/// What to decode to: within the box, or around it where the box will be cut out.
QSize target_of(QSize size, QSize box, bool cut) {
    if (box.width() <= 0) box.setWidth(cut && box.height() > 0 ? box.height() : size.width());
    if (box.height() <= 0) box.setHeight(cut ? box.width() : size.height());
    const QSize scaled =
        size.scaled(box, cut ? Qt::KeepAspectRatioByExpanding : Qt::KeepAspectRatio);
    if (scaled.width() >= size.width() || scaled.height() >= size.height()) return size;
    return {std::max(scaled.width(), 1), std::max(scaled.height(), 1)};
}

/// Whether the parts of a PNG are whole. The library behind the decoder writes what it finds wrong
/// to the standard error, whoever sent it.
bool is_whole_png(const QByteArray& bytes) {
    constexpr qsizetype kSignature = 8, kAround = 12;  // of a part: length, name, checksum
    for (qsizetype at = kSignature; at + kAround <= bytes.size();) {
        const auto length = qFromBigEndian<quint32>(bytes.constData() + at);
        if (length > quint64(bytes.size() - at - kAround)) return false;
        const auto* named = reinterpret_cast<const Bytef*>(bytes.constData() + at + 4);
        const auto sum = qFromBigEndian<quint32>(bytes.constData() + at + 8 + length);
        if (crc32(0, named, length + 4) != sum) return false;
        if (bytes.sliced(at + 4, 4) == "IEND") return true;
        at += kAround + qsizetype(length);
    }
    return false;
}

QImage rounded(const QImage& image, int side, double round) {
    const int shorter = std::min(image.width(), image.height());
    const int wanted = side > 0 ? std::min(side, shorter) : shorter;
    const QRect middle((image.width() - wanted) / 2, (image.height() - wanted) / 2, wanted, wanted);
    QImage result(wanted, wanted, QImage::Format_ARGB32_Premultiplied);
    result.fill(Qt::transparent);
    QPainter painter(&result);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QBrush(image.copy(middle)));
    painter.drawRoundedRect(QRectF(0, 0, wanted, wanted), wanted * round, wanted * round);
    return result;
}

QImage read(QImageReader& reader, QSize size) {
    QImage image;
    if (qint64(size.width()) * size.height() < kLargePixels) return reader.read();
    // Two of the largest at once would take half a gigabyte.
    static QMutex one_at_a_time;
    const QMutexLocker lock(&one_at_a_time);
    return reader.read();
}

}  // namespace

QByteArray image_format(const QByteArray& bytes) {
    if (bytes.startsWith("\x89PNG\r\n\x1a\n")) return is_whole_png(bytes) ? "png" : "";
    if (bytes.startsWith("\xff\xd8\xff")) return "jpeg";
    if (bytes.startsWith("GIF87a") || bytes.startsWith("GIF89a")) return "gif";
    if (bytes.startsWith("RIFF") &&
        bytes.sliced(std::min<qsizetype>(8, bytes.size())).startsWith("WEBP")) {
        return "webp";
    }
    return {};
}

bool is_fit_image(const QByteArray& bytes) {
    const QByteArray format = image_format(bytes);
    if (format.isEmpty() || bytes.size() > kImageBytesMax) return false;
    QBuffer buffer;
    buffer.setData(bytes);
    if (!buffer.open(QBuffer::ReadOnly)) return false;
    QImageReader reader(&buffer, format);
    reader.setAutoDetectImageFormat(false);
    return fits(reader.size());
}

QImage decode_image(const QByteArray& bytes, QSize box, double round) {
    const QByteArray format = image_format(bytes);
    if (format.isEmpty() || bytes.size() > kImageBytesMax) return {};
    QBuffer buffer;
    buffer.setData(bytes);
    if (!buffer.open(QBuffer::ReadOnly)) return {};
    QImageReader reader(&buffer, format);
    reader.setAutoDetectImageFormat(false);
    reader.setAutoTransform(true);
    QSize size = reader.size();
    if (!fits(size)) return {};
    const bool turned = (reader.transformation() & QImageIOHandler::TransformationRotate90) != 0;
    if (turned) size.transpose();
    QSize target = target_of(size, box, round > 0);
    if (target != size) {
        // Scaling comes before turning.
        if (turned) target.transpose();
        reader.setScaledSize(target);
    }
    QImage image = read(reader, size);
    // Some decoders do not know their size beforehand, or lie.
    if (image.isNull() || !fits(image.size())) return {};
    if (round > 0) {
        const int side = box.width() > 0 && box.height() > 0 ? std::min(box.width(), box.height())
                                                             : std::max(box.width(), box.height());
        return rounded(image, side, std::min(round, 0.5));
    }
    const auto wanted =
        image.hasAlphaChannel() ? QImage::Format_ARGB32_Premultiplied : QImage::Format_RGB32;
    image.convertTo(wanted);
    return image;
}

}  // namespace guildhall::client
