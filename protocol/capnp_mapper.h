#pragma once
// Maps described structs onto Cap'n Proto structs of the same field names through the schema, so
// that a field added to both needs no code. Included by codecs (.cpp files) only: it pulls in the
// dynamic interface of Cap'n Proto. Readers throw on hostile bytes; guarded() is where that ends.
// Pure; any thread.
//
// What maps onto what: Id and enums onto integers; std::string onto Text or Data, whichever the
// schema has; a value of fixed size (FixedBytes) onto Data of exactly that size, and an optional
// one onto Data that may also be empty; vectors onto lists, counted before they are walked.

#include "protocol/capnp_compat.h"
#include "protocol/ids.h"
#include "protocol/result.h"
#include "protocol/utf8.h"

#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>
#include <capnp/any.h>
#include <capnp/dynamic.h>
#include <capnp/message.h>
#include <kj/exception.h>

#include <array>
#include <concepts>
#include <cstring>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace guildhall::protocol::capnp_map {

using capnp::DynamicList;
using capnp::DynamicStruct;
using capnp::DynamicValue;

/// Specialised as true, with static write(Builder, value) and read(Reader, value) of the wire type,
/// for structs that are too hot for the schema's detour.
template <class T>
struct TypedAccess : std::false_type {};

/// Items of a list of T that a reader accepts; specialised where a smaller number is right. Past
/// that it is Cap'n Proto's traversal limit that bounds a list: words of the message.
template <class T>
inline constexpr std::uint32_t kListItemsMax = 65'536;

template <class T>
using Members = boost::describe::describe_members<T, boost::describe::mod_public>;
template <class T>
constexpr std::size_t kMemberCount = boost::mp11::mp_size<Members<T>>::value;

template <class T>
struct IsId : std::false_type {};
template <class Tag>
struct IsId<Id<Tag>> : std::true_type {};
template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};
template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
/// Bytes of one size: made from exactly so many, seen as text.
template <class T>
concept Fixed = requires(const T& value, std::string_view bytes) {
    { T::from(bytes) } -> std::same_as<std::optional<T>>;
    { value.text() } -> std::same_as<std::string_view>;
};

/// The schema fields of T's members, in their order; looked up once per type.
template <class T>
const std::array<capnp::StructSchema::Field, kMemberCount<T>>& fields_of(
    capnp::StructSchema schema) {
    static const auto table = [&] {
        std::array<capnp::StructSchema::Field, kMemberCount<T>> out;
        std::size_t i = 0;
        boost::mp11::mp_for_each<Members<T>>(
            [&](auto member) { out[i++] = schema.getFieldByName(member.name); });
        return out;
    }();
    return table;
}

inline capnp::Data::Reader data_of(std::string_view s) {
    return {reinterpret_cast<const kj::byte*>(s.data()), s.size()};
}
inline capnp::Text::Reader text_of(const std::string& s) { return {s.c_str(), s.size()}; }
inline std::string_view view_of(capnp::Data::Reader data) {
    return {reinterpret_cast<const char*>(data.begin()), data.size()};
}
inline std::string string_of(const DynamicValue::Reader& value, capnp::Type type) {
    if (type.isData()) return std::string(view_of(value.as<capnp::Data>()));
    const auto text = value.as<capnp::Text>();
    return {text.cStr(), text.size()};
}

/// Throws where a text anywhere inside is no UTF-8.
inline void require_texts(const DynamicValue::Reader& value) {
    switch (value.getType()) {
        case DynamicValue::TEXT: {
            const auto text = value.as<capnp::Text>();
            if (!is_valid_utf8({text.cStr(), text.size()}))
                throw std::runtime_error("a text that is no UTF-8");
            break;
        }
        case DynamicValue::LIST:
            for (const auto& item : value.as<DynamicList>()) require_texts(item);
            break;
        case DynamicValue::STRUCT: {
            const auto in = value.as<DynamicStruct>();
            for (const auto& field : in.getSchema().getNonUnionFields())
                if (in.has(field)) require_texts(in.get(field));
            KJ_IF_MAYBE (field, in.which()) {
                if (in.has(*field)) require_texts(in.get(*field));
            }
            break;
        }
        default:
            break;
    }
}

/// The value of exactly the right number of bytes; throws for another.
template <Fixed T>
T fixed_of(capnp::Data::Reader data) {
    auto value = T::from(view_of(data));
    if (!value) throw std::length_error("a value of fixed size has another");
    return *value;
}

// -- Writing --------------------------------------------------------------------------------------

template <class T>
void write_struct(DynamicStruct::Builder out, const T& in);

template <class T>
void write_list(DynamicList::Builder out, const std::vector<T>& in) {
    const bool data = out.getSchema().getElementType().isData();
    for (unsigned i = 0; i < in.size(); ++i) {
        if constexpr (IsId<T>::value)
            out.set(i, in[i].value);
        else if constexpr (std::is_arithmetic_v<T>)
            out.set(i, in[i]);
        else if constexpr (Fixed<T>)
            out.set(i, data_of(in[i].text()));
        else if constexpr (std::is_same_v<T, std::string>) {
            if (data)
                out.set(i, data_of(in[i]));
            else
                out.set(i, text_of(in[i]));
        } else
            write_struct(out[i].template as<DynamicStruct>(), in[i]);
    }
}

template <class M>
void write_member(DynamicStruct::Builder out, capnp::StructSchema::Field field, const M& value) {
    if constexpr (IsId<M>::value)
        out.set(field, value.value);
    else if constexpr (std::is_enum_v<M>)
        out.set(field, static_cast<std::uint64_t>(value));
    else if constexpr (std::is_arithmetic_v<M>)
        out.set(field, value);
    else if constexpr (Fixed<M>)
        out.set(field, data_of(value.text()));
    else if constexpr (IsOptional<M>::value) {
        if (value) write_member(out, field, *value);
    } else if constexpr (std::is_same_v<M, std::string>) {
        if (value.empty()) return;
        if (field.getType().isData())
            out.set(field, data_of(value));
        else
            out.set(field, text_of(value));
    } else if constexpr (IsVector<M>::value) {
        if (value.empty()) return;
        write_list(out.init(field, static_cast<unsigned>(value.size())).template as<DynamicList>(),
                   value);
    } else
        write_struct(out.init(field).template as<DynamicStruct>(), value);
}

template <class T>
void write_struct(DynamicStruct::Builder out, const T& in) {
    if constexpr (TypedAccess<T>::value) {
        TypedAccess<T>::write(out, in);
    } else {
        const auto& fields = fields_of<T>(out.getSchema());
        std::size_t i = 0;
        boost::mp11::mp_for_each<Members<T>>(
            [&](auto member) { write_member(out, fields[i++], in.*member.pointer); });
    }
}

// -- Reading --------------------------------------------------------------------------------------

template <class T>
void read_struct(DynamicStruct::Reader in, T& out);

template <class T>
void read_list(DynamicList::Reader in, std::vector<T>& out) {
    if (in.size() > kListItemsMax<T>) throw std::length_error("a list is too long");
    const capnp::Type type = in.getSchema().getElementType();
    out.reserve(in.size());
    for (const auto& item : in) {
        if constexpr (IsId<T>::value)
            out.emplace_back(item.template as<std::uint64_t>());
        else if constexpr (std::is_arithmetic_v<T>)
            out.push_back(item.template as<T>());
        else if constexpr (Fixed<T>)
            out.push_back(fixed_of<T>(item.template as<capnp::Data>()));
        else if constexpr (std::is_same_v<T, std::string>)
            out.push_back(string_of(item, type));
        else
            read_struct(item.template as<DynamicStruct>(), out.emplace_back());
    }
}

template <class M>
void read_member(DynamicStruct::Reader in, capnp::StructSchema::Field field, M& out) {
    const auto value = in.get(field);
    if constexpr (IsId<M>::value)
        out = M(value.template as<std::uint64_t>());
    else if constexpr (std::is_enum_v<M>)
        out = static_cast<M>(value.template as<std::underlying_type_t<M>>());
    else if constexpr (std::is_arithmetic_v<M>)
        out = value.template as<M>();
    else if constexpr (Fixed<M>)
        out = fixed_of<M>(value.template as<capnp::Data>());
    else if constexpr (IsOptional<M>::value) {
        const auto data = value.template as<capnp::Data>();
        if (data.size() != 0) out = fixed_of<typename M::value_type>(data);
    } else if constexpr (std::is_same_v<M, std::string>)
        out = string_of(value, field.getType());
    else if constexpr (IsVector<M>::value)
        read_list(value.template as<DynamicList>(), out);
    else
        read_struct(value.template as<DynamicStruct>(), out);
}

template <class T>
void read_struct(DynamicStruct::Reader in, T& out) {
    if constexpr (TypedAccess<T>::value) {
        TypedAccess<T>::read(in, out);
    } else {
        const auto& fields = fields_of<T>(in.getSchema());
        std::size_t i = 0;
        boost::mp11::mp_for_each<Members<T>>(
            [&](auto member) { read_member(in, fields[i++], out.*member.pointer); });
    }
}

// -- Bytes ----------------------------------------------------------------------------------------

/// The canonical bytes of a message: one segment, without framing.
template <class Root>
std::string canonical(capnp::MallocMessageBuilder& message) {
    const auto words = message.getRoot<capnp::AnyStruct>().asReader().canonicalize();
    const auto bytes = words.asBytes();
    return {reinterpret_cast<const char*>(bytes.begin()), bytes.size()};
}

/// An aligned copy read as one segment, with the limits that hold for anything a peer sent. The
/// bytes are whole words.
class OneSegment {
  public:
    explicit OneSegment(std::string_view bytes)
        : words_(bytes.size() / 8),
          segment_(words_.begin(), bytes.size() / 8),
          reader_(kj::arrayPtr(&segment_, 1), limits(words_.size())) {
        std::memcpy(words_.begin(), bytes.data(), words_.size() * 8);
    }
    template <class Root>
    typename Root::Reader root() {
        return reader_.getRoot<Root>();
    }

  private:
    class Words {
      public:
        explicit Words(std::size_t n)
            : heap_(n > kInline ? kj::heapArray<capnp::word>(n) : nullptr), size_(n) {}
        capnp::word* begin() { return size_ > kInline ? heap_.begin() : inline_; }
        std::size_t size() const { return size_; }

      private:
        static constexpr std::size_t kInline = 128;
        capnp::word inline_[kInline];
        kj::Array<capnp::word> heap_;
        std::size_t size_;
    };

    static capnp::ReaderOptions limits(std::size_t words) {
        return {.traversalLimitInWords = words + 64, .nestingLimit = 16};
    }

    Words words_;
    kj::ArrayPtr<const capnp::word> segment_;
    capnp::SegmentArrayMessageReader reader_;
};

/// What `fn` returns. Cap'n Proto and the readers above report hostile bytes by throwing; that
/// becomes the error of `malformed()` here, and nothing of it leaves a codec.
template <class Fn, class Malformed>
auto guarded(Fn fn, Malformed malformed) -> Result<decltype(fn())> {
    try {
        return fn();
    } catch (const kj::Exception&) {
        return malformed();
    } catch (const std::exception&) {
        return malformed();
    }
}

}  // namespace guildhall::protocol::capnp_map
