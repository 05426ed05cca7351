#pragma once
// A guild's state for tests, with users of several nodes and a list of the events that made it.

#include "federation/entry.h"
#include "federation/genesis.h"
#include "protocol/guild_state.h"
#include "protocol/permissions.h"
#include "tests/unit/federation/support.h"

#include <string>
#include <vector>

namespace guildhall::federation::testing {

struct GuildBuilder {
    static std::string node(std::uint8_t n) { return std::string(32, static_cast<char>(n)); }

    GuildBuilder() {
        const auto root = key(1);
        GuildGenesis genesis;
        genesis.created_ms = kStart;
        genesis.host_uid = *Hash32::from(node(1));
        genesis.root_key = root.public_key();
        const auto birth = sign(genesis, root);
        uid = uid_of(birth.bytes);
        protocol::Guild guild;
        guild.id = protocol::GuildId(derived_id(uid, kStart)->value);
        guild.uid = uid.text();
        guild.name = "Guild";
        guild.ownerId = protocol::UserId(1000);
        add(protocol::GuildCreated{guild, encode(birth), "one.example", {"one.example:7420"}});
        protocol::Role everyone;
        everyone.id = protocol::RoleId(guild.id.value);
        everyone.name = "@everyone";
        everyone.permissions = protocol::permissions::kDefaultEveryone.bits;
        add(protocol::RoleCreated{everyone});
        add_member(1000, {});
    }

    void add(protocol::Event event) {
        protocol::apply(state, event);
        events.push_back(std::move(event));
    }
    /// `home` empty: the first host.
    void add_member(std::uint64_t user,
                    std::string home,
                    std::vector<protocol::RoleId> roles = {}) {
        protocol::Member member;
        member.userId = protocol::UserId(user);
        member.homeUid = std::move(home);
        member.roles = std::move(roles);
        member.joinedMs = kStart;
        add(protocol::MemberJoined{member, {}});
    }
    protocol::ChannelId add_channel(std::uint64_t id,
                                    std::vector<protocol::Overwrite> overwrites = {}) {
        protocol::Channel channel;
        channel.id = protocol::ChannelId(id);
        channel.name = "channel";
        channel.overwrites = std::move(overwrites);
        add(protocol::ChannelCreated{channel});
        return channel.id;
    }
    protocol::RoleId add_role(std::uint64_t id, protocol::Permissions permissions, int position) {
        protocol::Role role;
        role.id = protocol::RoleId(id);
        role.name = "role";
        role.permissions = permissions.bits;
        role.position = position;
        add(protocol::RoleCreated{role});
        return role.id;
    }

    static constexpr protocol::UnixMs kStart = 1'700'000'000'000;
    Hash32 uid;
    protocol::GuildState state;
    std::vector<protocol::Event> events;
};

}  // namespace guildhall::federation::testing
