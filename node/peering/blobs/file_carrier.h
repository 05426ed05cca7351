#pragma once
// FileCarrier: how the files of a command travel: the user's home keeps what came in the request
// and hands it to the host before the command goes; the command names the files, and the host's
// handler gets them as if they had been uploaded there. Implemented by Blobs; on the shard of
// peering.

#include "federation/frame.h"
#include "node/base/task.h"
#include "node/rest/call.h"

#include <memory>
#include <vector>

namespace guildhall::peering {

class Peer;

/// The field of a file that is the call's whole body: one that is too long for a command, as with
/// an image in it. Never of a call whose body mirrors hold against what came of it.
inline constexpr std::string_view kWholeBody = "payload_json";

class FileCarrier {
  public:
    virtual ~FileCarrier() = default;

    /// Who will post them, and where.
    struct Purpose {
        federation::Hash32 guild_uid{};
        std::uint64_t channel = 0;
        std::uint64_t user = 0;
    };
    /// At home: ends when the host has them all.
    virtual base::Task<base::Result<std::vector<federation::frames::File>>> hand_over(
        std::shared_ptr<Peer> host, Purpose purpose, std::vector<rest::UploadedFile> files) = 0;

    /// On the host: what the same origin handed over before; 404 for other files.
    virtual base::Task<base::Result<std::vector<rest::UploadedFile>>> take(
        federation::Hash32 origin, std::vector<federation::frames::File> files) = 0;
    /// The bytes of one that take() gave.
    virtual base::Task<base::Result<std::string>> read(federation::Hash32 hash) = 0;
};

}  // namespace guildhall::peering
