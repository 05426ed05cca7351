// The floor of fan-out: every frame that a client sends goes to every client, wrapped as a dispatch
// whose `s` counts for that client alone.
//
// usage: floor_gateway [PORT]
// One thread. The body is shared and never copied; the frame header and the prefix with `s` are
// composed at flush time. Frames queue per session, and each session that has some is flushed once
// per loop turn with one writev. No identify, intents, permissions or storage.
#include "tests/bench/common/http_head.h"
#include "tests/bench/common/poller.h"
#include "tests/bench/common/sockets.h"
#include "tests/bench/common/support.h"
#include "tests/bench/common/ws_frame.h"

#include <array>
#include <charconv>
#include <cstring>
#include <memory>
#include <string>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace guildhall::bench {
namespace {

constexpr std::size_t kFramesPerWrite = 32;
constexpr std::size_t kPrefixBytesMax = 96;

// A body that waits in many queues. The count is plain: one thread.
class SharedBody {
  public:
    explicit SharedBody(std::string text) : text_(new Counted{std::move(text), 1}) {}
    SharedBody(const SharedBody& other) : text_(other.text_) { text_->references++; }
    SharedBody(SharedBody&& other) noexcept : text_(std::exchange(other.text_, nullptr)) {}
    SharedBody& operator=(SharedBody other) noexcept {
        std::swap(text_, other.text_);
        return *this;
    }
    ~SharedBody() {
        if (text_ != nullptr && --text_->references == 0) delete text_;
    }

    const std::string& text() const { return text_->text; }

  private:
    struct Counted {
        std::string text;
        std::uint32_t references;
    };
    Counted* text_;
};

// Frame header and the start of the dispatch, up to where the shared body begins.
std::size_t write_prefix(char* out, std::uint32_t sequence, std::size_t body_bytes) {
    constexpr std::string_view before = R"({"t":"MESSAGE_CREATE","s":)";
    constexpr std::string_view after = R"(,"op":0,"d":)";
    std::array<char, 64> text;
    char* end = std::copy(before.begin(), before.end(), text.data());
    end = std::to_chars(end, text.data() + text.size(), sequence).ptr;
    end = std::copy(after.begin(), after.end(), end);
    const auto size = static_cast<std::size_t>(end - text.data());
    const auto header = write_ws_header(out, size + body_bytes);
    std::memcpy(out + header, text.data(), size);
    return header + size;
}

class Server;

class Session final : public Poller::Handler {
  public:
    Session(Server& server, int fd) : server_(server), fd_(fd) {}
    ~Session() { close(fd_); }

    void on_event(std::uint32_t events) override;
    void push(const SharedBody& body) { queue_.push_back(body); }
    void flush();

    bool is_open = false;   // upgraded: takes part in the fan-out
    bool is_dirty = false;  // is on the server's list of sessions to flush

  private:
    void read();
    std::size_t upgrade(std::span<char> bytes);
    bool write_once();
    void settle(std::size_t written, std::span<const iovec> parts);
    void wait_for_space();

    Server& server_;
    int fd_;
    std::uint32_t sequence_ = 0;
    bool is_blocked_ = false;
    std::vector<SharedBody> queue_;
    std::string rest_;  // the end of a frame that a short write cut
    std::string unread_;
};

class Server final : public Poller::Handler {
  public:
    explicit Server(std::uint16_t port) : listener_(listen_on_loopback(port)) {
        poller.add(listener_, EPOLLIN, *this);
        print_ready_line(listener_);
    }

    [[noreturn]] void run() {
        for (;;) {
            poller.turn(UINT64_MAX);
            for (auto* session : dirty_) {
                session->is_dirty = false;
                session->flush();
            }
            dirty_.clear();
            for (const int fd : closing_) sessions_[static_cast<std::size_t>(fd)].reset();
            closing_.clear();
        }
    }

    void on_event(std::uint32_t) override {
        for (int fd; (fd = accept_connection(listener_)) >= 0;) {
            const auto slot = static_cast<std::size_t>(fd);
            if (slot >= sessions_.size()) sessions_.resize(slot + 1);
            sessions_[slot] = std::make_unique<Session>(*this, fd);
            poller.add(fd, EPOLLIN, *sessions_[slot]);
        }
    }

    void publish(const SharedBody& body) {
        for (const auto& session : sessions_) {
            if (!session || !session->is_open) continue;
            session->push(body);
            if (session->is_dirty) continue;
            session->is_dirty = true;
            dirty_.push_back(session.get());
        }
    }

    void drop(int fd) { closing_.push_back(fd); }

    Poller poller;
    // Shared by all sessions, so that an idle one owns none.
    std::array<char, 65536> buffer;

  private:
    int listener_;
    std::vector<std::unique_ptr<Session>> sessions_;  // by descriptor
    std::vector<Session*> dirty_;
    std::vector<int> closing_;
};

void Session::on_event(std::uint32_t events) {
    if ((events & EPOLLOUT) != 0) {
        is_blocked_ = false;
        server_.poller.modify(fd_, EPOLLIN, *this);
        flush();
    }
    if ((events & ~EPOLLOUT) != 0) read();
}

void Session::read() {
    auto& buffer = server_.buffer;
    const auto size = recv(fd_, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (size <= 0) {
        if (size == 0 || errno != EAGAIN) server_.drop(fd_);
        return;
    }
    std::span<char> bytes(buffer.data(), static_cast<std::size_t>(size));
    std::string joined;
    if (!unread_.empty()) {
        joined = std::exchange(unread_, {}).append(bytes.data(), bytes.size());
        bytes = joined;
    }
    if (!is_open) bytes = bytes.subspan(upgrade(bytes));
    WsFrame frame;
    while (is_open && parse_ws_frame(bytes, frame)) {
        if (frame.opcode == WsOpcode::kText) {
            server_.publish(SharedBody(std::string(frame.payload) + '}'));
        }
        bytes = bytes.subspan(frame.total_bytes);
    }
    unread_.assign(bytes.data(), bytes.size());
}

std::size_t Session::upgrade(std::span<char> bytes) {
    HttpHead head;
    if (!parse_http_head({bytes.data(), bytes.size()}, head)) return 0;
    if (head.websocket_key.empty()) {
        server_.drop(fd_);
    } else {
        send_all(fd_, make_upgrade_answer(head.websocket_key));
        is_open = true;
    }
    return head.head_bytes;
}

void Session::flush() {
    while (!is_blocked_ && (!rest_.empty() || !queue_.empty())) {
        if (!write_once()) return;
    }
}

// One writev of what was cut off before and of the next frames; false when the session is gone.
bool Session::write_once() {
    std::array<std::array<char, kPrefixBytesMax>, kFramesPerWrite> prefixes;
    std::array<iovec, 1 + 2 * kFramesPerWrite> parts;
    std::size_t count = 0;
    std::size_t wanted = 0;
    const auto add = [&](const char* data, std::size_t size) {
        parts[count++] = {const_cast<char*>(data), size};
        wanted += size;
    };
    add(rest_.data(), rest_.size());
    const auto frames = std::min(kFramesPerWrite, queue_.size());
    for (std::size_t i = 0; i < frames; i++) {
        const auto& body = queue_[i].text();
        const auto next = sequence_ + 1 + static_cast<std::uint32_t>(i);
        add(prefixes[i].data(), write_prefix(prefixes[i].data(), next, body.size()));
        add(body.data(), body.size());
    }
    const std::size_t first = rest_.empty() ? 1 : 0;
    const auto result = writev(fd_, &parts[first], static_cast<int>(count - first));
    if (result < 0 && errno != EAGAIN) {
        server_.drop(fd_);
        return false;
    }
    const auto written = result < 0 ? 0 : static_cast<std::size_t>(result);
    settle(written, {&parts[1], 2 * frames});
    if (written < wanted) wait_for_space();
    return true;
}

// Takes what was written out of `rest_` and the queue; a frame that was cut becomes the rest.
// Two parts make a frame.
void Session::settle(std::size_t written, std::span<const iovec> parts) {
    const auto from_rest = std::min(written, rest_.size());
    rest_.erase(0, from_rest);
    written -= from_rest;
    std::size_t done = 0;
    for (std::size_t i = 0; i < parts.size() && written > 0; i += 2, done++) {
        const auto& [prefix, prefix_bytes] = parts[i];
        const auto& [body, body_bytes] = parts[i + 1];
        if (written < prefix_bytes + body_bytes) {
            rest_.assign(static_cast<const char*>(prefix), prefix_bytes);
            rest_.append(static_cast<const char*>(body), body_bytes).erase(0, written);
            written = 0;
        } else {
            written -= prefix_bytes + body_bytes;
        }
    }
    sequence_ += static_cast<std::uint32_t>(done);
    queue_.erase(queue_.begin(), queue_.begin() + static_cast<std::ptrdiff_t>(done));
}

void Session::wait_for_space() {
    is_blocked_ = true;
    server_.poller.modify(fd_, EPOLLIN | EPOLLOUT, *this);
}

}  // namespace
}  // namespace guildhall::bench

int main(int argc, char** argv) {
    using namespace guildhall::bench;
    raise_file_limit();
    Server server(argc > 1 ? static_cast<std::uint16_t>(std::atoi(argv[1])) : 0);
    server.run();
}
