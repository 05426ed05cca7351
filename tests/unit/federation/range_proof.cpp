#include "federation/range_proof.h"

#include "tests/catch.h"
#include "tests/unit/federation/log_builder.h"

#include <algorithm>

namespace guildhall::federation {

using namespace testing;

namespace {

bool holds(const TreeOf& tree,
           std::uint64_t from,
           std::span<const Hash32> leaves,
           const RangeProof& proof) {
    return verify_range(from, tree.leaves.size(), leaves, proof, tree.root());
}

}  // namespace

TEST_CASE("every range of every small tree is proved, and its neighbours are not") {
    for (std::uint64_t size = 0; size <= 33; ++size) {
        const TreeOf tree(size);
        for (std::uint64_t from = 0; from <= size; ++from) {
            for (std::uint64_t to = from; to <= size; ++to) {
                const auto proof = tree.range(from, to);
                const auto leaves = tree.slice(from, to);
                REQUIRE(holds(tree, from, leaves, proof));
                if (to < size) REQUIRE(!holds(tree, from, tree.slice(from, to + 1), proof));
                if (to > from) REQUIRE(!holds(tree, from, tree.slice(from, to - 1), proof));
                if (from > 0) REQUIRE(!holds(tree, from - 1, leaves, proof));
            }
        }
    }
}

TEST_CASE("the left hashes of a range are the frontier before it") {
    const TreeOf tree(41);
    for (std::uint64_t from = 0; from <= 41; ++from) {
        const auto frontier = frontier_of(from, tree.range(from, 41).left);
        REQUIRE(frontier);
        CHECK(frontier->root() == TreeOf(from).root());
    }
    CHECK(!frontier_of(3, tree.range(4, 8).left));
}

TEST_CASE("every leaf of every range has the path that the whole tree gives it") {
    for (std::uint64_t size = 1; size <= 33; ++size) {
        const TreeOf tree(size);
        for (std::uint64_t from = 0; from < size; ++from) {
            for (std::uint64_t to = from + 1; to <= size; ++to) {
                auto proof = tree.range(from, to);
                const auto leaves = tree.slice(from, to);
                for (std::uint64_t at = from; at < to; ++at) {
                    const auto path = path_in_range(at, from, size, leaves, proof);
                    REQUIRE(path);
                    REQUIRE(verify_inclusion(at, size, tree.leaves[at], *path, tree.root()));
                }
                REQUIRE(!path_in_range(to, from, size, leaves, proof));
                if (from > 0) REQUIRE(!path_in_range(from - 1, from, size, leaves, proof));
                proof.right.push_back(filled(1));
                REQUIRE(!path_in_range(from, from, size, leaves, proof));
            }
        }
    }
}

TEST_CASE("a range with any bit flipped is refused") {
    const TreeOf tree(23);
    const auto proof = tree.range(7, 12);
    const auto leaves = tree.slice(7, 12);
    const auto flip_each = [&](std::size_t count, auto at) {
        for (std::size_t i = 0; i < count; ++i) {
            for (std::size_t bit = 0; bit < 256; ++bit) {
                RangeProof changed = proof;
                std::vector<Hash32> changed_leaves(leaves.begin(), leaves.end());
                at(changed, changed_leaves)[i][bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
                REQUIRE(!holds(tree, 7, changed_leaves, changed));
            }
        }
    };
    flip_each(proof.left.size(), [](auto& p, auto&) -> auto& { return p.left; });
    flip_each(proof.right.size(), [](auto& p, auto&) -> auto& { return p.right; });
    flip_each(leaves.size(), [](auto&, auto& l) -> auto& { return l; });
}

TEST_CASE("a range with entries left out, doubled or exchanged is refused") {
    const TreeOf tree(29);
    const auto proof = tree.range(5, 17);
    const auto slice = tree.slice(5, 17);
    const std::vector<Hash32> leaves(slice.begin(), slice.end());
    for (std::size_t i = 0; i < leaves.size(); ++i) {
        auto gapped = leaves;
        gapped.erase(gapped.begin() + static_cast<std::ptrdiff_t>(i));
        CHECK(!holds(tree, 5, gapped, proof));
        CHECK(!holds(tree, 6, gapped, proof));
        auto doubled = leaves;
        doubled.insert(doubled.begin() + static_cast<std::ptrdiff_t>(i), leaves[i]);
        CHECK(!holds(tree, 5, doubled, proof));
        for (std::size_t j = 0; j < i; ++j) {
            auto exchanged = leaves;
            std::swap(exchanged[i], exchanged[j]);
            CHECK(!holds(tree, 5, exchanged, proof));
        }
    }
}

TEST_CASE("a range proof of another length is refused") {
    const TreeOf tree(23);
    for (const bool left : {true, false}) {
        auto longer = tree.range(7, 12);
        auto shorter = longer;
        auto& grown = left ? longer.left : longer.right;
        auto& cut = left ? shorter.left : shorter.right;
        grown.push_back(filled(1));
        cut.pop_back();
        CHECK(!holds(tree, 7, tree.slice(7, 12), longer));
        CHECK(!holds(tree, 7, tree.slice(7, 12), shorter));
    }
}

TEST_CASE("the largest sizes that a head can name cost no more than their hashes") {
    const std::uint64_t huge = ~std::uint64_t{0};
    CHECK(!verify_range(huge, huge, {}, {}, filled(1)));
    CHECK(!verify_range(0, huge, {}, {}, filled(1)));
    CHECK(!verify_range(huge, 3, {}, {}, filled(1)));
    RangeVerifier verifier(huge - 1, huge, huge, {});
    CHECK(!verifier.root());
}

}  // namespace guildhall::federation
