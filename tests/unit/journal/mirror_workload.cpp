#include "tests/unit/journal/mirror_workload.h"

#include "protocol/errors.h"

#include <algorithm>
#include <sstream>
#include <stdexcept>

namespace guildhall::tests {

using namespace protocol;

void Workload::commit(Event event) {
    std::vector<Event> events;
    events.push_back(std::move(event));
    const auto done = host_.commit(guild_, std::move(events));
    if (!done) {
        std::ostringstream why;
        why << done.error();
        throw std::runtime_error("the host refused: " + why.str());
    }
}

ChannelId Workload::add_channel() {
    Channel channel;
    channel.id = ChannelId(host_.new_id(guild_));
    channel.name = "channel-" + std::to_string(++count_);
    channels_.push_back(channel.id);
    commit(ChannelCreated{channel});
    return channel.id;
}

MessageId Workload::post(ChannelId channel) {
    Message m;
    m.id = MessageId(host_.new_id(guild_));
    m.channelId = channel;
    m.authorId = some_user();
    m.content = "text " + std::to_string(++count_);
    messages_[channel].push_back(m.id);
    said_[m.id] = m;
    commit(MessageCreated{m});
    return m.id;
}

void Workload::on_messages(ChannelId channel, std::uint64_t what) {
    auto& all = messages_[channel];
    const std::size_t at = rng_.below(all.size());
    const MessageId id = all[at];
    const UserId user = some_user();
    const std::string emoji(1, static_cast<char>('a' + rng_.below(2)));
    switch (what) {
        case 1: {
            // As a moderator does who hides embeds.
            Message& m = said_.at(id);
            m.flags ^= 4;
            return commit(MessageEdited{m});
        }
        case 0: {
            Message m;
            m.id = id;
            m.channelId = channel;
            m.authorId = user;
            m.content = "edited " + std::to_string(++count_);
            m.editedMs = host_.loop.clock.unix_ms();
            said_[id] = m;
            return commit(MessageEdited{m});
        }
        case 2:
            all.erase(all.begin() + static_cast<std::ptrdiff_t>(at));
            return commit(MessagesDeleted{channel, {id}, user, false});
        case 3: {
            const std::size_t end = std::min(all.size(), at + 3);
            const auto first = all.begin() + static_cast<std::ptrdiff_t>(at);
            const auto last = all.begin() + static_cast<std::ptrdiff_t>(end);
            MessagesDeleted e{channel, {first, last}, user, true};
            all.erase(first, last);
            return commit(std::move(e));
        }
        case 4:
        case 5:
            if (reactions_.insert({id, emoji, user}).second)
                return commit(ReactionAdded{channel, id, user, {}, emoji, user});
            reactions_.erase({id, emoji, user});
            return commit(ReactionRemoved{channel, id, user, {}, emoji});
        case 6: {
            const std::string which = rng_.below(2) ? emoji : "";
            std::erase_if(reactions_, [&](const auto& r) {
                return std::get<0>(r) == id && (which.empty() || std::get<1>(r) == which);
            });
            return commit(ReactionsCleared{channel, id, {}, which});
        }
        default:
            return commit(PinChanged{channel, id, rng_.below(2) == 0, user});
    }
}

void Workload::in_channel(ChannelId channel, std::uint64_t what) {
    if (what < 5 || messages_[channel].empty()) {
        post(channel);
    } else {
        on_messages(channel, rng_.below(8));
    }
}

void Workload::in_guild(std::uint64_t what) {
    const UserId user = some_user();
    switch (what) {
        case 0: {
            Role role;
            role.id = RoleId(host_.new_id(guild_));
            role.name = "role";
            roles_.push_back(role.id);
            return commit(RoleCreated{role});
        }
        case 1: {
            if (roles_.empty()) return in_guild(0);
            const std::size_t at = rng_.below(roles_.size());
            const RoleId id = roles_[at];
            roles_.erase(roles_.begin() + static_cast<std::ptrdiff_t>(at));
            return commit(RoleDeleted{id});
        }
        case 2:
        case 3: {
            Member member;
            member.userId = user;
            if (!roles_.empty()) member.roles = {roles_[rng_.below(roles_.size())]};
            if (host_.state(guild_).members.find(user)) return commit(MemberUpdated{member});
            return commit(MemberJoined{member, {}});
        }
        case 4:
            if (!host_.state(guild_).members.find(user)) return in_guild(2);
            return commit(MemberLeft{user, LeaveCause::left, {}});
        case 5: {
            Channel channel =
                *host_.state(guild_).channels.find(channels_[rng_.below(channels_.size())]);
            channel.topic = "topic " + std::to_string(++count_);
            return commit(ChannelUpdated{channel});
        }
        case 6: {
            Invite invite;
            invite.code = "code" + std::to_string(++count_);
            invite.channelId = channels_[rng_.below(channels_.size())];
            invite.inviterId = user;
            return commit(InviteCreated{invite});
        }
        case 7:
            return commit(BanAdded{{user, "reason", user}});
        case 8:
            return commit(BanRemoved{user, user});
        default: {
            if (channels_.size() < 3) {
                add_channel();
                return;
            }
            const std::size_t at = rng_.below(channels_.size());
            const ChannelId id = channels_[at];
            channels_.erase(channels_.begin() + static_cast<std::ptrdiff_t>(at));
            messages_.erase(id);
            return commit(ChannelDeleted{id});
        }
    }
}

void Workload::step() {
    host_.loop.clock.advance(std::chrono::milliseconds(1 + rng_.below(50)));
    if (channels_.empty()) {
        add_channel();
    } else if (rng_.below(5) == 0) {
        in_guild(rng_.below(10));
    } else {
        in_channel(channels_[rng_.below(channels_.size())], rng_.below(10));
    }
}

}  // namespace guildhall::tests
