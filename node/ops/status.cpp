#include "node/ops/status.h"

#include "protocol/json/writer.h"

#include <fstream>
#include <unistd.h>

namespace guildhall::ops {

double resident_bytes() {
    std::ifstream statm("/proc/self/statm");
    double total = 0, resident = 0;
    statm >> total >> resident;
    return resident * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

Status::Status(base::Registry& metrics, store::Db& db, base::Clock& clock)
    : metrics_(metrics), clock_(clock) {
    const auto from_db = [&](const char* name, const char* help, auto member) {
        metrics.gauge_from(
            name, help, [&db, member] { return static_cast<double>(db.stats().*member); });
    };
    using store::DbStats;
    from_db("guildhall_store_jobs_total", "Write jobs run", &DbStats::jobs);
    from_db("guildhall_store_batches_total", "Transactions committed", &DbStats::batches);
    from_db("guildhall_store_failed_batches_total",
            "Transactions that failed",
            &DbStats::failed_batches);
    from_db("guildhall_store_refused_total", "Jobs refused by a full queue", &DbStats::refused);
    from_db("guildhall_store_write_queue", "Write jobs waiting", &DbStats::write_queue);
    from_db("guildhall_store_read_queue", "Read jobs waiting", &DbStats::read_queue);
    metrics.gauge_from("process_resident_memory_bytes", "Resident memory", resident_bytes);
}

base::http::Response Status::health() const {
    std::string json;
    protocol::JsonWriter w(json);
    w.begin_object();
    w.string("status", "healthy");
    w.timestamp("timestamp", clock_.unix_ms());
    w.end_object();
    return base::http::Response::json(200, std::move(json));
}

base::http::Response Status::metrics() const {
    return base::http::Response::of(
        200, "text/plain; version=0.0.4; charset=utf-8", metrics_.text());
}

}  // namespace guildhall::ops
