#include "node/base/http/request.h"

#include "node/base/http/form.h"
#include "node/base/http/response.h"
#include "tests/catch.h"

using namespace guildhall::base;
using namespace guildhall::base::http;

TEST_CASE("a target is split into path, query and decoded segments") {
    const Request request(Method::get, "/a/b%20c/%F0%9F%91%8D?x=1&x=2&y=a+b%26&z");
    CHECK(request.path() == "/a/b%20c/%F0%9F%91%8D");
    CHECK(request.segments() == std::vector<std::string>{"a", "b c", "\xF0\x9F\x91\x8D"});
    CHECK(request.query().get("x") == "1");
    CHECK(request.query().get_all("x") == std::vector<std::string_view>{"1", "2"});
    CHECK(request.query().get("y") == "a b&");
    CHECK(request.query().get("z") == "");
    CHECK(!request.query().has("w"));
    CHECK(Request(Method::get, "/").segments().empty());
    CHECK(Request(Method::get, "/a/").segments() == std::vector<std::string>{"a", ""});
}

TEST_CASE("booleans of queries have six spellings and no other") {
    const Query query = Query::parse("a=True&b=true&c=1&d=False&e=false&f=0&g=yes&h=");
    for (const char* name : {"a", "b", "c"}) CHECK(query.get_bool(name) == true);
    for (const char* name : {"d", "e", "f"}) CHECK(query.get_bool(name) == false);
    for (const char* name : {"g", "h", "i"}) CHECK(!query.get_bool(name));
}

TEST_CASE("malformed escapes stay as they are and pairs are bounded") {
    CHECK(percent_decode("100%") == "100%");
    CHECK(percent_decode("%4") == "%4");
    CHECK(percent_decode("%zz%41") == "%zzA");
    CHECK(percent_decode("a+b") == "a+b");
    CHECK(percent_encode("a b/\xC3\xA9~") == "a%20b%2F%C3%A9~");
    std::string many;
    for (std::size_t i = 0; i <= Query::kPairsMax; ++i) many += "k=v&";
    CHECK(Query::parse(many).pairs().size() == Query::kPairsMax);
    CHECK(Query::parse("&&=&a&=b").pairs().size() == 3);
}

TEST_CASE("headers are found without case, lists by their tokens") {
    Request request(Method::get, "/");
    request.add_header("Connection", "keep-alive, Upgrade");
    request.add_header("X-Thing", "1");
    CHECK(request.header("x-thing") == "1");
    CHECK(request.header("missing").empty());
    CHECK(!request.has_header("missing"));
    CHECK(request.header_has_token("connection", "upgrade"));
    CHECK(!request.header_has_token("connection", "grade"));
    request.id = 0xabc;
    CHECK(request.id_text() == "0000000000000abc");
    request.set_method_text("TRACE");
    CHECK(request.method == Method::other);
    CHECK(request.method_text() == "TRACE");
    CHECK(parse_method("get") == Method::other);
    CHECK(parse_method("DELETE") == Method::del);
}

TEST_CASE("an answer's header values cannot start another line") {
    Response response;
    response.add_header("X-Name", "a\r\nSet-Cookie: b\x7f");
    CHECK(response.head == "X-Name: a  Set-Cookie: b \r\n");
    CHECK(Response::error(404, 0, "a \"b\"\n").body == R"({"message":"a \"b\"\n","code":0})");
    CHECK(Response::json(200, std::string("{}")).content_type == "application/json");
    CHECK(reason_phrase(507) == "Insufficient Storage");
    CHECK(reason_phrase(299).empty());
}

TEST_CASE("media types and header parameters are read past quotes") {
    CHECK(is_media_type("Application/JSON; charset=utf-8", "application/json"));
    CHECK(!is_media_type("application/jsonx", "application/json"));
    const std::string_view value = R"(form-data; name="a;b"; filename="q\"uo\te.txt"; x = y )";
    CHECK(header_parameter(value, "name") == "a;b");
    CHECK(header_parameter(value, "FILENAME") == "q\"uo\\te.txt");
    CHECK(header_parameter(value, "x") == "y");
    CHECK(!header_parameter(value, "z"));
    CHECK(!header_parameter("a; b=\"open", "b"));
}
