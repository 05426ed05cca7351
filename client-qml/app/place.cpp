#include "client-qml/app/place.h"

#include "client-qml/core/text/bidi.h"

namespace guildhall::client {

using namespace Qt::StringLiterals;

void Place::setAccount(Account* account) {
    if (account == account_) return;
    if (account_) account_->state().disconnect(this);
    account_ = account;
    if (account) {
        State* state = &account->state();
        connect(state, &State::reset, this, &Place::changed);
        connect(state, &State::guild_added, this, &Place::changed);
        connect(state, &State::guild_changed, this, &Place::changed);
        connect(state, &State::guild_removed, this, &Place::changed);
        connect(state, &State::channels_changed, this, &Place::changed);
        connect(state, &State::channel_changed, this, &Place::changed);
    }
    emit changed();
}

void Place::setGuildId(const QString& guild) {
    guild_ = snowflake(QStringView(guild));
    emit changed();
}

void Place::setChannelId(const QString& channel) {
    channel_ = snowflake(QStringView(channel));
    emit changed();
}

const Channel* Place::channel() const {
    return account_ ? account_->state().channel(channel_) : nullptr;
}

QString Place::channelName() const {
    const Channel* here = channel();
    if (!here) return {};
    if (here->guild != 0 || !here->name.isEmpty()) {
        return text::safe_name(here->name, id_text(here->id));
    }
    QStringList names;
    for (const User& user : here->recipients) {
        names.push_back(text::safe_name(user.display_name(), user.username));
    }
    return names.join(u", "_s);
}

QString Place::guildName() const {
    const Guild* here = account_ ? account_->state().guild(guild_) : nullptr;
    return here ? text::safe_name(here->name, id_text(here->id)) : QString();
}

QString Place::topic() const {
    const Channel* here = channel();
    return here ? text::safe_text(here->topic).simplified() : QString();
}

QString Place::kind() const {
    const Channel* here = channel();
    if (!here) return {};
    if (here->guild == 0) return u"direct"_s;
    return here->type == ChannelType::announcement ? u"announcement"_s : u"text"_s;
}

bool Place::gated() const {
    const Channel* here = channel();
    return here && here->nsfw && !admitted_.contains(channel_);
}

void Place::admit() {
    admitted_.insert(channel_);
    emit changed();
}

bool Place::empty() const { return !account_ || account_->state().guilds().empty(); }

bool Place::hasDirect() const { return account_ && !account_->state().private_channels().empty(); }

}  // namespace guildhall::client
