#include "client-qml/core/gateway/worker.h"

#include "client-qml/core/base/json.h"

#include <QNetworkRequest>
#include <QSysInfo>
#include <QThread>
#include <QUrlQuery>
#include <QWebSocket>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

/// The close code that says that the token is void.
constexpr int kTokenVoid = 4004;

/// Close codes of a node that speaks otherwise than we do: asking again soon is in vain. Nobody is
/// logged out for it.
bool is_foreign(int code) { return code >= 4010 && code <= 4014; }

/// Close codes that say that the session is over. Not 1000, which Qt also gives for a line that was
/// cut: where it was meant, the node says so when asked to resume.
bool ends_session(int code) { return code == 4003 || code == 4005 || code == 4007 || code == 4009; }

bool is_gateway(const QUrl& url) {
    return url.isValid() && !url.host().isEmpty() &&
           (url.scheme() == u"ws" || url.scheme() == u"wss");
}

QUrl with_query(QUrl url) {
    QUrlQuery query;
    query.addQueryItem(u"v"_s, u"10"_s);
    query.addQueryItem(u"encoding"_s, u"json"_s);
    query.addQueryItem(u"compress"_s, u"zlib-stream"_s);
    url.setQuery(query);
    if (url.path().isEmpty()) url.setPath(u"/"_s);
    return url;
}

/// Guilds become values here: parsing 200 of them on the GUI thread would stop the window. READY's
/// own text of them is let go here too.
std::shared_ptr<GuildsNews> guilds_of(const QString& type, QJsonObject& data) {
    if (type == u"READY")
        return std::make_shared<GuildsNews>(read_guilds(data.take(u"guilds"_s).toArray()));
    if (type == u"GUILD_CREATE") return std::make_shared<GuildsNews>(read_guilds({data}));
    return nullptr;
}

/// A node that we trust with a token may not send it to somebody else, nor into the open.
bool may_resume_at(const QUrl& resume, const QUrl& home) {
    return is_gateway(resume) && resume.host() == home.host() &&
           (resume.scheme() == u"wss" || home.scheme() == u"ws");
}

}  // namespace

Worker::Worker(Clock& clock, Rng& rng, std::atomic<quint64>& newest)
    : clock_(clock), rng_(rng), newest_(newest) {
    const auto timer = [this](auto method) {
        auto* made = new QTimer(this);
        made->setSingleShot(true);
        connect(made, &QTimer::timeout, this, method);
        return made;
    };
    heartbeat_ = timer(&Worker::beat);
    deadline_ = timer(&Worker::lose);
    retry_ = timer(&Worker::connect_now);
    again_ = timer(&Worker::authenticate);
    outbox_timer_ = timer(&Worker::send_outbox);
}

Worker::~Worker() = default;

// --- The line ---------------------------------------------------------------------------------

void Worker::open(const QUrl& url, const QString& token, quint64 generation) {
    close();
    generation_ = generation;
    url_ = url;
    token_ = token;
    backoff_.reset();
    nonsense_ = invalid_ = 0;
    if (is_stale()) return;  // another open() is on its way
    if (!is_gateway(url)) return set_state(GatewayState::off);
    connect_now();
}

void Worker::close() {
    drop_socket(true);
    retry_->stop();
    forget_session();
    pending_.clear();
    pending_bytes_ = 0;
    held_ = false;
    token_.clear();
    state_ = GatewayState::off;
}

void Worker::shut_down() {
    close();
    thread()->quit();
}

void Worker::retry() {
    if (state_ == GatewayState::waiting && !held_) {
        backoff_.reset();
        retry_->stop();
        connect_now();
    } else if (state_ == GatewayState::ready && !probing_) {
        // The network changed under a line that may still stand: ask it.
        probing_ = true;
        deadline_->start(kProbeMs);
        send_heartbeat();
    }
}

void Worker::connect_now() {
    set_state(GatewayState::connecting);
    greeted_ = probing_ = false;
    acked_ = true;
    allowance_.reset();
    inflater_ = std::make_unique<Inflater>(kMessageBytesMax);
    socket_ = std::make_unique<QWebSocket>();
    socket_->setMaxAllowedIncomingFrameSize(kFrameBytesMax);
    socket_->setMaxAllowedIncomingMessageSize(kFrameBytesMax);
    connect(socket_.get(), &QWebSocket::binaryMessageReceived, this, &Worker::on_binary);
    connect(socket_.get(), &QWebSocket::textMessageReceived, this, [this](const QString& text) {
        on_text(text.toUtf8());
    });
    connect(socket_.get(), &QWebSocket::disconnected, this, &Worker::on_lost);
    connect(socket_.get(),
            qOverload<QAbstractSocket::SocketError>(&QWebSocket::error),
            this,
            &Worker::on_lost);
    deadline_->start(kHelloMs);
    const bool resumes = !session_id_.isEmpty() && !resume_url_.isEmpty();
    QNetworkRequest request(with_query(resumes ? resume_url_ : url_));
    request.setRawHeader("User-Agent", "Guildhall/0.1 (Qt " QT_VERSION_STR ")");
    socket_->open(request);
}

void Worker::drop_socket(bool for_good) {
    for (QTimer* timer : {heartbeat_, deadline_, again_, outbox_timer_}) timer->stop();
    outbox_.clear();
    if (!socket_) return;
    socket_->disconnect(this);
    // A close frame of 1000 ends the session; without one it can be resumed for minutes.
    if (for_good && socket_->isValid()) {
        socket_->close(QWebSocketProtocol::CloseCodeNormal, u"leaving"_s);
        socket_->flush();  // abort() would drop it, and the node would keep the session
    }
    socket_->abort();
    socket_.release()->deleteLater();  // it may be what calls us
}

void Worker::on_lost() {
    if (!socket_) return;
    const int code = int(socket_->closeCode());
    if (code == kTokenVoid) return refuse();
    if (is_foreign(code)) backoff_.give_up_hope();
    if (ends_session(code)) forget_session();
    lose();
}

void Worker::lose() {
    drop_socket(false);
    wait_for_next();
}

void Worker::refuse() {
    drop_socket(false);
    forget_session();
    set_state(GatewayState::refused);
}

void Worker::wait_for_next() {
    const qint64 now = clock_.steady_ms();
    if (state_ == GatewayState::ready && now - ready_since_ms_ >= kGoodMs) {
        backoff_.reset();
        nonsense_ = invalid_ = 0;
    }
    const qint64 wait = backoff_.next_ms(rng_);
    set_state(GatewayState::waiting, now + wait);
    if (!held_) retry_->start(int(wait));
}

void Worker::set_state(GatewayState state, qint64 next_attempt_ms) {
    state_ = state;
    emit changed(generation_, state, next_attempt_ms, session_id_);
}

// --- What comes -------------------------------------------------------------------------------

void Worker::on_binary(const QByteArray& bytes) {
    if (!socket_ || is_stale()) return;
    switch (inflater_->feed(bytes)) {
        case Inflater::Got::more:
            return;
        case Inflater::Got::broken:
            return on_nonsense();
        case Inflater::Got::message:
            return on_text(inflater_->take());
    }
}

void Worker::on_text(const QByteArray& text) {
    if (!socket_ || is_stale()) return;
    std::optional<Frame> frame = parse_frame(text);
    if (!frame) return on_nonsense();
    switch (Op(frame->op)) {
        case Op::dispatch:
            return on_dispatch(std::move(*frame), text.size());
        case Op::heartbeat:
            if (allowance_.wait_ms(clock_.steady_ms()) == 0) send_heartbeat();
            return;
        case Op::reconnect:
            return lose();
        case Op::invalid_session:
            return on_invalid_session(frame->data.toBool());
        case Op::hello:
            return on_hello(frame->data);
        case Op::heartbeat_ack:
            acked_ = true;
            if (probing_) deadline_->stop();
            probing_ = false;
            return;
        default:
            return;  // of a later version
    }
}

void Worker::on_nonsense() {
    // The session may replay what cannot be read: then only a new one helps.
    if (++nonsense_ >= kNonsenseMax) forget_session();
    lose();
}

void Worker::on_hello(const QJsonValue& data) {
    if (greeted_) return;
    greeted_ = true;
    interval_ms_ = int(number_of(
        data.toObject(), "heartbeat_interval"_L1, kHeartbeatMsMin, kHeartbeatMsMax, kHeartbeatMs));
    heartbeat_->start(int(rng_.next(quint32(interval_ms_))));
    deadline_->start(kReadyMs);
    authenticate();
}

void Worker::on_invalid_session(bool resumable) {
    if (!resumable) forget_session();
    // Once on the same line; who says it again and again is waited for.
    if (++invalid_ > 1) return lose();
    set_state(GatewayState::connecting);
    deadline_->start(kReadyMs);
    again_->start(int(rng_.next(1'000)));
}

void Worker::on_dispatch(Frame frame, qsizetype bytes) {
    const bool is_first = frame.type == u"READY";
    // What a resumed session replays too early was handled already.
    if (!is_first && frame.seq != 0 && frame.seq <= seq_) return;
    if (frame.seq != 0) seq_ = frame.seq;
    QJsonObject data = frame.data.toObject();
    if (is_first) on_ready(data);
    if (is_first || frame.type == u"RESUMED") {
        deadline_->stop();
        ready_since_ms_ = clock_.steady_ms();
        set_state(GatewayState::ready);
    }
    auto guilds = guilds_of(frame.type, data);
    pending_.push_back({{frame.type, std::move(data), frame.seq, std::move(guilds)}, bytes});
    pending_bytes_ += bytes;
    const bool is_much =
        qsizetype(pending_.size()) > kPendingMax || pending_bytes_ > kPendingBytesMax;
    if (gui_busy_ && is_much) {
        held_ = true;
        return lose();
    }
    flush_soon();
}

void Worker::on_ready(const QJsonObject& data) {
    session_id_ = text_of(data, "session_id"_L1, 256);
    const QUrl resume(text_of(data, "resume_gateway_url"_L1, 1'024), QUrl::StrictMode);
    resume_url_ = may_resume_at(resume, url_) ? resume : url_;
}

void Worker::flush_soon() {
    if (flush_posted_) return;
    flush_posted_ = true;
    QMetaObject::invokeMethod(this, &Worker::flush, Qt::QueuedConnection);
}

void Worker::flush() {
    flush_posted_ = false;
    if (gui_busy_ || pending_.empty()) return;
    Dispatches dispatches;
    dispatches.reserve(std::min(qsizetype(pending_.size()), kBatchMax));
    while (!pending_.empty() && dispatches.size() < kBatchMax) {
        dispatches.append(std::move(pending_.front().dispatch));
        pending_bytes_ -= pending_.front().bytes;
        pending_.pop_front();
    }
    gui_busy_ = true;
    emit batch(generation_, dispatches);
}

void Worker::taken() {
    gui_busy_ = false;
    flush();
    if (!held_ || !pending_.empty()) return;
    held_ = false;
    if (state_ == GatewayState::waiting) connect_now();
}

// --- What goes --------------------------------------------------------------------------------

void Worker::authenticate() {
    if (!session_id_.isEmpty()) {
        const QJsonObject resume{
            {u"token"_s, token_}, {u"session_id"_s, session_id_}, {u"seq"_s, seq_}};
        return write(frame_text(int(Op::resume), resume));
    }
    // Without capabilities READY carries guilds whole, members and all, as GUILD_CREATE does.
    const QJsonObject properties{{u"os"_s, QSysInfo::kernelType()},
                                 {u"browser"_s, u"Guildhall"_s},
                                 {u"device"_s, u"Guildhall"_s}};
    write(frame_text(
        int(Op::identify),
        QJsonObject{{u"token"_s, token_}, {u"properties"_s, properties}, {u"capabilities"_s, 0}}));
}

void Worker::forget_session() {
    if (session_id_.isEmpty()) return;
    session_id_.clear();
    resume_url_.clear();
    seq_ = 0;
    // What the old session still has under way would be news of a world that READY replaces.
    quint64 expected = generation_;
    if (newest_.compare_exchange_strong(expected, generation_ + 1)) ++generation_;
    pending_.clear();
    pending_bytes_ = 0;
}

void Worker::beat() {
    if (!acked_) return lose();
    acked_ = false;
    send_heartbeat();
    heartbeat_->start(interval_ms_);
}

void Worker::send_heartbeat() {
    write(frame_text(int(Op::heartbeat), seq_ != 0 ? QJsonValue(seq_) : QJsonValue()));
}

void Worker::send(int opcode, const QJsonObject& data) {
    if (state_ != GatewayState::ready || int(outbox_.size()) >= kOutboxMax) return;
    QByteArray text = frame_text(opcode, data);
    if (text.size() > kPayloadBytesMax) return;
    outbox_.push_back(std::move(text));
    send_outbox();
}

void Worker::send_outbox() {
    while (!outbox_.empty()) {
        const qint64 wait = allowance_.wait_ms(clock_.steady_ms());
        if (wait > 0) return outbox_timer_->start(int(wait));
        const QByteArray text = std::move(outbox_.front());
        outbox_.pop_front();
        write(text);
    }
}

void Worker::write(const QByteArray& text) {
    if (!socket_) return;
    allowance_.take(clock_.steady_ms());
    socket_->sendTextMessage(QString::fromUtf8(text));
}

}  // namespace guildhall::client
