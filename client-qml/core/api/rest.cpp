#include "client-qml/core/api/rest.h"

#include "client-qml/core/api/body.h"
#include "client-qml/core/api/errors.h"
#include "client-qml/core/api/rest_impl.h"

#include <QFuture>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPromise>
#include <QSet>
#include <QThreadPool>

namespace guildhall::client {

using Kind = ApiError::Kind;

namespace {

struct Parsed {
    QJsonValue value;
    bool ok = true;
};

Parsed parse(const QByteArray& bytes) {
    if (bytes.trimmed().isEmpty()) return {QJsonValue(), true};
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &error);
    if (error.error != QJsonParseError::NoError) return {QJsonValue(), false};
    if (document.isArray()) return {document.array(), true};
    return {document.object(), true};
}

/// On a thread of the pool. Shared because the pool copies what it runs.
QFuture<Parsed> parse_aside(const QByteArray& bytes) {
    auto promise = std::make_shared<QPromise<Parsed>>();
    QFuture<Parsed> future = promise->future();
    QThreadPool::globalInstance()->start([promise, bytes] {
        promise->start();
        promise->addResult(parse(bytes));
        promise->finish();
    });
    return future;
}

bool is_repeatable(const Request& request) {
    const QByteArray& method = request.method;
    return request.repeatable || method == "GET" || method == "PUT" || method == "DELETE";
}

}  // namespace

Rest::Impl::Impl(Rest& rest, QUrl node_url, Clock& clock, Rng& rng)
    : node(std::move(node_url)),
      rest_(rest),
      clock_(clock),
      rng_(rng),
      limiter_(limits.calls_per_second) {
    network_.setAutoDeleteReplies(false);
    wake_.setSingleShot(true);
    connect(&wake_, &QTimer::timeout, this, &Impl::pump);
}

Rest::Impl::~Impl() = default;

Rest::Call Rest::Impl::send(Request request, QObject* context, Done done, Progress progress) {
    const Call call = ++last_;
    Entry& entry = calls_[call];
    entry.key = route_key(request.method, request.path);
    entry.request = std::move(request);
    entry.context = context ? context : &rest_;
    entry.done = std::move(done);
    entry.progress = std::move(progress);
    if (int(calls_.size()) > limits.calls_max) {
        finish(call, {0, {}, failure(Kind::limited, tr("Too much is asked of the node at once."))});
    } else if (!entry.request.path.startsWith(u'/') ||
               entry.request.files.size() > kUploadFilesMax) {
        finish(call, {0, {}, failure(Kind::invalid, tr("This cannot be asked of a node."))});
    } else {
        wake_in(0);
    }
    return call;
}

void Rest::Impl::cancel(Call call) {
    const auto found = calls_.find(call);
    if (found == calls_.end()) return;
    if (found->second.transfer) limiter_.lost(found->second.lane);
    finish(call, {0, {}, failure(Kind::cancelled, tr("Cancelled."))});
}

void Rest::Impl::wake_in(qint64 ms) {
    if (wake_.isActive() && wake_.remainingTime() <= ms) return;
    wake_.start(int(std::clamp<qint64>(ms, 0, 60'000)));
}

void Rest::Impl::pump() {
    const qint64 now = clock_.steady_ms();
    std::vector<Call> ready;
    QSet<QString> held;  // lanes whose turn another call has
    qint64 next = -1;
    const auto wait = [&](qint64 ms) { next = next < 0 ? ms : std::min(next, ms); };
    for (auto& [call, entry] : calls_) {
        if (entry.transfer || entry.parsing) continue;
        const QString lane = limiter_.lane(entry.key);
        if (held.contains(lane)) continue;
        const bool is_read = entry.request.method == "GET";
        const qint64 lane_wait = std::max(limiter_.wait_ms(lane, now), entry.not_before_ms - now);
        if (limiter_.is_busy(lane) && !is_read) {
            held.insert(lane);  // the end of what is under way wakes us
        } else if (lane_wait > 0) {
            held.insert(lane);
            wait(lane_wait);
        } else if (const qint64 everybody = limiter_.global_wait_ms(now); everybody > 0) {
            wait(everybody);
            break;
        } else {
            entry.lane = lane;
            limiter_.sent(lane, now);
            ready.push_back(call);
        }
    }
    if (next >= 0) wake_in(next);
    // What starting one does must not disturb the loop above.
    for (const Call call : ready) {
        const auto found = calls_.find(call);
        if (found != calls_.end()) start(call, found->second);
    }
}

void Rest::Impl::start(Call call, Entry& entry) {
    QByteArray type;
    QString broken;
    std::unique_ptr<Body> body = body_of(entry.request, type, broken);
    if (!body) {
        limiter_.lost(entry.lane);
        return finish(call, {0, {}, failure(Kind::invalid, tr("%1 cannot be read.").arg(broken))});
    }
    if (++entry.tries == 1) entry.began_ms = clock_.steady_ms();
    entry.token = entry.request.anonymous ? QString() : token;
    entry.transfer = std::make_unique<Transfer>(limits.answer_bytes_max);
    connect(entry.transfer.get(), &Transfer::ended, this, [this, call](const Outcome& outcome) {
        on_ended(call, outcome);
    });
    if (entry.progress) {
        connect(
            entry.transfer.get(), &Transfer::progressed, this, [this, call](qint64 n, qint64 of) {
                const auto found = calls_.find(call);
                if (found == calls_.end() || !found->second.context || of <= 0) return;
                const Progress progress =
                    found->second.progress;  // it may cancel, and so end itself
                progress(n, of);
            });
    }
    QNetworkRequest head = head_of(node, entry.request, entry.token);
    head.setTransferTimeout(limits.stall_ms);
    if (!type.isEmpty()) head.setRawHeader("Content-Type", type);
    entry.transfer->start(network_, entry.request.method, head, std::move(body));
}

void Rest::Impl::on_ended(Call call, const Outcome& outcome) {
    const auto found = calls_.find(call);
    if (found == calls_.end()) return;
    Entry& entry = found->second;
    drop(entry.transfer);
    wake_in(0);
    switch (outcome.end) {
        case Outcome::End::answered:
            return on_answer(call, outcome);
        case Outcome::End::lost:
            return on_lost(call, entry, outcome);
        case Outcome::End::too_long:
            limiter_.lost(entry.lane);
            return finish(
                call,
                {outcome.status, {}, failure(Kind::server, tr("The node's answer is too long."))});
        case Outcome::End::redirected:
            limiter_.lost(entry.lane);
            return finish(call,
                          {outcome.status,
                           {},
                           failure(Kind::server, tr("The node sends us to another address."))});
        case Outcome::End::insecure:
            limiter_.lost(entry.lane);
            return finish(
                call, {0, {}, failure(Kind::network, tr("The node could not prove who it is."))});
    }
}

void Rest::Impl::on_lost(Call call, Entry& entry, const Outcome& outcome) {
    limiter_.lost(entry.lane);
    const bool in_time = clock_.steady_ms() - entry.began_ms < limits.repeat_within_ms;
    if (is_repeatable(entry.request) && entry.tries < limits.tries_max && in_time) {
        const quint32 whole = quint32(limits.backoff_ms) << (entry.tries - 1);
        entry.not_before_ms = clock_.steady_ms() + whole / 2 + rng_.next(whole / 2 + 1);
        return;
    }
    finish(call, {outcome.status, {}, failure(Kind::network, tr("The node cannot be reached."))});
}

void Rest::Impl::on_answer(Call call, const Outcome& outcome) {
    if (outcome.bytes.size() <= kParseAsideBytes) {
        const Parsed parsed = parse(outcome.bytes);
        return on_parsed(call, outcome.status, outcome.limits, parsed.value, parsed.ok);
    }
    calls_.at(call).parsing = true;
    parse_aside(outcome.bytes)
        .then(this,
              [this, call, status = outcome.status, news = outcome.limits](const Parsed& parsed) {
                  on_parsed(call, status, news, parsed.value, parsed.ok);
              });
}

void Rest::Impl::on_parsed(
    Call call, int status, const LimitNews& heard, const QJsonValue& body, bool ok) {
    const auto found = calls_.find(call);
    if (found == calls_.end()) return;
    Entry& entry = found->second;
    entry.parsing = false;
    wake_in(0);
    Answer answer{status, body, error_of(status, body)};
    LimitNews news = heard;
    if (status == 429) {
        // The body knows fractions of a second, and whether this is about everything.
        if (answer.error.retry_after_ms > 0) news.retry_after_ms = answer.error.retry_after_ms;
        news.retry_after_ms = std::max<qint64>(news.retry_after_ms, 50);
        answer.error.retry_after_ms = news.retry_after_ms;
        news.global |= body.toObject()[QLatin1StringView("global")].toBool();
    }
    limiter_.answered(entry.key, entry.lane, news, clock_.steady_ms());
    if (status == 429 && waits_again(entry, news, answer.error)) return;
    if (answer.ok() && !ok) {
        answer.error = failure(Kind::server, tr("The node's answer makes no sense."));
    }
    const bool is_void = status == 401 && !entry.token.isEmpty() && entry.token == token;
    finish(call, std::move(answer));
    if (is_void) emit rest_.unauthorized();
}

bool Rest::Impl::waits_again(Entry& entry, const LimitNews& news, const ApiError& error) {
    // A code of its own (slow mode, too many renames) is for people to read, not to wait out.
    if (error.code != 0 || news.retry_after_ms > limits.patience_ms) return false;
    if (++entry.limited >= limits.limited_max) return false;
    --entry.tries;  // it was heard: what the line loses is counted apart
    entry.not_before_ms = clock_.steady_ms() + news.retry_after_ms;
    return true;
}

void Rest::Impl::drop(std::unique_ptr<Transfer>& transfer) {
    if (!transfer) return;
    transfer->disconnect(this);
    transfer->setParent(this);
    transfer.release()->deleteLater();  // it may be what calls us
}

void Rest::Impl::finish(Call call, Answer answer) {
    auto taken = calls_.extract(call);
    if (taken.empty()) return;
    Entry& entry = taken.mapped();
    drop(entry.transfer);
    wake_in(0);
    if (!entry.context || !entry.done) return;
    QMetaObject::invokeMethod(
        entry.context.data(),
        [done = entry.done, answer = std::move(answer)] { done(answer); },
        Qt::QueuedConnection);
}

Rest::Rest(QUrl node, Clock& clock, Rng& rng, QObject* parent)
    : QObject(parent), impl_(std::make_unique<Impl>(*this, std::move(node), clock, rng)) {}

Rest::~Rest() = default;

QUrl Rest::node() const { return impl_->node; }
void Rest::set_token(const QString& token) { impl_->token = token; }
void Rest::set_limits(const RestLimits& limits) { impl_->limits = limits; }

Rest::Call Rest::send(Request request, QObject* context, Done done, Progress progress) {
    return impl_->send(std::move(request), context, std::move(done), std::move(progress));
}

void Rest::cancel(Call call) { impl_->cancel(call); }

}  // namespace guildhall::client
