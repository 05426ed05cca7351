#pragma once
// Who speaks through a proxy. A proxy appends the address that it was called from to
// X-Forwarded-For; what stands before that was written by the caller and may be a lie. So the list
// is read from its end, and only as long as those who wrote it are trusted. Pure; any thread.

#include "node/base/address_range.h"
#include "node/base/http/request.h"

#include <span>

namespace guildhall::base::http {

/// The address a request comes from: `peer` itself unless it is trusted; otherwise the last entry
/// of X-Forwarded-For that is not, or the first of all where every one is. An entry that is no
/// address ends the search: the proxy that passed it on is as near as can be known.
IpAddress client_address(const Request& request,
                         const IpAddress& peer,
                         std::span<const AddressRange> trusted);

}  // namespace guildhall::base::http
