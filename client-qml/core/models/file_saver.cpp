#include "client-qml/core/models/file_saver.h"

#include "client-qml/core/text/bidi.h"
#include "client-qml/core/text/file_name.h"
#include "client-qml/core/text/links.h"

#include <QDir>
#include <QFileInfo>
#include <QLocale>
#include <QStandardPaths>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

using End = Downloader::End;

constexpr int kNumberMax = 1'000;  // of "name (2)": then the folder is no place for more

bool is_at(const QUrl& node, const QUrl& url) {
    const auto port = [](const QUrl& one) {
        return one.port(one.scheme() == "https"_L1 ? 443 : 80);
    };
    return node.scheme() == url.scheme() && node.host() == url.host() && port(node) == port(url);
}

/// A name that nothing in the folder has; empty where there is none.
QString free_path(const QDir& folder, const QString& name) {
    if (!folder.exists(name)) return folder.filePath(name);
    for (int number = 2; number <= kNumberMax; ++number) {
        const QString other = text::numbered_file_name(name, number);
        if (!folder.exists(other)) return folder.filePath(other);
    }
    return {};
}

QString why(End end) {
    switch (end) {
        case End::missing:
            return FileSaver::tr("The file is no longer there.");
        case End::refused:
            return FileSaver::tr("You may not have this file.");
        case End::server:
            return FileSaver::tr("The place where the file lies has a problem.");
        case End::lost:
            return FileSaver::tr("The connection was lost.");
        case End::insecure:
            return FileSaver::tr("The place where the file lies could not prove who it is.");
        case End::redirected:
            return FileSaver::tr("The file's address leads to another place.");
        case End::too_long:
            return FileSaver::tr("The file is larger than was said. It was not kept.");
        case End::exists:
            return FileSaver::tr("Another file of this name came to be there.");
        case End::no_room:
            return FileSaver::tr("There is not enough room on the disk.");
        case End::disk:
            return FileSaver::tr("The file cannot be written there.");
        default:
            return {};
    }
}

}  // namespace

FileSaver::FileSaver(QObject* parent)
    : QAbstractListModel(parent),
      folder_(QStandardPaths::writableLocation(QStandardPaths::DownloadLocation)) {
    connect(&downloader_, &Downloader::progressed, this, &FileSaver::on_progressed);
    connect(&downloader_, &Downloader::ended, this, &FileSaver::on_ended);
}

void FileSaver::setAccount(Account* account) {
    if (account == account_) return;
    account_ = account;
    emit accountChanged();
}

void FileSaver::setFolder(const QString& folder) {
    if (folder == folder_) return;
    folder_ = folder;
    emit folderChanged();
}

void FileSaver::setAsksWhere(bool asks) {
    if (asks == asks_where_) return;
    asks_where_ = asks;
    emit asksWhereChanged();
}

int FileSaver::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(rows_.size());
}

QHash<int, QByteArray> FileSaver::roleNames() const {
    return {{NameRole, "name"},
            {StageRole, "stage"},
            {ProgressRole, "progress"},
            {SaidRole, "said"},
            {OpensRole, "opens"}};
}

QVariant FileSaver::data(const QModelIndex& index, int role) const {
    if (index.row() < 0 || index.row() >= count()) return {};
    const Row& row = rows_[std::size_t(index.row())];
    switch (role) {
        case NameRole:
        case Qt::DisplayRole:
            return row.file.name;
        case StageRole:
            return row.stage;
        case ProgressRole:
            return row.progress;
        case SaidRole:
            return row.said;
        case OpensRole:
            return row.stage == Saved && !text::is_program_name(row.file.path);
        default:
            return {};
    }
}

void FileSaver::save(const QVariantMap& file) {
    const text::SafeUrl safe = text::safe_url(file[u"url"_s].toString());
    QUrl url(safe.encoded, QUrl::StrictMode);
    url.setUserInfo(QString());
    url.setFragment(QString());
    if (safe.is_empty() || !url.isValid()) return emit noticed(tr("This file has no address."));
    Talk talk{url};
    talk.name = text::safe_file_name(file[u"name"_s].toString(), tr("file"));
    talk.bytes = std::max<qint64>(file[u"bytes"_s].toLongLong(), 0);
    const QString doubts = doubts_of(talk, safe.host);
    talk_ = std::move(talk);
    doubts.isEmpty() ? ask_where() : emit questioned(doubts, tr("Save"));
}

QString FileSaver::doubts_of(const Talk& talk, const QString& host) const {
    QStringList doubts;
    if (talk.bytes > kAskedBytes) {
        doubts += tr("%1 is %2 large.")
                      .arg(text::isolated(talk.name), QLocale().formattedDataSize(talk.bytes));
    }
    if (!account_ || !is_at(account_->record().node, talk.url)) {
        doubts += tr("The file does not lie at your node but at %1, which will learn your address.")
                      .arg(host);
    }
    return doubts.join(u' ');
}

void FileSaver::ask_where() {
    const QDir folder(folder_);
    if (asks_where_) {
        return emit placeWanted(QUrl::fromLocalFile(folder.absolutePath()),
                                QUrl::fromLocalFile(folder.filePath(talk_->name)));
    }
    talk_->path = free_path(folder, talk_->name);
    start(false);
}

void FileSaver::saveAs(const QUrl& place) {
    if (!talk_) return;
    const QFileInfo wanted(place.toLocalFile());
    if (!place.isLocalFile() || wanted.fileName().isEmpty() || wanted.isDir()) {
        decline();
        return emit noticed(tr("Files can only be saved in a folder of this device."));
    }
    talk_->path = wanted.absoluteFilePath();
    talk_->name = wanted.fileName();
    if (!wanted.exists()) return start(false);
    emit questioned(tr("%1 is already there. Replace it?").arg(text::isolated(talk_->name)),
                    tr("Replace"));
}

void FileSaver::confirm() {
    if (!talk_) return;
    talk_->path.isEmpty() ? ask_where() : start(true);
}

void FileSaver::decline() { talk_.reset(); }

void FileSaver::start(bool replaces) {
    const Talk file = *std::exchange(talk_, std::nullopt);
    const auto is_same = [&](const Row& row) {
        return row.stage == Running && row.file.path == file.path;
    };
    if (file.path.isEmpty()) return emit noticed(tr("The folder holds too many of this name."));
    if (std::ranges::any_of(rows_, is_same)) {
        return emit noticed(tr("This file is being saved already."));
    }
    if (!make_room()) return emit noticed(tr("Too many files are being saved: wait for some."));
    const Row row{++ids_, file, Running, -1, tr("Saving")};
    beginInsertRows({}, count(), count());
    rows_.push_back(row);
    endInsertRows();
    emit countChanged();
    downloader_.start(row.id, {file.url, file.path, std::max(file.bytes, kAskedBytes), replaces});
}

/// The oldest that ended goes; false where none did.
bool FileSaver::make_room() {
    if (count() < kRowsMax) return true;
    const auto done =
        std::ranges::find_if(rows_, [](const Row& row) { return row.stage != Running; });
    if (done == rows_.end()) return false;
    remove(int(done - rows_.begin()));
    return true;
}

void FileSaver::on_progressed(quint64 id, qint64 got, qint64 all) {
    const int at = row_of(id);
    if (at < 0) return;
    Row& row = rows_[std::size_t(at)];
    row.progress = all > 0 ? std::min(1.0, double(got) / double(all)) : -1;
    row.said = all > 0 ? tr("Saving, %1 %").arg(int(row.progress * 100))
                       : tr("Saving, %1").arg(QLocale().formattedDataSize(got));
    emit dataChanged(index(at), index(at), {ProgressRole, SaidRole});
}

void FileSaver::on_ended(quint64 id, End end) {
    const int at = row_of(id);
    if (at < 0) return;
    if (end == End::cancelled) return remove(at);
    Row& row = rows_[std::size_t(at)];
    const QString folder = text::safe_name(QFileInfo(row.file.path).dir().dirName());
    row.stage = end == End::saved ? Saved : Failed;
    row.progress = -1;
    row.said = end == End::saved ? tr("Saved in %1").arg(text::isolated(folder)) : why(end);
    emit dataChanged(index(at), index(at));
    // Where nobody chose a place, one has to hear of it.
    if (!asks_where_) emit noticed(u"%1: %2"_s.arg(text::isolated(row.file.name), row.said));
}

void FileSaver::cancel(int row) {
    if (row >= 0 && row < count()) downloader_.cancel(rows_[std::size_t(row)].id);
}

void FileSaver::open(int row) {
    if (row < 0 || row >= count() || rows_[std::size_t(row)].stage != Saved) return;
    const QFileInfo file(rows_[std::size_t(row)].file.path);
    const bool opens = data(index(row), OpensRole).toBool();
    emit openRequested(QUrl::fromLocalFile(opens ? file.filePath() : file.path()));
}

void FileSaver::dismiss(int row) {
    if (row >= 0 && row < count() && rows_[std::size_t(row)].stage != Running) remove(row);
}

int FileSaver::row_of(quint64 id) const {
    const auto at = std::ranges::find(rows_, id, &Row::id);
    return at == rows_.end() ? -1 : int(at - rows_.begin());
}

void FileSaver::remove(int row) {
    beginRemoveRows({}, row, row);
    rows_.erase(rows_.begin() + row);
    endRemoveRows();
    emit countChanged();
}

}  // namespace guildhall::client
