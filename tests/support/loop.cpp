#include "tests/support/loop.h"

namespace guildhall::tests {

void RecordingLog::write(base::LogLevel level,
                         std::string_view category,
                         std::string_view message,
                         std::initializer_list<base::LogField> fields) {
    constexpr const char* kNames[] = {"trace", "debug", "info", "warn", "error", "off"};
    std::string line = kNames[static_cast<int>(level)];
    line += " " + std::string(category) + ": " + std::string(message);
    for (const base::LogField& field : fields) {
        line += " " + std::string(field.key) + "=" + field.value;
    }
    lines.push_back(std::move(line));
}

bool RecordingLog::contains(std::string_view text) const {
    for (const auto& line : lines) {
        if (line.find(text) != line.npos) return true;
    }
    return false;
}

void Loop::advance(base::Nanos by) {
    run();
    const base::Nanos target = clock.now() + by;
    for (;;) {
        std::optional<base::Nanos> next;
        for (unsigned i = 0; i < shards.count(); ++i) {
            const auto at = shard(i).timers().next_deadline();
            if (at && (!next || *at < *next)) next = at;
        }
        if (!next || *next > target) break;
        clock.advance(std::max(*next - clock.now(), base::Nanos{0}));
        run();
    }
    clock.advance(target - clock.now());
    run();
}

}  // namespace guildhall::tests
