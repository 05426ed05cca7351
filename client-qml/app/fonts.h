#pragma once
// The fonts of the client: set once, before the first window. GUI thread.

namespace guildhall::client {

/// Inter, with Noto behind it for every script, and colour emoji before what would draw them in
/// black and white.
void set_fonts();

}  // namespace guildhall::client
