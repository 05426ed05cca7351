// What people's sessions hear, and the answers to what they asked for.
#include "tests/sim/people.h"

#include <limits>
#include <utility>

namespace guildhall::sim {

using namespace std::chrono_literals;
namespace json = boost::json;

namespace {

/// Longer than a command is tried.
constexpr base::Nanos kPatience = 90s;

bool is_post(const json::object& frame) {
    return frame.at("op") == 0 && frame.at("t") == "MESSAGE_CREATE";
}

void put_after(std::vector<json::object>& frames, std::size_t at, json::object frame) {
    for (std::size_t i = at + 1; i < frames.size(); ++i) {
        if (frames[i].at("op") == 0) frames[i]["s"] = frames[i].at("s").to_number<int>() + 1;
    }
    frame["s"] = frames[at].at("s").to_number<int>() + 1;
    frames.insert(frames.begin() + static_cast<std::ptrdiff_t>(at) + 1, std::move(frame));
}

}  // namespace

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
    who.added = 0;
    who.newest.clear();
    who.heard.clear();
    const protocol::GuildState* state = node.guild(guild_);
    who.control_size = state ? std::optional(state->control_size) : std::nullopt;
    who.epoch = state ? state->hosting.epoch : 0;
}

std::string People::hear(Human& who) {
    tests::FedNode& node = world_[who.node];
    if (!who.client || !node.is_up() || who.client_start != node.starts) return {};
    std::vector<json::object> frames = who.client->frames();
    who.client->forget();
    if (plant_ != Plant::none) spoil(who, frames);
    for (const json::object& frame : frames) {
        if (frame.at("op") != 0) continue;
        if (auto wrong = hear_dispatch(who, frame); !wrong.empty()) {
            return "session of user " + std::to_string(who.number) + ": " + wrong;
        }
    }
    const protocol::GuildState* state = node.guild(guild_);
    who.control_size = state ? std::optional(state->control_size) : std::nullopt;
    if (state && std::exchange(who.epoch, state->hosting.epoch) != state->hosting.epoch) {
        // What went with the last host may be said again.
        who.heard.clear();
        who.newest.clear();
    }
    return {};
}

/// Makes a fault of its kind in what one session heard, once.
void People::spoil(Human& who, std::vector<json::object>& frames) {
    for (json::object& frame : frames) {
        if (frame.at("op") == 0) frame["s"] = frame.at("s").to_number<std::uint64_t>() + who.added;
    }
    std::size_t at = 0;
    while (at < frames.size() && !is_post(frames[at])) ++at;
    if (is_planted_ || at == frames.size()) return;
    const json::object& d = frames[at].at("d").as_object();
    const bool has_text = !d.at("content").as_string().empty();
    if (plant_ == Plant::lost_dispatch) {
        frames.erase(frames.begin() + static_cast<std::ptrdiff_t>(at));
        is_planted_ = true;
    } else if (plant_ == Plant::repeated_dispatch && has_text) {
        put_after(frames, at, frames[at]);
        ++who.added;
        is_planted_ = true;
    } else if (plant_ == Plant::leaked_dispatch && who.number != 0) {
        json::object leak = frames[at];
        json::object& inner = leak.at("d").as_object();
        inner["channel_id"] = channels_[1];
        inner["content"] = "";
        if (may_see(who, channels_[1])) return;
        put_after(frames, at, std::move(leak));
        ++who.added;
        is_planted_ = true;
    } else if (plant_ == Plant::swapped_dispatch) {
        for (std::size_t next = at + 1; next < frames.size(); ++next) {
            if (!is_post(frames[next])) continue;
            if (frames[next].at("d").at("channel_id") != d.at("channel_id")) continue;
            std::swap(frames[next].at("d"), frames[at].at("d"));
            is_planted_ = true;
            return;
        }
    }
}

/// For the Hearings: told by the states that the node went through since it was last listened to.
void People::note(Human& who, const std::string& name, const json::value& d) {
    const json::object* object = d.if_object();
    const json::value* guild = object ? object->if_contains("guild_id") : nullptr;
    if (!guild || !guild->is_string() || guild->as_string() != guild_.str()) return;
    const protocol::GuildState* state = world_[who.node].guild(guild_);
    Heard heard{.human = who.number, .user = who.person.id, .event = name};
    const json::value* channel = object->if_contains("channel_id");
    if (channel && channel->is_string())
        heard.channel = *protocol::parse_id<protocol::ChannelId>(channel->as_string());
    heard.epoch = state ? state->hosting.epoch : who.epoch;
    heard.to = state ? state->control_size : std::numeric_limits<std::uint64_t>::max();
    heard.from = heard.epoch == who.epoch ? who.control_size.value_or(0) : 0;
    heard.epoch_before = who.epoch;
    heard.size_before = who.control_size.value_or(0);
    hearings_.add(std::move(heard));
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
    note(who, name, d);
    if (name != "MESSAGE_CREATE" && name != "MESSAGE_UPDATE") return {};
    const std::string channel(d.at("channel_id").as_string());
    const std::string text(d.at("content").as_string());
    if (channel == vault_ && who.number != 0) return "was told of a message in the vault";
    if (name != "MESSAGE_CREATE") return {};
    if (!text.empty() && !who.heard.insert(text).second) return "was told of " + text + " twice";
    // One that was edited before it came is told of by the edit, after later ones perhaps.
    const auto* edited = d.as_object().if_contains("edited_timestamp");
    if (edited && edited->is_string()) return {};
    const std::uint64_t id = std::stoull(std::string(d.at("id").as_string()));
    if (id <= std::exchange(who.newest[channel], id)) return text + " came out of its order";
    return {};
}

std::string People::listen() {
    if (auto wrong = seats_.look(all_channels()); !wrong.empty()) return wrong;
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
        pending.then({pending.call->answer ? &*pending.call->answer : nullptr,
                      pending.epoch >= seats_.epoch_of_takeover()});
    }
    return {};
}

}  // namespace guildhall::sim
