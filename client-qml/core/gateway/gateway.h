#pragma once
// Gateway: one account's connection to its node's gateway. Socket, inflating and parsing live on a
// thread of its own (gateway/worker.h); what this object signals arrives on the GUI thread, where
// it lives. Each connection has a generation, so that what an earlier one had still under way is
// dropped. Resumes after a lost line, backs off with jitter, resets on `retry_now`.

#include "client-qml/core/base/clock.h"
#include "client-qml/core/gateway/dispatch.h"

#include <QObject>
#include <QUrl>

#include <memory>

namespace guildhall::client {

/// What features send by it.
namespace opcode {
inline constexpr int kPresence = 3, kAskMembers = 8, kSubscribe = 14;
}

class Gateway final : public QObject {
    Q_OBJECT

  public:
    explicit Gateway(Clock& clock, Rng& rng, QObject* parent = nullptr);
    ~Gateway() override;

    /// `url` as GET /gateway answers it: ws or wss, else the state is off. An open connection is
    /// closed first.
    void open(const QUrl& url, const QString& token);
    void close();
    /// The network is back, or somebody pressed "try again".
    void retry_now();

    GatewayState state() const;
    /// Of the next attempt, steady_ms; 0 unless waiting.
    qint64 next_attempt_ms() const;
    QString session_id() const;

    /// Kept within the node's limit of 120 a
    /// minute; what is asked while not ready is dropped: READY asks anew.
    void send(int opcode, const QJsonObject& data);

  signals:
    void dispatched(const guildhall::client::Dispatches& dispatches);
    void state_changed(guildhall::client::GatewayState state);

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace guildhall::client
