#include "client-qml/federation/host_status.h"

#include <QGuiApplication>
#include <QLocale>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {
// A node that does not tell when a host goes away is asked for the shown guild's: often enough to
// be believed, seldom enough to cost nothing (the answer comes from memory).
constexpr int kAgainMs = 15'000, kAgainAwayMs = 5'000;
// Nobody looks: what the outbox and the guild tell still counts, and the first look asks.
constexpr int kAgainUnseenMs = 300'000;
}  // namespace

HostStatus::HostStatus(QObject* parent) : QObject(parent) {
    again_.setSingleShot(true);
    connect(&again_, &QTimer::timeout, this, &HostStatus::refresh);
    connect(qGuiApp, &QGuiApplication::applicationStateChanged, this, [this] {
        if (is_looked_at() && again_.isActive()) refresh();
    });
}

bool HostStatus::is_looked_at() { return qGuiApp->applicationState() == Qt::ApplicationActive; }

void HostStatus::setAccount(Account* account) {
    if (account == account_) return;
    if (account_) {
        account_->outbox().disconnect(this);
        account_->disconnect(this);
        account_->state().disconnect(this);
    }
    account_ = account;
    if (account) {
        connect(&account->outbox(), &Outbox::changed, this, [this](quint64 channel) {
            const Channel* here = account_->state().channel(channel);
            if (here && here->guild == guild_ && !readOnly()) again_.start(500);
        });
        connect(account, &Account::lineChanged, this, [this] {
            if (account_->line() == Account::Line::Ready) refresh();
        });
        connect(&account->state(), &State::guild_changed, this, [this](quint64 guild) {
            if (guild == guild_) again_.start(200);
        });
        connect(&account->state(), &State::hosting_changed, this, [this](quint64 guild) {
            if (guild != guild_) return;
            take_told();
            refresh();
        });
        connect(&account->state(), &State::reset, this, &HostStatus::take_told);
    }
    forget();
    emit accountChanged();
}

void HostStatus::setGuildId(const QString& guild) {
    const Snowflake id = snowflake(QStringView(guild));
    if (id == guild_) return;
    guild_ = id;
    forget();
    emit accountChanged();
}

void HostStatus::forget() {
    asks_ = std::make_unique<QObject>();
    asked_ = asked_again_ = busy_ = false;
    hosting_.reset();
    error_.clear();
    take_told();
    emit changed();
    refresh();
}

void HostStatus::refresh() {
    again_.stop();
    if (!account_ || guild_ == 0 || account_->line() != Account::Line::Ready) return;
    if (asked_) {
        asked_again_ = true;
        return;
    }
    asked_ = true;
    Request request;
    request.path = u"/guilds/%1/hosting"_s.arg(guild_);
    account_->rest().send(std::move(request), asks_.get(), [this](const Answer& answer) {
        asked_ = false;
        on_answer(answer);
        if (std::exchange(asked_again_, false)) refresh();
    });
}

void HostStatus::on_answer(const Answer& answer) {
    if (answer.error.kind == ApiError::Kind::missing) return;  // The node has no such thing.
    if (answer.ok()) {
        take(parse_hosting(answer.body.toObject()));
        take_told();
        if (account_ && account_->state().tells_hosting()) return;
    }
    again_.start(!is_looked_at() ? kAgainUnseenMs : readOnly() ? kAgainAwayMs : kAgainMs);
}

/// Half-filled forms bind to this: what says the same as before is no change.
void HostStatus::take(std::optional<Hosting> told) {
    if (told == hosting_) return;
    hosting_ = std::move(told);
    emit changed();
}

void HostStatus::take_told() {
    const GuildHosting* told = account_ ? account_->state().hosting(guild_) : nullptr;
    if (!told || (!hosting_ && told->is_writable())) return;
    Hosting now = hosting_.value_or(Hosting());
    const bool is_same = now.host.uid == told->host;
    if (!is_same) now.host = KnownNode();  // its name comes with the answer
    now.host.uid = told->host;
    now.host.own = told->own;
    now.host.reachable = told->reachable;
    if (told->reachable) now.host.away_since_ms = 0;
    if (told->frozen && !now.frozen()) now.role = u"frozen"_s;
    if (!told->frozen && now.frozen()) now.role.clear();
    if (!told->frozen) now.frozen_kind.clear();
    take(std::move(now));
}

QString HostStatus::delayText() const {
    return hosting_ ? duration_text(hosting_->takeover_delay_s) : QString();
}

QString HostStatus::history() const {
    if (!hosting_) return {};
    if (hosting_->verified_entries < 0)
        return tr("Your own node keeps it; nobody else has to be believed.");
    QString text = tr("Checked: %L1 entries").arg(hosting_->verified_entries);
    if (hosting_->verified_at_ms != 0) {
        const auto at = QDateTime::fromMSecsSinceEpoch(hosting_->verified_at_ms);
        text = tr("Verified up to %1 (%L2 entries)")
                   .arg(QLocale().toString(at, QLocale::ShortFormat))
                   .arg(hosting_->verified_entries);
    }
    if (hosting_->behind > 0)
        text += u' ' + tr("%Ln more on the way", nullptr, int(hosting_->behind));
    return text;
}

QString HostStatus::frozenText() const {
    if (!frozen()) return {};
    QString text =
        tr("Nothing new is taken from its host: %1").arg(frozen_text(hosting_->frozen_kind));
    if (!hosting_->frozen_reason.isEmpty()) text += u'\n' + hosting_->frozen_reason;
    return text;
}

QVariantList HostStatus::successors() const {
    QVariantList rows;
    if (!hosting_) return rows;
    for (const Successor& one : hosting_->successors) {
        QString held;
        if (one.entries >= 0 && one.held_entries >= 0) {
            held = one.held_entries >= one.entries
                       ? tr("has everything")
                       : tr("has %L1 of %L2 entries").arg(one.held_entries).arg(one.entries);
        }
        rows.push_back(QVariantMap{{u"name"_s, node_text(one.node)},
                                   {u"uid"_s, one.node.uid},
                                   {u"reach"_s, reach_text(one.node)},
                                   {u"reachable"_s, one.node.own || one.node.reachable},
                                   {u"verified"_s, one.node.own || one.node.verified},
                                   {u"held"_s, held}});
    }
    return rows;
}

bool HostStatus::owner() const {
    const Guild* guild = account_ ? account_->state().guild(guild_) : nullptr;
    return guild && guild->owner != 0 && guild->owner == account_->state().self().id;
}

void HostStatus::send(const QByteArray& method,
                      const QString& below,
                      const QJsonValue& body,
                      const QString& done) {
    if (!account_ || busy_) return;
    Request request;
    request.method = method;
    request.path = u"/guilds/%1/hosting%2"_s.arg(guild_).arg(below);
    request.body = body;
    busy_ = true;
    error_.clear();
    emit changed();
    account_->rest().send(std::move(request), asks_.get(), [this, done](const Answer& answer) {
        busy_ = false;
        error_ = answer.error.message;
        if (!answer.error.fields.empty()) error_ = answer.error.fields.front().second;
        emit changed();
        if (answer.ok()) emit noticed(done);
        refresh();
    });
}

void HostStatus::decide(const QStringList& successors, int votes, int delayHours) {
    QJsonObject body{{u"successors"_s, QJsonArray::fromStringList(successors)}};
    if (!successors.isEmpty()) {
        body[u"votes"_s] = votes;
        body[u"takeover_delay"_s] = qint64(delayHours) * 3600;
    }
    send("PATCH", {}, body, tr("Saved"));
}

void HostStatus::handOver(const QString& node) {
    send("POST",
         u"/transfer"_s,
         QJsonObject{{u"node"_s, node}},
         tr("The guild moves as soon as that node has everything."));
}

void HostStatus::takeBack() {
    send("DELETE", u"/transfer"_s, QJsonValue(QJsonValue::Undefined), tr("The guild stays here."));
}

}  // namespace guildhall::client
