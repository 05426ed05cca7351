#include "node/app/commands.h"
#include "protocol/errors.h"

#include <cstdio>

namespace guildhall::app {

protocol::Result<Arguments> Arguments::parse(std::span<const std::string> words) {
    Arguments out;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string& word = words[i];
        if (!word.starts_with("--")) {
            out.words.push_back(word);
            continue;
        }
        const std::size_t equals = word.find('=');
        const std::string name = word.substr(0, equals);
        std::string value;
        if (equals != word.npos)
            value = word.substr(equals + 1);
        else if (i + 1 < words.size())
            value = words[++i];
        else
            return protocol::make_error(0, name + " needs a value");

        if (name == "--data") {
            out.data_dir = value;
        } else if (name == "--config") {
            TRY_VOID(read_config_file(out.config, value));
        } else if (name == "--set") {
            TRY_VOID(set(out.config, value));
        } else {
            return protocol::make_error(0, "there is no option " + name);
        }
    }
    if (out.data_dir.empty()) return protocol::make_error(0, "--data DIR is missing");
    return out;
}

int fail(int code, const protocol::Error& error) {
    // What was wrong with a form says more than that one was wrong.
    const std::string text(error.fields.empty() ? protocol::error_message(error)
                                                : error.fields.front().message);
    std::fprintf(stderr, "guildhall: %s\n", text.c_str());
    return code;
}

}  // namespace guildhall::app
