// export_guild(): the folder's database is copied first, so that the node may go on writing.
#include "federation/hosting_certificate.h"
#include "federation/key_chain.h"
#include "node/app/archive.h"
#include "node/app/data.h"
#include "node/app/fault.h"
#include "node/app/guild_file.h"
#include "node/app/progress.h"
#include "node/media/file_store.h"
#include "node/peering/mirror/signer_keys.h"
#include "node/store/backup.h"
#include "node/store/sqlite_db.h"
#include "node/store/tables/attachments.h"
#include "node/store/tables/entries.h"
#include "node/store/tables/evidence.h"
#include "node/store/tables/guild_people.h"
#include "node/store/tables/guild_secrets.h"
#include "node/store/tables/hosting.h"
#include "node/store/tables/peers.h"
#include "node/store/tables/profiles.h"
#include "node/store/tables/secrets.h"
#include "node/store/tables/users.h"

#include <filesystem>
#include <fstream>
#include <set>

namespace guildhall::app {
namespace {

namespace f = federation;
namespace fs = std::filesystem;
namespace entries = store::entries;
using protocol::GuildId;
using protocol::Result;
using protocol::Status;

// Entries read at a time: a few hundred kilobytes at most.
constexpr std::uint64_t kChunk = 256;

/// A folder beside the file, gone when this is.
class Workplace {
  public:
    explicit Workplace(std::string path) : path_(std::move(path)) {
        std::error_code ec;
        fs::create_directories(path_, ec);
        fs::permissions(path_, fs::perms::owner_all, ec);
    }
    ~Workplace() {
        std::error_code ec;
        fs::remove_all(path_, ec);
    }
    Workplace(const Workplace&) = delete;
    Workplace& operator=(const Workplace&) = delete;
    const std::string& path() const { return path_; }

  private:
    std::string path_;
};

class Exporter {
  public:
    Exporter(store::Tx& tx,
             const store::hosting::HostingRow& row,
             const journal::Identity& identity,
             std::string folder,
             std::string out)
        : tx_(tx),
          row_(row),
          identity_(identity),
          folder_(std::move(folder)),
          out_(std::move(out)) {}

    Result<GuildFileReport> run(const std::string& node_name, bool with_key) {
        report_.guild = row_.guild;
        TRY(const std::string genesis, store::hosting::find_genesis(tx_, row_.guild));
        if (genesis.empty()) return fault("the guild's genesis is not here");
        TRY_VOID(write_part(part("guild/genesis"), genesis));
        TRY(const auto logs, entries::logs_of(tx_, row_.guild));
        for (const auto& log : logs) TRY_VOID(export_log(log));
        TRY_VOID(export_proofs());
        TRY_VOID(export_users(node_name));
        TRY_VOID(export_keys(genesis));
        TRY_VOID(list_files());
        if (with_key) {
            TRY(const auto key, store::secrets::get(tx_, store::secrets::root_name(row_.guild)));
            if (!key) return fault("this node does not keep the guild's root key");
            TRY_VOID(write_part(part("guild/root-key"), *key));
        }
        return report_;
    }

    /// Files where they are, and their names in the archive.
    std::vector<ArchiveEntry> files;

  private:
    std::string part(const std::string& name) const { return out_ + "/" + name; }

    Status export_log(const entries::LogRow& log) {
        if (log.first > 0)
            return fault("the past of the guild is not all here yet; let the node run on");
        ++report_.logs;
        const std::string id = std::to_string(log.log_id);
        std::error_code ec;
        fs::create_directories(part("logs"), ec);
        std::ofstream out(part("logs/" + id), std::ios::binary);
        for (std::uint64_t at = 0; at < log.size;) {
            TRY(const auto chunk, entries::range(tx_, log.log, log.log_id, at, kChunk));
            if (chunk.empty()) return fault("entries are missing: run guildhall verify");
            for (const auto& entry : chunk) {
                const std::string record =
                    f::encode(entry.header) + pack({entry.body, entry.command});
                out.write(record.data(), static_cast<std::streamsize>(record.size()));
                ++report_.entries;
            }
            at = chunk.back().header.seq + 1;
        }
        out.close();
        if (!out) return fault("cannot write " + part("logs/" + id));
        return write_part(part("heads/" + id), log.head);
    }

    Status export_proofs() {
        TRY(const auto rows, store::hosting::certificates_above(tx_, row_.guild, -1));
        std::vector<std::string> certificates, evidence;
        for (const auto& row : rows) {
            certificates.push_back(row.bytes);
            need_signers(row.bytes);
        }
        TRY_VOID(write_part(part("guild/certificates"), pack(certificates)));
        TRY(const auto found, store::evidence::of_guild(tx_, row_.guild));
        for (const auto& row : found) {
            if (row.kind != 0) evidence.push_back(row.statements);
        }
        return write_part(part("guild/evidence"), pack(evidence));
    }

    /// Nodes that signed what the file brings: who checks it needs their keys, and nobody else's.
    void need_signers(std::string_view certificate) {
        const auto read = f::read_certificate(f::ByteView(certificate));
        if (!read) return;
        const auto& [complete, said] = *read;
        needed_.insert(said.new_host_uid);
        const std::vector<f::Hash32> signers = peering::signers_of(complete);
        needed_.insert(signers.begin(), signers.end());
    }

    /// Of hosts, voters and homes, whether the log itself brings them or not: it may have older
    /// ones.
    Status export_keys(const std::string& genesis) {
        const auto stored = f::decode_signed_genesis(f::ByteView(genesis));
        const auto born = stored ? f::decode_genesis(stored->bytes) : std::nullopt;
        const auto* guild = born ? std::get_if<f::GuildGenesis>(&*born) : nullptr;
        if (guild) needed_.insert(guild->host_uid);
        std::vector<std::string> key_logs;
        for (const f::Hash32& node : needed_) {
            TRY(const auto log, keys_of(node));
            if (!log.empty()) key_logs.push_back(log);
        }
        return write_part(part("guild/key-logs"), pack(key_logs));
    }

    /// Empty for a node that is not known here.
    Result<std::string> keys_of(const f::Hash32& node) {
        if (node == identity_.uid) return f::encode(identity_.log);
        TRY(const auto peer, store::peers::find(tx_, node.text()));
        return peer ? peer->key_events : std::string();
    }

    /// A user's uid is said where the file proves it: by the genesis, or by a profile and the keys
    /// of the home that signed it.
    Result<UserRecord> record_of(const protocol::User& user, const std::string& node_name) {
        const bool local = user.home_uid.empty();
        UserRecord record{.id = user.id.value};
        record.home_uid = local ? std::string(identity_.uid.text()) : user.home_uid;
        record.username = user.username + (local ? "@" + node_name : std::string());
        record.global_name = user.global_name;
        record.avatar = user.avatar;
        record.bot = user.bot;
        record.deleted = user.deleted;
        const protocol::Snowflake id(user.id.value);
        TRY(auto genesis, store::users::find_claim(tx_, id, user.uid));
        record.genesis = genesis.value_or("");
        TRY(auto profile, store::profiles::find(tx_, user.id));
        const auto home = f::Hash32::from(record.home_uid);
        if (profile && home) {
            TRY(const auto keys, keys_of(*home));
            if (!keys.empty()) record.profile = std::move(profile->bytes);
        }
        if (!record.profile.empty()) needed_.insert(*home);
        if (!record.genesis.empty() || !record.profile.empty()) record.uid = user.uid;
        return record;
    }

    Status export_users(const std::string& node_name) {
        TRY(const auto ids, store::guild_people::all(tx_, row_.guild));
        std::vector<std::string> users;
        for (const protocol::UserId id : ids) {
            TRY(const auto user, store::users::find(tx_, id));
            if (!user) continue;
            TRY(const UserRecord record, record_of(*user, node_name));
            users.push_back(encode(record));
        }
        return write_part(part("guild/users"), pack(users));
    }

    Status list_files() {
        TRY(const auto hashes, store::attachments::hashes_of_guild(tx_, row_.guild));
        for (const std::string& hash : hashes) {
            const std::string hex = f::to_hex(hash);
            const std::string own = folder_ + "/files/" + hex.substr(0, 2) + "/" + hex;
            const std::string copy = folder_ + "/copies/" + hex.substr(0, 2) + "/" + hex;
            const std::string& path = fs::exists(own) ? own : copy;
            if (!fs::exists(path)) {
                ++report_.files_missing;
                continue;
            }
            ++report_.files;
            files.push_back({path, "files/" + hex.substr(0, 2) + "/" + hex});
        }
        for (const char* kind : {"icons", "splashes", "banners"}) {
            const std::string name = std::string("images/") + kind + "/" + row_.guild.str();
            std::error_code ec;
            for (const auto& image : fs::directory_iterator(folder_ + "/" + name, ec))
                files.push_back(
                    {image.path().string(), name + "/" + image.path().filename().string()});
        }
        return {};
    }

    store::Tx& tx_;
    const store::hosting::HostingRow& row_;
    const journal::Identity& identity_;
    const std::string folder_, out_;
    std::set<f::Hash32> needed_;
    GuildFileReport report_;
};

void list_parts(const std::string& folder, std::vector<ArchiveEntry>& out) {
    std::error_code ec;
    for (const auto& file : fs::recursive_directory_iterator(folder, ec)) {
        const std::string path = file.path().string();
        if (file.is_regular_file(ec)) out.push_back({path, path.substr(folder.size() + 1)});
    }
    // The same guild gives the same file.
    std::ranges::sort(out, {}, &ArchiveEntry::name);
}

}  // namespace

Result<GuildFileReport> export_guild(const std::string& folder,
                                     const std::string& guild,
                                     const std::string& file,
                                     const std::string& node_name,
                                     bool with_key) {
    if (!f::init_crypto()) return fault("libsodium cannot start");
    const auto id = protocol::parse_id<GuildId>(guild);
    if (!id) return fault("'" + guild + "' is not a guild's id");
    TRY_VOID(require_data(folder));
    if (fs::exists(file)) return fault(file + " is there already");
    const Workplace database(file + ".database"), work(file + ".parts");
    TRY_VOID(store::backup_database(store::database_path(folder),
                                    store::database_path(database.path()),
                                    [](std::int64_t, std::int64_t) {}));
    store::SqliteDbOptions options{.folder = database.path()};
    options.migrations = store::schema::migrations();
    TRY(const auto db, store::SqliteDb::open(options));
    base::SystemClock clock;
    base::SystemRng rng;
    GuildFileReport report;
    std::vector<ArchiveEntry> parts;
    const Status read = write_and_wait(*db, [&](store::Tx& tx) -> Status {
        TRY(const auto row, store::hosting::find(tx, *id));
        if (!row || row->role == store::hosting::Role::left)
            return fault("there is no guild " + guild + " here");
        TRY(const auto identity, journal::load_or_make_identity(tx, clock, rng));
        Exporter exporter(tx, *row, identity, folder, work.path());
        TRY(report, exporter.run(node_name, with_key));
        parts = std::move(exporter.files);
        return {};
    });
    db->stop();
    if (!read) return read.error();
    list_parts(work.path(), parts);
    auto done = write_archive(file, parts, kShowFiles, ArchiveSeal::hash);
    end_progress();
    if (!done) return done.error();
    return report;
}

}  // namespace guildhall::app
