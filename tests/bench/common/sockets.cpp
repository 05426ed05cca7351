#include "tests/bench/common/sockets.h"

#include "tests/bench/common/support.h"

#include <arpa/inet.h>
#include <cstdio>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace guildhall::bench {

namespace {

constexpr int kBacklog = 4096;

sockaddr_in loopback_address(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    return address;
}

void set_option(int fd, int level, int name) {
    const int on = 1;
    check(setsockopt(fd, level, name, &on, sizeof on), "setsockopt");
}

}  // namespace

int listen_on_loopback(std::uint16_t port) {
    const int fd = check(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), "socket");
    set_option(fd, SOL_SOCKET, SO_REUSEADDR);
    const auto address = loopback_address(port);
    check(bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address), "bind");
    check(listen(fd, kBacklog), "listen");
    return fd;
}

void print_ready_line(int listener) {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    check(getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size), "getsockname");
    std::printf("{\"ready\":true,\"http\":\"http://127.0.0.1:%u\"}\n",
                static_cast<unsigned>(ntohs(address.sin_port)));
    std::fflush(stdout);
}

int accept_connection(int listener) {
    const int fd = accept4(listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd >= 0) set_option(fd, IPPROTO_TCP, TCP_NODELAY);
    return fd;
}

int connect_to_loopback(std::uint16_t port) {
    const int fd = check(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket");
    const auto address = loopback_address(port);
    check(connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address), "connect");
    set_option(fd, IPPROTO_TCP, TCP_NODELAY);
    check(fcntl(fd, F_SETFL, O_NONBLOCK), "fcntl");
    return fd;
}

void acknowledge_on_read(int fd) { set_option(fd, IPPROTO_TCP, TCP_QUICKACK); }

void send_all(int fd, std::string_view bytes) {
    const auto sent = send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent != static_cast<ssize_t>(bytes.size())) die("send");
}

}  // namespace guildhall::bench
