#pragma once
// Status: /health and /metrics. Owned by node/app; any shard.

#include "node/base/clock.h"
#include "node/base/http/response.h"
#include "node/base/metrics.h"
#include "node/store/db.h"

namespace guildhall::ops {

class Status {
  public:
    /// Registers what the store and the process count.
    Status(base::Registry& metrics, store::Db& db, base::Clock& clock);

    /// {"status":"healthy","timestamp":...}
    base::http::Response health() const;
    /// Prometheus text.
    base::http::Response metrics() const;

  private:
    base::Registry& metrics_;
    base::Clock& clock_;
};

/// Resident memory of this process in bytes; 0 where the system does not tell.
double resident_bytes();

}  // namespace guildhall::ops
