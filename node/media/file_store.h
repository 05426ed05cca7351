#pragma once
// FileStore and ImageStore on the node's disk. Attached files are kept by content under
// DATA/files/ab/HASH, images of users and guilds under DATA/images/FOLDER/OWNER/HASH, copies of
// other nodes' files under DATA/copies/ab/KEY (blob_files.cpp). A file is written aside, synced,
// and renamed into place, so that it is whole or not there. Owned by node/app; any shard; the work
// is done on the disk pool.

#include "node/base/rng.h"
#include "node/base/worker_pool.h"
#include "node/services/blobs.h"
#include "node/services/files.h"
#include "node/services/images.h"

#include <string>

namespace guildhall::media {

class DiskFiles final : public services::FileStore,
                        public services::ImageStore,
                        public services::BlobFiles {
  public:
    DiskFiles(std::string data_dir, base::WorkerPool& disk, base::Rng& rng)
        : data_dir_(std::move(data_dir)), disk_(disk), rng_(rng) {}

    base::Task<base::Result<services::StoredFile>> put(std::string bytes) override;
    base::Task<protocol::Result<std::string>> put(std::string_view folder,
                                                  protocol::Snowflake owner,
                                                  std::string bytes) override;

    base::Task<base::Result<std::optional<Found>>> find(services::BlobName name) override;
    base::Task<base::Result<std::string>> read(std::string path,
                                               std::uint64_t offset,
                                               std::size_t length) override;
    base::Task<base::Result<std::unique_ptr<services::IncomingBlob>>> receive(
        services::BlobName name, services::BlobPlace place) override;
    base::Task<base::Status> remove_copy(federation::Hash32 key) override;
    base::Task<base::Status> adopt(services::BlobName name) override;
    base::Task<base::Status> remove_others(services::BlobName image) override;
    base::Task<base::Result<std::vector<Copy>>> copies() override;

    /// Where a file of that content is, if it is there.
    std::string file_path(std::string_view hash) const;
    std::string image_path(std::string_view folder,
                           std::string_view owner,
                           std::string_view hash) const;

    std::string copy_path(const federation::Hash32& key) const;
    std::string own_path(const services::BlobName& name) const;

  private:
    std::string data_dir_;
    base::WorkerPool& disk_;
    base::Rng& rng_;
};

}  // namespace guildhall::media
