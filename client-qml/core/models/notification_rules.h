#pragma once
// NotificationRules: whether a message should notify somebody: what a channel says goes before what
// its category, its guild and the device say. Kept in the account's cache under "notify_rules";
// read anew for each question, so that a change holds at once. GUI thread.

#include "client-qml/core/state/state.h"

#include <optional>

namespace guildhall::client {

enum class NotifyLevel { all, mentions, none };

struct NotifyRule {
    std::optional<NotifyLevel> level;  // none: as what is around it says
    qint64 muted_until_ms = 0;

    bool is_muted(qint64 now_ms) const { return muted_until_ms > now_ms; }
    bool says_nothing() const { return !level && muted_until_ms == 0; }
};

/// Until somebody ends it.
inline constexpr qint64 kMutedForGood = 253'402'300'799'000;  // the last second of the year 9999

QString level_text(NotifyLevel level);
/// Nothing for any other text.
std::optional<NotifyLevel> parse_level(QStringView text);

class NotificationRules final {
  public:
    /// State::setting_changed names it when a rule changes, wherever that was done.
    static constexpr QLatin1StringView kSetting{"notify_rules"};

    /// Outlives this.
    explicit NotificationRules(State& state) : state_(state) {}

    /// Of a guild, a category or a channel.
    NotifyRule rule(Snowflake place) const;
    void put(Snowflake place, const NotifyRule& rule);

    /// What holds in a channel, mute left out. `otherwise` is the device's own setting.
    NotifyLevel level(Snowflake channel, NotifyLevel otherwise) const;
    bool is_muted(Snowflake channel) const;

    /// Whether to notify: not of what oneself wrote, and nothing while busy ("dnd").
    bool notifies(const Message& message, NotifyLevel otherwise, bool is_busy) const;

  private:
    State& state_;
};

}  // namespace guildhall::client
