#pragma once
// CHECK: what must not happen, also in release. Never on anything a client, peer or file sent.

#include <cstdio>
#include <cstdlib>

// A test framework may have its own by then; headers mean this one (see tests/catch.h).
#undef CHECK
#define CHECK(condition)                                                                         \
    do {                                                                                         \
        if (!(condition)) [[unlikely]] {                                                         \
            std::fprintf(stderr, "CHECK failed: %s at %s:%d\n", #condition, __FILE__, __LINE__); \
            std::abort();                                                                        \
        }                                                                                        \
    } while (false)
