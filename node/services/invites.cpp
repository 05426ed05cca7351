#include "node/services/invites.h"

#include "node/services/commit.h"
#include "node/services/guild_ask.h"
#include "node/services/membership.h"
#include "protocol/enums.h"
#include "protocol/errors.h"
#include "protocol/limits.h"

#include <algorithm>

namespace guildhall::services {

namespace api = protocol::api;
namespace limits = protocol::limits;
namespace permissions = protocol::permissions;
using protocol::Event;
using protocol::GuildId;
using protocol::Invite;
using protocol::make_error;
using protocol::MessageId;

namespace {

using Events = std::vector<Event>;

/// Ends what age has ended; most of the time nothing.
Events collect_expired(const GuildState& guild, UnixMs now) {
    Events events;
    guild.invites.for_each([&](const std::string& code, const Invite& invite) {
        if (has_ended(invite, now)) events.emplace_back(protocol::InviteDeleted{code, UserId{}});
    });
    return events;
}

/// The invite as asked for; `code` is its name if it is made.
Invite wanted_invite(const GuildAsk& ask,
                     protocol::UserId inviter,
                     ChannelId channel,
                     const api::InviteCreate& request,
                     std::string code) {
    Invite invite;
    invite.code = std::move(code);
    invite.channelId = channel;
    invite.inviterId = inviter;
    invite.createdMs = ask.now;
    invite.maxAge = static_cast<std::uint32_t>(request.max_age ? request.max_age->value
                                                               : limits::kInviteAgeSecondsDefault);
    invite.maxUses = static_cast<std::uint32_t>(request.max_uses ? request.max_uses->value : 0);
    invite.temporary = request.temporary.value_or(false);
    return invite;
}

/// An unused-up invite that serves as well as `wanted` would.
const Invite* same_kind(const GuildAsk& ask, const Invite& wanted) {
    const Invite* found = nullptr;
    ask.guild->invites.for_each([&](const std::string&, const Invite& invite) {
        if (invite.channelId == wanted.channelId && invite.inviterId == wanted.inviterId &&
            invite.maxAge == wanted.maxAge && invite.maxUses == wanted.maxUses &&
            invite.temporary == wanted.temporary && !has_ended(invite, ask.now))
            found = &invite;
    });
    return found;
}

struct Created {
    Events events;
    std::string code;
};

Result<Created> decide_create(const GuildAsk& ask,
                              protocol::UserId inviter,
                              ChannelId channel,
                              const api::InviteCreate& request,
                              std::string code) {
    TRY(const protocol::Channel* c,
        require_channel(ask.guild, ask.actor, channel, permissions::kCreateInstantInvite, ask.now));
    if (c->type == protocol::ChannelType::category)
        return make_error(protocol::kCannotExecuteActionOnThisChannelType);
    Invite invite = wanted_invite(ask, inviter, channel, request, std::move(code));
    if (!request.unique.value_or(false)) {
        if (const Invite* same = same_kind(ask, invite)) return Created{{}, same->code};
    }
    Created out{collect_expired(*ask.guild, ask.now), invite.code};
    if (ask.guild->invites.size() - out.events.size() >= limits::kInvitesMax)
        return make_error(protocol::kMaximumNumberOfInvitesReached);
    out.events.emplace_back(protocol::InviteCreated{std::move(invite)});
    return out;
}

/// The invite in the guild as it is decided.
Result<const Invite*> live_invite(const GuildAsk& ask, const std::string& code) {
    const Invite* invite = ask.guild ? ask.guild->invites.find(code) : nullptr;
    if (!invite || has_ended(*invite, ask.now)) return make_error(protocol::kUnknownInvite);
    return invite;
}

Result<Events> decide_accept(const GuildAsk& ask,
                             const Context& ctx,
                             const protocol::User& user,
                             const std::string& code,
                             MessageId message) {
    TRY(const Invite* invite, live_invite(ask, code));
    if (ask.guild->members.find(ask.actor)) return Events();
    TRY_VOID(check_may_join(ctx.view, *ask.guild, ask.actor));
    const auto& features = ask.guild->guild.features;
    if (std::ranges::find(features, "INVITES_DISABLED") != features.end())
        return make_error(protocol::kUnknownInvite);
    Events events = collect_expired(*ask.guild, ask.now);
    protocol::Member member = new_member(*ask.guild, user, ctx.settings.node_uid, ask.now);
    member.temporary = invite->temporary;
    events.emplace_back(protocol::MemberJoined{std::move(member), code});
    events.emplace_back(protocol::InviteUsed{code, ask.actor});
    std::ranges::move(join_message(*ask.guild, ask.actor, message), std::back_inserter(events));
    return events;
}

Result<Events> decide_remove(const GuildAsk& ask, protocol::UserId named, const std::string& code) {
    TRY(const Invite* invite, live_invite(ask, code));
    // Who is no member learns no more than that the invite is there.
    const Access access(*ask.guild, ask.actor);
    const protocol::Channel* channel = ask.guild->channels.find(invite->channelId);
    const bool may =
        access.in_guild(ask.now).has(permissions::kManageGuild) ||
        (channel && access.in_channel(*channel, ask.now).has(permissions::kManageChannels));
    if (!access.is_member() || !may) return make_error(protocol::kMissingPermissions);
    return Events{protocol::InviteDeleted{code, named}};
}

std::vector<FoundInvite> collect(const protocol::GuildSnapshot& guild,
                                 ChannelId channel,
                                 UnixMs now) {
    std::vector<FoundInvite> out;
    guild->invites.for_each([&](const std::string&, const Invite& invite) {
        if ((!channel || invite.channelId == channel) && !has_ended(invite, now))
            out.push_back({guild, invite});
    });
    return out;
}

}  // namespace

Task<Result<FoundInvite>> Invites::create(const Actor& actor,
                                          GuildId guild,
                                          ChannelId channel,
                                          const api::InviteCreate& request) {
    const GuildAsk ask = ask_guild(ctx_, guild, actor.user);
    CO_TRY(Created created, decide_create(ask, actor.named(), channel, request, new_code()));
    CO_TRY(const auto after, co_await commit(ctx_, actor, guild, std::move(created.events)));
    const Invite* invite = after->invites.find(created.code);
    if (!invite) co_return make_error(protocol::kUnknownInvite);
    co_return FoundInvite{after, *invite};
}

Task<Result<FoundInvite>> Invites::accept(const Actor& actor, const std::string& code) {
    if (actor.is_bot()) co_return make_error(protocol::kBotsCannotUseThisEndpoint);
    const protocol::SharedUser* known = ctx_.view.user(actor.user);
    if (!known) co_return make_error(protocol::kUnknownUser);
    const protocol::SharedUser user = *known;
    CO_TRY(FoundInvite found, find(code));
    const GuildId guild = found.guild->guild.id;
    CO_TRY(const MessageId message, co_await new_id<MessageId>(ctx_, guild));
    const GuildAsk ask = ask_guild(ctx_, guild, actor.user);
    CO_TRY(Events events, decide_accept(ask, ctx_, *user, code, message));
    found.new_member = !events.empty();
    if (found.new_member) {
        CO_TRY(found.guild, co_await commit(ctx_, actor, guild, std::move(events)));
    }
    co_return found;
}

Task<Result<FoundInvite>> Invites::remove(const Actor& actor, const std::string& code) {
    CO_TRY(FoundInvite found, find(code));
    const GuildId guild = found.guild->guild.id;
    const GuildAsk ask = ask_guild(ctx_, guild, actor.user);
    CO_TRY(Events events, decide_remove(ask, actor.named(), code));
    CO_TRY(found.guild, co_await commit(ctx_, actor, guild, std::move(events)));
    co_return found;
}

Result<FoundInvite> Invites::find(const std::string& code) const {
    const protocol::GuildSnapshot* guild = ctx_.view.guild(ctx_.view.guild_of_invite(code));
    const Invite* invite = guild ? (*guild)->invites.find(code) : nullptr;
    if (!invite || has_ended(*invite, ctx_.clock.unix_ms()))
        return make_error(protocol::kUnknownInvite);
    return FoundInvite{*guild, *invite};
}

Result<std::vector<FoundInvite>> Invites::of_guild(const Actor& actor, GuildId guild) const {
    const protocol::GuildSnapshot* state = ctx_.view.guild(guild);
    const UnixMs now = ctx_.clock.unix_ms();
    TRY_VOID(
        require_guild(state ? state->get() : nullptr, actor.user, permissions::kManageGuild, now));
    return collect(*state, ChannelId{}, now);
}

Result<std::vector<FoundInvite>> Invites::of_channel(const Actor& actor,
                                                     GuildId guild,
                                                     ChannelId channel) const {
    const protocol::GuildSnapshot* state = ctx_.view.guild(guild);
    const UnixMs now = ctx_.clock.unix_ms();
    TRY_VOID(require_channel(
        state ? state->get() : nullptr, actor.user, channel, permissions::kManageChannels, now));
    return collect(*state, channel, now);
}

std::string Invites::new_code() {
    static constexpr std::string_view kDigits =
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    // 62^8 < 2^48 < 62^9: nine digits hold every number, and a code never looks shorter.
    constexpr int kLength = 9;
    for (;;) {
        std::uint64_t number = ctx_.rng.next_u64() >> 16;
        std::string code;
        for (int i = 0; i < kLength; ++i, number /= kDigits.size())
            code += kDigits[number % kDigits.size()];
        if (!ctx_.view.guild_of_invite(code)) return code;
    }
}

}  // namespace guildhall::services
