#include "tests/sim/archive.h"

#include "federation/entry.h"
#include "node/store/tables/hosting.h"
#include "node/store/tables/messages.h"
#include "node/store/wait.h"
#include "protocol/event_codec.h"

#include <algorithm>

namespace guildhall::sim {

using protocol::GuildId;

std::map<std::uint64_t, LogRow> logs_of(tests::FedNode& node, GuildId guild) {
    std::map<std::uint64_t, LogRow> out;
    (void)store::read_and_wait(*node.db, [&](store::Tx& tx) -> protocol::Status {
        TRY(auto rows, store::entries::logs_of(tx, guild));
        for (LogRow& row : rows) out.emplace(row.log_id, std::move(row));
        return {};
    });
    return out;
}

std::map<std::uint64_t, federation::EntryHeader> headers_of(tests::FedNode& node,
                                                            const LogRow& row) {
    std::map<std::uint64_t, federation::EntryHeader> out;
    (void)store::read_and_wait(*node.db, [&](store::Tx& tx) {
        return store::entries::walk(tx, row.log, row.log_id, 0, [&](const EntryRow& entry) {
            out.emplace(entry.header.seq, entry.header);
            return true;
        });
    });
    return out;
}

Texts texts_of(tests::FedNode& node, const std::string& channel) {
    namespace messages = store::messages;
    constexpr unsigned kPage = 100;
    Texts out;
    const auto id = *protocol::parse_id<protocol::ChannelId>(channel);
    (void)store::read_and_wait(*node.db, [&](store::Tx& tx) -> protocol::Status {
        messages::Page page{.limit = kPage};
        for (;;) {
            TRY(auto got, messages::page(tx, id, page, {}));
            for (const auto& m : got) out.emplace_back(m.message.id.str(), m.message.content);
            if (got.size() < kPage) return {};
            page.from = messages::Page::From::before;
            page.anchor = got.back().message.id;
        }
    });
    std::ranges::reverse(out);
    return out;
}

std::set<std::string> ever_posted(tests::FedNode& node, GuildId guild) {
    static const protocol::EventKind kCreated = protocol::kind_of(protocol::MessageCreated{});
    std::set<std::string> out;
    for (const auto& [log_id, row] : logs_of(node, guild)) {
        if (log_id <= federation::kAdminLog) continue;
        for (const auto& [seq, header] : headers_of(node, row)) {
            if (header.kind == kCreated) out.insert(std::to_string(header.object_id));
        }
    }
    return out;
}

std::optional<federation::HostingKind> how_it_became_host(tests::FedNode& node, GuildId guild) {
    std::optional<federation::HostingKind> out;
    (void)store::read_and_wait(*node.db, [&](store::Tx& tx) -> protocol::Status {
        TRY(auto rows, store::hosting::certificates_above(tx, guild, 0));
        if (rows.empty()) return {};
        const auto whole =
            federation::decode_signed_certificate(federation::ByteView(rows.back().bytes));
        const auto c = whole ? federation::decode_certificate(federation::ByteView(whole->bytes))
                             : std::nullopt;
        if (c) out = c->kind;
        return {};
    });
    return out;
}

namespace {

std::map<std::uint64_t, protocol::Event> control_of(tests::FedNode& node, GuildId guild) {
    std::map<std::uint64_t, protocol::Event> out;
    const auto logs = logs_of(node, guild);
    const auto row = logs.find(federation::kControlLog);
    if (row == logs.end()) return out;
    (void)store::read_and_wait(*node.db, [&](store::Tx& tx) {
        return store::entries::walk(tx, row->second.log, row->first, 0, [&](const EntryRow& entry) {
            const auto bytes = federation::event_of_body(federation::ByteView(entry.body));
            if (!bytes) return true;
            auto event = protocol::decode_event(bytes->text());
            if (event) out.emplace(entry.header.seq, std::move(*event));
            return true;
        });
    });
    return out;
}

}  // namespace

Past past_of(tests::FedNode& host, tests::FedNode& founder, GuildId guild) {
    Past out;
    std::map<std::uint64_t, protocol::Event> events = control_of(host, guild);
    const std::uint64_t end = events.empty() ? 0 : events.rbegin()->first;
    auto earlier = control_of(founder, guild);
    // What it wrote after its successor's last look at it is no past of this host.
    earlier.erase(earlier.upper_bound(end), earlier.end());
    events.merge(earlier);
    out.states.emplace_back();
    out.epochs[0] = 0;
    protocol::GuildState state;
    for (const auto& [seq, event] : events) {
        if (seq != state.control_size) break;
        protocol::apply(state, event);
        if (const auto* changed = std::get_if<protocol::HostingChanged>(&event))
            out.epochs[changed->epoch] = seq;
        out.states.push_back(state);
    }
    return out;
}

}  // namespace guildhall::sim
