#include "federation/merkle.h"

#include "federation/crypto.h"
#include "tests/catch.h"
#include "tests/support/files.h"
#include "tests/unit/federation/support.h"

#include <boost/json.hpp>
#include <sodium.h>

#include <filesystem>

namespace guildhall::federation {

using namespace testing;
namespace json = boost::json;

namespace {

std::string from_base64(std::string_view text) {
    std::string out(text.size(), '\0');
    std::size_t size = 0;
    REQUIRE(sodium_base642bin(reinterpret_cast<unsigned char*>(out.data()),
                              out.size(),
                              text.data(),
                              text.size(),
                              nullptr,
                              &size,
                              nullptr,
                              sodium_base64_VARIANT_ORIGINAL) == 0);
    out.resize(size);
    return out;
}

/// Roots in the vectors may be any text; ours are 32 bytes by type. A hash of the odd ones keeps
/// equal ones equal.
Hash32 root_of(const json::value& value) {
    const std::string bytes = from_base64(std::string_view(value.as_string()));
    return Hash32::from(std::string_view(bytes)).value_or(sha256(bytes));
}

/// Nothing when an element is not a hash at all: the types refuse it before any verifier.
std::optional<std::vector<Hash32>> proof_of(const json::value& value) {
    std::vector<Hash32> out;
    if (value.is_null()) return out;
    for (const json::value& element : value.as_array()) {
        const std::string bytes = from_base64(std::string_view(element.as_string()));
        const auto hash = Hash32::from(std::string_view(bytes));
        if (!hash) return std::nullopt;
        out.push_back(*hash);
    }
    return out;
}

std::uint64_t number(const json::value& value) { return value.to_number<std::uint64_t>(); }

bool inclusion_holds(const json::value& test) {
    const std::string leaf_bytes = from_base64(std::string_view(test.at("leafHash").as_string()));
    const auto leaf = Hash32::from(std::string_view(leaf_bytes));
    const auto proof = proof_of(test.at("proof"));
    return leaf && proof &&
           verify_inclusion(number(test.at("leafIdx")),
                            number(test.at("treeSize")),
                            *leaf,
                            *proof,
                            root_of(test.at("root")));
}

bool consistency_holds(const json::value& test) {
    const auto proof = proof_of(test.at("proof"));
    return proof && verify_consistency(number(test.at("size1")),
                                       number(test.at("size2")),
                                       root_of(test.at("root1")),
                                       root_of(test.at("root2")),
                                       *proof);
}

template <class F>
int each_vector(const std::string& kind, F holds) {
    int count = 0;
    const auto folder = tests::contract_path("vectors/merkle/" + kind);
    for (const auto& file : std::filesystem::recursive_directory_iterator(folder)) {
        if (!file.is_regular_file()) continue;
        INFO(file.path().string());
        const json::value test = json::parse(must(tests::read_file(file.path())));
        CHECK(holds(test) == !test.at("wantErr").as_bool());
        ++count;
    }
    return count;
}

/// Leaves 0..n-1 and every subtree over them, by the definition of RFC 6962.
struct Tree {
    std::vector<Hash32> leaves;

    explicit Tree(std::size_t size) {
        for (std::size_t i = 0; i < size; ++i) leaves.push_back(leaf_hash(std::to_string(i)));
    }
    Hash32 root(std::size_t begin, std::size_t end) const {
        if (begin == end) return empty_root();
        if (end - begin == 1) return leaves[begin];
        std::size_t half = 1;
        while (half * 2 < end - begin) half *= 2;
        return node_hash(root(begin, begin + half), root(begin + half, end));
    }
    protocol::Result<Hash32> operator()(std::uint32_t level, std::uint64_t index) const {
        REQUIRE(((index + 1) << level) <= leaves.size());
        return root(index << level, (index + 1) << level);
    }
};

}  // namespace

TEST_CASE("every published Merkle proof is accepted or refused as it says") {
    if (!tests::have_contract("vectors/merkle")) return;
    CHECK(each_vector("inclusion", inclusion_holds) +
              each_vector("consistency", consistency_holds) ==
          196);
}

TEST_CASE("the frontier has the root of the whole tree at every size") {
    const Tree tree(70);
    Frontier frontier;
    CHECK(frontier.root() == empty_root());
    for (std::size_t size = 1; size <= 70; ++size) {
        frontier.append(tree.leaves[size - 1]);
        REQUIRE(frontier.size() == size);
        REQUIRE(frontier.root() == tree.root(0, size));
        REQUIRE(range_root(0, size, tree).value() == tree.root(0, size));
        const auto again = Frontier::parse(frontier.serialise());
        REQUIRE(again);
        REQUIRE(*again == frontier);
    }
}

TEST_CASE("a frontier with a hash too many or too few is refused") {
    Frontier frontier;
    for (int i = 0; i < 5; ++i) frontier.append(leaf_hash("x"));
    const std::string bytes = frontier.serialise();
    CHECK(bytes.size() == 8 + 2 * 32);
    CHECK_FALSE(Frontier::parse(bytes + 'x'));
    CHECK_FALSE(Frontier::parse(std::string_view(bytes).substr(0, bytes.size() - 1)));
    CHECK_FALSE(Frontier::parse(ByteView()));
    CHECK(Frontier::parse(std::string(8, '\0'))->size() == 0);
}

TEST_CASE("every proof of every tree up to 33 leaves verifies, and no other leaf or size does") {
    const Tree tree(33);
    for (std::uint64_t size = 1; size <= 33; ++size) {
        const Hash32 root = tree.root(0, size);
        for (std::uint64_t i = 0; i < size; ++i) {
            const auto proof = inclusion_proof(i, size, tree).value();
            REQUIRE(verify_inclusion(i, size, tree.leaves[i], proof, root));
            REQUIRE_FALSE(verify_inclusion(i, size, leaf_hash("other"), proof, root));
            if (i > 0) REQUIRE_FALSE(verify_inclusion(i - 1, size, tree.leaves[i], proof, root));
        }
        for (std::uint64_t old = 1; old <= size; ++old) {
            const auto proof = consistency_proof(old, size, tree).value();
            REQUIRE(verify_consistency(old, size, tree.root(0, old), root, proof));
            REQUIRE_FALSE(verify_consistency(old, size, filled(7), root, proof));
            REQUIRE_FALSE(verify_consistency(old, size, tree.root(0, old), filled(7), proof));
        }
    }
}

TEST_CASE("a storage error while proving is returned, not proven around") {
    auto broken = [](std::uint32_t, std::uint64_t) -> protocol::Result<Hash32> {
        protocol::Error error;
        error.status = 503;
        return error;
    };
    CHECK(inclusion_proof(2, 7, broken).error().status == 503);
    CHECK(consistency_proof(3, 7, broken).error().status == 503);
}

}  // namespace guildhall::federation
