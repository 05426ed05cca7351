#pragma once
// What the search offers to go on with while somebody types: filters, then the people, channels,
// kinds and days that a filter takes. Pure; GUI thread.

#include "client-qml/core/state/state.h"

#include <QVariantList>

namespace guildhall::client {

inline constexpr std::size_t kHintsMax = 6;

/// Rows {label, query}: what a chip says, and the whole text once it is pressed. Nothing where
/// what is typed last is complete.
QVariantList search_hints(const State& state, Snowflake guild, const QString& text);

}  // namespace guildhall::client
