#pragma once
// Two ways to hold a callable that C++20's library lacks: FunctionRef borrows one for the length of
// a call (no allocation), UniqueFunction owns one that may be move-only (a job handed to another
// thread). Plain values; as safe on threads as what they hold.

#include "protocol/check.h"

#include <concepts>
#include <memory>
#include <type_traits>
#include <utility>

namespace guildhall::protocol {

template <class Signature>
class FunctionRef;

/// A borrowed callable: never stored longer than the call it is given to.
template <class R, class... Args>
class FunctionRef<R(Args...)> {
  public:
    template <class F>
        requires(!std::same_as<std::remove_cvref_t<F>, FunctionRef> &&
                 std::is_invocable_r_v<R, F&, Args...>)
    FunctionRef(F&& f)  // NOLINT(google-explicit-constructor): meant to take any lambda.
        : object_(const_cast<void*>(static_cast<const void*>(std::addressof(f)))),
          call_([](void* object, Args... args) -> R {
              return (*static_cast<std::remove_reference_t<F>*>(object))(
                  std::forward<Args>(args)...);
          }) {}

    R operator()(Args... args) const { return call_(object_, std::forward<Args>(args)...); }

  private:
    void* object_;
    R (*call_)(void*, Args...);
};

template <class Signature>
class UniqueFunction;

/// An owned callable that is moved, never copied; empty until given one.
template <class R, class... Args>
class UniqueFunction<R(Args...)> {
  public:
    UniqueFunction() = default;
    template <class F>
        requires(!std::same_as<std::remove_cvref_t<F>, UniqueFunction> &&
                 std::is_invocable_r_v<R, std::remove_cvref_t<F>&, Args...>)
    UniqueFunction(F&& f)  // NOLINT(google-explicit-constructor): meant to take any lambda.
        : held_(std::make_unique<Held<std::remove_cvref_t<F>>>(std::forward<F>(f))) {}

    explicit operator bool() const { return held_ != nullptr; }
    R operator()(Args... args) {
        CHECK(held_ != nullptr);
        return held_->call(std::forward<Args>(args)...);
    }

  private:
    struct Callable {
        virtual ~Callable() = default;
        virtual R call(Args... args) = 0;
    };
    template <class F>
    struct Held final : Callable {
        template <class G>
        explicit Held(G&& g) : f(std::forward<G>(g)) {}
        R call(Args... args) override { return f(std::forward<Args>(args)...); }
        F f;
    };

    std::unique_ptr<Callable> held_;
};

}  // namespace guildhall::protocol
