#pragma once
// The files of a multipart body, handed on to a service. Any thread.

#include "node/rest/call.h"
#include "node/services/files.h"

#include <utility>
#include <vector>

namespace guildhall::rest {

/// Leaves the call without its files.
inline std::vector<services::Upload> uploads_of(Call& call) {
    std::vector<services::Upload> out;
    out.reserve(call.files.size());
    for (UploadedFile& file : call.files)
        out.push_back({std::move(file.name),
                       std::move(file.filename),
                       std::move(file.bytes),
                       std::move(file.kept)});
    call.files.clear();
    return out;
}

}  // namespace guildhall::rest
