#include "client-qml/federation/hosting.h"

#include "client-qml/core/text/bidi.h"

#include <QCoreApplication>
#include <QLocale>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kSuccessorsMax = 64;
constexpr qint64 kEntriesMax = qint64(1) << 52;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Hosting)
};

KnownNode parse_node(const QJsonObject& object) {
    KnownNode node;
    node.name = text::safe_name(text_of(object, "name"_L1, 253));
    node.uid = text_of(object, "uid"_L1, 64);
    node.own = flag_of(object, "own"_L1);
    node.verified = flag_of(object, "verified"_L1);
    node.reachable = flag_of(object, "reachable"_L1);
    node.away_since_ms = time_of(object, "away_since"_L1);
    return node;
}

std::optional<Successor> parse_successor(const QJsonObject& object) {
    Successor one;
    one.node = parse_node(object);
    if (one.node.uid.isEmpty() && one.node.name.isEmpty()) return std::nullopt;
    one.held_entries = number_of(object, "held_entries"_L1, 0, kEntriesMax, -1);
    one.entries = number_of(object, "entries"_L1, 0, kEntriesMax, -1);
    one.held_at_ms = time_of(object, "held_at"_L1);
    return one;
}

QString when(qint64 ms) {
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(ms), QLocale::ShortFormat);
}

}  // namespace

std::optional<Hosting> parse_hosting(const QJsonObject& object) {
    if (!object["host"_L1].isObject()) return std::nullopt;
    Hosting hosting;
    hosting.host = parse_node(object_of(object, "host"_L1));
    hosting.role = text_of(object, "role"_L1, 16);
    hosting.votes = int(number_of(object, "votes"_L1, 0, 1'000));
    hosting.takeover_delay_s = number_of(object, "takeover_delay"_L1, 0, qint64(1) << 40);
    hosting.successors = list_of(object, "successors"_L1, kSuccessorsMax, parse_successor);
    const QJsonObject verified = object_of(object, "verified"_L1);
    if (!verified.isEmpty()) {
        hosting.verified_entries = number_of(verified, "entries"_L1, 0, kEntriesMax);
        hosting.verified_at_ms = time_of(verified, "at"_L1);
        hosting.behind = number_of(verified, "behind"_L1, 0, kEntriesMax);
    }
    const QJsonObject frozen = object_of(object, "frozen"_L1);
    hosting.frozen_kind = text_of(frozen, "kind"_L1, 32);
    hosting.frozen_reason = text_of(frozen, "reason"_L1, 500);
    hosting.frozen_at_ms = time_of(frozen, "at"_L1);
    return hosting;
}

QString node_text(const KnownNode& node) {
    if (!node.name.isEmpty()) return node.name;
    return node.uid.isEmpty() ? Text::tr("an unknown node")
                              : Text::tr("node %1").arg(node.uid.left(8));
}

QString reach_text(const KnownNode& node) {
    if (node.own) return Text::tr("your own node");
    if (node.reachable) return Text::tr("reachable now");
    if (node.away_since_ms == 0) return Text::tr("not reachable");
    return Text::tr("not reachable since %1").arg(when(node.away_since_ms));
}

QString duration_text(qint64 seconds) {
    const int hours = int(std::clamp<qint64>((seconds + 3599) / 3600, 0, 24 * 100'000));
    if (hours == 0) return Text::tr("at once");
    const int left = hours % 24, whole = hours / 24;
    const QString rest = left == 1 ? Text::tr("1 hour") : Text::tr("%n hours", nullptr, left);
    if (hours < 24) return rest;
    const QString days = whole == 1 ? Text::tr("1 day") : Text::tr("%n days", nullptr, whole);
    return hours % 24 == 0 ? days : Text::tr("%1 and %2").arg(days, rest);
}

QString short_note(const Hosting& hosting) {
    if (hosting.frozen()) return Text::tr("Stopped: its record contradicts itself");
    return hosting.away() ? Text::tr("Read-only: its home is away") : QString();
}

QString long_note(const Hosting& hosting) {
    if (hosting.frozen()) {
        return Text::tr(
                   "This guild is stopped on your node: %1 You can read what was there before.")
            .arg(frozen_text(hosting.frozen_kind));
    }
    if (!hosting.away()) return {};
    const QString since = hosting.host.away_since_ms == 0
                              ? QString()
                              : Text::tr(" since %1").arg(when(hosting.host.away_since_ms));
    return Text::tr(
               "Read-only: %1, where this guild lives, cannot be reached%2. You can read "
               "everything; what you write waits here and is sent when it is back.")
        .arg(node_text(hosting.host), since);
}

QString frozen_text(const QString& kind) {
    if (kind == "split_heads"_L1) {
        return Text::tr("the node that hosts it told different members different histories.");
    }
    if (kind == "shrunk_log"_L1 || kind == "rewritten_entry"_L1 || kind == "rewritten_log"_L1) {
        return Text::tr("the node that hosts it changed what had happened before.");
    }
    if (kind == "broken_receipt"_L1) {
        return Text::tr("the node that hosts it left out what it had confirmed.");
    }
    if (kind == "forged_origin"_L1 || kind == "unsigned_command"_L1) {
        return Text::tr("the node that hosts it put words into somebody's mouth.");
    }
    return Text::tr("what the node that hosts it says does not fit together.");
}

}  // namespace guildhall::client
