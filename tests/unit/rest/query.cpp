#include "node/rest/query.h"

#include "protocol/errors.h"
#include "tests/catch.h"

using namespace guildhall;
using base::http::Query;

namespace {

/// The faulty parameter and why; "" for a good value.
template <class T>
std::string fault(const protocol::Result<T>& result) {
    if (result) return "";
    CHECK(result.error().code == protocol::kInvalidFormBody);
    return result.error().fields.at(0).path + " " + result.error().fields.at(0).code;
}

auto limit(const std::string& text) { return rest::query_limit(Query::parse(text), 50, 100); }
auto id(const std::string& text) {
    return rest::query_id<protocol::MessageId>(Query::parse(text), "before");
}
auto flag(const std::string& text) { return rest::query_bool(Query::parse(text), "f"); }
auto moment(const std::string& text) { return rest::query_timestamp(Query::parse(text), "t"); }

}  // namespace

TEST_CASE("a limit is from one to its most, and has a default") {
    CHECK(limit("").value() == 50);
    CHECK(limit("limit=1").value() == 1);
    CHECK(limit("limit=100").value() == 100);
    CHECK(fault(limit("limit=0")) == "limit NUMBER_TYPE_MIN");
    CHECK(fault(limit("limit=-1")) == "limit NUMBER_TYPE_MIN");
    CHECK(fault(limit("limit=101")) == "limit NUMBER_TYPE_MAX");
    for (const char* text :
         {"limit=", "limit=x", "limit=1x", "limit=1.0", "limit=+1", "limit=99999999999999999999"}) {
        CAPTURE(text);
        CHECK(fault(limit(text)) == "limit NUMBER_TYPE_COERCE");
    }
}

TEST_CASE("an id in a query is a snowflake") {
    CHECK(!id("").value());
    CHECK(id("before=0").value()->value == 0);
    CHECK(id("before=12345").value()->value == 12345);
    for (const char* text : {"before=", "before=x", "before=-1", "before=18446744073709551616"}) {
        CAPTURE(text);
        CHECK(fault(id(text)) == "before NUMBER_TYPE_COERCE");
    }
}

TEST_CASE("a switch in a query is true, false or 50035") {
    for (const char* text : {"f=true", "f=True", "f=1"}) CHECK(flag(text).value());
    for (const char* text : {"", "f=false", "f=False", "f=0"}) CHECK(!flag(text).value());
    for (const char* text : {"f=", "f=yes", "f=2"}) {
        CHECK(fault(flag(text)) == "f BOOLEAN_TYPE_CONVERT");
    }
}

TEST_CASE("a moment in a query is ISO 8601, the end of time when absent") {
    CHECK(moment("").value() == rest::kEndOfTime);
    CHECK(moment("t=1970-01-01T00:00:01%2B00:00").value() == 1000);
    CHECK(fault(moment("t=yesterday")) == "t DATE_TIME_TYPE_PARSE");
    CHECK(fault(moment("t=")) == "t DATE_TIME_TYPE_PARSE");
}
