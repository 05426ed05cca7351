// What the owner does: roles, channels, and who is removed from the guild.
#include "federation/bytes.h"
#include "tests/sim/people.h"

#include <utility>

namespace guildhall::sim {

namespace json = boost::json;

namespace {

constexpr const char* kView = "1024";
constexpr std::int64_t kBanDeleteSeconds = 7 * 24 * 3600;

}  // namespace

void People::rule(Human& who) {
    if (plan_.moderation && rng_.below(2) == 0) return moderate(who);
    if (plan_.mixed_versions && rng_.below(4) == 0) return make_role(who);
    if (rng_.below(10) < 6) return give_role(who);
    change_channels(who);
}

/// One that nobody gets.
void People::make_role(Human& who) {
    const json::object body{{"name", "role" + std::to_string(rng_.below(1000))}};
    ask(who, Method::post, "/api/v10/guilds/" + guild_.str() + "/roles", body, [](auto) {});
}

void People::give_role(Human& who) {
    const Human& other = humans_[1 + rng_.below(humans_.size() - 1)];
    const std::string path = "/api/v10/guilds/" + guild_.str() + "/members/" +
                             other.person.id.str() + "/roles/" + staff_role_;
    ask(who, rng_.below(2) == 0 ? Method::put : Method::del, path, nullptr, [](auto) {});
}

void People::change_channels(Human& who) {
    if (rng_.below(2) == 0 && made_channels_ < 3) {
        const json::object body{{"name", "room" + std::to_string(++made_channels_)}};
        const std::string path = "/api/v10/guilds/" + guild_.str() + "/channels";
        ask(who, Method::post, path, body, [this](const Outcome& end) {
            if (end.status() != 201) return;
            channels_.emplace_back(end.answer->json().at("id").as_string());
        });
        return;
    }
    const json::object body{{"topic", "topic " + std::to_string(rng_.below(1000))}};
    ask(who, Method::patch, "/api/v10/channels/" + any_channel(), body, [](auto) {});
}

void People::moderate(Human& who) {
    Human& other = humans_[1 + rng_.below(humans_.size() - 1)];
    const std::uint64_t dice = rng_.below(10);
    if (dice < 3) return hide(who);
    if (dice < 5) return ban(who, other);
    if (dice < 7) return ban_node(who);
    const std::string guild = "/api/v10/guilds/" + guild_.str();
    const std::string path = guild + "/members/" + other.person.id.str();
    ask(who, Method::del, path, nullptr, [](auto) {});
}

/// Bans who is not banned, and lifts the ban of who is.
void People::ban(Human& who, Human& other) {
    const std::string path = "/api/v10/guilds/" + guild_.str() + "/bans/" + other.person.id.str();
    const protocol::GuildState* state = world_[who.node].guild(guild_);
    if (state && state->bans.find(other.person.id))
        return ask(who, Method::del, path, nullptr, [](auto) {});
    const bool sweeps = rng_.below(3) == 0;
    if (sweeps) {
        for (auto& [number, said] : ledger_.all()) {
            if (said.author == other.number) said.swept = true;
        }
    }
    const json::object body{{"delete_message_seconds", sweeps ? kBanDeleteSeconds : 0}};
    ask(who, Method::put, path, body, [](auto) {});
}

void People::ban_node(Human& who) {
    if (world_.size() == 1) return give_role(who);
    const std::size_t node = 1 + rng_.below(world_.size() - 1);
    // A successor that is banned is none any more: seeds of that kind keep theirs.
    if (node <= plan_.heirs || !world_[node].is_up()) return give_role(who);
    const std::string uid(world_[node].uid().text());
    const protocol::GuildState* state = world_[who.node].guild(guild_);
    const bool is_banned = state && state->node_bans.find(uid);
    ask(who,
        is_banned ? Method::del : Method::put,
        "/api/v10/guilds/" + guild_.str() + "/node-bans/" + uids_[node],
        nullptr,
        [](auto) {});
}

/// Any channel but the first, which everybody has.
void People::hide(Human& who) {
    const std::string channel = channels_[1 + rng_.below(channels_.size() - 1)];
    const bool hides = rng_.below(3) != 0;
    const json::object body{
        {"type", 0}, {"allow", hides ? "0" : kView}, {"deny", hides ? kView : "0"}};
    ask(who,
        Method::put,
        "/api/v10/channels/" + channel + "/permissions/" +
            (rng_.below(3) == 0 ? staff_role_ : guild_.str()),
        body,
        [](auto) {});
}

void People::hand_over(std::size_t node) {
    const std::string path = "/api/v10/guilds/" + guild_.str() + "/hosting/transfer";
    const json::object body{{"node", uids_[node]}};
    ask(owner(), Method::post, path, body, [](auto) {});
}

}  // namespace guildhall::sim
