#pragma once
// Requests of /auth. Passwords live in these structs only as long as the request does.
// Plain values; any thread.

#include "protocol/api/common.h"

#include <boost/describe/class.hpp>

#include <optional>

namespace guildhall::protocol {
class FormErrors;
}

namespace guildhall::protocol::api {

/// POST /auth/register. The username comes out in lower case and by the rules of content.h.
struct Register {
    Name<limits::kUsernameMin, limits::kUsernameMax> username;
    Text<limits::kPasswordMin, limits::kPasswordMax> password;
    std::optional<Name<0, limits::kEmailMax>> email;
    std::optional<Name<1, limits::kGlobalNameMax>> global_name;
    std::optional<Name<0, 64>> invite;
    std::optional<bool> consent;
};
BOOST_DESCRIBE_STRUCT(Register, (), (username, password, email, global_name, invite, consent))
void validate(Register& request, FormErrors& errors);

/// POST /auth/login. Some clients still post `email` where others post `login`.
struct Login {
    std::optional<Name<1, limits::kEmailMax>> login;
    std::optional<Name<1, limits::kEmailMax>> email;
    Text<1, 1024> password;
    std::optional<bool> undelete;

    /// What the account is looked up by: a username or an address, one of which validate() wants.
    std::string identifier() const {
        if (login) return *login;
        if (email) return *email;
        return {};
    }
};
BOOST_DESCRIBE_STRUCT(Login, (), (login, email, password, undelete))
void validate(Login& request, FormErrors& errors);

struct SessionsLogout {
    List<Text<1, 64>, 64, 1> session_id_hashes;
};
BOOST_DESCRIBE_STRUCT(SessionsLogout, (), (session_id_hashes))

}  // namespace guildhall::protocol::api
