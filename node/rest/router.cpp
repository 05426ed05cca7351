#include "node/rest/router.h"

#include "protocol/check.h"

#include <algorithm>

namespace guildhall::rest {
namespace {

std::vector<std::string_view> split(std::string_view path) {
    std::vector<std::string_view> out;
    for (std::size_t at = 1; at <= path.size();) {
        const std::size_t slash = std::min(path.find('/', at), path.size());
        out.push_back(path.substr(at, slash - at));
        at = slash + 1;
    }
    return out;
}

bool is_parameter(std::string_view segment) { return segment.starts_with('{'); }

}  // namespace

struct Router::Node {
    std::map<std::string, Node, std::less<>> fixed;
    std::unique_ptr<Node> parameter;
    std::vector<const Route*> routes;
};

Router::Router(const std::vector<const Route*>& routes) : root_(std::make_unique<Node>()) {
    for (const Route* route : routes) {
        Node* node = root_.get();
        for (const std::string_view segment : split(route->pattern)) {
            if (is_parameter(segment)) {
                if (!node->parameter) node->parameter = std::make_unique<Node>();
                node = node->parameter.get();
            } else {
                node = &node->fixed[std::string(segment)];
            }
        }
        const auto same_method = [&](const Route* r) { return r->method == route->method; };
        CHECK(std::none_of(node->routes.begin(), node->routes.end(), same_method));
        node->routes.push_back(route);
    }
}

Router::~Router() = default;

bool Router::walk(const Node& node,
                  base::http::Method method,
                  std::span<const std::string> segments,
                  Match& match) {
    if (segments.empty()) {
        for (const Route* route : node.routes) {
            match.path_known = true;
            if (route->method == method) {
                match.route = route;
                return true;
            }
            const std::string_view name = base::http::method_name(route->method);
            // Also a pattern with a parameter may have said so.
            if (match.allow.find(name) != match.allow.npos) continue;
            if (!match.allow.empty()) match.allow += ", ";
            match.allow += name;
        }
        return false;
    }
    const auto fixed = node.fixed.find(segments.front());
    if (fixed != node.fixed.end() && walk(fixed->second, method, segments.subspan(1), match)) {
        return true;
    }
    if (!node.parameter || segments.front().empty()) return false;
    match.params.push_back(segments.front());
    if (walk(*node.parameter, method, segments.subspan(1), match)) return true;
    match.params.pop_back();
    return false;
}

Router::Match Router::match(base::http::Method method,
                            std::span<const std::string> segments) const {
    Match match;
    walk(*root_, method, segments, match);
    return match;
}

std::vector<std::string_view> parameter_names(std::string_view pattern) {
    std::vector<std::string_view> out;
    for (const std::string_view segment : split(pattern)) {
        if (is_parameter(segment)) out.push_back(segment.substr(1, segment.size() - 2));
    }
    return out;
}

std::vector<const Route*> all_routes() {
    std::vector<const Route*> out;
    for (const auto rows :
         {auth_routes(),     user_routes(),        guild_routes(),   hosting_routes(),
          node_ban_routes(), node_routes(),        role_routes(),    member_routes(),
          ban_routes(),      channel_routes(),     message_routes(), reaction_routes(),
          invite_routes(),   application_routes(), command_routes(), interaction_routes(),
          webhook_routes(),  oauth2_routes(),      gateway_routes(), misc_routes()}) {
        for (const Route& route : rows) out.push_back(&route);
    }
    return out;
}

}  // namespace guildhall::rest
