#include "node/base/socket.h"

#include <boost/system/error_code.hpp>

#include <cstring>
#include <netinet/in.h>
#include <unistd.h>
#include <utility>

namespace guildhall::base {

SocketAddress to_socket_address(const Endpoint& where) {
    SocketAddress address;
    if (where.ip.is_v4()) {
        auto* four = reinterpret_cast<sockaddr_in*>(&address.storage);
        four->sin_family = AF_INET;
        four->sin_port = htons(where.port);
        std::memcpy(&four->sin_addr, where.ip.bytes.data() + 12, 4);
        address.bytes = sizeof *four;
    } else {
        auto* six = reinterpret_cast<sockaddr_in6*>(&address.storage);
        six->sin6_family = AF_INET6;
        six->sin6_port = htons(where.port);
        std::memcpy(&six->sin6_addr, where.ip.bytes.data(), 16);
        address.bytes = sizeof *six;
    }
    return address;
}

Endpoint to_endpoint(const SocketAddress& address) {
    if (address.storage.ss_family == AF_INET) {
        const auto* four = reinterpret_cast<const sockaddr_in*>(&address.storage);
        return {IpAddress::v4(ntohl(four->sin_addr.s_addr)), ntohs(four->sin_port)};
    }
    const auto* six = reinterpret_cast<const sockaddr_in6*>(&address.storage);
    Endpoint endpoint{{}, ntohs(six->sin6_port)};
    std::memcpy(endpoint.ip.bytes.data(), &six->sin6_addr, 16);
    return endpoint;
}

std::string system_message(int error) {
    return boost::system::error_code(error, boost::system::system_category()).message();
}

Descriptor::~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
}

int Descriptor::release() { return std::exchange(fd_, -1); }

}  // namespace guildhall::base
