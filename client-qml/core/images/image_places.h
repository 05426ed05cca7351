#pragma once
// ImagePlaces: what an image:// address may name. Pictures below a node's /cdn are free to all its
// accounts; any other web address only where people allowed that. Addresses come out of messages
// and are hostile. Changed on the GUI thread, asked from any.

#include <QMutex>
#include <QSize>
#include <QString>
#include <QUrl>

#include <optional>
#include <vector>

namespace guildhall::client {

/// "avatars/1/abc.png?size=64&round" or a percent-encoded web address with the same options.
struct ImageRequest {
    QString place;
    int size = 0;      // of the longer side (round: of both) in pixels; 0: as it is
    double round = 0;  // radius of the corners as a share of the side: 0.5 is a circle
};

ImageRequest parse_image_id(const QString& id);

class ImagePlaces final {
  public:
    /// `nodes`: of all accounts, the shown one's first: what names no host is there. `external`:
    /// whether pictures from elsewhere are fetched.
    void set(std::vector<QUrl> nodes, bool external);
    /// None: not to be fetched.
    std::optional<QUrl> resolve(const QString& place) const;

  private:
    bool is_allowed(const QUrl& url) const;

    mutable QMutex mutex_;
    std::vector<QUrl> nodes_;
    bool external_ = false;
};

}  // namespace guildhall::client
