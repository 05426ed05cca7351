// Command line of guildhall_load: a mode, then `--name value` pairs. README: docs/BENCHMARKS.md.
// Owner: main(). Thread: one.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace guildhall::bench {

struct Options {
    std::string mode;
    std::uint16_t port = 0;
    std::uint16_t session_port = 0;  // of the node that sessions are on; 0: the same
    int pid = 0;                     // of the server, whose CPU time and memory are read

    std::string dialect = "discord";    // or `floor`: no identify, published over the socket
    std::vector<std::string> channels;  // --channels 1,2,3
    std::vector<std::string> tokens;    // --tokens a,b: sessions take them in turn
    std::string authorization;          // of REST requests
    std::vector<std::string> authors;   // --authors a,b: in mode `fanout`, publish in turn
    std::uint64_t intents = 33281;      // GUILDS, GUILD_MESSAGES, MESSAGE_CONTENT
    int guilds = 1;                     // a session is settled after as many GUILD_CREATE
    bool zlib = false;                  // zlib-stream sessions

    int connections = 64;
    int sessions = 0;
    int opening = 64;            // of them at once
    int window = 1;              // messages in flight
    double rate = 0;             // messages per second; above 0 it replaces the window
    int size = 79;               // bytes of content
    std::uint64_t requests = 0;  // above 0: stop after as many, instead of after `seconds`
    double warm = 0.4;           // seconds
    double seconds = 1.5;
    double drain = 5;      // seconds at most until all is delivered
    double hold = 1;       // seconds of doing nothing in mode `idle`
    int server_core = -1;  // mode `ready`: where the node it starts is pinned
    std::string folder;    // mode `fsync`

    std::vector<std::string> command;  // mode `ready`: what follows `--`
};

Options parse_options(int argc, char** argv);

}  // namespace guildhall::bench
