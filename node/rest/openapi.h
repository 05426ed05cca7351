#pragma once
// The OpenAPI 3.1 document of the route table: what /openapi.json answers and /docs shows. Routes,
// parameters and authentication come from the rows; request bodies from the structs that the codec
// reads; answers from a small list by hand (openapi_responses.cpp). Pure; any thread.

#include "node/rest/route.h"

#include <boost/json/fwd.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace guildhall::protocol {
class SchemaSet;
}

namespace guildhall::rest {

/// JSON text.
std::string openapi_document(const std::vector<const Route*>& routes,
                             std::string_view node_name,
                             std::string_view version);

// What the document is made of.

/// Adds the schema of a request or an answer that a row names, and gives the reference to it:
/// "Message", or "Message[]" (also "[Message]") for a list of them. Null for a name that nobody
/// knows.
boost::json::value request_schema(protocol::SchemaSet& set, std::string_view name);
boost::json::value response_schema(protocol::SchemaSet& set, std::string_view name);
/// What a list's name says it is a list of; empty for a name that is no list's.
std::string_view item_of(std::string_view name);

}  // namespace guildhall::rest
