#include "client-qml/core/account/navigator.h"

#include "client-qml/core/state/channel_order.h"

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {
constexpr std::size_t kTrailMax = 100;
constexpr char kEngineProperty[] = "guildhall_navigator";

/// Without reading what the guild holds.
bool has_guild(const State& state, Snowflake guild) {
    return std::ranges::any_of(state.guilds(),
                               [&](const CachedGuild& one) { return one.id == guild; });
}

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
    is_placed_ = false;
    last_channel_.clear();
    if (!account) {
        emit moved();
        return;
    }
    // A guild that was just made or joined is opened by its id, often before the gateway tells of
    // it.
    connect(&account->state(), &State::channels_changed, this, [this](quint64 guild) {
        const bool is_here = guild == here_.guild && here_.channel == 0;
        if (guild != 0 && (is_here || guild == awaited_)) go({guild, first_channel(guild)});
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
    connect(&account->state(), &State::reset, this, &Navigator::restore);
    emit moved();
    if (!account->state().guilds().empty()) restore();
}

bool Navigator::is_known(const Place& place) const {
    if (place.channel != 0) return state()->channel(place.channel) != nullptr;
    return place.guild == 0 || has_guild(*state(), place.guild);
}

void Navigator::restore() {
    if (!state()) return;
    if (!is_known(here_)) {
        std::erase_if(trail_, [this](const Place& one) { return !is_known(one); });
        at_ = int(trail_.size()) - 1;
        is_placed_ = false;
    }
    if (!is_placed_) {
        const auto& guilds = state()->guilds();
        const Snowflake last = snowflake(account_->cache().setting(u"last_guild"_s));
        const Snowflake first = guilds.empty() ? 0 : guilds.front().id;
        const Snowflake guild = last != 0 && is_known({last, 0}) ? last : first;
        go({guild, guild != 0 ? first_channel(guild) : 0});
        is_placed_ = guild != 0;
    }
    if (!pending_.isEmpty()) open_from_system(std::exchange(pending_, {}));
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
    is_placed_ = true;
    awaited_ = 0;
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
    awaited_ = 0;
    if (!state()) return;
    if (!is_known({id, 0})) {
        awaited_ = id;
    } else {
        go({id, first_channel(id)});
    }
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

Account* Navigator::account_of(const Link& link) const {
    if (link.node.isEmpty()) return account_;
    const QUrl named(u"//"_s + link.node, QUrl::StrictMode);
    const auto is_its_node = [&](Account* account) {
        const QUrl& node = account->record().node;
        const int usual = node.scheme() == "https"_L1 ? 443 : 80;
        return named.host() == node.host() && named.port(usual) == node.port(usual);
    };
    if (account_ && is_its_node(account_)) return account_;
    for (int i = 0; i < accounts_.rowCount(); ++i) {
        auto* one = accounts_.index(i).data(Accounts::AccountRole).value<Account*>();
        if (one && is_its_node(one)) return one;
    }
    return nullptr;
}

bool Navigator::open_invite(const Link& link, bool from_system) {
    Account* owner = account_of(link);
    // A page of the web that only looks like an invite is the browser's.
    if (!account_ || (!owner && link.is_web && !from_system)) return false;
    const bool is_whole = owner == account_ || link.code.contains(u'@');
    emit inviteOpened(is_whole ? link.code : link.code + u'@' + link.node, link.node);
    return true;
}

bool Navigator::open_place(const Link& link) {
    Account* owner = account_of(link);
    if (!owner) return false;
    const bool is_there = link.kind == Link::Kind::guild
                              ? link.guild == 0 || has_guild(owner->state(), link.guild)
                              : owner->state().channel(link.channel) != nullptr;
    if (!is_there) return false;
    accounts_.select(owner->key());
    if (link.kind == Link::Kind::guild) {
        openGuild(id_text(link.guild));
    } else if (link.kind == Link::Kind::channel) {
        openChannel(id_text(link.channel));
    } else {
        openMessage(id_text(link.channel), id_text(link.message));
    }
    return true;
}

bool Navigator::openLink(const QString& text) {
    const Link link = parse_link(text);
    if (link.kind == Link::Kind::none) return false;
    return link.kind == Link::Kind::invite ? open_invite(link, false) : open_place(link);
}

bool Navigator::open_from_system(const QString& text) {
    const Link link = parse_link(text);
    if (link.kind == Link::Kind::none) return false;
    if (link.kind == Link::Kind::invite ? open_invite(link, true) : open_place(link)) return true;
    if (!account_ || !account_->state().is_live()) pending_ = text;
    return false;
}

}  // namespace guildhall::client
