#include "tests/sim/hearings.h"

#include "federation/visibility.h"
#include "node/services/permission.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace guildhall::sim {
namespace {

bool may_hear(const protocol::GuildState& state, const Heard& heard) {
    if (!state.members.find(heard.user)) return false;
    if (heard.channel.value == 0) return true;
    return services::can_view_channel(state, heard.user, heard.channel);
}

/// The control log's size up to which what was heard in an epoch is still the guild's past.
std::uint64_t end_of(const Past& past, std::uint64_t epoch) {
    const auto next = past.epochs.upper_bound(epoch);
    return next == past.epochs.end() ? past.states.size() : next->second;
}

/// The last size of the control log at which the node might have the log; nothing: at none.
std::optional<std::uint64_t> last_right(const Past& past,
                                        const std::string& uid,
                                        std::uint64_t log_id) {
    for (std::size_t size = past.states.size(); size-- > 0;) {
        if (federation::may_have(past.states[size], uid, log_id)) return size;
    }
    return std::nullopt;
}

}  // namespace

void Hearings::add(Heard heard) {
    if (!all_.empty()) {
        const Heard& last = all_.back();
        if (std::tie(last.human, last.channel, last.from, last.to, last.epoch) ==
                std::tie(heard.human, heard.channel, heard.from, heard.to, heard.epoch) &&
            last.size_before == heard.size_before)
            return;
    }
    all_.push_back(std::move(heard));
}

std::string Hearings::check(const Past& past) const {
    for (const Heard& heard : all_) {
        // A state that the next host never had.
        if (heard.to > end_of(past, heard.epoch)) continue;
        if (heard.size_before > end_of(past, heard.epoch_before)) continue;
        const std::uint64_t to = std::min<std::uint64_t>(heard.to, past.states.size() - 1);
        bool allowed = false;
        for (std::uint64_t size = heard.from; size <= to && !allowed; ++size)
            allowed = may_hear(past.states[size], heard);
        if (allowed) continue;
        return "user " + std::to_string(heard.human) + " was told of a " + heard.event +
               " in channel " + heard.channel.str() + " that they may not see, between " +
               std::to_string(heard.from) + " and " + std::to_string(to) + " control entries";
    }
    return {};
}

std::string check_held(const Past& past, tests::FedNode& node, protocol::GuildId guild) {
    const std::string uid(node.uid().text());
    for (const auto& [log_id, row] : logs_of(node, guild)) {
        const auto last = last_right(past, uid, log_id);
        const std::string name = "log " + std::to_string(log_id) + " of " + node.name();
        if (!last) return name + ": nobody there may see it, ever";
        for (const auto& [seq, header] : headers_of(node, row)) {
            const std::uint64_t decided =
                log_id == federation::kControlLog ? seq : header.control_seq;
            if (decided <= *last) continue;
            return name + " has entry " + std::to_string(seq) + ", of control size " +
                   std::to_string(decided) + "; nobody there may see it after " +
                   std::to_string(*last);
        }
    }
    return {};
}

}  // namespace guildhall::sim
