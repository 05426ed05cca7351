#pragma once
// Directory: every node that this one has met: its key log as last verified, its name, where it can
// be reached, how far it is trusted. In memory, read once from the table `peers` before the shards
// run, and written back as it changes. On the shard of peering.
//
// A name is pinned to a uid when it was proved: the document at https://NAME/.well-known/guildhall
// names the uid, or a person here asked for NAME and was led there. A name that is only claimed is
// not shown to people, but for closed networks (federation.allow_private), where nobody else claims
// it.
//
// Strangers go again: nodes that no guild here needs (as host, successor or home of a member), that
// have no link and no proved name, and that no operator decided about. The one that was not seen
// for longest goes first, when they are too many or take too much room; any goes that was not seen
// for ninety days. A proved name goes only when the table is full.

#include "federation/frame.h"
#include "federation/link_identity.h"
#include "node/peering/context.h"
#include "node/peering/link/key_forks.h"
#include "node/store/tables/peers.h"

#include <functional>
#include <map>
#include <optional>
#include <set>
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
    std::size_t size() const { return known_.size(); }
    /// By label.
    const Known* by_name(std::string_view name) const;
    template <class Each>
    void for_each(Each each) const {
        for (const auto& [uid, known] : known_) each(known);
    }

    /// Ascending by label, those after `after`; `each` returns false to end it.
    template <class Each>
    void for_each_after(std::string_view after, Each each) const {
        for (auto at = labels_.upper_bound(after); at != labels_.end(); ++at) {
            if (!each(known_.at(at->second))) return;
        }
    }

    /// Who has a link, or is wanted: stays.
    void set_in_use(std::function<bool(const federation::Hash32&)> in_use) {
        in_use_ = std::move(in_use);
    }
    /// Told when a node is called otherwise than before: its users are, too.
    void on_label(std::function<void(const federation::Hash32&)> told) { told_ = std::move(told); }

    /// About 2 KiB each. More nodes than there are in any network that we know of.
    static constexpr std::size_t kKnownMax = 65'536;
    /// Of them strangers, and the bytes of their key logs: whoever makes identities, which cost
    /// nothing, pushes out others of the kind.
    static constexpr std::size_t kStrangersMax = 4'096;
    static constexpr std::size_t kStrangerBytesMax = 32u << 20;

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
    /// Somebody else showed newer keys of a node that is known, such as a guild's log; false when
    /// they are none, or nothing is new.
    bool learn(const federation::Hash32& uid, const federation::KeyLog& log);
    /// The link with it ended.
    void lost(const federation::Hash32& uid);
    /// The name was proved.
    void pin(const federation::Hash32& uid, const std::string& name);
    void set_standing(const federation::Hash32& uid, const federation::Standing& standing);
    /// It was reached there: tried first the next time.
    void reached(const federation::Hash32& uid, const std::string& endpoint);

  private:
    std::optional<federation::KeyChain> grown(const Known& known,
                                              const federation::KeyLog& log) const;
    Shown compare(Known& known, const federation::PeerIdentity& identity);
    void note_fork(const Known& known, const federation::KeyLog& other);
    /// The operator trusts it, or a guild here has it as host or successor.
    bool is_relied_on(const Known& known) const;
    void take_endpoints(Known& known, const std::vector<std::string>& told);
    void relabel(Known& known);

    // directory_room.cpp
    bool make_room(const federation::KeyLog& newcomer);
    void look_over();
    std::set<federation::Hash32> needed() const;
    void forget(const std::vector<federation::Hash32>& uids);

    void save(const Known& known);

    Context& ctx_;
    KeyForks forks_;
    std::map<federation::Hash32, Known> known_;
    std::map<std::string, federation::Hash32, std::less<>> labels_;
    std::function<void(const federation::Hash32&)> told_;
    std::function<bool(const federation::Hash32&)> in_use_;
    /// As of the last look over all, and those who came since.
    std::size_t strangers_ = 0, stranger_bytes_ = 0;
    base::Nanos looked_at_{};
};

/// What a node is called whose name was not proved: the beginning of its uid, under a domain that
/// nobody can have.
std::string unproved_label(const federation::Hash32& uid);

/// A name that a person asked for, as names are compared; nothing for what is none.
std::optional<std::string> node_label(std::string_view name);

}  // namespace guildhall::peering
