#include "node/gateway/member_desk.h"

#include "node/gateway/members.h"
#include "node/services/permission.h"
#include "protocol/json/writer.h"

#include <algorithm>
#include <utility>

namespace guildhall::gateway {

using protocol::ChannelId;
using protocol::GuildId;

namespace {

/// After which a session that has too much under way may ask again.
constexpr std::chrono::seconds kBusyWait{1};

void refuse(Session& session, int opcode, base::Nanos wait, GuildId guild, std::string_view nonce) {
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(wait).count();
    std::string body;
    protocol::JsonWriter w(body);
    w.begin_object().number("opcode", opcode).key("retry_after");
    w.raw(std::to_string(ms / 1000) + "." + std::to_string(ms % 1000 / 100));
    w.begin_object("meta").id("guild_id", guild);
    if (!nonce.empty()) w.string("nonce", nonce);
    w.end_object().end_object();
    session.dispatch_own("RATE_LIMITED", body);
}

/// Answers one op 14: a list for each channel, as each is ready.
class ListsPump final : public Pump {
  public:
    ListsPump(MemberDesk& desk, Subscription asked) : desk_(desk), asked_(std::move(asked)) {}

    bool step(Session& session) override {
        if (next_ == asked_.channels.size()) return false;
        const auto& [channel, ranges] = asked_.channels[next_];
        // Looked at again in each turn: rights may be gone since.
        const auto* state = desk_.world().ctx.view.guild(asked_.guild);
        const auto* found = state ? (*state)->channels.find(channel) : nullptr;
        if (!found || !services::Access(**state, session.user()).can_view(*found)) return go_on();
        if (!list_) list_ = desk_.list(session, *state, channel);
        if (!list_) {
            desk_.refuse_list(session, asked_.guild);
            return go_on();
        }
        if (!list_->is_ready()) {
            // A list of several steps ends with a shorter one, which counts as a whole one.
            const auto part = std::min((*state)->members.size(), limits::kMembersPerStep);
            session.looked_at += static_cast<std::uint32_t>(part);
            if (list_->step(desk_.world(), desk_.presences())) return true;
        }
        session.dispatch_own("GUILD_MEMBER_LIST_UPDATE",
                             list_->write(desk_.world(), desk_.presences(), ranges));
        return go_on();
    }

  private:
    bool go_on() {
        list_.reset();
        return ++next_ < asked_.channels.size();
    }

    MemberDesk& desk_;
    const Subscription asked_;
    std::shared_ptr<MemberList> list_;
    std::size_t next_ = 0;
};

}  // namespace

void MemberDesk::request(Session& session, const MembersRequest& request) {
    for (const GuildId guild : request.guilds) {
        const auto* state = world_.ctx.view.guild(guild);
        if (!state || !(*state)->members.find(session.user())) continue;
        if (session.pumps() >= limits::kPumpsMax) {
            refuse(session, 8, kBusyWait, guild, request.nonce);
            continue;
        }
        if (request.is_full()) {
            if (session.who().bot && !session.who().wants(intent::kMembers)) continue;
            if (!may_have_all(session, request, guild)) continue;
        } else if (request.users.empty() && !spend(session, (*state)->members.size())) {
            refuse(session, 8, wait_of(session), guild, request.nonce);
            continue;
        }
        session.add_pump(make_members_pump(world_, presences_, session, *state, request));
    }
}

bool MemberDesk::may_have_all(Session& session, const MembersRequest& request, GuildId guild) {
    base::Nanos& until = full_requests_[session.id() + guild.str()];
    const base::Nanos now = world_.ctx.clock.now();
    if (until > now) {
        refuse(session, 8, until - now, guild, request.nonce);
        return false;
    }
    until = now + limits::kFullMembersWindow;
    return true;
}

void MemberDesk::subscribe(Session& session, const Subscription& subscription) {
    const auto* state = world_.ctx.view.guild(subscription.guild);
    if (!state || !(*state)->members.find(session.user())) return;
    auto& known = session.subscribed;
    const auto at = std::lower_bound(known.begin(), known.end(), subscription.guild);
    if ((at == known.end() || *at != subscription.guild) &&
        known.size() < limits::kSubscriptionGuildsMax) {
        known.insert(at, subscription.guild);
    }
    if (subscription.channels.empty()) return;
    if (session.pumps() >= limits::kPumpsMax) {
        return refuse(session, 14, kBusyWait, subscription.guild, {});
    }
    session.add_pump(std::make_unique<ListsPump>(*this, subscription));
}

std::shared_ptr<MemberList> MemberDesk::list(const Session& session,
                                             const protocol::GuildSnapshot& state,
                                             ChannelId channel) {
    const base::Nanos now = world_.ctx.clock.now();
    const GuildId guild = state->guild.id;
    std::erase_if(lists_, [&](const Kept& kept) { return kept.until <= now; });
    const auto at = std::find_if(lists_.begin(), lists_.end(), [&](const Kept& kept) {
        return kept.guild == guild && kept.channel == channel;
    });
    if (at != lists_.end()) return at->list;
    if (!spend(session, state->members.size())) return nullptr;
    auto made = std::make_shared<MemberList>(state, channel);
    // Those of small guilds are always made anew: that costs less than to be a little old.
    if (state->members.size() <= limits::kListedOfflineMax) return made;
    if (lists_.size() >= limits::kMemberListsMax) lists_.erase(lists_.begin());
    lists_.push_back({guild, channel, now + limits::kMembersWorkWindow, made});
    return made;
}

void MemberDesk::refuse_list(Session& session, GuildId guild) {
    refuse(session, 14, wait_of(session), guild, {});
}

bool MemberDesk::spend(const Session& session, std::size_t members) {
    Spent& spent = spent_[session.id()];
    const base::Nanos now = world_.ctx.clock.now();
    if (spent.until <= now) spent = {now + limits::kMembersWorkWindow, 0};
    // What is left need not be enough: a guild may be larger than any share.
    if (spent.members >= limits::kMembersWorkMax) return false;
    spent.members += members;
    return true;
}

base::Nanos MemberDesk::wait_of(const Session& session) const {
    const auto at = spent_.find(session.id());
    const base::Nanos now = world_.ctx.clock.now();
    return at == spent_.end() ? base::Nanos{0} : std::max(base::Nanos{0}, at->second.until - now);
}

void MemberDesk::sweep() {
    const base::Nanos now = world_.ctx.clock.now();
    std::erase_if(full_requests_, [&](const auto& item) { return item.second <= now; });
    std::erase_if(spent_, [&](const auto& item) { return item.second.until <= now; });
    std::erase_if(lists_, [&](const Kept& kept) { return kept.until <= now; });
}

}  // namespace guildhall::gateway
