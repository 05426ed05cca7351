// The modes of guildhall_load. Each drives one server, prints one line of JSON and returns.
// Owner: main(). Thread: one.
#pragma once
#include "tests/bench/load/options.h"

namespace guildhall::bench {

// POST messages as fast as the answers come, each connection to its own channel.
void run_create(const Options& options);

// GET the last 50 messages, likewise.
void run_history(const Options& options);

// N sessions receive what is published, with so many messages in flight or so many per second.
void run_fanout(const Options& options);

// What N identified sessions cost in memory.
void run_idle(const Options& options);

// Starts a node (the command after `--`) and waits for the first READY.
void run_ready(const Options& options);

// How fast the disk under a folder makes small appends durable.
void run_fsync(const Options& options);

}  // namespace guildhall::bench
