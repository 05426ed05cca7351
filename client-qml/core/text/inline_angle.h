// What stands between < and >: mentions, custom emoji, moments, addresses; and the (target) of a
// masked link. Internal to inline.cpp. Plain functions; any thread.
#pragma once

#include "client-qml/core/text/inline.h"

#include <QStringView>

#include <cstddef>

namespace guildhall::client::text {

// `text` begins with "<". An address comes as link_open; `units` is 0 if it is none of these.
struct Angle {
    Piece piece;
    qsizetype units = 0;
    std::size_t steps = 0;
};
Angle parse_angle(QStringView text);

// `text` begins after "](". `units` counts to behind the ")", 0 if there is no target.
struct LinkTarget {
    QStringView url;
    qsizetype units = 0;
    std::size_t steps = 0;
};
LinkTarget parse_link_target(QStringView text);

}  // namespace guildhall::client::text
