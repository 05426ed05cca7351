// guildhall guild, export and import: guilds as a whole. What changes a guild's host opens a node
// on the folder for the moment, so that it takes the one path that all changes take.
#include "federation/crypto.h"
#include "node/app/commands.h"
#include "node/app/data.h"
#include "node/app/fault.h"
#include "node/app/guild_file.h"
#include "node/app/node.h"
#include "node/app/shard_services.h"
#include "node/journal/load.h"
#include "node/peering/succession/salvage.h"
#include "node/services/host_changes.h"
#include "node/services/owner_actor.h"
#include "node/store/sqlite_db.h"
#include "node/store/tables/guild_secrets.h"
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
    TRY(auto key, store::secrets::get(tx, store::secrets::root_name(guild)));
    return key.value_or("");
}

int read_on_folder(const Arguments& arguments, store::UniqueFunction<Status(store::Tx&)> work) {
    auto db = open_existing(arguments.data_dir);
    if (!db) return fail(2, db.error());
    const Status done = read_and_wait(**db, std::move(work));
    (*db)->stop();
    return done ? 0 : fail(2, done.error());
}

int show_key(const Arguments& arguments, GuildId guild) {
    return read_on_folder(arguments, [guild](store::Tx& tx) -> Status {
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
    const auto config = settings_of_moment(arguments);
    if (!config) return fail(2, config.error());
    auto node = Node::open(*config, arguments.data_dir);
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
    const services::Actor owner = services::owner_actor(s.ctx, *g);
    CO_TRY(const auto now, co_await s.hosting.set(owner, guild, request));
    const protocol::Hosting& h = now->hosting;
    std::printf(
        "%s\t%s now", guild.str().c_str(), count_of(h.successors.size(), "successor").c_str());
    if (!h.successors.empty())
        std::printf(", of whom %u may take over after %" PRIu64 " s", h.votes, h.delayMs / 1000);
    std::printf("; the change stands in its log\n");
    co_return Status();
}

/// Of who hosts the guild as the node sees it once that has changed.
void tell_host(ShardServices& s, GuildId guild, const char* what) {
    const auto* state = s.ctx.view.guild(guild);
    if (!state) return;
    const protocol::Hosting& h = (*state)->hosting;
    std::string where;
    for (const std::string& endpoint : h.endpoints) where += (where.empty() ? "" : ", ") + endpoint;
    std::printf("%s\t%s %s hosts it since epoch %" PRIu64 "; links at %s\n",
                guild.str().c_str(),
                what,
                h.hostName.c_str(),
                h.epoch,
                where.empty() ? "no known address" : where.c_str());
}

base::Task<Status> transfer(ShardServices& s, GuildId guild, const std::string& node) {
    if (!s.ctx.host_changes) co_return fault("federation is off");
    CO_TRY_VOID(co_await s.ctx.host_changes->transfer(s.ctx.here, guild, node));
    tell_host(s, guild, "handed over:");
    co_return Status();
}

base::Task<Status> take_over(ShardServices& s, GuildId guild, const f::Seed& root) {
    if (!s.ctx.host_changes) co_return fault("federation is off");
    CO_TRY_VOID(co_await s.ctx.host_changes->take_over(s.ctx.here, guild, root));
    tell_host(s, guild, "taken over:");
    co_return Status();
}

/// An id, or a name as the node shows it: alice, or alice@another.node.
Result<protocol::UserId> member_of(const ShardServices& s,
                                   GuildId guild,
                                   const std::string& wanted) {
    const auto* g = s.ctx.view.guild(guild);
    if (!g) return protocol::make_error(protocol::kUnknownGuild);
    const auto id = protocol::parse_id<protocol::UserId>(wanted);
    protocol::UserId found;
    (*g)->members.for_each([&](protocol::UserId user, const protocol::Member&) {
        const auto* known = s.ctx.view.user(user);
        if (user == id || (known && (*known)->username == wanted)) found = user;
        return !found;
    });
    if (!found) return fault("nobody in this guild is called " + wanted);
    return found;
}

base::Task<Status> give_to(ShardServices& s, GuildId guild, const std::string& wanted) {
    CO_TRY(const protocol::UserId owner, member_of(s, guild, wanted));
    CO_TRY_VOID(co_await s.guilds.give_to(guild, owner));
    const auto* known = s.ctx.view.user(owner);
    const std::string name = known ? (*known)->username : owner.str();
    std::printf("%s\t%s owns the guild now; the change stands in its log\n",
                guild.str().c_str(),
                name.c_str());
    co_return Status();
}

// -- Salvage --------------------------------------------------------------------------------------

using peering::SalvageFile;

Status list_salvage(const std::vector<SalvageFile>& files) {
    for (const SalvageFile& file : files) {
        for (const services::Salvaged& m : file.messages) {
            std::string text = m.content;
            std::ranges::replace_if(text, [](unsigned char c) { return c < ' '; }, ' ');
            std::printf("%s\t%s\t%s\t%s\n",
                        m.id.str().c_str(),
                        m.channel.str().c_str(),
                        m.author.str().c_str(),
                        text.c_str());
        }
    }
    return {};
}

/// Each file is shortened after each message: what was said again is not said a third time.
base::Task<Status> post_salvage(ShardServices& s, GuildId guild, std::vector<SalvageFile>& files) {
    if (!s.ctx.host_changes) co_return fault("federation is off");
    std::size_t posted = 0, there = 0, others = 0;
    for (SalvageFile& file : files) {
        std::vector<services::Salvaged> kept;
        while (!file.messages.empty()) {
            const services::Salvaged next = file.messages.front();
            const auto done = co_await s.ctx.host_changes->repost(s.ctx.here, guild, next);
            if (!done) {
                std::printf("posted %zu, then: %s\n", posted, done.error().message.c_str());
                co_return done.error();
            }
            file.messages.erase(file.messages.begin());
            posted += *done == services::Reposted::posted;
            there += *done == services::Reposted::there;
            if (*done == services::Reposted::of_another_node) kept.push_back(next);
            SalvageFile rest = file;
            rest.messages.insert(rest.messages.begin(), kept.begin(), kept.end());
            CO_TRY_VOID(peering::write_salvage(rest));
        }
        others += kept.size();
    }
    std::printf("posted %zu; the guild has %zu already\n", posted, there);
    if (others > 0)
        std::printf("left %zu of users of other nodes: their words are theirs to say again\n",
                    others);
    co_return Status();
}

/// Which guilds anything is kept of, and how much.
int list_salvaged_guilds(const std::string& folder) {
    const std::vector<GuildId> guilds = peering::salvaged_guilds(folder);
    if (guilds.empty()) return fail(1, fault("nothing of any guild is kept aside"));
    for (const GuildId guild : guilds) {
        const auto files = peering::read_salvage(folder, guild);
        if (!files) return fail(2, files.error());
        std::size_t messages = 0;
        for (const SalvageFile& file : *files) messages += file.messages.size();
        std::printf("%s\t%s\n", guild.str().c_str(), count_of(messages, "message").c_str());
    }
    return 0;
}

int salvage(const Arguments& arguments) {
    const std::vector<std::string>& words = arguments.words;
    const bool lists = words.size() >= 2 && words[1] == "list";
    if (lists && words.size() == 2) return list_salvaged_guilds(arguments.data_dir);
    if (words.size() != 3 || (!lists && words[1] != "post"))
        return fail(2, fault("guildhall guild salvage list [GUILD] | salvage post GUILD"));
    const auto id = guild_of(words[2]);
    if (!id) return fail(2, id.error());
    auto files = peering::read_salvage(arguments.data_dir, *id);
    if (!files) return fail(2, files.error());
    if (files->empty()) return fail(1, fault("nothing of that guild is kept aside"));
    if (lists) return list_salvage(*files) ? 0 : 1;
    return on_node(arguments, *id, [&](ShardServices& s) { return post_salvage(s, *id, *files); });
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
    out.successors.emplace();
    for (std::size_t i = 4; i < words.size(); ++i) out.successors->emplace_back(words[i]);
    // Nobody waits where nobody is to take over.
    if (!out.successors->empty()) out.takeover_delay = delay;
    return out;
}

void show(const char* verb, const GuildFileReport& report) {
    std::printf("%s guild %s: %s, %" PRIu64 " %s, %s\n",
                verb,
                report.guild.str().c_str(),
                count_of(report.logs, "log").c_str(),
                report.entries,
                report.entries == 1 ? "entry" : "entries",
                count_of(report.files, "file").c_str());
    if (report.files_missing > 0)
        std::printf("note: %" PRIu64 " attached files are on other nodes\n", report.files_missing);
}

}  // namespace

int guild(const Arguments& arguments) {
    const std::vector<std::string>& words = arguments.words;
    if (words.size() == 1 && words[0] == "list")
        return read_on_folder(arguments, [](store::Tx& tx) { return list_guilds(tx); });
    if (!words.empty() && words[0] == "salvage") return salvage(arguments);
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
    if (words[0] == "owner" && words.size() == 3)
        return on_node(arguments, *id, [&](ShardServices& s) { return give_to(s, *id, words[2]); });
    if (words[0] == "takeover" && words.size() == 2) {
        if (const Status named = check_named(arguments); !named) return fail(2, named.error());
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
    std::printf(report->hosted ? "this node hosts it\n"
                               : "this node follows it; a node without members keeps no copy once "
                                 "the guild's host answers\n");
    return 0;
}

}  // namespace guildhall::app
