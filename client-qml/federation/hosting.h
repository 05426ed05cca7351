#pragma once
// Where a guild lives, as GET /guilds/{id}/hosting tells it, and what that means in plain words.
// Plain values; any thread.

#include "client-qml/core/base/json.h"

#include <optional>
#include <vector>

namespace guildhall::client {

/// A node as another one knows it.
struct KnownNode {
    QString name, uid;
    bool own = false;        // the node that was asked
    bool verified = false;   // its name was proved to be its own
    bool reachable = false;  // a link is open now
    qint64 away_since_ms = 0;

    bool operator==(const KnownNode&) const = default;
};

struct Successor {
    KnownNode node;
    qint64 held_entries = -1, entries = -1;  // below 0: the host alone knows
    qint64 held_at_ms = 0;

    bool operator==(const Successor&) const = default;
};

struct Hosting {
    KnownNode host;
    QString role;  // of one's own node: "host", "mirror", "frozen"
    int votes = 0;
    qint64 takeover_delay_s = 0;
    std::vector<Successor> successors;
    /// How far the history was checked; below 0 on the host itself.
    qint64 verified_entries = -1, verified_at_ms = 0, behind = 0;
    QString frozen_kind, frozen_reason;
    qint64 frozen_at_ms = 0;

    bool operator==(const Hosting&) const = default;
    bool frozen() const { return !frozen_kind.isEmpty() || role == QLatin1StringView("frozen"); }
    bool away() const { return !host.own && !host.reachable; }
};

std::optional<Hosting> parse_hosting(const QJsonObject& object);

/// One line for the header of the channels; empty where all is well.
QString short_note(const Hosting& hosting);
/// A sentence or two for the banner; empty where all is well.
QString long_note(const Hosting& hosting);
/// "one.example", or what can be said of a node without a name.
QString node_text(const KnownNode& node);
/// "reachable now", "not reachable since Tuesday 14:05", "not reachable".
QString reach_text(const KnownNode& node);
/// "3 hours", "1 day and 6 hours", "at once".
QString duration_text(qint64 seconds);
/// Why a guild's record is not trusted any more, by the kind of the finding.
QString frozen_text(const QString& kind);

}  // namespace guildhall::client
