#pragma once
// What the command line and the environment say; read once, by main.

#include <QGuiApplication>
#include <QString>

namespace guildhall::client {

struct Options {
    QString folder;  // of accounts, caches and preferences
    QString node;    // --node: what the login page begins with
    QString link;    // guildhall:// or https://
    bool keychain = true;
};

/// Ends the program on --help, --version and on what it does not know.
Options read_options(const QGuiApplication& app);

}  // namespace guildhall::client
