#include "client-qml/core/state/state.h"

#include "client-qml/core/text/bidi.h"

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {
/// Beyond these, faces in a large guild are fetched again when they are looked at.
constexpr qsizetype kUsersMax = 100'000;
constexpr int kMembersAtStart = 1'000;  // enough to name who wrote what the cache shows
}  // namespace

State::State(Cache& cache, Clock& clock, QObject* parent)
    : QObject(parent), cache_(cache), clock_(clock), read_states_(cache) {}

void State::load() {
    if (auto user = parse_user(cache_.self())) self_ = *user;
    order_ = cache_.guilds();
    read_states_.load();
    for (const QJsonObject& object : cache_.private_channels()) take_private_channel(object);
    emit reset();
}

void State::apply(const Dispatches& dispatches) {
    for (const Dispatch& one : dispatches) {
        if (const Handler handler = handlers().value(one.type, nullptr)) (this->*handler)(one.data);
        emit dispatched(one);
    }
}

void State::learn(const Message& message) {
    if (message.webhook || users_.size() >= kUsersMax) return;
    users_.insert(message.author.id, message.author);
    for (const User& user : message.mentions) users_.insert(user.id, user);
}

const User* State::user(Snowflake id) const {
    if (id == self_.id) return &self_;
    const auto at = users_.constFind(id);
    return at == users_.constEnd() ? nullptr : &*at;
}

const Member* State::member(Snowflake guild, Snowflake user) const {
    const auto here = members_.constFind(guild);
    if (here == members_.constEnd()) return nullptr;
    const auto at = here->constFind(user);
    return at == here->constEnd() ? nullptr : &*at;
}

std::vector<const Member*> State::members(Snowflake guild) const {
    std::vector<const Member*> found;
    const auto here = members_.constFind(guild);
    if (here == members_.constEnd()) return found;
    found.reserve(std::size_t(here->size()));
    for (const Member& one : *here) found.push_back(&one);
    return found;
}

Presence State::presence(Snowflake user) const {
    const auto at = presences_.constFind(user);
    Presence none;
    none.user = user;
    return at == presences_.constEnd() || !live_ ? none : *at;
}

QString State::display_name(Snowflake guild, const User& user) const {
    const Member* here = guild == 0 ? nullptr : member(guild, user.id);
    return text::safe_name(here ? here->display_name() : user.display_name(), user.username);
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
    for (const QJsonObject& object : cache_.members(id, kMembersAtStart)) {
        if (auto member = parse_member(id, object)) {
            users_.insert(member->user.id, member->user);
            members_[id].insert(member->user.id, std::move(*member));
        }
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
    std::ranges::sort(found, std::greater(), &Channel::last_message);
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
    return permissions_in(*guild(here->guild), here, me(here->guild), clock_.now_ms());
}

Permissions State::guild_permissions(Snowflake id) const {
    const Guild* here = guild(id);
    return here ? permissions_in(*here, nullptr, me(id), clock_.now_ms()) : Permissions();
}

bool State::can_view(const Channel& channel) const {
    const Guild* here = guild(channel.guild);
    return channel.guild == 0 ||
           (here && client::can_view(*here, channel, me(channel.guild), clock_.now_ms()));
}

Explanation State::why(Snowflake guild_id, Snowflake channel_id, Permissions bit) const {
    const Guild* here = guild(guild_id);
    if (!here) return {};
    return explain(*here, here->channel(channel_id), me(guild_id), bit, clock_.now_ms());
}

Unread State::guild_unread(Snowflake id) const {
    Unread sum;
    const auto here = guilds_.constFind(id);  // what was never looked at is asked of READY first
    if (here == guilds_.constEnd()) return sum;
    for (const Channel& channel : here->channels) {
        const Unread one = read_states_.unread(channel.id);
        if ((!one.any && one.mentions == 0) || !can_view(channel)) continue;
        sum.any = sum.any || one.any;
        sum.mentions += one.mentions;
    }
    return sum;
}

void State::mark_read(Snowflake channel, Snowflake message) {
    if (read_states_.mark_read(channel, message)) emit unread_changed(channel);
}

void State::mark_unread(Snowflake channel, Snowflake message) {
    read_states_.mark_unread(channel, message);
    emit unread_changed(channel);
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

void State::edit_json(Snowflake guild, const std::function<void(QJsonObject&)>& edit) {
    QJsonObject object = cache_.guild(guild);
    if (object.isEmpty()) return;
    edit(object);
    cache_.put_guild(guild, object);
}

void State::remember(const Member& member) {
    QHash<Snowflake, Member>& here = members_[member.guild];
    if (here.size() >= kMembersMax && !here.contains(member.user.id)) return;
    here.insert(member.user.id, member);
    if (users_.size() < kUsersMax) users_.insert(member.user.id, member.user);
}

}  // namespace guildhall::client
