#pragma once
// CdnProvider: pictures for QML, as image://cdn/PLACE (image_places.h says what a place is): from
// memory, disk or network, decoded on a pool, cut round where QML wants that. Where there is no
// picture an Image becomes ready with an implicitWidth of 0: QML shows its own as long as it is 0.
// The engine owns it and asks it on its own threads.

#include "client-qml/core/images/image_places.h"

#include <QImage>
#include <QQuickAsyncImageProvider>

#include <functional>
#include <memory>

class QQmlEngine;

namespace guildhall::client {

class Accounts;
class Preferences;

struct CdnLimits {
    qint64 memory_bytes = 24 << 20;
    qint64 disk_bytes = 256 << 20;
};

class CdnProvider final : public QQuickAsyncImageProvider {
  public:
    /// `places` are shared with who keeps them up to date, which may outlive this or not.
    CdnProvider(std::shared_ptr<const ImagePlaces> places,
                const QString& folder,
                CdnLimits limits = {});
    ~CdnProvider() override;

    QQuickImageResponse* requestImageResponse(const QString& id,
                                              const QSize& requested_size) override;

    /// A file with the whole picture, for what moves: GIF and WebP. On the GUI thread; `done` too,
    /// with an empty path where there is none. The file stays at least until the next picture
    /// comes.
    void local_file(const QString& id, std::function<void(const QString& path)> done);

    qint64 memory_bytes() const;

  private:
    class Impl;
    std::shared_ptr<Impl> impl_;  // shared with pictures that are under way
};

/// Registers the provider as "cdn", for the nodes of `accounts`; `folder` gets a folder for its
/// files. GUI thread; both outlive the engine. In account/image_wiring.cpp.
void add_image_provider(QQmlEngine& engine,
                        Accounts& accounts,
                        Preferences& preferences,
                        const QString& folder);

}  // namespace guildhall::client
