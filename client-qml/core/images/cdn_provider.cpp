#include "client-qml/core/images/cdn_provider.h"

#include "client-qml/core/images/decode.h"
#include "client-qml/core/images/fetcher.h"

#include <QCache>
#include <QCoreApplication>
#include <QImageReader>
#include <QMutexLocker>
#include <QQuickTextureFactory>
#include <QThread>
#include <QThreadPool>
#include <QTimer>

#include <atomic>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

constexpr int kAllocationMiB = 256;  // of one picture while it is decoded
constexpr int kDecoders = 2;

class CdnResponse;

/// Between a response, which the engine deletes when it likes, and the threads that work for it.
struct Slot {
    QMutex mutex;
    CdnResponse* response = nullptr;  // null: it has its answer, or is gone

    void finish(const QImage& image);
};

/// What the engine waits for; it waits for those that it cancelled too.
class CdnResponse final : public QQuickImageResponse {
  public:
    CdnResponse() { slot->response = this; }
    ~CdnResponse() override {
        const QMutexLocker lock(&slot->mutex);
        slot->response = nullptr;
    }

    QQuickTextureFactory* textureFactory() const override {
        return QQuickTextureFactory::textureFactoryForImage(image);
    }
    // No error where there is none: QML would write a warning about what somebody else sent.
    void cancel() override {
        if (on_cancel) on_cancel();
    }

    const std::shared_ptr<Slot> slot = std::make_shared<Slot>();
    std::function<void()> on_cancel;
    QImage image;
};

void Slot::finish(const QImage& image) {
    const QMutexLocker lock(&mutex);
    if (response == nullptr) return;
    // By the loop of its thread: the engine listens only after the request returned.
    const auto finish = [response = response, image] {
        response->image = image;
        emit response->finished();
    };
    QMetaObject::invokeMethod(response, finish, Qt::QueuedConnection);
    response = nullptr;
}

QString key_of(const QUrl& url, QSize box, double round) {
    return url.toString() + u'|' + QString::number(box.width()) + u'x' +
           QString::number(box.height()) + u'|' + QString::number(round);
}

}  // namespace

class CdnProvider::Impl final : public std::enable_shared_from_this<CdnProvider::Impl> {
  public:
    Impl(std::shared_ptr<const ImagePlaces> places, const QString& folder, CdnLimits limits)
        : places_(std::move(places)),
          memory_(int(limits.memory_bytes >> 10)),
          fetcher_(new Fetcher(folder, limits.disk_bytes)) {
        decoders_.setMaxThreadCount(kDecoders);
        fetcher_->moveToThread(&thread_);
        QObject::connect(&thread_, &QThread::finished, fetcher_, &QObject::deleteLater);
        thread_.setObjectName(u"pictures"_s);
    }

    /// What is under way ends without a picture; nothing begins any more.
    void close() {
        {
            const QMutexLocker lock(&mutex_);
            closed_ = true;
            if (!thread_.isRunning()) delete fetcher_;
        }
        thread_.quit();
        thread_.wait();
        decoders_.clear();
        decoders_.waitForDone();
    }

    QQuickImageResponse* request(const QString& id, QSize requested);
    void local_file(const QString& id, std::function<void(const QString&)> done);
    qint64 memory_bytes() const {
        const QMutexLocker lock(&mutex_);
        return qint64(memory_.totalCost()) << 10;
    }

  private:
    struct Wanted {
        QUrl url;
        QSize box;
        double round = 0;
        QString key;
    };

    std::optional<Wanted> wanted(const QString& id, QSize requested) const;
    QImage remembered(const QString& key) const;
    void remember(const QString& key, const QImage& image);
    void decode(const Wanted& wanted, const QByteArray& bytes, const std::shared_ptr<Slot>& slot);
    void on_fetcher(const std::function<void()>& work);

    const std::shared_ptr<const ImagePlaces> places_;
    mutable QMutex mutex_;
    mutable QCache<QString, QImage> memory_;  // costs in KiB
    QThread thread_;
    Fetcher* fetcher_;  // deletes itself with its thread
    QThreadPool decoders_;
    std::atomic<quint64> tickets_ = 0;
    bool closed_ = false;  // under the mutex
};

void CdnProvider::Impl::on_fetcher(const std::function<void()>& work) {
    const QMutexLocker lock(&mutex_);
    if (closed_) return;
    if (!thread_.isRunning()) thread_.start();
    QMetaObject::invokeMethod(fetcher_, work, Qt::QueuedConnection);
}

std::optional<CdnProvider::Impl::Wanted> CdnProvider::Impl::wanted(const QString& id,
                                                                   QSize requested) const {
    const ImageRequest request = parse_image_id(id);
    const auto url = places_->resolve(request.place);
    if (!url) return std::nullopt;
    const QSize box = request.size > 0 ? QSize(request.size, request.size) : requested;
    return Wanted{*url, box, request.round, key_of(*url, box, request.round)};
}

QImage CdnProvider::Impl::remembered(const QString& key) const {
    const QMutexLocker lock(&mutex_);
    const QImage* image = memory_.object(key);
    return image == nullptr ? QImage() : *image;
}

void CdnProvider::Impl::remember(const QString& key, const QImage& image) {
    const QMutexLocker lock(&mutex_);
    memory_.insert(key, new QImage(image), int(image.sizeInBytes() >> 10) + 1);
}

QQuickImageResponse* CdnProvider::Impl::request(const QString& id, QSize requested) {
    auto* response = new CdnResponse;
    const std::shared_ptr<Slot> slot = response->slot;
    const auto what = wanted(id, requested);
    const QImage known = what ? remembered(what->key) : QImage();
    if (!what || !known.isNull()) {
        slot->finish(known);
        return response;
    }
    const quint64 ticket = ++tickets_;
    response->on_cancel = [self = weak_from_this(), slot = slot.get(), ticket] {
        slot->finish({});
        const auto alive = self.lock();
        if (!alive) return;
        alive->on_fetcher([fetcher = alive->fetcher_, ticket] { fetcher->cancel(ticket); });
    };
    on_fetcher([this, what = *what, slot, ticket] {
        fetcher_->fetch(ticket, what.url, [this, what, slot](const QByteArray& bytes) {
            decode(what, bytes, slot);
        });
    });
    return response;
}

/// On the fetcher's thread, which `close` joins before this dies, as it does the pool.
void CdnProvider::Impl::decode(const Wanted& wanted,
                               const QByteArray& bytes,
                               const std::shared_ptr<Slot>& slot) {
    if (bytes.isEmpty()) return slot->finish({});
    decoders_.start([this, wanted, bytes, slot] {
        const QImage image = decode_image(bytes, wanted.box, wanted.round);
        if (!image.isNull()) {
            remember(wanted.key, image);
        } else {
            // Not where the provider closes: the fetcher is gone by then.
            on_fetcher([fetcher = fetcher_, url = wanted.url] { fetcher->discard(url); });
        }
        slot->finish(image);
    });
}

void CdnProvider::Impl::local_file(const QString& id, std::function<void(const QString&)> done) {
    const auto answer = [done = std::move(done)](const QString& path) {
        QObject* gui = QCoreApplication::instance();
        if (gui != nullptr) QTimer::singleShot(0, gui, [done, path] { done(path); });
    };
    const auto what = wanted(id, {});
    if (!what) return answer({});
    on_fetcher([this, url = what->url, answer, ticket = ++tickets_] {
        fetcher_->fetch(ticket, url, [this, url, answer](const QByteArray& bytes) {
            answer(bytes.isEmpty() ? QString() : fetcher_->path_of(url));
        });
    });
}

CdnProvider::CdnProvider(std::shared_ptr<const ImagePlaces> places,
                         const QString& folder,
                         CdnLimits limits)
    : impl_(std::make_shared<Impl>(std::move(places), folder, limits)) {
    QImageReader::setAllocationLimit(kAllocationMiB);
}

CdnProvider::~CdnProvider() { impl_->close(); }

QQuickImageResponse* CdnProvider::requestImageResponse(const QString& id,
                                                       const QSize& requested_size) {
    return impl_->request(id, requested_size);
}

void CdnProvider::local_file(const QString& id, std::function<void(const QString&)> done) {
    impl_->local_file(id, std::move(done));
}

qint64 CdnProvider::memory_bytes() const { return impl_->memory_bytes(); }

}  // namespace guildhall::client
