#pragma once
// What a command of the program says when it cannot go on. Any thread.

#include "protocol/errors.h"

#include <string>
#include <utility>

namespace guildhall::app {

inline protocol::Error fault(std::string what) { return protocol::make_error(0, std::move(what)); }

}  // namespace guildhall::app
