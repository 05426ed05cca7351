// What everybody does: they post, edit, delete, react, type, and come back when they were removed.
#include "tests/sim/people.h"

#include <algorithm>
#include <utility>

namespace guildhall::sim {

using tests::Answer;
namespace json = boost::json;

namespace {

/// More than one part of a file on its way, now and then.
constexpr std::uint64_t kFileBytesMax = 150'000;

}  // namespace

Nanos People::next() const {
    Nanos next = Nanos::max();
    for (const Human& who : humans_) next = std::min(next, who.next);
    return next;
}

void People::act() {
    for (Human& who : humans_) {
        if (who.next > world_.clock.now()) continue;
        const auto pause = static_cast<std::uint64_t>(plan_.pause.count()) * slowness_;
        who.next = world_.clock.now() + Nanos(static_cast<Nanos::rep>(1 + rng_.below(2 * pause)));
        if (world_[who.node].is_up() && who.busy < 3) do_something(who);
    }
}

void People::ask(
    Human& who, Method method, const std::string& path, const json::value& body, Then then) {
    tests::FedNode& node = world_[who.node];
    if (!node.is_up()) return then({});
    ++who.busy;
    wait_for(who, node.begin(method, path, who.person, body), std::move(then));
}

void People::wait_for(Human& who, std::shared_ptr<tests::PendingCall> call, Then then) {
    tests::FedNode& node = world_[who.node];
    const protocol::GuildState* state = node.guild(guild_);
    pending_.push_back({std::move(call),
                        who.number,
                        node.starts,
                        world_.clock.now(),
                        state ? state->hosting.epoch : 0,
                        std::move(then)});
}

void People::do_something(Human& who) {
    if (who.number != 0 && !is_member(who) && rng_.below(3) == 0) return join(who);
    const std::uint64_t dice = rng_.below(100);
    if (dice < 55) return post(who);
    if (dice < 68) return edit(who);
    if (dice < 78) return erase(who);
    if (dice < 86) return react(who);
    if (dice < 92) return type(who);
    if (who.number == 0) return rule(who);
    post(who);
}

/// Whoever was removed comes back, unless that was a ban.
void People::join(Human& who) {
    const std::string at = who.node == seats_.host() ? "" : "@" + host().name();
    ask(who, Method::post, "/api/v10/invites/" + invite_ + at, json::object{}, [](auto) {});
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
    if (said.since == Nanos{}) said.since = world_.clock.now();
    const json::object body{{"content", said.texts.front()},
                            {"nonce", "n" + std::to_string(said.number)},
                            {"enforce_nonce", true}};
    const Then then = [this, number = said.number](const Outcome& end) {
        Said& now = ledger_.at(number);
        now.busy = false;
        now.last_status = end.status();
        now.last_answer = end.answer ? end.answer->body : std::string();
        if (end.status() == 200) {
            now.id = std::string(end.answer->json().at("id").as_string());
            now.posted = end.is_firm ? Known::done : Known::asked;
            now.given_up = !end.is_firm;
        } else if (end.status() / 100 == 4 && end.status() != 429) {
            now.given_up = now.retried || !end.is_firm;
            if (!now.given_up) now.posted = Known::refused;
        }
    };
    const std::string path = messages_of(said.channel);
    tests::FedNode& node = world_[who.node];
    if (said.file.empty() || !node.is_up()) return ask(who, Method::post, path, body, then);
    ++who.busy;
    wait_for(who, node.begin_upload(path, who.person, body, said.file), then);
}

void People::post(Human& who) {
    std::string channel = any_channel();
    if (who.number == 0 && rng_.below(8) == 0) channel = vault_;
    Said& said = ledger_.add(who.number, channel);
    if (channel == vault_) said.texts.front() += " " + std::string(kSecret);
    if (plan_.files && rng_.below(5) == 0) {
        said.file = "file of " + said.texts.front();
        said.file.resize(said.file.size() + rng_.below(kFileBytesMax), '.');
    }
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
        [this, number = said->number, text](const Outcome& end) {
            Said& now = ledger_.at(number);
            // What nobody knows the end of may still come, for ten minutes: it stays as it is.
            now.busy = end.status() == 0 || end.status() >= 500;
            if (!end.is_firm) return;
            if (end.status() == 200) {
                now.past.insert(now.past.end(), now.texts.begin(), now.texts.end());
                now.texts = {text};
            }
            if (end.status() / 100 == 4) std::erase(now.texts, text);
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
        [this, number = said->number](const Outcome& end) {
            Said& now = ledger_.at(number);
            now.busy = end.status() == 0 || end.status() >= 500;
            if (!end.is_firm) return;
            if (end.status() == 204) now.deleted = Known::done;
            if (end.status() / 100 == 4 && end.status() != 404) now.deleted.reset();
        });
}

void People::react(Human& who) {
    // Its version may have none.
    if (world_[who.node].unknown_kind) return post(who);
    std::vector<const Said*> there;
    for (const auto& [number, said] : ledger_.all()) {
        if (said.posted == Known::done && !said.deleted) there.push_back(&said);
    }
    if (there.empty()) return post(who);
    const Said& said = *there[rng_.below(there.size())];
    const std::string path =
        messages_of(said.channel) + "/" + said.id + "/reactions/%F0%9F%91%8D/@me";
    const Method method = rng_.below(3) == 0 ? Method::del : Method::put;
    ask(who, method, path, nullptr, [](auto) {});
}

void People::type(Human& who) {
    ask(who, Method::post, "/api/v10/channels/" + any_channel() + "/typing", nullptr, [](auto) {});
}

}  // namespace guildhall::sim
