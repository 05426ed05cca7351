#include "client-qml/settings/model/image_cropper.h"

#include <QBuffer>
#include <QClipboard>
#include <QGuiApplication>
#include <QImageReader>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

constexpr int kSide = 512;       // what the largest avatar is shown at, on a dense screen
constexpr int kShownSide = 640;  // of the copy in the editor
constexpr qint64 kPixelsMax = 100'000'000;    // 400 MB decoded; a phone's photo has 50 million
constexpr qsizetype kBytesMax = 256 * 1'024;  // a PNG above this becomes a JPEG
constexpr double kZoomMax = 8;

QByteArray encoded(const QImage& image, const char* format, int quality) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, format, quality);
    return bytes;
}

}  // namespace

QString data_uri(const QImage& image, qsizetype bytes_max) {
    const QByteArray png = encoded(image, "PNG", -1);
    if (png.size() <= bytes_max || image.hasAlphaChannel()) {
        return u"data:image/png;base64,"_s + QString::fromLatin1(png.toBase64());
    }
    return u"data:image/jpeg;base64,"_s +
           QString::fromLatin1(encoded(image, "JPEG", 88).toBase64());
}

void ImageCropper::setSource(const QUrl& source) {
    if (source == source_) return;
    clear();
    source_ = source;
    if (source.isEmpty()) return emit changed();
    QImageReader reader(source.toLocalFile());
    reader.setAutoTransform(true);
    const QSize size = reader.size();
    const bool fits = size.isValid() && qint64(size.width()) * size.height() <= kPixelsMax;
    if (!reader.canRead()) {
        error_ = tr("This is no picture that can be read here.");
    } else if (!fits) {
        error_ = tr("This picture is too large.");
    } else {
        // Scaled while it is read, where the format can: a photo needs a hundredth of its memory.
        const QSize small = size.scaled(4 * kSide, 4 * kSide, Qt::KeepAspectRatioByExpanding);
        if (small.width() < size.width()) reader.setScaledSize(small);
        take(reader.read());
        if (!ready()) error_ = tr("This picture is damaged.");
    }
    emit changed();
}

void ImageCropper::take(const QImage& image) {
    image_ = image;
    if (image.isNull()) return;
    const bool large = std::max(image.width(), image.height()) > kShownSide;
    const QImage small =
        large ? image.scaled(kShownSide, kShownSide, Qt::KeepAspectRatio, Qt::SmoothTransformation)
              : image;
    shown_ = data_uri(small, kBytesMax);
}

void ImageCropper::clear() {
    source_.clear();
    image_ = {};
    error_.clear();
    shown_.clear();
    zoom_ = 1;
    center_ = {0.5, 0.5};
    emit changed();
}

bool ImageCropper::paste() {
    const QImage image = QGuiApplication::clipboard()->image();
    if (image.isNull() || qint64(image.width()) * image.height() > kPixelsMax) return false;
    clear();
    take(image);
    emit changed();
    return true;
}

QRectF ImageCropper::kept() const {
    if (!ready()) return {0, 0, 1, 1};
    const double side = std::min(image_.width(), image_.height()) / zoom_;
    const QSizeF part(side / image_.width(), side / image_.height());
    const double x = std::clamp(center_.x() - part.width() / 2, 0.0, 1 - part.width());
    const double y = std::clamp(center_.y() - part.height() / 2, 0.0, 1 - part.height());
    return {QPointF(x, y), part};
}

void ImageCropper::setZoom(double zoom) {
    zoom_ = std::clamp(zoom, 1.0, kZoomMax);
    emit changed();
}

void ImageCropper::pan(double dx, double dy) {
    const QRectF now = kept();
    center_ = now.center() + QPointF(dx * now.width(), dy * now.height());
    center_ = {std::clamp(center_.x(), now.width() / 2, 1 - now.width() / 2),
               std::clamp(center_.y(), now.height() / 2, 1 - now.height() / 2)};
    emit changed();
}

QString ImageCropper::result() const {
    if (!ready()) return {};
    const QRectF part = kept();
    const QRect pixels(int(part.x() * image_.width()),
                       int(part.y() * image_.height()),
                       std::max(1, int(part.width() * image_.width())),
                       std::max(1, int(part.height() * image_.height())));
    const QImage square = image_.copy(pixels);
    const int side = std::min(kSide, square.width());
    return data_uri(square.scaled(side, side, Qt::IgnoreAspectRatio, Qt::SmoothTransformation),
                    kBytesMax);
}

}  // namespace guildhall::client
