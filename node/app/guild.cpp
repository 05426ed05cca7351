// guildhall guild, export and import: guilds as a whole. What changes a guild's host opens a node
// on the folder for the moment, so that it takes the one path that all changes take.
#include "federation/crypto.h"
#include "node/app/commands.h"
#include "node/app/data.h"
#include "node/app/guild_file.h"
#include "node/app/node.h"
#include "node/app/shard_services.h"
#include "node/journal/load.h"
#include "node/services/host_changes.h"
#include "node/store/sqlite_db.h"
#include "node/store/tables/hosting.h"
#include "node/store/tables/secrets.h"
#include "protocol/errors.h"

#include <algorithm>
#include <array>
#include <cinttypes>
#include <cstdio>
#include <filesystem>
#include <iostream>

namespace guildhall::app {
namespace {

namespace f = federation;
using protocol::GuildId;
using protocol::Result;
using protocol::Status;

protocol::Error fault(std::string what) { return protocol::make_error(0, std::move(what)); }

Result<GuildId> guild_of(const std::string& text) {
    const auto id = protocol::parse_id<GuildId>(text);
    if (!id) return fault("'" + text + "' is not the id of a guild");
    return *id;
}

Status list_guilds(store::Tx& tx) {
    constexpr std::array<const char*, 4> kRoles{"host", "mirror", "frozen", "left"};
    TRY(const auto rows, store::hosting::all(tx));
    for (const auto& row : rows) {
        TRY(const auto state, journal::load_state(tx, row.guild));
        if (!state) continue;
        const protocol::Hosting& h = state->hosting;
        std::printf("%s\t%s\t%s\t%s\tepoch %" PRIu64 "\t%u of %zu successors\n",
                    row.guild.str().c_str(),
                    state->guild.name.c_str(),
                    kRoles[static_cast<std::size_t>(row.role)],
                    row.host_name.c_str(),
                    row.epoch,
                    h.votes,
                    h.successors.size());
    }
    return {};
}

Result<std::string> root_key(store::Tx& tx, GuildId guild) {
    TRY(auto key, store::secrets::get(tx, "guild." + guild.str() + ".root"));
    return key.value_or("");
}

int on_folder(const Arguments& arguments, store::UniqueFunction<Status(store::Tx&)> work) {
    auto db = open_existing(arguments.data_dir);
    if (!db) return fail(2, db.error());
    const Status done = read_and_wait(**db, std::move(work));
    (*db)->stop();
    return done ? 0 : fail(2, done.error());
}

int show_key(const Arguments& arguments, GuildId guild) {
    return on_folder(arguments, [guild](store::Tx& tx) -> Status {
        TRY(const std::string key, root_key(tx, guild));
        if (key.empty()) return fault("this node does not keep the guild's root key");
        std::printf("%s\n", f::to_hex(key).c_str());
        return {};
    });
}

/// The key that this node keeps, or from standard input, so that it is in no list of processes.
Result<f::Seed> read_key(const std::string& folder, GuildId guild) {
    std::string bytes;
    TRY(const auto db, open_existing(folder));
    const Status read = read_and_wait(*db, [&](store::Tx& tx) -> Status {
        TRY(bytes, root_key(tx, guild));
        return {};
    });
    db->stop();
    if (!read) return read.error();
    if (bytes.empty()) {
        std::fputs("root key: ", stderr);
        std::string line;
        std::getline(std::cin, line);
        bytes = f::from_hex(line).value_or("");
    }
    const auto seed = f::Seed::from(std::string_view(bytes));
    if (!seed) return fault("a root key has 64 hex digits");
    return *seed;
}

using Verb = std::function<base::Task<Status>(ShardServices&)>;

int on_node(const Arguments& arguments, GuildId guild, const Verb& verb) {
    auto settings = settings_of(arguments);
    if (!settings) return fail(2, settings.error());
    Config config = std::move(*settings);
    config.listen = "127.0.0.1:0";
    config.tls_cert.clear();
    config.tls_key.clear();
    config.log_level = base::LogLevel::warn;
    auto node = Node::open(config, arguments.data_dir);
    if (!node) return fail(2, node.error());
    (*node)->start();
    const Status done = (*node)->run_on_guild(guild, verb);
    (*node)->stop();
    return done ? 0 : fail(1, done.error());
}

base::Task<Status> set_successors(ShardServices& s,
                                  GuildId guild,
                                  const protocol::api::HostingPatch& request) {
    const protocol::GuildState* g = s.ctx.journal.decided(guild);
    if (!g) co_return protocol::make_error(protocol::kUnknownGuild);
    const services::Actor owner{.user = g->guild.ownerId};
    CO_TRY_VOID(co_await s.hosting.set(owner, guild, request));
    co_return Status();
}

base::Task<Status> transfer(ShardServices& s, GuildId guild, const std::string& node) {
    if (!s.ctx.host_changes) co_return fault("federation is off");
    co_return co_await s.ctx.host_changes->transfer(s.ctx.here, guild, node);
}

base::Task<Status> take_over(ShardServices& s, GuildId guild, const f::Seed& root) {
    if (!s.ctx.host_changes) co_return fault("federation is off");
    co_return co_await s.ctx.host_changes->take_over(s.ctx.here, guild, root);
}

Result<std::int64_t> number(const std::string& text, std::int64_t from, std::int64_t to) {
    const auto id = protocol::parse_id<protocol::Snowflake>(text);
    const auto value = text == "0" ? 0 : id ? static_cast<std::int64_t>(id->value) : -1;
    if (value < from || value > to)
        return fault("'" + text + "' is not a number from " + std::to_string(from) + " to " +
                     std::to_string(to));
    return value;
}

Result<protocol::api::HostingPatch> policy_of(const std::vector<std::string>& words) {
    protocol::api::HostingPatch out;
    TRY(const auto votes, number(words[2], 0, 16));
    TRY(const auto delay, number(words[3], 1, 365 * 24 * 3600));
    out.votes = votes;
    out.takeover_delay = delay;
    out.successors.emplace();
    for (std::size_t i = 4; i < words.size(); ++i) out.successors->emplace_back(words[i]);
    return out;
}

void show(const char* verb, const GuildFileReport& report) {
    std::printf("%s guild %s: %" PRIu64 " logs, %" PRIu64 " entries, %" PRIu64 " files\n",
                verb,
                report.guild.str().c_str(),
                report.logs,
                report.entries,
                report.files);
    if (report.files_missing > 0)
        std::printf("note: %" PRIu64 " attached files are on other nodes\n", report.files_missing);
}

}  // namespace

int guild(const Arguments& arguments) {
    const std::vector<std::string>& words = arguments.words;
    if (words.size() == 1 && words[0] == "list")
        return on_folder(arguments, [](store::Tx& tx) { return list_guilds(tx); });
    if (words.size() < 2) return fail(2, usage_error("guild"));
    const auto id = guild_of(words[1]);
    if (!id) return fail(2, id.error());
    if (words[0] == "key" && words.size() == 2) return show_key(arguments, *id);
    if (words[0] == "successors" && words.size() >= 4) {
        const auto policy = policy_of(words);
        if (!policy) return fail(2, policy.error());
        return on_node(
            arguments, *id, [&](ShardServices& s) { return set_successors(s, *id, *policy); });
    }
    if (words[0] == "transfer" && words.size() == 3)
        return on_node(
            arguments, *id, [&](ShardServices& s) { return transfer(s, *id, words[2]); });
    if (words[0] == "takeover" && words.size() == 2) {
        const auto root = read_key(arguments.data_dir, *id);
        if (!root) return fail(2, root.error());
        return on_node(arguments, *id, [&](ShardServices& s) { return take_over(s, *id, *root); });
    }
    return fail(2, usage_error("guild"));
}

int export_command(const Arguments& arguments) {
    const std::vector<std::string>& words = arguments.words;
    const bool with_key = words.size() == 3 && words[2] == "with-key";
    if (words.size() != 2 && !with_key) return fail(2, usage_error("export"));
    const auto settings = settings_of(arguments);
    if (!settings) return fail(2, settings.error());
    const auto report =
        export_guild(arguments.data_dir, words[0], words[1], settings->name, with_key);
    if (!report) return fail(2, report.error());
    show("exported", *report);
    return 0;
}

int import_command(const Arguments& arguments) {
    if (arguments.words.size() != 1) return fail(2, usage_error("import"));
    const auto report = import_guild(arguments.words[0], arguments.data_dir);
    if (!report) return fail(1, report.error());
    show("imported", *report);
    std::printf(report->hosted ? "this node hosts it\n" : "this node follows it\n");
    return 0;
}

}  // namespace guildhall::app
