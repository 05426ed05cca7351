#include "client-qml/core/models/permission_text.h"

#include "client-qml/core/text/bidi.h"

#include <QCoreApplication>
#include <QLocale>

namespace guildhall::client {

namespace {

using Group = PermissionInfo::Group;

QString role_name(const Guild& guild, Snowflake id) {
    const Role* role = guild.role(id);
    return role ? text::safe_name(role->name, PermissionText::tr("a deleted role")) : QString();
}

/// "#general", or the category's bare name.
QString channel_name(const Channel& channel) {
    const QString name = text::safe_name(channel.name, id_text(channel.id));
    return channel.type == ChannelType::category ? name : u'#' + name;
}

QString when(qint64 ms) {
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(ms), QLocale::ShortFormat);
}

QString overwritten(const Explanation& why, const QString& where, const QString& role) {
    switch (why.rule) {
        case Rule::member_overwrite:
            return why.allowed ? PermissionText::tr("%1 allows it for this person.").arg(where)
                               : PermissionText::tr("%1 denies it for this person.").arg(where);
        case Rule::role_overwrite:
            return why.allowed
                       ? PermissionText::tr("%1 allows it for the role %2.").arg(where, role)
                       : PermissionText::tr("%1 denies it for the role %2.").arg(where, role);
        default:
            return why.allowed ? PermissionText::tr("%1 allows it for everybody.").arg(where)
                               : PermissionText::tr("%1 denies it for everybody.").arg(where);
    }
}

}  // namespace

const PermissionInfo* PermissionText::find(int bit) {
    const auto at = std::ranges::find(all(), bit, &PermissionInfo::bit);
    return at == all().end() ? nullptr : &*at;
}

QString PermissionText::group_name(PermissionInfo::Group group) {
    switch (group) {
        case Group::general:
            return tr("The guild");
        case Group::membership:
            return tr("People");
        case Group::text:
            return tr("Text channels");
        case Group::voice:
            return tr("Voice channels");
        case Group::events:
            return tr("Events");
    }
    return {};
}

QString PermissionText::sentence(const Guild& guild,
                                 const Channel* channel,
                                 const Explanation& why) {
    const QString role = role_name(guild, why.role);
    const Channel* parent =
        channel && channel->is_thread() ? guild.channel(channel->parent) : channel;
    const QString where = parent ? channel_name(*parent) : tr("The channel");
    switch (why.rule) {
        case Rule::owner:
            return tr("The owner of the guild may do everything.");
        case Rule::administrator:
            return tr("The role %1 makes administrators, who may do everything.").arg(role);
        case Rule::timeout:
            return tr("In timeout until %1.").arg(when(why.until_ms));
        case Rule::member_overwrite:
        case Rule::role_overwrite:
        case Rule::everyone_overwrite:
            return overwritten(why, where, role);
        case Rule::role:
            return tr("The role %1 grants it.").arg(role);
        case Rule::everyone:
            return tr("Everybody in this guild has it.");
        case Rule::nothing:
            return tr("No role grants it.");
        case Rule::hidden_channel:
            return tr("%1 cannot be seen.").arg(where);
        case Rule::cannot_send:
            return tr("It needs the permission to send messages.");
        case Rule::cannot_connect:
            return tr("It needs the permission to connect.");
    }
    return {};
}

QString PermissionText::explain_text(const State& state,
                                     Snowflake guild,
                                     Snowflake channel,
                                     Permissions bit) {
    const Guild* known = state.guild(guild);
    if (!known) return {};
    const Explanation why = state.why(guild, channel, bit);
    if (why.rule == Rule::timeout)
        return tr("You are in timeout until %1.").arg(when(why.until_ms));
    if (why.rule == Rule::nothing) return tr("No role of yours grants it.");
    return sentence(*known, known->channel(channel), why);
}

QString PermissionText::name(int bit) {
    const PermissionInfo* info = find(bit);
    return info ? QCoreApplication::translate("Permissions", info->name)
                : tr("Permission %1").arg(bit);
}

QString PermissionText::description(int bit) {
    const PermissionInfo* info = find(bit);
    return info ? QCoreApplication::translate("Permissions", info->description) : QString();
}

bool PermissionText::allowed(Account* account,
                             const QString& guildId,
                             const QString& channelId,
                             int bit) {
    if (!account || bit < 0 || bit > 63) return false;
    return account->state()
        .why(snowflake(QStringView(guildId)),
             snowflake(QStringView(channelId)),
             Permissions(1ull << bit))
        .allowed;
}

QString PermissionText::explainText(Account* account,
                                    const QString& guildId,
                                    const QString& channelId,
                                    int bit) {
    if (!account || bit < 0 || bit > 63) return {};
    const Permissions mask(1ull << bit);
    return explain_text(
        account->state(), snowflake(QStringView(guildId)), snowflake(QStringView(channelId)), mask);
}

}  // namespace guildhall::client
