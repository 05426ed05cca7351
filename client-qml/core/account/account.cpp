#include "client-qml/core/account/account.h"

#include "client-qml/core/images/addresses.h"
#include "client-qml/core/text/bidi.h"

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {
constexpr int kPresence = 3;            // the opcode
constexpr int kGatewayRetryMs = 3'000;  // until GET /gateway answers
}  // namespace

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
      clock_(clock) {
    status_ = cache_.setting(u"status"_s).toString(status_);
    custom_status_ = cache_.setting(u"custom_status"_s).toString();
    retry_.setSingleShot(true);
    retry_.setInterval(kGatewayRetryMs);
    connect(&retry_, &QTimer::timeout, this, &Account::connect_gateway);
    connect(&gateway_, &Gateway::dispatched, &state_, &State::apply);
    connect(&gateway_, &Gateway::state_changed, this, &Account::on_gateway);
    connect(&state_, &State::reset, this, &Account::selfChanged);
    connect(&state_, &State::self_changed, this, &Account::selfChanged);
    connect(&state_, &State::dispatched, this, [this](const Dispatch& dispatch) {
        if (dispatch.type != "READY"_L1) return;
        session_hash_ = text_of(dispatch.data, "auth_session_id_hash"_L1, 128);
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

void Account::start(const QString& token) {
    state_.load();
    outbox_.load();
    token_ = token;
    rest_.set_token(token);
    logged_out_ = token.isEmpty();
    if (!logged_out_) connect_gateway();
    emit lineChanged();
}

void Account::connect_gateway() {
    retry_.stop();
    if (logged_out_) return;
    Request request;
    request.path = u"/gateway"_s;
    rest_.send(std::move(request), this, [this](const Answer& answer) {
        const QUrl url(answer.body.toObject()["url"_L1].toString());
        const bool is_socket = url.scheme() == "ws"_L1 || url.scheme() == "wss"_L1;
        if (answer.ok() && url.isValid() && is_socket) {
            gateway_.open(url, token_);
        } else if (!logged_out_) {
            retry_.start();
            emit lineChanged();
        }
    });
}

void Account::on_gateway(GatewayState state) {
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
    return state_.self().id != 0 ? state_.self().username : record_.user_name;
}

QString Account::displayName() const {
    const User& self = state_.self();
    return self.id != 0 ? text::safe_name(self.display_name(), self.username) : record_.user_name;
}

QString Account::avatarUrl() const { return avatar_address(state_.self()); }

Account::Line Account::line() const {
    if (logged_out_) return Line::LoggedOut;
    if (retry_.isActive()) return Line::Waiting;
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
    gateway_.send(kPresence,
                  QJsonObject{{u"since"_s, QJsonValue()},
                              {u"activities"_s, activities},
                              {u"status"_s, status_},
                              {u"afk"_s, false}});
}

void Account::retryNow() {
    if (retry_.isActive()) {
        connect_gateway();
    } else {
        gateway_.retry_now();
    }
}

}  // namespace guildhall::client
