#pragma once
// Worker: the gateway's protocol (discord-api.md, section 5.4). Connects, inflates, parses,
// identifies or resumes, beats, reconnects. Made by Gateway and moved to a thread of its own, where
// everything here runs; Gateway calls by queued invocation and hears by queued signals.
//
// Flow: one batch at a time is with the GUI thread, which says taken() when it has handled it. What
// arrives meanwhile waits here, up to a bound; beyond that the line is cut, and resumed once the
// GUI thread has caught up. Nothing is lost: the session replays what came after `seq_`.

#include "client-qml/core/base/clock.h"
#include "client-qml/core/gateway/backoff.h"
#include "client-qml/core/gateway/dispatch.h"
#include "client-qml/core/gateway/frame.h"
#include "client-qml/core/gateway/inflater.h"

#include <QObject>
#include <QTimer>
#include <QUrl>

#include <atomic>
#include <deque>
#include <memory>

class QWebSocket;

namespace guildhall::client {

class Worker final : public QObject {
    Q_OBJECT

  public:
    /// `newest` is Gateway's: the generation whose news still count. All three outlive this.
    Worker(Clock& clock, Rng& rng, std::atomic<quint64>& newest);
    ~Worker() override;

    void open(const QUrl& url, const QString& token, quint64 generation);
    void close();
    void retry();
    void send(int opcode, const QJsonObject& data);
    /// The GUI thread has handled the last batch.
    void taken();
    /// Closes, and ends the thread's event loop.
    void shut_down();

  signals:
    void batch(quint64 generation, const guildhall::client::Dispatches& dispatches);
    void changed(quint64 generation,
                 guildhall::client::GatewayState state,
                 qint64 next_attempt_ms,
                 const QString& session_id);

  private:
    struct Pending {
        Dispatch dispatch;
        qsizetype bytes = 0;
    };

    // The line.
    void connect_now();
    void drop_socket(bool for_good);
    void on_lost();
    void lose();
    void refuse();
    void wait_for_next();
    void set_state(GatewayState state, qint64 next_attempt_ms = 0);
    bool is_stale() const { return newest_.load() != generation_; }

    // What comes.
    void on_binary(const QByteArray& bytes);
    void on_text(const QByteArray& text);
    void on_nonsense();
    void on_hello(const QJsonValue& data);
    void on_invalid_session(bool resumable);
    void on_dispatch(Frame frame, qsizetype bytes);
    void on_ready(const QJsonObject& data);
    void flush_soon();
    void flush();

    // What goes.
    void authenticate();
    void forget_session();
    void beat();
    void send_heartbeat();
    void send_outbox();
    void write(const QByteArray& text);

    Clock& clock_;
    Rng& rng_;
    std::atomic<quint64>& newest_;
    quint64 generation_ = 0;

    QUrl url_;
    QString token_;
    QString session_id_;
    QUrl resume_url_;
    qint64 seq_ = 0;

    GatewayState state_ = GatewayState::off;
    std::unique_ptr<QWebSocket> socket_;
    std::unique_ptr<Inflater> inflater_;
    Backoff backoff_;
    qint64 ready_since_ms_ = 0;
    int nonsense_ = 0, invalid_ = 0;
    bool greeted_ = false, acked_ = true, probing_ = false;
    /// Cut because the GUI thread is behind: connects again when it has caught up.
    bool held_ = false;
    int interval_ms_ = 0;

    std::deque<Pending> pending_;
    qsizetype pending_bytes_ = 0;
    bool flush_posted_ = false, gui_busy_ = false;

    Allowance allowance_;
    std::deque<QByteArray> outbox_;

    // Children, so that they move to the thread with this.
    QTimer* heartbeat_;
    QTimer* deadline_;
    QTimer* retry_;
    QTimer* again_;
    QTimer* outbox_timer_;
};

}  // namespace guildhall::client
