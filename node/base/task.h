#pragma once
// Task<T>: a coroutine bound to one shard. It runs where it was spawned and is awaited there; to
// run a piece of work on another shard use base::on_shard (shard.h). A Task does nothing until
// awaited.

#include "protocol/result.h"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace guildhall::base {

using Executor = boost::asio::io_context::executor_type;

template <class T>
using Task = boost::asio::awaitable<T, Executor>;

/// Completion token of every asynchronous operation awaited in a Task.
inline constexpr boost::asio::use_awaitable_t<Executor> kUseTask{};

using protocol::Error;
using protocol::Result;
using protocol::Status;

}  // namespace guildhall::base
