#pragma once
// ImageServer: a host on loopback that answers what a test says, and counts. GUI thread.

#include <QHash>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

namespace guildhall::client::test {

class ImageServer final : public QTcpServer {
    Q_OBJECT

  public:
    ImageServer();

    QUrl url() const;
    /// By path with query. Paths that are not here: 404.
    QHash<QString, QByteArray> files;
    /// Instead of a file: the whole answer, head and all, after which the connection stays open.
    QHash<QString, QByteArray> raw;
    QHash<QString, int> asked;
    QByteArray last_head;
    /// While set, answers wait.
    bool hold = false;
    void release();
    int open_now = 0, open_most = 0;

  private:
    void serve(QTcpSocket* socket);
    void answer(QTcpSocket* socket, const QString& path);

    QList<std::pair<QPointer<QTcpSocket>, QString>> held_;
};

/// A picture, as "png", "jpg", "webp" (where Qt writes it).
QByteArray picture(int width, int height, const char* format = "png");

}  // namespace guildhall::client::test
