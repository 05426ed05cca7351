#include "client-qml/members/search_model.h"

#include "client-qml/core/models/node_book.h"
#include "client-qml/core/state/channel_order.h"
#include "client-qml/members/search_hints.h"

#include <QLocale>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

constexpr int kHitsMax = 200, kPage = 100, kTypingMs = 200;
// In the cache: between two frames, and for filters that no index knows, in all.
constexpr int kScanPage = 200, kScanMax = 10'000, kParsedAtOnce = 4;
constexpr int kNodePage = 25, kNodeWaitsMax = 3, kNodeWaitMs = 5'000;
constexpr qsizetype kQueryMax = 500;
constexpr std::size_t kAskedChannelsMax = 20;
constexpr int kTotalMax = 1'000'000'000;
const QString kFeature = u"message_search"_s;

bool is_called(const Channel& channel, QStringView wanted) {
    if (channel.guild != 0) return channel.name.compare(wanted, Qt::CaseInsensitive) == 0;
    return std::ranges::any_of(channel.recipients, [&](const User& user) {
        return user.username.compare(wanted, Qt::CaseInsensitive) == 0 ||
               user.display_name().compare(wanted, Qt::CaseInsensitive) == 0;
    });
}

/// Of a group of messages that belong together the one that was found.
QJsonObject hit_of(const QJsonArray& group) {
    for (const auto& one : group) {
        if (flag_of(one.toObject(), "hit"_L1)) return one.toObject();
    }
    return group.first().toObject();
}

}  // namespace

SearchModel::SearchModel(QObject* parent) : FoundMessages(parent) {
    for (QTimer* timer : {&later_, &scan_, &again_}) timer->setSingleShot(true);
    later_.setInterval(kTypingMs);
    connect(&later_, &QTimer::timeout, this, &SearchModel::find);
    connect(&scan_, &QTimer::timeout, this, &SearchModel::scan);
    connect(&again_, &QTimer::timeout, this, [this] { set_asking(ask_node() && asking_); });
    connect(this, &SearchModel::placeChanged, this, [this] {
        learn_reach();
        find();
        emit hintsChanged();
    });
}

void SearchModel::follow() {
    if (account_) {
        connect(account_, &Account::lineChanged, this, &SearchModel::changed);
        node_searches();  // So that it is known by the time that somebody has typed.
    }
    learn_reach();
    find();
    emit hintsChanged();
}

void SearchModel::setQuery(const QString& query) {
    if (query == query_) return;
    query_ = query.left(kQueryMax);
    later_.start();
    emit queryChanged();
    emit hintsChanged();
}

void SearchModel::setScope(const QString& scope) {
    if (scope == scope_) return;
    scope_ = scope;
    find();
    emit queryChanged();
}

QVariantList SearchModel::hints() const {
    if (!account_) return {};
    return search_hints(account_->state(), snowflake(QStringView(guild_text_)), query_);
}

/// Where to look; no value: nowhere.
std::optional<std::vector<Snowflake>> SearchModel::places(const SearchQuery& query) const {
    const State& state = account_->state();
    const Snowflake guild = snowflake(QStringView(guild_text_));
    const bool everywhere = scope_ == "all"_L1;
    std::vector<Snowflake> ids;
    if (query.in.isEmpty() && everywhere) return ids;
    if (query.in.isEmpty() && scope_ == "channel"_L1) {
        ids.push_back(snowflake(QStringView(channel_text_)));
        return ids[0] == 0 ? std::nullopt : std::optional(ids);
    }
    const QStringView wanted =
        QStringView(query.in).mid(query.in.startsWith(u'#') || query.in.startsWith(u'@') ? 1 : 0);
    const auto take = [&](Snowflake of) {
        for (const Channel* channel : visible_channels(state, of)) {
            if (wanted.isEmpty() || is_called(*channel, wanted)) ids.push_back(channel->id);
        }
    };
    take(guild);
    for (const CachedGuild& one : state.guilds()) {
        if (everywhere && one.id != guild && state.is_parsed(one.id)) take(one.id);
    }
    if (everywhere && guild != 0) take(0);
    return ids.empty() ? std::nullopt : std::optional(ids);
}

/// By the name at their node, else by what they are called here; 0: nobody.
Snowflake SearchModel::author(const QString& name) const {
    const State& state = account_->state();
    const auto is = [&](const QString& one) { return one.compare(name, Qt::CaseInsensitive) == 0; };
    if (is(u"me"_s) || is(state.self().username)) return state.self().id;
    Snowflake shown = 0;
    for (const Member* member : state.members(snowflake(QStringView(guild_text_)))) {
        if (is(member->user.username)) return member->user.id;
        if (is(member->display_name()) && (shown == 0 || member->user.id < shown))
            shown = member->user.id;
    }
    if (shown != 0) return shown;
    for (const Channel* channel : state.private_channels()) {
        for (const User& user : channel->recipients) {
            if (is(user.username) || is(user.display_name())) return user.id;
        }
    }
    const Snowflake id = snowflake(QStringView(name));
    return state.user(id) ? id : 0;
}

/// False: there is nothing to look for, or nowhere.
bool SearchModel::begin(Run& run) {
    puzzle_.clear();
    run.query = parse_query(query_);
    sought_ = run.query.words;
    if (!account_ || !run.query.asks()) return false;
    if (!run.query.from.isEmpty()) run.author = author(run.query.from);
    if (!run.query.from.isEmpty() && run.author == 0) {
        puzzle_ = tr("Nobody here is called “%1”.").arg(run.query.from);
        return false;
    }
    auto channels = places(run.query);
    if (!channels) {
        if (!run.query.in.isEmpty())
            puzzle_ = tr("No channel here is called “%1”.").arg(run.query.in);
        return false;
    }
    run.channels = std::move(*channels);
    run.below = run.query.ids().second;
    run.is_done = false;
    return true;
}

void SearchModel::find() {
    later_.stop();
    scan_.stop();
    again_.stop();
    ++runs_;
    set_asking(false);  // what is under way is for an earlier question
    Run run;
    const bool goes = begin(run);
    run_ = std::move(run);
    if (!goes) return show({});
    scan();
    ask_node();
}

/// Some of the cache; the rest between later frames.
void SearchModel::scan() {
    if (!account_ || run_.is_done) return;
    const auto hits = account_->cache().search(
        run_.query.words, run_.channels, run_.author, run_.below, kScanPage);
    const Snowflake least = run_.query.ids().first;
    const bool is_first = run_.scanned == 0;
    int parsed = 0;
    for (const CachedHit& hit : hits) {
        if (parsed >= kParsedAtOnce) break;
        parsed += learn_place(hit.channel) ? 1 : 0;
        run_.below = hit.message.id;
        ++run_.scanned;
        if (hit.message.id > least) take(hit.message);
    }
    const bool is_last = int(hits.size()) < kScanPage && parsed < kParsedAtOnce;
    run_.is_done = is_last || run_.below <= least || run_.scanned >= kScanMax ||
                   int(run_.found.size()) >= kHitsMax;
    if (is_first || run_.is_done) show_by_channel();
    if (!run_.is_done) scan_.start(0);
}

/// Reads a guild from the disk that nobody looked at since the start; whether it did.
bool SearchModel::learn_place(Snowflake channel) const {
    const State& state = account_->state();
    const Snowflake guild = state.read_states().guild_of(channel);
    if (guild == 0 || state.is_parsed(guild)) return false;
    return state.guild(guild) != nullptr;
}

/// What one may no longer see is not found, though it is still in the cache.
void SearchModel::take(const Message& message) {
    if (int(run_.found.size()) >= kHitsMax || !run_.query.fits(message)) return;
    const Channel* channel = account_->state().channel(message.channel);
    if (!channel || !account_->state().can_view(*channel)) return;
    if (std::ranges::find(run_.found, message.id, &Message::id) == run_.found.end())
        run_.found.push_back(message);
}

/// Each channel's together, the one with the newest hit first.
void SearchModel::show_by_channel() {
    std::vector<Message>& found = run_.found;
    std::ranges::sort(found, std::greater(), &Message::id);
    QHash<Snowflake, int> rank;
    for (const Message& one : found) {
        if (!rank.contains(one.channel)) rank.insert(one.channel, int(rank.size()));
    }
    std::ranges::sort(
        found, {}, [&](const Message& one) { return std::pair(rank[one.channel], ~one.id); });
    show(found);
}

bool SearchModel::node_searches() const { return NodeBook::of(account_)->may_offer(kFeature); }

/// Where the node can search too, its hits join those of this device.
bool SearchModel::ask_node() {
    const Snowflake guild = snowflake(QStringView(guild_text_));
    const bool is_here = guild != 0 && scope_ != "all"_L1;
    if (!is_here || account_->line() != Account::Line::Ready || !node_searches()) return false;
    Request request;
    request.path = u"/guilds/%1/messages/search"_s.arg(guild);
    const auto add = [&](const QString& key, const QString& value) {
        const auto encoded = QString::fromLatin1(QUrl::toPercentEncoding(value));
        if (!value.isEmpty()) request.query.addQueryItem(key, encoded);
    };
    const auto [least, most] = run_.query.ids();
    add(u"content"_s, run_.query.words);
    add(u"author_id"_s, id_text(run_.author));
    add(u"min_id"_s, id_text(least));
    add(u"max_id"_s, id_text(most));
    for (const Holding one : run_.query.has) add(u"has"_s, holding_text(one));
    const bool some = scope_ == "channel"_L1 || !run_.query.in.isEmpty();
    for (std::size_t i = 0; some && i < std::min(run_.channels.size(), kAskedChannelsMax); ++i)
        add(u"channel_id"_s, id_text(run_.channels[i]));
    add(u"limit"_s, QString::number(kNodePage));
    if (run_.node_taken > 0) add(u"offset"_s, QString::number(run_.node_taken));
    account_->rest().send(std::move(request), this, [this, run = runs_](const Answer& answer) {
        if (run == runs_ && account_) on_node(answer);
    });
    return true;
}

void SearchModel::on_node(const Answer& answer) {
    // A route that is not there has no code of its own; an unknown guild has.
    const bool no_route = answer.error.kind == ApiError::Kind::missing && answer.error.code == 0;
    if (no_route || answer.status == 405 || answer.status == 501)
        NodeBook::of(account_)->learn_absent(kFeature);
    const QJsonObject body = answer.body.toObject();
    if (answer.status == 202 && run_.node_waits++ < kNodeWaitsMax) {  // Its index is being made.
        const int wait_ms = int(1'000 * number_of(body, "retry_after"_L1, 1, 60, 1));
        return again_.start(std::min(wait_ms, kNodeWaitMs));
    }
    const QJsonArray groups = body["messages"_L1].toArray();
    run_.node_answered = run_.node_answered || (answer.ok() && answer.status != 202);
    run_.node_total = int(number_of(body, "total_results"_L1, 0, kTotalMax));
    // None on a page: whatever the total says, there are no more.
    if (groups.isEmpty()) run_.node_total = 0;
    run_.node_taken += int(std::min<qsizetype>(groups.size(), kPage));
    const Snowflake guild = snowflake(QStringView(guild_text_));
    for (qsizetype i = 0; i < std::min<qsizetype>(groups.size(), kPage); ++i) {
        const auto one = parse_message(hit_of(groups.at(i).toArray()));
        const Channel* channel = one ? account_->state().channel(one->channel) : nullptr;
        if (channel && channel->guild == guild) take(*one);
    }
    if (answer.ok()) show_by_channel();
    asking_ = false;
    set_busy(looking_);
}

void SearchModel::set_asking(bool asking) {
    if (std::exchange(asking_, asking) != asking) set_busy(asking_ || looking_, error());
}

void SearchModel::set_looking(bool looking, const QString& why_not) {
    looking_ = looking;
    set_busy(asking_ || looking_, why_not);
}

bool SearchModel::canAskMore() const {
    return account_ && run_.node_answered && run_.node_taken < run_.node_total && !asking_ &&
           int(run_.found.size()) < kHitsMax && account_->line() == Account::Line::Ready;
}

void SearchModel::askMore() {
    if (!canAskMore()) return;
    set_asking(ask_node());
}

void SearchModel::learn_reach() {
    const Snowflake channel = snowflake(QStringView(channel_text_));
    oldest_known_ = 0;
    at_beginning_ = false;
    if (!account_ || channel == 0) return;
    const CachedPage page = account_->cache().newest(channel, 1);
    oldest_known_ = page.oldest_known;
    at_beginning_ = page.oldest_known == 0 && page.newest_known != 0;
}

QString SearchModel::reach() const {
    if (run_.node_answered) return tr("Your node was searched as well.");
    if (channel_text_.isEmpty()) return {};
    if (at_beginning_) return tr("All of this channel was searched.");
    if (oldest_known_ == 0) return tr("Nothing of this channel is on this device yet.");
    const qint64 since_ms = made_at_ms(oldest_known_);
    return tr("This device knows this channel back to %1.")
        .arg(QLocale().toString(QDateTime::fromMSecsSinceEpoch(since_ms).date(),
                                QLocale::LongFormat));
}

bool SearchModel::canLookFurther() const {
    return account_ && !channel_text_.isEmpty() && !at_beginning_ && !looking_ &&
           !run_.node_answered && account_->line() == Account::Line::Ready;
}

void SearchModel::lookFurther() {
    if (!canLookFurther()) return;
    const Snowflake channel = snowflake(QStringView(channel_text_)), oldest = oldest_known_;
    Request request;
    request.path = u"/channels/%1/messages"_s.arg(channel);
    request.query.addQueryItem(u"limit"_s, QString::number(kPage));
    if (oldest != 0) request.query.addQueryItem(u"before"_s, id_text(oldest));
    set_looking(true);
    const auto take = [this, channel, oldest, asked = account_](const Answer& answer) {
        if (asked != account_) return set_looking(false);  // It is of another account's cache.
        const QJsonArray page = answer.body.toArray();
        if (answer.ok()) {
            // A page below a message ends just below it; one that is not full is the first.
            const bool is_first = page.size() < kPage;
            const Snowflake last = id_of(page.last().toObject(), "id"_L1);
            const Snowflake newest = oldest == 0 ? ~Snowflake(0) : oldest - 1;
            if (is_first || last != 0)
                account_->cache().put_page(channel, is_first ? 0 : last, newest, page);
        }
        learn_reach();
        set_looking(false, answer.error.message);
        find();
    };
    account_->rest().send(std::move(request), this, take);
}

}  // namespace guildhall::client
