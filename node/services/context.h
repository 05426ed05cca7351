#pragma once
// Context: what every service stands on. A plain bundle of references made by node/app, one per
// shard (`here` and `view` differ); it outlives the services that hold it.

#include "federation/bytes.h"
#include "node/base/clock.h"
#include "node/base/rng.h"
#include "node/base/shard.h"
#include "node/base/worker_pool.h"
#include "node/journal/journal.h"
#include "node/journal/view.h"
#include "node/services/links.h"
#include "node/store/await.h"
#include "node/store/db.h"

#include <string>
#include <vector>

namespace guildhall::services {

class Backfill;
class FileStore;

using base::Task;
using protocol::Error;
using protocol::Result;
using protocol::Status;

class HostChanges;
class ImageStore;
class LoginLimits;
class Online;
class OtherNodes;
class SessionStarts;

/// Secrets of the node, derived from its root secret at start (node/app); never logged or stored.
struct Secrets {
    /// HMAC keys: of stored tokens, of signed CDN addresses, of interaction tokens, of classic
    /// JWTs.
    std::string token_key, cdn_key, interaction_key, jwt_key;
};

/// What an operator set that services need (docs/CONFIG.md).
struct Settings {
    /// The node's name: its users are alice@name elsewhere.
    std::string name;
    /// Without a trailing slash, such as http://127.0.0.1:8080.
    std::string public_url;
    /// open, invite or closed.
    std::string registration = "open";
    std::string data_dir;
    /// BLAKE2b-256 of the node's genesis: the home of its users, the host of its guilds.
    federation::Hash32 node_uid;
    /// Where other nodes are told to link, best first; set before the shards run.
    std::vector<std::string> endpoints = {};
};

struct Context {
    base::Shard& here;
    base::Shards& shards;
    journal::View& view;
    journal::Journal& journal;
    store::Db& db;
    base::Clock& clock;
    base::Rng& rng;
    base::Log& log;
    /// Two threads for Argon2id.
    base::WorkerPool& hashers;
    const Secrets& secrets;
    const Settings& settings;
    const Links& links;
    /// Null: images in requests are refused.
    ImageStore* images = nullptr;
    /// Null: nobody counts as online.
    const Online* online = nullptr;
    /// Null: files in requests are refused.
    FileStore* files = nullptr;
    /// Null: sessions of bots are not counted.
    const SessionStarts* session_starts = nullptr;
    /// Null: guesses of passwords are not counted.
    LoginLimits* logins = nullptr;
    /// Null: guilds stay where they are.
    HostChanges* host_changes = nullptr;
    /// Null: this node works alone. Set before the shards start.
    OtherNodes* other_nodes = nullptr;
    /// Null: no guild is mirrored here. Set before the shards start.
    Backfill* backfill = nullptr;
};

}  // namespace guildhall::services
