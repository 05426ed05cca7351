#include "tests/sim/seats.h"

#include <algorithm>
#include <iterator>

namespace guildhall::sim {

using federation::HostingKind;

void Seats::begin(protocol::GuildId guild, std::vector<std::size_t> heirs) {
    guild_ = guild;
    heirs_ = std::move(heirs);
}

std::string Seats::look(const std::vector<std::string>& channels) {
    for (std::size_t i = 0; i < world_.size(); ++i) {
        if (!world_[i].is_up()) continue;
        const protocol::GuildState* state = world_[i].guild(guild_);
        if (!state || world_[i].view().role(guild_) != journal::GuildRole::hosted) continue;
        const std::uint64_t epoch = state->hosting.epoch;
        std::size_t who = i;
        if (plant_ == Plant::second_host && by_epoch_.contains(epoch)) who = world_.size();
        const auto [seat, is_new] = by_epoch_.emplace(epoch, who);
        if (seat->second != who) return "epoch " + std::to_string(epoch) + " has two hosts";
        if (!is_new || epoch <= epoch_) continue;
        epoch_ = epoch;
        host_ = i;
        if (auto wrong = take_over(i, channels); !wrong.empty()) return wrong;
    }
    return {};
}

void Seats::note_loss() {
    safe_.clear();
    bool is_first = true;
    for (const std::size_t heir : heirs_) {
        const std::set<std::string> has = ever_posted(world_[heir], guild_);
        std::set<std::string> both;
        std::ranges::set_intersection(safe_, has, std::inserter(both, both.end()));
        safe_ = is_first ? has : both;
        is_first = false;
    }
}

std::string Seats::take_over(std::size_t node, const std::vector<std::string>& channels) {
    const auto kind = how_it_became_host(world_[node], guild_);
    if (!kind) return world_[node].name() + " hosts the guild without a certificate";
    const bool is_planned = *kind == HostingKind::transfer;
    if (!is_planned) {
        epoch_of_takeover_ = epoch_;
        ++takeovers_;
    }
    // A host knows the nonces of what was posted to it: to say a thing again to the next one is to
    // say it twice.
    for (auto& [number, said] : ledger_.all()) {
        if (said.posted == Known::asked) said.given_up = true;
    }
    for (const std::string& channel : channels) {
        Texts kept = texts_of(world_[node], channel);
        if (plant_ == Plant::lost_at_takeover)
            std::erase_if(kept, [](const auto&) { return true; });
        if (is_planned) {
            auto wrong = ledger_.check(channel, kept);
            if (!wrong.empty()) return "after the transfer, channel " + channel + ": " + wrong;
            continue;
        }
        const std::map<std::string, std::string> by_id(kept.begin(), kept.end());
        for (auto& [number, said] : ledger_.all()) {
            if (said.channel != channel || said.id.empty() || said.posted != Known::done) continue;
            if (auto wrong = strike(said, by_id); !wrong.empty()) return wrong;
        }
    }
    return {};
}

std::string Seats::strike(Said& said, const std::map<std::string, std::string>& kept) {
    const auto found = kept.find(said.id);
    const std::string what = "message " + std::to_string(said.number) + " (" + said.id + ") ";
    if (found == kept.end()) {
        if (said.deleted || said.swept) return {};
        if (safe_.contains(said.id))
            return what + "is lost with the host, though every successor had it";
        said.posted = Known::asked;
        said.given_up = true;
        return {};
    }
    // The deletion is lost, or it is still under way.
    if (said.deleted == Known::done) said.deleted = Known::asked;
    const bool known = std::ranges::find(said.texts, found->second) != said.texts.end() ||
                       std::ranges::find(said.past, found->second) != said.past.end();
    if (!known) return what + "says " + found->second + " on the new host, which nobody wrote";
    said.texts.push_back(found->second);
    return {};
}

}  // namespace guildhall::sim
