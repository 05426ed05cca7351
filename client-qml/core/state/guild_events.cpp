// Dispatches about oneself, guilds, roles and channels.

#include "client-qml/core/state/state.h"

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kPrivateChannelsMax = 1'000;

/// The list under `key` with that object in place of the one with its id, or at its end.
void put_in(QJsonObject& owner, QLatin1StringView key, const QJsonObject& object) {
    QJsonArray list = owner[key].toArray();
    const QJsonValue id = object["id"_L1];
    for (qsizetype i = 0; i < list.size(); ++i) {
        if (list.at(i).toObject()["id"_L1] != id) continue;
        list.replace(i, object);
        owner[key] = list;
        return;
    }
    list.append(object);
    owner[key] = list;
}

void drop_from(QJsonObject& owner, QLatin1StringView key, Snowflake id) {
    QJsonArray list = owner[key].toArray();
    for (qsizetype i = list.size() - 1; i >= 0; --i) {
        if (id_of(list.at(i).toObject(), "id"_L1) == id) list.removeAt(i);
    }
    owner[key] = list;
}

template <class Item>
void put_item(std::vector<Item>& items, Item item) {
    const auto at = std::ranges::find(items, item.id, &Item::id);
    if (at == items.end()) {
        items.push_back(std::move(item));
    } else {
        *at = std::move(item);
    }
}

}  // namespace

const QHash<QString, State::Handler>& State::handlers() {
    static const QHash<QString, Handler> table{
        {u"READY"_s, &State::on_ready},
        {u"USER_UPDATE"_s, &State::on_user_update},
        {u"GUILD_CREATE"_s, &State::on_guild_create},
        {u"GUILD_UPDATE"_s, &State::on_guild_update},
        {u"GUILD_DELETE"_s, &State::on_guild_delete},
        {u"GUILD_HOSTING_UPDATE"_s, &State::on_hosting},
        {u"GUILD_EMOJIS_UPDATE"_s, &State::on_emojis},
        {u"GUILD_ROLE_CREATE"_s, &State::on_role},
        {u"GUILD_ROLE_UPDATE"_s, &State::on_role},
        {u"GUILD_ROLE_DELETE"_s, &State::on_role_delete},
        {u"CHANNEL_CREATE"_s, &State::on_channel},
        {u"CHANNEL_UPDATE"_s, &State::on_channel},
        {u"CHANNEL_DELETE"_s, &State::on_channel_delete},
        {u"THREAD_CREATE"_s, &State::on_channel},
        {u"THREAD_UPDATE"_s, &State::on_channel},
        {u"THREAD_DELETE"_s, &State::on_channel_delete},
        {u"CHANNEL_PINS_UPDATE"_s, &State::on_pins},
        {u"GUILD_MEMBER_ADD"_s, &State::on_member},
        {u"GUILD_MEMBER_UPDATE"_s, &State::on_member},
        {u"GUILD_MEMBER_REMOVE"_s, &State::on_member_remove},
        {u"GUILD_MEMBERS_CHUNK"_s, &State::on_members_chunk},
        {u"GUILD_MEMBER_LIST_UPDATE"_s, &State::on_member_list},
        {u"PRESENCE_UPDATE"_s, &State::on_presence},
        {u"TYPING_START"_s, &State::on_typing},
        {u"MESSAGE_CREATE"_s, &State::on_message},
        {u"MESSAGE_UPDATE"_s, &State::on_message_update},
        {u"MESSAGE_DELETE"_s, &State::on_message_delete},
        {u"MESSAGE_DELETE_BULK"_s, &State::on_messages_delete},
        {u"MESSAGE_REACTION_ADD"_s, &State::on_reaction_add},
        {u"MESSAGE_REACTION_REMOVE"_s, &State::on_reaction_remove},
        {u"MESSAGE_REACTION_REMOVE_ALL"_s, &State::on_reactions_clear},
        {u"MESSAGE_REACTION_REMOVE_EMOJI"_s, &State::on_reactions_clear},
        {u"MESSAGE_ACK"_s, &State::on_ack},
    };
    return table;
}

void State::on_ready(const QJsonObject& data) {
    const bool is_first = order_.empty() && read_states_.is_empty();
    follows_ = true;
    typing_.clear();
    if (auto user = parse_user(object_of(data, "user"_L1))) {
        self_ = *user;
        cache_.put_self(object_of(data, "user"_L1));
    }
    if (data.contains("guilds"_L1)) told_ = read_guilds(data["guilds"_L1].toArray());
    const Channels seen = read_states_.by_guild();
    QSet<Snowflake> listed;
    for (const GuildNews& one : told_.guilds) listed.insert(one.guild.id);
    // What is gone goes first: its channels may be somewhere else by now.
    std::vector<Snowflake> gone_guilds, gone_channels;
    for (const CachedGuild& one : order_) {
        if (!listed.contains(one.id)) gone_guilds.push_back(one.id);
    }
    for (const Snowflake id : gone_guilds) drop_guild(id, seen);
    gone_channels = take_private_channels(data["private_channels"_L1].toArray(), !is_first);
    take_people(told_);
    read_states_.gather();
    for (GuildNews& one : told_.guilds) {
        std::ranges::copy(take_guild(std::move(one), seen), std::back_inserter(gone_channels));
    }
    read_states_.write_gathered();
    take_hosting(data);
    set_live(true);
    emit reset();
    for (const Snowflake id : gone_guilds) emit guild_removed(id);
    for (const Snowflake id : gone_channels) emit channel_removed(id);
}

/// What READY lists is all there is.
std::vector<Snowflake> State::take_private_channels(const QJsonArray& channels, bool are_news) {
    const QHash<Snowflake, Channel> before = std::exchange(private_channels_, {});
    for (qsizetype i = 0; i < std::min(channels.size(), kPrivateChannelsMax); ++i) {
        const QJsonObject object = channels.at(i).toObject();
        take_private_channel(object, are_news);
        cache_.put_private_channel(id_of(object, "id"_L1), object);
    }
    std::vector<Snowflake> gone;
    for (auto at = before.constBegin(); at != before.constEnd(); ++at) {
        if (private_channels_.contains(at.key())) continue;
        gone.push_back(at.key());
        cache_.remove_private_channel(at.key());
        forget_channel(at.key());
    }
    return gone;
}

void State::on_user_update(const QJsonObject& data) {
    const auto user = parse_user(data);
    if (!user || user->id != self_.id) return;
    self_ = *user;
    cache_.put_self(data);
    emit self_changed();
}

std::vector<Snowflake> State::take_guild(GuildNews news, const Channels& seen) {
    const Snowflake id = news.guild.id;
    ++steps_taken_;
    if (news.guild.unavailable) {
        set_unavailable(id);
        return {};
    }
    QSet<Snowflake> gone;
    if (news.lists_channels) {
        for (const Snowflake channel : seen.value(id)) gone.insert(channel);
        const auto before = guilds_.constFind(id);
        if (before != guilds_.constEnd()) {
            for (const Channel& channel : before->channels) gone.insert(channel.id);
        }
        for (const Snowflake thread : news.threads) gone.remove(thread);
    }
    for (const Channel& channel : news.guild.channels) gone.remove(channel.id);
    for (const Snowflake channel : gone) {
        if (guild_of_channel_.value(channel, id) == id) forget_channel(channel);
    }
    take_channels(news.guild);
    const auto place = std::ranges::find(order_, id, &CachedGuild::id);
    const CachedGuild row{id, news.guild.name, news.guild.icon};
    if (place == order_.end()) {
        order_.push_back(row);
    } else {
        *place = row;
    }
    take_members(news);
    cache_.put_guild(id, news.kept, news.kept_members, news.lists_everybody);
    guilds_.insert(id, std::move(news.guild));
    see_anew(id);
    return {gone.begin(), gone.end()};
}

void State::take_channels(const Guild& guild) {
    steps_taken_ += guild.channels.size();
    for (const Channel& channel : guild.channels) {
        guild_of_channel_.insert(channel.id, guild.id);
        if (channel.is_text()) {
            read_states_.saw_channel(channel.id, guild.id, channel.last_message);
        }
    }
}

/// Where everybody is listed, who is not has left meanwhile.
void State::take_members(GuildNews& news) {
    if (!news.lists_everybody) {
        members_.doubt(news.guild.id);
        for (const Member& one : std::as_const(news.members)) remember(one);
        return;
    }
    members_.replace(news.guild.id, std::move(news.members), self_.id);
    members_loaded_.insert(news.guild.id);
}

/// What READY says of people is newer than how one met them; those that it does not name stay.
void State::take_people(GuildsNews& news) {
    steps_taken_ += quint64(users_.size());
    users_.removeIf([&](const auto& met) { return news.users.contains(met.key()); });
    listed_ = std::move(news.users);
    presences_ = std::move(news.presences);
}

void State::take_hosting(const QJsonObject& ready) {
    hosting_.clear();
    tells_hosting_ = ready["guild_hosting"_L1].isArray();
    for (const GuildHosting& one :
         list_of(ready, "guild_hosting"_L1, kGuildsMax, parse_guild_hosting)) {
        hosting_.insert(one.guild, one);
    }
}

void State::on_hosting(const QJsonObject& data) {
    const auto told = parse_guild_hosting(data);
    if (!told || (hosting_.size() >= kGuildsMax && !hosting_.contains(told->guild))) return;
    hosting_.insert(told->guild, *told);
    emit hosting_changed(told->guild);
}

void State::set_unavailable(Snowflake id) {
    const auto row = std::ranges::find(order_, id, &CachedGuild::id);
    if (row != order_.end()) row->unavailable = true;
    const auto parsed = guilds_.find(id);
    if (parsed != guilds_.end()) parsed->unavailable = true;
}

void State::forget_channel(Snowflake id) {
    read_states_.forget(id);
    cache_.forget_channel(id);
    guild_of_channel_.remove(id);
    typing_.remove(id);
}

void State::take_private_channel(const QJsonObject& object, bool is_news) {
    auto channel = parse_channel(object, 0);
    if (!channel || channel->guild != 0) return;
    read_states_.saw_channel(channel->id, 0, channel->last_message, is_news);
    private_channels_.insert(channel->id, std::move(*channel));
}

void State::on_guild_create(const QJsonObject& data) {
    const Snowflake id = id_of(data, "id"_L1);
    const bool is_new = std::ranges::find(order_, id, &CachedGuild::id) == order_.end();
    if (told_.guilds.empty()) told_ = read_guilds({data});
    if (told_.guilds.empty() || (is_new && order_.size() >= std::size_t(kGuildsMax))) return;
    for (const User& one : std::as_const(told_.users)) meet(one);
    for (const Presence& one : std::as_const(told_.presences)) take_presence(one);
    const std::vector<Snowflake> gone =
        take_guild(std::move(told_.guilds.front()), read_states_.by_guild());
    if (std::ranges::find(order_, id, &CachedGuild::id) == order_.end()) return;
    if (is_new) {
        emit guild_added(id);
    } else {
        emit guild_changed(id);
    }
    emit channels_changed(id);
    for (const Snowflake channel : gone) emit channel_removed(channel);
}

void State::on_guild_update(const QJsonObject& data) {
    Guild* guild = known(id_of(data, "id"_L1));
    const auto fresh = parse_guild(data);
    if (!guild || !fresh) return;
    // The update carries the guild's own fields; lists that it leaves out stay.
    Guild merged = *fresh;
    if (!data.contains("channels"_L1)) merged.channels = std::move(guild->channels);
    if (!data.contains("roles"_L1)) merged.roles = std::move(guild->roles);
    if (!data.contains("emojis"_L1)) merged.emojis = std::move(guild->emojis);
    if (!data.contains("member_count"_L1)) merged.member_count = guild->member_count;
    *guild = std::move(merged);
    const auto row = std::ranges::find(order_, guild->id, &CachedGuild::id);
    if (row != order_.end()) *row = {guild->id, guild->name, guild->icon};
    see_anew(guild->id);  // It may have another owner.
    cache_.edit_guild(guild->id, [data](QJsonObject& object) {
        for (auto at = data.constBegin(); at != data.constEnd(); ++at)
            object[at.key()] = at.value();
    });
    emit guild_changed(guild->id);
}

void State::on_guild_delete(const QJsonObject& data) {
    const Snowflake id = id_of(data, "id"_L1);
    if (!flag_of(data, "unavailable"_L1)) {
        drop_guild(id, read_states_.by_guild());
        emit guild_removed(id);
    } else {
        set_unavailable(id);
        emit guild_changed(id);
    }
}

void State::drop_guild(Snowflake id, const Channels& seen) {
    const auto here = guilds_.constFind(id);
    if (here != guilds_.constEnd()) {
        const std::vector<Channel> channels = here->channels;
        for (const Channel& channel : channels) forget_channel(channel.id);
    }
    for (const Snowflake channel : seen.value(id)) forget_channel(channel);
    guilds_.remove(id);
    members_.clear(id);
    members_loaded_.remove(id);
    hosting_.remove(id);
    see_anew(id);
    std::erase_if(order_, [id](const CachedGuild& one) { return one.id == id; });
    cache_.remove_guild(id);
}

void State::on_emojis(const QJsonObject& data) {
    Guild* guild = known(id_of(data, "guild_id"_L1));
    if (!guild) return;
    guild->emojis = list_of(data, "emojis"_L1, kEmojisMax, parse_emoji);
    cache_.edit_guild(guild->id, [emojis = data["emojis"_L1]](QJsonObject& object) {
        object["emojis"_L1] = emojis;
    });
    emit guild_changed(guild->id);
}

void State::on_role(const QJsonObject& data) {
    Guild* guild = known(id_of(data, "guild_id"_L1));
    auto role = parse_role(object_of(data, "role"_L1));
    if (!guild || !role || qsizetype(guild->roles.size()) > kRolesMax) return;
    put_item(guild->roles, std::move(*role));
    see_anew(guild->id);
    cache_.edit_guild(guild->id, [role = object_of(data, "role"_L1)](QJsonObject& object) {
        put_in(object, "roles"_L1, role);
    });
    emit guild_changed(guild->id);
    emit channels_changed(guild->id);
}

void State::on_role_delete(const QJsonObject& data) {
    Guild* guild = known(id_of(data, "guild_id"_L1));
    const Snowflake id = id_of(data, "role_id"_L1);
    if (!guild) return;
    std::erase_if(guild->roles, [id](const Role& role) { return role.id == id; });
    see_anew(guild->id);
    cache_.edit_guild(guild->id, [id](QJsonObject& object) { drop_from(object, "roles"_L1, id); });
    emit guild_changed(guild->id);
    emit channels_changed(guild->id);
}

void State::on_channel(const QJsonObject& data) {
    const Snowflake guild_id = id_of(data, "guild_id"_L1);
    // Nothing moves from one guild to another.
    if (guild_of_channel_.value(id_of(data, "id"_L1), guild_id) != guild_id) return;
    if (guild_id == 0) {
        take_private_channel(data, true);
        cache_.put_private_channel(id_of(data, "id"_L1), data);
        emit channels_changed(0);
        return;
    }
    Guild* guild = known(guild_id);
    auto channel = parse_channel(data, guild_id);
    if (!guild || !channel || qsizetype(guild->channels.size()) > kChannelsMax) return;
    const Snowflake id = channel->id;
    guild_of_channel_.insert(id, guild_id);
    if (channel->is_text()) read_states_.saw_channel(id, guild_id, channel->last_message);
    put_item(guild->channels, std::move(*channel));
    see_anew(guild_id);
    cache_.edit_guild(guild_id,
                      [data](QJsonObject& object) { put_in(object, "channels"_L1, data); });
    emit channel_changed(id);
    emit channels_changed(guild_id);
}

void State::on_channel_delete(const QJsonObject& data) {
    const Snowflake id = id_of(data, "id"_L1);
    const Snowflake guild_id = guild_of_channel_.take(id);
    if (Guild* guild = known(guild_id)) {
        std::erase_if(guild->channels, [id](const Channel& one) { return one.id == id; });
        see_anew(guild_id);
        cache_.edit_guild(guild_id,
                          [id](QJsonObject& object) { drop_from(object, "channels"_L1, id); });
    } else if (private_channels_.remove(id)) {
        cache_.remove_private_channel(id);
    }
    forget_channel(id);
    emit channel_removed(id);
    emit channels_changed(guild_id);
}

void State::on_pins(const QJsonObject& data) { emit pins_changed(id_of(data, "channel_id"_L1)); }

}  // namespace guildhall::client
