#pragma once
// AddressRange: a network, as in "10.0.0.0/8", or one address. Plain value; any thread.

#include "node/base/address.h"

namespace guildhall::base {

struct AddressRange {
    IpAddress network;
    /// Of the 128 of the mapped form: 10.0.0.0/8 has 104.
    int bits = 128;

    /// Nothing where it is no address, or the length is none of its kind. Bits behind the length
    /// are of no account: "10.1.2.3/8" is 10.0.0.0/8.
    static std::optional<AddressRange> parse(std::string_view text);
    bool contains(const IpAddress& ip) const;

    friend bool operator==(const AddressRange&, const AddressRange&) = default;
};

}  // namespace guildhall::base
