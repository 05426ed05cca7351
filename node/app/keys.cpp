// guildhall keys: the signing keys of a stopped node. docs/CONFIG.md, "Keys".
#include "node/app/commands.h"
#include "node/app/data.h"
#include "node/app/fault.h"
#include "node/journal/key_rotation.h"
#include "node/store/sqlite_db.h"
#include "node/store/tables/secrets.h"

#include <cinttypes>
#include <cstdio>
#include <iostream>
#include <optional>

namespace guildhall::app {
namespace {

namespace f = federation;
using protocol::Result;
using protocol::Status;

int write_on_folder(const Arguments& arguments, store::UniqueFunction<Status(store::Tx&)> work) {
    auto db = open_existing(arguments.data_dir);
    if (!db) return fail(2, db.error());
    const Status done = write_and_wait(**db, std::move(work));
    (*db)->stop();
    return done ? 0 : fail(1, done.error());
}

Result<std::string> recovery_key(store::Tx& tx) {
    TRY(const auto kept, store::secrets::get(tx, journal::node_secret::kRotation));
    return kept.value_or("");
}

Status show(store::Tx& tx) {
    base::SystemClock clock;
    base::SystemRng rng;
    TRY(const auto identity, journal::load_or_make_identity(tx, clock, rng));
    TRY(const std::string recovery, recovery_key(tx));
    std::printf("node      %s\n", f::to_hex(identity.uid).c_str());
    std::printf(
        "key       %u  %s\n", identity.key_seq(), f::to_hex(identity.key.public_key()).c_str());
    std::printf("recovery  %s\n", recovery.empty() ? "not in this folder" : "in this folder");
    if (!identity.log.events.empty())
        std::printf("event     %s\n", f::to_hex(identity.log.events.back()).c_str());
    return {};
}

Status report(store::Tx& tx, const Result<journal::Rotation>& done) {
    if (!done) return done.error();
    std::printf("key %u signs from now on; heads of %" PRIu64 " logs were signed anew\n",
                done->key_seq,
                done->heads);
    return show(tx);
}

Status print_recovery(store::Tx& tx) {
    TRY(const std::string key, recovery_key(tx));
    if (key.empty()) return fault("this folder does not keep the recovery key");
    std::printf("%s\n", f::to_hex(key).c_str());
    return {};
}

/// From the folder, or from standard input, so that it is in no list of processes.
Result<f::Seed> read_recovery(store::Tx& tx) {
    TRY(std::string bytes, recovery_key(tx));
    if (bytes.empty()) {
        std::fputs("recovery key: ", stderr);
        std::string line;
        std::getline(std::cin, line);
        bytes = f::from_hex(line).value_or("");
    }
    const auto seed = f::Seed::from(std::string_view(bytes));
    if (!seed) return fault("a recovery key has 64 hex digits");
    return *seed;
}

Status override(store::Tx& tx, const std::optional<std::string>& event) {
    base::SystemClock clock;
    base::SystemRng rng;
    TRY(const f::Seed seed, read_recovery(tx));
    return report(tx, journal::override_keys(tx, clock, rng, seed, event));
}

}  // namespace

int keys(const Arguments& arguments) {
    const std::vector<std::string>& words = arguments.words;
    const std::string verb = words.empty() ? "" : words[0];
    if (verb == "show" && words.size() == 1) return write_on_folder(arguments, &show);
    if (verb == "rotate" && words.size() == 1) {
        return write_on_folder(arguments, [](store::Tx& tx) {
            base::SystemClock clock;
            base::SystemRng rng;
            return report(tx, journal::rotate_keys(tx, clock, rng));
        });
    }
    if (verb == "recovery" && words.size() == 1) return write_on_folder(arguments, &print_recovery);
    if (verb == "recovery" && words.size() == 2 && words[1] == "forget") {
        return write_on_folder(arguments, [](store::Tx& tx) {
            return store::secrets::put(tx, journal::node_secret::kRotation, "");
        });
    }
    if (verb == "override" && words.size() <= 2) {
        std::optional<std::string> event;
        if (words.size() == 2) {
            event = f::from_hex(words[1]);
            if (!event) return fail(2, fault("an event is hex digits"));
        }
        return write_on_folder(arguments, [event](store::Tx& tx) { return override(tx, event); });
    }
    return fail(2, usage_error("keys"));
}

}  // namespace guildhall::app
