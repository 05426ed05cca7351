#include "node/gateway/members.h"

#include "node/services/present/member.h"
#include "protocol/json/writer.h"
#include "protocol/limits.h"

#include <algorithm>

namespace guildhall::gateway {

using protocol::GuildId;
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
          query_(request.query.value_or("")),
          nonce_(request.nonce),
          shows_presences_(shows_presences) {
        if (!request.users.empty()) {
            find_by_id(request.users);
            return;
        }
        left_ = std::min<std::size_t>(request.limit == 0 ? SIZE_MAX : request.limit,
                                      state_->members.size());
        if (query_.empty()) {
            // Everybody, read page by page.
            chunks_ = std::max<std::size_t>(1, (left_ + kChunk - 1) / kChunk);
        } else {
            // API: a search by name yields at most 100.
            left_ = std::min<std::size_t>(left_, 100);
            searching_ = true;
        }
    }

    bool step(Session& session) override {
        if (searching_) session.looked_at += search();
        if (searching_) return true;
        if (query_.empty() && left_ > 0) read_page();
        session.dispatch_own("GUILD_MEMBERS_CHUNK", chunk());
        return ++next_ < chunks_;
    }

  private:
    static constexpr std::size_t kChunk = protocol::limits::kMembersChunkMax;

    /// Looks at the next members, not at all of a large guild in one turn; at how many.
    std::uint32_t search() {
        std::uint32_t seen = 0;
        state_->members.for_each_after(last_, [&](UserId user, const Member& member) {
            last_ = user;
            if (matches(world_, member, query_)) found_.push_back(&member);
            return ++seen < limits::kMembersPerStep && found_.size() < left_;
        });
        searching_ = seen == limits::kMembersPerStep && found_.size() < left_;
        return seen;
    }

    void read_page() {
        found_.clear();
        const std::size_t page = std::min(left_, kChunk);
        state_->members.for_each_after(last_, [&](UserId user, const Member& member) {
            last_ = user;
            found_.push_back(&member);
            return found_.size() < page;
        });
        left_ -= page;
    }

    void find_by_id(const std::vector<UserId>& users) {
        for (const UserId id : users) {
            if (const Member* member = state_->members.find(id)) {
                found_.push_back(member);
            } else {
                missing_.push_back(id);
            }
        }
    }

    std::string chunk() const {
        std::string out;
        JsonWriter w(out);
        w.begin_object().id("guild_id", state_->guild.id).begin_array("members");
        for (const Member* member : found_) services::write_member(w, *member, world_.ctx.view);
        w.end_array().number("chunk_index", next_).number("chunk_count", chunks_);
        if (!missing_.empty()) {
            w.begin_array("not_found");
            for (const UserId id : missing_) w.id(id);
            w.end_array();
        }
        if (shows_presences_) write_presences(w);
        if (!nonce_.empty()) w.string("nonce", nonce_);
        w.end_object();
        return out;
    }

    void write_presences(JsonWriter& w) const {
        w.begin_array("presences");
        for (const Member* member : found_) {
            const auto* presence = presences_.find(member->userId);
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
    const std::string query_, nonce_;
    const bool shows_presences_;
    bool searching_ = false;
    /// Of the chunk at hand.
    std::vector<const Member*> found_;
    std::vector<UserId> missing_;
    /// The last member that was looked at, and how many may still be found.
    UserId last_;
    std::size_t left_ = 0;
    std::size_t chunks_ = 1, next_ = 0;
};

}  // namespace

std::unique_ptr<Pump> make_members_pump(const World& world,
                                        const Presences& presences,
                                        const Session& session,
                                        protocol::GuildSnapshot state,
                                        const MembersRequest& request) {
    const bool shows = request.presences && session.who().wants(intent::kPresences);
    return std::make_unique<MembersPump>(world, presences, std::move(state), request, shows);
}

}  // namespace guildhall::gateway
