#include "client-qml/timeline/message_commands.h"

#include "client-qml/timeline/timeline_model.h"

#include <QClipboard>
#include <QGuiApplication>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

namespace bits = protocol::permissions;

constexpr qsizetype kReactorsMax = 20, kReactorsKept = 200;
constexpr int kReplyUnits = 120;

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

MessageCommands::MessageCommands(TimelineModel& timeline) : timeline_(timeline) {}

QVariantMap MessageCommands::rights(const QString& key) const {
    const Row* row = timeline_.row_of(key);
    if (!row) return {};
    const State& state = timeline_.state();
    const Snowflake guild = timeline_.guild_;
    const auto can = state.permissions(timeline_.channel_);
    const auto has = [&](Permissions bit) { return can.has(bit); };
    const Channel* channel = state.channel(timeline_.channel_);
    const bool is_thread = channel && channel->is_thread();
    const bool sends = has(is_thread ? bits::kSendMessagesInThreads : bits::kSendMessages);
    const bool mine = row->message.author.id == state.self().id;
    const bool system = row->message.is_system();
    const bool manages = has(bits::kManageMessages) && guild != 0;
    const bool pins = guild == 0 || can.has_any(bits::kPinMessages | bits::kManageMessages);
    const bool there = !row->is_pending();
    return {{u"reply"_s, there && !system && sends},
            {u"edit"_s, there && mine && !system && !row->message.webhook},
            {u"react"_s, there && has(bits::kAddReactions) && has(bits::kReadMessageHistory)},
            {u"pin"_s, there && !system && pins},
            {u"pinned"_s, row->message.pinned},
            {u"remove"_s, there && (mine || manages)},
            {u"markUnread"_s, there},
            {u"pending"_s, !there},
            {u"failed"_s, !there && row->stage == Outbox::Stage::failed}};
}

QString MessageCommands::content(const QString& message) const {
    const Row* row = timeline_.row_of(message);
    return row ? row->message.content : QString();
}

QString MessageCommands::text(const QString& key) const {
    const Row* row = timeline_.row_of(key);
    if (!row) return {};
    const QString sentence = system_sentence(timeline_.view(), row->message);
    if (!sentence.isEmpty()) return sentence;
    const State& state = timeline_.state();
    return plain_words(state, timeline_.guild_, row->message, false);
}

QString MessageCommands::link(const QString& message) const {
    if (!timeline_.account_) return {};
    const QString guild = timeline_.guild_ == 0 ? u"@me"_s : id_text(timeline_.guild_);
    return u"%1/channels/%2/%3/%4"_s.arg(
        timeline_.account_->nodeUrl(), guild, timeline_.channelId(), message);
}

QVariantList MessageCommands::links(const QString& key) const {
    const Row* row = timeline_.row_of(key);
    return row ? link_list(timeline_.view(), *row) : QVariantList();
}

bool MessageCommands::press(const QString& key, int pressed, int modifiers) {
    struct Binding {
        int key, modifiers;
        const char* right;
        void (MessageCommands::*act)(const QString&);
    };
    static constexpr Binding kBindings[] = {
        {Qt::Key_R, Qt::NoModifier, "reply", &MessageCommands::reply},
        {Qt::Key_E, Qt::NoModifier, "edit", &MessageCommands::edit},
        {Qt::Key_P,
         int(Qt::ControlModifier) | int(Qt::ShiftModifier),
         "pin",
         &MessageCommands::togglePin},
        {Qt::Key_C, int(Qt::ControlModifier), nullptr, &MessageCommands::copyText},
    };
    const auto is_it = [&](const Binding& one) {
        return one.key == pressed && one.modifiers == modifiers;
    };
    const auto found = std::ranges::find_if(kBindings, is_it);
    if (found == std::end(kBindings)) return false;
    const QVariantMap may = rights(key);
    const bool has_right = !found->right || may.value(QLatin1StringView(found->right)).toBool();
    if (has_right && !may.isEmpty()) (this->*found->act)(key);
    return has_right;
}

void MessageCommands::copyText(const QString& key) { copy(text(key)); }

void MessageCommands::reply(const QString& message) {
    const Row* row = timeline_.row_of(message);
    if (!row || !rights(message)[u"reply"_s].toBool()) return;
    const Message& shown = row->message;
    const RowView view = timeline_.view();
    emit replyChosen(id_text(shown.id),
                     author_name(view, shown.author, shown.webhook),
                     preview(view, shown, kReplyUnits));
}

void MessageCommands::edit(const QString& message) {
    if (rights(message)[u"edit"_s].toBool()) emit editChosen(message, content(message));
}

void MessageCommands::editLast() {
    if (!timeline_.account_) return;
    const Snowflake self = timeline_.state().self().id;
    const auto is_own = [self](const Message& one) {
        return one.author.id == self && !one.is_system() && !one.webhook;
    };
    if (timeline_.atPresent()) {
        const auto row = std::ranges::find_if(timeline_.messages_, is_own, &Row::message);
        if (row != timeline_.messages_.end()) edit(id_text(row->message.id));
        return;
    }
    // The window lies further up: the last one is of those that are known to be the newest.
    const std::vector<Message> newest = timeline_.history_.cached_newest().messages;
    const auto last = std::ranges::find_if(newest, is_own);
    if (last != newest.end()) emit editChosen(id_text(last->id), last->content);
}

void MessageCommands::copy(const QString& text) const {
    QGuiApplication::clipboard()->setText(text);
}

void MessageCommands::refused(const ApiError& error) {
    if (error.kind == ApiError::Kind::host_away) {
        emit noticed(tr("Not done: the guild's host cannot be reached."));
    } else if (error.kind == ApiError::Kind::network) {
        emit noticed(tr("Not done: there is no connection."));
    } else if (error.kind != ApiError::Kind::cancelled) {
        emit noticed(error.message.isEmpty() ? tr("The node refused it.") : error.message);
    }
}

void MessageCommands::react(const QString& message, const QString& code) {
    const Row* row = timeline_.row_of(message);
    const Emoji emoji = emoji_of(code);
    if (!row || row->is_pending() || emoji.name.isEmpty()) return;
    const Snowflake id = row->message.id;
    const bool is_mine = std::ranges::any_of(row->message.reactions, [&](const Reaction& one) {
        return one.mine && one.emoji.id == emoji.id &&
               (emoji.id != 0 || one.emoji.name == emoji.name);
    });
    const Reaction one{emoji, 1, true};
    const int step = is_mine ? -1 : 1;
    timeline_.step_reaction(id, one, step);
    Request request = request_of(step > 0 ? "PUT" : "DELETE",
                                 reaction_path(timeline_.channel_, id, emoji) + u"/@me"_s);
    timeline_.account_->rest().send(
        std::move(request), this, [this, id, one, step](const Answer& answer) {
            if (answer.ok()) return;
            timeline_.step_reaction(id, one, -step);
            refused(answer.error);
        });
}

void MessageCommands::askReactors(const QString& message, const QString& code) {
    const Row* row = timeline_.row_of(message);
    if (!row || row->is_pending()) return;
    const auto known = reactors_.constFind(message);
    if (known != reactors_.constEnd() && known->contains(code)) {
        // Without a name: it is asked for already.
        const QString names = known->value(code);
        if (!names.isEmpty()) emit reactors(message, code, names);
        return;
    }
    if (reactors_.size() >= kReactorsKept) reactors_.clear();
    reactors_[message][code] = QString();
    Request request =
        request_of("GET", reaction_path(timeline_.channel_, row->message.id, emoji_of(code)));
    request.query.addQueryItem(u"limit"_s, QString::number(kReactorsMax));
    QPointer<Account> account = timeline_.account_;
    const Snowflake guild = timeline_.guild_;
    account->rest().send(
        std::move(request), this, [this, account, guild, message, code](const Answer& answer) {
            if (!answer.ok() || !account) return forget_reactors(message);
            QStringList names;
            for (const QJsonValue& one : answer.body.toArray()) {
                const auto user = parse_user(one.toObject());
                if (user && names.size() < kReactorsMax) {
                    names += account->state().display_name(guild, *user);
                }
            }
            const QString all = QLocale().createSeparatedList(names);
            if (reactors_.contains(message)) reactors_[message][code] = all;
            emit reactors(message, code, all);
        });
}

void MessageCommands::forget_reactors(const QString& message) { reactors_.remove(message); }

void MessageCommands::remove(const QString& channel, const QString& message) {
    const Snowflake place = snowflake(QStringView(channel)), id = snowflake(QStringView(message));
    if (!timeline_.account_ || place == 0 || id == 0) return;
    timeline_.account_->rest().send(
        request_of("DELETE", message_path(place, id)),
        this,
        [this, place, id](const Answer& answer) {
            if (!answer.ok() && answer.error.kind != ApiError::Kind::missing) {
                return refused(answer.error);
            }
            timeline_.on_removed(place, {id});
        });
}

void MessageCommands::togglePin(const QString& message) {
    const Row* row = timeline_.row_of(message);
    if (!row || row->is_pending()) return;
    const Snowflake id = row->message.id;
    const bool pins = !row->message.pinned;
    timeline_.show_pin(id, pins);
    const QString path = u"/channels/%1/pins/%2"_s.arg(timeline_.channelId(), id_text(id));
    timeline_.account_->rest().send(
        request_of(pins ? "PUT" : "DELETE", path), this, [this, id, pins](const Answer& answer) {
            if (answer.ok()) return;
            timeline_.show_pin(id, !pins);
            refused(answer.error);
        });
}

void MessageCommands::retry(const QString& nonce) {
    if (timeline_.account_) timeline_.account_->outbox().retry(nonce);
}

void MessageCommands::discard(const QString& nonce) {
    if (timeline_.account_) timeline_.account_->outbox().remove(nonce);
}

}  // namespace guildhall::client
