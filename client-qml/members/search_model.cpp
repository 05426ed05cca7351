#include "client-qml/members/search_model.h"

#include "client-qml/core/models/node_book.h"
#include "client-qml/core/state/channel_order.h"

#include <QLocale>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

constexpr int kHitsMax = 200, kPage = 100, kTypingMs = 200;

bool fits(const Message& message, const SearchQuery& query) {
    const QDate day = QDateTime::fromMSecsSinceEpoch(message.time_ms).date();
    if (query.has_file && message.attachments.empty()) return false;
    if (query.has_link && !message.content.contains("http"_L1)) return false;
    return (!query.before.isValid() || day < query.before) &&
           (!query.after.isValid() || day > query.after);
}

}  // namespace

SearchQuery parse_query(const QString& text) {
    SearchQuery query;
    QStringList words;
    for (const QString& word : text.split(u' ', Qt::SkipEmptyParts)) {
        if (word.startsWith("from:"_L1)) {
            query.from = word.mid(5);
        } else if (word == "has:file"_L1) {
            query.has_file = true;
        } else if (word == "has:link"_L1) {
            query.has_link = true;
        } else if (word.startsWith("before:"_L1)) {
            query.before = QDate::fromString(word.mid(7), Qt::ISODate);
        } else if (word.startsWith("after:"_L1)) {
            query.after = QDate::fromString(word.mid(6), Qt::ISODate);
        } else {
            words.push_back(word);
        }
    }
    query.words = words.join(u' ');
    return query;
}

SearchModel::SearchModel(QObject* parent) : FoundMessages(parent) {
    later_.setSingleShot(true);
    later_.setInterval(kTypingMs);
    connect(&later_, &QTimer::timeout, this, &SearchModel::find);
    connect(this, &SearchModel::placeChanged, this, [this] {
        learn_reach();
        find();
    });
}

void SearchModel::follow() {
    if (account_) connect(account_, &Account::lineChanged, this, &SearchModel::changed);
    learn_reach();
    find();
}

void SearchModel::setQuery(const QString& query) {
    if (query == query_) return;
    query_ = query;
    later_.start();
    emit queryChanged();
}

void SearchModel::setScope(const QString& scope) {
    if (scope == scope_) return;
    scope_ = scope;
    find();
    emit queryChanged();
}

std::vector<Snowflake> SearchModel::places() const {
    if (scope_ == "all"_L1) return {};
    if (scope_ == "channel"_L1) return {snowflake(QStringView(channel_text_))};
    std::vector<Snowflake> ids;
    const auto shown = visible_channels(account_->state(), snowflake(QStringView(guild_text_)));
    for (const Channel* channel : shown) ids.push_back(channel->id);
    return ids;
}

Snowflake SearchModel::author(const QString& name) const {
    const QString wanted = name.toCaseFolded();
    const State& state = account_->state();
    for (const Member* member : state.members(snowflake(QStringView(guild_text_)))) {
        const QString shown = member->display_name().toCaseFolded();
        if (member->user.username.toCaseFolded() == wanted || shown == wanted) {
            return member->user.id;
        }
    }
    return state.self().username.toCaseFolded() == wanted ? state.self().id : 0;
}

void SearchModel::find() {
    later_.stop();
    const SearchQuery query = parse_query(query_);
    const bool asks = !query.words.isEmpty() || !query.from.isEmpty();
    if (!account_ || !asks) return show({});
    const Snowflake from = query.from.isEmpty() ? 0 : author(query.from);
    if (!query.from.isEmpty() && from == 0) return show({});
    std::vector<Message> found;
    for (CachedHit& hit : account_->cache().search(query.words, places(), from, 0, kHitsMax)) {
        const Channel* channel = account_->state().channel(hit.channel);
        // What one may no longer see is not found, though it is still in the cache.
        if (!channel || !account_->state().can_view(*channel) || !fits(hit.message, query))
            continue;
        found.push_back(std::move(hit.message));
    }
    show_by_channel(std::move(found));
    ask_node(query, from);
}

/// Each channel's together, the one with the newest hit first.
void SearchModel::show_by_channel(std::vector<Message> found) {
    std::ranges::sort(found, std::greater(), &Message::id);
    QHash<Snowflake, int> rank;
    for (const Message& one : found) {
        if (!rank.contains(one.channel)) rank.insert(one.channel, int(rank.size()));
    }
    std::ranges::stable_sort(found, {}, [&](const Message& one) { return rank[one.channel]; });
    show(std::move(found));
}

/// Where the node can search too, its hits join those of this device.
void SearchModel::ask_node(const SearchQuery& query, Snowflake from) {
    const Snowflake guild = snowflake(QStringView(guild_text_));
    if (guild == 0 || scope_ == "all"_L1 || account_->line() != Account::Line::Ready) return;
    if (!NodeBook::of(account_)->offers(u"message_search"_s)) return;
    Request request;
    request.path = u"/guilds/%1/messages/search"_s.arg(guild);
    const auto add = [&](const QString& key, const QString& value) {
        const auto encoded = QString::fromLatin1(QUrl::toPercentEncoding(value));
        if (!value.isEmpty()) request.query.addQueryItem(key, encoded);
    };
    add(u"content"_s, query.words);
    add(u"author_id"_s, id_text(from));
    if (scope_ == "channel"_L1) add(u"channel_id"_s, channel_text_);
    const QString asked = query_ + scope_ + channel_text_;
    account_->rest().send(
        std::move(request), this, [this, asked, guild, query](const Answer& answer) {
            if (!answer.ok() || asked != query_ + scope_ + channel_text_) return;
            std::vector<Message> found = rows_;
            const QJsonArray groups = answer.body.toObject()["messages"_L1].toArray();
            for (qsizetype i = 0; i < std::min<qsizetype>(groups.size(), kHitsMax); ++i) {
                auto one = parse_message(groups.at(i).toArray().first().toObject());
                if (!one || !fits(*one, query) || found.size() >= std::size_t(kHitsMax)) continue;
                const Channel* channel = account_->state().channel(one->channel);
                const bool known = std::ranges::find(found, one->id, &Message::id) != found.end();
                if (channel && channel->guild == guild && !known) found.push_back(std::move(*one));
            }
            show_by_channel(std::move(found));
        });
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
    if (channel_text_.isEmpty()) return {};
    if (at_beginning_) return tr("All of this channel was searched.");
    if (oldest_known_ == 0) return tr("Nothing of this channel is on this device yet.");
    const qint64 since_ms = made_at_ms(oldest_known_);
    return tr("This device knows this channel back to %1.")
        .arg(QLocale().toString(QDateTime::fromMSecsSinceEpoch(since_ms).date(),
                                QLocale::LongFormat));
}

bool SearchModel::canLookFurther() const {
    return account_ && !channel_text_.isEmpty() && !at_beginning_ && !busy() &&
           account_->line() == Account::Line::Ready;
}

void SearchModel::lookFurther() {
    if (!canLookFurther()) return;
    const Snowflake channel = snowflake(QStringView(channel_text_)), oldest = oldest_known_;
    Request request;
    request.path = u"/channels/%1/messages"_s.arg(channel);
    request.query.addQueryItem(u"limit"_s, QString::number(kPage));
    if (oldest != 0) request.query.addQueryItem(u"before"_s, id_text(oldest));
    set_busy(true);
    account_->rest().send(std::move(request), this, [this, channel, oldest](const Answer& answer) {
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
        set_busy(false, answer.error.message);
        find();
    });
}

}  // namespace guildhall::client
