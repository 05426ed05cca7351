#pragma once
// DownloadWorker: what a Downloader does, on its thread.

#include "client-qml/core/api/download.h"

#include <map>
#include <memory>

class QNetworkAccessManager;
class QNetworkReply;
class QSaveFile;

namespace guildhall::client {

class DownloadWorker final : public QObject {
    Q_OBJECT

  public:
    explicit DownloadWorker(int stall_ms);
    ~DownloadWorker() override;

    void start(quint64 id, const DownloadOrder& order);
    void cancel(quint64 id);

  signals:
    void progressed(quint64 id, qint64 got, qint64 all);
    void ended(quint64 id, guildhall::client::Downloader::End end);

  private:
    struct Job {
        DownloadOrder order;
        std::unique_ptr<QSaveFile> file;
        QNetworkReply* reply = nullptr;  // its manager's child; we abort it and delete it
        qint64 got = 0, told = 0;        // bytes; `told`: as of the last signal
    };

    void receive(quint64 id);
    void tell(quint64 id, Job& job, qint64 all);
    void finish(quint64 id);
    void end(quint64 id, Downloader::End end);

    const int stall_ms_;
    std::unique_ptr<QNetworkAccessManager> network_;  // made on the thread
    std::map<quint64, Job> jobs_;
};

}  // namespace guildhall::client
