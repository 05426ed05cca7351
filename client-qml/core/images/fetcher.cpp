#include "client-qml/core/images/fetcher.h"

#include "client-qml/core/images/decode.h"

#include <QDeadlineTimer>
#include <QNetworkAccessManager>
#include <QNetworkReply>

#include <algorithm>
#include <utility>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

constexpr int kPerHost = 6, kAll = 16;  // as browsers do
constexpr std::size_t kQueueMax = 500;  // some screens of emojis; the oldest are not seen now
constexpr int kTimeoutMs = 30'000;      // without a byte
constexpr qint64 kFailedMs = 60'000;    // a picture that is missing is asked for once a minute
constexpr qsizetype kFailedMax = 2'000;

QNetworkRequest request_of(const QUrl& url) {
    QNetworkRequest request(url);
    request.setTransferTimeout(kTimeoutMs);
    request.setRawHeader("User-Agent", "guildhall");
    request.setRawHeader("Accept", "image/webp,image/png,image/jpeg,image/gif");
    // Pictures carry no identity, and lead to no other host than was allowed.
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::SameOriginRedirectPolicy);
    request.setMaximumRedirectsAllowed(3);
    return request;
}

}  // namespace

Fetcher::Fetcher(QString folder, qint64 disk_bytes_max)
    : disk_(std::move(folder), disk_bytes_max) {}
Fetcher::~Fetcher() {
    for (const auto& job : std::exchange(jobs_, {})) {
        for (const auto& [ticket, done] : job->waiting) done({});
    }
}

void Fetcher::fetch(quint64 ticket, const QUrl& url, Done done) {
    if (failed_lately(url)) return done({});
    if (const auto running = jobs_.value(url)) {
        running->waiting.emplace_back(ticket, std::move(done));
        tickets_.insert(ticket, url);
        return;
    }
    if (const QByteArray bytes = disk_.read(url); !bytes.isEmpty()) return done(bytes);
    const auto job = std::make_shared<Job>();
    job->waiting.emplace_back(ticket, std::move(done));
    jobs_.insert(url, job);
    tickets_.insert(ticket, url);
    queue_.push_back(url);
    if (queue_.size() > kQueueMax) {
        const QUrl oldest = queue_.front();
        queue_.pop_front();
        finish(oldest, false);
    }
    start_next();
}

void Fetcher::cancel(quint64 ticket) {
    const QUrl url = tickets_.take(ticket);
    const auto job = jobs_.value(url);
    if (!job) return;
    std::erase_if(job->waiting, [ticket](const auto& one) { return one.first == ticket; });
    if (job->waiting.empty()) stop(url);
}

void Fetcher::discard(const QUrl& url) {
    disk_.remove(url);
    if (failed_.size() >= kFailedMax) failed_.clear();
    failed_.insert(url, QDeadlineTimer(kFailedMs).deadline());
}

QString Fetcher::host_of(const QUrl& url) const { return url.authority(); }

bool Fetcher::failed_lately(const QUrl& url) {
    const auto found = failed_.constFind(url);
    if (found == failed_.cend()) return false;
    if (QDeadlineTimer::current().deadline() < *found) return true;
    failed_.erase(found);
    return false;
}

/// The newest first: it is what is looked at.
void Fetcher::start_next() {
    for (auto next = queue_.rbegin(); next != queue_.rend() && running_all_ < kAll;) {
        const QUrl url = *next;
        if (running_.value(host_of(url)) >= kPerHost) {
            ++next;
            continue;
        }
        next = std::make_reverse_iterator(queue_.erase(std::next(next).base()));
        start(url, *jobs_.value(url));
    }
}

void Fetcher::start(const QUrl& url, Job& job) {
    if (!network_) network_ = std::make_unique<QNetworkAccessManager>();
    ++running_[host_of(url)];
    ++running_all_;
    QNetworkReply* reply = network_->get(request_of(url));
    job.reply = reply;
    reply->setReadBufferSize(1 << 20);
    connect(reply, &QNetworkReply::readyRead, this, [this, url] { receive(url); });
    connect(reply, &QNetworkReply::finished, this, [this, url, reply] {
        receive(url);
        const bool received = reply->error() == QNetworkReply::NoError;
        finish(url, received);
    });
}

void Fetcher::receive(const QUrl& url) {
    const auto job = jobs_.value(url);
    if (!job || !job->reply) return;
    const qint64 claimed = job->reply->header(QNetworkRequest::ContentLengthHeader).toLongLong();
    job->bytes += job->reply->readAll();
    // What a host sends without end, or says that it will, is not waited for.
    if (claimed > kImageBytesMax || job->bytes.size() > kImageBytesMax) {
        job->bytes.clear();
        finish(url, false);
    }
}

void Fetcher::finish(const QUrl& url, bool received) {
    const auto job = jobs_.value(url);
    if (!job) return;
    const bool is_picture = received && is_fit_image(job->bytes);
    const QByteArray bytes = is_picture ? job->bytes : QByteArray();
    const bool was_started = !job->reply.isNull();
    const auto waiting = std::move(job->waiting);
    for (const auto& [ticket, done] : waiting) tickets_.remove(ticket);
    if (is_picture) disk_.write(url, bytes);
    // What was pushed out of the queue did not fail.
    if (!is_picture && was_started) discard(url);
    stop(url);
    for (const auto& [ticket, done] : waiting) done(bytes);
}

void Fetcher::stop(const QUrl& url) {
    const auto job = jobs_.take(url);
    if (!job) return;
    std::erase(queue_, url);
    if (QNetworkReply* reply = job->reply) {
        reply->disconnect(this);
        reply->abort();
        reply->deleteLater();
        if (--running_[host_of(url)] <= 0) running_.remove(host_of(url));
        --running_all_;
    }
    start_next();
}

}  // namespace guildhall::client
