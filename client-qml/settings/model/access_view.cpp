#include "client-qml/settings/model/access_view.h"

#include "client-qml/core/state/channel_order.h"
#include "client-qml/core/text/bidi.h"

#include <tuple>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {
QString glyph_of(const Channel& channel) {
    if (channel.type == ChannelType::category) return u"folder"_s;
    return channel.is_voice() ? u"volume-2"_s : u"hash"_s;
}
}  // namespace

AccessView::AccessView(QObject* parent)
    : GuildView(parent),
      permissions_(new RowList({"key", "name", "description", "group", "allowed", "why"}, this)),
      channels_(
          new RowList({"key", "name", "glyph", "isCategory", "inCategory", "canSee", "why"}, this)),
      roles_(new RowList({"key", "name"}, this)) {}

void AccessView::move(Snowflake& place, const QString& to) {
    const Snowflake id = snowflake(QStringView(to));
    if (id == place) return;
    place = id;
    place_changed();
}

void AccessView::setBit(int bit) {
    if (bit == bit_) return;
    bit_ = bit;
    place_changed();
}

Subject AccessView::subject() const {
    if (is_me()) return state()->me(guild_id());
    // Nobody's id: not even the owner's rights are anybody's with only a role.
    if (role_id_ != 0)
        return {0, role_id_ == guild_id() ? std::vector<Snowflake>() : std::vector{role_id_}, 0};
    const Member* member = state()->member(guild_id(), user_id_);
    return member ? Subject::of(*member) : Subject{user_id_, {}, 0};
}

QString AccessView::who() const {
    if (!guild()) return {};
    if (is_me()) return tr("You");
    if (role_id_ == guild_id()) return u"@everyone"_s;
    if (const Role* role = guild()->role(role_id_)) return text::safe_name(role->name, roleId());
    const User* user = state()->user(user_id_);
    return user ? state()->display_name(guild_id(), *user) : userId();
}

QString AccessView::where() const {
    const Channel* channel = guild() ? guild()->channel(channel_id_) : nullptr;
    if (channel) return u'#' + text::safe_name(channel->name, channelId());
    return guild() ? text::safe_name(guild()->name, guildId()) : QString();
}

QString AccessView::why(const Channel* channel, Permissions bit) const {
    if (is_me()) {
        return PermissionText::explain_text(*state(), guild_id(), channel ? channel->id : 0, bit);
    }
    const qint64 now = state()->clock().now_ms();
    return PermissionText::sentence(
        *guild(), channel, explain(*guild(), channel, subject(), bit, now));
}

void AccessView::refresh() {
    if (!guild()) return;
    show_permissions();
    show_channels();
    show_roles();
}

void AccessView::show_permissions() {
    const Channel* channel = guild()->channel(channel_id_);
    const Permissions has = permissions_in(*guild(), channel, subject(), state()->clock().now_ms());
    std::vector<QVariantMap> rows;
    for (const PermissionInfo& info : PermissionText::all()) {
        const bool fits = !channel              ? info.in_guild
                          : channel->is_voice() ? info.in_voice
                                                : info.in_text;
        if (!fits && info.bit != bit_) continue;
        const bool first = info.bit == bit_;
        QVariantMap row{{u"key"_s, QString::number(info.bit)},
                        {u"name"_s, PermissionText::name(info.bit)},
                        {u"description"_s, PermissionText::description(info.bit)},
                        {u"group"_s, first ? QString() : PermissionText::group_name(info.group)},
                        {u"allowed"_s, has.has(info.mask())},
                        {u"why"_s, why(channel, info.mask())}};
        rows.insert(first ? rows.begin() : rows.end(), std::move(row));
    }
    permissions_->set(std::move(rows));
}

void AccessView::show_channels() {
    std::vector<const Channel*> all;
    for (const Channel& channel : guild()->channels) {
        if (!channel.is_thread()) all.push_back(&channel);
    }
    const auto category_of = [this](const Channel* channel) {
        return channel->type == ChannelType::category ? channel : guild()->channel(channel->parent);
    };
    std::ranges::sort(all, {}, [&](const Channel* channel) {
        const Channel* home = category_of(channel);
        return std::tuple(home ? home->position : -1,
                          home ? home->id : 0,
                          channel != home,
                          channel->is_voice(),
                          channel->position,
                          channel->id);
    });
    const Subject them = subject();
    const qint64 now = state()->clock().now_ms();
    std::vector<QVariantMap> rows;
    for (const Channel* channel : all) {
        const QString id = id_text(channel->id);
        rows.push_back({{u"key"_s, id},
                        {u"name"_s, text::safe_name(channel->name, id)},
                        {u"glyph"_s, glyph_of(*channel)},
                        {u"isCategory"_s, channel->type == ChannelType::category},
                        {u"inCategory"_s, channel->parent != 0},
                        {u"canSee"_s, can_view(*guild(), *channel, them, now)},
                        {u"why"_s, why(channel, protocol::permissions::kViewChannel)}});
    }
    channels_->set(std::move(rows));
}

void AccessView::show_roles() {
    std::vector<const Role*> all;
    for (const Role& role : guild()->roles) all.push_back(&role);
    std::ranges::sort(
        all, {}, [](const Role* role) { return std::pair(-role->position, role->id); });
    std::vector<QVariantMap> rows;
    for (const Role* role : all) {
        const QString id = id_text(role->id);
        const bool everyone = role->id == guild_id();
        rows.push_back({{u"key"_s, id},
                        {u"name"_s, everyone ? u"@everyone"_s : text::safe_name(role->name, id)}});
    }
    roles_->set(std::move(rows));
}

}  // namespace guildhall::client
