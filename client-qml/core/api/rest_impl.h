#pragma once
// Inside Rest: the calls in the order in which they were asked for, what each has been through, and
// when the next one may go. Owned by Rest; GUI thread.

#include "client-qml/core/api/http.h"
#include "client-qml/core/api/limiter.h"
#include "client-qml/core/api/rest.h"
#include "client-qml/core/api/transfer.h"

#include <QNetworkAccessManager>
#include <QPointer>
#include <QTimer>

#include <map>

namespace guildhall::client {

class Rest::Impl final : public QObject {
    Q_OBJECT

  public:
    Impl(Rest& rest, QUrl node, Clock& clock, Rng& rng);
    ~Impl() override;

    Call send(Request request, QObject* context, Done done, Progress progress);
    void cancel(Call call);

    QUrl node;
    QString token;
    RestLimits limits;

  private:
    struct Entry {
        Request request;
        RouteKey key;
        QPointer<QObject> context;
        Done done;
        Progress progress;
        std::unique_ptr<Transfer> transfer;  // null: waits
        QString lane;                        // under way in this one
        QString token;                       // with which it went out
        bool parsing = false;
        int tries = 0, limited = 0;
        qint64 not_before_ms = 0, began_ms = 0;
    };

    void pump();
    void wake_in(qint64 ms);
    void start(Call call, Entry& entry);
    void on_ended(Call call, const Outcome& outcome);
    void on_lost(Call call, Entry& entry, const Outcome& outcome);
    void on_answer(Call call, const Outcome& outcome);
    void on_parsed(Call call, int status, const LimitNews& news, const QJsonValue& body, bool ok);
    /// Whether the call waits for another go.
    bool waits_again(Entry& entry, const LimitNews& news, const ApiError& error);
    void finish(Call call, Answer answer);
    void drop(std::unique_ptr<Transfer>& transfer);

    Rest& rest_;
    Clock& clock_;
    Rng& rng_;
    QNetworkAccessManager network_;
    Limiter limiter_;
    QTimer wake_;
    // By number, which is the order in which they were asked for: a repeat keeps its place.
    std::map<Call, Entry> calls_;
    Call last_ = 0;
};

}  // namespace guildhall::client
