#include "protocol/api/message.h"

#include "protocol/enums.h"
#include "tests/unit/protocol/api/support.h"

using namespace guildhall::protocol;
using namespace guildhall::protocol::api;

TEST_CASE("a message is read with all its parts") {
    auto m = decode_text<MessageCreate>(
        R"({"content":"  hi  ","nonce":123,"tts":true,"flags":4,"enforce_nonce":true,
            "allowed_mentions":{"parse":["users"],"roles":["5"],"replied_user":false},
            "message_reference":{"message_id":"9","fail_if_not_exists":false},
            "sticker_ids":["1","2","3"],"attachments":[{"id":0,"filename":"a.png"}],
            "poll":null,"unknown":[]})");
    REQUIRE(m);
    CHECK(*m->content == "hi");
    CHECK(m->nonce->json() == "123");
    CHECK(m->flag_bits() == message_flags::kSuppressEmbeds);
    CHECK(m->allowed_mentions->parse->users);
    CHECK_FALSE(m->allowed_mentions->parse->everyone);
    CHECK(m->allowed_mentions->roles->at(0) == RoleId(5));
    CHECK(m->message_reference->message_id == MessageId(9));
    CHECK(m->attachments->at(0).id == Snowflake(0));
    CHECK(m->has_text_or_embeds());
}

TEST_CASE("content is bounded at 2000 characters") {
    auto body = [](std::size_t n) {
        std::string text;
        for (std::size_t i = 0; i < n; ++i) text += "é";
        return R"({"content":")" + text + "\"}";
    };
    CHECK(faults<MessageCreate>(body(1999)) == "none");
    CHECK(faults<MessageCreate>(body(2000)) == "none");
    CHECK(faults<MessageCreate>(body(2001)) == "content BASE_TYPE_MAX_LENGTH;");
    CHECK(decode_text<MessageCreate>("{}"));
    CHECK_FALSE(decode_text<MessageCreate>(R"({"content":"   "})")->has_text_or_embeds());
}

TEST_CASE("a nonce comes back as it came") {
    CHECK(decode_text<MessageCreate>(R"({"nonce":"a\"b"})")->nonce->json() == R"("a\"b")");
    CHECK(decode_text<MessageCreate>(R"({"nonce":-9223372036854775808})")->nonce->json() ==
          "-9223372036854775808");
    CHECK(faults<MessageCreate>(R"({"nonce":"12345678901234567890123456"})") ==
          "nonce BASE_TYPE_MAX_LENGTH;");
    CHECK(faults<MessageCreate>(R"({"nonce":1.5})") == "nonce STRING_TYPE_CONVERT;");
}

TEST_CASE("allowed mentions name kinds or ids, not both") {
    CHECK(faults<MessageCreate>(R"({"allowed_mentions":{"parse":["users"],"users":["1"]}})") ==
          "allowed_mentions MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE;");
    CHECK(faults<MessageCreate>(R"({"allowed_mentions":{"parse":["users"],"users":[]}})") ==
          "none");
    CHECK(faults<MessageCreate>(R"({"allowed_mentions":{"parse":["all"]}})") ==
          "allowed_mentions.parse[0] BASE_TYPE_CHOICES;");
}

TEST_CASE("an embed becomes canonical text") {
    auto m = decode_text<MessageCreate>(
        R"({"embeds":[{"color":255,"title":"T\"","type":"gifv",
            "fields":[{"value":"v","name":"n","inline":true},
            {"name":"n2","value":"v2"}],"footer":{"text":"f","icon_url":""},"junk":1,
            "timestamp":"2024-01-01T00:00:00Z","image":{"url":"attachment://a.png","width":5},
            "author":{"name":"A","url":"https://a.b"},"description":null}]})");
    REQUIRE(m);
    CHECK(m->embeds_text() ==
          R"([{"type":"rich","title":"T\"","timestamp":"2024-01-01T00:00:00.000000+00:00",)"
          R"("color":255,)"
          R"("footer":{"text":"f"},"image":{"url":"attachment://a.png"},"author":{"name":"A",)"
          R"("url":"https://a.b"},"fields":[{"name":"n","value":"v","inline":true},)"
          R"({"name":"n2","value":"v2","inline":false}]}])");
    CHECK(decode_text<MessageCreate>(R"({"embed":{"title":"old"}})")->embeds_text() ==
          R"([{"type":"rich","title":"old"}])");
    CHECK(decode_text<MessageCreate>(R"({"embeds":[]})")->embeds_text().empty());
    // What was stored is read again as the same.
    auto again = decode_text<MessageCreate>(R"({"embeds":)" + m->embeds_text() + "}");
    REQUIRE(again);
    CHECK(again->embeds_text() == m->embeds_text());
}

TEST_CASE("embeds keep to their limits") {
    auto embeds = [](const std::string& inside) { return R"({"embeds":[)" + inside + "]}"; };
    CHECK(faults<MessageCreate>(embeds("{}")) == "embeds[0].description BASE_TYPE_REQUIRED;");
    CHECK(faults<MessageCreate>(embeds(R"({"title":")" + std::string(257, 'a') + "\"}")) ==
          "embeds[0].title BASE_TYPE_MAX_LENGTH;");
    CHECK(faults<MessageCreate>(embeds(R"({"title":"a","url":"javascript:x"})")) ==
          "embeds[0].url URL_TYPE_INVALID_SCHEME;");
    CHECK(faults<MessageCreate>(embeds(R"({"title":"a","url":"https:// x"})")) ==
          "embeds[0].url URL_TYPE_INVALID_URL;");
    CHECK(faults<MessageCreate>(embeds(R"({"title":"a","thumbnail":{"url":"ftp://x"}})")) ==
          "embeds[0].thumbnail.url URL_TYPE_INVALID_SCHEME;");
    auto half = R"({"description":")" + std::string(3000, 'a') + "\"}";
    CHECK(faults<MessageCreate>(embeds(half + "," + half)) == "none");
    CHECK(faults<MessageCreate>(embeds(half + "," + half + R"(,{"title":"x"})")) ==
          "embeds MAX_EMBED_SIZE_EXCEEDED;");
    std::string eleven = R"({"title":"x"})";
    for (int i = 0; i < 10; ++i) eleven += R"(,{"title":"x"})";
    CHECK(faults<MessageCreate>(embeds(eleven)) == "embeds BASE_TYPE_MAX_LENGTH;");
    CHECK(faults<MessageCreate>(embeds(R"({"fields":[{"name":"","value":"x"}]})")) ==
          "embeds[0].fields[0].name BASE_TYPE_REQUIRED;");
}

TEST_CASE("an edit tells absent from null") {
    auto edit = decode_text<MessageEdit>(R"({"content":null,"embeds":[]})");
    REQUIRE(edit);
    CHECK(edit->content.is_null());
    CHECK(edit->embeds.present);
    CHECK(edit->embeds_text().empty());
    CHECK_FALSE(edit->flags.present);
    CHECK_FALSE(edit->components.present);
}

TEST_CASE("bulk deletion takes 2 to 100 ids") {
    auto body = [](int n) {
        std::string ids;
        for (int i = 1; i <= n; ++i) ids += (i > 1 ? ",\"" : "\"") + std::to_string(i) + "\"";
        return R"({"messages":[)" + ids + "]}";
    };
    CHECK(faults<BulkDelete>(body(1)) == "messages BASE_TYPE_BAD_LENGTH;");
    CHECK(faults<BulkDelete>(body(2)) == "none");
    CHECK(faults<BulkDelete>(body(100)) == "none");
    CHECK(faults<BulkDelete>(body(101)) == "messages BASE_TYPE_BAD_LENGTH;");
}
