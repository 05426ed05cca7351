// Loopback TCP: listening, dialling, and the line by which a floor says that it is ready.
// Owner: callers own the descriptors returned. Thread: any.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace guildhall::bench {

// Listens on 127.0.0.1; port 0 asks for a free one. The descriptor does not block.
int listen_on_loopback(std::uint16_t port);

// Prints the same line as `guildhall serve`, so that one driver starts floors and nodes alike.
void print_ready_line(int listener);

// Returns a connected, non-blocking descriptor with TCP_NODELAY set, or -1 when nobody waits there.
int accept_connection(int listener);

// Connects (loopback answers at once, so this may block); the descriptor does not block after.
int connect_to_loopback(std::uint16_t port);

// What arrives is acknowledged when it is read, and so by the reader's core. Without this, a client
// that has answered its server once (an IDENTIFY) holds acknowledgements back until a second
// segment arrives, whose receipt then sends them on the server's core; one that never answered
// does not, so that a server with a handshake would pay for what its floor does not.
void acknowledge_on_read(int fd);

// Sends what must fit the socket buffer in one go; dies otherwise.
void send_all(int fd, std::string_view bytes);

}  // namespace guildhall::bench
