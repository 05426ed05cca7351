#pragma once
// What the sockets of this folder share: a descriptor with an owner, addresses as the system has
// them. For the sources of node/base only; any thread.

#include "node/base/address.h"

#include <string>
#include <sys/socket.h>

namespace guildhall::base {

struct SocketAddress {
    sockaddr_storage storage{};
    socklen_t bytes = sizeof(sockaddr_storage);

    sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
};

SocketAddress to_socket_address(const Endpoint& where);
Endpoint to_endpoint(const SocketAddress& address);

/// What errno says; strerror() is not for threads.
std::string system_message(int error);

class Descriptor {
  public:
    explicit Descriptor(int fd) : fd_(fd) {}
    Descriptor(Descriptor&& other) noexcept : fd_(other.release()) {}
    Descriptor& operator=(Descriptor&&) = delete;
    ~Descriptor();

    int get() const { return fd_; }
    int release();

  private:
    int fd_;
};

}  // namespace guildhall::base
