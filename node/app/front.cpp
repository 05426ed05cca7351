#include "node/app/front.h"

#include "node/classic/classic_api.h"
#include "node/gateway/upgrader.h"
#include "node/media/cdn.h"
#include "node/ops/status.h"
#include "node/pages/pages.h"
#include "node/peering/peering.h"
#include "node/rest/dispatcher.h"

namespace guildhall::app {

namespace http = base::http;

base::Task<http::Response> Front::serve(http::Request& request) {
    const auto segments = request.segments();
    const std::string first = segments.empty() ? std::string() : segments.front();
    if (first == "api") co_return co_await sites_.api.serve(request);
    if (first == "cdn") {
        std::vector<std::string> rest(segments.begin() + 1, segments.end());
        co_return co_await sites_.cdn.serve(request, std::move(rest));
    }
    if (segments.size() == 1 && first == "health") co_return sites_.status.health();
    if (segments.size() == 1 && first == "metrics") co_return sites_.status.metrics();
    if (sites_.peering != nullptr && request.path() == "/.well-known/guildhall") {
        co_return http::Response::json(200, sites_.peering->well_known());
    }
    if (classic::ClassicApi::owns(first)) co_return co_await sites_.classic.serve(request);
    co_return co_await sites_.pages.serve(request);
}

base::Task<http::Upgrade> Front::upgrade(http::Request& request) {
    return sites_.upgrader.upgrade(request);
}

std::size_t Front::body_limit(const http::Request& head) const {
    return sites_.api.body_limit(head);
}

}  // namespace guildhall::app
