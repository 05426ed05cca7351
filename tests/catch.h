#pragma once
// The one place that names the test framework's header, so that a new major version is one edit.
#include "protocol/result.h"

#include <catch2/catch.hpp>

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
