#include "node/base/tls.h"

#include <algorithm>
#include <climits>
#include <cstring>
#include <fstream>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sstream>
#include <utility>

namespace guildhall::base {
namespace {

template <auto Free>
struct Freer {
    template <class T>
    void operator()(T* object) const {
        Free(object);
    }
};
using SslContext = std::unique_ptr<SSL_CTX, Freer<SSL_CTX_free>>;
using SslHandle = std::unique_ptr<SSL, Freer<SSL_free>>;
using Bio = std::unique_ptr<BIO, Freer<BIO_free>>;
using BioMethod = std::unique_ptr<BIO_METHOD, Freer<BIO_meth_free>>;
using Certificate = std::unique_ptr<X509, Freer<X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;

/// The most plain text one TLS record carries.
constexpr std::size_t kRecordBytes = 16 * 1024;

// --- The BIO between OpenSSL and the stream below: no bytes stay in it. ---

ByteStream& below(BIO* bio) { return *static_cast<ByteStream*>(BIO_get_data(bio)); }

int bio_read(BIO* bio, char* into, int bytes) {
    BIO_clear_retry_flags(bio);
    const IoResult got = below(bio).try_read({into, static_cast<std::size_t>(bytes)});
    if (got.state == IoState::ok) return static_cast<int>(got.bytes);
    if (got.state == IoState::would_block) BIO_set_retry_read(bio);
    return got.state == IoState::end ? 0 : -1;
}

int bio_write(BIO* bio, const char* from, int bytes) {
    BIO_clear_retry_flags(bio);
    const IoResult put = try_write(below(bio), {from, static_cast<std::size_t>(bytes)});
    if (put.state == IoState::ok) return static_cast<int>(put.bytes);
    if (put.state == IoState::would_block) BIO_set_retry_write(bio);
    return -1;
}

long bio_control(BIO*, int command, long, void*) { return command == BIO_CTRL_FLUSH ? 1 : 0; }

BioMethod make_bio_method() {
    BioMethod method(BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "guildhall stream"));
    BIO_meth_set_read(method.get(), bio_read);
    BIO_meth_set_write(method.get(), bio_write);
    BIO_meth_set_ctrl(method.get(), bio_control);
    return method;
}

class TlsStream final : public TlsByteStream {
  public:
    TlsStream(SslHandle ssl, std::unique_ptr<ByteStream> lower)
        : lower_(std::move(lower)), ssl_(std::move(ssl)) {}
    ~TlsStream() override { close(); }

    IoResult try_read(std::span<char> into) override {
        const int room = static_cast<int>(std::min<std::size_t>(into.size(), INT_MAX));
        ERR_clear_error();
        const int got = SSL_read(ssl_.get(), into.data(), room);
        if (got > 0) return {IoState::ok, static_cast<std::size_t>(got)};
        return blocked_or_over(got, read_needs_write_);
    }

    IoResult try_write(std::span<const iovec> parts) override {
        // One record for many small parts; a record cut off by would_block is retried by OpenSSL
        // with the same bytes, which the contract of try_write promises.
        char record[kRecordBytes];
        std::size_t gathered = 0;
        for (const iovec& part : parts) {
            const auto n = std::min(part.iov_len, kRecordBytes - gathered);
            std::memcpy(record + gathered, part.iov_base, n);
            gathered += n;
            if (gathered == kRecordBytes) break;
        }
        if (gathered == 0) return {IoState::ok, 0};
        ERR_clear_error();
        const int put = SSL_write(ssl_.get(), record, static_cast<int>(gathered));
        if (put > 0) return {IoState::ok, static_cast<std::size_t>(put)};
        bool needs_write = false;
        const IoResult result = blocked_or_over(put, needs_write);
        write_needs_read_ = result.state == IoState::would_block && !needs_write;
        return result.state == IoState::end ? IoResult{IoState::failed, 0} : result;
    }

    /// A handshake may have to write before there is anything to read, and the reverse. Only one of
    /// each kind of wait exists below, so a wait that crosses over serves both callbacks.
    void when_readable(Callback fn) override {
        on_readable_ = std::move(fn);
        // What OpenSSL has decrypted already is told by the next turn, which a writable stream
        // below gives.
        if (read_needs_write_ || SSL_pending(ssl_.get()) > 0) {
            lower_->when_writable([this] { wake(); });
        } else {
            lower_->when_readable([this] { wake(); });
        }
    }
    void when_writable(Callback fn) override {
        on_writable_ = std::move(fn);
        if (write_needs_read_) {
            lower_->when_readable([this] { wake(); });
        } else {
            lower_->when_writable([this] { wake(); });
        }
    }

    void close() override {
        shutdown_send();
        lower_->close();
    }
    void shutdown_send() override {
        // Only a stream past its handshake can say goodbye; otherwise closing says it.
        ERR_clear_error();
        if (SSL_is_init_finished(ssl_.get()) && !failed_) SSL_shutdown(ssl_.get());
    }
    Endpoint peer() const override { return lower_->peer(); }
    const std::string& tls_fault() const override { return fault_; }

  private:
    IoResult blocked_or_over(int returned, bool& needs_write) {
        needs_write = false;
        switch (SSL_get_error(ssl_.get(), returned)) {
            case SSL_ERROR_WANT_READ:
                return {IoState::would_block, 0};
            case SSL_ERROR_WANT_WRITE:
                needs_write = true;
                return {IoState::would_block, 0};
            case SSL_ERROR_ZERO_RETURN:
                return {IoState::end, 0};
            default:
                failed_ = true;
                note_fault();
                return {IoState::failed, 0};
        }
    }
    /// A connection that was lost below is no fault of TLS.
    void note_fault() {
        const char* reason = ERR_reason_error_string(ERR_peek_error());
        if (fault_.empty() && reason != nullptr) fault_ = reason;
        const long verified = SSL_get_verify_result(ssl_.get());
        if (!fault_.empty() && verified != X509_V_OK) {
            fault_ += std::string(": ") + X509_verify_cert_error_string(verified);
        }
        ERR_clear_error();
    }
    /// Both callbacks are woken: who cannot go on asks again. The first may destroy this stream.
    void wake() {
        const std::weak_ptr<void> alive = alive_;
        if (const Callback call = std::exchange(on_readable_, nullptr)) call();
        if (alive.expired()) return;
        if (const Callback call = std::exchange(on_writable_, nullptr)) call();
    }

    std::unique_ptr<ByteStream> lower_;
    SslHandle ssl_;
    Callback on_readable_;
    Callback on_writable_;
    /// Shared with nobody but the weak reference in wake().
    std::shared_ptr<void> alive_ = std::make_shared<char>();
    bool read_needs_write_ = false;
    bool write_needs_read_ = false;
    bool failed_ = false;
    std::string fault_;
};

class OpenSslContext final : public TlsContext {
  public:
    OpenSslContext(SslContext context, bool is_server)
        : context_(std::move(context)), method_(make_bio_method()), is_server_(is_server) {}

    std::unique_ptr<ByteStream> wrap(std::unique_ptr<ByteStream> lower) override {
        SslHandle ssl = make_handle(*lower);
        return std::make_unique<TlsStream>(std::move(ssl), std::move(lower));
    }

    std::unique_ptr<TlsByteStream> wrap_for(std::unique_ptr<ByteStream> lower,
                                            const std::string& host) override {
        SslHandle ssl = make_handle(*lower);
        X509_VERIFY_PARAM* checks = SSL_get0_param(ssl.get());
        X509_VERIFY_PARAM_set_hostflags(checks, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
        const bool is_checked = IpAddress::parse(host)
                                    ? X509_VERIFY_PARAM_set1_ip_asc(checks, host.c_str()) == 1
                                    : !host.empty() && check_name(ssl.get(), checks, host);
        // Without a check anybody's certificate would do.
        if (!is_checked) lower->close();
        SSL_set_verify(ssl.get(), SSL_VERIFY_PEER, nullptr);
        return std::make_unique<TlsStream>(std::move(ssl), std::move(lower));
    }

  private:
    static bool check_name(SSL* ssl, X509_VERIFY_PARAM* checks, const std::string& name) {
        return X509_VERIFY_PARAM_set1_host(checks, name.data(), name.size()) == 1 &&
               SSL_set_tlsext_host_name(ssl, name.c_str()) == 1;
    }
    SslHandle make_handle(ByteStream& lower) {
        SslHandle ssl(SSL_new(context_.get()));
        BIO* bio = BIO_new(method_.get());
        BIO_set_data(bio, &lower);
        BIO_set_init(bio, 1);
        SSL_set_bio(ssl.get(), bio, bio);
        is_server_ ? SSL_set_accept_state(ssl.get()) : SSL_set_connect_state(ssl.get());
        return ssl;
    }

    SslContext context_;
    BioMethod method_;
    bool is_server_;
};

Error tls_error(std::string_view what) {
    char reason[256] = "unknown reason";
    if (const auto code = ERR_get_error()) ERR_error_string_n(code, reason, sizeof reason);
    ERR_clear_error();
    return Error{.message = std::string(what) + ": " + reason};
}

Bio text_bio(std::string_view text) {
    return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

SslContext make_context(const SSL_METHOD* method) {
    SslContext context(SSL_CTX_new(method));
    SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
    SSL_CTX_set_options(
        context.get(),
        SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    SSL_CTX_set_mode(context.get(),
                     SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                         SSL_MODE_RELEASE_BUFFERS);
    return context;
}

/// No passwords: a key that needs one would stop the node at a prompt nobody sees.
int no_password(char*, int, int, void*) { return 0; }

Status use_certificate(SSL_CTX* context, std::string_view pem) {
    const Bio bio = text_bio(pem);
    const Certificate leaf(PEM_read_bio_X509(bio.get(), nullptr, no_password, nullptr));
    if (!leaf || SSL_CTX_use_certificate(context, leaf.get()) != 1) {
        return tls_error("the certificate cannot be read");
    }
    while (X509* next = PEM_read_bio_X509(bio.get(), nullptr, no_password, nullptr)) {
        if (SSL_CTX_add0_chain_cert(context, next) != 1) {
            X509_free(next);
            return tls_error("the certificate chain cannot be read");
        }
    }
    ERR_clear_error();  // The end of the chain is reported as an error.
    return {};
}

Status use_key(SSL_CTX* context, std::string_view pem) {
    const Key key(PEM_read_bio_PrivateKey(text_bio(pem).get(), nullptr, no_password, nullptr));
    if (!key || SSL_CTX_use_PrivateKey(context, key.get()) != 1) {
        return tls_error("the key cannot be read");
    }
    if (SSL_CTX_check_private_key(context) != 1) {
        return tls_error("the key does not belong to the certificate");
    }
    return {};
}

Result<std::string> read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    if (!file) return Error{.message = path + " cannot be read"};
    return std::move(text).str();
}

}  // namespace

Result<std::unique_ptr<TlsContext>> load_server_tls(const std::string& certificate_path,
                                                    const std::string& key_path) {
    TRY(const std::string certificate, read_file(certificate_path));
    TRY(const std::string key, read_file(key_path));
    return make_server_tls(certificate, key);
}

Result<std::unique_ptr<TlsContext>> make_server_tls(std::string_view certificate_pem,
                                                    std::string_view key_pem) {
    SslContext context = make_context(TLS_server_method());
    TRY_VOID(use_certificate(context.get(), certificate_pem));
    TRY_VOID(use_key(context.get(), key_pem));
    // Sessions resume by ticket; a cache of them here would only grow.
    SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
    return std::unique_ptr<TlsContext>(std::make_unique<OpenSslContext>(std::move(context), true));
}

Result<std::unique_ptr<TlsContext>> make_client_tls() {
    SslContext context = make_context(TLS_client_method());
    if (SSL_CTX_set_default_verify_paths(context.get()) != 1) {
        return tls_error("the system's certificate authorities cannot be read");
    }
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    return std::unique_ptr<TlsContext>(std::make_unique<OpenSslContext>(std::move(context), false));
}

Result<std::unique_ptr<TlsContext>> make_client_tls(std::string_view trusted_pem) {
    SslContext context = make_context(TLS_client_method());
    const Certificate trusted(
        PEM_read_bio_X509(text_bio(trusted_pem).get(), nullptr, no_password, nullptr));
    if (!trusted) return tls_error("the trusted certificate cannot be read");
    X509_STORE_add_cert(SSL_CTX_get_cert_store(context.get()), trusted.get());
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    return std::unique_ptr<TlsContext>(std::make_unique<OpenSslContext>(std::move(context), false));
}

}  // namespace guildhall::base
