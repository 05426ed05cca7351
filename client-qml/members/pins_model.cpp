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
    if (!account_ || channel_ == 0) return;
    Request request;
    request.path = u"/channels/%1/pins"_s.arg(channel_);
    set_busy(true);
    const Snowflake channel = channel_;
    account_->rest().send(std::move(request), this, [this, channel](const Answer& answer) {
        if (channel != channel_) return;
        set_busy(false, answer.error.message);
        if (!answer.ok()) return;
        std::vector<Message> found;
        const QJsonArray pins = answer.body.toArray();
        for (qsizetype i = 0; i < std::min(pins.size(), kPinsMax); ++i) {
            if (auto message = parse_message(pins.at(i).toObject())) {
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
