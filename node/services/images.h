#pragma once
// Images that requests carry as data URIs (icons, avatars, banners): checked here, kept by an
// ImageStore, named by a hash in events and profiles, served by the CDN. The store is node/media's;
// services see only this. On the caller's shard.

#include "node/base/task.h"
#include "protocol/ids.h"
#include "protocol/result.h"

#include <string>
#include <string_view>

namespace guildhall::services {

class ImageStore {
  public:
    virtual ~ImageStore() = default;
    /// Keeps the image durably under the CDN's folder (icons, avatars, banners, splashes,
    /// role-icons) of `owner`; its hash as the API writes it, `a_` in front for an animated one.
    virtual base::Task<protocol::Result<std::string>> put(std::string_view folder,
                                                          protocol::Snowflake owner,
                                                          std::string bytes) = 0;
};

/// The hash under which a request's image is kept. Empty for an empty text. What is no image, or
/// too large, is a fault of `field`; without a store (null) every image is.
base::Task<protocol::Result<std::string>> keep_image(ImageStore* store,
                                                     std::string_view folder,
                                                     protocol::Snowflake owner,
                                                     std::string_view field,
                                                     const std::string& data_uri);

}  // namespace guildhall::services
