#include "client-qml/core/account/outbox.h"

#include "client-qml/core/account/sent_trace.h"
#include "client-qml/core/base/json.h"

#include <QDir>
#include <QSet>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kItemsMax = 500;  // what one can have written without a line
constexpr int kRetryMs = 5'000;         // while the host is away; lost lines wake us themselves
constexpr int kRefusalsMax = 5;         // then people decide, and the next one goes
// A node knows a nonce for ten minutes; one of them is for clocks that differ.
constexpr qint64 kNonceMs = 9 * 60'000;
constexpr QLatin1StringView kLost("outbox_lost"), kSettled("outbox_settled");
constexpr std::size_t kSettledMax = 500;

QJsonObject body_of(const Draft& draft, const QString& nonce) {
    QJsonObject body{{u"nonce"_s, nonce}, {u"enforce_nonce"_s, true}};
    if (!draft.content.isEmpty()) body[u"content"_s] = draft.content;
    if (draft.silent) body[u"flags"_s] = 1 << 12;
    if (draft.reply_to == 0) return body;
    body[u"message_reference"_s] =
        QJsonObject{{u"message_id"_s, id_text(draft.reply_to)}, {u"fail_if_not_exists"_s, false}};
    body[u"allowed_mentions"_s] =
        QJsonObject{{u"parse"_s, QJsonArray{u"users"_s, u"roles"_s, u"everyone"_s}},
                    {u"replied_user"_s, draft.reply_pings}};
    return body;
}

}  // namespace

Outbox::Outbox(Rest& rest, Cache& cache, Clock& clock, Rng& rng, QObject* parent)
    : QObject(parent), rest_(rest), cache_(cache), clock_(clock), rng_(rng) {
    retry_.setSingleShot(true);
    retry_.setInterval(kRetryMs);
    connect(&retry_, &QTimer::timeout, this, &Outbox::resume);
}

Outbox::~Outbox() {
    bool any = false;
    for (Item& one : items_) {
        if (one.call == 0) continue;
        if (one.lost_ms == 0) one.lost_ms = one.try_ms;
        any = true;
    }
    if (any) keep_lost();
}

void Outbox::load() {
    items_.clear();
    const QJsonObject lost = cache_.setting(QString(kLost)).toObject();
    load_settled();
    for (const Unsent& one : cache_.unsent()) {
        Item item;
        item.unsent = one;
        item.lost_ms = qint64(lost[one.nonce].toDouble());
        if (!one.error.isEmpty()) item.stage = Stage::failed;
        items_.push_back(std::move(item));
    }
    clear_pasted();
}

/// What no message waits with: it was begun and never sent, or the program ended in between.
void Outbox::clear_pasted() const {
    if (pasted_.isEmpty()) return;
    QSet<QString> waiting;
    for (const Item& one : items_)
        waiting.unite(QSet(one.unsent.files.begin(), one.unsent.files.end()));
    for (const QFileInfo& one : QDir(pasted_).entryInfoList(QDir::Files)) {
        if (!waiting.contains(one.absoluteFilePath())) QFile::remove(one.absoluteFilePath());
    }
}

void Outbox::resume() {
    running_ = true;
    QSet<Snowflake> channels;
    for (Item& item : items_) {
        if (item.stage == Stage::host_away) item.stage = Stage::waiting;
        channels.insert(item.unsent.channel);
    }
    for (const Snowflake channel : channels) send_next(channel);
}

void Outbox::pause() {
    running_ = false;
    retry_.stop();
    // Without a line nobody knows how it stands with a host: it is the line that is waited for.
    for (Item& item : items_) {
        if (!std::exchange(item.host_away, false)) continue;
        hold(item, item.stage == Stage::host_away ? Stage::waiting : item.stage);
    }
}

void Outbox::heard(const QJsonObject& message) {
    const Item* one = item(text_of(message, "nonce"_L1, 32));
    if (!one || one->unsent.channel != snowflake(message["channel_id"_L1])) return;
    const Snowflake channel = one->unsent.channel;
    settle(QString(one->unsent.nonce), message);  // nobody waits for the answer of its call
    send_next(channel);
}

void Outbox::settle(const QString& nonce, const QJsonObject& message) {
    settled_.push_back(snowflake(message["id"_L1]));
    if (settled_.size() > kSettledMax) settled_.pop_front();
    const Item* one = item(nonce);
    emit sent(one ? one->unsent.channel : 0, nonce, message);
    drop(nonce);
    if (std::ranges::any_of(items_, [](const Item& other) { return other.lost_ms != 0; }))
        keep_settled();
}

void Outbox::load_settled() {
    settled_.clear();
    for (const QJsonValue& one : cache_.setting(QString(kSettled)).toArray()) {
        if (settled_.size() < kSettledMax) settled_.push_back(snowflake(one));
    }
}

/// Only of use to an item that is lost, so it is written with one.
void Outbox::keep_settled() {
    QJsonArray settled;
    for (const Snowflake one : settled_) settled.append(id_text(one));
    const QString name(kSettled);
    if (cache_.setting(name).toArray() != settled) cache_.put_setting(name, settled);
}

bool Outbox::may_be_there(const Item& item) const {
    return item.lost_ms != 0 && clock_.now_ms() - item.lost_ms > kNonceMs;
}

void Outbox::keep_lost() {
    QJsonObject lost;
    for (const Item& one : items_) {
        if (one.lost_ms != 0) lost[one.unsent.nonce] = double(one.lost_ms);
    }
    const QString name(kLost);
    if (cache_.setting(name).toObject() != lost) cache_.put_setting(name, lost);
    if (!lost.isEmpty()) keep_settled();
}

std::optional<QString> Outbox::put(const Draft& draft) {
    if (items_.size() >= kItemsMax) return std::nullopt;
    Item item;
    item.unsent.channel = draft.channel;
    item.unsent.made_ms = clock_.now_ms();
    // 25 characters are what a node takes; time and chance make it differ from every other.
    item.unsent.nonce =
        QString::number(item.unsent.made_ms) + u'-' + QString::number(rng_.next(1'000'000'000));
    item.unsent.body = body_of(draft, item.unsent.nonce);
    QJsonArray attachments;
    for (const UploadFile& file : draft.files) {
        item.unsent.files.push_back(file.path);
        attachments.append(
            QJsonObject{{u"id"_s, attachments.size()},
                        {u"filename"_s, (file.spoiler ? u"SPOILER_"_s : QString()) + file.name},
                        {u"description"_s, file.description}});
    }
    if (!attachments.isEmpty()) item.unsent.body[u"attachments"_s] = attachments;
    item.host_away = std::ranges::any_of(items_, [&](const Item& one) {
        return one.unsent.channel == draft.channel && one.host_away;
    });
    item.unsent.key = cache_.put_unsent(item.unsent);
    if (item.unsent.key == 0) return std::nullopt;
    const QString nonce = item.unsent.nonce;
    items_.push_back(std::move(item));
    emit changed(draft.channel);
    send_next(draft.channel);
    return nonce;
}

void Outbox::retry(const QString& nonce) {
    Item* failed = item(nonce);
    if (!failed || failed->stage == Stage::sending) return;
    cache_.fail_unsent(failed->unsent.key, QString());
    failed->unsent.error.clear();
    failed->refusals = 0;
    failed->lost_ms = 0;  // people saw that it may be there, and want it sent
    const Snowflake channel = failed->unsent.channel;
    hold(*failed, Stage::waiting);
    send_next(channel);
}

void Outbox::remove(const QString& nonce) {
    const Item* gone = item(nonce);
    if (!gone) return;
    const Snowflake channel = gone->unsent.channel;
    const Rest::Call call = gone->call;
    drop(nonce);
    if (call != 0) rest_.cancel(call);
    send_next(channel);
}

std::vector<Outbox::Item> Outbox::items(Snowflake channel) const {
    std::vector<Item> found;
    for (const Item& item : items_) {
        if (item.unsent.channel == channel) found.push_back(item);
    }
    return found;
}

const Outbox::Item* Outbox::find(const QString& nonce) const {
    return const_cast<Outbox*>(this)->item(nonce);
}

Outbox::Item* Outbox::item(const QString& nonce) {
    const auto at =
        std::ranges::find_if(items_, [&](const Item& one) { return one.unsent.nonce == nonce; });
    return at == items_.end() ? nullptr : &*at;
}

void Outbox::hold(Item& item, Stage stage) {
    item.stage = stage;
    emit changed(item.unsent.channel);
}

/// All of a channel wait for the same: its guild's host, or not.
void Outbox::mark_host(Snowflake channel, bool away) {
    for (Item& one : items_) {
        if (one.unsent.channel == channel) one.host_away = away;
    }
}

void Outbox::fail(Item& item, const QString& why) {
    item.unsent.error = why;
    cache_.fail_unsent(item.unsent.key, why);
    hold(item, Stage::failed);
}

void Outbox::drop(const QString& nonce) {
    Item* gone = item(nonce);
    if (!gone) return;
    const Snowflake channel = gone->unsent.channel;
    cache_.remove_unsent(gone->unsent.key);
    const QString ours = pasted_.isEmpty() ? QString() : QDir(pasted_).absolutePath();
    for (const QString& file : gone->unsent.files) {
        if (!ours.isEmpty() && QFileInfo(file).absolutePath() == ours) QFile::remove(file);
    }
    std::erase_if(items_, [&](const Item& one) { return one.unsent.nonce == nonce; });
    emit changed(channel);
}

void Outbox::send_next(Snowflake channel) {
    if (!running_) return;
    // One at a time in a channel: the order in which people wrote is the order they see.
    const auto next = std::ranges::find_if(items_, [&](const Item& one) {
        return one.unsent.channel == channel && one.stage != Stage::failed;
    });
    if (next == items_.end() || next->stage != Stage::waiting) return;
    if (may_be_there(*next)) return look_for(*next);
    Request request;
    request.method = "POST";
    request.path = u"/channels/%1/messages"_s.arg(id_text(channel));
    request.body = next->unsent.body;
    request.repeatable = true;
    const QJsonArray described = next->unsent.body["attachments"_L1].toArray();
    for (qsizetype i = 0; i < next->unsent.files.size(); ++i) {
        UploadFile file;
        file.path = next->unsent.files.at(i);
        file.name = described.at(i).toObject()["filename"_L1].toString();
        request.files.push_back(std::move(file));
    }
    const QString nonce = next->unsent.nonce;
    next->stage = Stage::sending;
    next->progress = request.files.empty() ? -1 : 0;
    next->try_ms = clock_.now_ms();
    next->call = rest_.send(
        std::move(request),
        this,
        [this, nonce](const Answer& answer) { on_answer(nonce, answer); },
        [this, nonce](qint64 done, qint64 all) {
            Item* one = item(nonce);
            if (!one || one->progress < 0 || all <= 0) return;
            one->progress = double(done) / double(all);
            emit changed(one->unsent.channel);
        });
    emit changed(channel);
}

void Outbox::on_answer(const QString& nonce, const Answer& answer) {
    Item* one = item(nonce);
    if (!one) return;
    one->call = 0;
    const Snowflake channel = one->unsent.channel;
    mark_host(channel, answer.error.kind == ApiError::Kind::host_away);
    switch (answer.error.kind) {
        case ApiError::Kind::none:
            settle(nonce, answer.body.toObject());
            break;
        case ApiError::Kind::server:
            // A node that stumbles over this one message must not hold up all others for ever.
            if (++one->refusals >= kRefusalsMax) {
                fail(*one, answer.error.message);
                break;
            }
            [[fallthrough]];
        case ApiError::Kind::limited:
        case ApiError::Kind::unauthorized:
            hold(*one, Stage::waiting);
            break;
        case ApiError::Kind::network:
        case ApiError::Kind::cancelled:
            if (one->lost_ms == 0) one->lost_ms = one->try_ms;
            keep_lost();
            hold(*one, Stage::waiting);
            break;
        case ApiError::Kind::host_away:
            hold(*one, Stage::host_away);
            break;
        default:
            fail(*one, answer.error.message);
            break;
    }
    go_on(nonce, channel);
}

void Outbox::go_on(const QString& nonce, Snowflake channel) {
    const Item* left = item(nonce);
    if (!left || left->stage == Stage::failed) {
        send_next(channel);
    } else if (running_) {
        retry_.start();  // again later, and nothing of this channel before it
    }
}

void Outbox::look_for(Item& item) {
    Request request;
    request.path = u"/channels/%1/messages"_s.arg(id_text(item.unsent.channel));
    request.query.addQueryItem(u"limit"_s, QString::number(kTracePage));
    const auto done = [this, nonce = item.unsent.nonce](const Answer& answer) {
        on_page(nonce, answer);
    };
    item.progress = -1;
    item.call = rest_.send(std::move(request), this, done);
    hold(item, Stage::sending);
}

void Outbox::on_page(const QString& nonce, const Answer& answer) {
    Item* one = item(nonce);
    if (!one) return;
    one->call = 0;
    const Snowflake channel = one->unsent.channel;
    using Kind = ApiError::Kind;
    const bool is_seen = answer.ok() || answer.error.kind == Kind::forbidden ||
                         answer.error.kind == Kind::missing || answer.error.kind == Kind::invalid;
    if (!is_seen && ++one->refusals < kRefusalsMax) {
        hold(*one, Stage::waiting);
        return go_on(nonce, channel);
    }
    const SentTrace found =
        answer.ok() && answer.body.isArray()
            ? trace_of({one->unsent, one->lost_ms, self_, settled_}, answer.body.toArray())
            : SentTrace();
    if (found.is == Trace::found) {
        settle(nonce, found.message);
    } else if (found.is == Trace::absent) {
        one->lost_ms = 0;
        keep_lost();
        hold(*one, Stage::waiting);
        return send_next(channel);
    } else {
        fail(*one, tr("This may have been sent already: look before you send it again."));
    }
    go_on(nonce, channel);
}

}  // namespace guildhall::client
