#pragma once
// TLS by OpenSSL over any ByteStream. Records go straight between OpenSSL and the stream below; an
// idle connection keeps no record buffers. TlsContext is immutable once loaded and may serve every
// shard; it outlives the streams made from it.

#include "node/base/stream.h"
#include "node/base/task.h"

#include <memory>
#include <string>
#include <string_view>

namespace guildhall::base {

/// A TLS stream that can say why it failed.
class TlsByteStream : public ByteStream {
  public:
    /// "certificate verify failed: hostname mismatch"; empty when nothing went wrong in TLS.
    virtual const std::string& tls_fault() const = 0;
};

class TlsContext {
  public:
    virtual ~TlsContext() = default;
    /// The handshake runs inside the first reads and writes.
    virtual std::unique_ptr<ByteStream> wrap(std::unique_ptr<ByteStream> below) = 0;
    /// The same for a client that insists on whom it speaks to: `host`, a name or an IP literal, is
    /// what the server's certificate must be for, and a name is what the server is told (SNI).
    virtual std::unique_ptr<TlsByteStream> wrap_for(std::unique_ptr<ByteStream> below,
                                                    const std::string& host) = 0;
};

/// A server's context from PEM files: certificate chain and key. TLS 1.2 and 1.3.
Result<std::unique_ptr<TlsContext>> load_server_tls(const std::string& certificate_path,
                                                    const std::string& key_path);
/// The same from PEM texts.
Result<std::unique_ptr<TlsContext>> make_server_tls(std::string_view certificate_pem,
                                                    std::string_view key_pem);
/// A client that trusts the authorities the system trusts. For wrap_for().
Result<std::unique_ptr<TlsContext>> make_client_tls();
/// A client that trusts the given PEM certificate only (tests, pinned peers).
Result<std::unique_ptr<TlsContext>> make_client_tls(std::string_view trusted_pem);

}  // namespace guildhall::base
