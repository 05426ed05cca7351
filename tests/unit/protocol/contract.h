#pragma once
// Where the tests find the contract's data files, which are no part of this repository.

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <optional>
#include <string_view>

/// The path of a contract file, or nothing (and a SKIP line) where the contract is not at hand.
inline std::optional<std::filesystem::path> contract_file(std::string_view name) {
    const char* set = std::getenv("GUILDHALL_CONTRACT");  // NOLINT(concurrency-mt-unsafe)
    auto dir = set ? std::filesystem::path(set)
                   : std::filesystem::path(GUILDHALL_SOURCE_DIR) / "../shared/contract";
    auto path = dir / name;
    if (std::filesystem::exists(path)) return path;
    std::cout << "SKIP: no " << path << "\n";
    return std::nullopt;
}
