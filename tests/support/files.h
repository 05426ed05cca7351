#pragma once
// Files that tests read: golden files of the repository, and the outside contract, which a test
// skips by name when this machine does not have it. Needs GUILDHALL_SOURCE_DIR to be defined.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <string>

namespace guildhall::tests {

inline std::optional<std::string> read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(in), {});
}

inline std::filesystem::path source_path(const std::string& name) {
    return std::filesystem::path(GUILDHALL_SOURCE_DIR) / name;
}

inline std::filesystem::path contract_path(const std::string& name) {
    const char* set = std::getenv("GUILDHALL_CONTRACT");  // NOLINT(concurrency-mt-unsafe)
    return (set != nullptr ? std::filesystem::path(set) : source_path("../shared/contract")) / name;
}

/// True when the contract holds `name`; says that the test skipped otherwise.
inline bool have_contract(const std::string& name) {
    if (std::filesystem::exists(contract_path(name))) return true;
    std::cout << "GUILDHALL-SKIP: no contract file " << name << "\n";
    return false;
}

}  // namespace guildhall::tests
