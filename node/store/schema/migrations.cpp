// The list of all numbered steps. A new one is a file NNNN.cpp, a line in schema.h and a row here.

#include "node/store/migrations.h"

#include "node/store/schema/schema.h"

namespace guildhall::store::schema {

std::vector<Migration> migrations() {
    return {
        {1, "first", k0001},
        {2, "federation", k0002, fill_0002},
        {3, "versions", k0003},
        {4, "guest files", k0004},
    };
}

}  // namespace guildhall::store::schema
