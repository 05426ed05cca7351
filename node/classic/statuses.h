#pragma once
// Statuses: what users of the classic API set as their status, kept in user_settings and, per
// shard, in memory: every answer and frame that shows a user shows it. One per shard; used on it.

#include "node/services/context.h"
#include "protocol/ids.h"

#include <string>
#include <string_view>
#include <unordered_map>

namespace guildhall::classic {

inline constexpr std::string_view kStatusChoices =
    "value is not a valid enumeration member; permitted: 'online', 'offline', 'away', 'dnd'";
bool is_status(std::string_view text);

class Statuses {
  public:
    /// Reads what is stored, the first time; before that nobody may be shown.
    services::Task<services::Status> load(services::Context& ctx);

    /// offline for who has set none.
    std::string_view of(protocol::UserId user) const;
    /// Another shard's news. What it says is newer than anything load() still reads.
    void remember(protocol::UserId user, std::string status);

    /// Stores the status; the caller tells every shard's Statuses when it is durable.
    static services::Task<services::Status> store(services::Context& ctx,
                                                  protocol::UserId user,
                                                  std::string status);

  private:
    bool loaded_ = false;
    std::unordered_map<protocol::UserId, std::string> set_;
};

}  // namespace guildhall::classic
