#include "protocol/content.h"

#include "protocol/data_uri.h"
#include "tests/catch.h"

using namespace guildhall::protocol;

TEST_CASE("mentions are found once each, in order, and nothing else is") {
    auto m = parse_mentions(
        "<@2> hi <@!3> <@2> <@&7> <#9> <@&7> `<@5>` <@x> <@> <@!> <# 1> <@-1> "
        "<@99999999999999999999> <<@4>");
    CHECK(m.users == std::vector{UserId(2), UserId(3), UserId(5), UserId(4)});
    CHECK(m.roles == std::vector{RoleId(7)});
    CHECK(m.channels == std::vector{ChannelId(9)});
    CHECK_FALSE(m.everyone);
    CHECK(parse_mentions("a@everyone").everyone);
    CHECK(parse_mentions("@here").everyone);
    CHECK_FALSE(parse_mentions("@ everyone @her").everyone);
    CHECK(parse_mentions("").users.empty());
    CHECK(parse_mentions("<").users.empty());
    CHECK(parse_mentions("<@0>").users.empty());
}

TEST_CASE("a hostile content is read in one pass") {
    std::string text;
    for (int i = 0; i < 2000; ++i) text += "<@";
    CHECK(parse_mentions(text).users.empty());
}

TEST_CASE("emoji parameters are custom or Unicode") {
    CHECK(parse_emoji("blob:123") == EmojiRef{EmojiId(123), "blob"});
    CHECK(parse_emoji("a:blob:123") == EmojiRef{EmojiId(123), "blob"});
    CHECK(parse_emoji("👍") == EmojiRef{EmojiId(), "👍"});
    CHECK(parse_emoji("👨‍👩‍👧‍👦"));
    CHECK(parse_emoji("🇩🇪"));
    CHECK(parse_emoji("❤️"));
    CHECK(parse_emoji("1️⃣"));
    CHECK(parse_emoji("©"));
    for (auto* bad :
         {"", "blob", "1", "a b", "blob:", ":123", "blob:x", "bl-b:1", "é", "\xff", "😀\n"}) {
        CAPTURE(bad);
        CHECK_FALSE(parse_emoji(bad));
    }
}

TEST_CASE("usernames keep to their letters") {
    for (auto* good : {"ab", "a_b.c", "user123", "abcdefghijklmnopqrstuvwxyz012345"}) {
        CHECK(is_valid_username(good));
    }
    for (auto* bad : {"a",
                      "",
                      "Ab",
                      "a b",
                      "a@b",
                      "a..b",
                      "everyone",
                      "here",
                      "ä_b",
                      "abcdefghijklmnopqrstuvwxyz0123456"}) {
        CHECK_FALSE(is_valid_username(bad));
    }
}

TEST_CASE("text channels get lower-case names with dashes, others keep theirs") {
    CHECK(normalise_channel_name("  General  Chat ", ChannelType::text) == "general-chat");
    CHECK(normalise_channel_name("Große Halle", ChannelType::announcement) == "große-halle");
    CHECK(normalise_channel_name("  Voice Room ", ChannelType::voice) == "Voice Room");
    CHECK(normalise_channel_name(" \t ", ChannelType::text).empty());
}

TEST_CASE("addresses must look like some") {
    for (auto* good : {"a@b.c", "first.last+tag@mail.example.org"}) CHECK(is_plausible_email(good));
    for (auto* bad : {"", "a", "@b.c", "a@b", "a@.c", "a@b.", "a@b@c.d", "a b@c.d", "a@b.c\n"}) {
        CHECK_FALSE(is_plausible_email(bad));
    }
}

TEST_CASE("base64 goes both ways in both alphabets") {
    CHECK(encode_base64("") == "");
    CHECK(encode_base64("f") == "Zg");
    CHECK(encode_base64("fo") == "Zm8");
    CHECK(encode_base64("foo") == "Zm9v");
    CHECK(encode_base64url("\xff\xef") == "_-8");
    for (auto* text : {"Zm8=", "Zm8"}) CHECK(*decode_base64(text) == "fo");
    for (auto* bad : {"Z", "Zm8*", "Zm\n8"}) CHECK_FALSE(decode_base64(bad));
    std::string bytes;
    for (int i = 0; i < 256; ++i) {
        bytes += static_cast<char>(i);
        REQUIRE(*decode_base64(encode_base64url(bytes)) == bytes);
        REQUIRE(*decode_base64(encode_base64(bytes)) == bytes);
    }
}

TEST_CASE("a data URI yields its bytes, which say what they are") {
    auto uri = parse_data_uri("data:image/png;base64,iVBORw0KGgo=");
    REQUIRE(uri);
    CHECK(uri->media_type == "image/png");
    CHECK(sniff_image(uri->bytes) == "png");
    CHECK(sniff_image("GIF89a..") == "gif");
    CHECK(sniff_image("RIFF....WEBPVP8 ") == "webp");
    CHECK(sniff_image("\xff\xd8\xff\xe0") == "jpg");
    CHECK(sniff_image("<svg").empty());
    for (auto* bad :
         {"", "image", "data:image/png,abc", "data:image/png;base64", "data:;base64,!"}) {
        CHECK_FALSE(parse_data_uri(bad));
    }
}
