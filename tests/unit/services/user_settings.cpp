#include "node/services/user_settings.h"

#include "protocol/data_uri.h"
#include "protocol/errors.h"
#include "protocol/json/reader.h"
#include "tests/catch.h"
#include "tests/support/node_fixture.h"

#include <boost/json/object.hpp>

using namespace guildhall;
using services::UserSettings;
using tests::NodeFixture;

namespace {

boost::json::object tree(const std::string& json) {
    return protocol::parse_json(json).value().as_object();
}

}  // namespace

TEST_CASE("settings are kept per user, start with defaults and take only what they know") {
    NodeFixture node;
    UserSettings settings(node.ctx);
    const auto actor = node.as(node.add_user("a"));
    CHECK(tree(node.ok(settings.get(actor))).at("theme") == "dark");
    const auto patch = protocol::parse_json(R"({"theme":"light","no_setting":1})").value();
    const auto after = tree(node.ok(settings.patch(actor, patch)));
    CHECK(after.at("theme") == "light");
    CHECK_FALSE(after.contains("no_setting"));
    CHECK(tree(node.ok(settings.get(actor))) == after);
    CHECK(tree(node.ok(settings.get(node.as(node.add_user("b"))))).at("theme") == "dark");
    const auto wrong = protocol::parse_json(R"({"theme":5})").value();
    CHECK(node.code(settings.patch(actor, wrong)) == protocol::kInvalidFormBody);
}

TEST_CASE("a change of protobuf settings replaces the fields it has and is told to all sessions") {
    NodeFixture node;
    UserSettings settings(node.ctx);
    const auto actor = node.as(node.add_user("a"));
    CHECK(node.ok(settings.proto(actor, 1)).empty());
    // Field 1: varint 5; field 2: the bytes "ab".
    node.ok(settings.merge_proto(actor,
                                 1,
                                 protocol::encode_base64("\x08\x05\x12\x02"
                                                         "ab")));
    const auto merged = node.ok(settings.merge_proto(actor,
                                                     1,
                                                     protocol::encode_base64("\x12\x01"
                                                                             "c")));
    CHECK(protocol::decode_base64(merged).value() ==
          "\x08\x05\x12\x01"
          "c");
    CHECK(node.ok(settings.proto(actor, 1)) == merged);
    CHECK(node.ok(settings.proto(actor, 2)).empty());
    std::size_t told = 0;
    for (const auto& notice : node.recorder.notices) {
        const auto* d = std::get_if<journal::UserDispatch>(&notice);
        if (d && d->dispatch.name == "USER_SETTINGS_PROTO_UPDATE") {
            ++told;
            CHECK(d->dispatch.body->find("\"type\":1") != std::string::npos);
        }
    }
    CHECK(told == 2);
    CHECK(node.code(settings.merge_proto(actor, 1, "!")) == protocol::kInvalidFormBody);
    CHECK(node.code(settings.merge_proto(actor,
                                         1,
                                         protocol::encode_base64("\x12\x09"
                                                                 "short"))) ==
          protocol::kInvalidFormBody);
}
