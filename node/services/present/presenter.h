#pragma once
// Presenter: from an event to the dispatches that sessions get, once per event. Every kind of event
// has its case; a missing one does not compile. Events whose dispatch depends on who looks have
// none here: the gateway makes GUILD_CREATE from one's own MemberJoined, GUILD_DELETE from one's
// own MemberLeft, and CHANNEL_CREATE or CHANNEL_DELETE when a role or overwrite changes what a
// session may see. Immutable; any shard.

#include "node/journal/journal.h"
#include "node/services/links.h"

namespace guildhall::services {

class Presenter final : public journal::Presenter {
  public:
    /// `links` outlives it.
    explicit Presenter(const Links& links) : links_(links) {}

    void present(journal::Committed& entry, const journal::View& view) const override;

  private:
    const Links& links_;
};

/// Appends a dispatch with an already written body to the entry. `name` is a string literal.
void add_dispatch(journal::Committed& entry, std::string_view name, std::string body);

}  // namespace guildhall::services
