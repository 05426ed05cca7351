#include "node/store/tables/hosting.h"

#include "federation/entry.h"
#include "node/store/tables/guild_secrets.h"
#include "node/store/tables/log_key.h"
#include "node/store/tables/secrets.h"
#include "protocol/event_codec.h"

#include <array>

namespace guildhall::store::hosting {
namespace {

using protocol::GuildId;

/// Columns: guild, uid, epoch, host_uid, host_name, role, complete.
HostingRow row_of(const Row& row) {
    return {.guild = row.id<GuildId>(0),
            .uid = std::string(row.blob(1)),
            .epoch = static_cast<std::uint64_t>(row.int64(2)),
            .host_uid = std::string(row.blob(3)),
            .host_name = std::string(row.text(4)),
            .role = static_cast<Role>(row.int64(5)),
            .complete = row.boolean(6)};
}

}  // namespace

Result<std::vector<HostingRow>> all(Tx& tx) {
    std::vector<HostingRow> out;
    TRY_VOID(
        tx.each("SELECT guild, uid, epoch, host_uid, host_name, role, complete FROM hosting"
                " WHERE role <> 3 ORDER BY guild",
                [&](const Row& row) { out.push_back(row_of(row)); }));
    return out;
}

Result<std::optional<HostingRow>> find(Tx& tx, GuildId guild) {
    return tx.first(
        "SELECT guild, uid, epoch, host_uid, host_name, role, complete FROM hosting"
        " WHERE guild = $1",
        row_of,
        guild);
}

Status put(Tx& tx, const HostingRow& row) {
    return tx.run(
        "INSERT INTO hosting (guild, uid, epoch, host_uid, host_name, role, complete)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (guild) DO UPDATE SET"
        " uid = $2, epoch = $3, host_uid = $4, host_name = $5, role = $6, complete = $7",
        row.guild,
        Blob(row.uid),
        row.epoch,
        Blob(row.host_uid),
        row.host_name,
        row.role,
        row.complete);
}

Status set_role(Tx& tx, GuildId guild, Role role) {
    return tx.run("UPDATE hosting SET role = $2 WHERE guild = $1", guild, role);
}

Status set_epoch(Tx& tx, GuildId guild, std::uint64_t epoch) {
    return tx.run("UPDATE hosting SET epoch = $2 WHERE guild = $1", guild, epoch);
}

Status raise_epochs(Tx& tx) {
    return tx.run("UPDATE hosting SET epoch = epoch + 1 WHERE role = $1",
                  static_cast<int>(Role::hosted));
}

Status set_host(Tx& tx, GuildId guild, std::string_view host_uid, std::string_view host_name) {
    return tx.run("UPDATE hosting SET host_uid = $2, host_name = $3 WHERE guild = $1",
                  guild,
                  Blob(host_uid),
                  host_name);
}

Status set_complete(Tx& tx, GuildId guild) {
    return tx.run("UPDATE hosting SET complete = 1 WHERE guild = $1", guild);
}

Status put_certificate(Tx& tx, GuildId guild, const CertificateRow& row) {
    return tx.run(
        "INSERT INTO certificates (guild, epoch, bytes) VALUES ($1, $2, $3)"
        " ON CONFLICT (guild, epoch) DO UPDATE SET bytes = $3",
        guild,
        row.epoch,
        Blob(row.bytes));
}

Status drop_certificate(Tx& tx, GuildId guild, std::uint64_t epoch) {
    return tx.run("DELETE FROM certificates WHERE guild = $1 AND epoch = $2", guild, epoch);
}

Result<std::vector<CertificateRow>> certificates_above(Tx& tx, GuildId guild, std::int64_t epoch) {
    std::vector<CertificateRow> out;
    TRY_VOID(tx.each(
        "SELECT epoch, bytes FROM certificates WHERE guild = $1 AND epoch > $2 ORDER BY epoch",
        [&](const Row& row) {
            out.push_back({static_cast<std::uint64_t>(row.int64(0)), std::string(row.blob(1))});
        },
        guild,
        epoch));
    return out;
}

Result<bool> put_vote(Tx& tx, GuildId guild, std::uint64_t epoch, std::string_view signed_vote) {
    TRY(auto known, find_vote(tx, guild, epoch));
    if (known) return *known == signed_vote;
    TRY_VOID(tx.run("INSERT INTO votes (guild, epoch, bytes) VALUES ($1, $2, $3)",
                    guild,
                    epoch,
                    Blob(signed_vote)));
    return true;
}

Result<std::optional<std::string>> find_vote(Tx& tx, GuildId guild, std::uint64_t epoch) {
    return tx.first(
        "SELECT bytes FROM votes WHERE guild = $1 AND epoch = $2",
        [](const Row& row) { return std::string(row.blob(0)); },
        guild,
        epoch);
}

Result<std::optional<std::string>> last_vote(Tx& tx, GuildId guild) {
    return tx.first(
        "SELECT bytes FROM votes WHERE guild = $1 ORDER BY epoch DESC LIMIT 1",
        [](const Row& row) { return std::string(row.blob(0)); },
        guild);
}

Result<std::string> find_genesis(Tx& tx, GuildId guild) {
    const auto bytes_of = [](const Row& row) { return std::string(row.blob(0)); };
    TRY(auto claimed, tx.first("SELECT genesis FROM id_claims WHERE id = $1", bytes_of, guild));
    if (claimed && !claimed->empty()) return std::move(*claimed);
    TRY(auto first,
        tx.first("SELECT body FROM entries WHERE log = $1 AND seq = 0",
                 bytes_of,
                 log_key(guild, protocol::kControlLog)));
    const auto bytes =
        first ? federation::event_of_body(federation::ByteView(*first)) : std::nullopt;
    if (!bytes) return std::string();
    TRY(auto event, protocol::decode_event(bytes->text()));
    auto* created = std::get_if<protocol::GuildCreated>(&event);
    return created ? std::move(created->genesis) : std::string();
}

Result<Holding> holding(Tx& tx, GuildId guild) {
    Holding out;
    TRY_VOID(tx.each(
        "SELECT SUM(size), MAX(last_ts_ms), MAX(first) FROM logs WHERE guild = $1",
        [&](const Row& row) {
            out.entries = static_cast<std::uint64_t>(row.int64(0));
            out.last_ts_ms = row.int64(1);
            out.has_holes = row.int64(2) > 0;
        },
        guild));
    TRY_VOID(tx.each(
        "SELECT COALESCE(SUM(g.to_seq - g.from_seq), 0) FROM gaps g JOIN logs l ON l.log = g.log"
        " WHERE l.guild = $1",
        [&](const Row& row) { out.entries -= static_cast<std::uint64_t>(row.int64(0)); },
        guild));
    TRY_VOID(tx.each(
        "SELECT size, frontier, head FROM logs WHERE log = $1",
        [&](const Row& row) {
            out.control_size = static_cast<std::uint64_t>(row.int64(0));
            out.control_frontier = std::string(row.blob(1));
            out.control_head = std::string(row.blob(2));
        },
        log_key(guild, protocol::kControlLog)));
    return out;
}

Result<bool> sweep_left(Tx& tx, unsigned limit) {
    TRY(auto guild,
        tx.first("SELECT guild FROM hosting WHERE role = 3 LIMIT 1",
                 [](const Row& row) { return row.id<GuildId>(0); }));
    if (!guild) return true;
    TRY(auto log,
        tx.first(
            "SELECT log FROM logs WHERE guild = $1 LIMIT 1",
            [](const Row& row) { return row.int64(0); },
            *guild));
    if (log) {
        static constexpr std::array kSteps = {
            "DELETE FROM entries WHERE log = $1 AND seq IN"
            " (SELECT seq FROM entries WHERE log = $1 LIMIT $2)",
            "DELETE FROM reactions WHERE channel = $1 AND message IN"
            " (SELECT message FROM reactions WHERE channel = $1 LIMIT $2)",
            "DELETE FROM attachments WHERE channel = $1 AND id IN"
            " (SELECT id FROM attachments WHERE channel = $1 LIMIT $2)",
            "DELETE FROM messages WHERE channel = $1 AND id IN"
            " (SELECT id FROM messages WHERE channel = $1 LIMIT $2)",
            "DELETE FROM patches WHERE log = $1 AND message IN"
            " (SELECT message FROM patches WHERE log = $1 LIMIT $2)"};
        for (const char* sql : kSteps) {
            TRY_VOID(tx.run(sql, *log, limit));
            if (tx.changes() > 0) return false;
        }
        TRY_VOID(tx.run("DELETE FROM subtrees WHERE log = $1", *log));
        TRY_VOID(tx.run("DELETE FROM gaps WHERE log = $1", *log));
        TRY_VOID(tx.run("DELETE FROM opaque WHERE log = $1", *log));
        TRY_VOID(tx.run("DELETE FROM purges WHERE log = $1", *log));
        TRY_VOID(tx.run("DELETE FROM logs WHERE log = $1", *log));
        return false;
    }
    static constexpr std::array kRest = {"DELETE FROM cursors WHERE guild = $1",
                                         "DELETE FROM origins WHERE guild = $1",
                                         "DELETE FROM receipts WHERE guild = $1",
                                         "DELETE FROM certificates WHERE guild = $1",
                                         "DELETE FROM hosting WHERE guild = $1"};
    // What was kept of its changes of host, not its key.
    for (const auto& name :
         {secrets::offer_name(*guild), secrets::away_name(*guild), secrets::seen_name(*guild)})
        TRY_VOID(secrets::drop(tx, name));
    // Kept: origin_counters, votes and evidence. A number or a vote is given once, whatever is
    // forgotten, and evidence is against the host.
    for (const char* sql : kRest) TRY_VOID(tx.run(sql, *guild));
    return false;
}

}  // namespace guildhall::store::hosting
