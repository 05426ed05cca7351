// Files between whole nodes: handed to the host with a message, fetched by content through one's
// own node, kept within a bound, and gone with their message.
#include "federation/crypto.h"
#include "federation/policy.h"
#include "node/store/wait.h"
#include "protocol/data_uri.h"
#include "tests/catch.h"
#include "tests/unit/peering/far_guild.h"

#include <filesystem>

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

/// What the node has of the file, and where; nothing when it has it not.
std::optional<services::BlobPlace> place_of(FarGuild& s,
                                            std::size_t node,
                                            const std::string& bytes) {
    const auto hash = federation::blake2b(federation::ByteView(bytes));
    app::Core& core = s.world[node].core();
    const auto found = s.world.wait(
        core.shards.at(0), core.files.find(services::BlobName::of_file(std::string(hash.text()))));
    if (!found || !*found) return std::nullopt;
    return (*found)->place;
}

void name_successor(FarGuild& s) {
    const std::string uid = federation::to_hex(s.world[1].uid().text());
    s.world[0].ok(Method::patch,
                  s.guild_path() + "/hosting",
                  s.people[0],
                  {{"successors", json::array{json::string(uid)}}, {"takeover_delay", 60}});
}

/// Its address on the other node.
std::string post_file(FarGuild& s, const std::string& name, const std::string& bytes) {
    const Answer posted =
        s.upload(0, Method::post, s.messages(), s.people[0], json::object{}, {{name, bytes}});
    if (posted.status != 200) throw std::runtime_error(posted.body);
    return address_of(message_at(s, 1, text_of(posted.json(), "id")));
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
    REQUIRE(s.soon([&] {
        const auto host = s.world[1].core().peering->peers().find(s.world[0].uid());
        return host && host->is_open();
    }));
    s.world.advance(1s);
    CHECK(s.world[1].core().peering->blobs().copies() == 0);
    CHECK_FALSE(place_of(s, 1, "burn this"));
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

TEST_CASE("a host fills a successor's disk with files as far as its quota, and no further") {
    FarGuild s;
    name_successor(s);
    post_file(s, "first", "the first");
    REQUIRE(s.soon([&] { return place_of(s, 1, "the first") == services::BlobPlace::own; }));
    auto& mirrors = s.world[1].core().peering->mirrors();
    const auto mirror = mirrors.find(s.guild);
    REQUIRE(mirror);
    CHECK(mirror->file_bytes == 4096);
    CHECK(mirror->stored_bytes > 4096);

    // Files leave a quarter of the guild's share to its logs.
    const std::uint64_t most = federation::guild_quota(federation::Trust::limited).bytes_max;
    mirror->stored_bytes = most / 4 * 3 - 2 * 4096;
    post_file(s, "second", "the second");
    REQUIRE(s.soon([&] { return place_of(s, 1, "the second") == services::BlobPlace::own; }));
    const std::string third = post_file(s, "third", "the third");
    const std::string fourth = post_file(s, "fourth", "the fourth");
    s.world.advance(1s);
    CHECK(s.world[1].log.contains("a guild has no room for all its files here"));
    CHECK(place_of(s, 1, "the third") != services::BlobPlace::own);
    CHECK_FALSE(place_of(s, 1, "the fourth"));
    // The log goes on, and whoever looks at a file gets it, as a copy.
    CHECK(mirror->state() == peering::MirrorState::live);
    CHECK(s.fetch(1, third).body == "the third");
    CHECK(s.fetch(1, fourth).body == "the fourth");
    CHECK(place_of(s, 1, "the fourth") == services::BlobPlace::copy);
    // A round counts what there is; with room all are kept.
    mirror->stored_bytes = 0;
    const auto all_kept = [&] {
        return place_of(s, 1, "the third") == services::BlobPlace::own &&
               place_of(s, 1, "the fourth") == services::BlobPlace::own;
    };
    INFO(s.world.logs());
    CHECK(s.world.run_until(all_kept, 21min));
    CHECK(s.world.run_until([&] { return mirror->file_bytes == 4 * 4096; }, 21min));
    CHECK(s.world[1].core().peering->blobs().copies() == 0);
    // After a restart, too.
    s.world[1].crash();
    s.world[1].start();
    CHECK(s.world.run_until(
        [&] {
            const auto now = s.world[1].core().peering->mirrors().find(s.guild);
            return now && now->file_bytes == 4 * 4096;
        },
        1min));
}

TEST_CASE("a node's users store files here as far as its quota, and again when some are deleted") {
    FarGuild s(3);
    // All but some 20 KiB of what the second node's users may store, in messages of long ago.
    const std::uint64_t most = federation::peer_quota(federation::Trust::limited).bytes_max;
    const auto uid = s.world[1].uid();
    const auto filled = store::write_and_wait(*s.world[0].db, [&](store::Tx& tx) -> base::Status {
        const federation::Hash32 old{};
        TRY_VOID(tx.run("INSERT INTO attachments (channel, message, id, hash) VALUES (1, 2, 3, $1)",
                        store::Blob(old)));
        return tx.run("INSERT INTO guest_files (home, hash, cost, named_ms) VALUES ($1, $2, $3, 0)",
                      store::Blob(uid),
                      store::Blob(old),
                      most - 20'000);
    });
    REQUIRE(filled);
    const auto post = [&](std::size_t node, const std::string& bytes) {
        return s.upload(
            node, Method::post, s.messages(), s.people[node], json::object{}, {{"file", bytes}});
    };
    const Answer first = post(1, bytes_of(10'000));
    INFO(first.body << s.world.logs());
    REQUIRE(first.status == 200);
    // The same file again takes nothing more.
    CHECK(post(1, bytes_of(10'000)).status == 200);
    // Nor does it beside another, for which there is room.
    const Answer both = s.upload(1,
                                 Method::post,
                                 s.messages(),
                                 s.people[1],
                                 json::object{},
                                 {{"again", bytes_of(10'000)}, {"new", bytes_of(9'000)}});
    INFO(both.body);
    CHECK(both.status == 200);
    const Answer refused = post(1, bytes_of(10'001));
    CHECK(refused.status == 507);
    CHECK(s.world[0].log.contains("a node's users have no more room for files"));
    CHECK_FALSE(place_of(s, 0, bytes_of(10'001)));
    // Words, and files of others, go on.
    CHECK(s.say(1, "words").status == 200);
    CHECK(post(2, bytes_of(10'001)).status == 200);
    CHECK(post(0, bytes_of(10'002)).status == 200);
    // After a restart, too.
    s.world[0].crash();
    s.world[0].start();
    REQUIRE(s.comes(0, "words"));
    REQUIRE(s.soon([&] { return s.say(1, "back").status == 200; }));
    CHECK(post(1, bytes_of(10'003)).status == 507);

    const auto done = store::write_and_wait(*s.world[0].db, [&](store::Tx& tx) {
        return tx.run("DELETE FROM attachments WHERE message = 2 AND channel = 1");
    });
    REQUIRE(done);
    s.world.advance(2min);
    CHECK(post(1, bytes_of(10'003)).status == 200);
}

TEST_CASE("a successor keeps one icon of a guild, however often it changes") {
    FarGuild s;
    name_successor(s);
    const services::BlobName any{{}, "icons", s.guild.str(), "any"};
    const auto folder = std::filesystem::path(s.world[1].core().files.own_path(any)).parent_path();
    const auto count = [&] {
        std::error_code ec;
        std::size_t n = 0;
        for (const auto& file : std::filesystem::directory_iterator(folder, ec))
            n += file.is_regular_file() ? 1 : 0;
        return n;
    };
    std::string path;
    for (int i = 0; i < 3; ++i) {
        const std::string image = png("icon " + std::to_string(i));
        const auto changed =
            s.world[0].ok(Method::patch,
                          s.guild_path(),
                          s.people[0],
                          {{"icon", "data:image/png;base64," + protocol::encode_base64(image)}});
        path = "/cdn/icons/" + s.guild.str() + "/" + text_of(changed, "icon") + ".png";
        s.world.advance(11min);
    }
    CHECK(s.fetch(1, path).body == png("icon 2"));
    CHECK(count() == 1);
}

TEST_CASE("a file whose link is lost on the way is fetched again") {
    const std::string bytes = bytes_of(2'000'000);
    for (const int handlers : {15, 40, 70, 100, 120}) {
        FarGuild s;
        const std::string address = post_file(s, "large", bytes);
        const auto response = s.begin_look(1, address);
        for (int i = 0; i < handlers; ++i) {
            s.world[1].poll_one();
            s.world[0].poll_one();
        }
        const bool on_the_way = !*response;
        s.world.net.cut(s.world[0].ip(), s.world[1].ip());
        REQUIRE(s.world.run_until([&] { return response->has_value(); }));
        INFO(handlers << s.world.logs());
        CHECK(on_the_way);
        CHECK((*response)->status == 200);
        CHECK((*response)->file_body);
    }
}

TEST_CASE("who was not reached for a file is asked again soon, who has it not is left alone") {
    FarGuild s;
    const std::string address = post_file(s, "there", "it is there");
    s.world[0].crash();
    CHECK(s.fetch(1, address).status == 404);
    s.world[0].start();
    s.world.advance(5s);
    INFO(s.world.logs());
    CHECK(s.fetch(1, address).body == "it is there");
}

TEST_CASE("row 31: a file is what its bytes say, whatever it is called, on every node") {
    FarGuild s;
    const std::string html = "<!DOCTYPE html><html><script>alert(1)</script></html>";
    const std::string svg =
        R"(<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>)";
    for (const auto& [name, bytes] : std::vector<std::pair<std::string, std::string>>{
             {"cute.png", html}, {"cute.svg", svg}, {"cat.jpg", svg}, {"page.html", html}}) {
        const Answer posted =
            s.upload(0, Method::post, s.messages(), s.people[0], json::object{}, {{name, bytes}});
        REQUIRE(posted.status == 200);
        const auto message = message_at(s, 1, text_of(posted.json(), "id"));
        const auto& file = message.as_object().at("attachments").as_array().at(0).as_object();
        const auto* type = file.if_contains("content_type");
        INFO(name);
        CHECK((!type || type->as_string() == "application/octet-stream"));
        CHECK_FALSE(file.contains("width"));
        for (std::size_t node = 0; node < 2; ++node) {
            const std::string address =
                address_of(message_at(s, node, text_of(posted.json(), "id")));
            const auto response = s.look(node, address);
            CHECK(response.status == 200);
            CHECK(response.content_type == "application/octet-stream");
            CHECK(response.head.find("X-Content-Type-Options: nosniff") != std::string::npos);
            CHECK(response.head.find("Content-Disposition: attachment") != std::string::npos);
            CHECK(response.head.find("sandbox") != std::string::npos);
        }
    }
    // No image at all, where one is asked for.
    const auto refused =
        s.world[1].call(Method::patch,
                        "/api/v10/users/@me",
                        s.people[1],
                        {{"avatar", "data:image/png;base64," + protocol::encode_base64(svg)}});
    CHECK(refused.status == 400);
}
