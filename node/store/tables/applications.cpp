#include "node/store/tables/applications.h"

#include "protocol/json/codec.h"

#include <boost/describe/class.hpp>
#include <boost/json/serialize.hpp>

namespace guildhall::store::applications {
namespace {

using protocol::Application;
using protocol::ApplicationId;
using protocol::UserId;

/// What is kept as JSON: everything that is only ever shown.
struct Data {
    std::string name, description, icon, cover_image;
    std::vector<std::string> tags;
    std::uint64_t flags = 0;
    bool bot_public = true, bot_require_code_grant = false, has_bot = true;
    std::string verify_key;
    std::string interactions_url, terms_url, privacy_url, install_url, role_connections_url;
    std::vector<std::string> redirect_uris;
};
BOOST_DESCRIBE_STRUCT(Data,
                      (),
                      (name,
                       description,
                       icon,
                       cover_image,
                       tags,
                       flags,
                       bot_public,
                       bot_require_code_grant,
                       has_bot,
                       verify_key,
                       interactions_url,
                       terms_url,
                       privacy_url,
                       install_url,
                       role_connections_url,
                       redirect_uris))

std::string data_json(const Application& a) {
    const Data data{a.name,
                    a.description,
                    a.icon,
                    a.cover_image,
                    a.tags,
                    a.flags,
                    a.bot_public,
                    a.bot_require_code_grant,
                    a.has_bot,
                    a.verify_key,
                    a.interactions_url,
                    a.terms_url,
                    a.privacy_url,
                    a.install_url,
                    a.role_connections_url,
                    a.redirect_uris};
    return boost::json::serialize(protocol::encode(data));
}

/// Columns: id, owner, data.
Result<Application> application_of(const Row& row) {
    TRY(Data d, protocol::decode_text<Data>(row.text(2)));
    Application a;
    a.id = row.id<ApplicationId>(0);
    a.owner = row.id<UserId>(1);
    a.name = std::move(d.name);
    a.description = std::move(d.description);
    a.icon = std::move(d.icon);
    a.cover_image = std::move(d.cover_image);
    a.tags = std::move(d.tags);
    a.flags = d.flags;
    a.bot_public = d.bot_public;
    a.bot_require_code_grant = d.bot_require_code_grant;
    a.has_bot = d.has_bot;
    a.verify_key = std::move(d.verify_key);
    a.interactions_url = std::move(d.interactions_url);
    a.terms_url = std::move(d.terms_url);
    a.privacy_url = std::move(d.privacy_url);
    a.install_url = std::move(d.install_url);
    a.role_connections_url = std::move(d.role_connections_url);
    a.redirect_uris = std::move(d.redirect_uris);
    return a;
}

}  // namespace

Status put(Tx& tx, const Application& a) {
    const std::string data = data_json(a);
    return tx.run(
        "INSERT INTO applications (id, owner, data) VALUES ($1, $2, $3)"
        " ON CONFLICT (id) DO UPDATE SET owner = $2, data = $3",
        a.id,
        a.owner,
        data);
}

Result<std::size_t> count_of(Tx& tx, UserId owner) {
    TRY(auto count,
        tx.first(
            "SELECT COUNT(*) FROM applications WHERE owner = $1",
            [](const Row& row) { return static_cast<std::size_t>(row.int64(0)); },
            owner));
    return count.value_or(0);
}

Result<std::vector<Application>> load_all(Tx& tx) {
    std::vector<Application> out;
    Status bad;
    TRY_VOID(tx.each("SELECT id, owner, data FROM applications ORDER BY id", [&](const Row& row) {
        auto application = application_of(row);
        if (application)
            out.push_back(std::move(*application));
        else
            bad = application.error();
        return bad.has_value();
    }));
    if (!bad) return bad.error();
    return out;
}

}  // namespace guildhall::store::applications
