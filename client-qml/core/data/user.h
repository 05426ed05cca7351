#pragma once
// Users, members, presences as a node tells of them. Plain values; any thread.

#include "client-qml/core/base/json.h"

#include <optional>
#include <vector>

namespace guildhall::client {

struct User {
    Snowflake id = 0;
    QString username;     // "alice", or "alice@node.example" of another node
    QString global_name;  // how the person wants to be called
    QString avatar;       // hash
    QString banner;
    int accent_color = -1;
    bool bot = false;
    bool system = false;

    /// The node after the "@"; empty for people of one's own.
    QString node() const;
    /// What to show where no nickname is known.
    QString display_name() const;
};

struct Member {
    Snowflake guild = 0;
    User user;
    QString nick, avatar;
    std::vector<Snowflake> roles;
    qint64 joined_ms = 0;
    qint64 timeout_until_ms = 0;
    bool pending = false;

    QString display_name() const;
};

enum class Status { offline, online, idle, dnd };

struct Presence {
    Snowflake user = 0;
    Status status = Status::offline;
    QString custom_status;  // with its emoji in front
    QString activity;       // "Playing chess"
};

/// An object without an id is nobody.
std::optional<User> parse_user(const QJsonObject& object);
std::optional<Member> parse_member(Snowflake guild, const QJsonObject& object);
std::optional<Presence> parse_presence(const QJsonObject& object);
Status parse_status(QStringView text);
QString status_text(Status status);

}  // namespace guildhall::client
