#pragma once
// Pages: what a person sees of a node in a browser: where it is and how to connect (/), an invite
// (/i/CODE), the API reference (/docs) and the document behind it (/openapi.json). Everything comes
// from the node itself and works without scripts, but for the reference's viewer. One per node,
// owned by node/app; each call runs on the shard that accepted the connection.

#include "node/base/http/request.h"
#include "node/base/http/response.h"
#include "node/base/task.h"
#include "node/journal/view.h"
#include "node/rest/route.h"
#include "node/services/context.h"

#include <memory>
#include <string>
#include <vector>

namespace guildhall::pages {

class Pages {
  public:
    /// All references outlive it.
    Pages(const services::Settings& settings,
          const std::vector<std::unique_ptr<journal::View>>& views,
          const std::vector<const rest::Route*>& routes,
          base::Clock& clock);

    base::Task<base::http::Response> serve(base::http::Request& request);

  private:
    base::http::Response answer(const base::http::Request& request) const;
    base::http::Response landing(const base::http::Request& request) const;
    base::http::Response invite(const base::http::Request& request, const std::string& code) const;
    base::http::Response docs() const;
    base::http::Response not_found(const base::http::Request& request) const;

    const services::Settings& settings_;
    const std::vector<std::unique_ptr<journal::View>>& views_;
    base::Clock& clock_;
    /// ETags of the assets, in their order.
    const std::vector<std::string> tags_;
    /// Made once: the route table does not change. The address may, until the node listens.
    const std::string openapi_;
    const std::string docs_page_;
};

// The bodies of the pages, as HTML; pure.

std::string landing_body(const services::Settings& settings);
std::string docs_page(const services::Settings& settings,
                      const std::vector<const rest::Route*>& routes);

/// An invite that can be accepted, with its guild; without one, what says that there is none.
struct ShownInvite {
    protocol::GuildSnapshot guild;
    const protocol::Invite* invite = nullptr;
    /// Who made it; empty for nobody that the node knows.
    std::string inviter;
};
std::string invite_body(const services::Settings& settings, const ShownInvite& shown);
std::string no_invite_body();

}  // namespace guildhall::pages
