#include "client-qml/core/models/node_book.h"

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {
constexpr qint64 kHoldsMs = 60'000;  // whether a node can be reached changes
constexpr qsizetype kFeaturesMax = 200, kPage = 500, kPeersMax = 5'000;
}  // namespace

NodeBook* NodeBook::of(Account* account) {
    if (!account) return nullptr;
    auto* book = account->findChild<NodeBook*>(QString(), Qt::FindDirectChildrenOnly);
    return book ? book : new NodeBook(account);
}

NodeBook::NodeBook(Account* account) : QObject(account), account_(*account) {
    connect(account, &Account::lineChanged, this, [this] {
        if (account_.line() != Account::Line::Ready) return;
        absent_.clear();  // It may be a newer program by now.
        if (features_.isEmpty()) node_asked_ms_ = 0;
    });
}

bool NodeBook::is_due(qint64 asked_ms) const {
    const qint64 now_ms = account_.state().clock().steady_ms();
    return asked_ms == 0 || now_ms - asked_ms > kHoldsMs;
}

bool NodeBook::offers(const QString& feature) {
    if (node_asked_ms_ == 0 || (features_.isEmpty() && is_due(node_asked_ms_))) ask_node();
    return features_.contains(feature);
}

bool NodeBook::may_offer(const QString& feature) {
    return offers(feature) || (features_.isEmpty() && !absent_.contains(feature));
}

void NodeBook::learn_absent(const QString& feature) {
    if (absent_.size() >= kFeaturesMax) return;
    features_.remove(feature);
    absent_.insert(feature);
    emit changed();
}

const NodeBook::Peer* NodeBook::peer(const QString& name) {
    if (is_due(peers_asked_ms_)) {
        peers_asked_ms_ = std::max<qint64>(1, account_.state().clock().steady_ms());
        ask_peers({});
    }
    const auto at = peers_.constFind(name);
    return at == peers_.constEnd() ? nullptr : &*at;
}

void NodeBook::ask_node() {
    node_asked_ms_ = std::max<qint64>(1, account_.state().clock().steady_ms());
    Request request;
    request.path = u"/node"_s;
    request.anonymous = true;
    account_.rest().send(std::move(request), this, [this](const Answer& answer) {
        const QJsonArray features = answer.body.toObject()["features"_L1].toArray();
        for (qsizetype i = 0; i < std::min(features.size(), kFeaturesMax); ++i) {
            features_.insert(features.at(i).toString().left(64));
        }
        if (!features_.isEmpty()) emit changed();
    });
}

void NodeBook::ask_peers(const QString& after) {
    Request request;
    request.path = u"/node/peers"_s;
    request.query.addQueryItem(u"limit"_s, QString::number(kPage));
    if (!after.isEmpty()) request.query.addQueryItem(u"after"_s, after);
    account_.rest().send(std::move(request), this, [this, after](const Answer& answer) {
        if (!answer.ok()) return;
        if (after.isEmpty()) peers_.clear();
        const QJsonArray peers = answer.body.toArray();
        QString last;
        for (qsizetype i = 0; i < std::min(peers.size(), kPage); ++i) {
            const QJsonObject one = peers.at(i).toObject();
            last = text_of(one, "name"_L1, 253);
            if (last.isEmpty() || peers_.size() >= kPeersMax) continue;
            peers_.insert(last, {flag_of(one, "verified"_L1), flag_of(one, "reachable"_L1)});
        }
        // A node that answers the same page again and again is not asked for ever.
        const bool goes_on = peers.size() >= kPage && last > after && peers_.size() < kPeersMax;
        if (goes_on) return ask_peers(last);
        knows_peers_ = true;
        emit changed();
    });
}

}  // namespace guildhall::client
