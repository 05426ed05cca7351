#include "client-qml/settings/model/guild_view.h"

namespace guildhall::client {

using namespace Qt::StringLiterals;

QString words_of(const ApiError& error) {
    switch (error.kind) {
        case ApiError::Kind::none:
        case ApiError::Kind::cancelled:
            return {};
        case ApiError::Kind::network:
            return GuildView::tr(
                "Your node does not answer. What you did may not have reached it.");
        case ApiError::Kind::host_away:
            return GuildView::tr(
                "The guild's host cannot be reached: nothing can be changed until it is back.");
        case ApiError::Kind::limited:
            return GuildView::tr("Too much at once. Try again in a moment.");
        case ApiError::Kind::server:
            return GuildView::tr("Your node failed at this. Try again later.");
        default:
            break;
    }
    if (!error.message.isEmpty()) return error.message;
    return GuildView::tr("Your node refused this.");
}

Request request_of(const char* method, const QString& path, const QJsonValue& body) {
    Request request;
    request.method = method;
    request.path = path;
    request.body = body;
    request.repeatable = request.method != "POST" && request.method != "PATCH";
    return request;
}

GuildView::GuildView(QObject* parent) : QObject(parent) {
    soon_.setSingleShot(true);
    soon_.setInterval(0);
    connect(&soon_, &QTimer::timeout, this, [this] {
        refresh();
        emit refreshed();
    });
}

void GuildView::setAccount(Account* account) {
    if (account == account_) return;
    if (account_) account_->state().disconnect(this);
    account_ = account;
    if (account_) follow();
    place_changed();
}

void GuildView::setGuildId(const QString& guild) {
    const Snowflake id = snowflake(QStringView(guild));
    if (id == guild_id_) return;
    guild_id_ = id;
    place_changed();
}

const Guild* GuildView::guild() const {
    return account_ && guild_id_ != 0 ? account_->state().guild(guild_id_) : nullptr;
}

QString GuildView::guild_path(const QString& below) const {
    return u"/guilds/"_s + id_text(guild_id_) + below;
}

void GuildView::follow() {
    State* from = &account_->state();
    const auto here = [this](quint64 guild) {
        if (guild == guild_id_) refresh_soon();
    };
    connect(from, &State::reset, this, [this] { refresh_soon(); });
    connect(from, &State::setting_changed, this, [this] { refresh_soon(); });
    connect(from, &State::self_changed, this, [this] { refresh_soon(); });
    connect(from, &State::guild_added, this, here);
    connect(from, &State::guild_changed, this, here);
    connect(from, &State::guild_removed, this, here);
    connect(from, &State::channels_changed, this, here);
    connect(from, &State::channel_changed, this, [this] { refresh_soon(); });
    connect(from, &State::member_changed, this, here);
    connect(from, &State::member_removed, this, here);
}

void GuildView::place_changed() {
    emit placeChanged();
    complain({});
    if (account_) load();
    refresh();
    emit refreshed();
}

void GuildView::refresh_soon() { soon_.start(); }

void GuildView::call(Request request, Done done) {
    // Of several at once each that fails is heard: none takes back what another said.
    if (!busy()) complain({});
    ask(std::move(request), [this, done = std::move(done)](const Answer& answer) {
        if (!answer.ok()) complain(words_of(answer.error));
        if (done) done(answer);
    });
}

void GuildView::ask(Request request, Done done) {
    if (!account_) return;
    if (++calls_ == 1) emit busyChanged();
    account_->rest().send(
        std::move(request), this, [this, done = std::move(done)](const Answer& answer) {
            if (--calls_ == 0) emit busyChanged();
            done(answer);
        });
}

void GuildView::complain(const QString& complaint) {
    if (complaint == complaint_) return;
    complaint_ = complaint;
    emit complaintChanged();
}

bool GuildView::may(Permissions bit, Snowflake channel) const {
    return guild() && state()->why(guild_id_, channel, bit).allowed;
}

QString GuildView::why_not(Permissions bit, Snowflake channel) const {
    if (!guild()) return tr("This guild is not known here.");
    if (may(bit, channel)) return {};
    return tr("This needs the permission “%1”. %2")
        .arg(PermissionText::name(bit_number(bit)),
             PermissionText::explain_text(*state(), guild_id_, channel, bit));
}

}  // namespace guildhall::client
