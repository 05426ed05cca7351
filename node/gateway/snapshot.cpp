#include "node/gateway/snapshot.h"

#include <algorithm>
#include <cstring>

namespace guildhall::gateway {
namespace {

constexpr std::uint8_t kVersion = 1;
/// Guilds and slots that damaged bytes may claim before memory is asked for.
constexpr std::uint64_t kListMax = 1 << 16;

/// Unsigned LEB128, and texts with their length before them.
class Writer {
  public:
    void number(std::uint64_t n) {
        for (; n >= 0x80; n >>= 7) out_ += static_cast<char>(n | 0x80);
        out_ += static_cast<char>(n);
    }
    void bytes(std::string_view text) { out_ += text; }
    void text(std::string_view text) {
        number(text.size());
        out_ += text;
    }
    std::string take() { return std::move(out_); }

  private:
    std::string out_;
};

class Reader {
  public:
    explicit Reader(std::string_view bytes) : left_(bytes) {}

    std::uint64_t number() {
        std::uint64_t n = 0;
        for (int shift = 0; shift < 64 && !left_.empty(); shift += 7) {
            const auto byte = static_cast<std::uint8_t>(left_.front());
            left_.remove_prefix(1);
            n |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
            if (byte < 0x80) return n;
        }
        sound_ = false;
        return 0;
    }
    std::string_view bytes(std::size_t count) {
        if (count > left_.size()) {
            sound_ = false;
            return {};
        }
        const std::string_view out = left_.substr(0, count);
        left_.remove_prefix(count);
        return out;
    }
    std::string_view text() { return bytes(number()); }
    /// A list's length; 0 for one that cannot be.
    std::uint64_t count() {
        const std::uint64_t n = number();
        if (n > kListMax) sound_ = false;
        return sound_ ? n : 0;
    }
    bool is_sound() const { return sound_; }
    bool is_done() const { return sound_ && left_.empty(); }

  private:
    std::string_view left_;
    bool sound_ = true;
};

void write_identity(Writer& w, const Identity& who) {
    w.number(who.user.value);
    w.bytes({reinterpret_cast<const char*>(who.token.data()), who.token.size()});
    w.number(who.capabilities);
    w.number(who.intents);
    w.number(who.shard_id);
    w.number(who.shard_count);
    w.number(who.large_threshold);
    w.number(who.version);
    w.number(who.bot);
    w.number(who.compress);
    w.number(who.client);
}

Identity read_identity(Reader& r) {
    Identity who;
    who.user = protocol::UserId(r.number());
    const std::string_view token = r.bytes(who.token.size());
    if (token.size() == who.token.size()) std::memcpy(who.token.data(), token.data(), token.size());
    who.capabilities = r.number();
    who.intents = static_cast<std::uint32_t>(r.number());
    who.shard_id = static_cast<std::uint16_t>(r.number());
    who.shard_count = static_cast<std::uint16_t>(r.number());
    who.large_threshold = static_cast<std::uint16_t>(r.number());
    who.version = static_cast<std::uint8_t>(r.number());
    who.bot = r.number() != 0;
    who.compress = r.number() != 0;
    who.client = static_cast<std::uint8_t>(std::min<std::uint64_t>(r.number(), 2));
    return who;
}

/// A slot is its kind and part, and where it has a place in a log: the log by its number in the
/// list of logs, the sequence, the time.
bool has_place(RecordKind kind) { return kind != RecordKind::ephemeral; }

using Logs = std::vector<std::pair<protocol::GuildId, std::uint64_t>>;

std::size_t log_number(Logs& logs, const Source& source) {
    const std::pair key(source.guild, source.log_id);
    const auto at = std::find(logs.begin(), logs.end(), key);
    if (at != logs.end()) return static_cast<std::size_t>(at - logs.begin());
    logs.push_back(key);
    return logs.size() - 1;
}

void write_slots(Writer& w, const std::vector<Snapshot::Slot>& slots) {
    Logs logs;
    for (const auto& slot : slots) {
        if (has_place(slot.kind)) log_number(logs, slot.source);
    }
    w.number(logs.size());
    for (const auto& [guild, log] : logs) {
        w.number(guild.value);
        w.number(log);
    }
    w.number(slots.size());
    for (const auto& slot : slots) {
        w.number(static_cast<std::uint64_t>(slot.kind) | static_cast<std::uint64_t>(slot.part)
                                                             << 3);
        if (!has_place(slot.kind)) continue;
        w.number(log_number(logs, slot.source));
        w.number(slot.source.seq);
        w.number(static_cast<std::uint64_t>(slot.source.ts_ms));
    }
}

bool read_slots(Reader& r, std::vector<Snapshot::Slot>& slots) {
    Logs logs(r.count());
    for (auto& [guild, log] : logs) {
        guild = protocol::GuildId(r.number());
        log = r.number();
    }
    slots.resize(r.count());
    for (auto& slot : slots) {
        const std::uint64_t head = r.number();
        if ((head & 7) > static_cast<std::uint64_t>(RecordKind::ephemeral)) return false;
        slot.kind = static_cast<RecordKind>(head & 7);
        slot.part = static_cast<std::uint8_t>(head >> 3);
        if (!has_place(slot.kind)) continue;
        const std::uint64_t log = r.number();
        if (log >= logs.size()) return false;
        slot.source.guild = logs[log].first;
        slot.source.log_id = logs[log].second;
        slot.source.seq = r.number();
        slot.source.ts_ms = static_cast<protocol::UnixMs>(r.number());
    }
    return r.is_sound();
}

}  // namespace

std::string encode(const Snapshot& snapshot) {
    Writer w;
    w.number(kVersion);
    write_identity(w, snapshot.who);
    w.number(snapshot.last);
    w.number(snapshot.first);
    write_slots(w, snapshot.slots);
    w.number(snapshot.guilds.size());
    for (const auto& [guild, position] : snapshot.guilds) {
        w.number(guild.value);
        w.number(static_cast<std::uint64_t>(position.ts_ms));
        w.number(position.at_ts.size());
        for (const auto& [log, seq] : position.at_ts) {
            w.number(log);
            w.number(seq);
        }
    }
    w.text(snapshot.presence.status);
    w.text(snapshot.presence.activities);
    w.number(snapshot.subscribed.size());
    for (const protocol::GuildId guild : snapshot.subscribed) w.number(guild.value);
    return w.take();
}

std::optional<Snapshot> decode_snapshot(std::string_view bytes) {
    Reader r(bytes);
    if (r.number() != kVersion) return std::nullopt;
    Snapshot out;
    out.who = read_identity(r);
    out.last = r.number();
    out.first = r.number();
    if (!read_slots(r, out.slots)) return std::nullopt;
    out.guilds.resize(r.count());
    for (auto& [guild, position] : out.guilds) {
        guild = protocol::GuildId(r.number());
        position.ts_ms = static_cast<protocol::UnixMs>(r.number());
        position.at_ts.resize(r.count());
        for (auto& [log, seq] : position.at_ts) {
            log = r.number();
            seq = r.number();
        }
        if (!r.is_sound()) return std::nullopt;
    }
    out.presence.status = r.text();
    out.presence.activities = r.text();
    out.subscribed.resize(r.count());
    for (protocol::GuildId& guild : out.subscribed) guild = protocol::GuildId(r.number());
    if (!r.is_done() || out.first + out.slots.size() != out.last + 1) return std::nullopt;
    return out;
}

}  // namespace guildhall::gateway
