#include "node/ops/janitor.h"

#include "federation/bytes.h"
#include "node/base/timer.h"
#include "node/store/await.h"
#include "node/store/projections/project.h"
#include "node/store/tables/attachments.h"
#include "node/store/tables/hosting.h"
#include "node/store/tables/nonces.h"
#include "protocol/limits.h"

#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace guildhall::ops {
namespace {

using namespace std::chrono_literals;

constexpr base::Nanos kRound = 5s;
// A few milliseconds of the writer's time.
constexpr unsigned kPurgeRows = 500;
constexpr base::Nanos kCollectEvery = 1h;
// Follow-ups to an interaction end after fifteen minutes.
constexpr std::int64_t kInteractionMs = 20 * 60 * 1000;
// A file is on the disk before its message is committed.
constexpr std::int64_t kFileAgeS = 3600;

struct Found {
    std::string path, hash;
};

/// Files that are old enough to have a message if they will ever have one, leftovers of a kill too.
std::vector<Found> old_files(const std::string& root, std::int64_t before_s) {
    std::vector<Found> out;
    std::error_code ec;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root, ec)) {
        struct stat info{};
        if (!entry.is_regular_file(ec) || ::stat(entry.path().c_str(), &info) != 0) continue;
        if (info.st_mtime >= before_s) continue;
        const auto hash = federation::from_hex(entry.path().filename().string());
        out.push_back({entry.path().string(), hash ? *hash : std::string()});
    }
    return out;
}

/// Takes the file away unless it was put again since it was listed, which shows in its time. It
/// leaves its name before its time counts, so that whoever puts it meanwhile writes it anew.
bool remove_old(const std::string& path, std::int64_t before_s) {
    const auto is_old = [&](const std::string& name) {
        struct stat info{};
        return ::stat(name.c_str(), &info) == 0 && info.st_mtime < before_s;
    };
    const std::string aside = path + ".old";
    if (!is_old(path) || ::rename(path.c_str(), aside.c_str()) != 0) return false;
    if (is_old(aside)) return ::unlink(aside.c_str()) == 0;
    (void)::rename(aside.c_str(), path.c_str());
    return false;
}

}  // namespace

void Janitor::start() { shard_.spawn("janitor", loop()); }

base::Task<void> Janitor::loop() {
    for (;;) {
        co_await shard_.timers().sleep_for(kRound);
        const auto done = co_await run_once();
        if (!done) {
            shard_.log().warn("janitor", "a round failed", {{"what", done.error().message}});
        }
    }
}

base::Task<base::Status> Janitor::run_once() {
    const auto now = shard_.clock().unix_ms();
    auto rows = [now](store::Tx& tx) -> base::Result<bool> {
        TRY_VOID(store::nonces::forget_before(tx, now - protocol::limits::kNonceTtlMs));
        TRY_VOID(tx.run("DELETE FROM interactions WHERE created_ms < $1", now - kInteractionMs));
        // Guilds of other nodes that were left.
        TRY(const bool swept, store::hosting::sweep_left(tx, kPurgeRows));
        TRY(const bool purged, store::purge_step(tx, kPurgeRows));
        return swept && purged;
    };
    // As long as a purge is under way the rounds follow each other, with room for others between.
    for (bool finished = false; !finished;) {
        CO_TRY(finished, co_await store::write(db_, rows));
        co_await shard_.timers().sleep_for(finished ? 0s : 20ms);
    }
    if (shard_.clock().now() < next_collection_) co_return base::Status();
    next_collection_ = shard_.clock().now() + kCollectEvery;
    co_return co_await collect_files();
}

base::Task<base::Status> Janitor::collect_files() {
    const std::int64_t before_s = shard_.clock().unix_ms() / 1000 - kFileAgeS;
    auto list = [root = data_dir_ + "/files", before_s] { return old_files(root, before_s); };
    CO_TRY(auto files, co_await disk_.run(std::move(list)));
    for (const Found& file : files) {
        bool used = false;
        if (!file.hash.empty()) {
            auto look = [hash = file.hash](store::Tx& tx) {
                return store::attachments::is_used(tx, hash);
            };
            CO_TRY(used, co_await store::read(db_, std::move(look)));
        }
        if (used) continue;
        auto remove = [path = file.path, before_s] { return remove_old(path, before_s); };
        CO_TRY_VOID(co_await disk_.run(std::move(remove)));
    }
    co_return base::Status();
}

}  // namespace guildhall::ops
