#pragma once
// PermissionText: permissions in plain words - what each is called, what it lets people do, how
// dangerous it is - and why somebody has one or not, as a sentence made from explain(). Holds
// nothing; GUI thread, since words depend on the chosen language.

#include "client-qml/core/account/account.h"
#include "client-qml/core/state/permissions.h"

#include <bit>
#include <span>

namespace guildhall::client {

/// One permission as editors list it.
struct PermissionInfo {
    enum class Group { general, membership, text, voice, events };
    int bit = 0;  // its number: 11 for SEND_MESSAGES
    Group group = Group::general;
    const char* name = nullptr;         // English; PermissionText::name() translates
    const char* description = nullptr;  // English
    bool dangerous = false;             // lets its holder take over, or harm many
    bool in_guild = true;               // a role can have it
    bool in_text = false;               // an overwrite in a text channel can say so
    bool in_voice = false;

    Permissions mask() const { return Permissions(1ull << bit); }
};

class PermissionText : public QObject {
    Q_OBJECT
    QML_ELEMENT

  public:
    explicit PermissionText(QObject* parent = nullptr) : QObject(parent) {}

    /// All that are known, in the order in which people are shown them.
    static std::span<const PermissionInfo> all();
    static const PermissionInfo* find(int bit);
    static QString group_name(PermissionInfo::Group group);

    /// The explanation as a sentence; plain text, with names of roles and channels made safe.
    static QString sentence(const Guild& guild,
                            const Channel* channel,
                            const Explanation& explanation);
    /// Of oneself. Without a channel: in the guild as a whole. Empty where the guild is not known.
    static QString explain_text(const State& state,
                                Snowflake guild,
                                Snowflake channel,
                                Permissions bit);

    /// `bit` is a permission's number. "Send messages".
    Q_INVOKABLE static QString name(int bit);
    Q_INVOKABLE static QString description(int bit);
    Q_INVOKABLE static bool allowed(guildhall::client::Account* account,
                                    const QString& guildId,
                                    const QString& channelId,
                                    int bit);
    /// "#general denies it for the role Guests."
    Q_INVOKABLE static QString explainText(guildhall::client::Account* account,
                                           const QString& guildId,
                                           const QString& channelId,
                                           int bit);
};

/// The number of a permission of one bit, for explainText().
constexpr int bit_number(Permissions one) { return std::countr_zero(one.bits); }

}  // namespace guildhall::client
