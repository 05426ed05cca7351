#pragma once
// Downloader: files from the web to the disk, on a thread of its own. Each goes to a temporary file
// beside its place, which takes its name only when all of it is there. Nobody's token goes along:
// what a message links to is free to all, or not to be had. Owned by who shows the progress; lives
// on the GUI thread, where its signals arrive.

#include <QObject>
#include <QThread>
#include <QUrl>

namespace guildhall::client {

class DownloadWorker;

struct DownloadOrder {
    QUrl url;      // http or https
    QString path;  // of the file to be
    /// Sends a host more than this, it is stopped.
    qint64 bytes_max = 0;
    /// Whether a file that is there may be replaced.
    bool replaces = false;
};

class Downloader final : public QObject {
    Q_OBJECT

  public:
    enum class End {
        saved,
        cancelled,
        missing,     // 404, 410
        refused,     // 401, 403
        server,      // any other answer that is none
        lost,        // no answer, or half of one
        insecure,    // TLS failed
        redirected,  // to another host
        too_long,
        exists,   // a file came to be there meanwhile
        no_room,  // on the disk
        disk,     // cannot be written
    };
    Q_ENUM(End)

    explicit Downloader(QObject* parent = nullptr);
    /// What is under way ends, and leaves nothing on the disk.
    ~Downloader() override;

    /// `ended` comes once for each; `id` is the caller's.
    void start(quint64 id, const DownloadOrder& order);
    void cancel(quint64 id);
    /// Before the first; tests only.
    void set_stall_ms(int ms) { stall_ms_ = ms; }

  signals:
    /// `all` is 0 where the host does not say.
    void progressed(quint64 id, qint64 got, qint64 all);
    void ended(quint64 id, guildhall::client::Downloader::End end);

  private:
    QThread thread_;
    DownloadWorker* worker_ = nullptr;  // deletes itself with its thread
    int stall_ms_ = 30'000;             // without a byte
};

}  // namespace guildhall::client
