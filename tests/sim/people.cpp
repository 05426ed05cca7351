#include "tests/sim/people.h"

#include "node/services/permission.h"
#include "protocol/permissions.h"

#include <algorithm>
#include <utility>

namespace guildhall::sim {

using namespace std::chrono_literals;
namespace json = boost::json;

namespace {

constexpr const char* kView = "1024";
/// Of one that a failure shows.
constexpr std::size_t kAnswerMax = 100;
/// Of all that were uploaded in a run.
constexpr std::size_t kFilesRead = 4;
/// A host knows nonces for ten minutes; some time is spent on the way.
constexpr Nanos kNonceTime = 8min;
/// Of what is said again, each of five seconds.
constexpr int kRounds = 60;
/// A client says again what was answered with 503; a node without a link does so for some seconds.
constexpr Nanos kSayAgain = 5s;
/// A node lets a user have 20 commands under way.
constexpr std::size_t kTriesAtOnce = 15;

std::string id_of(const json::value& object) { return std::string(object.at("id").as_string()); }

/// Everybody but who holds the role.
json::array hidden_from_all(const std::string& guild, const std::string& role) {
    json::array out{{{"id", guild}, {"type", 0}, {"allow", "0"}, {"deny", kView}}};
    if (!role.empty()) {
        out.push_back({{"id", role}, {"type", 0}, {"allow", kView}, {"deny", "0"}});
    }
    return out;
}

}  // namespace

People::People(const Plan& plan, tests::FedNodes& world, Trace& trace, Plant plant)
    : plan_(plan),
      world_(world),
      trace_(trace),
      plant_(plant),
      rng_(plan.seed * 101 + 3),
      seats_(world, ledger_, plant) {
    for (std::size_t node = 0; node < world.size(); ++node) {
        uids_.push_back(federation::to_hex(world[node].uid()));
        const std::size_t count = plan.people_per_node + (node == 0 ? 1 : 0);
        for (std::size_t i = 0; i < count; ++i) {
            Human who;
            who.number = humans_.size();
            who.node = node;
            who.person = world[node].add_user("user" + std::to_string(who.number));
            humans_.push_back(std::move(who));
        }
    }
}

void People::settle() {
    tests::FedNode& node = host();
    const tests::Person& boss = owner().person;
    const std::string guild =
        id_of(node.ok(Method::post, "/api/v10/guilds", boss, {{"name", "Sim"}}));
    guild_ = *protocol::parse_id<protocol::GuildId>(guild);
    owner().joined = true;
    const std::string base = "/api/v10/guilds/" + guild;
    staff_role_ = id_of(node.ok(Method::post, base + "/roles", boss, {{"name", "staff"}}));
    const json::value open = node.ok(Method::post, base + "/channels", boss, {{"name", "open"}});
    channels_.push_back(id_of(open));
    json::object staff{{"name", "staff"},
                       {"permission_overwrites", hidden_from_all(guild, staff_role_)}};
    channels_.push_back(id_of(node.ok(Method::post, base + "/channels", boss, staff)));
    json::object vault{{"name", "vault"}, {"permission_overwrites", hidden_from_all(guild, {})}};
    vault_ = id_of(node.ok(Method::post, base + "/channels", boss, vault));
    const json::object endless{{"max_age", 0}, {"max_uses", 0}};
    const json::value invite =
        node.ok(Method::post, "/api/v10/channels/" + channels_[0] + "/invites", boss, endless);
    invite_ = std::string(invite.at("code").as_string());
    for (Human& who : humans_) {
        if (!who.joined) {
            const std::string code = who.node == 0 ? invite_ : invite_ + "@" + node.name();
            world_[who.node].ok(
                Method::post, "/api/v10/invites/" + code, who.person, json::object{});
            who.joined = true;
        }
        who.next = world_.clock.now() + Nanos(static_cast<Nanos::rep>(rng_.below(1'000'000'000)));
    }
    name_heirs();
}

void People::name_heirs() {
    std::vector<std::size_t> heirs;
    json::array names;
    for (std::size_t i = 1; i <= plan_.heirs; ++i) {
        heirs.push_back(i);
        names.push_back(json::string(uids_[i]));
    }
    seats_.begin(guild_, heirs);
    if (heirs.empty()) return;
    const auto delay = std::chrono::duration_cast<std::chrono::seconds>(plan_.takeover_delay);
    host().ok(Method::patch,
              "/api/v10/guilds/" + guild_.str() + "/hosting",
              owner().person,
              {{"successors", names}, {"takeover_delay", delay.count()}});
    world_.run_until([&] {
        for (std::size_t i = 1; i < world_.size(); ++i) {
            const auto* state = world_[i].guild(guild_);
            if (!state || state->hosting.successors.size() != heirs.size()) return false;
        }
        return true;
    });
}

const protocol::GuildState* People::truth() {
    if (host().is_up()) return host().guild(guild_);
    for (std::size_t i = 0; i < world_.size(); ++i) {
        if (world_[i].is_up() && world_[i].guild(guild_)) return world_[i].guild(guild_);
    }
    return nullptr;
}

bool People::is_member(const Human& who) {
    const protocol::GuildState* state = truth();
    return state && state->members.find(who.person.id);
}

bool People::may_see(const Human& who, const std::string& channel) {
    const auto id = *protocol::parse_id<protocol::ChannelId>(channel);
    return is_member(who) && services::can_view_channel(*truth(), who.person.id, id);
}

std::vector<std::string> People::all_channels() const {
    std::vector<std::string> out = channels_;
    out.push_back(vault_);
    return out;
}

void People::join_again() {
    for (Human& who : humans_) {
        tests::FedNode& node = world_[who.node];
        if (node.is_up() && is_member(who) && !node.guild(guild_)) join(who);
    }
}

std::string People::insist() {
    std::string open = "a call";
    for (int round = 0; round < kRounds; ++round) {
        world_.run_until([&] { return false; }, 5s);
        if (auto wrong = listen(); !wrong.empty()) return wrong;
        if (!pending_.empty()) continue;
        bool is_known = true;
        std::map<std::size_t, std::size_t> tries;
        open.clear();
        for (auto& [number, said] : ledger_.all()) {
            if (said.posted != Known::asked || said.given_up) continue;
            // Nobody can be asked any more, or the nonce is forgotten.
            const bool is_old = world_.clock.now() - said.since > kNonceTime;
            if (is_old || !world_[humans_[said.author].node].is_up()) {
                said.given_up = true;
                continue;
            }
            is_known = false;
            open = "message " + std::to_string(number) + " of user " + std::to_string(said.author) +
                   ", last answered " + std::to_string(said.last_status);
            if (++tries[said.author] > kTriesAtOnce) continue;
            said.retried = true;
            send(humans_[said.author], said);
        }
        if (is_known) return {};
    }
    return "what was asked for has no end: " + open;
}

std::string People::read_files() {
    std::size_t count = 0;
    for (const auto& [number, said] : ledger_.all()) {
        const bool is_there = said.posted == Known::done && !said.deleted && !said.swept;
        if (said.file.empty() || !is_there || ++count > kFilesRead) continue;
        for (const Human& who : humans_) {
            tests::FedNode& node = world_[who.node];
            if (!node.is_up() || !may_see(who, said.channel)) continue;
            const json::value message =
                node.ok(Method::get, messages_of(said.channel) + "/" + said.id, who.person);
            const json::array& files = message.at("attachments").as_array();
            const std::string what = "the file of message " + std::to_string(number);
            if (files.size() != 1) return what + " is missing on " + node.name();
            const tests::Answer got = node.fetch(std::string(files[0].at("url").as_string()));
            if (got.status != 200 || got.body != said.file)
                return what + " cannot be read on " + node.name() + ": " +
                       std::to_string(got.status);
        }
    }
    return {};
}

void People::say_again(Said& said) {
    if (said.busy || said.last_status < 500) return;
    said.retried = true;
    send(humans_[said.author], said);
}

std::string People::probe() {
    if (auto wrong = listen(); !wrong.empty()) return wrong;
    world_.run();
    std::vector<Said*> wanted;
    for (Human& who : humans_) {
        for (const std::string& channel : channels_) {
            if (!world_[who.node].is_up() || !may_see(who, channel)) continue;
            Said& said = ledger_.add(who.number, channel);
            wanted.push_back(&said);
            send(who, said);
        }
    }
    std::string missing;
    Nanos again = world_.clock.now() + kSayAgain;
    const auto all_heard = [&] {
        missing = listen();
        if (!missing.empty()) return true;
        if (world_.clock.now() >= again) {
            again = world_.clock.now() + kSayAgain;
            for (Said* said : wanted) say_again(*said);
        }
        for (const Said* said : wanted) {
            const std::string& text = said->texts.front();
            for (const Human& who : humans_) {
                if (!world_[who.node].is_up()) continue;
                const bool heard = who.heard.contains(text);
                if (heard == may_see(who, said->channel)) continue;
                missing = "user " + std::to_string(who.number) +
                          (heard ? " heard " : " did not hear ") + text + " of user " +
                          std::to_string(said->author) + ", last answered " +
                          std::to_string(said->last_status) + " " +
                          said->last_answer.substr(0, kAnswerMax);
                return false;
            }
        }
        return pending_.empty();
    };
    if (!world_.run_until(all_heard, 30s) && missing.empty()) missing = "a probe has no answer";
    return missing;
}

}  // namespace guildhall::sim
