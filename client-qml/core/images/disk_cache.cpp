#include "client-qml/core/images/disk_cache.h"

#include "client-qml/core/images/decode.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QUrlQuery>

#include <algorithm>
#include <vector>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

constexpr int kFilesMax = 20'000;
constexpr qsizetype kNameLength = 64;  // of SHA-256

bool is_name(const QString& name) {
    return name.size() == kNameLength && std::ranges::all_of(name, [](QChar c) {
               return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f');
           });
}

}  // namespace

DiskCache::DiskCache(QString folder, qint64 bytes_max)
    : folder_(std::move(folder)), bytes_max_(bytes_max) {}

/// On first use, so that a start does not wait for a folder of thousands of files.
void DiskCache::open() {
    if (is_open_) return;
    is_open_ = true;
    if (!QDir(folder_).exists() && QDir().mkpath(folder_)) {
        QFile::setPermissions(folder_, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    const QFileInfoList files =
        QDir(folder_).entryInfoList(QDir::Files | QDir::Hidden, QDir::Time | QDir::Reversed);
    for (const QFileInfo& file : files) {
        if (!is_name(file.fileName())) {
            QFile::remove(file.filePath());  // half written when the program ended
            continue;
        }
        entries_[file.fileName()] = {file.size(), ++uses_};
        bytes_ += file.size();
    }
    make_room();
}

/// Signatures of attachments change while the file stays the same.
QString DiskCache::name_of(const QUrl& url) {
    QUrl plain = url;
    QUrlQuery query(plain);
    if (plain.path().contains(u"/attachments/"_s)) {
        for (const auto& key : {u"ex"_s, u"is"_s, u"hm"_s}) query.removeAllQueryItems(key);
        plain.setQuery(query);
    }
    const QByteArray hash = QCryptographicHash::hash(plain.toEncoded(), QCryptographicHash::Sha256);
    return QString::fromLatin1(hash.toHex());
}

QByteArray DiskCache::read(const QUrl& url) {
    const QString path = path_of(url);
    QFile file(path);
    if (path.isEmpty() || !file.open(QFile::ReadWrite)) {
        remove(url);
        return {};
    }
    // The next start orders by it.
    file.setFileTime(QDateTime::currentDateTimeUtc(), QFileDevice::FileModificationTime);
    return file.read(kImageBytesMax);
}

QString DiskCache::path_of(const QUrl& url) {
    open();
    const auto entry = entries_.find(name_of(url));
    if (entry == entries_.end()) return {};
    entry->used = ++uses_;
    return folder_ + u'/' + entry.key();
}

void DiskCache::write(const QUrl& url, const QByteArray& bytes) {
    open();
    if (bytes.size() > bytes_max_ / 2) return;
    const QString name = name_of(url);
    remove(url);
    QSaveFile file(folder_ + u'/' + name);
    if (!file.open(QFile::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit()) return;
    entries_[name] = {bytes.size(), ++uses_};
    bytes_ += bytes.size();
    make_room();
}

void DiskCache::remove(const QUrl& url) {
    const auto entry = entries_.find(name_of(url));
    if (entry == entries_.end()) return;
    bytes_ -= entry->bytes;
    QFile::remove(folder_ + u'/' + entry.key());
    entries_.erase(entry);
}

qint64 DiskCache::bytes() {
    open();
    return bytes_;
}

/// Down to nine tenths, so that not every picture costs a search.
void DiskCache::make_room() {
    if (bytes_ <= bytes_max_ && entries_.size() <= kFilesMax) return;
    std::vector<std::pair<qint64, QString>> oldest;
    for (auto i = entries_.cbegin(); i != entries_.cend(); ++i)
        oldest.emplace_back(i->used, i.key());
    std::ranges::sort(oldest);
    for (const auto& [used, name] : oldest) {
        if (bytes_ <= bytes_max_ / 10 * 9 && entries_.size() <= kFilesMax / 10 * 9) break;
        bytes_ -= entries_.take(name).bytes;
        QFile::remove(folder_ + u'/' + name);
    }
}

}  // namespace guildhall::client
