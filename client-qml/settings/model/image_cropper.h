#pragma once
// ImageCropper: a picture of the disk or the clipboard, cut to a square and made small enough for
// an icon or avatar, as the data URI that the API takes. What is no picture, or far too large a
// one, is refused before it is decoded. Created by QML; GUI thread.

#include <QImage>
#include <QObject>
#include <QRectF>
#include <QUrl>
#include <QtQml/qqmlregistration.h>

namespace guildhall::client {

class ImageCropper : public QObject {
    Q_OBJECT
    QML_ELEMENT
    /// A local file.
    Q_PROPERTY(QUrl source READ source WRITE setSource NOTIFY changed)
    Q_PROPERTY(bool ready READ ready NOTIFY changed)
    Q_PROPERTY(QString error READ error NOTIFY changed)
    /// 1: as much as fits.
    Q_PROPERTY(double zoom READ zoom WRITE setZoom NOTIFY changed)
    /// Of the picture, 0 to 1: what the square keeps.
    Q_PROPERTY(QRectF kept READ kept NOTIFY changed)
    /// A small copy to show, as an address.
    Q_PROPERTY(QString shown READ shown NOTIFY changed)

  public:
    explicit ImageCropper(QObject* parent = nullptr) : QObject(parent) {}

    QUrl source() const { return source_; }
    void setSource(const QUrl& source);
    bool ready() const { return !image_.isNull(); }
    QString error() const { return error_; }
    double zoom() const { return zoom_; }
    void setZoom(double zoom);
    QRectF kept() const;
    QString shown() const { return shown_; }

    /// Shifts the square by parts of its own side.
    Q_INVOKABLE void pan(double dx, double dy);
    /// Returns whether the clipboard had a picture.
    Q_INVOKABLE bool paste();
    Q_INVOKABLE void clear();
    /// The data URI: PNG of 512 x 512, or a JPEG where that is much smaller.
    Q_INVOKABLE QString result() const;

  signals:
    void changed();

  private:
    void take(const QImage& image);

    QUrl source_;
    QImage image_;
    QString error_, shown_;
    double zoom_ = 1;
    QPointF center_{0.5, 0.5};
};

/// An image as a data URI of at most `bytes_max`, JPEG where a PNG would be larger.
QString data_uri(const QImage& image, qsizetype bytes_max);

}  // namespace guildhall::client
