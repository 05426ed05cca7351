#pragma once
// FileSaver: files of messages to the disk, as rows that say how far each is and how it ended. A
// save is a short talk: whether a large file, or one that lies elsewhere than at the node, is
// meant; where it goes; whether what is there may be replaced. One talk at a time, several files
// under way. Names and addresses come from the node and are hostile. Owned by QML; GUI thread.
//
//     save -> questioned? -> confirm -> placeWanted? -> saveAs -> questioned? -> confirm -> a row

#include "client-qml/core/account/account.h"
#include "client-qml/core/api/download.h"

#include <QAbstractListModel>
#include <QQmlEngine>

namespace guildhall::client {

class FileSaver : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(
        guildhall::client::Account* account READ account WRITE setAccount NOTIFY accountChanged)
    /// Where files go unless one says otherwise: the system's folder for downloads.
    Q_PROPERTY(QString folder READ folder WRITE setFolder NOTIFY folderChanged)
    /// Whether one is asked where to: on a phone one is not.
    Q_PROPERTY(bool asksWhere READ asksWhere WRITE setAsksWhere NOTIFY asksWhereChanged)
    Q_PROPERTY(int count READ count NOTIFY countChanged)

  public:
    static constexpr qint64 kAskedBytes = 100 << 20;  // more than this is asked about
    static constexpr int kRowsMax = 8;

    enum Stage { Running, Saved, Failed };
    Q_ENUM(Stage)
    /// `OpensRole`: whether it may be opened; a program may not, its folder is shown.
    enum Role { NameRole = Qt::UserRole + 1, StageRole, ProgressRole, SaidRole, OpensRole };

    explicit FileSaver(QObject* parent = nullptr);

    Account* account() const { return account_; }
    void setAccount(Account* account);
    QString folder() const { return folder_; }
    void setFolder(const QString& folder);
    bool asksWhere() const { return asks_where_; }
    void setAsksWhere(bool asks);
    int count() const { return int(rows_.size()); }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    /// `file` is a map as rows of a timeline have it: url, name, bytes.
    Q_INVOKABLE void save(const QVariantMap& file);
    Q_INVOKABLE void saveAs(const QUrl& place);
    /// Yes, and no, to what was asked last.
    Q_INVOKABLE void confirm();
    Q_INVOKABLE void decline();

    Q_INVOKABLE void cancel(int row);
    Q_INVOKABLE void open(int row);
    Q_INVOKABLE void dismiss(int row);

  signals:
    void accountChanged();
    void folderChanged();
    void asksWhereChanged();
    void countChanged();
    void questioned(const QString& text, const QString& yes);
    /// In which folder, under which name, as a URL of a file.
    void placeWanted(const QUrl& folder, const QUrl& suggested);
    void noticed(const QString& text);
    /// The file, or its folder.
    void openRequested(const QUrl& place);

  private:
    struct Talk {
        QUrl url;
        QString name, path;
        qint64 bytes = 0;
    };
    struct Row {
        quint64 id = 0;
        Talk file;
        Stage stage = Running;
        double progress = -1;
        QString said;
    };

    QString doubts_of(const Talk& talk, const QString& host) const;
    void ask_where();
    void start(bool replaces);
    bool make_room();
    void on_progressed(quint64 id, qint64 got, qint64 all);
    void on_ended(quint64 id, Downloader::End end);
    int row_of(quint64 id) const;
    void remove(int row);

    QPointer<Account> account_;
    QString folder_;
    bool asks_where_ = true;
    std::optional<Talk> talk_;
    std::vector<Row> rows_;  // the newest last
    quint64 ids_ = 0;
    Downloader downloader_;
};

}  // namespace guildhall::client
