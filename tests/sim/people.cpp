#include "tests/sim/people.h"

#include "node/services/permission.h"
#include "protocol/permissions.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace guildhall::sim {

using namespace std::chrono_literals;
using tests::Answer;
namespace json = boost::json;

namespace {

constexpr const char* kView = "1024";
/// Longer than a command is tried.
constexpr base::Nanos kPatience = 90s;

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

People::People(const Plan& plan, tests::FedNodes& world, Trace& trace)
    : plan_(plan), world_(world), trace_(trace), rng_(plan.seed * 101 + 3) {
    for (std::size_t node = 0; node < world.size(); ++node) {
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
}

// -- Sessions -------------------------------------------------------------------------------------

void People::connect(Human& who) {
    tests::FedNode& node = world_[who.node];
    if (!node.is_up()) {
        who.client = nullptr;
        return;
    }
    if (who.client && who.client_start == node.starts && who.client->close_code() == 0) return;
    if (who.client && who.client_start == node.starts) node.disconnect(*who.client);
    who.client = &node.connect(who.person);
    who.client_start = node.starts;
    who.s = 0;
    who.newest.clear();
    who.heard.clear();
}

std::string People::hear(Human& who) {
    tests::FedNode& node = world_[who.node];
    if (!who.client || !node.is_up() || who.client_start != node.starts) return {};
    const auto frames = who.client->frames();
    who.client->forget();
    for (const json::object& frame : frames) {
        if (frame.at("op") != 0) continue;
        if (auto wrong = hear_dispatch(who, frame); !wrong.empty()) {
            return "session of user " + std::to_string(who.number) + ": " + wrong;
        }
    }
    return {};
}

std::string People::hear_dispatch(Human& who, const json::object& frame) {
    const auto s = frame.at("s").to_number<std::uint64_t>();
    if (s != who.s + 1) return "dispatch " + std::to_string(s) + " after " + std::to_string(who.s);
    who.s = s;
    const std::string name(frame.at("t").as_string());
    trace_.add(who.number);
    trace_.add(name);
    const json::value& d = frame.at("d");
    trace_.add(json::serialize(d));
    if (name != "MESSAGE_CREATE" && name != "MESSAGE_UPDATE") return {};
    const std::string channel(d.at("channel_id").as_string());
    const std::string text(d.at("content").as_string());
    if (channel == vault_ && who.number != 0) return "was told of a message in the vault";
    if (name != "MESSAGE_CREATE") return {};
    if (!text.empty() && !who.heard.insert(text).second) return "was told of " + text + " twice";
    // One that was edited before it came is told of by the edit, after later ones perhaps.
    const auto* edited = d.as_object().if_contains("edited_timestamp");
    if (edited && edited->is_string()) return {};
    const std::uint64_t id = std::stoull(id_of(d));
    if (id <= std::exchange(who.newest[channel], id)) return text + " came out of its order";
    return {};
}

std::string People::listen() {
    for (Human& who : humans_) {
        if (auto wrong = hear(who); !wrong.empty()) return wrong;
        connect(who);
    }
    std::vector<Pending> open;
    open.swap(pending_);
    for (Pending& pending : open) {
        Human& who = humans_[pending.human];
        tests::FedNode& node = world_[who.node];
        const bool is_dead = !node.is_up() || node.starts != pending.start;
        if (pending.call->answer) {
            trace_.add(static_cast<std::uint64_t>(pending.call->answer->status));
            trace_.add(pending.call->answer->body);
        } else if (!is_dead) {
            if (world_.clock.now() - pending.since > kPatience) {
                return "no answer to " + std::string(pending.call->request.target());
            }
            pending_.push_back(std::move(pending));
            continue;
        }
        --who.busy;
        pending.then(pending.call->answer ? &*pending.call->answer : nullptr);
    }
    return {};
}

// -- Doing things ---------------------------------------------------------------------------------

Nanos People::next() const {
    Nanos next = Nanos::max();
    for (const Human& who : humans_) next = std::min(next, who.next);
    return next;
}

void People::act() {
    for (Human& who : humans_) {
        if (who.next > world_.clock.now()) continue;
        const auto pause = static_cast<std::uint64_t>(plan_.pause.count());
        who.next = world_.clock.now() + Nanos(static_cast<Nanos::rep>(1 + rng_.below(2 * pause)));
        if (world_[who.node].is_up() && who.busy < 3) do_something(who);
    }
}

void People::ask(
    Human& who, Method method, const std::string& path, const json::value& body, Then then) {
    tests::FedNode& node = world_[who.node];
    if (!node.is_up()) return then(nullptr);
    ++who.busy;
    pending_.push_back({node.begin(method, path, who.person, body),
                        who.number,
                        node.starts,
                        world_.clock.now(),
                        std::move(then)});
}

void People::do_something(Human& who) {
    const std::uint64_t dice = rng_.below(100);
    if (dice < 55) return post(who);
    if (dice < 68) return edit(who);
    if (dice < 78) return erase(who);
    if (dice < 86) return react(who);
    if (dice < 92) return type(who);
    if (who.number == 0) return rule(who);
    post(who);
}

std::string People::any_channel() { return channels_[rng_.below(channels_.size())]; }

Said* People::own(const Human& who) {
    std::vector<Said*> free;
    for (auto& [number, said] : ledger_.all()) {
        const bool is_whole = said.posted == Known::done && !said.deleted && !said.busy;
        if (is_whole && said.author == who.number) free.push_back(&said);
    }
    return free.empty() ? nullptr : free[rng_.below(free.size())];
}

void People::send(Human& who, Said& said) {
    said.busy = true;
    const json::object body{{"content", said.texts.front()},
                            {"nonce", "n" + std::to_string(said.number)},
                            {"enforce_nonce", true}};
    ask(who,
        Method::post,
        messages_of(said.channel),
        body,
        [this, number = said.number](const Answer* answer) {
            Said& now = ledger_.at(number);
            now.busy = false;
            if (answer && answer->status == 200) {
                now.posted = Known::done;
                now.id = id_of(answer->json());
            } else if (answer && answer->status / 100 == 4 && answer->status != 429) {
                now.given_up = now.retried;
                if (!now.retried) now.posted = Known::refused;
            }
        });
}

void People::post(Human& who) {
    std::string channel = any_channel();
    if (who.number == 0 && rng_.below(8) == 0) channel = vault_;
    Said& said = ledger_.add(who.number, channel);
    if (channel == vault_) said.texts.front() += " " + std::string(kSecret);
    send(who, said);
}

void People::edit(Human& who) {
    Said* said = own(who);
    if (!said) return post(who);
    said->busy = true;
    std::string text =
        "m" + std::to_string(said->number) + " " + std::to_string(rng_.below(1'000'000'000));
    if (said->channel == vault_) text += " " + std::string(kSecret);
    said->texts.push_back(text);
    ask(who,
        Method::patch,
        messages_of(said->channel) + "/" + said->id,
        json::object{{"content", text}},
        [this, number = said->number, text](const Answer* answer) {
            Said& now = ledger_.at(number);
            // What nobody knows the end of may still come, for ten minutes: it stays as it is.
            now.busy = !answer || answer->status >= 500;
            if (answer && answer->status == 200) now.texts = {text};
            if (answer && answer->status / 100 == 4) std::erase(now.texts, text);
        });
}

void People::erase(Human& who) {
    Said* said = own(who);
    if (!said) return post(who);
    said->busy = true;
    said->deleted = Known::asked;
    ask(who,
        Method::del,
        messages_of(said->channel) + "/" + said->id,
        nullptr,
        [this, number = said->number](const Answer* answer) {
            Said& now = ledger_.at(number);
            now.busy = !answer || answer->status >= 500;
            if (answer && answer->status == 204) now.deleted = Known::done;
            if (answer && answer->status / 100 == 4 && answer->status != 404) now.deleted.reset();
        });
}

void People::react(Human& who) {
    std::vector<const Said*> there;
    for (const auto& [number, said] : ledger_.all()) {
        if (said.posted == Known::done && !said.deleted) there.push_back(&said);
    }
    if (there.empty()) return post(who);
    const Said& said = *there[rng_.below(there.size())];
    const std::string path =
        messages_of(said.channel) + "/" + said.id + "/reactions/%F0%9F%91%8D/@me";
    const Method method = rng_.below(3) == 0 ? Method::del : Method::put;
    ask(who, method, path, nullptr, [](const Answer*) {});
}

void People::type(Human& who) {
    ask(who, Method::post, "/api/v10/channels/" + any_channel() + "/typing", nullptr, [](auto) {});
}

void People::rule(Human& who) {
    const std::string guild = "/api/v10/guilds/" + guild_.str();
    const std::uint64_t dice = rng_.below(10);
    if (dice < 6) {
        const Human& other = humans_[1 + rng_.below(humans_.size() - 1)];
        const std::string path =
            guild + "/members/" + other.person.id.str() + "/roles/" + staff_role_;
        ask(who, rng_.below(2) == 0 ? Method::put : Method::del, path, nullptr, [](auto) {});
    } else if (dice < 8 && made_channels_ < 3) {
        const json::object body{{"name", "room" + std::to_string(++made_channels_)}};
        ask(who, Method::post, guild + "/channels", body, [this](const Answer* answer) {
            if (answer && answer->status == 201) channels_.push_back(id_of(answer->json()));
        });
    } else {
        const json::object body{{"topic", "topic " + std::to_string(rng_.below(1000))}};
        ask(who, Method::patch, "/api/v10/channels/" + any_channel(), body, [](auto) {});
    }
}

// -- At the end -----------------------------------------------------------------------------------

bool People::may_see(const Human& who, const std::string& channel) {
    const auto id = *protocol::parse_id<protocol::ChannelId>(channel);
    const auto bits = services::channel_permissions(
        *host().guild(guild_), who.person.id, id, world_.clock.unix_ms());
    return bits.has(protocol::permissions::kViewChannel);
}

std::string People::insist() {
    for (int round = 0; round < 20; ++round) {
        world_.run_until([&] { return false; }, 5s);
        if (auto wrong = listen(); !wrong.empty()) return wrong;
        if (!pending_.empty()) continue;
        bool is_known = true;
        for (auto& [number, said] : ledger_.all()) {
            if (said.posted != Known::asked || said.given_up) continue;
            is_known = false;
            said.retried = true;
            send(humans_[said.author], said);
        }
        if (is_known) return {};
    }
    return "what was asked for has no end";
}

std::string People::probe() {
    if (auto wrong = listen(); !wrong.empty()) return wrong;
    world_.run();
    struct Wanted {
        std::string channel, text;
    };
    std::vector<Wanted> wanted;
    for (Human& who : humans_) {
        for (const std::string& channel : channels_) {
            if (!may_see(who, channel)) continue;
            Said& said = ledger_.add(who.number, channel);
            wanted.push_back({channel, said.texts.front()});
            send(who, said);
        }
    }
    std::string missing;
    const auto all_heard = [&] {
        missing = listen();
        if (!missing.empty()) return true;
        for (const Wanted& w : wanted) {
            for (const Human& who : humans_) {
                const bool heard = who.heard.contains(w.text);
                if (heard == may_see(who, w.channel)) continue;
                missing = "user " + std::to_string(who.number) +
                          (heard ? " heard " : " did not hear ") + w.text;
                return false;
            }
        }
        return pending_.empty();
    };
    if (!world_.run_until(all_heard, 30s) && missing.empty()) missing = "a probe has no answer";
    return missing;
}

}  // namespace guildhall::sim
