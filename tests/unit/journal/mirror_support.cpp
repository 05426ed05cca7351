#include "tests/unit/journal/mirror_support.h"

#include "federation/key_chain.h"
#include "node/journal/load.h"
#include "node/journal/rebuild.h"
#include "node/store/schema/schema.h"
#include "node/store/tables/peers.h"
#include "protocol/errors.h"
#include "protocol/event_codec.h"
#include "tests/support/node_parts.h"

#include <algorithm>
#include <sstream>
#include <stdexcept>

namespace guildhall::tests {

namespace f = federation;
using namespace protocol;

namespace {

constexpr auto kQuiet = [](std::uint64_t, std::uint64_t) {};

[[noreturn]] void fail(const std::string& what, const Error& error) {
    std::ostringstream out;
    out << what << ": " << error;
    throw std::runtime_error(out.str());
}

std::string hex(std::string_view bytes) { return f::to_hex(bytes); }

}  // namespace

std::string JournalNode::Recorder::told() const {
    std::string out;
    for (const journal::Committed& entry : entries) {
        out += std::to_string(entry.log_id) + ' ' + std::to_string(entry.seq) + ' ' +
               std::to_string(entry.ts_ms) + ' ' + std::to_string(entry.control_seq) + '\n';
        for (const journal::Dispatch& d : entry.dispatches)
            out += std::string(d.name) + ' ' + *d.body + '\n';
    }
    return out;
}

void JournalNode::Presenter::present(journal::Committed& entry, const journal::View&) const {
    const auto state = [](const GuildSnapshot& s) {
        return std::to_string(s->control_size) + ' ' + std::to_string(s->members.size()) + ' ' +
               std::to_string(s->invites.size());
    };
    entry.dispatches.push_back(
        {"EVENT",
         std::make_shared<const std::string>(hex(encode(entry.event)) + ' ' + state(entry.before) +
                                             ' ' + state(entry.after))});
}

JournalNode::JournalNode(std::uint64_t seed, std::string_view image)
    : rng(seed),
      db(open_db(image)),
      bus(loop.shards),
      views(one_view()),
      identity(make_identity(*db, loop.clock, rng)),
      journal({loop.shards, *db, bus, views, loop.clock, rng, loop.log, presenter}, *identity) {
    bus.subscribe(0, *views.front());
    bus.subscribe(0, recorder);
    if (!image.empty()) load();
}

void JournalNode::load() {
    const Status loaded = write([&](store::Tx& tx) -> Status {
        TRY(auto guilds, journal::load_guilds(tx));
        for (const auto& guild : guilds) {
            views.front()->load_guild(guild.state, guild.role);
            for (const auto& [channel, message] : guild.last_messages)
                views.front()->load_last_message(channel, message);
            journal.load_guild(guild);
        }
        return {};
    });
    if (!loaded) fail("load", loaded.error());
}

GuildId JournalNode::make_guild(UserId owner) {
    Guild guild;
    guild.id = GuildId(first_id_at(loop.clock.unix_ms()) | rng.below(1 << 22));
    guild.uid = rng.bytes(32);
    guild.name = "Guild";
    guild.ownerId = owner;
    Role everyone;
    everyone.id = RoleId(guild.id.value);
    everyone.name = "@everyone";
    Member member;
    member.userId = owner;
    member.joinedMs = loop.clock.unix_ms();
    journal::Decision decision;
    decision.events = {GuildCreated{guild, "", "host.example", {"host.example:7420"}},
                       RoleCreated{everyone},
                       MemberJoined{member, {}}};
    auto made = run(journal.create_guild(guild.id, std::move(decision)));
    if (!made) fail("make_guild", made.error());
    // Who made it hosts it; the fixture has no genesis that would say so.
    commit(guild.id,
           {HostingChanged{"", std::string(identity->uid.text()), 0, "host.example", {}}});
    loop.clock.advance(std::chrono::milliseconds(1));
    return guild.id;
}

Result<journal::Receipt> JournalNode::commit(GuildId guild,
                                             std::vector<Event> events,
                                             std::shared_ptr<const f::SignedCommand> command) {
    journal::Decision decision;
    decision.events = std::move(events);
    decision.command = std::move(command);
    return run(journal.commit(guild, std::move(decision)));
}

store::Status JournalNode::write(store::UniqueFunction<store::Status(store::Tx&)> work) {
    store::WriteJob job;
    job.run = std::move(work);
    Status seen;
    job.done = [&](Status s) { seen = std::move(s); };
    db->write(std::move(job));
    return seen;
}

journal::VerifyReport JournalNode::verify() {
    auto scratch = open_db({});
    journal::VerifyReport report;
    const Status done = write([&](store::Tx& data) -> Status {
        Status status;
        store::WriteJob job;
        job.run = [&](store::Tx& replayed) -> Status {
            auto r = journal::verify(data, replayed, *identity, kQuiet);
            if (r)
                report = std::move(*r);
            else
                status = r.error();
            return {};
        };
        job.done = [](const Status&) {};
        scratch->write(std::move(job));
        return status;
    });
    if (!done) fail("verify", done.error());
    return report;
}

void JournalNode::rebuild() {
    const Status done = write([](store::Tx& tx) { return journal::rebuild(tx, kQuiet); });
    if (!done) fail("rebuild", done.error());
}

namespace {

void dump(JournalNode& node, const char* sql, int columns, std::string& out) {
    const Status done = node.write([&](store::Tx& tx) {
        return tx.each(sql, [&](const store::Row& row) {
            for (int c = 0; c < columns; ++c) {
                // Numbers read as text too.
                out += row.is_null(c) ? "-" : hex(row.text(c));
                out += ' ';
            }
            out += '\n';
        });
    });
    if (!done) fail("dump", done.error());
}

}  // namespace

std::string JournalNode::projections() {
    std::string out;
    dump(*this, "SELECT 'guild', id, deleted, data FROM guilds ORDER BY id", 4, out);
    dump(*this, "SELECT 'role', guild, id, data FROM roles ORDER BY guild, id", 4, out);
    dump(*this, "SELECT 'channel', guild, id, data FROM channels ORDER BY guild, id", 4, out);
    dump(*this,
         "SELECT 'member', guild, user_id, data FROM members ORDER BY guild, user_id",
         4,
         out);
    dump(*this, "SELECT 'ban', guild, user_id, data FROM bans ORDER BY guild, user_id", 4, out);
    dump(*this, "SELECT 'invite', guild, code, data FROM invites ORDER BY guild, code", 4, out);
    dump(*this,
         "SELECT 'fact', guild, kind, key, data FROM guild_facts ORDER BY guild, kind, key",
         5,
         out);
    dump(*this,
         "SELECT 'message', channel, id, seq, author, pinned_ms FROM messages"
         " WHERE channel NOT IN (SELECT log FROM purges) ORDER BY channel, id",
         6,
         out);
    dump(*this,
         "SELECT 'reaction', channel, message, emoji_name, user_id, seq FROM reactions"
         " WHERE channel NOT IN (SELECT log FROM purges)"
         " ORDER BY channel, message, emoji_name, user_id",
         6,
         out);
    return out;
}

std::string JournalNode::logs() {
    std::string out;
    dump(*this,
         "SELECT log, size, last_ts_ms, frontier, head, first FROM logs ORDER BY log",
         6,
         out);
    dump(*this,
         "SELECT log, seq, ts_ms, kind, object_id, control_seq, body_hash, command_hash, body,"
         " command FROM entries ORDER BY log, seq",
         10,
         out);
    return out;
}

std::vector<store::entries::LogRow> JournalNode::log_rows(GuildId guild) {
    std::vector<store::entries::LogRow> out;
    const Status done = write([&](store::Tx& tx) -> Status {
        TRY(out, store::entries::logs_of(tx, guild));
        return {};
    });
    if (!done) fail("log_rows", done.error());
    return out;
}

f::Hash32 Follower::uid() const {
    return f::Hash32::from(std::string_view(host_.state(guild_).guild.uid)).value();
}

std::vector<std::uint64_t> Follower::all_logs() {
    std::vector<std::uint64_t> out;
    for (const auto& row : host_.log_rows(guild_)) out.push_back(row.log_id);
    std::sort(out.begin(), out.end());
    return out;
}

std::vector<journal::MirrorEntry> Follower::read(std::uint64_t log_id,
                                                 std::uint64_t from,
                                                 std::uint64_t count) {
    std::vector<journal::MirrorEntry> out;
    const Status done = host_.write([&](store::Tx& tx) -> Status {
        TRY(auto rows,
            store::entries::range(tx, store::log_key(guild_, log_id), log_id, from, count));
        for (auto& row : rows)
            out.push_back({row.header, std::move(row.body), std::move(row.command)});
        return {};
    });
    if (!done) fail("read", done.error());
    return out;
}

std::string Follower::frontier(std::uint64_t log_id, std::uint64_t size) {
    f::Frontier out;
    for (const auto& entry : read(log_id, 0, size)) out.append(f::leaf_hash(entry.header));
    return size == 0 ? std::string() : out.serialise();
}

void Follower::join(JournalNode& mirror, bool complete) {
    for (const auto& row : host_.log_rows(guild_)) {
        if (row.log_id != kControlLog) continue;
        auto state = std::make_shared<GuildState>(host_.state(guild_));
        // As federation::SnapshotWriter leaves them out.
        state->bans = {};
        state->invites = {};
        f::MirrorLog log(uid(), 0, kControlLog);
        if (!log.start_at(row.frontier, row.head, host_.identity->key.public_key()))
            throw std::runtime_error("the snapshot's head does not hold");
        logs.insert_or_assign(kControlLog, std::move(log));
        journal::MirrorStart start{.state = std::move(state),
                                   .frontier = row.frontier,
                                   .head = row.head,
                                   .last_ts_ms = row.last_ts_ms,
                                   .complete = complete};
        const Status begun = mirror.run(mirror.journal.open_mirror(std::move(start)));
        if (!begun) fail("open_mirror", begun.error());
    }
    // What peering keeps of a node it has a link with.
    const f::KeyLog keys{f::encode(host_.identity->genesis), {}};
    const Status known = mirror.write([&](store::Tx& tx) {
        return store::peers::put(tx,
                                 {.uid = std::string(host_.identity->uid.text()),
                                  .name = "host.example",
                                  .genesis = keys.genesis,
                                  .key_events = f::encode(keys)});
    });
    if (!known) fail("peers", known.error());
}

std::optional<journal::MirrorBatch> Follower::next(std::uint64_t log_id, std::uint64_t limit) {
    const auto rows = host_.log_rows(guild_);
    const auto row = std::ranges::find(rows, log_id, &store::entries::LogRow::log_id);
    auto& log = logs.try_emplace(log_id, uid(), 0, log_id).first->second;
    if (row == rows.end() || row->size == log.size()) return std::nullopt;
    auto entries = read(log_id, log.size(), limit);
    const auto all = read(log_id, 0, row->size);
    const auto subtree = [&](auto self, std::uint32_t level, std::uint64_t at) -> f::Hash32 {
        if (level == 0) return f::leaf_hash(all[at].header);
        return f::node_hash(self(self, level - 1, 2 * at), self(self, level - 1, 2 * at + 1));
    };
    const auto hasher = [&](std::uint32_t level, std::uint64_t at) -> Result<f::Hash32> {
        return subtree(subtree, level, at);
    };
    const std::uint64_t to = log.size() + entries.size();
    std::vector<f::Hash32> consistency;
    if (to < row->size) consistency = f::consistency_proof(to, row->size, hasher).value();
    f::Append frame;
    frame.guildUid = uid();
    frame.logId = log_id;
    frame.firstSeq = log.size();
    for (const auto& e : entries) frame.entries.push_back({f::encode(e.header), e.body, e.command});
    frame.head = row->head;
    frame.consistency = std::move(consistency);
    const auto taken =
        log.append(frame, host_.identity->key.public_key(), host_.loop.clock.unix_ms());
    if (!std::holds_alternative<f::Appended>(taken))
        throw std::runtime_error("a batch was refused");
    return journal::MirrorBatch{.log_id = log_id, .entries = std::move(entries), .head = row->head};
}

void Follower::sync(JournalNode& mirror, std::vector<std::uint64_t> order, std::uint64_t limit) {
    for (const std::uint64_t log_id : order.empty() ? all_logs() : order) {
        auto batch = next(log_id, limit);
        if (!batch) continue;
        const auto done = mirror.run(mirror.journal.append(guild_, std::move(*batch)));
        if (!done) fail("append", done.error());
    }
}

void Follower::open_log(JournalNode& mirror, std::uint64_t log_id, std::uint64_t count) {
    for (const auto& row : host_.log_rows(guild_)) {
        if (row.log_id != log_id) continue;
        const std::uint64_t first = row.size - std::min(row.size, count);
        journal::MirrorBatch batch{.log_id = log_id,
                                   .entries = read(log_id, first, count),
                                   .head = row.head,
                                   .frontier = frontier(log_id, first),
                                   .quiet = true};
        const auto done = mirror.run(mirror.journal.append(guild_, std::move(batch)));
        if (!done) fail("open_log", done.error());
        logs.insert_or_assign(
            log_id,
            f::MirrorLog::restore(
                uid(), 0, log_id, {row.size, first, row.last_ts_ms, row.frontier, row.head})
                .value());
    }
}

Status Follower::fill(JournalNode& mirror,
                      std::uint64_t log_id,
                      std::uint64_t from,
                      std::uint64_t count) {
    journal::PastEntries past{
        .log_id = log_id, .entries = read(log_id, from, count), .frontier = frontier(log_id, from)};
    return mirror.run(mirror.journal.fill(guild_, std::move(past)));
}

void Follower::restart(JournalNode& mirror) {
    logs.clear();
    for (const auto& row : mirror.log_rows(guild_)) {
        auto log = f::MirrorLog::restore(
            uid(), 0, row.log_id, {row.size, row.first, row.last_ts_ms, row.frontier, row.head});
        if (!log) throw std::runtime_error("a log's row contradicts itself");
        logs.insert_or_assign(row.log_id, std::move(*log));
    }
}

}  // namespace guildhall::tests
