#pragma once
// LocalPicture: a picture as a file, for what QML can only show from one: AnimatedImage. QML owns
// it; GUI thread.
//
//     LocalPicture { id: picture; source: "image://cdn/..." }
//     AnimatedImage { source: picture.path }

#include <QObject>
#include <QQmlEngine>
#include <QUrl>

namespace guildhall::client {

class LocalPicture : public QObject {
    Q_OBJECT
    QML_ELEMENT
    /// An image://cdn/ address; its options do not count, the file is the whole picture.
    Q_PROPERTY(QString source READ source WRITE setSource NOTIFY sourceChanged)
    /// Of the file; empty until it is there, and where there is none.
    Q_PROPERTY(QUrl path READ path NOTIFY pathChanged)

  public:
    using QObject::QObject;

    QString source() const { return source_; }
    void setSource(const QString& source);
    QUrl path() const { return path_; }

  signals:
    void sourceChanged();
    void pathChanged();

  private:
    void fetch();
    void set_path(const QUrl& path);

    QString source_;
    QUrl path_;
};

}  // namespace guildhall::client
