#pragma once
// What the golden tests of this folder make together: one line of tests/golden/federation.txt each.

#include <string>
#include <utility>
#include <vector>

namespace guildhall::federation::testing {

using GoldenValues = std::vector<std::pair<std::string, std::string>>;

/// Commands, receipts, key logs, profiles, certificates, evidence, recovery.
void add_statements(GoldenValues& out);

}  // namespace guildhall::federation::testing
