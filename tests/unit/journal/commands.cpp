// Commands of remote users: once each, whatever is repeated, with one receipt; their bodies go with
// the messages that they made.
#include "federation/receipt.h"
#include "node/store/projections/project.h"
#include "node/store/tables/remote_commands.h"
#include "protocol/errors.h"
#include "tests/catch.h"
#include "tests/unit/journal/mirror_support.h"

namespace guildhall {
namespace {

using namespace protocol;
using tests::JournalNode;
using SharedCommand = std::shared_ptr<const federation::SignedCommand>;

struct Node {
    std::unique_ptr<JournalNode> node = std::make_unique<JournalNode>(1);
    GuildId guild = node->make_guild(UserId(1000));
    ChannelId channel = add_channel();
    federation::SecretKey origin = key(9);

    static federation::SecretKey key(std::uint8_t byte) {
        federation::Seed seed;
        seed.fill(byte);
        return federation::SecretKey::from_seed(seed);
    }
    ChannelId add_channel() {
        Channel c;
        c.id = ChannelId(node->new_id(guild));
        REQUIRE(node->commit(guild, {ChannelCreated{c}}));
        return c.id;
    }
    SharedCommand command(std::uint64_t seq, const std::string& text = "secret words") const {
        federation::CommandHeader header;
        header.guild_uid =
            federation::Hash32::from(std::string_view(node->state(guild).guild.uid)).value();
        header.origin_uid.fill(9);
        header.origin_seq = seq;
        header.actor = 1001;
        header.channel = channel.value;
        return std::make_shared<federation::SignedCommand>(
            federation::sign_command(header, {}, federation::ByteView(text), origin));
    }
    Message message(const std::string& text = "secret words") {
        Message m;
        m.id = MessageId(node->new_id(guild));
        m.channelId = channel;
        m.authorId = UserId(1001);
        m.content = text;
        return m;
    }
    std::optional<store::remote_commands::ReceiptRow> receipt(const SharedCommand& command) {
        std::optional<store::remote_commands::ReceiptRow> out;
        REQUIRE(node->write([&](store::Tx& tx) -> Status {
            TRY(out, store::remote_commands::find_receipt(tx, command->hash()));
            return {};
        }));
        return out;
    }
    std::vector<store::entries::EntryRow> entries() {
        std::vector<store::entries::EntryRow> out;
        REQUIRE(node->write([&](store::Tx& tx) -> Status {
            TRY(out,
                store::entries::range(tx, store::channel_log(channel), channel.value, 0, 10000));
            return {};
        }));
        return out;
    }
    void restart() {
        const std::string image = node->db->image();
        node = std::make_unique<JournalNode>(1, image);
    }
};

TEST_CASE(
    "every entry of a command carries its hash and the signed command, and a receipt is signed") {
    Node n;
    const auto command = n.command(1);
    const auto done = n.node->commit(n.guild, {MessageCreated{n.message()}}, command);
    REQUIRE(done);
    const auto rows = n.entries();
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].header.command_hash == command->hash());
    const auto stored = federation::decode_signed_command(federation::ByteView(rows[0].command));
    REQUIRE(stored);
    CHECK(*stored == *command);
    CHECK(federation::verify(*stored, n.origin.public_key()));
    const auto row = n.receipt(command);
    REQUIRE(row);
    CHECK(row->receipt == done->signed_receipt());
    const auto signed_receipt = federation::decode_signed_receipt(row->receipt);
    REQUIRE(signed_receipt);
    const auto receipt =
        federation::verify_receipt(*signed_receipt, n.node->identity->key.public_key());
    REQUIRE(receipt);
    CHECK(receipt->command_hash == command->hash());
    CHECK(receipt->log_id == n.channel.value);
    CHECK(receipt->seq == 0);
    CHECK(receipt->leaf == federation::leaf_hash(rows[0].header));
    CHECK(n.node->verify().fault_count == 0);
}

TEST_CASE(
    "a command that comes a thousand times, also after a restart, is one entry and one receipt") {
    Node n;
    const auto command = n.command(5);
    const auto first = n.node->commit(n.guild, {MessageCreated{n.message()}}, command);
    REQUIRE(first);
    for (int i = 0; i < 1000; ++i) {
        if (i == 500) n.restart();
        // Decoded again each time, as it comes over a link.
        const auto again = std::make_shared<federation::SignedCommand>(*command);
        const auto refused = n.node->commit(n.guild, {MessageCreated{n.message()}}, again);
        REQUIRE_FALSE(refused);
        CHECK(http_status(refused.error()) == 409);
    }
    CHECK(n.entries().size() == 1);
    CHECK(n.receipt(command)->receipt == first->signed_receipt());
    CHECK(n.node->verify().fault_count == 0);
}

TEST_CASE("a verb that decides twice is one command, whose receipt names the last entry") {
    Node n;
    const auto command = n.command(1);
    REQUIRE(n.node->commit(n.guild, {MessageCreated{n.message()}}, command));
    const auto second = n.node->commit(n.guild, {MessageCreated{n.message()}}, command);
    REQUIRE(second);
    CHECK(n.receipt(command)->receipt == second->signed_receipt());
    CHECK(n.entries().size() == 2);
}

TEST_CASE("a number that was used for another command, or is below the window, is refused") {
    Node n;
    REQUIRE(n.node->commit(n.guild, {MessageCreated{n.message()}}, n.command(5000)));
    const auto code = [&](const SharedCommand& command) {
        const auto done = n.node->commit(n.guild, {MessageCreated{n.message()}}, command);
        return done ? 200 : http_status(done.error());
    };
    CHECK(code(n.command(5000, "other words")) == 400);
    CHECK(code(n.command(0)) == 400);
    CHECK(code(n.command(5000 - 4096)) == 400);
    CHECK(code(n.command(5000 - 4095)) == 200);
    CHECK(code(n.command(4999)) == 200);
    CHECK(n.entries().size() == 3);
}

TEST_CASE("a number is free again when the transaction of its command fails") {
    Node n;
    const auto command = n.command(1);
    n.node->db->fail_next_batch(make_http_error(507));
    CHECK_FALSE(n.node->commit(n.guild, {MessageCreated{n.message()}}, command));
    CHECK_FALSE(n.receipt(command));
    CHECK(n.node->commit(n.guild, {MessageCreated{n.message()}}, n.command(1)));
}

TEST_CASE("a deletion and an edit drop what the command said, and its signature still verifies") {
    const bool edit = GENERATE(false, true);
    Node n;
    Message m = n.message();
    // The thread's entry of the control log must not keep the words either.
    Channel thread;
    thread.id = ChannelId(n.node->new_id(n.guild));
    REQUIRE(n.node->commit(n.guild, {MessageCreated{m}, ChannelCreated{thread}}, n.command(1)));
    CHECK(n.node->logs().find(federation::to_hex("secret words")) != std::string::npos);
    if (edit) {
        m.content = "better";
        REQUIRE(n.node->commit(n.guild, {MessageEdited{m}}, n.command(2, "better")));
    } else {
        REQUIRE(n.node->commit(n.guild, {MessagesDeleted{n.channel, {m.id}, {}, false}}));
    }
    CHECK(n.node->logs().find(federation::to_hex("secret words")) == std::string::npos);
    const auto stored = federation::decode_signed_command(n.entries().front().command);
    REQUIRE(stored);
    CHECK(stored->body.empty());
    CHECK(federation::verify(*stored, n.origin.public_key()));
    CHECK(n.node->verify().fault_count == 0);
}

TEST_CASE("a deleted channel's purge takes the commands' words, too") {
    Node n;
    for (std::uint64_t i = 1; i <= 5; ++i)
        REQUIRE(n.node->commit(n.guild, {MessageCreated{n.message()}}, n.command(i)));
    REQUIRE(n.node->commit(n.guild, {ChannelDeleted{n.channel}}));
    for (bool done = false; !done;) {
        REQUIRE(n.node->write([&](store::Tx& tx) -> Status {
            TRY(done, store::purge_step(tx, 2));
            return {};
        }));
    }
    CHECK(n.node->logs().find(federation::to_hex("secret words")) == std::string::npos);
    CHECK(n.entries().front().command.size() > 0);
    CHECK(n.node->verify().fault_count == 0);
}

}  // namespace
}  // namespace guildhall
