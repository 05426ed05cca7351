#pragma once
// A throw-away TLS certificate for tests, valid for localhost. Any thread.

#include <string>

namespace guildhall::tests {

struct Certificate {
    std::string certificate_pem;
    std::string key_pem;
};

Certificate make_certificate();
/// One for the whole run, which the nodes of FedNodes believe.
const Certificate& web_certificate();

}  // namespace guildhall::tests
