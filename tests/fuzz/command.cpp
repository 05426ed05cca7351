// Any bytes as a stored command, a receipt, a cosignature, a profile, an origin's window and a
// remote name: refused, or read back to the same bytes, within their bounds.
#include "federation/command.h"

#include "federation/cosign.h"
#include "federation/origin_window.h"
#include "federation/profile.h"
#include "federation/receipt.h"
#include "federation/recovery.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

using namespace guildhall::federation;

namespace {

void read_command(ByteView bytes) {
    const auto command = decode_signed_command(bytes);
    if (!command) return;
    CHECK(encode(*command) == bytes.text());
    CHECK(command->body.size() <= kCommandBodyBytesMax);
    const auto bare = without_body(bytes);
    CHECK(bare && decode_signed_command(*bare)->hash() == command->hash());
    const auto header = decode_command_header(command->header);
    CHECK(header && encode(*header) == command->header);
    check(*header, {header->guild_uid, header->epoch_min, header->origin_uid, {}, 1});
    verify(*command, PublicKey{});
}

void read_records(ByteView bytes) {
    if (const auto receipt = decode_receipt(bytes)) CHECK(encode(*receipt) == bytes.text());
    if (const auto c = decode_cosignature(bytes)) CHECK(encode(*c) == bytes.text());
    if (const auto profile = decode_profile(bytes)) {
        CHECK(encode(*profile) == bytes.text());
        CHECK(bytes.size() <= kProfileBytesMax);
        CHECK(remote_name(profile->username, "node.example"));
    }
    if (auto window = OriginWindow::parse(bytes)) {
        CHECK(window->serialise() == bytes.text());
        window->accept(window->high() + 1, Hash32{});
        CHECK(window->size() <= kOriginWindow);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView bytes(data, size);
    read_command(bytes);
    read_records(bytes);
    if (const auto name = remote_name(bytes.text(), "node.example")) {
        CHECK(name->find('@') == name->rfind('@') && name->size() <= 32 + 13);
    }
    if (const auto node = normal_node_name(bytes.text())) CHECK(normal_node_name(*node) == *node);
    if (const auto phrase = parse_phrase(bytes.text())) CHECK(parse_phrase(make_phrase(*phrase)));
    return 0;
}
