#include "client-qml/core/state/channel_order.h"

#include <tuple>

namespace guildhall::client {

namespace {

bool comes_before(const Channel* a, const Channel* b) {
    return std::tuple(a->is_voice(), a->position, a->id) <
           std::tuple(b->is_voice(), b->position, b->id);
}

}  // namespace

std::vector<ChannelSection> channel_sections(const State& state, Snowflake guild_id) {
    std::vector<ChannelSection> sections(1);
    const Guild* guild = state.guild(guild_id);
    if (!guild) return {};
    std::vector<const Channel*> categories;
    for (const Channel& channel : guild->channels) {
        if (channel.type == ChannelType::category) categories.push_back(&channel);
    }
    std::ranges::sort(categories, comes_before);
    QHash<Snowflake, std::size_t> section_of;
    for (const Channel* category : categories) {
        section_of.insert(category->id, sections.size());
        sections.push_back({category, {}});
    }
    for (const Channel& channel : guild->channels) {
        if (channel.type == ChannelType::category || channel.is_thread()) continue;
        if (!state.can_view(channel)) continue;
        sections[section_of.value(channel.parent, 0)].channels.push_back(&channel);
    }
    for (ChannelSection& section : sections) std::ranges::sort(section.channels, comes_before);
    const bool manages =
        state.guild_permissions(guild_id).has(protocol::permissions::kManageChannels);
    std::erase_if(sections, [&](const ChannelSection& one) {
        return one.channels.empty() && (!one.category || !manages);
    });
    return sections;
}

std::vector<const Channel*> visible_channels(const State& state, Snowflake guild) {
    if (guild == 0) return state.private_channels();
    std::vector<const Channel*> found;
    for (const ChannelSection& section : channel_sections(state, guild)) {
        for (const Channel* channel : section.channels) {
            if (channel->is_text() && !channel->is_voice()) found.push_back(channel);
        }
    }
    return found;
}

}  // namespace guildhall::client
