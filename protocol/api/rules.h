#pragma once
// Checks that several requests share; each adds its fault below the current path. Pure; any thread.

#include "protocol/errors.h"

#include <string>
#include <string_view>

namespace guildhall::protocol::api {

/// Lower-cases the name and holds it against content.h; the fault is at `username`.
void check_username(std::string& username, FormErrors& errors);
/// Lower-cases the address; an empty one is let through as none. The fault is at `email`.
void check_email(std::string& email, FormErrors& errors);
/// http(s) with something behind it, `attachment://` too where files may stand. Empty is absent.
void check_url(std::string_view field, std::string_view url, bool attachments, FormErrors& errors);

}  // namespace guildhall::protocol::api
