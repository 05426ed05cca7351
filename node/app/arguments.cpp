#include "node/app/commands.h"
#include "protocol/errors.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

namespace guildhall::app {
namespace {

std::string text_of(const std::string& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string settings_path(const Arguments& arguments) { return arguments.data_dir + "/settings"; }

}  // namespace

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
            out.given += text_of(value) + "\n";
        } else if (name == "--set") {
            TRY_VOID(set(out.config, value));
            out.given += value + "\n";
        } else {
            return protocol::make_error(0, "there is no option " + name);
        }
    }
    if (out.data_dir.empty()) return protocol::make_error(0, "--data DIR is missing");
    return out;
}

protocol::Status keep_settings(const Arguments& arguments) {
    const std::string path = settings_path(arguments), part = path + ".part";
    std::ofstream file(part);
    file << arguments.given;
    file.close();
    std::error_code ec;
    if (file) std::filesystem::rename(part, path, ec);
    if (file && !ec) return {};
    return protocol::make_error(0, "cannot write " + path);
}

protocol::Result<Config> settings_of(const Arguments& arguments) {
    Config out;
    if (std::filesystem::exists(settings_path(arguments))) {
        TRY_VOID(read_config_file(out, settings_path(arguments)));
    }
    std::istringstream given(arguments.given);
    TRY_VOID(read_config(out, given, "the command line"));
    return out;
}

protocol::Result<Config> settings_of_moment(const Arguments& arguments) {
    TRY(Config out, settings_of(arguments));
    out.listen = "127.0.0.1:0";
    out.tls_cert.clear();
    out.tls_key.clear();
    out.log_level = base::LogLevel::warn;
    return out;
}

protocol::Status check_named(const Arguments& arguments) {
    if (std::filesystem::exists(settings_path(arguments))) return {};
    const auto says = [&](std::string_view key) {
        std::istringstream lines(arguments.given);
        for (std::string line; std::getline(lines, line);) {
            const std::size_t from = line.find_first_not_of(" \t");
            if (from == line.npos || !std::string_view(line).substr(from).starts_with(key))
                continue;
            const std::size_t next = line.find_first_not_of(" \t", from + key.size());
            if (next != line.npos && line[next] == '=') return true;
        }
        return false;
    };
    const bool reached =
        says("federation.listen") || says("federation.endpoints") || says("public_url");
    if (says("name") && reached) return {};
    return protocol::make_error(
        0,
        "this node never ran, so its name and address are not known, and they are signed for "
        "good: say --set name=NAME and --set federation.listen=ADDRESS:PORT, as for serve");
}

std::string count_of(std::size_t count, std::string_view what) {
    return std::to_string(count) + " " + std::string(what) + (count == 1 ? "" : "s");
}

int fail(int code, const protocol::Error& error) {
    // What was wrong with a form says more than that one was wrong.
    const std::string text(error.fields.empty() ? protocol::error_message(error)
                                                : error.fields.front().message);
    std::fprintf(stderr, "guildhall: %s\n", text.c_str());
    return code;
}

}  // namespace guildhall::app
