#include "node/rest/body.h"

#include "protocol/limits.h"
#include "tests/catch.h"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

using namespace guildhall;
using base::http::Request;

namespace {

struct Read {
    Read(const std::string& type, const std::string& body) {
        Request request(base::http::Method::post, "/", body);
        if (!type.empty()) request.add_header("Content-Type", type);
        status = rest::read_body(request, call);
    }
    std::string body() const { return boost::json::serialize(call.body); }
    int code() const { return status ? 0 : status.error().code; }

    rest::Call call;
    protocol::Status status;
};

std::string part(const std::string& disposition, const std::string& content) {
    return "--b\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + content + "\r\n";
}
Read multipart(const std::string& parts) {
    return Read("multipart/form-data; boundary=b", parts + "--b--\r\n");
}

}  // namespace

TEST_CASE("no body is null, whatever its type") {
    CHECK(Read("application/json", "").call.body.is_null());
    CHECK(Read("", "").call.body.is_null());
}

TEST_CASE("JSON is read as such, also without a type") {
    CHECK(Read("application/json; charset=utf-8", R"({"a":[1]})").body() == R"({"a":[1]})");
    CHECK(Read("", "[1]").body() == "[1]");
    CHECK(Read("text/plain", "{}").body() == "{}");
    CHECK(Read("application/json", "{").code() == protocol::kInvalidFormBody);
    std::string deep(protocol::limits::kJsonDepthMax + 1, '[');
    deep += std::string(protocol::limits::kJsonDepthMax + 1, ']');
    CHECK(Read("application/json", deep).code() == protocol::kInvalidFormBody);
    CHECK(Read("application/json", deep.substr(1, deep.size() - 2)).code() == 0);
}

TEST_CASE("a form's fields are strings") {
    const Read r("application/x-www-form-urlencoded", "a=1&b=x%20y+z&c");
    CHECK(r.body() == R"({"a":"1","b":"x y z","c":""})");
}

TEST_CASE("multipart: payload_json, fields and files") {
    const Read r = multipart(part("name=\"payload_json\"", R"({"content":"x","n":1})") +
                             part("name=\"field\"", "[1]") + part("name=\"null\"", "null") +
                             part("name=\"files[0]\"; filename=\"a.txt\"", "bytes\r\n\0") +
                             part("name=\"files[7]\"; filename=\"b\"", ""));
    REQUIRE(r.status);
    CHECK(r.body() == R"({"content":"x","n":1,"field":"[1]","null":"null"})");
    REQUIRE(r.call.files.size() == 2);
    CHECK(r.call.files[0].name == "files[0]");
    CHECK(r.call.files[0].filename == "a.txt");
    CHECK(r.call.files[0].bytes == "bytes\r\n");
    CHECK(r.call.files[1].bytes.empty());
}

TEST_CASE("multipart that is broken, or whose payload is, is 50035") {
    CHECK(multipart(part("name=\"payload_json\"", "{")).code() == protocol::kInvalidFormBody);
    CHECK(multipart(part("name=\"payload_json\"", "[]")).code() == protocol::kInvalidFormBody);
    CHECK(Read("multipart/form-data; boundary=b", "nothing").code() == protocol::kInvalidFormBody);
    CHECK(Read("multipart/form-data; boundary=b", part("name=\"a\"", "1")).code() ==
          protocol::kInvalidFormBody);
}
