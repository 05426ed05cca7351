#pragma once
// Directory: every node that this one has met: its key log as last verified, its name, where it can
// be reached, how far it is trusted. In memory, read once from the table `peers` before the shards
// run, and written back as it changes. On the shard of peering.
//
// A name is pinned to a uid when it was proved: the document at https://NAME/.well-known/guildhall
// names the uid, or a person here asked for NAME and was led there. A name that is only claimed is
// not shown to people, but for closed networks (federation.allow_private), where nobody else claims
// it.

#include "federation/frame.h"
#include "federation/link_identity.h"
#include "node/peering/context.h"
#include "node/store/tables/peers.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace guildhall::peering {

/// A node of the directory.
struct Known {
    federation::Hash32 uid{};
    /// As it says, in its one spelling; empty when it says nothing of use.
    std::string claimed;
    bool pinned = false;
    /// alice@label: its name, or one made of its uid.
    std::string label;
    federation::KeyLog log;
    /// host:port, or wss://host[:port]; best first.
    std::vector<std::string> endpoints;
    federation::Standing standing;
    protocol::UnixMs last_seen_ms = 0;
};

class Directory {
  public:
    /// Reads the table, waiting for the store: before the shards run.
    explicit Directory(Context& ctx);

    const Known* find(const federation::Hash32& uid) const;
    /// By label.
    const Known* by_name(std::string_view name) const;
    template <class Each>
    void for_each(Each each) const {
        for (const auto& [uid, known] : known_) each(known);
    }

    /// Told when a node is called otherwise than before: its users are, too.
    void on_label(std::function<void(const federation::Hash32&)> told) { told_ = std::move(told); }

    enum class Shown {
        accepted,
        /// A longer log of this uid is known: these keys were rotated away.
        stale,
        /// Two logs that do not follow each other.
        forked,
        /// As many nodes as are kept are known.
        full,
    };
    /// A node has shown who it is, by a link whose handshake held.
    Shown show(const federation::PeerIdentity& identity, const federation::Hello& hello);
    /// Another node told of one that was never met; false when the log is none, or nothing is new.
    bool introduce(const federation::Hash32& uid,
                   const federation::KeyLog& log,
                   const std::string& name,
                   const std::vector<std::string>& endpoints);
    /// The name was proved.
    void pin(const federation::Hash32& uid, const std::string& name);
    void set_standing(const federation::Hash32& uid, const federation::Standing& standing);
    /// It was reached there: tried first the next time.
    void reached(const federation::Hash32& uid, const std::string& endpoint);

  private:
    Shown compare(Known& known, const federation::PeerIdentity& identity);
    void take_endpoints(Known& known, const std::vector<std::string>& told);
    void relabel(Known& known);
    void save(const Known& known);

    Context& ctx_;
    std::map<federation::Hash32, Known> known_;
    std::map<std::string, federation::Hash32, std::less<>> labels_;
    std::function<void(const federation::Hash32&)> told_;
};

    /// Somebody else showed newer keys of a node that is known, such as a guild's log; false when
    /// they are none, or nothing is new.
    bool learn(const federation::Hash32& uid, const federation::KeyLog& log);
/// What a node is called whose name was not proved: the beginning of its uid, under a domain that
/// nobody can have.
std::string unproved_label(const federation::Hash32& uid);

/// A name that a person asked for, as names are compared; nothing for what is none.
std::optional<std::string> node_label(std::string_view name);

    std::optional<federation::KeyChain> grown(const Known& known,
                                              const federation::KeyLog& log) const;
}  // namespace guildhall::peering
