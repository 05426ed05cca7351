// The floor of durable message creation and of history: only the unavoidable work.
//
//   POST /api/v10/channels/ID/messages   parse the JSON, insert a row, answer 200 once it is
//   durable GET  /api/v10/channels/ID/messages   the last 50 messages, read from SQLite each time
//
// usage: floor_http DATABASE [PORT]
// One loop thread and one commit thread; SQLite at synchronous=FULL, one transaction for all that
// waits. No authorisation, no permissions, no log, no fan-out: those are what ours adds.
#include "tests/bench/common/http_head.h"
#include "tests/bench/common/poller.h"
#include "tests/bench/common/sockets.h"
#include "tests/bench/common/support.h"
#include "tests/bench/floor/group_commit.h"
#include "tests/bench/floor/message.h"
#include "tests/bench/floor/message_store.h"

#include <array>
#include <charconv>
#include <cstring>
#include <memory>
#include <simdjson.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace guildhall::bench {
namespace {

constexpr std::int64_t kAuthorId = 7;
constexpr std::string_view kBadRequest = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";

std::string make_answer(std::string_view body) {
    std::string answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ";
    append_number(answer, body.size());
    answer += "\r\n\r\n";
    answer += body;
    return answer;
}

std::int64_t channel_of(std::string_view request_line) {
    constexpr std::string_view marker = "/channels/";
    const auto at = request_line.find(marker);
    std::int64_t id = 0;
    if (at == request_line.npos) return id;
    const auto* start = request_line.data() + at + marker.size();
    std::from_chars(start, request_line.data() + request_line.size(), id);
    return id;
}

class Server;

class Connection final : public Poller::Handler {
  public:
    Connection(Server& server, int fd, std::uint64_t serial)
        : server_(server), fd_(fd), serial_(serial) {}
    ~Connection() { close(fd_); }

    void on_event(std::uint32_t events) override;
    void answer(std::string_view bytes);
    std::uint64_t serial() const { return serial_; }

  private:
    void read_requests(std::string_view bytes);

    Server& server_;
    int fd_;
    std::uint64_t serial_;
    std::string unread_;
};

class Server final : public Poller::Handler {
  public:
    Server(const std::string& database, std::uint16_t port)
        : listener_(listen_on_loopback(port)), commits_(database), reader_(database), wake_(*this) {
        poller_.add(listener_, EPOLLIN, *this);
        poller_.add(commits_.wake_fd(), EPOLLIN, wake_);
        print_ready_line(listener_);
    }

    [[noreturn]] void run() {
        for (;;) {
            poller_.turn(UINT64_MAX);
            for (const int fd : closing_) connections_[static_cast<std::size_t>(fd)].reset();
            closing_.clear();
        }
    }

    void on_event(std::uint32_t) override {
        for (int fd; (fd = accept_connection(listener_)) >= 0;) {
            const auto slot = static_cast<std::size_t>(fd);
            if (slot >= connections_.size()) connections_.resize(slot + 1);
            connections_[slot] = std::make_unique<Connection>(*this, fd, next_serial_++);
            poller_.add(fd, EPOLLIN, *connections_[slot]);
        }
    }

    void serve(Waiter waiter, Connection& connection, const HttpHead& head, std::string_view body) {
        const auto channel_id = channel_of(head.first_line);
        if (head.first_line.starts_with("POST")) {
            create(waiter, connection, channel_id, body);
        } else {
            history_.clear();
            reader_.append_history(history_, channel_id);
            connection.answer(make_answer(history_));
        }
    }

    void drop(int fd) { closing_.push_back(fd); }

    // Shared by all connections, so that an idle one owns none.
    std::array<char, 65536> buffer;

  private:
    // Answers whoever waited for batches that are durable now.
    class Wake final : public Poller::Handler {
      public:
        explicit Wake(Server& server) : server_(server) {}
        void on_event(std::uint32_t) override { server_.answer_durable(); }

      private:
        Server& server_;
    };

    void create(Waiter waiter,
                Connection& connection,
                std::int64_t channel_id,
                std::string_view body) {
        Message message;
        try {
            const simdjson::padded_string text(body);
            auto document = parser_.iterate(text);
            for (auto field : document.get_object()) {
                const std::string_view key = field.unescaped_key();
                if (key == "content") {
                    message.content = std::string_view(field.value().get_string());
                } else if (key == "nonce") {
                    message.nonce = std::string_view(field.value().get_string());
                }
            }
        } catch (const simdjson::simdjson_error&) {
            connection.answer(kBadRequest);
            return;
        }
        message.id = snowflakes_.next();
        message.channel_id = channel_id;
        message.author_id = kAuthorId;
        commits_.add(std::move(message), waiter);
    }

    void answer_durable() {
        std::string body;
        for (const auto& batch : commits_.take_done()) {
            for (std::size_t i = 0; i < batch.messages.size(); i++) {
                const auto& waiter = batch.waiters[i];
                auto& connection = connections_[static_cast<std::size_t>(waiter.fd)];
                if (!connection || connection->serial() != waiter.serial) continue;
                body.clear();
                append_message_json(body, batch.messages[i], batch.messages[i].content);
                connection->answer(make_answer(body));
            }
        }
    }

    Poller poller_;
    int listener_;
    GroupCommit commits_;
    MessageReader reader_;
    Wake wake_;
    SnowflakeSource snowflakes_;
    simdjson::ondemand::parser parser_;
    std::string history_;
    std::vector<std::unique_ptr<Connection>> connections_;  // by descriptor
    std::vector<int> closing_;
    std::uint64_t next_serial_ = 1;
};

void Connection::on_event(std::uint32_t) {
    auto& buffer = server_.buffer;
    const auto size = recv(fd_, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (size <= 0) {
        if (size == 0 || errno != EAGAIN) server_.drop(fd_);
        return;
    }
    const std::string_view bytes(buffer.data(), static_cast<std::size_t>(size));
    if (unread_.empty()) {
        read_requests(bytes);
    } else {
        const std::string joined = std::exchange(unread_, {}) + std::string(bytes);
        read_requests(joined);
    }
}

void Connection::read_requests(std::string_view bytes) {
    HttpHead head;
    while (parse_http_head(bytes, head) && bytes.size() >= head.total_bytes()) {
        const auto body = bytes.substr(head.head_bytes, head.body_bytes);
        server_.serve({fd_, serial_}, *this, head, body);
        bytes.remove_prefix(head.total_bytes());
    }
    unread_ = bytes;
}

void Connection::answer(std::string_view bytes) {
    const auto sent = send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent != static_cast<ssize_t>(bytes.size())) server_.drop(fd_);
}

}  // namespace
}  // namespace guildhall::bench

int main(int argc, char** argv) {
    using namespace guildhall::bench;
    if (argc < 2) die("usage: floor_http DATABASE [PORT]");
    raise_file_limit();
    Server server(argv[1], argc > 2 ? static_cast<std::uint16_t>(std::atoi(argv[2])) : 0);
    server.run();
}
