#pragma once
// Checks: what must hold of all nodes once the trouble is over. Each gives what is wrong in words,
// or nothing.

#include "tests/sim/people.h"

#include <string>

namespace guildhall::sim {

/// Whether every node that should have the guild has all of it that it may, at the host's size, and
/// is in the host's state, and no other node has it; what is still missing, or nothing.
std::string still_missing(People& people, tests::FedNodes& world);

/// Entry for entry: each log that a node holds is the host's.
std::string check_logs(People& people, tests::FedNodes& world);
/// What was acknowledged is in the host's channels, once, as it was acknowledged last.
std::string check_ledger(People& people, Plant plant);
/// Sessions were told nothing that their people could not see, and no node holds entries that were
/// not its business; no byte of the vault lies on a node but hosts and successors.
std::string check_secrets(People& people, tests::FedNodes& world);
/// Every hash, signature and table of every node, as `guildhall verify` does it.
std::string check_stores(tests::FedNodes& world);

/// Makes the planted fault in what nodes have stored, where it is one of those.
void spoil_stores(People& people, tests::FedNodes& world, Plant plant);

}  // namespace guildhall::sim
