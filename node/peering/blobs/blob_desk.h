#pragma once
// BlobDesk: what a node gives to others of its files and takes from them. It answers blobGet for
// who may have the file (404-equal for anybody else), and takes files that the home of a member
// hands over (blobPut, then blobParts) so that a command may name them. Owned by Blobs; on the
// shard of peering.

#include "node/peering/blobs/guest_files.h"
#include "node/peering/host/visibilities.h"
#include "node/peering/link/peers.h"
#include "node/rest/call.h"
#include "node/services/blobs.h"

#include <deque>
#include <map>
#include <memory>

namespace guildhall::peering {

class BlobDesk final : public PeerObserver {
  public:
    BlobDesk(Context& ctx, Peers& peers, Visibilities& visibilities, services::BlobFiles& files);

    /// The files that a command names, which its home handed over within kGrantTime; 404 for any
    /// other: who knows a hash has not the file for that.
    Task<Result<std::vector<rest::UploadedFile>>> take(Hash32 from,
                                                       std::vector<federation::frames::File> files);

    void on_closed(const std::shared_ptr<Peer>& peer) override;

    /// A command follows its files at once; its home may have lost the link in between.
    static constexpr std::chrono::minutes kGrantTime{20};

  private:
    /// A file that a peer is handing over. Parts wait here until they are on the disk; their
    /// credit goes back then, so that no more than the class's credit ever waits.
    struct Arrival {
        Arrival(Inbound asked, federation::frames::BlobPut what)
            : question(std::move(asked)), put(what) {}
        Inbound question;
        federation::frames::BlobPut put;
        std::deque<std::pair<Inbound, federation::frames::BlobPart>> parts;
        base::Wake wake;
        bool dropped = false;
    };
    using Key = std::pair<Hash32, Hash32>;

    void on_get(Inbound in, federation::frames::BlobGet get);
    Task<void> serve(Inbound in, federation::frames::BlobGet get);
    Task<Result<services::BlobFiles::Found>> find(Hash32 asker, federation::frames::BlobGet get);
    Task<bool> is_in_channel(protocol::ChannelId channel, std::string hash);
    void on_put(Inbound in, federation::frames::BlobPut put);
    bool may_put(const Hash32& from, const federation::frames::BlobPut& put) const;
    Task<void> receive(std::shared_ptr<Arrival> arrival);
    /// False: it was not all, or not what it was said to be.
    Task<bool> receive_parts(Arrival& arrival);
    void on_part(Inbound in, federation::frames::BlobPart part);
    Task<bool> next_part(Arrival& arrival);
    void grant(const Hash32& from, const federation::frames::BlobPut& put);
    void renew(const Hash32& from, const Hash32& hash);
    /// Of files that the peer handed over or is handing over.
    std::uint64_t bytes_from(const Hash32& from) const;
    /// What those of them take that no command named yet.
    std::uint64_t unnamed_cost(const Hash32& from) const;
    void forget_old();
    Task<Status> name_granted(Hash32 from, Hash32 hash, std::uint64_t size);
    bool is_granted(const Hash32& from, const Hash32& hash);

    Context& ctx_;
    Visibilities& visibilities_;
    services::BlobFiles& files_;
    GuestFiles guests_;
    std::map<Key, std::shared_ptr<Arrival>> arrivals_;
    struct Grant {
        Nanos until{};
        std::uint64_t bytes = 0;
        /// A command named it: it is among the files of the guests.
        bool named = false;
    };
    std::map<Key, Grant> grants_;
};

}  // namespace guildhall::peering
