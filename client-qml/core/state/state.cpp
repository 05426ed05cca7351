#include "client-qml/core/state/state.h"

#include "client-qml/core/text/bidi.h"

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {
constexpr int kMembersAtStart = 1'000;  // enough to name who wrote what the cache shows
}  // namespace

State::State(Cache& cache, Clock& clock, QObject* parent)
    : QObject(parent), cache_(cache), clock_(clock), read_states_(cache) {
    typing_timer_.setSingleShot(true);
    connect(&typing_timer_, &QTimer::timeout, this, &State::end_typing);
}

void State::load() {
    if (auto user = parse_user(cache_.self())) self_ = *user;
    order_ = cache_.guilds();
    read_states_.load();
    for (const QJsonObject& object : cache_.private_channels()) take_private_channel(object, false);
    emit reset();
}

void State::set_live(bool live) {
    if (live_ == live) return;
    live_ = live;
    emit live_changed();
}

bool State::put_setting(const QString& name, const QJsonValue& value) {
    const bool changes = cache_.setting(name) != value;
    const bool done = cache_.put_setting(name, value);
    if (changes && done) emit setting_changed(name);
    return done;
}

void State::apply(const Dispatches& dispatches) {
    for (const Dispatch& one : dispatches) {
        if (one.guilds) told_ = std::exchange(*one.guilds, {});
        if (const Handler handler = handlers().value(one.type, nullptr)) (this->*handler)(one.data);
        told_ = {};
        emit dispatched(one);
    }
}

void State::learn(const Message& message) {
    if (message.webhook) return;
    meet(message.author);
    for (const User& user : message.mentions) meet(user);
}

/// At the bound those that are known still change.
void State::meet(const User& user) {
    if (users_.size() < kUsersMax || users_.contains(user.id)) users_.insert(user.id, user);
}

const User* State::user(Snowflake id) const {
    if (id == self_.id) return &self_;
    const auto met = users_.constFind(id);
    if (met != users_.constEnd()) return &*met;
    const auto listed = listed_.constFind(id);
    return listed == listed_.constEnd() ? nullptr : &*listed;
}

const Member* State::member(Snowflake guild, Snowflake user) const {
    if (const Member* found = members_.find(guild, user)) return found;
    if (guild == 0 || members_loaded_.contains(guild)) return nullptr;
    load_members(guild);
    return members_.find(guild, user);
}

/// Those that the cache keeps; what is known by now goes before.
void State::load_members(Snowflake guild) const {
    const bool ours = std::ranges::find(order_, guild, &CachedGuild::id) != order_.end();
    if (!ours || members_loaded_.contains(guild)) return;
    members_loaded_.insert(guild);
    for (const QJsonObject& object : cache_.members(guild, kMembersAtStart)) {
        const auto member = parse_member(guild, object);
        if (!member || !members_.put_remembered(*member)) continue;
        if (!user(member->user.id)) users_.insert(member->user.id, member->user);
    }
}

std::vector<const Member*> State::members(Snowflake guild) const {
    load_members(guild);
    return members_.of(guild);
}

std::vector<Snowflake> State::doubted_members(Snowflake guild, std::size_t most) const {
    load_members(guild);
    return members_.doubted(guild, most);
}

Presence State::presence(Snowflake user) const {
    const auto at = presences_.constFind(user);
    Presence none;
    none.user = user;
    return at == presences_.constEnd() || !live_ ? none : *at;
}

QString State::display_name(Snowflake guild, const User& user) const {
    const Member* here = guild == 0 ? nullptr : member(guild, user.id);
    const QString shown = here ? here->display_name() : user.display_name();
    return text::safe_name(shown, text::safe_name(user.username, id_text(user.id)));
}

int State::color(Snowflake guild, Snowflake user) const {
    const Guild* here = this->guild(guild);
    const Member* who = here ? member(guild, user) : nullptr;
    if (!who) return 0;
    const Role* best = nullptr;
    for (const Snowflake id : who->roles) {
        const Role* role = here->role(id);
        if (!role || role->color == 0) continue;
        const bool higher = !best || role->position > best->position ||
                            (role->position == best->position && role->id < best->id);
        if (higher) best = role;
    }
    return best ? best->color : 0;
}

const Guild* State::guild(Snowflake id) const {
    if (id == 0) return nullptr;
    auto at = guilds_.constFind(id);
    if (at != guilds_.constEnd()) return &*at;
    auto parsed = parse_guild(cache_.guild(id));
    if (!parsed) return nullptr;
    for (const Channel& channel : parsed->channels) guild_of_channel_.insert(channel.id, id);
    const auto row = std::ranges::find(order_, id, &CachedGuild::id);
    parsed->unavailable = row != order_.end() && row->unavailable;
    // Oneself decides what is seen; the others are read when one of them is looked for.
    if (const auto self = parse_member(id, cache_.member(id, self_.id))) {
        members_.put_remembered(*self);
    }
    return &*guilds_.insert(id, std::move(*parsed));
}

const Channel* State::channel(Snowflake id) const {
    const auto direct = private_channels_.constFind(id);
    if (direct != private_channels_.constEnd()) return &*direct;
    const Guild* here = guild(guild_of_channel_.value(id));
    return here ? here->channel(id) : nullptr;
}

std::vector<const Channel*> State::private_channels() const {
    std::vector<const Channel*> found;
    for (const Channel& one : private_channels_) found.push_back(&one);
    const auto newest = [this](const Channel* one) {
        return std::max(one->last_message, read_states_.last_message(one->id));
    };
    std::ranges::sort(found, std::greater(), newest);
    return found;
}

Subject State::me(Snowflake guild) const {
    if (const Member* here = member(guild, self_.id)) return Subject::of(*here);
    return {self_.id, {}, 0};
}

Permissions State::permissions(Snowflake id) const {
    const Channel* here = channel(id);
    if (!here) return {};
    if (here->guild == 0) return protocol::permissions::kAll;
    ++rights_computed_;
    return permissions_in(*guild(here->guild), here, me(here->guild), clock_.now_ms());
}

const QSet<Snowflake>& State::visible(Snowflake id) const {
    const Guild* here = guild(id);
    const auto known = visible_.constFind(id);
    if (known != visible_.constEnd()) return *known;
    static const QSet<Snowflake> none;
    if (!here) return none;
    rights_computed_ += here->channels.size();
    const auto fresh = visible_.insert(id, visible_in(*here, me(id), clock_.now_ms()));
    for (const Channel& channel : here->channels) {
        read_states_.set_hidden(channel.id, !fresh->contains(channel.id));
    }
    return *fresh;
}

Permissions State::guild_permissions(Snowflake id) const {
    const Guild* here = guild(id);
    rights_computed_ += here ? 1 : 0;
    return here ? permissions_in(*here, nullptr, me(id), clock_.now_ms()) : Permissions();
}

bool State::can_view(const Channel& channel) const {
    return channel.guild == 0 || visible(channel.guild).contains(channel.id);
}

Explanation State::why(Snowflake guild_id, Snowflake channel_id, Permissions bit) const {
    const Guild* here = guild(guild_id);
    if (!here) return {};
    return explain(*here, here->channel(channel_id), me(guild_id), bit, clock_.now_ms());
}

const GuildHosting* State::hosting(Snowflake guild) const {
    const auto at = hosting_.constFind(guild);
    return at == hosting_.constEnd() ? nullptr : &*at;
}

Unread State::guild_unread(Snowflake id) const {
    const Unread sum = read_states_.of_guild(id);
    const bool known = sum == Unread() || visible_.contains(id) || !guilds_.contains(id);
    if (known) return sum;
    visible(id);  // Tells the read states what is hidden.
    return read_states_.of_guild(id);
}

void State::mark_read(Snowflake channel, Snowflake message) {
    const Unread before = read_states_.unread(channel);
    read_states_.mark_read(channel, message);
    if (read_states_.unread(channel) != before) emit unread_changed(channel);
}

void State::mark_unread(Snowflake channel, Snowflake message) {
    const Unread before = read_states_.unread(channel);
    read_states_.mark_unread(channel, message);
    if (read_states_.unread(channel) != before) emit unread_changed(channel);
}

std::vector<Snowflake> State::typing(Snowflake channel) const {
    std::vector<Snowflake> found;
    const auto here = typing_.constFind(channel);
    if (here == typing_.constEnd()) return found;
    const qint64 now = clock_.steady_ms();
    for (auto at = here->constBegin(); at != here->constEnd(); ++at) {
        if (at.value() > now && at.key() != self_.id) found.push_back(at.key());
    }
    std::ranges::sort(found);
    return found;
}

bool State::mentions_me(const Message& message) const {
    if (message.author.id == self_.id) return false;
    if (message.mention_everyone) return true;
    const auto is_me = [this](const User& one) { return one.id == self_.id; };
    if (std::ranges::any_of(message.mentions, is_me)) return true;
    if (message.mention_roles.empty()) return false;
    const Subject who = me(message.guild);
    return std::ranges::any_of(message.mention_roles, [&](Snowflake role) {
        return std::ranges::find(who.roles, role) != who.roles.end();
    });
}

Guild* State::known(Snowflake id) {
    if (!guild(id)) return nullptr;
    return &*guilds_.find(id);
}

void State::remember(const Member& member) {
    ++steps_taken_;
    if (member.user.id == self_.id) {
        const Member* before = members_.find(member.guild, self_.id);
        if (!before || before->roles != member.roles) see_anew(member.guild);
    }
    if (members_.put(member, self_.id)) meet(member.user);
}

}  // namespace guildhall::client
