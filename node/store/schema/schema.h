#pragma once
// The numbered schema changes, one string literal of SQL each, in files named by their number.
// Constant data.

namespace guildhall::store::schema {

extern const char* const k0001;

}  // namespace guildhall::store::schema
