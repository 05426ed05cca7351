#include "node/media/cdn.h"

#include "tests/catch.h"
#include "tests/support/pool_wait.h"
#include "tests/support/temp_folder.h"
#include "tests/unit/services/talk.h"

#include <fstream>

using namespace guildhall;
using base::http::Method;
using base::http::Request;
using base::http::Response;

namespace {

struct Files : tests::Talk {
    Files() {
        ctx.files = &disk;
        allow(tests::permissions::kViewChannel | tests::permissions::kSendMessages |
              tests::permissions::kReadMessageHistory | tests::permissions::kAttachFiles);
    }
    protocol::Message post_file(const std::string& name, std::string bytes) {
        std::vector<services::Upload> files{{"files[0]", name, std::move(bytes)}};
        loop.clock.advance(std::chrono::milliseconds(5));
        const auto request = read<protocol::api::MessageCreate>("{}");
        auto posted =
            tests::wait_pool(loop, messages.create(as(alice), channel, request, std::move(files)));
        REQUIRE(posted);
        return posted->message;
    }
    /// The part of the file's address behind /cdn.
    std::string address(const protocol::Message& m) const {
        const auto url = links.attachment(channel, m.attachments.at(0));
        return url.substr(links.public_url().size() + 4);
    }
    Response get(const std::string& target, Method method = Method::get) {
        const Request request(method, target);
        return tests::wait_pool(loop, cdn.serve(request, request.segments()));
    }
    static std::string body(const Response& r) {
        if (!r.file_body) return r.body;
        std::string out(r.file_body->bytes(), '\0');
        CHECK(r.file_body->read(0, out.data(), out.size()) == static_cast<long>(out.size()));
        return out;
    }
    static bool says(const Response& r, const std::string& line) {
        return r.head.find(line + "\r\n") != std::string::npos;
    }

    tests::TempFolder folder;
    base::WorkerPool pool{1, 16};
    media::DiskFiles disk{folder.path().string(), pool, rng};
    media::Cdn cdn{disk, links, *db, pool};
};

}  // namespace

TEST_CASE("an attached file comes back whole under its signed address, and is only a file") {
    Files f;
    const auto m = f.post_file("../ä b.txt", "some bytes");
    CHECK(m.attachments.at(0).filename == "ä b.txt");
    const auto got = f.get(f.address(m));
    CHECK(got.status == 200);
    CHECK(f.body(got) == "some bytes");
    CHECK(got.content_type == "text/plain; charset=utf-8");
    CHECK(f.says(got, "X-Content-Type-Options: nosniff"));
    CHECK(f.says(got, "Content-Security-Policy: sandbox; default-src 'none'"));
    CHECK(f.says(got, "Content-Disposition: inline; filename*=UTF-8''%C3%A4%20b.txt"));
    CHECK(f.says(got, "Cache-Control: private, max-age=3600"));
    const auto page = f.post_file("x.html", "<html><script>");
    const auto risky = f.get(f.address(page));
    CHECK(risky.content_type == "application/octet-stream");
    CHECK(f.says(risky, "Content-Disposition: attachment; filename*=UTF-8''x.html"));
}

TEST_CASE("without a good signature, or after a day, there is no file") {
    Files f;
    const auto m = f.post_file("a", "bytes");
    const auto address = f.address(m);
    const auto bare = address.substr(0, address.find('?'));
    CHECK(f.get(bare).status == 404);
    CHECK(f.get(bare + "b" + address.substr(bare.size())).status == 404);
    CHECK(f.get("/attachments/x/y/z").status == 404);
    f.loop.clock.advance(std::chrono::hours(25));
    CHECK(f.get(address).status == 404);
}

TEST_CASE("a file is gone with its message, though its address is good and another has it") {
    Files f;
    const auto first = f.post_file("a", "same"), second = f.post_file("b", "same");
    f.ok(f.messages.remove(f.as(f.alice), f.channel, first.id));
    const auto gone = f.get(f.address(first));
    CHECK(gone.status == 404);
    CHECK(!f.says(gone, "Cache-Control: private, max-age=3600"));
    CHECK(f.get(f.address(second)).status == 200);
}

TEST_CASE("the files of a deleted channel are gone before its rows are") {
    Files f;
    const auto m = f.post_file("a", "bytes");
    const auto address = f.address(m);
    CHECK(f.get(address).status == 200);
    f.ok(f.channels.remove(f.as(f.owner), f.guild, f.channel));
    CHECK(f.get(address).status == 404);
}

TEST_CASE("images are found under their hash, for ever; what is not there is not remembered") {
    Files f;
    const std::string gif("GIF89a\x01\0\x01\0\0\0\0", 13);
    const auto hash =
        tests::wait_pool(f.loop, f.disk.put("icons", protocol::Snowflake(7), gif)).value();
    const auto got = f.get("/icons/7/" + hash + ".png?size=64");
    CHECK(got.status == 200);
    CHECK(got.content_type == "image/gif");
    CHECK(f.says(got, "Cache-Control: public, max-age=31536000, immutable"));
    const auto none = f.get("/icons/7/0123.png");
    CHECK(none.status == 404);
    CHECK(!f.says(none, "Cache-Control: public, max-age=31536000, immutable"));
}

TEST_CASE("no path leads out of the folders of images") {
    Files f;
    std::ofstream(f.folder / "secret") << "x";
    for (const char* path : {"/icons/../secret",
                             "/icons/%2e%2e/secret",
                             "/icons/..%2f../secret",
                             "/icons/7/..%2f..%2f..%2fsecret",
                             "/icons/7/",
                             "/icons//x",
                             "/secrets/7/x",
                             "/icons/7",
                             "/"}) {
        CAPTURE(path);
        CHECK(f.get(path).status == 404);
    }
}

TEST_CASE("default avatars are drawn, and nothing can be written") {
    Files f;
    const auto avatar = f.get("/embed/avatars/3.png");
    CHECK(avatar.status == 200);
    CHECK(f.says(avatar, "Content-Security-Policy: sandbox; default-src 'none'"));
    CHECK(f.get("/embed/avatars/3.png", Method::post).status == 405);
    CHECK(f.get("/embed/avatars/3.png", Method::head).status == 200);
}
