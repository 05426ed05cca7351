#pragma once
// What the gateway counts for /metrics. Made once per node; counting is safe from any thread.

#include "node/base/metrics.h"

namespace guildhall::gateway {

struct Probe {
    explicit Probe(base::Registry& r)
        : connections(r.gauge("guildhall_gateway_connections", "Open gateway connections.")),
          sessions(r.gauge("guildhall_gateway_sessions",
                           "Gateway sessions, those waiting for a RESUME included.")),
          identifies(r.counter("guildhall_gateway_identifies_total", "Sessions begun.")),
          resumes(r.counter("guildhall_gateway_resumes_total", "Sessions resumed.")),
          invalid_sessions(r.counter("guildhall_gateway_invalid_sessions_total",
                                     "Requests to begin or resume answered with op 9.")),
          dispatches(
              r.counter("guildhall_gateway_dispatches_total", "Dispatches numbered for sessions.")),
          events(r.counter("guildhall_gateway_events_total", "Client frames handled.")),
          closes(r.counter("guildhall_gateway_closes_total",
                           "Connections closed by the node with a code of its own.")),
          saved(r.counter("guildhall_gateway_sessions_saved_total", "Sessions written down.")) {}

    base::Gauge& connections;
    base::Gauge& sessions;
    base::Counter& identifies;
    base::Counter& resumes;
    base::Counter& invalid_sessions;
    base::Counter& dispatches;
    base::Counter& events;
    base::Counter& closes;
    base::Counter& saved;
};

}  // namespace guildhall::gateway
