#include "client-qml/core/data/user.h"

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {
constexpr int kNameMax = 128, kHashMax = 64, kStatusMax = 128;
constexpr qsizetype kMemberRolesMax = 250, kActivitiesMax = 8;
}  // namespace

QString User::node() const {
    const qsizetype at = username.lastIndexOf(u'@');
    return at < 0 ? QString() : username.mid(at + 1);
}

// The node stands beside a name wherever it matters, so it is no part of it.
QString User::display_name() const {
    return global_name.isEmpty() ? username.section(u'@', 0, 0) : global_name;
}

QString Member::display_name() const { return nick.isEmpty() ? user.display_name() : nick; }

std::optional<User> parse_user(const QJsonObject& object) {
    User user;
    user.id = id_of(object, "id"_L1);
    if (user.id == 0) return std::nullopt;
    user.username = text_of(object, "username"_L1, kNameMax);
    user.global_name = text_of(object, "global_name"_L1, kNameMax);
    user.avatar = text_of(object, "avatar"_L1, kHashMax);
    user.banner = text_of(object, "banner"_L1, kHashMax);
    user.accent_color = int(number_of(object, "accent_color"_L1, 0, 0xFFFFFF, -1));
    user.bot = flag_of(object, "bot"_L1);
    user.system = flag_of(object, "system"_L1);
    return user;
}

std::optional<Member> parse_member(Snowflake guild, const QJsonObject& object) {
    Member member;
    const auto user = parse_user(object_of(object, "user"_L1));
    if (!user) return std::nullopt;
    member.guild = guild;
    member.user = *user;
    member.nick = text_of(object, "nick"_L1, kNameMax);
    member.avatar = text_of(object, "avatar"_L1, kHashMax);
    member.roles = ids_of(object, "roles"_L1, kMemberRolesMax);
    member.joined_ms = time_of(object, "joined_at"_L1);
    member.timeout_until_ms = time_of(object, "communication_disabled_until"_L1);
    member.pending = flag_of(object, "pending"_L1);
    return member;
}

Status parse_status(QStringView text) {
    if (text == "online"_L1) return Status::online;
    if (text == "idle"_L1) return Status::idle;
    if (text == "dnd"_L1) return Status::dnd;
    return Status::offline;
}

QString status_text(Status status) {
    switch (status) {
        case Status::online:
            return u"online"_s;
        case Status::idle:
            return u"idle"_s;
        case Status::dnd:
            return u"dnd"_s;
        case Status::offline:
            break;
    }
    return u"offline"_s;
}

std::optional<Presence> parse_presence(const QJsonObject& object) {
    Presence presence;
    presence.user = id_of(object_of(object, "user"_L1), "id"_L1);
    if (presence.user == 0) return std::nullopt;
    presence.status = parse_status(text_of(object, "status"_L1, 16));
    const QJsonArray activities = object["activities"_L1].toArray();
    for (qsizetype i = 0; i < std::min(activities.size(), kActivitiesMax); ++i) {
        const QJsonObject activity = activities.at(i).toObject();
        if (number_of(activity, "type"_L1, 0, 100) == 4) {
            const QString emoji = text_of(object_of(activity, "emoji"_L1), "name"_L1, 64);
            const QString state = text_of(activity, "state"_L1, kStatusMax);
            presence.custom_status = emoji.isEmpty() ? state : emoji + u' ' + state;
        } else if (presence.activity.isEmpty()) {
            presence.activity = text_of(activity, "name"_L1, kStatusMax);
        }
    }
    return presence;
}

}  // namespace guildhall::client
