#include "client-qml/composer/interaction.h"

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {
constexpr int kCommandMs = 15'000, kAutocompleteMs = 6'000;
}

Interaction::Interaction(Kind kind, QObject* parent) : QObject(parent), kind_(kind) {
    patience_.setSingleShot(true);
    patience_.setInterval(kind == Kind::command ? kCommandMs : kAutocompleteMs);
    connect(&patience_, &QTimer::timeout, this, [this] { end(End::silent); });
}

void Interaction::run(Account* account,
                      const Place& place,
                      Snowflake application,
                      const QJsonObject& data,
                      std::vector<UploadFile> files) {
    cancel();
    if (!account) return;
    if (account_ != account) {
        if (account_) account_->state().disconnect(this);
        connect(&account->state(), &State::dispatched, this, &Interaction::hear);
        account_ = account;
    }
    const qint64 now = account->state().clock().now_ms();
    nonce_ = u"%1-%2-%3"_s.arg(now).arg(int(kind_)).arg(++count_);
    QJsonObject body{{u"type"_s, int(kind_)},
                     {u"application_id"_s, id_text(application)},
                     {u"channel_id"_s, id_text(place.channel)},
                     {u"session_id"_s, account->gateway().session_id()},
                     {u"nonce"_s, nonce_},
                     {u"data"_s, data}};
    if (place.guild != 0) body[u"guild_id"_s] = id_text(place.guild);
    Request request;
    request.method = "POST";
    request.path = u"/interactions"_s;
    request.body = body;
    request.files = std::move(files);
    call_ = account->rest().send(
        std::move(request),
        this,
        [this, nonce = nonce_](const Answer& answer) {
            if (let_go_.remove(nonce) && !answer.ok()) emit lost(nonce, answer.error);
            if (nonce != nonce_) return;
            call_ = 0;
            if (!answer.ok()) return end(End::refused, answer.error);
            patience_.start();
            emit delivered();
        },
        [this, nonce = nonce_](qint64 done, qint64 all) {
            if (nonce == nonce_ && all > 0) emit progressed(double(done) / double(all));
        });
}

void Interaction::cancel() {
    nonce_.clear();
    patience_.stop();
    const Rest::Call call = std::exchange(call_, 0);
    if (call != 0 && account_) account_->rest().cancel(call);
}

void Interaction::let_go() {
    if (std::exchange(call_, 0) != 0) let_go_.insert(nonce_);
    nonce_.clear();
    patience_.stop();
}

void Interaction::hear(const Dispatch& dispatch) {
    if (nonce_.isEmpty() || dispatch.data["nonce"_L1].toString() != nonce_) return;
    if (dispatch.type == u"INTERACTION_SUCCESS"_s) {
        end(End::answered);
    } else if (dispatch.type == u"INTERACTION_FAILURE"_s) {
        end(End::silent);
    } else if (dispatch.type == u"INTERACTION_MODAL_CREATE"_s) {
        end(End::asks);
    } else if (dispatch.type == u"APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE"_s) {
        emit chosen(dispatch.data["choices"_L1].toArray());
        end(End::answered);
    }
}

void Interaction::end(End end, const ApiError& error) {
    if (nonce_.isEmpty()) return;
    nonce_.clear();
    patience_.stop();
    call_ = 0;  // its answer may still come: nobody waits for it
    emit ended(end, error);
}

}  // namespace guildhall::client
