#include "node/store/tables/renewals.h"

#include "federation/bytes.h"
#include "protocol/errors.h"

#include <optional>
#include <utility>

namespace guildhall::store::renewals {
namespace {

namespace f = federation;

constexpr std::string_view kPrefix = "renewal.";

std::string name_of(protocol::GuildId guild) { return std::string(kPrefix) + guild.str(); }

void put_text(f::ByteWriter& out, std::string_view text) {
    out.put(static_cast<std::uint32_t>(text.size())).put(f::ByteView(text));
}

void put_texts(f::ByteWriter& out, const std::vector<std::string>& texts) {
    out.put(static_cast<std::uint32_t>(texts.size()));
    for (const std::string& text : texts) put_text(out, text);
}

std::string get_text(f::ByteReader& in) {
    return std::string(in.take(in.get<std::uint32_t>()).text());
}

std::vector<std::string> get_texts(f::ByteReader& in) {
    std::vector<std::string> out;
    for (auto n = in.get<std::uint32_t>(); n > 0 && !in.failed(); --n) out.push_back(get_text(in));
    return out;
}

std::optional<RenewalRow> read(std::string_view bytes) {
    f::ByteReader in{f::ByteView(bytes)};
    RenewalRow out;
    out.guild = protocol::GuildId(in.get<std::uint64_t>());
    out.epoch = in.get<std::uint64_t>();
    out.control_size = in.get<std::uint64_t>();
    out.uid = get_text(in);
    out.host_uid = get_text(in);
    out.host_name = get_text(in);
    out.endpoints = get_texts(in);
    out.past_hosts = get_texts(in);
    // A row of an earlier version ends here.
    if (in.left() > 0) out.certificates = get_texts(in);
    if (!in.done()) return std::nullopt;
    return out;
}

}  // namespace

Status put(Tx& tx, const RenewalRow& row) {
    f::ByteWriter out;
    out.put(row.guild.value).put(row.epoch).put(row.control_size);
    put_text(out, row.uid);
    put_text(out, row.host_uid);
    put_text(out, row.host_name);
    put_texts(out, row.endpoints);
    put_texts(out, row.past_hosts);
    put_texts(out, row.certificates);
    return tx.run(
        "INSERT INTO node_values (name, value) VALUES ($1, $2)"
        " ON CONFLICT (name) DO UPDATE SET value = $2",
        name_of(row.guild),
        Blob(out.take()));
}

Status drop(Tx& tx, protocol::GuildId guild) {
    return tx.run("DELETE FROM node_values WHERE name = $1", name_of(guild));
}

Result<std::optional<RenewalRow>> find(Tx& tx, protocol::GuildId guild) {
    TRY(const auto bytes,
        tx.first(
            "SELECT value FROM node_values WHERE name = $1",
            [](const Row& row) { return std::string(row.blob(0)); },
            name_of(guild)));
    if (!bytes) return std::optional<RenewalRow>();
    auto row = read(*bytes);
    if (!row) return protocol::make_error(0, "a row of a guild to be taken anew is damaged");
    return row;
}

Result<Found> all(Tx& tx) {
    Found out;
    TRY_VOID(
        tx.each("SELECT name, value FROM node_values WHERE name LIKE 'renewal.%' ORDER BY name",
                [&](const Row& row) {
                    if (auto good = read(row.blob(1)))
                        out.rows.push_back(std::move(*good));
                    else
                        out.damaged.emplace_back(row.text(0));
                }));
    return out;
}

}  // namespace guildhall::store::renewals
