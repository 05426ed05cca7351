#include "node/base/http/multipart.h"

#include "tests/catch.h"

using namespace guildhall::base::http;

namespace {

std::string part(std::string_view headers, std::string_view content) {
    return "--b\r\n" + std::string(headers) + "\r\n\r\n" + std::string(content) + "\r\n";
}

const std::string kField = "Content-Disposition: form-data; name=\"n\"";

}  // namespace

TEST_CASE("fields and files come back with their names, types and exact bytes") {
    const std::string body =
        part(
            "Content-Disposition: form-data; name=\"payload_json\"\r\nContent-Type: "
            "application/json",
            "{\"content\":\"hi\"}") +
        part(
            "content-disposition: form-data; name=\"files[0]\"; filename=\"a \\\"b\\\".png\"\r\n"
            "Content-Type: image/png",
            std::string("\x89PNG\r\n\0--b\r\n-", 13)) +
        part(
            "Content-Disposition: form-data; name=f; filename=x.txt; "
            "filename*=UTF-8''%e2%82%ac.txt",
            "") +
        "--b--\r\nepilogue";
    const auto parts = parse_multipart(body, "b");
    REQUIRE(parts);
    // The second part's content holds "\r\n\0--b": only a CRLF right before the dashes ends a part.
    REQUIRE(parts->size() == 3);
    CHECK(parts->at(0).name == "payload_json");
    CHECK(parts->at(0).content == "{\"content\":\"hi\"}");
    CHECK(!parts->at(0).filename);
    CHECK(parts->at(1).filename == "a \"b\".png");
    CHECK(parts->at(1).content_type == "image/png");
    CHECK(parts->at(1).content == std::string_view("\x89PNG\r\n\0--b\r\n-", 13));
    CHECK(parts->at(2).filename == "\xE2\x82\xAC.txt");
    CHECK(parts->at(2).content.empty());
}

TEST_CASE("the boundary is taken from the content type when it is a valid one") {
    CHECK(multipart_boundary("multipart/form-data; boundary=abc") == "abc");
    CHECK(multipart_boundary("Multipart/Form-Data; charset=x; boundary=\"a b\"") == "a b");
    CHECK(multipart_boundary("multipart/form-data; boundary=" + std::string(70, 'x')));
    CHECK(!multipart_boundary("multipart/form-data; boundary=" + std::string(71, 'x')));
    CHECK(!multipart_boundary("multipart/form-data; boundary="));
    CHECK(!multipart_boundary("multipart/form-data"));
    CHECK(!multipart_boundary("multipart/mixed; boundary=a"));
    CHECK(!multipart_boundary("multipart/form-data; boundary=\"a \""));
}

TEST_CASE("a preamble is skipped and an empty form has no parts") {
    CHECK(parse_multipart("hello\r\n" + part(kField, "1") + "--b--", "b")->size() == 1);
    CHECK(parse_multipart("--b--", "b")->empty());
}

TEST_CASE("limits hold at their exact value") {
    MultipartLimits limits;
    limits.parts_max = 2;
    const std::string two = part(kField, "1") + part(kField, "2");
    CHECK(parse_multipart(two + "--b--", "b", limits)->size() == 2);
    CHECK(!parse_multipart(two + part(kField, "3") + "--b--", "b", limits));

    limits.header_bytes_max = kField.size();
    CHECK(parse_multipart(part(kField, "1") + "--b--", "b", limits));
    limits.header_bytes_max = kField.size() - 1;
    CHECK(!parse_multipart(part(kField, "1") + "--b--", "b", limits));

    limits = {};
    limits.filename_bytes_max = 3;
    const auto named = [&](std::string_view name) {
        return part(kField + "; filename=\"" + std::string(name) + "\"", "") + "--b--";
    };
    CHECK(parse_multipart(named("abc"), "b", limits));
    CHECK(!parse_multipart(named("abcd"), "b", limits));
}

TEST_CASE("what is not multipart is refused with what is wrong") {
    for (const std::string& body : std::vector<std::string>{
             "",
             "--c\r\n",
             "--b",
             "--bx\r\n",
             "--b\r\n",
             "--b\r\n" + kField + "\r\n",
             "--b\r\n" + kField + "\r\n\r\ncontent",
             "--b\r\n" + kField + "\r\n\r\ncontent\r\n--b",
             "--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--",
             "--b\r\n\r\nx\r\n--b--",
             "--b\r\nno colon\r\n\r\nx\r\n--b--",
             "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--",
             "--b\r\nContent-Disposition: attachment; name=a\r\n\r\nx\r\n--b--",
             "--b\r\n" + kField + "\r\n" + kField + "\r\n\r\nx\r\n--b--",
             "--b\r\n" + kField + "\r\nContent-Transfer-Encoding: base64\r\n\r\nx\r\n--b--"}) {
        INFO(body);
        const auto parts = parse_multipart(body, "b");
        REQUIRE(!parts);
        CHECK(parts.error().message.starts_with("multipart: "));
    }
}
