#pragma once
// Holds JSON against the API's OpenAPI description of the contract: the part of JSON Schema that
// the description uses. One thread.

#include <boost/json/value.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace guildhall::tests {

class OpenApi {
  public:
    /// Nothing on a machine without the contract; says then that the test skipped.
    static std::optional<OpenApi> load();

    /// What is wrong with `value` as the component named; empty when nothing is.
    std::string problem(std::string_view component, const boost::json::value& value) const;

  private:
    explicit OpenApi(boost::json::value description) : description_(std::move(description)) {}

    std::string check(const boost::json::object& schema,
                      const boost::json::value& value,
                      const std::string& path) const;
    std::string check_object(const boost::json::object& schema,
                             const boost::json::object& value,
                             const std::string& path) const;
    std::string check_any(const boost::json::array& schemas,
                          const boost::json::value& value,
                          const std::string& path) const;

    boost::json::value description_;
};

}  // namespace guildhall::tests
