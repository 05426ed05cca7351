#pragma once
// What user clients keep on the node for all of a user's devices: the settings object of the older
// API, and the newer API's two opaque protobuf texts, of which the node knows only the fields'
// numbers. One per shard; any shard will do: changes are merged inside the transaction.

#include "node/services/actor.h"
#include "node/services/context.h"

#include <boost/json/value.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace guildhall::services {

class UserSettings {
  public:
    explicit UserSettings(Context& ctx) : ctx_(ctx) {}

    /// The settings object as JSON, with defaults for what was never set.
    Task<Result<std::string>> get(const Actor& actor);
    /// Takes over the members of `patch` that are settings, of their types; others are ignored.
    Task<Result<std::string>> patch(const Actor& actor, boost::json::value patch);

    /// A serialised protobuf in base64. `type`: 1 preloaded settings, 2 frecency.
    Task<Result<std::string>> proto(const Actor& actor, int type);
    /// Each top-level field that `base64` has replaces what was there under its number.
    Task<Result<std::string>> merge_proto(const Actor& actor, int type, std::string base64);

  private:
    Context& ctx_;
};

/// The fields of `stored` that `change` does not have, then those of `change`; nothing when one of
/// the two is no protobuf message. Pure.
std::optional<std::string> merge_protobuf(std::string_view stored, std::string_view change);

}  // namespace guildhall::services
