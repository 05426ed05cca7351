#pragma once
// Transfer: one attempt at one call. Sends it, reads at most so many bytes of the answer, and says
// how it ended; whether to try again is Rest's. Owned by Rest; GUI thread.

#include "client-qml/core/api/limiter.h"
#include "client-qml/core/api/request.h"

#include <QNetworkReply>
#include <QNetworkRequest>
#include <QObject>
#include <QPointer>

#include <memory>

class QNetworkAccessManager;

namespace guildhall::client {

class Body;

/// How an attempt ended.
struct Outcome {
    enum class End { answered, lost, insecure, redirected, too_long };
    End end = End::lost;
    int status = 0;
    QByteArray bytes;
    LimitNews limits;
};

class Transfer final : public QObject {
    Q_OBJECT

  public:
    explicit Transfer(qint64 bytes_max);
    ~Transfer() override;

    void start(QNetworkAccessManager& network,
               const QByteArray& method,
               const QNetworkRequest& head,
               std::unique_ptr<Body> body);

  signals:
    void progressed(qint64 sent, qint64 all);
    void ended(const guildhall::client::Outcome& outcome);

  private:
    void read();
    void finish();

    qint64 bytes_max_;
    QPointer<QNetworkReply> reply_;  // its manager's child; we abort it and delete it
    QByteArray bytes_;
    bool too_long_ = false;
};

}  // namespace guildhall::client
