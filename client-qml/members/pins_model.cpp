#include "client-qml/members/pins_model.h"

namespace guildhall::client {

using namespace Qt::StringLiterals;
namespace bits = protocol::permissions;

namespace {
constexpr qsizetype kPinsMax = 250;
}

void PinsModel::follow() {
    if (account_) {
        connect(&account_->state(), &State::pins_changed, this, [this](quint64 channel) {
            if (channel == channel_) refresh();
        });
    }
    refresh();
}

void PinsModel::setChannelId(const QString& channel) {
    const Snowflake id = snowflake(QStringView(channel));
    if (id == channel_) return;
    channel_ = id;
    show({});
    refresh();
    emit channelChanged();
}

bool PinsModel::canUnpin() const {
    return account_ && account_->state().permissions(channel_).has_any(bits::kManageMessages |
                                                                       bits::kPinMessages);
}

void PinsModel::refresh() {
    if (account_ && channel_ != 0) ask(u"/channels/%1/pins"_s);
}

/// The older route answers a list of all, the newer one {items: [{message}]}, by pages.
void PinsModel::ask(const QString& route) {
    Request request;
    request.path = route.arg(channel_);
    set_busy(true);
    const Snowflake channel = channel_;
    account_->rest().send(std::move(request), this, [this, channel, route](const Answer& answer) {
        if (channel != channel_) return;
        const QString newer = u"/channels/%1/messages/pins"_s;
        const bool absent = answer.error.kind == ApiError::Kind::missing || answer.status == 405;
        if (absent && route != newer) return ask(newer);
        set_busy(false, answer.error.message);
        if (!answer.ok()) return;
        const QJsonArray plain = answer.body.toArray();
        const QJsonArray pins =
            answer.body.isObject() ? answer.body.toObject()["items"_L1].toArray() : plain;
        std::vector<Message> found;
        for (qsizetype i = 0; i < std::min(pins.size(), kPinsMax); ++i) {
            const QJsonObject pin = pins.at(i).toObject();
            const bool wrapped = pin["message"_L1].isObject();
            if (auto message = parse_message(wrapped ? object_of(pin, "message"_L1) : pin)) {
                if (message->channel == 0) message->channel = channel_;
                found.push_back(std::move(*message));
            }
        }
        show(std::move(found));
    });
}

void PinsModel::unpin(const QString& message) {
    if (!account_) return;
    Request request;
    request.method = "DELETE";
    request.path = u"/channels/%1/pins/%2"_s.arg(channel_).arg(snowflake(QStringView(message)));
    account_->rest().send(std::move(request), this, [this, message](const Answer& answer) {
        if (answer.ok()) {
            drop(snowflake(QStringView(message)));
        } else {
            set_busy(false, answer.error.message);
        }
    });
}

}  // namespace guildhall::client
