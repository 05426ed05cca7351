// The floor of federation: events from one process to another over one loopback connection, each
// batch signed, sealed, verified and durable before the next is looked at. No permissions, no trees
// of hashes, no state, no presenter: those are what ours adds.
//
// usage: floor_federation DATABASE [EVENTS [BATCH [SENDER_CORE [RECEIVER_CORE]]]]
// Prints one line of JSON: events per second, CPU of both sides per event, bytes per event.
#include "tests/bench/common/report.h"
#include "tests/bench/common/sockets.h"
#include "tests/bench/common/support.h"
#include "tests/bench/floor/event_chain.h"

#include <sodium.h>
#include <sqlite3.h>

#include <arpa/inet.h>
#include <array>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace guildhall::bench {
namespace {

struct Plan {
    std::string database;
    std::size_t events = 60'000;
    std::size_t batch = 100;
    int sender_core = 0;
    int receiver_core = 1;
};

// What the sender tells through its pipe at the end.
struct SenderFigures {
    double cpu_s = 0;
    double bytes = 0;
};

void pin(int core) {
    cpu_set_t cores;
    CPU_ZERO(&cores);
    CPU_SET(static_cast<std::size_t>(core), &cores);
    check(sched_setaffinity(0, sizeof cores, &cores), "sched_setaffinity");
}

void set_blocking(int fd) { check(fcntl(fd, F_SETFL, 0), "fcntl"); }

void write_all(int fd, const char* data, std::size_t size) {
    while (size > 0) {
        const auto sent = ::write(fd, data, size);
        if (sent <= 0) die("write");
        data += sent;
        size -= static_cast<std::size_t>(sent);
    }
}

bool read_all(int fd, char* data, std::size_t size) {
    while (size > 0) {
        const auto got = ::read(fd, data, size);
        if (got <= 0) return false;
        data += got;
        size -= static_cast<std::size_t>(got);
    }
    return true;
}

void send_events(const Plan& plan, const LinkKeys& keys, std::uint16_t port, int figures_fd) {
    pin(plan.sender_core);
    const int fd = connect_to_loopback(port);
    set_blocking(fd);
    BatchWriter writer(keys);
    SenderFigures figures;
    const double before = own_cpu_seconds();
    for (std::size_t sent = 0; sent < plan.events; sent += plan.batch) {
        const std::string batch = writer.next(plan.batch);
        write_all(fd, batch.data(), batch.size());
        figures.bytes += static_cast<double>(batch.size());
    }
    figures.cpu_s = own_cpu_seconds() - before;
    write_all(figures_fd, reinterpret_cast<const char*>(&figures), sizeof figures);
    close(fd);
    _exit(0);
}

// One row per event, one transaction per batch.
class EventStore {
  public:
    explicit EventStore(const std::string& path) {
        if (sqlite3_open(path.c_str(), &db_) != SQLITE_OK) die("sqlite3_open " + path);
        run("PRAGMA journal_mode=WAL");
        run("PRAGMA synchronous=FULL");
        run("PRAGMA wal_autocheckpoint=8000");
        run("CREATE TABLE events (channel_id INTEGER, id INTEGER, author INTEGER, content TEXT, "
            "event BLOB, PRIMARY KEY (channel_id, id)) WITHOUT ROWID");
        const char* sql = "INSERT INTO events VALUES (?, ?, ?, ?, ?)";
        if (sqlite3_prepare_v2(db_, sql, -1, &insert_, nullptr) != SQLITE_OK)
            die(sqlite3_errmsg(db_));
    }
    ~EventStore() {
        sqlite3_finalize(insert_);
        sqlite3_close(db_);
    }
    EventStore(const EventStore&) = delete;
    EventStore& operator=(const EventStore&) = delete;

    void begin() { run("BEGIN IMMEDIATE"); }
    void commit() { run("COMMIT"); }
    void add(const ReceivedEvent& event) {
        sqlite3_bind_int64(insert_, 1, static_cast<sqlite3_int64>(event.channel_id));
        sqlite3_bind_int64(insert_, 2, static_cast<sqlite3_int64>(event.id));
        sqlite3_bind_int64(insert_, 3, static_cast<sqlite3_int64>(event.author_id));
        sqlite3_bind_text(insert_,
                          4,
                          event.content.data(),
                          static_cast<int>(event.content.size()),
                          SQLITE_STATIC);
        sqlite3_bind_blob(
            insert_, 5, event.packed.data(), static_cast<int>(event.packed.size()), SQLITE_STATIC);
        if (sqlite3_step(insert_) != SQLITE_DONE) die(sqlite3_errmsg(db_));
        sqlite3_reset(insert_);
    }

  private:
    void run(const char* sql) {
        if (sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
            die(sqlite3_errmsg(db_));
    }

    sqlite3* db_ = nullptr;
    sqlite3_stmt* insert_ = nullptr;
};

int accept_one(int listener) {
    pollfd waiting{listener, POLLIN, 0};
    constexpr int patience_ms = 5000;
    if (poll(&waiting, 1, patience_ms) != 1) die("nobody dialed");
    const int fd = check(accept_connection(listener), "accept");
    set_blocking(fd);
    return fd;
}

std::size_t receive_events(const Plan& plan, const LinkKeys& keys, int fd) {
    EventStore store(plan.database);
    BatchReader reader(keys);
    std::string sealed;
    std::size_t received = 0;
    for (std::uint32_t size = 0; read_all(fd, reinterpret_cast<char*>(&size), sizeof size);) {
        sealed.resize(size);
        if (!read_all(fd, sealed.data(), size)) break;
        store.begin();
        received += reader.read(sealed, [&](const ReceivedEvent& event) { store.add(event); });
        store.commit();
    }
    return received;
}

void run(const Plan& plan) {
    const LinkKeys keys = LinkKeys::make();
    const int listener = listen_on_loopback(0);
    sockaddr_in address{};
    socklen_t size = sizeof address;
    check(getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size), "getsockname");
    std::array<int, 2> figures_pipe{};
    check(pipe(figures_pipe.data()), "pipe");
    const pid_t sender = check(fork(), "fork");
    if (sender == 0) send_events(plan, keys, ntohs(address.sin_port), figures_pipe[1]);
    pin(plan.receiver_core);
    const int fd = accept_one(listener);
    const auto started = now_ns();
    const double cpu_before = own_cpu_seconds();
    const std::size_t received = receive_events(plan, keys, fd);
    const auto seconds = static_cast<double>(now_ns() - started) / kNanosPerSecond;
    const double cpu = own_cpu_seconds() - cpu_before;
    SenderFigures figures;
    if (!read_all(figures_pipe[0], reinterpret_cast<char*>(&figures), sizeof figures) ||
        received < plan.events)
        die("the sender ended early");
    waitpid(sender, nullptr, 0);
    const auto events = static_cast<double>(received);
    Report report;
    report.add("mode", "federation");
    report.add("per_s", events / seconds);
    report.add("server_cpu_us", cpu * 1e6 / events);
    report.add("sender_cpu_us", figures.cpu_s * 1e6 / events);
    report.add("wire_bytes", figures.bytes / events);
    report.print();
}

}  // namespace
}  // namespace guildhall::bench

int main(int argc, char** argv) {
    using namespace guildhall::bench;
    if (argc < 2) die("usage: floor_federation DATABASE [EVENTS [BATCH [CORE [CORE]]]]");
    if (sodium_init() < 0) die("sodium_init");
    Plan plan;
    plan.database = argv[1];
    if (argc > 2) plan.events = strtoull(argv[2], nullptr, 10);
    if (argc > 3) plan.batch = strtoull(argv[3], nullptr, 10);
    if (argc > 4) plan.sender_core = atoi(argv[4]);
    if (argc > 5) plan.receiver_core = atoi(argv[5]);
    if (plan.batch == 0) die("a batch of nothing");
    run(plan);
}
