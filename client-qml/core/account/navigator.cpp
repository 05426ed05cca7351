#include "client-qml/core/account/navigator.h"

#include "client-qml/core/state/channel_order.h"
#include "client-qml/core/text/bidi.h"

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
        if (guild != 0 && (is_here || guild == awaited_)) go({guild, awaited_in(guild)});
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
        const QJsonValue kept = account_->cache().setting(u"last_guild"_s);
        const Snowflake last = snowflake(kept);
        const Snowflake direct = kept.isString() && last == 0 ? last_channel_.value(0) : 0;
        const Snowflake first = guilds.empty() ? 0 : guilds.front().id;
        const Snowflake guild = last != 0 && is_known({last, 0}) ? last : first;
        if (direct != 0 && is_known({0, direct})) {
            go({0, direct});
        } else {
            go({guild, guild != 0 ? first_channel(guild) : 0});
            is_placed_ = guild != 0;
        }
    }
    if (pending_.isEmpty()) return;
    const QString link = pending_;
    set_pending({});
    open_from_system(link);
}

Snowflake Navigator::first_channel(Snowflake guild) const {
    if (!state()) return 0;
    state()->guild(guild);  // reads it: its channels are not known before
    const Snowflake last = last_channel_.value(guild);
    const Channel* known = state()->channel(last);
    if (known && known->guild == guild && state()->can_view(*known)) return last;
    const auto shown = visible_channels(*state(), guild);
    return shown.empty() ? 0 : shown.front()->id;
}

/// Where to go in a guild that was waited for: an invite's channel, where one may see it.
Snowflake Navigator::awaited_in(Snowflake guild) const {
    const Channel* known = guild == awaited_ ? state()->channel(awaited_channel_) : nullptr;
    const bool is_there = known && known->guild == guild && state()->can_view(*known);
    return is_there ? known->id : first_channel(guild);
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

void Navigator::openGuild(const QString& guild) { openGuildAt(guild, {}); }

void Navigator::openGuildAt(const QString& guild, const QString& channel) {
    const Snowflake id = snowflake(QStringView(guild));
    awaited_ = 0;
    if (!state()) return;
    awaited_ = id;
    awaited_channel_ = snowflake(QStringView(channel));
    if (is_known({id, 0})) go({id, awaited_in(id)});
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

bool Navigator::open_place(const Link& link, Account& owner) {
    State& state = owner.state();
    const Channel* channel = state.channel(link.channel);
    const bool is_there = link.kind == Link::Kind::guild
                              ? link.guild == 0 || has_guild(state, link.guild)
                              : channel && state.can_view(*channel);
    if (!is_there) return false;
    accounts_.select(owner.key());
    if (link.kind == Link::Kind::guild) {
        openGuild(id_text(link.guild));
    } else if (link.kind == Link::Kind::channel) {
        openChannel(id_text(link.channel));
    } else {
        openMessage(id_text(link.channel), id_text(link.message));
    }
    return true;
}

/// Why a place cannot be opened; the same for one that is hidden and one that never was.
QString Navigator::refusal(const Link& link) const {
    Account* owner = account_of(link);
    if (!owner) {
        return tr("This link is of %1, where you have no account on this device.")
            .arg(text::safe_name(link.node, tr("another node")));
    }
    if (link.guild != 0 && !has_guild(owner->state(), link.guild)) {
        return tr("This link leads to a guild that you are not in.");
    }
    return tr("This link leads to a place that you cannot see, or that is gone.");
}

bool Navigator::openLink(const QString& text) {
    const Link link = parse_link(text);
    if (link.kind == Link::Kind::none) return false;
    if (link.kind == Link::Kind::invite) return open_invite(link, false);
    Account* owner = account_of(link);
    if (!owner && link.is_web) return false;  // a page that only looks like a place
    if (!owner || !open_place(link, *owner)) emit linkRefused(refusal(link));
    return true;
}

void Navigator::open_from_system(const QString& text) {
    const Link link = parse_link(text);
    if (link.kind == Link::Kind::none) {
        emit linkRefused(tr("This is no link that Guildhall knows."));
        return;
    }
    if (link.kind == Link::Kind::invite) {
        if (!open_invite(link, true)) set_pending(text);
        return;
    }
    Account* owner = account_of(link);
    if (owner && open_place(link, *owner)) return;
    // What is not known may only not be known yet.
    if (!account_ || (owner && !owner->state().is_live())) return set_pending(text);
    emit linkRefused(refusal(link));
}

void Navigator::set_pending(const QString& link) {
    pending_ = link;
    emit pendingChanged();
}

QString Navigator::pendingInvite() const { return parse_link(pending_).code; }

QString Navigator::pendingNode() const {
    const Link link = parse_link(pending_);
    return link.kind == Link::Kind::invite ? link.node : QString();
}

}  // namespace guildhall::client
