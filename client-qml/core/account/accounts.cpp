#include "client-qml/core/account/accounts.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QSaveFile>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kAccountsMax = 20;
constexpr int kTellMs = 100;  // what comes in a flood is told of ten times a second
constexpr char kEngineProperty[] = "guildhall_accounts";

QJsonObject to_json(const AccountRecord& record) {
    return {{u"key"_s, record.key},
            {u"node"_s, record.node.toString()},
            {u"node_name"_s, record.node_name},
            {u"node_fingerprint"_s, record.node_fingerprint},
            {u"user_id"_s, record.user_id},
            {u"user_name"_s, record.user_name}};
}

std::optional<AccountRecord> from_json(const QJsonObject& object) {
    AccountRecord record{text_of(object, "key"_L1, 200),
                         QUrl(text_of(object, "node"_L1, 300)),
                         text_of(object, "node_name"_L1, 300),
                         text_of(object, "node_fingerprint"_L1, 128),
                         text_of(object, "user_id"_L1, 20),
                         text_of(object, "user_name"_L1, 128)};
    if (record.key.isEmpty() || !record.node.isValid()) return std::nullopt;
    return record;
}

int mentions_of(Account& account) {
    const State& state = account.state();
    int sum = 0;
    for (const CachedGuild& guild : state.guilds()) sum += state.guild_unread(guild.id).mentions;
    for (const Channel* channel : state.private_channels()) {
        sum += state.read_states().unread(channel->id).mentions;
    }
    return sum;
}

}  // namespace

Accounts::Accounts(QString folder, bool try_keychain, Clock& clock, Rng& rng, QObject* parent)
    : QAbstractListModel(parent),
      folder_(std::move(folder)),
      secrets_(folder_, try_keychain),
      clock_(clock),
      rng_(rng) {
    tell_.setSingleShot(true);
    tell_.setInterval(kTellMs);
    connect(&tell_, &QTimer::timeout, this, &Accounts::tell_all);
    connect(this, &Accounts::countChanged, this, &Accounts::mentionsChanged);
    connect(&secrets_, &Secrets::kind_changed, this, &Accounts::keychainChanged);
    connect(&secrets_, &Secrets::woke, this, [this] {
        for (const auto& account : accounts_) {
            if (account->waits_for_token()) read_token(account->key());
        }
    });
}

Accounts::~Accounts() { finish_leaving(); }

void Accounts::use_in(QQmlEngine& engine) {
    engine.setProperty(kEngineProperty, QVariant::fromValue<QObject*>(this));
}

Accounts* Accounts::create(QQmlEngine* engine, QJSEngine*) {
    auto* made = qobject_cast<Accounts*>(engine->property(kEngineProperty).value<QObject*>());
    QJSEngine::setObjectOwnership(made, QJSEngine::CppOwnership);
    return made;
}

void Accounts::load() {
    QFile file(folder_ + u"/accounts.json"_s);
    if (!file.open(QIODevice::ReadOnly)) return;
    const QJsonObject object = QJsonDocument::fromJson(file.read(1 << 20)).object();
    const auto records = list_of(object, "accounts"_L1, kAccountsMax, from_json);
    beginResetModel();
    for (const AccountRecord& record : records) make(record);
    endResetModel();
    // What a run before could not remove any more.
    for (const auto& key : object["leaving"_L1].toArray()) gone_.append(key.toString());
    finish_leaving();
    for (const auto& account : accounts_) account->show_cache();
    emit countChanged();
    Account* last = find(text_of(object, "current"_L1, 200));
    show(last || accounts_.empty() ? last : accounts_.front().get());
    for (const auto& account : accounts_) read_token(account->key());
}

void Accounts::read_token(const QString& key) {
    secrets_.read(key, [this, key](Secrets::Found found, const QString& token) {
        Account* account = find(key);
        // Somebody may have logged in meanwhile.
        if (!account || !account->token().isEmpty()) return;
        if (found == Secrets::Found::away) return account->wait_for_token();
        account->use_token(token);
        if (token.isEmpty()) emit loginNeeded(account);
    });
}

Account* Accounts::find(const QString& key) const {
    const auto at =
        std::ranges::find_if(accounts_, [&](const auto& one) { return one->key() == key; });
    return at == accounts_.end() ? nullptr : at->get();
}

QString Accounts::folder_of(const QString& key) const {
    return folder_ + u'/' + QString::fromLatin1(QUrl::toPercentEncoding(key));
}

Account* Accounts::make(const AccountRecord& record) {
    auto& made = accounts_.emplace_back(
        std::make_unique<Account>(record, folder_of(record.key), clock_, rng_));
    Account* account = made.get();
    connect(account, &Account::loggedOut, this, [this, account] { emit loginNeeded(account); });
    connect(account, &Account::tokenWanted, this, [this, account] { read_token(account->key()); });
    const auto soon = [this] {
        if (!tell_.isActive()) tell_.start();
    };
    connect(account, &Account::selfChanged, this, soon);
    connect(account, &Account::lineChanged, this, soon);
    connect(&account->state(), &State::unread_changed, this, soon);
    connect(&account->state(), &State::guild_removed, this, soon);
    connect(&account->state(), &State::reset, this, soon);
    return account;
}

void Accounts::tell_all() {
    if (!accounts_.empty()) emit dataChanged(index(0), index(rowCount() - 1));
    emit mentionsChanged();
}

int Accounts::mentions() const {
    int sum = 0;
    for (const auto& account : accounts_) sum += mentions_of(*account);
    return sum;
}

int Accounts::otherMentions() const { return mentions() - (current_ ? mentions_of(*current_) : 0); }

Account* Accounts::add(const AccountRecord& record, const QString& token) {
    finish_leaving();
    secrets_.write(record.key, token);
    Account* account = find(record.key);
    if (!account) {
        beginInsertRows({}, rowCount(), rowCount());
        account = make(record);
        endInsertRows();
        emit countChanged();
    }
    account->start(token);  // of one that is there already it renews the token
    show(account);
    return account;
}

void Accounts::show(Account* account) {
    if (account == current_) return;
    current_ = account;
    save();
    emit currentChanged();
    emit mentionsChanged();
}

void Accounts::select(const QString& key) {
    if (Account* account = find(key)) show(account);
}

void Accounts::selectNext() {
    const auto at =
        std::ranges::find_if(accounts_, [&](const auto& one) { return one.get() == current_; });
    if (at == accounts_.end()) return;
    show(std::next(at) == accounts_.end() ? accounts_.front().get() : std::next(at)->get());
}

void Accounts::logOut(const QString& key) {
    const auto at =
        std::ranges::find_if(accounts_, [&](const auto& one) { return one->key() == key; });
    if (at == accounts_.end()) return;
    const bool was_shown = current_ == at->get();
    end_session(**at);
    (*at)->gateway().close();
    gone_.append(key);
    const int row = int(at - accounts_.begin());
    beginRemoveRows({}, row, row);
    // QML may still look at it: it goes on a later turn, and with it its folder.
    leaving_.push_back(std::move(*at));
    accounts_.erase(at);
    endRemoveRows();
    QTimer::singleShot(0, this, &Accounts::finish_leaving);
    secrets_.remove(key);
    if (was_shown) show(accounts_.empty() ? nullptr : accounts_.front().get());
    save();
    emit countChanged();
}

void Accounts::end_session(const Account& account) {
    if (account.token().isEmpty()) return;
    Request request;
    request.method = "POST";
    request.path = u"/auth/logout"_s;
    request.body = QJsonObject();
    auto* rest = new Rest(account.record().node, clock_, rng_, this);
    rest->set_token(account.token());
    rest->send(std::move(request), rest, [rest](const Answer&) { rest->deleteLater(); });
}

void Accounts::finish_leaving() {
    leaving_.clear();
    if (gone_.isEmpty()) return;
    for (const QString& key : std::exchange(gone_, {})) {
        // Never the folder of all accounts, whatever the list says.
        if (key.contains(u'@') && !find(key)) QDir(folder_of(key)).removeRecursively();
    }
    save();
}

void Accounts::save() const {
    QJsonArray list;
    for (const auto& account : accounts_) list.append(to_json(account->record()));
    QDir().mkpath(folder_);
    QSaveFile file(folder_ + u"/accounts.json"_s);
    if (!file.open(QIODevice::WriteOnly)) return;
    file.write(QJsonDocument(QJsonObject{{u"accounts"_s, list},
                                         {u"leaving"_s, QJsonArray::fromStringList(gone_)},
                                         {u"current"_s, current_ ? current_->key() : QString()}})
                   .toJson());
    file.commit();
}

int Accounts::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(accounts_.size());
}

QVariant Accounts::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    Account* account = accounts_[std::size_t(index.row())].get();
    switch (role) {
        case AccountRole:
            return QVariant::fromValue(account);
        case KeyRole:
            return account->key();
        case NameRole:
            return account->displayName();
        case NodeRole:
            return account->nodeName();
        case AvatarRole:
            return account->avatarUrl();
        case MentionsRole:
            return mentions_of(*account);
        case EndedRole:
            return account->line() == Account::Line::LoggedOut;
        default:
            return {};
    }
}

QHash<int, QByteArray> Accounts::roleNames() const {
    return {{AccountRole, "account"},
            {KeyRole, "key"},
            {NameRole, "name"},
            {NodeRole, "node"},
            {AvatarRole, "avatar"},
            {MentionsRole, "mentions"},
            {EndedRole, "ended"}};
}

}  // namespace guildhall::client
