#pragma once
// Cdn: GET below /cdn. Attached files under signed addresses that end; images of users and guilds
// under their hash; default avatars. Owned by node/app; runs on the shard that accepted the call.

#include "node/base/http/request.h"
#include "node/base/http/response.h"
#include "node/media/file_store.h"
#include "node/services/links.h"
#include "node/store/db.h"

namespace guildhall::media {

class Cdn {
  public:
    Cdn(const DiskFiles& files, const services::Links& links, store::Db& db, base::WorkerPool& disk)
        : files_(files), links_(links), db_(db), disk_(disk) {}

    /// Before the shards run only. Without it other nodes' files are not found.
    void set_remote(services::RemoteFiles& remote) { remote_ = &remote; }

    /// `segments` are those below /cdn.
    base::Task<base::http::Response> serve(const base::http::Request& request,
                                           std::vector<std::string> segments);

  private:
    base::Task<base::http::Response> attachment(const base::http::Request& request,
                                                std::vector<std::string> segments);
    base::Task<base::http::Response> image(const base::http::Request& request,
                                           std::vector<std::string> segments);
    base::Task<base::http::Response> send_blob(const base::http::Request& request,
                                               services::BlobName name,
                                               std::string path,
                                               std::string filename,
                                               protocol::ChannelId channel);
    base::Task<base::http::Response> send(std::string path, std::string filename);

    const DiskFiles& files_;
    const services::Links& links_;
    store::Db& db_;
    base::WorkerPool& disk_;
    services::RemoteFiles* remote_ = nullptr;
};

}  // namespace guildhall::media
