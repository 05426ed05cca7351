#include "client-qml/federation/node_facts.h"

#include "client-qml/core/text/bidi.h"

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype kPage = 500, kRowsMax = 5'000, kFeaturesMax = 200;
}

void NodeFacts::setAccount(Account* account) {
    if (account == account_) return;
    account_ = account;
    refresh();
}

QString NodeFacts::fingerprint() const {
    QString grouped;
    for (qsizetype i = 0; i < uid_.size(); i += 4)
        grouped += (i > 0 ? u" "_s : QString()) + uid_.mid(i, 4);
    return grouped;
}

bool NodeFacts::changedKey() const {
    return account_ && !uid_.isEmpty() && !account_->record().node_fingerprint.isEmpty() &&
           account_->record().node_fingerprint != uid_;
}

QString NodeFacts::registration() const {
    if (registration_ == "open"_L1) return tr("Everybody may make an account");
    if (registration_ == "invite"_L1) return tr("Who has an invite may make an account");
    return registration_.isEmpty() ? QString() : tr("Takes no new accounts");
}

void NodeFacts::refresh() {
    beginResetModel();
    rows_.clear();
    endResetModel();
    asks_ = std::make_unique<QObject>();
    error_.clear();
    loading_ = account_ != nullptr;
    emit changed();
    if (!account_) return;
    Request request;
    request.path = u"/node"_s;
    account_->rest().send(std::move(request), asks_.get(), [this](const Answer& answer) {
        loading_ = false;
        const QJsonObject body = answer.body.toObject();
        if (answer.ok()) {
            name_ = text::safe_name(text_of(body, "name"_L1, 253));
            uid_ = text_of(body, "uid"_L1, 64);
            version_ = text_of(body, "version"_L1, 32);
            registration_ = text_of(body, "registration"_L1, 16);
            federated_ = flag_of(body, "federation"_L1);
            const QJsonArray features = body["features"_L1].toArray();
            features_.clear();
            for (qsizetype i = 0; i < std::min(features.size(), kFeaturesMax); ++i) {
                features_.push_back(features.at(i).toString().left(64));
            }
            if (features_.contains(u"node_peers"_s)) ask_peers({});
        } else if (account_) {
            error_ = tr("Your node does not answer: this is what this device knows.");
            name_ = account_->nodeName();
            uid_ = account_->nodeFingerprint();
        }
        emit changed();
    });
}

void NodeFacts::ask_peers(const QString& after) {
    if (!account_) return;
    Request request;
    request.path = u"/node/peers"_s;
    request.query.addQueryItem(u"limit"_s, QString::number(kPage));
    if (!after.isEmpty()) request.query.addQueryItem(u"after"_s, after);
    account_->rest().send(std::move(request), asks_.get(), [this](const Answer& answer) {
        const QJsonArray peers = answer.body.toArray();
        const qsizetype room = kRowsMax - qsizetype(rows_.size());
        const qsizetype count = std::min({peers.size(), kPage, room});
        if (!answer.ok() || count <= 0) return;
        beginInsertRows({}, rowCount(), rowCount() + int(count) - 1);
        for (qsizetype i = 0; i < count; ++i) {
            const QJsonObject object = peers.at(i).toObject();
            Row row;
            row.node.name = text::safe_name(text_of(object, "name"_L1, 253));
            row.node.uid = text_of(object, "uid"_L1, 64);
            row.node.reachable = flag_of(object, "reachable"_L1);
            row.node.verified = flag_of(object, "verified"_L1);
            row.node.away_since_ms = time_of(object, "last_seen"_L1);
            row.guilds = int(number_of(object, "guilds"_L1, 0, 1'000'000));
            rows_.push_back(std::move(row));
        }
        endInsertRows();
        emit changed();
        const QString last = text_of(peers.at(count - 1).toObject(), "name"_L1, 253);
        if (peers.size() == kPage && !last.isEmpty()) ask_peers(last);
    });
}

int NodeFacts::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(rows_.size());
}

QVariant NodeFacts::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const Row& row = rows_[std::size_t(index.row())];
    switch (role) {
        case NameRole:
            return node_text(row.node);
        case UidRole:
            return row.node.uid;
        case ReachRole:
            return reach_text(row.node);
        case ReachableRole:
            return row.node.reachable;
        case VerifiedRole:
            return row.node.verified;
        case GuildsRole:
            return row.guilds;
        default:
            return {};
    }
}

QHash<int, QByteArray> NodeFacts::roleNames() const {
    return {{NameRole, "name"},
            {UidRole, "uid"},
            {ReachRole, "reach"},
            {ReachableRole, "reachable"},
            {VerifiedRole, "verified"},
            {GuildsRole, "guilds"}};
}

}  // namespace guildhall::client
