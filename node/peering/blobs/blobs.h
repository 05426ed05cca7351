#pragma once
// Blobs: files between nodes. A client asks its own node alone; what that has not it fetches from
// the guild's host, or from another node that may have it, by content: bytes are hashed while they
// come and become visible only when the hash is right. Copies are kept within a bound
// (blob_copies.h); a successor of the guild keeps them for good, because it must be able to go on
// with the guild, as far as the guild's host may fill this node's disk (federation/policy.h); what
// is beyond that is a copy when somebody looks at it. Files of a command go the other way, before
// it (hand_over). What others ask of us is BlobDesk's.
//
// Owned by Peering; fetch() on any shard, all else on the shard of peering.

#include "node/peering/blobs/blob_copies.h"
#include "node/peering/blobs/blob_desk.h"
#include "node/peering/blobs/file_carrier.h"
#include "node/peering/mirror/mirrors.h"

#include <map>
#include <memory>
#include <unordered_map>

namespace guildhall::peering {

struct BlobDeps {
    services::FileStore& store;
    services::BlobFiles& files;
    /// Room for copies of other nodes' files.
    std::uint64_t copies_bytes_max = 1ull << 30;
};

class Blobs final : public services::RemoteFiles, public FileCarrier, public journal::Subscriber {
  public:
    /// Subscribe it on the shard of peering.
    struct Parts {
        Peers& peers;
        Mirrors& mirrors;
        Visibilities& visibilities;
    };
    Blobs(Context& ctx, Parts parts, BlobDeps deps);
    ~Blobs() override;

    void start();

    Task<Result<std::string>> fetch(base::Shard& here,
                                    services::BlobName name,
                                    std::uint64_t channel) override;

    Task<Result<std::vector<federation::frames::File>>> hand_over(
        std::shared_ptr<Peer> host,
        Purpose purpose,
        std::vector<rest::UploadedFile> files) override;
    Task<Result<std::vector<rest::UploadedFile>>> take(
        Hash32 origin, std::vector<federation::frames::File> files) override {
        return desk_.take(origin, std::move(files));
    }
    Task<Result<std::string>> read(Hash32 hash) override;
    /// Whose images may be asked of whom, where nothing else tells: the guild of an invite that
    /// somebody looks at, on its host.
    void note_owner(protocol::Snowflake owner, const Hash32& node);

    /// Copies of other nodes' files.
    std::size_t copies() const { return copies_.count(); }

    void on_committed(const journal::Committed& entry) override;
    void on_guild(const journal::GuildChange& change) override;

  private:
    /// One fetch, for all who wait for it.
    struct Flight {
        std::optional<Result<std::string>> result;
        std::vector<base::Wake> waits;
    };
    /// Where a file may be, the best first.
    struct Sources {
        std::vector<Hash32> nodes;
        protocol::GuildId guild;
    };
    struct Wanted {
        services::BlobName name;
        /// Of the message that names it; 0 for an image.
        std::uint64_t channel = 0;
        /// For which it is kept for good, where there is room.
        protocol::GuildId keeper;
    };

    Task<Result<std::string>> fetch_here(Wanted what);
    Task<void> fly(Wanted what, std::shared_ptr<Flight> flight);
    Task<Result<std::string>> fetch_from_any(Wanted what);
    Task<Result<std::shared_ptr<Peer>>> reach(Hash32 node, bool may_dial);
    Sources sources_of(const services::BlobName& name, std::uint64_t channel) const;
    void add_guild_sources(const protocol::GuildState& state, Sources& out) const;
    void add_user_sources(protocol::UserId user, Sources& out) const;
    Hash32 home_of(protocol::UserId user) const;
    Task<Status> fetch_from(std::shared_ptr<Peer> peer, Wanted what, protocol::GuildId guild);
    Task<Status> send_file(std::shared_ptr<Peer> host, federation::frames::BlobPut put);
    Task<Status> send_parts(Peer& host, federation::frames::BlobPut put, std::string path);
    void keep_for_succession(const protocol::GuildState& state, const protocol::Message& message);
    void begin_round();
    void keep_guild_soon(protocol::GuildId guild);
    Task<void> keep_all();
    Task<void> keep_guild(protocol::GuildId guild);
    struct Kept {
        /// Of the guild's room.
        std::uint64_t cost = 0;
        /// It was not this node's own before.
        bool is_new = false;
    };
    /// Fetches the file, or makes a copy one of this node's own, and counts it; 507 when the guild
    /// has no room for it.
    Task<Result<Kept>> keep(Wanted what);
    Task<Result<Kept>> keep_new(Wanted what);
    bool has_room(protocol::GuildId guild, std::uint64_t bytes) const;
    void note_full(protocol::GuildId guild);

    Context& ctx_;
    Peers& peers_;
    Mirrors& mirrors_;
    BlobDeps deps_;
    BlobDesk desk_;
    BlobCopies copies_;
    std::map<Hash32, std::shared_ptr<Flight>> flights_;
    /// Files that nobody has, or gave when he was asked, until when nobody is asked again.
    std::map<Hash32, Nanos> missing_;
    std::unordered_map<std::uint64_t, Hash32> owners_;
    /// Files to be kept as a successor, in the order of their coming.
    std::deque<Wanted> wanted_;
    bool keeping_ = false;
    /// Guilds whose files do not all fit, until the next round; and of which the log told.
    std::set<protocol::GuildId> full_, told_full_;
    base::Counter& refused_;
    /// Guilds whose files are being gone through.
    std::set<protocol::GuildId> guilds_;
    base::TimerId rounds_;
};

}  // namespace guildhall::peering
