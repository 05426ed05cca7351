// What people do with messages. What changes is shown at once and taken back where the node
// refuses.

#include "client-qml/core/text/links.h"
#include "client-qml/timeline/timeline_model.h"

#include <QClipboard>
#include <QGuiApplication>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

namespace bits = protocol::permissions;

constexpr qsizetype kReactorsMax = 20;
constexpr int kReplyUnits = 120, kSpoilersMax = 100;

Request request_of(const char* method, const QString& path) {
    Request request;
    request.method = method;
    request.path = path;
    request.repeatable = request.method != "POST";
    return request;
}

QString message_path(Snowflake channel, Snowflake message) {
    return u"/channels/%1/messages/%2"_s.arg(id_text(channel), id_text(message));
}

QString reaction_path(Snowflake channel, Snowflake message, const Emoji& emoji) {
    return message_path(channel, message) + u"/reactions/"_s +
           QString::fromLatin1(QUrl::toPercentEncoding(emoji_code(emoji)));
}

}  // namespace

QVariantMap TimelineModel::rights(int at) const {
    const Row* row = account_ ? row_at(at) : nullptr;
    if (!row) return {};
    const auto can = state().permissions(channel_);
    const auto has = [&](Permissions bit) { return can.has(bit); };
    const bool mine = row->message.author.id == state().self().id;
    const bool system = row->message.is_system();
    const bool manages = has(bits::kManageMessages) && guild_ != 0;
    const bool pins = guild_ == 0 || can.has_any(bits::kPinMessages | bits::kManageMessages);
    const bool there = !row->is_pending();
    return {{u"reply"_s, there && !system && has(bits::kSendMessages)},
            {u"edit"_s, there && mine && !system && !row->message.webhook},
            {u"react"_s, there && has(bits::kAddReactions) && has(bits::kReadMessageHistory)},
            {u"pin"_s, there && !system && pins},
            {u"pinned"_s, row->message.pinned},
            {u"remove"_s, there && (mine || manages)},
            {u"markUnread"_s, there},
            {u"pending"_s, !there},
            {u"failed"_s, !there && row->stage == Outbox::Stage::failed}};
}

QString TimelineModel::idOf(int row) const {
    const Row* one = account_ ? row_at(row) : nullptr;
    return one ? id_text(one->message.id) : QString();
}

void TimelineModel::beginReply(int row) {
    const Row* one = account_ ? row_at(row) : nullptr;
    if (!one || !rights(row)[u"reply"_s].toBool()) return;
    const Message& message = one->message;
    emit replyChosen(id_text(message.id),
                     author_name(view(), message.author, message.webhook),
                     preview(view(), message, kReplyUnits));
}

void TimelineModel::beginEdit(const QString& message) {
    const int row = rowOf(message);
    if (row < 0 || !rights(row)[u"edit"_s].toBool()) return;
    emit editChosen(message, content(message));
}

void TimelineModel::activate(int at) {
    Row* row = account_ ? row_at(at) : nullptr;
    if (!row) return;
    const std::set<int> before = row->revealed;
    if (row->message.content.contains(u"||"_s)) {
        for (int i = 0; i < kSpoilersMax; ++i) row->revealed.insert(i);
    }
    if (before != row->revealed) {
        row->text = {};
        touch(at, {HtmlRole, FormatRole, BlocksRole});
    } else if (row->message.reply) {
        locate(row->message.reply->message, true);
    }
}

void TimelineModel::openWeb(const QString& url) {
    const text::SafeUrl safe = text::safe_url(url);
    if (!safe.is_empty()) emit linkPressed(safe.encoded, safe.host, false);
}

QString TimelineModel::content(const QString& message) const {
    const int at = find(snowflake(QStringView(message)));
    return at < 0 ? QString() : messages_[std::size_t(at)].message.content;
}

QString TimelineModel::plainText(int row) const {
    const Row* one = account_ ? row_at(row) : nullptr;
    if (!one) return {};
    const QString sentence = system_sentence(view(), one->message);
    if (!sentence.isEmpty()) return sentence;
    const Names names(state(), guild_);
    text::MarkdownOptions options;
    options.resolver = &names;
    options.now_ms = state().clock().now_ms();
    return text::plain_text(one->message.content, options, false);
}

QString TimelineModel::link(const QString& message) const {
    if (!account_) return {};
    const QString guild = guild_ == 0 ? u"@me"_s : id_text(guild_);
    return u"%1/channels/%2/%3/%4"_s.arg(account_->nodeUrl(), guild, id_text(channel_), message);
}

QString TimelineModel::lastOwn() const {
    if (!account_) return {};
    const Snowflake self = state().self().id;
    for (const Row& row : messages_) {
        if (row.message.author.id == self && !row.message.is_system()) {
            return id_text(row.message.id);
        }
    }
    return {};
}

void TimelineModel::copy(const QString& text) const { QGuiApplication::clipboard()->setText(text); }

void TimelineModel::reveal(int at, int spoiler) {
    Row* row = row_at(at);
    if (!row || spoiler < 0 || row->revealed.contains(spoiler)) return;
    row->revealed.insert(spoiler);
    row->text = {};
    touch(at, {HtmlRole, FormatRole, BlocksRole});
}

void TimelineModel::follow(int row, const QString& href, QObject* near) {
    const text::Href link = text::parse_href(href);
    switch (link.kind) {
        case text::Href::Kind::web: {
            const QString url = link.url.toString(QUrl::FullyEncoded);
            emit linkPressed(url, link.url.host(QUrl::FullyEncoded), link.masked);
            break;
        }
        case text::Href::Kind::user:
            emit profileRequested(link.id, near);
            break;
        case text::Href::Kind::channel:
            emit channelPressed(link.id);
            break;
        case text::Href::Kind::command:
            emit commandPressed(link.id);
            break;
        case text::Href::Kind::spoiler:
            reveal(row, link.id.toInt());
            break;
        default:
            break;
    }
}

void TimelineModel::refused(const ApiError& error) {
    if (error.kind == ApiError::Kind::host_away) {
        emit noticed(tr("Not done: the server's host cannot be reached."));
    } else if (error.kind == ApiError::Kind::network) {
        emit noticed(tr("Not done: there is no connection."));
    } else if (error.kind != ApiError::Kind::cancelled) {
        emit noticed(error.message.isEmpty() ? tr("The node refused it.") : error.message);
    }
}

void TimelineModel::react(const QString& message, const QString& code) {
    const Snowflake id = snowflake(QStringView(message));
    const int at = find(id);
    const Emoji emoji = emoji_of(code);
    if (at < 0 || emoji.name.isEmpty()) return;
    const auto& all = messages_[std::size_t(at)].message.reactions;
    const bool is_mine = std::ranges::any_of(all, [&](const Reaction& one) {
        return one.mine && one.emoji.id == emoji.id &&
               (emoji.id != 0 || one.emoji.name == emoji.name);
    });
    const Reaction one{emoji, 1, true};
    const int step = is_mine ? -1 : 1;
    step_reaction(id, one, step);
    Request request =
        request_of(step > 0 ? "PUT" : "DELETE", reaction_path(channel_, id, emoji) + u"/@me"_s);
    account_->rest().send(std::move(request), this, [this, id, one, step](const Answer& answer) {
        if (answer.ok()) return;
        step_reaction(id, one, -step);
        refused(answer.error);
    });
}

void TimelineModel::askReactors(const QString& message, const QString& code) {
    if (!account_) return;
    Request request =
        request_of("GET", reaction_path(channel_, snowflake(QStringView(message)), emoji_of(code)));
    request.query.addQueryItem(u"limit"_s, QString::number(kReactorsMax));
    account_->rest().send(std::move(request), this, [this, message, code](const Answer& answer) {
        if (!answer.ok()) return;
        QStringList names;
        for (const QJsonValue& one : answer.body.toArray()) {
            const auto user = parse_user(one.toObject());
            if (user && names.size() < kReactorsMax) {
                names += state().display_name(guild_, *user);
            }
        }
        emit reactors(message, code, QLocale().createSeparatedList(names));
    });
}

void TimelineModel::removeMessage(const QString& message) {
    const Snowflake id = snowflake(QStringView(message));
    if (!account_ || id == 0) return;
    account_->rest().send(
        request_of("DELETE", message_path(channel_, id)), this, [this, id](const Answer& answer) {
            if (!answer.ok() && answer.error.kind != ApiError::Kind::missing) {
                return refused(answer.error);
            }
            on_removed(channel_, {id});
        });
}

void TimelineModel::togglePin(const QString& message) {
    const Snowflake id = snowflake(QStringView(message));
    const int at = find(id);
    if (at < 0) return;
    const bool pins = !messages_[std::size_t(at)].message.pinned;
    const auto show = [this, id](bool pinned) {
        const int here = find(id);
        if (here < 0) return;
        messages_[std::size_t(here)].message.pinned = pinned;
        touch(row_of_message(std::size_t(here)), {PinnedRole, SpokenRole});
    };
    show(pins);
    const QString path = u"/channels/%1/pins/%2"_s.arg(id_text(channel_), id_text(id));
    account_->rest().send(
        request_of(pins ? "PUT" : "DELETE", path), this, [this, show, pins](const Answer& answer) {
            if (answer.ok()) return;
            show(!pins);
            refused(answer.error);
        });
}

void TimelineModel::markUnread(const QString& message) {
    const Snowflake id = snowflake(QStringView(message));
    if (!account_ || id == 0) return;
    const int before = newRow();
    holds_unread_ = true;
    has_new_ = true;
    new_after_ = id - 1;
    state().mark_unread(channel_, id);
    touch(before, {UnreadLineRole, ContinuationRole});
    touch(newRow(), {UnreadLineRole, ContinuationRole});
    emit unreadChanged();
}

void TimelineModel::retry(int row) {
    const Row* one = account_ ? row_at(row) : nullptr;
    if (one && one->is_pending()) account_->outbox().retry(QString(one->nonce));
}

void TimelineModel::discard(int row) {
    const Row* one = account_ ? row_at(row) : nullptr;
    if (one && one->is_pending()) account_->outbox().remove(QString(one->nonce));
}

QVariantList TimelineModel::pictures() const {
    QVariantList found;
    for (std::size_t at = messages_.size(); at-- > 0;) {
        const QVariantList files = file_list(messages_[at].message);
        for (const QVariant& file : files) {
            if (!file.toMap()[u"picture"_s].toString().isEmpty()) found.append(file);
        }
    }
    return found;
}

}  // namespace guildhall::client
