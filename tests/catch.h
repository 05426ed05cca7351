#pragma once
// The one place that names the test framework's header, so that a new major version is one edit.
#include <catch2/catch.hpp>
