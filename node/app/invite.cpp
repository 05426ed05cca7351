// guildhall invite: invites without a client. A node is opened on the folder for the moment, so
// that the change takes the one path that all changes take.
#include "node/app/commands.h"
#include "node/app/node.h"
#include "protocol/errors.h"

#include <cstdio>

namespace guildhall::app {
namespace {

using protocol::Status;

Status run(Node& node, const std::vector<std::string>& words) {
    const std::string verb = words.empty() ? std::string() : words[0];
    if (verb == "list") {
        for (const std::string& line : node.list_invites()) std::printf("%s\n", line.c_str());
        return {};
    }
    if (verb == "create" && (words.size() == 2 || words.size() == 3)) {
        TRY(const std::string code,
            node.create_invite(words[1], words.size() == 3 ? words[2] : ""));
        std::printf("%s\n", code.c_str());
        return {};
    }
    if (verb == "delete" && words.size() == 2) return node.delete_invite(words[1]);
    return usage_error("invite");
}

}  // namespace

int invite(const Arguments& arguments) {
    auto config = settings_of_moment(arguments);
    if (!config) return fail(2, config.error());
    // Nothing here concerns another node.
    config->federation_listen = "off";
    auto node = Node::open(*config, arguments.data_dir);
    if (!node) return fail(2, node.error());
    (*node)->start();
    const Status done = run(**node, arguments.words);
    (*node)->stop();
    return done ? 0 : fail(2, done.error());
}

}  // namespace guildhall::app
