#include "client-qml/core/images/local_picture.h"

#include "client-qml/core/images/cdn_provider.h"

#include <QPointer>
#include <QTimer>

namespace guildhall::client {

using namespace Qt::StringLiterals;

void LocalPicture::setSource(const QString& source) {
    if (source_ == source) return;
    source_ = source;
    emit sourceChanged();
    set_path({});
    // Bindings are set before an object knows its engine.
    QTimer::singleShot(0, this, &LocalPicture::fetch);
}

void LocalPicture::fetch() {
    const QString prefix = u"image://cdn/"_s;
    const QQmlEngine* engine = qmlEngine(this);
    if (engine == nullptr || !source_.startsWith(prefix)) return;
    auto* provider = dynamic_cast<CdnProvider*>(engine->imageProvider(u"cdn"_s));
    if (provider == nullptr) return;
    provider->local_file(source_.mid(prefix.size()),
                         [self = QPointer(this), asked = source_](const QString& path) {
                             if (!self || self->source_ != asked || path.isEmpty()) return;
                             self->set_path(QUrl::fromLocalFile(path));
                         });
}

void LocalPicture::set_path(const QUrl& path) {
    if (path_ == path) return;
    path_ = path;
    emit pathChanged();
}

}  // namespace guildhall::client
