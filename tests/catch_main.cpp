// The main() of every unit test program.
#define CATCH_CONFIG_MAIN
#include "tests/catch.h"
