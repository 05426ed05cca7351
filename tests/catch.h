#pragma once
// The one place that names the test framework's header, so that a new major version is one edit.
#include "protocol/check.h"
#include "protocol/result.h"

#include <catch2/catch.hpp>

// In tests CHECK is the framework's, whatever the order of includes and precompiled headers.
#undef CHECK
#define CHECK(...) \
    INTERNAL_CATCH_TEST("CHECK", Catch::ResultDisposition::ContinueOnFailure, __VA_ARGS__)

/// CHECK(result) prints the error of a result; its value may be of any type.
template <class T>
struct Catch::StringMaker<boost::system::result<T, guildhall::protocol::Error>> {
    static std::string convert(const boost::system::result<T, guildhall::protocol::Error>& result) {
        if (result) return "a value";
        auto text = "error " + std::to_string(result.error().code) + " " + result.error().message;
        for (const auto& field : result.error().fields) {
            text += "; " + field.path + ": " + field.code + " " + field.message;
        }
        return text;
    }
};
