#pragma once
// What a member may do, by the very algorithm that the node decides with (protocol/permissions.h),
// and why: explain() names the rule that allows or forbids a bit. Pure; any thread.

#include "client-qml/core/data/guild.h"
#include "protocol/permissions.h"

#include <QSet>
#include <QString>

namespace guildhall::client {

using protocol::Permissions;

/// Whose rights are asked for: a member, or "somebody with these roles" (view as role).
struct Subject {
    Snowflake user = 0;
    std::vector<Snowflake> roles;
    qint64 timeout_until_ms = 0;

    static Subject of(const Member& member);
};

/// Before overwrites and timeout; all bits for the owner and administrators.
Permissions base_permissions(const Guild& guild, const Subject& subject);

/// In one channel of the guild, a thread by its parent; in the guild as a whole without one.
Permissions permissions_in(const Guild& guild,
                           const Channel* channel,
                           const Subject& subject,
                           qint64 now_ms);

bool can_view(const Guild& guild, const Channel& channel, const Subject& subject, qint64 now_ms);

/// The ids of all its channels that one may see; the subject's roles are looked up once.
QSet<Snowflake> visible_in(const Guild& guild, const Subject& subject, qint64 now_ms);

/// Whether one may change, kick or ban the other: nobody the owner, else by the highest role.
bool outranks(const Guild& guild, const Subject& actor, const Subject& target);
bool outranks_role(const Guild& guild, const Subject& actor, const Role& role);

/// The step of the algorithm that decided a bit.
enum class Rule {
    owner,             // owns the guild
    administrator,     // `role` makes one
    timeout,           // in timeout until `until_ms`
    member_overwrite,  // the channel says so for this member
    role_overwrite,    // the channel says so for `role`
    everyone_overwrite,
    role,            // `role` grants it
    everyone,        // @everyone grants it
    nothing,         // no role grants it
    hidden_channel,  // the channel cannot be seen
    cannot_send,     // sending is not allowed, and this needs it
    cannot_connect,
};

struct Explanation {
    bool allowed = false;
    Rule rule = Rule::nothing;
    Snowflake role = 0;   // where the rule names one
    qint64 until_ms = 0;  // of a timeout
};

/// Why a single bit is allowed or not.
Explanation explain(const Guild& guild,
                    const Channel* channel,
                    const Subject& subject,
                    Permissions bit,
                    qint64 now_ms);

}  // namespace guildhall::client
