#include "node/base/address_range.h"

#include <charconv>

namespace guildhall::base {

std::optional<AddressRange> AddressRange::parse(std::string_view text) {
    const auto slash = text.find('/');
    const auto ip = IpAddress::parse(text.substr(0, slash));
    if (!ip) return std::nullopt;
    if (slash == text.npos) return AddressRange{*ip, 128};
    const std::string_view digits = text.substr(slash + 1);
    unsigned length = 0;
    const auto [end, ec] = std::from_chars(digits.data(), digits.data() + digits.size(), length);
    // An IPv4 network may be written in its mapped form, whose length counts all 128 bits.
    const bool short_form = text.find(':') == text.npos;
    if (ec != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    if (length > (short_form ? 32u : 128u)) return std::nullopt;
    return AddressRange{*ip, static_cast<int>(length) + (short_form ? 96 : 0)};
}

bool AddressRange::contains(const IpAddress& ip) const {
    int left = bits;
    for (std::size_t i = 0; left > 0; ++i, left -= 8) {
        const int mask = left >= 8 ? 0xff : 0xff << (8 - left) & 0xff;
        if ((ip.bytes[i] & mask) != (network.bytes[i] & mask)) return false;
    }
    return true;
}

}  // namespace guildhall::base
