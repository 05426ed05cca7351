// The beginning of a link, byte for byte, against tests/golden/link.txt, which a second
// implementation made from docs/FEDERATION.md. The file is added to and never changed.

#include "tests/catch.h"
#include "tests/support/files.h"
#include "tests/unit/federation/link_pair.h"

#include <map>
#include <sstream>
#include <string>

namespace guildhall::federation {

using namespace testing;

namespace {

std::map<std::string, std::string> golden() {
    const auto text =
        tests::read_file(std::string(GUILDHALL_SOURCE_DIR) + "/tests/golden/link.txt");
    REQUIRE(text);
    std::map<std::string, std::string> values;
    std::istringstream lines(*text);
    for (std::string name, hex; lines >> name >> hex;) values[name] = bytes_of_hex(hex);
    return values;
}

}  // namespace

TEST_CASE("a link begins with the bytes that a second implementation writes") {
    auto values = golden();
    const Node a(1);
    const Node b(2);
    CHECK(a.uid.text() == values.at("dialer.uid"));
    CHECK(b.uid.text() == values.at("listener.uid"));
    CHECK(link_prologue(b.uid) == values.at("prologue"));
    LinkStart dialer = start_of(LinkRole::dialer, a);
    dialer.expected_uid = b.uid;
    LinkPair pair(std::move(dialer), start_of(LinkRole::listener, b));

    const std::string first = pair.a.take();
    CHECK(first == values.at("message.1"));
    pair.b.give(first, {});
    const std::string second = pair.b.take();
    CHECK(second == values.at("message.2"));
    pair.a.give(second, {});
    const std::string third = pair.a.take();
    CHECK(third == values.at("message.3") + values.at("dialer.record.0"));
    pair.b.give(third, {});
    const std::string hello = pair.b.take();
    CHECK(hello == values.at("listener.record.0"));
    pair.a.give(hello, {});
    REQUIRE(pair.a.established);

    const Frame question{1, frames::InviteGet{"code"}};
    CHECK(encode(Frame{0, hello_of("a.example")}) == values.at("dialer.hello"));
    CHECK(encode(question) == values.at("dialer.question"));
    CHECK(pair.a.link.send(question) == SendResult::queued);
    CHECK(pair.a.take() == values.at("dialer.record.1"));
}

TEST_CASE("a key changes where and how a second implementation changes it") {
    auto values = golden();
    SymmetricKey key;
    key.fill(7);
    CipherState early(key);
    early.set_nonce(limits::kRekeyRecords - 1);
    RecordCipher sealer(early, limits::kRekeyRecords);
    CHECK(sealer.seal("last") == values.at("rekey.before"));
    CHECK(sealer.seal("first") == values.at("rekey.after"));
}

}  // namespace guildhall::federation
