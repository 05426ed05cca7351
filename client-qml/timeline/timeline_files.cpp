// Files and pictures of messages: what the viewer shows, what is uncovered, copied, opened.

#include "client-qml/core/images/cdn_provider.h"
#include "client-qml/core/images/decode.h"
#include "client-qml/core/text/links.h"
#include "client-qml/timeline/timeline_model.h"

#include <QClipboard>
#include <QFile>
#include <QGuiApplication>
#include <QThreadPool>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

constexpr int kCopiedSide = 4'096;  // pixels; 64 MB on a clipboard

QImage picture_of_file(const QString& path) {
    QFile file(path);
    if (path.isEmpty() || !file.open(QIODevice::ReadOnly)) return {};
    return decode_image(file.read(kImageBytesMax), {kCopiedSide, kCopiedSide}, 0);
}

}  // namespace

QVariantList TimelineModel::files(const QString& key) const {
    const Row* row = row_of(key);
    return row ? file_list(*row) : QVariantList();
}

QVariantList TimelineModel::pictures(const QString& key) const {
    const Row* row = row_of(key);
    return row ? picture_list(*row) : QVariantList();
}

void TimelineModel::uncover(const QString& key, const QString& file) {
    const int at = account_ ? find(snowflake(QStringView(key))) : -1;
    if (at < 0 || !messages_[std::size_t(at)].uncovered.insert(snowflake(QStringView(file))).second)
        return;
    touch(row_of_message(std::size_t(at)), {FilesRole});
}

void TimelineModel::openWeb(const QString& url) {
    const text::SafeUrl safe = text::safe_url(url);
    if (!safe.is_empty()) emit linkPressed(safe.encoded, safe.host, false);
}

void TimelineModel::copyLink(const QString& url) {
    copy(url);
    emit noticed(tr("Link copied"));
}

void TimelineModel::copyPicture(const QString& address) {
    const QString prefix = u"image://cdn/"_s;
    const QQmlEngine* engine = qmlEngine(this);
    auto* provider = engine ? dynamic_cast<CdnProvider*>(engine->imageProvider(u"cdn"_s)) : nullptr;
    if (!provider || !address.startsWith(prefix)) return;
    const auto put = [self = QPointer(this)](const QImage& image) {
        if (!self) return;
        if (!image.isNull()) QGuiApplication::clipboard()->setImage(image);
        emit self->noticed(image.isNull() ? tr("The picture could not be copied.")
                                          : tr("Picture copied"));
    };
    // Read and decoded beside the window; the clipboard is the GUI thread's.
    provider->local_file(address.mid(prefix.size()), [put](const QString& path) {
        QThreadPool::globalInstance()->start([put, path] {
            const QImage image = picture_of_file(path);
            QMetaObject::invokeMethod(qGuiApp, [put, image] { put(image); }, Qt::QueuedConnection);
        });
    });
}

}  // namespace guildhall::client
