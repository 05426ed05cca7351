#include "client-qml/core/images/image_places.h"

#include <QHostAddress>
#include <QMutexLocker>
#include <QUrlQuery>

#include <algorithm>
#include <cmath>
#include <utility>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kPlaceMax = 4'096;
constexpr int kSizeMax = 4'096;

bool same_host(const QUrl& a, const QUrl& b) {
    const auto port = [](const QUrl& url) {
        return url.port(url.scheme() == u"https"_s ? 443 : 80);
    };
    return a.scheme() == b.scheme() && a.host() == b.host() && port(a) == port(b);
}

/// The address below a node's /cdn; the node's own path is kept (it may lie behind one).
QString cdn_path(const QUrl& node) {
    const QString path = node.path();
    return (path.endsWith(u'/') ? path.chopped(1) : path) + u"/cdn/"_s;
}

/// "/cdn/../x" would be outside after all; nothing that we make has such parts.
bool climbs(const QString& path) {
    const QStringList parts = path.split(u'/');
    return parts.contains(u".."_s) || parts.contains(u"."_s) || path.contains(u'\\');
}

/// Whether a picture that somebody linked may be asked for there: not on this machine, nor in the
/// network around it, where an address may do something. Names that lead there are not known here.
bool is_public(QString host) {
    if (host.endsWith(u'.')) host.chop(1);  // a name may be written with its root
    if (host == u"localhost"_s || host.endsWith(u".localhost"_s) || host.endsWith(u".local"_s)) {
        return false;
    }
    QHostAddress address;
    if (!address.setAddress(host)) return host.contains(u'.');
    bool is_mapped = false;
    const quint32 v4 = address.toIPv4Address(&is_mapped);
    if (is_mapped) address = QHostAddress(v4);
    constexpr std::pair<const char*, int> kNear[] = {{"0.0.0.0", 8},
                                                     {"10.0.0.0", 8},
                                                     {"100.64.0.0", 10},
                                                     {"172.16.0.0", 12},
                                                     {"192.168.0.0", 16},
                                                     {"fc00::", 7}};
    return address.isGlobal() && std::ranges::none_of(kNear, [&](const auto& one) {
               return address.isInSubnet(QHostAddress(QString::fromLatin1(one.first)), one.second);
           });
}

/// What our own addresses of a node's pictures are made of.
bool is_plain(const QString& place) {
    return !place.isEmpty() && !place.startsWith(u'/') && std::ranges::all_of(place, [](QChar c) {
        return c.unicode() < 128 && (c.isLetterOrNumber() || u"_-./"_s.contains(c));
    });
}

double corner_of(const QUrlQuery& options) {
    if (!options.hasQueryItem(u"round"_s)) return 0;
    bool is_number = false;
    const double share = options.queryItemValue(u"round"_s).toDouble(&is_number);
    return is_number && std::isfinite(share) ? std::clamp(share, 0.0, 0.5) : 0.5;
}

}  // namespace

ImageRequest parse_image_id(const QString& id) {
    ImageRequest request;
    const qsizetype mark = id.indexOf(u'?');
    const QString place = mark < 0 ? id : id.left(mark);
    if (place.size() <= kPlaceMax) request.place = QUrl::fromPercentEncoding(place.toUtf8());
    if (mark < 0) return request;
    const QUrlQuery options(id.mid(mark + 1, 64));
    request.size = std::clamp(options.queryItemValue(u"size"_s).toInt(), 0, kSizeMax);
    request.round = corner_of(options);
    return request;
}

void ImagePlaces::set(std::vector<QUrl> nodes, bool external) {
    const QMutexLocker lock(&mutex_);
    nodes_ = std::move(nodes);
    external_ = external;
}

std::optional<QUrl> ImagePlaces::resolve(const QString& place) const {
    const QMutexLocker lock(&mutex_);
    const bool is_whole = place.startsWith(u"https://"_s) || place.startsWith(u"http://"_s);
    QUrl url(place, QUrl::TolerantMode);
    if (!is_whole) {
        if (nodes_.empty() || !is_plain(place)) return std::nullopt;
        url = nodes_.front();
        url.setPath(cdn_path(nodes_.front()) + place, QUrl::DecodedMode);
    }
    if (!url.isValid() || url.host().isEmpty() || !is_allowed(url)) return std::nullopt;
    url.setUserInfo(QString());
    url.setFragment(QString());
    return url;
}

bool ImagePlaces::is_allowed(const QUrl& url) const {
    const QString path = url.path(QUrl::FullyDecoded);
    const bool is_cdn = std::ranges::any_of(nodes_, [&](const QUrl& node) {
        return same_host(node, url) && path.startsWith(cdn_path(node));
    });
    if (is_cdn) return !climbs(path);
    // At a node's own address nothing but pictures is asked for.
    const bool at_node =
        std::ranges::any_of(nodes_, [&](const QUrl& node) { return same_host(node, url); });
    return external_ && !at_node && is_public(url.host());
}

}  // namespace guildhall::client
