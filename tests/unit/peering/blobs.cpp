// Files between whole nodes: handed to the host with a message, fetched by content through one's
// own node, kept within a bound, and gone with their message.
#include "federation/crypto.h"
#include "protocol/data_uri.h"
#include "tests/catch.h"
#include "tests/unit/peering/far_guild.h"

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;

namespace {

std::string address_of(const json::value& message) {
    const auto& files = message.as_object().at("attachments").as_array();
    return text_of(files.at(0), "url");
}

/// The message as the node shows it to one of its users.
json::value message_at(FarGuild& s, std::size_t node, const std::string& id) {
    json::value out;
    s.soon([&] {
        const Answer answer =
            s.world[node].call(Method::get, s.messages() + "/" + id, s.people[node]);
        if (answer.status != 200) return false;
        out = answer.json();
        return true;
    });
    return out;
}

std::string bytes_of(std::size_t size) {
    std::string out(size, '\0');
    for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<char>(i * 31 + i / 251);
    return out;
}

/// A PNG header, as far as anybody looks, and something that makes it another.
std::string png(const std::string& more) {
    return std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0", 29) +
           more;
}

}  // namespace

TEST_CASE("a file that is posted on one node is read on the other, through one's own node") {
    FarGuild s(3);
    const std::string bytes = bytes_of(300'000);
    for (std::size_t poster = 0; poster < 2; ++poster) {
        const std::string content = bytes + std::to_string(poster);
        const Answer posted = s.upload(poster,
                                       Method::post,
                                       s.messages(),
                                       s.people[poster],
                                       {{"content", "look"}},
                                       {{"a file.bin", content}});
        INFO(posted.body << s.world.logs());
        REQUIRE(posted.status == 200);
        const std::string id = text_of(posted.json(), "id");
        for (std::size_t reader = 0; reader < 3; ++reader) {
            const json::value message = message_at(s, reader, id);
            REQUIRE(message.is_object());
            const std::string address = address_of(message);
            INFO(address);
            CHECK(address.starts_with("http://" + s.world[reader].name() + "/"));
            const Answer file = s.fetch(reader, address);
            CHECK(file.status == 200);
            CHECK(file.body.size() == content.size());
            CHECK((file.body == content));
        }
    }
    // Only the third had to fetch the second's file; it has copies of both.
    CHECK(s.world[2].core().peering->blobs().copies() == 2);
    CHECK(s.world[1].core().peering->blobs().copies() == 1);
}

TEST_CASE("an empty file crosses, too") {
    FarGuild s;
    const Answer posted =
        s.upload(1, Method::post, s.messages(), s.people[1], json::object{}, {{"empty", ""}});
    INFO(posted.body << s.world.logs());
    REQUIRE(posted.status == 200);
    const auto message = message_at(s, 0, text_of(posted.json(), "id"));
    CHECK(s.fetch(0, address_of(message)).status == 200);
}

TEST_CASE("a deletion takes the copy away, also where the mirror was away") {
    FarGuild s;
    const Answer posted = s.upload(0,
                                   Method::post,
                                   s.messages(),
                                   s.people[0],
                                   {{"content", "x"}},
                                   {{"secret.txt", "burn this"}});
    REQUIRE(posted.status == 200);
    const std::string id = text_of(posted.json(), "id");
    const std::string address = address_of(message_at(s, 1, id));
    REQUIRE(s.fetch(1, address).body == "burn this");
    CHECK(s.world[1].core().peering->blobs().copies() == 1);
    s.world[1].crash();
    s.world[0].ok(Method::del, s.messages() + "/" + id, s.people[0]);
    s.world[1].start();
    CHECK(s.soon([&] { return s.world[1].core().peering->blobs().copies() == 0; }));
    CHECK(s.fetch(1, address).status == 404);
}

TEST_CASE("images of users and guilds come from their home") {
    FarGuild s;
    const std::string image = png("icon");
    const auto changed =
        s.world[0].ok(Method::patch,
                      s.guild_path(),
                      s.people[0],
                      {{"icon", "data:image/png;base64," + protocol::encode_base64(image)}});
    const std::string path =
        "/cdn/icons/" + s.guild.str() + "/" + text_of(changed, "icon") + ".png";
    const Answer answer = s.fetch(1, path);
    INFO(path << s.world.logs());
    CHECK(answer.status == 200);
    CHECK(answer.body == image);
    CHECK(s.fetch(1, "/cdn/icons/" + s.guild.str() + "/" + std::string(32, '0') + ".png").status ==
          404);
}

TEST_CASE("copies beyond the bound go, the least used first, and are found again after a restart") {
    FarGuild s(1);
    app::Core& core = s.world[0].core();
    base::Shard& shard = core.shards.at(0);
    peering::Context& ctx = core.peering->context();
    const auto put = [&](peering::BlobCopies& copies, const std::string& bytes) {
        const auto work = [](services::BlobFiles& files,
                             peering::BlobCopies& to,
                             std::string text) -> base::Task<federation::Hash32> {
            const auto name = services::BlobName::of_file(
                std::string(federation::blake2b(federation::ByteView(text)).text()));
            const std::uint64_t size = text.size();
            auto file = co_await files.receive(name, services::BlobPlace::copy);
            (void)co_await (*file)->append(std::move(text));
            (void)co_await (*file)->finish();
            co_await to.add(name.key(), size, true);
            co_return name.key();
        };
        return s.world.wait(shard, work(core.files, copies, bytes));
    };
    const auto is_there = [&](const federation::Hash32& key) {
        const auto name = services::BlobName::of_file(std::string(key.text()));
        const auto found = s.world.wait(shard, core.files.find(name));
        return found && found->has_value();
    };
    peering::BlobCopies copies(ctx, core.files, 1000);
    const auto first = put(copies, std::string(400, 'a'));
    s.world.advance(1s);
    const auto second = put(copies, std::string(400, 'b'));
    s.world.advance(1s);
    CHECK(copies.use(first));
    s.world.advance(1s);
    const auto third = put(copies, std::string(400, 'c'));
    CHECK(copies.bytes() == 800);
    CHECK(is_there(first));
    CHECK_FALSE(is_there(second));
    CHECK(is_there(third));
    CHECK_FALSE(copies.use(second));

    peering::BlobCopies later(ctx, core.files, 1000);
    const auto load = [](peering::BlobCopies& what) -> base::Task<bool> {
        co_await what.load();
        co_return true;
    };
    s.world.wait(shard, load(later));
    CHECK(later.count() == 2);
    CHECK(later.use(first));
    CHECK(later.use(third));
}

TEST_CASE("a successor has the guild's files before anybody reads them there") {
    FarGuild s;
    const Answer before =
        s.upload(0, Method::post, s.messages(), s.people[0], json::object{}, {{"old", "older"}});
    REQUIRE(before.status == 200);
    const std::string uid = federation::to_hex(s.world[1].uid().text());
    s.world[0].ok(Method::patch,
                  s.guild_path() + "/hosting",
                  s.people[0],
                  {{"successors", json::array{json::string(uid)}}, {"takeover_delay", 60}});
    const Answer after =
        s.upload(0, Method::post, s.messages(), s.people[0], json::object{}, {{"new", "newer"}});
    REQUIRE(after.status == 200);
    const auto is_kept = [&](const std::string& bytes) {
        const auto hash = federation::blake2b(federation::ByteView(bytes));
        app::Core& core = s.world[1].core();
        const auto found =
            s.world.wait(core.shards.at(0),
                         core.files.find(services::BlobName::of_file(std::string(hash.text()))));
        return found && *found && (*found)->place == services::BlobPlace::own;
    };
    INFO(s.world.logs());
    CHECK(s.soon([&] { return is_kept("newer"); }));
    CHECK(s.world.run_until([&] { return is_kept("older"); }, 15min));
}
