#pragma once
// Fetcher: brings the bytes of pictures from disk or network. One request for an address however
// many wait for it; a bound for each host and for all; what nobody waits for any more is stopped.
// Lives on a thread of its own; everything public but the constructor is called there.

#include "client-qml/core/images/disk_cache.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QUrl>

#include <deque>
#include <functional>
#include <memory>
#include <vector>

class QNetworkAccessManager;
class QNetworkReply;

namespace guildhall::client {

class Fetcher final : public QObject {
    Q_OBJECT

  public:
    /// On the fetcher's thread; empty bytes: it is not to be had.
    using Done = std::function<void(const QByteArray& bytes)>;

    Fetcher(QString folder, qint64 disk_bytes_max);
    ~Fetcher() override;

    /// `ticket` is the caller's, for `cancel`; `done` is called once unless it is cancelled.
    void fetch(quint64 ticket, const QUrl& url, Done done);
    void cancel(quint64 ticket);
    /// The file that holds it now; empty: none does.
    QString path_of(const QUrl& url) { return disk_.path_of(url); }
    /// What was read is no picture: the next time it is fetched anew.
    void discard(const QUrl& url);

  private:
    struct Job {
        std::vector<std::pair<quint64, Done>> waiting;
        QPointer<QNetworkReply> reply;  // null: it waits for its turn
        QByteArray bytes;
    };

    void start_next();
    void start(const QUrl& url, Job& job);
    void receive(const QUrl& url);
    void finish(const QUrl& url, bool received);
    void stop(const QUrl& url);
    bool failed_lately(const QUrl& url);
    QString host_of(const QUrl& url) const;

    DiskCache disk_;
    std::unique_ptr<QNetworkAccessManager> network_;  // made on the thread
    QHash<QUrl, std::shared_ptr<Job>> jobs_;
    QHash<quint64, QUrl> tickets_;
    std::deque<QUrl> queue_;
    QHash<QString, int> running_;  // requests under way, by host
    int running_all_ = 0;
    QHash<QUrl, qint64> failed_;  // until when it is not asked for again
};

}  // namespace guildhall::client
