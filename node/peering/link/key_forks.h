#pragma once
// Key logs of one node that contradict each other: what it did with its key, or who stole that. The
// known log stays, and both events are kept as evidence for the operator, who decides about the
// node (docs/FEDERATION.md, "Fork"). On the shard of peering.

#include "federation/evidence.h"
#include "node/peering/context.h"
#include "node/peering/succession/pauses.h"

#include <chrono>
#include <optional>
#include <string_view>

namespace guildhall::peering {

/// The first events in which the logs differ, where one key signed both; nothing where it did not,
/// which proves nothing about the node.
std::optional<federation::Evidence> fork_between(const federation::KeyLog& known,
                                                 const federation::KeyLog& other);

/// What is done with forks that were shown. Keys cost nothing, and whoever has made a node may fork
/// it as often as he likes: of each node once an hour.
class KeyForks {
  public:
    explicit KeyForks(Context& ctx) : ctx_(ctx) {}

    /// A warning; where the node `matters` also a row under no guild, one for each node. A
    /// stranger's word about itself takes no room from those.
    void keep(std::string_view node, const federation::Evidence& fork, bool matters);

    static constexpr base::Nanos kAgain = std::chrono::hours(1);

  private:
    Context& ctx_;
    /// Apart, so that a crowd of strangers silences nobody who matters.
    Pauses told_{kAgain}, told_of_strangers_{kAgain};
};

}  // namespace guildhall::peering
