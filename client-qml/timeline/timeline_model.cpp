#include "client-qml/timeline/timeline_model.h"

#include "client-qml/core/text/bidi.h"
#include "client-qml/core/text/relative_time.h"

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {
constexpr int kTypingLookMs = 1'000, kMembersAskMs = 100;
constexpr qint64 kDayMs = 25 * 3'600'000;  // one in autumn has an hour more
constexpr std::size_t kTypersNamed = 3;
}  // namespace

TimelineModel::TimelineModel(QObject* parent) : QAbstractListModel(parent) {
    connect(&history_, &History::arrived, this, &TimelineModel::on_page);
    connect(&commands_, &MessageCommands::noticed, this, &TimelineModel::noticed);
    connect(&history_, &History::failed, this, &TimelineModel::on_failed);
    typing_.setInterval(kTypingLookMs);
    connect(&typing_, &QTimer::timeout, this, [this] {
        if (typingText().isEmpty()) typing_.stop();
        emit typingChanged();
    });
    midnight_.setSingleShot(true);
    connect(&midnight_, &QTimer::timeout, this, [this] {
        touch_shared({TimeRole, DayRole, SpokenRole});
        wait_for_midnight();
    });
    members_.setSingleShot(true);
    members_.setInterval(kMembersAskMs);
    connect(&members_, &QTimer::timeout, this, &TimelineModel::ask_members);
}

TimelineModel::~TimelineModel() = default;

void TimelineModel::setAccount(Account* account) {
    if (account == account_) return;
    if (account_) {
        account_->disconnect(this);
        account_->state().disconnect(this);
        account_->outbox().disconnect(this);
    }
    account_ = account;
    if (account_) connect_state();
    open();
}

void TimelineModel::setChannelId(const QString& channel) {
    const Snowflake id = snowflake(QStringView(channel));
    if (id == channel_) return;
    channel_ = id;
    open();
}

void TimelineModel::connect_state() {
    State* state = &account_->state();
    connect(account_, &QObject::destroyed, this, &TimelineModel::open);
    connect(state, &State::reset, this, [this] {
        const Channel* known = account_->state().channel(channel_);
        if (guild_ == 0 && !known) return;
        if (messages_.empty() || (known && known->guild != guild_)) return open();
        touch_shared({});
        emit rightsChanged();
        refresh();
        wait_for_midnight();  // a timer does not count while the device sleeps
    });
    connect(account_, &Account::lineChanged, this, [this] {
        if (account_->line() == Account::Line::Ready) history_.catch_up();
    });
    connect(state, &State::message_created, this, &TimelineModel::on_created);
    connect(state, &State::message_updated, this, &TimelineModel::on_updated);
    connect(state, &State::messages_removed, this, &TimelineModel::on_removed);
    connect(state, &State::reaction_changed, this, &TimelineModel::on_reaction);
    connect(state, &State::reactions_cleared, this, &TimelineModel::on_reactions_cleared);
    connect(state, &State::pins_changed, this, &TimelineModel::on_pins);
    connect(state, &State::member_changed, this, &TimelineModel::on_member);
    connect(state, &State::guild_changed, this, [this](quint64 guild) {
        if (guild != guild_) return;
        touch_shared({AuthorRole, AuthorColorRole, ReplyRole});
        emit rightsChanged();
    });
    connect(state, &State::channel_changed, this, [this](quint64 channel) {
        if (channel != channel_) return;
        emit placeChanged();
        emit rightsChanged();
    });
    connect(state, &State::channels_changed, this, [this](quint64 guild) {
        if (guild == guild_) emit rightsChanged();
    });
    connect(state, &State::typing_changed, this, [this](quint64 channel) {
        if (channel != channel_) return;
        typing_.start();
        emit typingChanged();
    });
    connect(&account_->outbox(), &Outbox::changed, this, [this](quint64 channel) {
        if (channel == channel_) sync_pending();
    });
    connect(&account_->outbox(),
            &Outbox::sent,
            this,
            [this](quint64 channel, const QString& nonce, const QJsonObject& object) {
                auto message = parse_message(object);
                if (channel == channel_ && message) confirm(nonce, std::move(*message));
            });
}

void TimelineModel::open() {
    beginResetModel();
    history_.show(account_, channel_);
    pending_.clear();
    messages_.clear();
    incoming_.clear();
    acknowledged_.clear();
    commands_.forget_reactors();
    members_asked_.clear();
    newer_beyond_ = begins_ = holds_unread_ = has_new_ = new_out_of_view_ = false;
    older_ = newer_ = Edge::idle;
    first_in_view_ = last_in_view_ = 0;
    unseen_.clear();
    wanted_ = new_after_ = joint_ = 0;
    following_ = true;
    guild_ = 0;
    if (account_ && channel_ != 0) {
        const Channel* known = state().channel(channel_);
        guild_ = known ? known->guild : 0;
        History::Page page = history_.cached_newest();
        for (Message& one : page.messages) messages_.push_back({.message = std::move(one)});
        begins_ = page.reaches_oldest;
        start_new_line();
        for (const Outbox::Item& item : account_->outbox().items(channel_)) {
            pending_.insert(pending_.begin(), pending_row(item));
        }
    }
    endResetModel();
    emit opened();
    emit placeChanged();
    emit edgesChanged();
    emit followingChanged();
    emit unreadChanged();
    emit typingChanged();
    if (!account_ || channel_ == 0) return;
    refresh();
    wait_for_midnight();
    mark_seen();
}

/// Times and lines of days say "today" and "yesterday".
void TimelineModel::wait_for_midnight() {
    if (!account_) return midnight_.stop();
    const qint64 now = state().clock().now_ms();
    const QDate today = QDateTime::fromMSecsSinceEpoch(now).date();
    const qint64 next = today.addDays(1).startOfDay().toMSecsSinceEpoch();
    midnight_.start(int(std::clamp<qint64>(next - now, 1, kDayMs)));
}

void TimelineModel::refresh() {
    if (joint_ == 0 && !messages_.empty()) joint_ = messages_.front().message.id;
    history_.refresh();
}

void TimelineModel::start_new_line() {
    has_new_ = state().read_states().unread(channel_).any;
    new_after_ = has_new_ ? state().read_states().last_read(channel_) : 0;
}

QString TimelineModel::channelName() const {
    const Channel* known = account_ ? state().channel(channel_) : nullptr;
    if (!known) return {};
    if (known->guild != 0 || known->recipients.empty()) return text::safe_name(known->name);
    return state().display_name(0, known->recipients.front());
}

void TimelineModel::setPalette(const QVariantMap& palette) {
    if (palette == palette_) return;
    palette_ = palette;
    colors_ = TextColors::of(palette);
    for (Row& row : messages_) row.text = {};
    for (Row& row : pending_) row.text = {};
    touch_shared({});
    emit paletteChanged();
}

void TimelineModel::setActive(bool active) {
    if (active == active_) return;
    active_ = active;
    emit activeChanged();
    mark_seen();
}

void TimelineModel::setFollowing(bool following) {
    if (following == following_) return;
    following_ = following;
    if (following && atPresent()) unseen_.clear();
    emit followingChanged();
    emit unreadChanged();
    mark_seen();
}

void TimelineModel::mark_seen() {
    if (!active_ || !following_ || !atPresent() || holds_unread_ || !account_) return;
    if (messages_.empty()) return;
    state().mark_read(channel_, messages_.front().message.id);
}

QString TimelineModel::typingText() const {
    if (!account_) return {};
    const std::vector<Snowflake> who = state().typing(channel_);
    if (who.empty()) return {};
    if (who.size() > kTypersNamed) return tr("Several people are typing…");
    QStringList names;
    for (const Snowflake id : who) {
        const User* user = state().user(id);
        names += user ? text::isolated(state().display_name(guild_, *user)) : tr("Somebody");
    }
    return tr("%1 typing…", nullptr, int(names.size())).arg(QLocale().createSeparatedList(names));
}

void TimelineModel::viewed(int newest, int oldest) {
    first_in_view_ = std::max(0, newest);
    last_in_view_ = std::max(first_in_view_, oldest);
    if (!account_ || messages_.empty()) return;
    look_for_new();
    const bool near_old = last_in_view_ + kFromView >= rowCount();
    const bool near_new = newer_beyond_ && first_in_view_ < kFromView;
    if (near_new && newer_ != Edge::failed) {
        history_.load(History::Way::newer, messages_.front().message.id);
        if (history_.is_busy(History::Way::newer)) set_edge(true, Edge::loading);
    }
    if (near_old && !begins_ && older_ != Edge::failed) {
        history_.load(History::Way::older, messages_.back().message.id);
        if (history_.is_busy(History::Way::older)) set_edge(false, Edge::loading);
    }
}

/// Whether the line "new" is above what is in view.
void TimelineModel::look_for_new() {
    const int row = newRow();
    const bool out = has_new_ && newCount() > 0 && (row < 0 || row > last_in_view_);
    if (out == new_out_of_view_) return;
    new_out_of_view_ = out;
    emit unreadChanged();
}

void TimelineModel::retryEdge(int row) {
    const bool newer = newer_beyond_ && row == 0;
    set_edge(newer, Edge::idle);
    if (messages_.empty()) {
        refresh();
    } else {
        viewed(newer ? 0 : first_in_view_, newer ? last_in_view_ : rowCount() - 1);
    }
}

int TimelineModel::rowOf(const QString& key) const {
    if (!account_ || key.isEmpty()) return -1;
    const auto on_its_way = std::ranges::find(pending_, key, &Row::nonce);
    if (on_its_way != pending_.end()) return newer_edge() + int(on_its_way - pending_.begin());
    const int at = find(snowflake(QStringView(key)));
    return at < 0 ? -1 : row_of_message(std::size_t(at));
}

void TimelineModel::jumpTo(const QString& message) {
    locate(snowflake(QStringView(message)), true);
}

void TimelineModel::jumpToDate(const QDate& date) {
    const Snowflake first = first_of(date.startOfDay().toMSecsSinceEpoch());
    if (date.isValid()) locate(std::max<Snowflake>(first, 1), false);
}

void TimelineModel::locate(Snowflake message, bool highlight) {
    if (message == 0 || !account_) return;
    const int at = find(message);
    if (at >= 0) {
        emit located(row_of_message(std::size_t(at)), highlight);
        return;
    }
    wanted_ = message;
    wanted_highlight_ = highlight;
    history_.load(History::Way::around, message);
}

void TimelineModel::jumpToPresent() {
    holds_unread_ = false;
    if (std::exchange(wanted_, 0) != 0) {
        history_.forget();
        history_.catch_up();
    }
    if (newer_beyond_) {
        replace_all(history_.cached_newest().messages);
        set_newer_beyond(false);
        sync_pending();
        refresh();
    }
    unseen_.clear();
    emit unreadChanged();
    emit advanced();
}

void TimelineModel::jumpToNew() {
    const int row = newRow();
    if (row >= 0) {
        emit located(row, false);
    } else if (has_new_) {
        locate(std::max<Snowflake>(new_after_, 1), false);
    }
}

void TimelineModel::dismissNew() {
    if (!has_new_) return;
    const int row = newRow();
    has_new_ = new_out_of_view_ = false;
    if (row >= 0) touch(row, {UnreadLineRole});
    holds_unread_ = false;
    emit unreadChanged();
    if (!messages_.empty() && atPresent())
        state().mark_read(channel_, messages_.front().message.id);
}

int TimelineModel::newCount() const {
    if (!account_) return 0;
    const Snowflake self = state().self().id;
    return int(std::count_if(messages_.begin(),
                             messages_.begin() + new_in_window(),
                             [self](const Row& row) { return row.message.author.id != self; }));
}

QString TimelineModel::newSince() const {
    if (!account_ || !has_new_ || newCount() == 0) return {};
    const Row& first = messages_[std::size_t(new_in_window() - 1)];
    return text::message_time(first.message.time_ms, state().clock().now_ms(), QLocale());
}

/// -1 where the line is not in the window.
int TimelineModel::newRow() const {
    const int count = new_in_window();
    if (count == 0) return -1;
    const int row = row_of_message(std::size_t(count - 1));
    return is_new_line(row) ? row : -1;
}

}  // namespace guildhall::client
