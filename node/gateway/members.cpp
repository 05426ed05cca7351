#include "node/gateway/members.h"

#include "node/services/permission.h"
#include "node/services/present/member.h"
#include "node/services/present/user.h"
#include "protocol/json/writer.h"
#include "protocol/limits.h"

#include <algorithm>

namespace guildhall::gateway {

using protocol::GuildId;
using protocol::GuildState;
using protocol::JsonWriter;
using protocol::Member;
using protocol::UserId;

namespace {

/// Names compare without case, in ASCII: enough to find somebody by the start of a name.
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

bool starts_with(std::string_view text, std::string_view prefix) {
    return text.size() >= prefix.size() &&
           std::equal(prefix.begin(), prefix.end(), text.begin(), [](char a, char b) {
               return lower(a) == lower(b);
           });
}

bool matches(const World& world, const Member& member, std::string_view query) {
    if (query.empty() || starts_with(member.nick, query)) return true;
    const auto* user = world.ctx.view.user(member.userId);
    return user &&
           (starts_with((*user)->username, query) || starts_with((*user)->global_name, query));
}

class MembersPump final : public Pump {
  public:
    MembersPump(const World& world,
                const Presences& presences,
                protocol::GuildSnapshot state,
                const MembersRequest& request,
                bool shows_presences)
        : world_(world),
          presences_(presences),
          state_(std::move(state)),
          nonce_(request.nonce),
          shows_presences_(shows_presences) {
        if (request.users.empty()) {
            find_by_name(request);
        } else {
            find_by_id(request);
        }
        constexpr std::size_t kMax = protocol::limits::kMembersChunkMax;
        chunks_ = std::max<std::size_t>(1, (found_.size() + kMax - 1) / kMax);
    }

    bool step(Session& session) override {
        session.dispatch_own("GUILD_MEMBERS_CHUNK", chunk());
        return ++next_ < chunks_;
    }

  private:
    void find_by_name(const MembersRequest& request) {
        const std::string query = request.query.value_or("");
        std::size_t limit = request.limit == 0 ? SIZE_MAX : request.limit;
        // API: a search by name yields at most 100.
        if (!query.empty()) limit = std::min<std::size_t>(limit, 100);
        state_->members.for_each([&](UserId, const Member& member) {
            if (matches(world_, member, query)) found_.push_back(&member);
            return found_.size() < limit;
        });
    }

    void find_by_id(const MembersRequest& request) {
        for (const UserId id : request.users) {
            if (const Member* member = state_->members.find(id)) {
                found_.push_back(member);
            } else {
                missing_.push_back(id);
            }
        }
    }

    std::string chunk() const {
        constexpr std::size_t kMax = protocol::limits::kMembersChunkMax;
        const std::size_t from = next_ * kMax;
        const std::size_t to = std::min(found_.size(), from + kMax);
        std::string out;
        JsonWriter w(out);
        w.begin_object().id("guild_id", state_->guild.id).begin_array("members");
        for (std::size_t i = from; i < to; ++i) {
            services::write_member(w, *found_[i], world_.ctx.view);
        }
        w.end_array().number("chunk_index", next_).number("chunk_count", chunks_);
        if (!missing_.empty() && next_ == 0) {
            w.begin_array("not_found");
            for (const UserId id : missing_) w.id(id);
            w.end_array();
        }
        if (shows_presences_) write_presences(w, from, to);
        if (!nonce_.empty()) w.string("nonce", nonce_);
        w.end_object();
        return out;
    }

    void write_presences(JsonWriter& w, std::size_t from, std::size_t to) const {
        w.begin_array("presences");
        for (std::size_t i = from; i < to; ++i) {
            const auto* presence = presences_.find(found_[i]->userId);
            if (!presence) continue;
            std::string one;
            append_presence(one, *presence);
            w.raw(one);
        }
        w.end_array();
    }

    const World& world_;
    const Presences& presences_;
    const protocol::GuildSnapshot state_;
    const std::string nonce_;
    const bool shows_presences_;
    std::vector<const Member*> found_;
    std::vector<UserId> missing_;
    std::size_t chunks_ = 1, next_ = 0;
};

/// MurmurHash3 x86 32 (Austin Appleby, public domain), as the API hashes list ids with seed 0.
std::uint32_t murmur3(std::string_view text) {
    const auto rotate = [](std::uint32_t x, int r) { return x << r | x >> (32 - r); };
    const auto mix = [&](std::uint32_t k) { return rotate(k * 0xcc9e2d51u, 15) * 0x1b873593u; };
    std::uint32_t h = 0;
    std::size_t i = 0;
    const auto byte = [&](std::size_t at) -> std::uint32_t {
        return static_cast<unsigned char>(text[at]);
    };
    for (; i + 4 <= text.size(); i += 4) {
        h ^= mix(byte(i) | byte(i + 1) << 8 | byte(i + 2) << 16 | byte(i + 3) << 24);
        h = rotate(h, 13) * 5 + 0xe6546b64u;
    }
    std::uint32_t tail = 0;
    for (std::size_t at = text.size(); at > i; --at) tail = tail << 8 | byte(at - 1);
    if (tail != 0) h ^= mix(tail);
    h ^= static_cast<std::uint32_t>(text.size());
    h = (h ^ h >> 16) * 0x85ebca6bu;
    h = (h ^ h >> 13) * 0xc2b2ae35u;
    return h ^ h >> 16;
}

/// One heading of the list with its members, in order.
struct Group {
    std::string id;
    std::vector<const Member*> members;
};

struct Listed {
    std::vector<Group> groups;
    std::size_t online = 0, total = 0;
};

std::string_view shown_name(const World& world, const Member& member) {
    if (!member.nick.empty()) return member.nick;
    const auto* user = world.ctx.view.user(member.userId);
    if (!user) return {};
    return (*user)->global_name.empty() ? (*user)->username : (*user)->global_name;
}

/// Hoisted roles from the highest down, then the others who are online, then who is offline.
Listed list_members(const World& world,
                    const Presences& presences,
                    const GuildState& state,
                    const protocol::Channel& channel) {
    std::vector<const protocol::Role*> hoisted;
    state.roles.for_each([&](protocol::RoleId, const protocol::Role& role) {
        if (role.hoist) hoisted.push_back(&role);
    });
    std::sort(hoisted.begin(), hoisted.end(), [](const auto* a, const auto* b) {
        return protocol::rank_of(*a) > protocol::rank_of(*b);
    });
    Listed out;
    for (const auto* role : hoisted) out.groups.push_back({role->id.str(), {}});
    out.groups.push_back({"online", {}});
    out.groups.push_back({"offline", {}});
    state.members.for_each([&](UserId user, const Member& member) {
        if (!services::Access(state, user).can_view(channel)) return;
        ++out.total;
        if (!presences.find(user)) return out.groups.back().members.push_back(&member);
        ++out.online;
        std::size_t group = 0;
        while (group < hoisted.size() &&
               std::find(member.roles.begin(), member.roles.end(), hoisted[group]->id) ==
                   member.roles.end()) {
            ++group;
        }
        out.groups[group].members.push_back(&member);
    });
    // API: large guilds do not list who is offline.
    if (out.total > limits::kPresenceMembersMax * 4) out.groups.back().members.clear();
    for (Group& group : out.groups) {
        std::sort(
            group.members.begin(), group.members.end(), [&](const Member* a, const Member* b) {
                const auto x = shown_name(world, *a);
                const auto y = shown_name(world, *b);
                return x != y ? x < y : a->userId < b->userId;
            });
    }
    std::erase_if(out.groups, [](const Group& group) { return group.members.empty(); });
    return out;
}

void write_group(JsonWriter& w, const Group& group) {
    w.begin_object().string("id", group.id).number("count", group.members.size()).end_object();
}

void write_item(JsonWriter& w,
                const World& world,
                const Presences& presences,
                const Member& member) {
    std::string presence;
    const auto* known = presences.find(member.userId);
    append_presence(presence,
                    known ? *known : journal::Presence{.user = member.userId, .status = "offline"});
    w.begin_object().begin_object("member");
    services::write_member_members(w, member);
    w.key("user");
    services::write_user(w, world.ctx.view, member.userId);
    w.raw("presence", presence).end_object().end_object();
}

}  // namespace

std::unique_ptr<Pump> make_members_pump(const World& world,
                                        const Presences& presences,
                                        const Session& session,
                                        GuildId guild,
                                        const MembersRequest& request) {
    const auto* state = world.ctx.view.guild(guild);
    if (!state || !(*state)->members.find(session.user())) return nullptr;
    const bool shows = request.presences && session.who().wants(intent::kPresences);
    return std::make_unique<MembersPump>(world, presences, *state, request, shows);
}

std::string member_list_id(const GuildState& state, const protocol::Channel& channel) {
    constexpr std::uint64_t kView = protocol::permissions::kViewChannel.bits;
    const auto* everyone = state.everyone();
    bool seen = everyone && (everyone->permissions & kView) != 0;
    std::vector<std::string> parts;
    for (const protocol::Overwrite& o : channel.overwrites) {
        const bool is_everyone = o.id.value == state.guild.id.value;
        if (o.deny & kView) parts.push_back("deny:" + o.id.str());
        if (o.allow & kView) parts.push_back("allow:" + o.id.str());
        if (is_everyone && (o.deny & kView)) seen = false;
        if (is_everyone && (o.allow & kView)) seen = true;
    }
    if (seen) return "everyone";
    std::sort(parts.begin(), parts.end());
    std::string joined;
    for (const std::string& part : parts) joined += (joined.empty() ? "" : ",") + part;
    return std::to_string(murmur3(joined));
}

std::string member_list(const World& world,
                        const Presences& presences,
                        const GuildState& state,
                        const protocol::Channel& channel,
                        const std::vector<Subscription::Range>& ranges) {
    const Listed listed = list_members(world, presences, state, channel);
    std::string out;
    JsonWriter w(out);
    w.begin_object()
        .id("guild_id", state.guild.id)
        .string("id", member_list_id(state, channel))
        .number("member_count", listed.total)
        .number("online_count", listed.online)
        .begin_array("groups");
    for (const Group& group : listed.groups) write_group(w, group);
    w.end_array().begin_array("ops");
    for (const auto& [from, to] : ranges) {
        w.begin_object().string("op", "SYNC").begin_array("range").number(from).number(to);
        w.end_array().begin_array("items");
        std::size_t index = 0;
        for (const Group& group : listed.groups) {
            if (index >= from && index <= to) {
                w.begin_object().key("group");
                write_group(w, group);
                w.end_object();
            }
            ++index;
            for (const Member* member : group.members) {
                if (index >= from && index <= to) write_item(w, world, presences, *member);
                ++index;
            }
        }
        w.end_array().end_object();
    }
    w.end_array().end_object();
    return out;
}

}  // namespace guildhall::gateway
