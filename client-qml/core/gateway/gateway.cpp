#include "client-qml/core/gateway/gateway.h"

#include "client-qml/core/gateway/worker.h"

#include <QThread>

namespace guildhall::client {

/// What the GUI thread knows of its worker.
class Gateway::Impl final : public QObject {
  public:
    Impl(Gateway& owner, Clock& clock, Rng& rng);
    ~Impl() override;

    template <class Run>
    void ask(Run run) {
        QMetaObject::invokeMethod(worker, run, Qt::QueuedConnection);
    }
    void on_batch(quint64 of, const Dispatches& dispatches);
    void on_changed(quint64 of, GatewayState to, qint64 next_ms, const QString& session);
    void set_off();

    Gateway& gateway;
    std::atomic<quint64> newest = 0;
    QThread thread;
    Worker* worker;  // deletes itself when the thread ends
    GatewayState state = GatewayState::off;
    qint64 next_attempt_ms = 0;
    QString session_id;
};

Gateway::Impl::Impl(Gateway& owner, Clock& clock, Rng& rng)
    : gateway(owner), worker(new Worker(clock, rng, newest)) {
    worker->moveToThread(&thread);
    connect(&thread, &QThread::finished, worker, &QObject::deleteLater);
    connect(worker, &Worker::batch, this, &Impl::on_batch);
    connect(worker, &Worker::changed, this, &Impl::on_changed);
    thread.setObjectName(QStringLiteral("gateway"));
    thread.start();
}

Gateway::Impl::~Impl() {
    ++newest;  // what the worker still reads, it drops
    ask([to = worker] { to->shut_down(); });
    thread.wait();
}

void Gateway::Impl::on_batch(quint64 of, const Dispatches& dispatches) {
    const QPointer<Impl> self(this);  // whoever hears of these may delete us
    if (of == newest.load()) emit gateway.dispatched(dispatches);
    if (self) ask([to = worker] { to->taken(); });
}

void Gateway::Impl::on_changed(quint64 of,
                               GatewayState to,
                               qint64 next_ms,
                               const QString& session) {
    if (of != newest.load()) return;
    const bool is_news = to != state || next_ms != next_attempt_ms;
    state = to;
    next_attempt_ms = next_ms;
    session_id = session;
    if (is_news) emit gateway.state_changed(to);
}

void Gateway::Impl::set_off() {
    next_attempt_ms = 0;
    session_id.clear();
    if (state == GatewayState::off) return;
    state = GatewayState::off;
    emit gateway.state_changed(state);
}

Gateway::Gateway(Clock& clock, Rng& rng, QObject* parent)
    : QObject(parent), impl_(std::make_unique<Impl>(*this, clock, rng)) {}

Gateway::~Gateway() = default;

void Gateway::open(const QUrl& url, const QString& token) {
    const quint64 generation = ++impl_->newest;
    impl_->next_attempt_ms = 0;
    impl_->session_id.clear();
    impl_->ask(
        [worker = impl_->worker, url, token, generation] { worker->open(url, token, generation); });
    if (impl_->state == GatewayState::connecting) return;
    impl_->state = GatewayState::connecting;
    emit state_changed(impl_->state);
}

void Gateway::close() {
    ++impl_->newest;
    impl_->ask([worker = impl_->worker] { worker->close(); });
    impl_->set_off();
}

void Gateway::retry_now() {
    impl_->ask([worker = impl_->worker] { worker->retry(); });
}

GatewayState Gateway::state() const { return impl_->state; }
qint64 Gateway::next_attempt_ms() const { return impl_->next_attempt_ms; }
QString Gateway::session_id() const { return impl_->session_id; }

void Gateway::send(int opcode, const QJsonObject& data) {
    impl_->ask([worker = impl_->worker, opcode, data] { worker->send(opcode, data); });
}

}  // namespace guildhall::client
