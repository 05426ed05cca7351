#include "tests/support/fed_nodes.h"

#include "federation/crypto.h"
#include "node/store/tables/users.h"
#include "protocol/event_kinds.h"
#include "tests/support/certificate.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

namespace guildhall::tests {

namespace {

using namespace std::chrono_literals;
using protocol::UserId;

constexpr std::size_t kLogLines = 400;
constexpr std::uint16_t kFederationPort = 8447;

/// A database with its tables made, once for all: a node's disk when it is new.
const std::string& fresh_image() {
    static const std::string image = [] {
        const std::vector<store::Migration> migrations = store::schema::migrations();
        auto db = store::InlineSqliteDb::open(migrations);
        if (!db) throw std::runtime_error("no database: " + db.error().message);
        return (*db)->image();
    }();
    return image;
}

std::unique_ptr<store::InlineSqliteDb> fresh_db() {
    static const std::vector<store::Migration> migrations = store::schema::migrations();
    auto db = store::InlineSqliteDb::open(migrations, fresh_image());
    if (!db) throw std::runtime_error("no database: " + db.error().message);
    return std::move(*db);
}

/// One for all, because loading a store of authorities takes long.
base::TlsContext& client_tls() {
    static const std::unique_ptr<base::TlsContext> tls = [] {
        auto made = base::make_client_tls(web_certificate().certificate_pem);
        if (!made) throw std::runtime_error("no TLS: " + made.error().message);
        return std::move(*made);
    }();
    return *tls;
}

app::Config config_of(const std::string& name, const base::IpAddress& ip) {
    app::Config config;
    config.name = name;
    config.public_url = "http://" + name;
    config.federation_listen = base::Endpoint{ip, kFederationPort}.str();
    config.federation_allow_private = true;
    config.rate_limits = false;
    config.shards = 1;
    return config;
}

template <class T>
T must(protocol::Result<T> result, std::string_view what) {
    if (!result) throw std::runtime_error(std::string(what) + ": " + result.error().message);
    return std::move(*result);
}

base::Task<void> serve(app::Front& front, std::shared_ptr<PendingCall> call) {
    auto response = co_await front.serve(call->request);
    call->answer.emplace(std::move(response));
}

}  // namespace

// -- Log ------------------------------------------------------------------------------------------

void TailLog::write(base::LogLevel wanted,
                    std::string_view category,
                    std::string_view message,
                    std::initializer_list<base::LogField> fields) {
    constexpr const char* kNames[] = {"trace", "debug", "info", "warn", "error", "off"};
    const auto us = std::chrono::duration_cast<std::chrono::microseconds>(clock_.now()).count();
    std::string line = std::to_string(us) + " " + who_ + " " + kNames[static_cast<int>(wanted)];
    line += " " + std::string(category) + ": " + std::string(message);
    for (const base::LogField& field : fields) {
        line += " " + std::string(field.key) + "=" + field.value;
    }
    static const bool is_shown = std::getenv("GUILDHALL_SHOW_LOGS") != nullptr;
    if (is_shown) std::fprintf(stderr, "%s\n", line.c_str());
    lines.push_back(std::move(line));
    if (lines.size() > kLogLines) lines.pop_front();
}

bool TailLog::contains(std::string_view text) const {
    return std::ranges::any_of(lines, [&](const auto& l) { return l.find(text) != l.npos; });
}

// -- One node -------------------------------------------------------------------------------------

FedNode::FedNode(FedNodes& world, std::string name, const base::IpAddress& ip, std::uint64_t seed)
    : clock(world.clock),
      log(world.clock, name),
      db(fresh_db()),
      world_(world),
      name_(std::move(name)),
      ip_(ip),
      config_(config_of(name_, ip)),
      rng_(seed) {
    world.resolver.address_rows[name_] = {{ip}};
    world.resolver.service_rows["_guildhall._tcp." + name_] = {
        {.host = name_, .port = kFederationPort}};
}

FedNode::~FedNode() { crash(); }

void FedNode::start() {
    if (is_up()) throw std::logic_error(name_ + " runs already");
    crash_in_ = 0;
    ++starts;
    std::optional<protocol::ForgetKind> older;
    if (unknown_kind) older.emplace(*unknown_kind);
    app::read_what_is_known_now(*db, log);
    auto loaded = app::load(*db, clock, rng_);
    // A disk that fails once keeps a node from starting; somebody starts it again.
    if (!loaded) loaded = app::load(*db, clock, rng_);
    running_ = std::make_unique<Running>();
    running_->shards = std::make_unique<base::Shards>(1, clock, log);
    running_->network = world_.net.host(ip_, *running_->shards);
    running_->core = std::make_unique<app::Core>(app::CoreDeps{.config = config_,
                                                               .data_dir = world_.files / name_,
                                                               .public_url = config_.public_url,
                                                               .shards = *running_->shards,
                                                               .clock = clock,
                                                               .rng = rng_,
                                                               .log = log,
                                                               .db = *db,
                                                               .network = *running_->network,
                                                               .resolver = world_.resolver,
                                                               .tls = &client_tls(),
                                                               .has_workers = false,
                                                               .dialect = dialect},
                                                 must(std::move(loaded), name_));
    const protocol::Status listening = running_->core->listen_for_links();
    if (!listening) throw std::runtime_error(name_ + ": " + listening.error().message);
    running_->core->start();
}

void FedNode::crash() {
    if (!is_up()) return;
    // Sessions hear nothing of the end, as their process would not.
    running_->core->gateway->hub(0).world().stopping = true;
    running_->clients.clear();
    running_->core.reset();
    running_->network.reset();
    running_.reset();
    db->set_hooks({});
    db->release();
}

void FedNode::wipe() {
    if (is_up()) throw std::logic_error(name_ + " still runs");
    db = fresh_db();
}

app::Core& FedNode::core() {
    if (!is_up()) throw std::logic_error(name_ + " does not run");
    return *running_->core;
}

Person FedNode::add_user(const std::string& name) {
    services::Accounts& accounts = core().services_of[0]->accounts;
    const auto made = must(accounts.make_user(name, false), name);
    const auto session = accounts.make_session(made.user->id, protocol::SessionKind::user, {});
    journal::Change change;
    change.rows = [made, opened = session.opened](store::Tx& tx) -> store::Status {
        TRY_VOID(services::Accounts::insert_user(tx, made));
        return store::users::put_session(tx, opened.token, opened.session);
    };
    change.notices = {journal::UserChanged{made.user}, session.opened};
    auto done = world_.wait(shard(), core().journal.store(shard(), std::move(change)));
    if (!done) throw std::runtime_error(name + ": " + done.error().message);
    return {made.user->id, name, session.token};
}

Person FedNode::add_bot(const Person& owner, const std::string& name) {
    const json::value made = ok(Method::post, "/api/v10/applications", owner, {{"name", name}});
    const std::string id(made.at("id").as_string());
    const json::value bot =
        ok(Method::post, "/api/v10/applications/" + id + "/bot/reset", owner, json::object{});
    return {
        *protocol::parse_id<UserId>(id), name, "Bot " + std::string(bot.at("token").as_string())};
}

std::shared_ptr<PendingCall> FedNode::begin(base::http::Request request, const Person& by) {
    auto call = std::make_shared<PendingCall>();
    call->request = std::move(request);
    call->request.shard = &shard();
    call->request.peer.ip = *base::IpAddress::parse("192.0.2.1");
    if (!by.token.empty()) call->request.add_header("Authorization", by.token);
    shard().spawn("call", serve(*core().front, call));
    return call;
}

std::shared_ptr<PendingCall> FedNode::begin(Method method,
                                            const std::string& target,
                                            const Person& by,
                                            const json::value& body) {
    const bool has_body = !body.is_null();
    base::http::Request request(method, target, has_body ? json::serialize(body) : std::string());
    if (has_body) request.add_header("Content-Type", "application/json");
    return begin(std::move(request), by);
}

std::shared_ptr<PendingCall> FedNode::begin_upload(const std::string& target,
                                                   const Person& by,
                                                   const json::value& payload,
                                                   const std::string& bytes) {
    std::string body = "--edge\r\nContent-Disposition: form-data; name=\"payload_json\"\r\n\r\n";
    body += json::serialize(payload);
    body += "\r\n--edge\r\nContent-Disposition: form-data; name=\"files[0]\"; filename=\"a.bin\"";
    body += "\r\n\r\n" + bytes + "\r\n--edge--\r\n";
    base::http::Request request(Method::post, target, std::move(body));
    request.add_header("Content-Type", "multipart/form-data; boundary=edge");
    return begin(std::move(request), by);
}

Answer FedNode::fetch(std::string address) {
    const std::string prefix = config_.public_url;
    if (address.starts_with(prefix)) address.erase(0, prefix.size());
    auto request = std::make_shared<base::http::Request>(Method::get, address, std::string());
    request->shard = &shard();
    request->peer.ip = *base::IpAddress::parse("192.0.2.1");
    auto response = world_.wait(shard(), core().front->serve(*request));
    if (response.file_body) {
        response.body.resize(response.file_body->bytes());
        (void)response.file_body->read(0, response.body.data(), response.body.size());
    }
    return Answer(std::move(response));
}

Answer FedNode::call(Method method,
                     const std::string& target,
                     const Person& by,
                     const json::value& body) {
    const auto call = begin(method, target, by, body);
    if (!world_.run_until([&] { return call->answer.has_value(); })) {
        throw std::runtime_error("no answer to " + target + "\n" + world_.logs());
    }
    return std::move(*call->answer);
}

json::value FedNode::ok(Method method,
                        const std::string& target,
                        const Person& by,
                        const json::value& body) {
    const Answer answer = call(method, target, by, body);
    if (answer.status / 100 != 2) {
        throw std::runtime_error(target + ": " + std::to_string(answer.status) + " " + answer.body +
                                 "\n" + world_.logs());
    }
    return answer.body.empty() ? json::value() : protocol::parse_json(answer.body).value();
}

Client& FedNode::connect(const Person& who) {
    auto& hub = core().gateway->hub(0);
    running_->clients.push_back(std::make_unique<Client>(hub));
    Client& client = *running_->clients.back();
    const bool is_bot = who.token.starts_with("Bot ");
    client.identify(is_bot ? who.token.substr(4) : who.token, kAllIntents);
    return client;
}

void FedNode::disconnect(Client& client) {
    client.cut();
    std::erase_if(running_->clients, [&](const auto& c) { return c.get() == &client; });
}

const protocol::GuildState* FedNode::guild(protocol::GuildId id) {
    const journal::GuildSnapshot* found = view().guild(id);
    return found ? found->get() : nullptr;
}

bool FedNode::poll_one() {
    if (!is_up()) return false;
    std::optional<protocol::ForgetKind> older;
    if (unknown_kind) older.emplace(*unknown_kind);
    shard().io().restart();
    std::size_t ran = shard().io().poll_one();
    if (ran == 0) ran = shard().timers().run_due();
    handlers += ran;
    if (ran != 0 && crash_in_ != 0 && --crash_in_ == 0) crash();
    return ran != 0;
}

std::optional<base::Nanos> FedNode::next_deadline() {
    return is_up() ? shard().timers().next_deadline() : std::nullopt;
}

// -- All of them ----------------------------------------------------------------------------------

FedNodes::FedNodes(std::size_t count, std::uint64_t seed) : net(seed) {
    if (!federation::init_crypto()) throw std::runtime_error("libsodium cannot start");
    for (std::size_t i = 0; i < count; ++i) {
        const std::string name = std::string(1, static_cast<char>('a' + i)) + ".example";
        const auto ip = base::IpAddress::v4(0x0a000001u + static_cast<std::uint32_t>(i));
        nodes_.push_back(std::make_unique<FedNode>(*this, name, ip, seed * 1000 + i));
        parts_.push_back(nodes_.back().get());
        nodes_.back()->start();
    }
}

FedNodes::~FedNodes() = default;

void FedNodes::run() {
    for (bool ran = true; ran;) {
        ran = false;
        for (WorldPart* part : parts_) {
            while (part->poll_one()) ran = true;
        }
    }
}

std::optional<base::Nanos> FedNodes::next_deadline() {
    std::optional<base::Nanos> next;
    for (WorldPart* part : parts_) {
        const auto at = part->next_deadline();
        if (at && (!next || *at < *next)) next = at;
    }
    return next;
}

bool FedNodes::run_until(const std::function<bool()>& done, base::Nanos limit) {
    const base::Nanos end = clock.now() + limit;
    for (run(); !done(); run()) {
        const auto next = next_deadline();
        if (!next || *next > end) return false;
        clock.advance(std::max(*next - clock.now(), base::Nanos{0}));
    }
    return true;
}

void FedNodes::advance(base::Nanos by) {
    const base::Nanos end = clock.now() + by;
    run_until([] { return false; }, by);
    clock.advance(end - clock.now());
    run();
}

std::string FedNodes::logs() const {
    std::multimap<std::uint64_t, std::string> all;
    for (const auto& node : nodes_) {
        for (const std::string& line : node->log.lines) all.emplace(std::stoull(line), line);
    }
    std::string out;
    for (const auto& [us, line] : all) out += line + "\n";
    return out;
}

}  // namespace guildhall::tests
