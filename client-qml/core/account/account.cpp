#include "client-qml/core/account/account.h"

#include "client-qml/core/images/addresses.h"
#include "client-qml/core/text/bidi.h"

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {
constexpr int kHealthMs = 10'000;  // between two looks at how the cache does
}  // namespace

QUrl gateway_address(const QUrl& told, const QUrl& node) {
    const bool is_socket = told.scheme() == "ws"_L1 || told.scheme() == "wss"_L1;
    if (!told.isValid() || told.host().isEmpty() || !is_socket) return {};
    const bool is_secret = node.scheme() == "https"_L1;
    const bool is_at_home = told.host() == node.host() && told.userInfo().isEmpty();
    if (is_at_home && (!is_secret || told.scheme() == "wss"_L1)) return told;
    // A node that does not know what it is called from outside: its gateway is where it is.
    QUrl home;
    home.setScheme(is_secret ? u"wss"_s : u"ws"_s);
    home.setHost(node.host());
    home.setPort(node.port());
    home.setPath(told.path());
    return home;
}

Account::Account(
    AccountRecord record, const QString& folder, Clock& clock, Rng& rng, QObject* parent)
    : QObject(parent),
      record_(std::move(record)),
      folder_(folder),
      cache_(folder),
      rest_(record_.node, clock, rng),
      gateway_(clock, rng),
      state_(cache_, clock),
      outbox_(rest_, cache_, clock, rng),
      clock_(clock),
      rng_(rng) {
    outbox_.set_pasted_folder(folder_ + u"/pasted"_s);
    outbox_.set_self(snowflake(QStringView(record_.user_id)));
    status_ = cache_.setting(u"status"_s).toString(status_);
    custom_status_ = cache_.setting(u"custom_status"_s).toString();
    retry_.setSingleShot(true);
    connect(&retry_, &QTimer::timeout, this, &Account::connect_gateway);
    tick_.setInterval(1'000);
    connect(&tick_, &QTimer::timeout, this, &Account::secondsToRetryChanged);
    connect(this, &Account::lineChanged, this, &Account::on_line);
    health_.setInterval(kHealthMs);
    health_.setTimerType(Qt::VeryCoarseTimer);
    health_.start();
    connect(&health_, &QTimer::timeout, this, &Account::look_for_complaints);
    look_for_complaints();
    connect(&outbox_, &Outbox::changed, this, &Account::look_for_complaints);
    connect(&gateway_, &Gateway::dispatched, &state_, &State::apply);
    connect(&gateway_, &Gateway::state_changed, this, &Account::on_gateway);
    connect(&state_, &State::reset, this, &Account::selfChanged);
    connect(&state_, &State::self_changed, this, &Account::selfChanged);
    connect(&state_, &State::dispatched, this, [this](const Dispatch& dispatch) {
        if (dispatch.type == "MESSAGE_CREATE"_L1 && !outbox_.is_empty() &&
            snowflake(object_of(dispatch.data, "author"_L1)["id"_L1]) == state_.self().id) {
            outbox_.heard(dispatch.data);
        }
        if (dispatch.type != "READY"_L1) return;
        session_hash_ = text_of(dispatch.data, "auth_session_id_hash"_L1, 128);
    });
    connect(&state_, &State::hosting_changed, this, [this](quint64 guild) {
        const GuildHosting* told = state_.hosting(guild);
        // What waited for that host need not wait for the next try.
        if (told && told->is_writable() && line() == Line::Ready) outbox_.resume();
    });
    connect(&rest_, &Rest::unauthorized, this, [this] {
        if (std::exchange(logged_out_, true)) return;
        gateway_.close();
        outbox_.pause();
        emit lineChanged();
        emit loggedOut();
    });
}

Account::~Account() { gateway_.close(); }

void Account::show_cache() {
    if (std::exchange(is_shown_, true)) return;
    state_.load();
    outbox_.load();
}

void Account::start(const QString& token) {
    show_cache();
    use_token(token);
}

void Account::use_token(const QString& token) {
    token_ = token;
    rest_.set_token(token);
    logged_out_ = token.isEmpty();
    waits_for_token_ = false;
    backoff_.reset();
    if (!logged_out_) connect_gateway();
    look_for_complaints();
    emit lineChanged();
}

void Account::wait_for_token() {
    waits_for_token_ = true;
    look_for_complaints();
    emit lineChanged();
}

void Account::look_for_complaints() {
    QString now = cache_.complaint();
    if (waits_for_token_) {
        now = tr("The system's keychain does not answer. Unlock it, or log in again.");
    }
    if (now == complaint_) return;
    complaint_ = now;
    emit complaintChanged();
}

void Account::on_line() {
    if (line() == Line::Waiting) {
        tick_.start();
    } else {
        tick_.stop();
    }
    emit secondsToRetryChanged();
}

void Account::connect_gateway() {
    retry_.stop();
    if (logged_out_) return;
    Request request;
    request.path = u"/gateway"_s;
    rest_.send(std::move(request), this, [this, asked = ++asked_](const Answer& answer) {
        if (asked != asked_ || logged_out_) return;
        const QUrl told(answer.body.toObject()["url"_L1].toString(), QUrl::StrictMode);
        const QUrl url = gateway_address(told, record_.node);
        if (answer.ok() && !url.isEmpty()) {
            backoff_.reset();
            gateway_.open(url, token_);
        } else {
            retry_.start(int(backoff_.next_ms(rng_)));
            emit lineChanged();
        }
    });
    emit lineChanged();
}

void Account::on_gateway(GatewayState state) {
    if (state != GatewayState::connecting) state_.set_live(state == GatewayState::ready);
    if (state == GatewayState::ready) {
        if (status_ != "online"_L1 || !custom_status_.isEmpty()) tell_presence();
        outbox_.resume();
    } else {
        outbox_.pause();
    }
    if (state == GatewayState::refused) emit rest_.unauthorized();
    emit lineChanged();
}

QString Account::username() const {
    const User& self = state_.self();
    return self.id != 0 ? text::safe_name(self.username, record_.user_name) : record_.user_name;
}

QString Account::displayName() const {
    const User& self = state_.self();
    return self.id != 0 ? text::safe_name(self.display_name(), self.username) : record_.user_name;
}

QString Account::avatarUrl() const { return avatar_address(state_.self()); }

Account::Line Account::line() const {
    if (logged_out_) return Line::LoggedOut;
    if (retry_.isActive() || waits_for_token_) return Line::Waiting;
    switch (gateway_.state()) {
        case GatewayState::off:
            return token_.isEmpty() ? Line::Off : Line::Connecting;
        case GatewayState::connecting:
            return Line::Connecting;
        case GatewayState::ready:
            return Line::Ready;
        case GatewayState::waiting:
            return Line::Waiting;
        case GatewayState::refused:
            return Line::LoggedOut;
    }
    return Line::Off;
}

int Account::secondsToRetry() const {
    if (retry_.isActive()) return retry_.remainingTime() / 1000 + 1;
    const qint64 at = gateway_.next_attempt_ms();
    return at == 0 ? 0 : int(std::max<qint64>(0, at - clock_.steady_ms()) / 1000);
}

void Account::setStatus(const QString& status) {
    if (status == status_) return;
    status_ = status;
    cache_.put_setting(u"status"_s, status);
    tell_presence();
    emit statusChanged();
}

void Account::setCustomStatus(const QString& text) {
    const QString fit = text.left(128).simplified();
    if (fit == custom_status_) return;
    custom_status_ = fit;
    cache_.put_setting(u"custom_status"_s, fit);
    tell_presence();
    emit statusChanged();
}

void Account::tell_presence() {
    QJsonArray activities;
    if (!custom_status_.isEmpty()) {
        activities.append(QJsonObject{
            {u"name"_s, u"Custom Status"_s}, {u"type"_s, 4}, {u"state"_s, custom_status_}});
    }
    gateway_.send(opcode::kPresence,
                  QJsonObject{{u"since"_s, QJsonValue()},
                              {u"activities"_s, activities},
                              {u"status"_s, status_},
                              {u"afk"_s, false}});
}

void Account::retryNow() {
    backoff_.reset();
    if (waits_for_token_) {
        emit tokenWanted();
    } else if (retry_.isActive()) {
        connect_gateway();
    } else {
        gateway_.retry_now();
    }
}

}  // namespace guildhall::client
