#include "client-qml/app/quick_switcher_model.h"

#include "client-qml/core/images/addresses.h"
#include "client-qml/core/state/channel_order.h"
#include "client-qml/core/text/bidi.h"

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kHitsMax = 30;
constexpr std::size_t kShownMax = 60;        // with those that came later
constexpr std::size_t kOfferedMax = 30'000;  // what a key looks through: 200 guilds of 100 channels
constexpr qsizetype kPeopleMax = 5'000;      // of them people
constexpr std::size_t kPeopleOfGuildMax = 1'000;  // so that one large guild leaves room
constexpr int kReadAtOnce = 4;                    // guilds from the disk between two frames
constexpr int kAskMs = 250, kAskMax = 20, kWordMin = 2, kWordMax = 40, kQueryMax = 100;

QString folded(const QString& text) {
    QString plain;
    for (const QChar c : text.normalized(QString::NormalizationForm_KD)) {
        if (c.category() != QChar::Mark_NonSpacing) plain.append(c.toCaseFolded());
    }
    return plain;
}

bool holds_in_order(const QString& name, const QString& query) {
    qsizetype at = 0;
    for (const QChar c : query) {
        at = name.indexOf(c, at);
        if (at < 0) return false;
        ++at;
    }
    return true;
}

/// As fit(), of texts that are folded already.
int fit_folded(const QString& plain, const QString& wanted) {
    if (plain == wanted) return 0;
    if (plain.startsWith(wanted)) return 1;
    const qsizetype at = plain.indexOf(wanted);
    if (at > 0) return plain.at(at - 1).isLetterOrNumber() ? 3 : 2;
    return holds_in_order(plain, wanted) ? 4 : -1;
}

/// By the better of two names; the other one is often none.
int rank_of(const QString& plain, const QString& other, const QString& wanted) {
    const int one = fit_folded(plain, wanted);
    const int two = other.isEmpty() ? -1 : fit_folded(other, wanted);
    return one < 0 ? two : two < 0 ? one : std::min(one, two);
}

}  // namespace

int fit(const QString& name, const QString& query) {
    return fit_folded(folded(name), folded(query));
}

QuickSwitcherModel::QuickSwitcherModel(QObject* parent) : QAbstractListModel(parent) {
    connect(&more_, &QTimer::timeout, this, &QuickSwitcherModel::read_more);
    ask_.setSingleShot(true);
    ask_.setInterval(kAskMs);
    connect(&ask_, &QTimer::timeout, this, &QuickSwitcherModel::ask_node);
}

void QuickSwitcherModel::setQuery(const QString& query) {
    if (query.isEmpty() || all_.empty()) read();
    query_ = query.left(kQueryMax);
    show();
    ask_.start();
}

void QuickSwitcherModel::setAccount(Account* account) {
    if (account == account_) return;
    if (account_) account_->state().disconnect(this);
    account_ = account;
    if (account) {
        connect(&account->state(), &State::dispatched, this, &QuickSwitcherModel::on_dispatch);
    }
    all_.clear();
    people_.clear();
    later_.clear();
    more_.stop();
    show();
}

void QuickSwitcherModel::show() {
    beginResetModel();
    find();
    endResetModel();
    emit changed();
}

/// What came after the last key stands below what is shown: nothing moves under the chosen row.
void QuickSwitcherModel::add_found() {
    if (hits_.empty()) return show();
    std::vector<Hit> all = std::move(hits_);
    find();
    const auto is_shown = [&](const Hit& hit) {
        return std::ranges::any_of(
            all, [&](const Hit& one) { return one.id == hit.id && one.kind == hit.kind; });
    };
    std::erase_if(hits_, is_shown);
    hits_.resize(std::min(hits_.size(), kShownMax - std::min(kShownMax, all.size())));
    const std::vector<Hit> later = std::exchange(hits_, std::move(all));
    if (later.empty()) return;
    beginInsertRows({}, rowCount(), rowCount() + int(later.size()) - 1);
    hits_.insert(hits_.end(), later.begin(), later.end());
    endInsertRows();
    emit changed();
}

void QuickSwitcherModel::offer(Hit hit) {
    if (all_.size() >= kOfferedMax) return;
    hit.plain = folded(hit.name);
    all_.push_back(std::move(hit));
}

/// Once for each opening. Guilds that lie on the disk still follow, a few at a time.
void QuickSwitcherModel::read() {
    all_.clear();
    people_.clear();
    listed_.clear();
    asked_.clear();
    later_.clear();
    more_.stop();
    if (!account_) return;
    const State& state = account_->state();
    for (const CachedGuild& guild : state.guilds()) {
        offer({u"guild"_s,
               text::safe_name(guild.name),
               {},
               guild_icon_address(guild.id, guild.icon),
               guild.id,
               state.guild_unread(guild.id).any});
        if (state.is_parsed(guild.id)) read_channels(guild);
        if (guild.id != guild_ || !state.is_parsed(guild.id)) later_.push_back(guild.id);
    }
    for (const Channel* channel : state.private_channels()) {
        if (channel->recipients.empty()) continue;
        const User& user = channel->recipients.front();
        offer({u"direct"_s,
               text::safe_name(user.display_name(), user.username),
               user.username,
               avatar_address(user),
               channel->id,
               state.read_states().unread(channel->id).any,
               0});
        people_.insert(user.id);
    }
    read_people(guild_);
    if (!later_.empty()) more_.start();
}

void QuickSwitcherModel::read_more() {
    if (!account_) return more_.stop();
    for (int i = 0; i < kReadAtOnce && !later_.empty(); ++i) {
        const Snowflake id = later_.back();
        later_.pop_back();
        const auto& guilds = account_->state().guilds();
        const auto at = std::ranges::find(guilds, id, &CachedGuild::id);
        if (at == guilds.end()) continue;
        if (!listed_.contains(id)) read_channels(*at);
        read_people(id);
    }
    if (!later_.empty()) return;
    more_.stop();
    add_found();
}

void QuickSwitcherModel::read_channels(const CachedGuild& guild) {
    const State& state = account_->state();
    const QString place = text::safe_name(guild.name);
    listed_.insert(guild.id);
    for (const Channel* channel : visible_channels(state, guild.id)) {
        offer({u"channel"_s,
               text::safe_name(channel->name),
               place,
               {},
               channel->id,
               state.read_states().unread(channel->id).any});
    }
}

void QuickSwitcherModel::read_people(Snowflake guild) {
    std::size_t count = 0;
    for (const Member* member : account_->state().members(guild)) {
        if (++count > kPeopleOfGuildMax) return;
        offer_person(guild, member->user);
    }
}

/// Once, however many guilds one shares with somebody.
void QuickSwitcherModel::offer_person(Snowflake guild, const User& user) {
    if (people_.size() >= kPeopleMax || people_.contains(user.id)) return;
    people_.insert(user.id);
    Hit hit{u"person"_s,
            account_->state().display_name(guild, user),
            text::safe_name(user.username),
            avatar_address(user),
            user.id,
            false,
            guild};
    hit.other = folded(user.username);
    offer(std::move(hit));
}

/// Members whom no message or list named yet.
void QuickSwitcherModel::ask_node() {
    const bool wants_people = query_.isEmpty() || (query_[0] != u'#' && query_[0] != u'*');
    const QString wanted =
        (query_.startsWith(u'@') ? query_.mid(1) : query_).trimmed().left(kWordMax);
    if (!account_ || guild_ == 0 || !wants_people || wanted.size() < kWordMin) return;
    if (wanted == asked_ || !account_->state().is_live()) return;
    asked_ = wanted;
    account_->gateway().send(
        opcode::kAskMembers,
        QJsonObject{{u"guild_id"_s, id_text(guild_)}, {u"query"_s, wanted}, {u"limit"_s, kAskMax}});
}

void QuickSwitcherModel::on_dispatch(const Dispatch& dispatch) {
    if (dispatch.type != "GUILD_MEMBERS_CHUNK"_L1 || asked_.isEmpty()) return;
    const Snowflake guild = id_of(dispatch.data, "guild_id"_L1);
    const qsizetype before = people_.size();
    const QJsonArray members = dispatch.data["members"_L1].toArray();
    for (qsizetype i = 0; i < std::min<qsizetype>(members.size(), kAskMax); ++i) {
        const Snowflake id = id_of(object_of(members.at(i).toObject(), "user"_L1), "id"_L1);
        if (const Member* known = account_->state().member(guild, id)) {
            offer_person(guild, known->user);
        }
    }
    if (people_.size() != before) add_found();
}

void QuickSwitcherModel::find() {
    hits_.clear();
    if (!account_) return;
    const QChar only = query_.isEmpty() ? QChar() : query_.front();
    const bool marked = only == u'#' || only == u'*' || only == u'@';
    const auto is_wanted = [&](const Hit& hit) {
        if (!marked) return true;
        if (only == u'@') return hit.kind == "person"_L1 || hit.kind == "direct"_L1;
        return hit.kind == (only == u'#' ? "channel"_L1 : "guild"_L1);
    };
    const QString wanted = folded((marked ? query_.mid(1) : query_).trimmed());
    std::vector<std::pair<int, const Hit*>> found;
    for (const Hit& hit : all_) {
        if (!is_wanted(hit)) continue;
        const int rank =
            wanted.isEmpty() ? (hit.unread ? 0 : 5) : rank_of(hit.plain, hit.other, wanted);
        if (rank >= 0) found.emplace_back(rank, &hit);
    }
    // Equal ranks stay as they were gathered.
    const std::size_t shown = std::min(found.size(), kHitsMax);
    std::ranges::partial_sort(found, found.begin() + std::ptrdiff_t(shown));
    found.resize(shown);
    for (const auto& [rank, hit] : found) hits_.push_back(*hit);
}

QString QuickSwitcherModel::kindAt(int row) const {
    return row < 0 || row >= rowCount() ? QString() : hits_[std::size_t(row)].kind;
}

QString QuickSwitcherModel::idAt(int row) const {
    return row < 0 || row >= rowCount() ? QString() : id_text(hits_[std::size_t(row)].id);
}

QString QuickSwitcherModel::guildAt(int row) const {
    return row < 0 || row >= rowCount() ? QString() : id_text(hits_[std::size_t(row)].guild);
}

int QuickSwitcherModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(hits_.size());
}

QVariant QuickSwitcherModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const Hit& hit = hits_[std::size_t(index.row())];
    switch (role) {
        case KindRole:
            return hit.kind;
        case IdRole:
            return id_text(hit.id);
        case NameRole:
            return hit.name;
        case PlaceRole:
            return hit.place;
        case IconRole:
            return hit.icon;
        case UnreadRole:
            return hit.unread;
        default:
            return {};
    }
}

QHash<int, QByteArray> QuickSwitcherModel::roleNames() const {
    return {{KindRole, "kind"},
            {IdRole, "id"},
            {NameRole, "name"},
            {PlaceRole, "place"},
            {IconRole, "picture"},
            {UnreadRole, "unread"}};
}

}  // namespace guildhall::client
