#pragma once
// Addresses of files in what a host says: clients ask their own node alone, so those become
// addresses of this node's CDN, which fetches what it has not. Pure.

#include "node/services/links.h"

#include <boost/json/value.hpp>

#include <string>
#include <string_view>

namespace guildhall::peering {

/// Every attachment object's `url` and `proxy_url`, at any depth. An address that names no
/// attachment is taken out: a client must not be led elsewhere by it.
void relink(boost::json::value& value, const services::Links& links);
/// The same for a text that is JSON; others are left as they are.
std::string relink(std::string json, const services::Links& links);

}  // namespace guildhall::peering
