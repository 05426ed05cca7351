#pragma once
// Bodies of the classic API, described; the codec of protocol/json reads them. Its bounds are the
// prototype's, which differ from those of the API beside it. Plain values; any thread.

#include "protocol/json/types.h"
#include "protocol/limits.h"

#include <boost/describe/class.hpp>

#include <optional>
#include <string>

namespace guildhall::protocol {
class FormErrors;
}

namespace guildhall::classic {

using protocol::Field;
using protocol::Name;
using protocol::Text;

using Username = Name<3, 50>;
using Email = Name<1, protocol::limits::kEmailMax>;
using ServerName = Name<1, protocol::limits::kGuildNameMax>;
using ServerText = Text<0, 500>;
using ChannelName = Name<1, protocol::limits::kChannelNameMax>;
using ChannelText = Text<0, protocol::limits::kTopicMax>;

struct Register {
    Username username;
    Email email;
    Text<6, 100> password;
    /// Where the node takes newcomers by invite only.
    std::optional<Text<0, 64>> invite;
};
BOOST_DESCRIBE_STRUCT(Register, (), (username, email, password, invite))
void validate(Register& request, protocol::FormErrors& errors);

struct UserPatch {
    std::optional<Username> username;
    std::optional<Email> email;
    std::optional<Text<1, 16>> status;
};
BOOST_DESCRIBE_STRUCT(UserPatch, (), (username, email, status))
void validate(UserPatch& request, protocol::FormErrors& errors);

struct ServerCreate {
    ServerName name;
    std::optional<ServerText> description;
};
BOOST_DESCRIBE_STRUCT(ServerCreate, (), (name, description))

struct ServerPatch {
    std::optional<ServerName> name;
    Field<ServerText> description;
};
BOOST_DESCRIBE_STRUCT(ServerPatch, (), (name, description))

struct Join {
    std::optional<Text<1, 64>> invite;
};
BOOST_DESCRIBE_STRUCT(Join, (), (invite))

struct ChannelCreate {
    ChannelName name;
    std::optional<ChannelText> description;
};
BOOST_DESCRIBE_STRUCT(ChannelCreate, (), (name, description))

struct ChannelPatch {
    std::optional<ChannelName> name;
    Field<ChannelText> description;
};
BOOST_DESCRIBE_STRUCT(ChannelPatch, (), (name, description))

struct MessageText {
    Name<1, protocol::limits::kContentMax> content;
};
BOOST_DESCRIBE_STRUCT(MessageText, (), (content))

/// The name as the node keeps it: names differ in more than the case of their letters.
std::string account_name(std::string_view username);

}  // namespace guildhall::classic
