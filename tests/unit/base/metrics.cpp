#include "node/base/metrics.h"

#include "tests/catch.h"

using namespace guildhall::base;

TEST_CASE("metrics are written as Prometheus text, sorted by name") {
    Registry registry;
    registry.counter("b_total", "Bs.", "kind=\"x\"").add(2, 0);
    registry.counter("b_total", "Bs.", "kind=\"x\"").add(3, 5);
    registry.counter("b_total", "Bs.", "kind=\"y\"").add();
    registry.gauge("a_now", "As.").set(-4);
    registry.gauge_from("c_now", "Cs.", [] { return 1.5; });
    auto& seconds = registry.histogram("d_seconds", "Ds.", {0.1, 1});
    seconds.observe(0.1);
    seconds.observe(0.5);
    seconds.observe(2);
    CHECK(registry.text() ==
          "# HELP a_now As.\n# TYPE a_now gauge\na_now -4\n"
          "# HELP b_total Bs.\n# TYPE b_total counter\n"
          "b_total{kind=\"x\"} 5\nb_total{kind=\"y\"} 1\n"
          "# HELP c_now Cs.\n# TYPE c_now gauge\nc_now 1.5\n"
          "# HELP d_seconds Ds.\n# TYPE d_seconds histogram\n"
          "d_seconds_bucket{le=\"0.1\"} 1\nd_seconds_bucket{le=\"1\"} 2\n"
          "d_seconds_bucket{le=\"+Inf\"} 3\nd_seconds_sum 2.6\nd_seconds_count 3\n");
}
