#pragma once
// The order in which a guild's channels are shown: those without a category first, then each
// category with its own; text before voice at equal positions as everywhere. GUI thread.

#include "client-qml/core/state/state.h"

namespace guildhall::client {

/// A category, or the part above all categories (`category` is null), with what one may see of it.
/// A category of which nothing can be seen is left out, unless one may manage channels.
struct ChannelSection {
    const Channel* category = nullptr;
    std::vector<const Channel*> channels;
};
std::vector<ChannelSection> channel_sections(const State& state, Snowflake guild);

/// Channels with a timeline that one may see, top to bottom; direct messages for guild 0.
std::vector<const Channel*> visible_channels(const State& state, Snowflake guild);

}  // namespace guildhall::client
