#pragma once
// Links: addresses of files on this node's CDN, signed and with an end, so that who loses access to
// a channel loses its files too. Immutable once the node serves; any thread.

#include "node/base/clock.h"
#include "protocol/model.h"

#include <string>
#include <string_view>

namespace guildhall::services {

class Links {
  public:
    Links(std::string public_url, std::string cdn_key, base::Clock& clock)
        : public_url_(std::move(public_url)), cdn_key_(std::move(cdn_key)), clock_(clock) {}

    /// {public_url}/cdn/attachments/{channel}/{attachment}/{filename}?ex=&is=&hm=&
    std::string attachment(protocol::ChannelId channel, const protocol::Attachment& file) const;

    /// Whether such an address's query is sound and has not ended.
    bool is_valid(std::string_view path,
                  std::string_view ex,
                  std::string_view is,
                  std::string_view hm) const;
    /// Before the shards run only: when the port is known.
    void set_public_url(std::string url) { public_url_ = std::move(url); }
    const std::string& public_url() const { return public_url_; }

  private:
    std::string signature(std::string_view path, std::string_view ex, std::string_view is) const;

    std::string public_url_;
    const std::string cdn_key_;
    base::Clock& clock_;
};

/// A file name as a path segment of an address.
std::string escape_path_segment(std::string_view name);

}  // namespace guildhall::services
