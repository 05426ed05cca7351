#pragma once
// Front: the one HTTP handler of the node. It looks at the path's first segment and hands the
// request to the API, the CDN, the operator's pages, the classic API or the pages. Owned by Node.

#include "node/base/http/handler.h"

namespace guildhall::rest {
class Dispatcher;
}
namespace guildhall::media {
class Cdn;
}
namespace guildhall::ops {
class Status;
}
namespace guildhall::gateway {
class Upgrader;
}
namespace guildhall::classic {
class ClassicApi;
}
namespace guildhall::pages {
class Pages;
}
namespace guildhall::peering {
class Peering;
}

namespace guildhall::app {

class Front final : public base::http::Handler {
  public:
    struct Sites {
        rest::Dispatcher& api;
        media::Cdn& cdn;
        const ops::Status& status;
        gateway::Upgrader& upgrader;
        classic::ClassicApi& classic;
        pages::Pages& pages;
        /// Null: the node works alone.
        const peering::Peering* peering;
    };

    explicit Front(Sites sites) : sites_(sites) {}

    base::Task<base::http::Response> serve(base::http::Request& request) override;
    base::Task<base::http::Upgrade> upgrade(base::http::Request& request) override;
    std::size_t body_limit(const base::http::Request& head) const override;

  private:
    Sites sites_;
};

}  // namespace guildhall::app
