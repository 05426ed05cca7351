#pragma once
// Ordering: moving one of several things that a number orders, so that as few numbers change as can
// be. Pure; any thread.

#include "client-qml/core/base/snowflake.h"

#include <vector>

namespace guildhall::client {

struct Ordered {
    Snowflake id = 0;
    int position = 0;
    friend bool operator==(const Ordered&, const Ordered&) = default;
};

/// `items` as they stand, first to last, after the one at `from` went to `to`. Their numbers rise
/// from `least` on; where they already rose, the same ones are dealt out anew.
std::vector<Ordered> reordered(std::vector<Ordered> items, int from, int to, int least);

/// The same after `item` came in at `to`.
std::vector<Ordered> inserted(std::vector<Ordered> items, Snowflake item, int to, int least);

}  // namespace guildhall::client
