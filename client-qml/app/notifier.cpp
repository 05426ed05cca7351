#include "client-qml/app/notifier.h"

#include "client-qml/core/models/names.h"
#include "client-qml/core/models/notification_rules.h"
#include "client-qml/core/text/bidi.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

#include <algorithm>
#include <utility>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kShownMax = 100;
constexpr qsizetype kToldMax = 200;  // channels
constexpr int kTextMax = 200, kApartMs = 1'000;
const QLatin1StringView kService("org.freedesktop.Notifications");
const QLatin1StringView kPath("/org/freedesktop/Notifications");

}  // namespace

Notifier::Notifier(QObject* parent) : QObject(parent) {
    waiting_.setSingleShot(true);
    waiting_.setInterval(kApartMs);
    connect(&waiting_, &QTimer::timeout, this, &Notifier::tell_waiting);
}

void Notifier::setAccounts(Accounts* accounts) {
    if (accounts == accounts_) return;
    accounts_ = accounts;
    if (accounts) {
        connect(accounts, &Accounts::countChanged, this, &Notifier::listen);
        QDBusConnection bus = QDBusConnection::sessionBus();
        bus.connect(
            kService, kPath, kService, u"ActionInvoked"_s, this, SLOT(on_action(uint, QString)));
        bus.connect(
            kService, kPath, kService, u"NotificationClosed"_s, this, SLOT(on_closed(uint, uint)));
    }
    listen();
    emit accountsChanged();
}

void Notifier::listen() {
    for (int i = 0; accounts_ && i < accounts_->rowCount(); ++i) {
        auto* account = accounts_->index(i).data(Accounts::AccountRole).value<Account*>();
        if (heard_.contains(account)) continue;
        heard_.insert(account);
        connect(account, &QObject::destroyed, this, [this, account] { heard_.remove(account); });
        connect(&account->state(),
                &State::message_created,
                this,
                [this, account](const Message& message) { on_message(account, message); });
    }
}

bool Notifier::is_looked_at(const Account* account, Snowflake channel) const {
    return window_active_ && accounts_ && accounts_->current() == account && navigator_ &&
           navigator_->channel() == channel;
}

void Notifier::on_message(Account* account, const Message& message) {
    if (is_looked_at(account, message.channel) || !preferences_) return;
    const NotifyLevel otherwise =
        parse_level(preferences_->notify()).value_or(NotifyLevel::mentions);
    const bool busy = account->status() == QLatin1StringView("dnd");
    const NotificationRules rules(account->state());
    if (rules.notifies(message, otherwise, busy)) show(account, message);
}

void Notifier::show(Account* account, const Message& message) {
    const State& state = account->state();
    const Channel* channel = state.channel(message.channel);
    const QString who = state.display_name(message.guild, message.author);
    const QString title = channel && channel->guild != 0
                              ? who + u" (#"_s + text::safe_name(channel->name) + u')'
                              : who;
    QString body =
        preferences_->notifyShowsText() ? plain_words(state, message.guild, message) : QString();
    if (body.size() > kTextMax) body = body.left(kTextMax) + u'…';
    const QString place = account->key() + u'/' + id_text(message.channel);
    // Those that nobody waits for go first: of them only the number that replaces is forgotten.
    if (told_.size() >= kToldMax && !told_.contains(place)) {
        told_.removeIf([](QHash<QString, Told>::iterator one) { return one->count == 0; });
        if (told_.size() >= kToldMax) return;
    }
    Told& told = told_[place];
    told.newest = {account->key(), id_text(message.channel), id_text(message.id)};
    told.title = title;
    told.body = body;
    ++told.count;
    const qint64 now = account->state().clock().steady_ms();
    if (told.last_ms == 0 || now - told.last_ms >= kApartMs) {
        told.last_ms = now;
        tell(place);
    } else if (!waiting_.isActive()) {
        waiting_.start();
    }
}

void Notifier::tell_waiting() {
    QStringList places;
    for (auto at = told_.cbegin(); at != told_.cend(); ++at) {
        if (at->count > 0) places.append(at.key());
    }
    for (const QString& place : places) tell(place);
    if (!places.isEmpty()) waiting_.start();  // what comes within the next second waits again
}

void Notifier::tell(const QString& place) {
    Told& told = told_[place];
    const int count = std::exchange(told.count, 0);
    const QString body = count > 1 ? tr("%n new message(s)", nullptr, count) : told.body;
    emit notified(told.title, body);
    // Servers take a little markup in the body: what people write must not be taken for it.
    QDBusMessage call = QDBusMessage::createMethodCall(kService, kPath, kService, u"Notify"_s);
    const QVariantMap hints{{u"desktop-entry"_s, u"guildhall-client"_s},
                            {u"suppress-sound"_s, !preferences_ || !preferences_->notifySound()}};
    call.setArguments({u"Guildhall"_s,
                       told.id,
                       u"guildhall"_s,
                       told.title,
                       body.toHtmlEscaped(),
                       QStringList{u"default"_s, tr("Open")},
                       hints,
                       -1});
    auto* watcher =
        new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call, 2'000), this);
    connect(watcher,
            &QDBusPendingCallWatcher::finished,
            this,
            [this, watcher, place, shown = told.newest] {
                const QDBusPendingReply<uint> reply = *watcher;
                watcher->deleteLater();
                if (reply.isError()) return;
                remember(reply.value(), shown);
                const auto told = told_.find(place);
                if (told != told_.end()) told->id = reply.value();
            });
}

void Notifier::remember(uint id, const Shown& shown) {
    // Servers number upwards, and those with a history never say that one was closed.
    while (shown_.size() >= kShownMax && !shown_.contains(id)) {
        const QList<uint> ids = shown_.keys();
        shown_.remove(*std::ranges::min_element(ids));
    }
    shown_.insert(id, shown);
}

void Notifier::on_action(uint id, const QString&) {
    const auto at = shown_.constFind(id);
    if (at == shown_.constEnd() || !accounts_ || !navigator_) return;
    const Shown shown = *at;
    accounts_->select(shown.account);
    navigator_->openMessage(shown.channel, shown.message);
    emit opened(shown.account, shown.channel, shown.message);
}

void Notifier::on_closed(uint id, uint) {
    shown_.remove(id);
    for (Told& told : told_) {
        if (told.id == id) told.id = 0;
    }
}

}  // namespace guildhall::client
