#include "node/media/cdn.h"

#include "node/media/default_avatar.h"
#include "node/media/image_header.h"
#include "node/store/await.h"
#include "node/store/tables/attachments.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace guildhall::media {
namespace {

namespace http = base::http;
using protocol::AttachmentId;
using protocol::ChannelId;

http::Response not_found() { return http::Response::error(404, 0, "404: Not Found"); }

/// What keeps a file from being more than a file in a browser.
void add_safety(http::Response& response) {
    response.add_header("X-Content-Type-Options", "nosniff");
    response.add_header("Content-Security-Policy", "sandbox; default-src 'none'");
    response.add_header("Cross-Origin-Resource-Policy", "cross-origin");
    response.add_header("Access-Control-Allow-Origin", "*");
}

struct Opened {
    int descriptor = -1;
    std::uint64_t bytes = 0;
    FileKind kind;
};

Opened open_file(const std::string& path) {
    Opened out;
    out.descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (out.descriptor < 0) return out;
    struct stat info{};
    std::string head(kSniffBytes, '\0');
    const ssize_t n = ::pread(out.descriptor, head.data(), head.size(), 0);
    if (::fstat(out.descriptor, &info) != 0 || n < 0) {
        ::close(out.descriptor);
        return {};
    }
    head.resize(static_cast<std::size_t>(n));
    out.bytes = static_cast<std::uint64_t>(info.st_size);
    out.kind = sniff(head);
    return out;
}

}  // namespace

base::Task<http::Response> Cdn::send(std::string path, std::string filename) {
    auto opened = co_await disk_.run([path = std::move(path)] { return open_file(path); });
    if (!opened || opened->descriptor < 0) co_return not_found();
    http::Response response;
    response.content_type = opened->kind.content_type;
    response.compressible = false;
    response.file_body = std::make_unique<http::FileBody>(opened->descriptor, 0, opened->bytes);
    add_safety(response);
    const bool inline_ok = is_safe_inline(opened->kind.content_type);
    response.add_header("Content-Disposition",
                        std::string(inline_ok ? "inline" : "attachment") + "; filename*=UTF-8''" +
                            http::percent_encode(filename));
    co_return response;
}

base::Task<http::Response> Cdn::send_blob(const http::Request& request,
                                          services::BlobName name,
                                          std::string path,
                                          std::string filename,
                                          ChannelId channel) {
    auto response = co_await send(std::move(path), filename);
    if (response.status == 200 || !remote_) co_return response;
    // Of another node: a copy, or to be fetched now.
    const auto there = co_await remote_->fetch(*request.shard, std::move(name), channel.value);
    if (!there) co_return not_found();
    co_return co_await send(*there, std::move(filename));
}

base::Task<http::Response> Cdn::attachment(const http::Request& request,
                                           std::vector<std::string> segments) {
    const auto channel = protocol::parse_id<ChannelId>(segments[1]);
    const auto id = protocol::parse_id<AttachmentId>(segments[2]);
    if (!channel || !id) co_return not_found();
    const std::string path = "/attachments/" + segments[1] + "/" + segments[2] + "/" +
                             services::escape_path_segment(segments[3]);
    const auto& query = request.query();
    if (!links_.is_valid(path,
                         query.get("ex").value_or(""),
                         query.get("is").value_or(""),
                         query.get("hm").value_or(""))) {
        co_return not_found();
    }
    // Deleted with its message or channel, also while the address is still good.
    auto look = [channel = *channel, id = *id](store::Tx& tx) {
        return store::attachments::hash_of(tx, channel, id);
    };
    const auto found = co_await store::read(db_, std::move(look));
    const auto hash = found ? *found : std::nullopt;
    if (!hash) co_return not_found();
    const auto name = services::BlobName::of_file(*hash);
    auto response =
        co_await send_blob(request, name, files_.file_path(*hash), segments[3], *channel);
    if (response.status == 200) response.add_header("Cache-Control", "private, max-age=3600");
    co_return response;
}

base::Task<http::Response> Cdn::image(const http::Request& request,
                                      std::vector<std::string> segments) {
    const std::string& last = segments.back();
    const std::string hash = last.substr(0, last.find('.'));
    if (!services::is_plain_name(segments[1]) || !services::is_plain_name(hash))
        co_return not_found();
    const services::BlobName name{{}, segments[0], segments[1], hash};
    auto response = co_await send_blob(request, name, files_.own_path(name), last, ChannelId());
    // What is not there now may be there later; only what is there never changes.
    if (response.status == 200)
        response.add_header("Cache-Control", "public, max-age=31536000, immutable");
    co_return response;
}

base::Task<http::Response> Cdn::serve(const http::Request& request,
                                      std::vector<std::string> segments) {
    if (request.method != http::Method::get && request.method != http::Method::head) {
        co_return http::Response::error(405, 0, "405: Method Not Allowed");
    }
    if (segments.size() == 4 && segments[0] == "attachments") {
        co_return co_await attachment(request, std::move(segments));
    }
    if (segments.size() == 3 && segments[0] == "embed" && segments[1] == "avatars") {
        auto response = http::Response::of(200, "image/svg+xml", default_avatar(segments[2]));
        add_safety(response);
        response.add_header("Cache-Control", "public, max-age=31536000, immutable");
        co_return response;
    }
    if (segments.size() == 3 && services::is_image_folder(segments[0]))
        co_return co_await image(request, std::move(segments));
    co_return not_found();
}

}  // namespace guildhall::media
