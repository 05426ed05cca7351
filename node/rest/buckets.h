#pragma once
// The limits that routes of the API and of the classic API share: two doors to one lock are not two
// locks, so both tables take the row from here. Constant data.

#include "node/rest/route.h"

namespace guildhall::rest::buckets {

/// A password guess costs 19 MiB and two passes; five a minute is what a person needs.
inline constexpr Limit kLogin{"login", 5, 60};
inline constexpr Limit kRegister{"register", 5, 60};
inline constexpr Limit kSessions{"sessions", 10, 10};
inline constexpr Limit kUsers{"users", 30, 10};
inline constexpr Limit kPatchMe{"users-patch", 10, 60};
inline constexpr Limit kGuildCreate{"guild-create", 10, 60};
inline constexpr Limit kInviteAccept{"invite-accept", 10, 10};
inline constexpr Limit kMessageCreate{"message-create", 5, 5};
inline constexpr Limit kMessageRead{"message-read", 10, 5};
inline constexpr Limit kMessageEdit{"message-edit", 5, 5};
inline constexpr Limit kMessageDelete{"message-delete", 5, 1};

}  // namespace guildhall::rest::buckets
