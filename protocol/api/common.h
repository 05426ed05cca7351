#pragma once
// Member types that several requests share. Plain values; any thread.

#include "protocol/json/types.h"
#include "protocol/limits.h"

#include <string>

namespace guildhall::protocol::api {

/// An image as a data URI (protocol/data_uri.h reads it), or a hash the client got from us.
using ImageUri = Text<0, limits::kImageDataUriMax>;
using Color = Int<0, limits::kColorMax>;
using SlowModeSeconds = Int<0, limits::kSlowModeSecondsMax>;
using Position = Int<0, limits::kPositionMax>;
/// Free text that the API leaves unbounded.
using FreeText = Text<0, limits::kFreeTextMax>;

}  // namespace guildhall::protocol::api
