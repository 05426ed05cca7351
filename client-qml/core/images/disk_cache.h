#pragma once
// DiskCache: files of pictures by their addresses, in a folder of their own, within a bound: what
// was used longest ago goes first. Thread of the fetcher.

#include <QByteArray>
#include <QHash>
#include <QString>
#include <QUrl>

namespace guildhall::client {

class DiskCache final {
  public:
    DiskCache(QString folder, qint64 bytes_max);

    /// Empty: not there.
    QByteArray read(const QUrl& url);
    void write(const QUrl& url, const QByteArray& bytes);
    void remove(const QUrl& url);
    /// Where it lies; empty: not there.
    QString path_of(const QUrl& url);
    qint64 bytes();

  private:
    struct Entry {
        qint64 bytes = 0;
        qint64 used = 0;  // a count, later ones are greater
    };

    void open();
    void make_room();
    static QString name_of(const QUrl& url);

    const QString folder_;
    const qint64 bytes_max_;
    QHash<QString, Entry> entries_;  // by file name
    qint64 bytes_ = 0, uses_ = 0;
    bool is_open_ = false;
};

}  // namespace guildhall::client
