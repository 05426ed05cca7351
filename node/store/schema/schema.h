#pragma once
// The numbered schema changes, one string literal of SQL each, in files named by their number, and
// what fills rows that SQL alone cannot make. Constant data and functions of a transaction.

#include "node/store/db.h"

namespace guildhall::store::schema {

extern const char* const k0001;
extern const char* const k0002;
extern const char* const k0003;
extern const char* const k0004;

/// Gives every guild the facts and the host that its first entry names.
Status fill_0002(Tx& tx);

}  // namespace guildhall::store::schema
