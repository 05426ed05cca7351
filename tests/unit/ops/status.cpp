#include "node/ops/status.h"

#include "protocol/json/reader.h"
#include "tests/catch.h"
#include "tests/support/node_fixture.h"

#include <boost/json/object.hpp>

using namespace guildhall;

TEST_CASE("health is JSON with the time") {
    tests::NodeFixture node;
    base::Registry registry;
    const ops::Status status(registry, *node.db, node.loop.clock);
    const auto response = status.health();
    CHECK(response.status == 200);
    const auto body = protocol::parse_json(response.body).value();
    CHECK(body.at("status") == "healthy");
    CHECK(std::string(body.at("timestamp").as_string()).starts_with("2023-11-14T22:13:20"));
}

TEST_CASE("metrics count what the store does") {
    tests::NodeFixture node;
    base::Registry registry;
    const ops::Status status(registry, *node.db, node.loop.clock);
    const auto value = [&](const std::string& name) {
        const std::string text = "\n" + status.metrics().body;
        const auto at = text.find("\n" + name + " ");
        REQUIRE(at != text.npos);
        return std::stod(text.substr(at + name.size() + 2));
    };
    const double before = value("guildhall_store_jobs_total");
    node.make_guild(node.add_user("owner"));
    CHECK(value("guildhall_store_jobs_total") > before);
    CHECK(value("guildhall_store_failed_batches_total") == 0);
    CHECK(value("guildhall_store_write_queue") == 0);
    CHECK(value("process_resident_memory_bytes") > 1e6);
    CHECK(status.metrics().content_type == "text/plain; version=0.0.4; charset=utf-8");
}
