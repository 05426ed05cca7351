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
    /// What is wrong with an answer of that route, named as the description names it; a status that
    /// it does not list is wrong, a route that it does not know is right.
    std::string problem(std::string_view method,
                        std::string_view path,
                        int status,
                        const boost::json::value& value) const;

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
