#pragma once
// Router: finds the row of the route table for a method and path. Built once at start, then
// constant; any thread.

#include "node/rest/route.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace guildhall::rest {

/// Every row of every resource.
std::vector<const Route*> all_routes();

class Router {
  public:
    explicit Router(const std::vector<const Route*>& routes);
    ~Router();

    struct Match {
        /// Null: no such path, or (`path_known`) no such method on it.
        const Route* route = nullptr;
        std::vector<std::string> params;
        bool path_known = false;
        /// For the Allow header of a 405.
        std::string allow;
    };
    /// `segments` are those below /api/vN. Fixed segments win over parameters.
    Match match(base::http::Method method, std::span<const std::string> segments) const;

  private:
    struct Node;

    static bool walk(const Node& node,
                     base::http::Method method,
                     std::span<const std::string> segments,
                     Match& match);

    std::unique_ptr<Node> root_;
};

/// The names of a pattern's parameters, in order.
std::vector<std::string_view> parameter_names(std::string_view pattern);

}  // namespace guildhall::rest
