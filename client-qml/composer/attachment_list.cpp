#include "client-qml/composer/attachment_list.h"

#include "client-qml/core/text/bidi.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QImageReader>
#include <QLocale>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kBytesMax = qint64(512) << 20;  // nodes allow far less, and say so
constexpr int kDescriptionMax = 1'024;

}  // namespace

void AttachmentList::add(const QList<QUrl>& files) {
    for (const QUrl& url : files) {
        if (!url.isLocalFile()) {
            emit refused(tr("Only files of this computer can be attached."));
        } else if (!add_file(url.toLocalFile())) {
            return;
        }
    }
}

bool AttachmentList::add_file(const QString& path) {
    const QFileInfo info(path);
    const QString name = text::safe_name(info.fileName());
    if (files_.size() >= kFilesMax) {
        emit refused(tr("A message can have %1 files.").arg(kFilesMax));
        return false;
    }
    if (!info.isFile() || !info.isReadable()) {
        emit refused(tr("%1 cannot be read.").arg(name));
        return true;
    }
    if (info.size() > kBytesMax) {
        emit refused(tr("%1 is too large.").arg(name));
        return true;
    }
    File file;
    file.upload.path = info.absoluteFilePath();
    file.upload.name = name;
    file.bytes = info.size();
    file.is_picture = !QImageReader::imageFormat(path).isEmpty();
    beginInsertRows({}, rowCount(), rowCount());
    files_.push_back(std::move(file));
    endInsertRows();
    emit countChanged();
    return true;
}

QString AttachmentList::keep_picture(const QImage& picture, const QString& folder) {
    if (folder.isEmpty() || picture.isNull() || picture.sizeInBytes() > kBytesMax) return {};
    const QString stamp = QDateTime::currentDateTime().toString(u"yyyyMMdd-hhmmss-zzz"_s);
    const QString path = QDir(folder).absoluteFilePath(u"picture-%1.png"_s.arg(stamp));
    if (!QDir().mkpath(folder) || !picture.save(path, "PNG")) {
        QFile::remove(path);  // half of it
        emit refused(tr("The picture could not be kept: the disk is full or cannot be written."));
        return {};
    }
    kept_.insert(path);
    return path;
}

void AttachmentList::remove(int row) {
    if (row < 0 || row >= rowCount()) return;
    const QString path = files_[std::size_t(row)].upload.path;
    if (kept_.remove(path)) QFile::remove(path);
    beginRemoveRows({}, row, row);
    files_.erase(files_.begin() + row);
    endRemoveRows();
    emit countChanged();
}

void AttachmentList::describe(int row, const QString& description) {
    if (row < 0 || row >= rowCount()) return;
    files_[std::size_t(row)].upload.description = text::safe_text(description, kDescriptionMax);
    emit dataChanged(index(row), index(row), {DescriptionRole});
}

void AttachmentList::setSpoiler(int row, bool spoiler) {
    if (row < 0 || row >= rowCount()) return;
    files_[std::size_t(row)].upload.spoiler = spoiler;
    emit dataChanged(index(row), index(row), {SpoilerRole});
}

std::vector<UploadFile> AttachmentList::uploads() const {
    std::vector<UploadFile> all;
    for (const File& one : files_) all.push_back(one.upload);
    return all;
}

AttachmentList::Files AttachmentList::exchange(Files files) {
    if (files.empty() && files_.empty()) return {};
    beginResetModel();
    files_.swap(files);
    endResetModel();
    emit countChanged();
    return files;
}

int AttachmentList::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(files_.size());
}

QVariant AttachmentList::data(const QModelIndex& index, int role) const {
    if (index.row() < 0 || index.row() >= rowCount()) return {};
    const File& file = files_[std::size_t(index.row())];
    switch (role) {
        case NameRole:
            return file.upload.name;
        case SizeRole:
            return QLocale().formattedDataSize(file.bytes);
        case PictureRole:
            return file.is_picture ? QUrl::fromLocalFile(file.upload.path) : QUrl();
        case DescriptionRole:
            return file.upload.description;
        case SpoilerRole:
            return file.upload.spoiler;
        default:
            return {};
    }
}

QHash<int, QByteArray> AttachmentList::roleNames() const {
    return {{NameRole, "name"},
            {SizeRole, "size"},
            {PictureRole, "picture"},
            {DescriptionRole, "description"},
            {SpoilerRole, "spoiler"}};
}

}  // namespace guildhall::client
