#include "client-qml/federation/node_bans.h"

#include "client-qml/core/models/node_book.h"
#include "client-qml/core/text/bidi.h"

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype kRowsMax = 1'000, kNodeMax = 253;
}

void NodeBans::setAccount(Account* account) {
    if (account == account_) return;
    if (account_) NodeBook::of(account_)->disconnect(this);
    account_ = account;
    asks_ = std::make_unique<QObject>();
    busy_ = false;
    show({});
    if (account) connect(NodeBook::of(account), &NodeBook::changed, this, &NodeBans::refresh);
    refresh();
    emit placeChanged();
}

void NodeBans::setGuildId(const QString& guild) {
    const Snowflake id = snowflake(QStringView(guild));
    if (id == guild_) return;
    guild_ = id;
    show({});
    refresh();
    emit placeChanged();
}

bool NodeBans::available() const {
    return account_ && guild_ != 0 && NodeBook::of(account_)->offers(u"node_bans"_s) &&
           account_->state().guild_permissions(guild_).has(protocol::permissions::kBanMembers |
                                                           protocol::permissions::kManageGuild);
}

void NodeBans::refresh() {
    emit changed();
    if (!available()) return;
    Request request;
    request.path = u"/guilds/%1/node-bans"_s.arg(guild_);
    const Snowflake guild = guild_;
    account_->rest().send(std::move(request), asks_.get(), [this, guild](const Answer& answer) {
        if (guild != guild_ || !answer.ok()) return;
        std::vector<Row> rows;
        const QJsonArray bans = answer.body.toArray();
        for (qsizetype i = 0; i < std::min(bans.size(), kRowsMax); ++i) {
            const QJsonObject one = bans.at(i).toObject();
            Row row{text::safe_name(text_of(one, "name"_L1, int(kNodeMax))),
                    text_of(one, "node_uid"_L1, 64)};
            if (!row.uid.isEmpty()) rows.push_back(std::move(row));
        }
        show(std::move(rows));
    });
}

void NodeBans::show(std::vector<Row> rows) {
    beginResetModel();
    rows_ = std::move(rows);
    endResetModel();
    emit changed();
}

void NodeBans::ban(const QString& node) {
    const QString name = node.trimmed();
    const bool is_path = name.count(u'.') == name.size();  // "..", which an address would resolve
    if (!is_path && name.size() <= kNodeMax) send("PUT", name);
}

void NodeBans::lift(const QString& uid) { send("DELETE", uid); }

void NodeBans::send(const QByteArray& method, const QString& node) {
    if (!account_ || busy_) return;
    Request request;
    request.method = method;
    request.path = u"/guilds/%1/node-bans/%2"_s.arg(
        id_text(guild_), QString::fromLatin1(QUrl::toPercentEncoding(node)));
    busy_ = true;
    error_.clear();
    emit changed();
    account_->rest().send(std::move(request), asks_.get(), [this](const Answer& answer) {
        busy_ = false;
        error_ = answer.error.message;
        refresh();
    });
}

int NodeBans::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(rows_.size());
}

QVariant NodeBans::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const Row& row = rows_[std::size_t(index.row())];
    if (role == UidRole) return row.uid;
    if (role == NameRole) return row.name.isEmpty() ? tr("node %1").arg(row.uid.left(8)) : row.name;
    return {};
}

QHash<int, QByteArray> NodeBans::roleNames() const {
    return {{NameRole, "name"}, {UidRole, "uid"}};
}

}  // namespace guildhall::client
