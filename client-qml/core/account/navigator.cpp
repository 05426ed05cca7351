#include "client-qml/core/account/navigator.h"

#include "client-qml/core/state/channel_order.h"

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {
constexpr std::size_t kTrailMax = 100;
constexpr char kEngineProperty[] = "guildhall_navigator";
}  // namespace

Navigator::Navigator(Accounts& accounts, QObject* parent) : QObject(parent), accounts_(accounts) {
    connect(&accounts, &Accounts::currentChanged, this, [this] { follow(accounts_.current()); });
    follow(accounts.current());
}

void Navigator::use_in(QQmlEngine& engine) {
    engine.setProperty(kEngineProperty, QVariant::fromValue<QObject*>(this));
}

Navigator* Navigator::create(QQmlEngine* engine, QJSEngine*) {
    auto* made = qobject_cast<Navigator*>(engine->property(kEngineProperty).value<QObject*>());
    QJSEngine::setObjectOwnership(made, QJSEngine::CppOwnership);
    return made;
}

State* Navigator::state() const { return account_ ? &account_->state() : nullptr; }

void Navigator::follow(Account* account) {
    if (account_) account_->state().disconnect(this);
    account_ = account;
    trail_.clear();
    at_ = -1;
    here_ = {};
    last_channel_.clear();
    if (!account) {
        emit moved();
        return;
    }
    // A guild that was just made is opened by its id, before the gateway tells of its channels.
    connect(&account->state(), &State::channels_changed, this, [this](quint64 guild) {
        if (guild == here_.guild && here_.channel == 0) go({guild, first_channel(guild)});
    });
    const QJsonObject last = account->cache().setting(u"last_channels"_s).toObject();
    for (auto at = last.constBegin(); at != last.constEnd(); ++at) {
        last_channel_.insert(snowflake(QStringView(at.key())), snowflake(at.value()));
    }
    connect(&account->state(), &State::channel_removed, this, [this](quint64 channel) {
        if (channel == here_.channel) go({here_.guild, first_channel(here_.guild)});
    });
    connect(&account->state(), &State::guild_removed, this, [this](quint64 guild) {
        if (guild == here_.guild) go({});
    });
    connect(&account->state(), &State::reset, this, [this] {
        if (here_.channel != 0) return;
        const auto& guilds = state()->guilds();
        const Snowflake last_guild = snowflake(account_->cache().setting(u"last_guild"_s));
        const Snowflake first = guilds.empty() ? 0 : guilds.front().id;
        const Snowflake guild = state()->guild(last_guild) ? last_guild : first;
        if (guild != 0) go({guild, first_channel(guild)});
    });
    emit moved();
}

Snowflake Navigator::first_channel(Snowflake guild) const {
    if (!state()) return 0;
    const Snowflake last = last_channel_.value(guild);
    const Channel* known = state()->channel(last);
    if (known && known->guild == guild && state()->can_view(*known)) return last;
    const auto shown = visible_channels(*state(), guild);
    return shown.empty() ? 0 : shown.front()->id;
}

void Navigator::go(Place place, bool keep_trail) {
    if (place == here_) return;
    here_ = place;
    if (!keep_trail) {
        trail_.resize(std::size_t(at_ + 1));
        trail_.push_back(place);
        if (trail_.size() > kTrailMax) trail_.erase(trail_.begin());
        at_ = int(trail_.size()) - 1;
    }
    if (account_ && place.channel != 0) {
        last_channel_.insert(place.guild, place.channel);
        QJsonObject last;
        for (auto at = last_channel_.constBegin(); at != last_channel_.constEnd(); ++at) {
            last[QString::number(at.key())] = id_text(at.value());
        }
        account_->cache().put_setting(u"last_channels"_s, last);
        account_->cache().put_setting(u"last_guild"_s, id_text(place.guild));
    }
    emit moved();
}

void Navigator::openGuild(const QString& guild) {
    const Snowflake id = snowflake(QStringView(guild));
    go({id, first_channel(id)});
}

void Navigator::openChannel(const QString& channel) {
    const Snowflake id = snowflake(QStringView(channel));
    const Channel* known = state() ? state()->channel(id) : nullptr;
    if (known) go({known->guild, id});
}

void Navigator::openMessage(const QString& channel, const QString& message) {
    openChannel(channel);
    if (channelId() == channel) emit jumpRequested(channel, message);
}

void Navigator::back() {
    if (canGoBack()) go(trail_[std::size_t(--at_)], true);
}

void Navigator::forward() {
    if (canGoForward()) go(trail_[std::size_t(++at_)], true);
}

void Navigator::step(int step, bool unread) {
    if (!state()) return;
    auto shown = visible_channels(*state(), here_.guild);
    if (unread) {
        std::erase_if(shown, [&](const Channel* one) {
            return one->id != here_.channel && !state()->read_states().unread(one->id).any;
        });
    }
    const auto at = std::ranges::find(shown, here_.channel, &Channel::id);
    if (shown.empty()) return;
    const auto count = std::ptrdiff_t(shown.size());
    const std::ptrdiff_t now = at == shown.end() ? 0 : at - shown.begin() + step;
    go({here_.guild, shown[std::size_t((now % count + count) % count)]->id});
}

bool Navigator::openLink(const QString& text) {
    const Link link = parse_link(text);
    switch (link.kind) {
        case Link::Kind::none:
            return false;
        case Link::Kind::invite:
            emit inviteOpened(link.code, link.node);
            return true;
        case Link::Kind::guild:
            openGuild(id_text(link.guild));
            return true;
        case Link::Kind::channel:
            openChannel(id_text(link.channel));
            return true;
        case Link::Kind::message:
            openMessage(id_text(link.channel), id_text(link.message));
            return true;
    }
    return false;
}

}  // namespace guildhall::client
