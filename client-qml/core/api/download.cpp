#include "client-qml/core/api/download_worker.h"
#include "client-qml/core/api/http.h"

#include <QDir>
#include <QFileInfo>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSaveFile>
#include <QStorageInfo>

namespace guildhall::client {

namespace {

using End = Downloader::End;

constexpr qint64 kReadAheadBytes = 256 * 1024;  // in memory, of each
constexpr qint64 kToldBytes = 64 * 1024;        // at least, between two signals of progress
constexpr qint64 kSparedBytes = 16 << 20;       // a disk is not filled to its last byte

QNetworkRequest head_of(const QUrl& url, int stall_ms) {
    QNetworkRequest head = bare_head(url);
    head.setTransferTimeout(stall_ms);
    head.setRawHeader("Accept", "*/*");
    // As it lies there: nothing is unpacked that somebody else packed.
    head.setRawHeader("Accept-Encoding", "identity");
    return head;
}

bool has_room(const QString& path, qint64 bytes) {
    const QStorageInfo disk(QFileInfo(path).absolutePath());
    return !disk.isValid() || disk.bytesAvailable() - kSparedBytes > bytes;
}

bool is_cut(QNetworkReply::NetworkError error) {
    return error != QNetworkReply::NoError && (error < QNetworkReply::ProxyConnectionRefusedError ||
                                               error == QNetworkReply::ProtocolFailure);
}

/// How an answer ended of which no byte was refused.
End end_of(const QNetworkReply& reply) {
    const QNetworkReply::NetworkError error = reply.error();
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (error == QNetworkReply::SslHandshakeFailedError) return End::insecure;
    if (error == QNetworkReply::InsecureRedirectError ||
        error == QNetworkReply::TooManyRedirectsError) {
        return End::redirected;
    }
    if (status == 0 || is_cut(error)) return End::lost;
    if (status == 404 || status == 410) return End::missing;
    if (status == 401 || status == 403) return End::refused;
    return status == 200 && error == QNetworkReply::NoError ? End::saved : End::server;
}

}  // namespace

DownloadWorker::DownloadWorker(int stall_ms) : stall_ms_(stall_ms) {}

DownloadWorker::~DownloadWorker() {
    for (auto& [id, job] : jobs_) job.reply->disconnect(this);
}

void DownloadWorker::start(quint64 id, const DownloadOrder& order) {
    Job job{order, std::make_unique<QSaveFile>(order.path)};
    if (!order.replaces && QFileInfo::exists(order.path)) return emit ended(id, End::exists);
    QDir().mkpath(QFileInfo(order.path).absolutePath());
    if (!job.file->open(QIODevice::WriteOnly)) return emit ended(id, End::disk);
    if (!network_) network_ = std::make_unique<QNetworkAccessManager>();
    job.reply = network_->get(head_of(order.url, stall_ms_));
    job.reply->setReadBufferSize(kReadAheadBytes);
    connect(job.reply, &QNetworkReply::readyRead, this, [this, id] { receive(id); });
    connect(job.reply, &QNetworkReply::finished, this, [this, id] { finish(id); });
    jobs_.emplace(id, std::move(job));
}

void DownloadWorker::cancel(quint64 id) {
    if (jobs_.contains(id)) end(id, End::cancelled);
}

void DownloadWorker::receive(quint64 id) {
    const auto found = jobs_.find(id);
    // What was given up for its silence is closed.
    if (found == jobs_.end() || !found->second.reply->isOpen()) return;
    Job& job = found->second;
    // The page that says why there is no file is no file.
    if (job.reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() != 200) {
        job.reply->skip(job.reply->bytesAvailable());
        return;
    }
    const qint64 all = job.reply->header(QNetworkRequest::ContentLengthHeader).toLongLong();
    const QByteArray bytes = job.reply->readAll();
    if (all > job.order.bytes_max || job.got + bytes.size() > job.order.bytes_max) {
        return end(id, End::too_long);
    }
    if (job.got == 0 && !has_room(job.order.path, all)) return end(id, End::no_room);
    if (job.file->write(bytes) != bytes.size()) {
        return end(id, has_room(job.order.path, 0) ? End::disk : End::no_room);
    }
    job.got += bytes.size();
    tell(id, job, all);
}

void DownloadWorker::tell(quint64 id, Job& job, qint64 all) {
    if (job.got - job.told < std::max(kToldBytes, all / 100)) return;
    job.told = job.got;
    emit progressed(id, job.got, std::max<qint64>(all, 0));
}

void DownloadWorker::finish(quint64 id) {
    receive(id);
    const auto found = jobs_.find(id);
    if (found == jobs_.end()) return;
    Job& job = found->second;
    End how = end_of(*job.reply);
    const qint64 all = job.reply->header(QNetworkRequest::ContentLengthHeader).toLongLong();
    if (how == End::saved && job.got < all) how = End::lost;
    if (how == End::saved && !job.order.replaces && QFileInfo::exists(job.order.path)) {
        how = End::exists;
    }
    if (how == End::saved && !job.file->commit()) {
        how = has_room(job.order.path, 0) ? End::disk : End::no_room;
    }
    end(id, how);
}

/// Whatever was not committed goes with the QSaveFile.
void DownloadWorker::end(quint64 id, End how) {
    auto taken = jobs_.extract(id);
    if (taken.empty()) return;
    QNetworkReply* reply = taken.mapped().reply;
    reply->disconnect(this);
    reply->abort();
    reply->deleteLater();
    emit ended(id, how);
}

Downloader::Downloader(QObject* parent) : QObject(parent) {
    thread_.setObjectName(QStringLiteral("files"));
}

Downloader::~Downloader() {
    thread_.quit();
    thread_.wait();
}

void Downloader::start(quint64 id, const DownloadOrder& order) {
    if (!worker_) {
        worker_ = new DownloadWorker(stall_ms_);
        worker_->moveToThread(&thread_);
        connect(&thread_, &QThread::finished, worker_, &QObject::deleteLater);
        connect(worker_, &DownloadWorker::progressed, this, &Downloader::progressed);
        connect(worker_, &DownloadWorker::ended, this, &Downloader::ended);
        thread_.start();
    }
    QMetaObject::invokeMethod(worker_, [worker = worker_, id, order] { worker->start(id, order); });
}

void Downloader::cancel(quint64 id) {
    if (!worker_) return;
    QMetaObject::invokeMethod(worker_, [worker = worker_, id] { worker->cancel(id); });
}

}  // namespace guildhall::client
