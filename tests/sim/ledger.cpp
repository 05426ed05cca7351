#include "tests/sim/ledger.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace guildhall::sim {

Said& Ledger::add(std::size_t author, std::string channel) {
    const std::uint64_t number = said_.size() + 1;
    Said& said = said_[number];
    said.number = number;
    said.author = author;
    said.channel = std::move(channel);
    said.texts = {"m" + std::to_string(number)};
    return said;
}

void Ledger::forget_channel(const std::string& channel) {
    for (auto& [number, said] : said_) {
        if (said.channel == channel) said.deleted = Known::done;
    }
}

std::string Ledger::check(const std::string& channel,
                          const std::vector<std::pair<std::string, std::string>>& kept) const {
    std::set<std::uint64_t> seen;
    for (const auto& [id, text] : kept) {
        const std::uint64_t number = number_of(text);
        if (number == 0) continue;  // Of the system, or of nobody in the ledger.
        const auto known = said_.find(number);
        const std::string what = "message " + std::to_string(number) + " (" + id + ") ";
        if (known == said_.end()) return what + "was said by nobody";
        const Said& said = known->second;
        if (!seen.insert(number).second) return what + "is there twice";
        if (said.channel != channel) return what + "is in another channel";
        if (said.posted == Known::refused) return what + "was refused and is there";
        if (said.deleted == Known::done) return what + "was deleted and is there";
        if (!said.id.empty() && said.id != id) return what + "was acknowledged as " + said.id;
        if (std::ranges::find(said.texts, text) == said.texts.end()) {
            return what + "says " + text + ", which is over";
        }
    }
    for (const auto& [number, said] : said_) {
        if (said.channel != channel || said.posted != Known::done) continue;
        if (said.deleted || said.swept) continue;
        if (!seen.contains(number)) {
            return "message " + std::to_string(number) + " (" + said.id +
                   ") was acknowledged and is lost";
        }
    }
    return {};
}

std::uint64_t number_of(std::string_view text) {
    std::uint64_t number = 0;
    if (!text.starts_with('m')) return 0;
    std::from_chars(text.data() + 1, text.data() + text.size(), number);
    return number;
}

}  // namespace guildhall::sim
