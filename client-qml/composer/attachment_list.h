#pragma once
// AttachmentList: the files that go with the message that is being written, with their
// descriptions. From the clipboard, a drop or a dialog: paths that cannot be read, folders, and
// more than a message can have are refused, and why is said. Owned by a ComposerModel; GUI thread.

#include "client-qml/core/api/request.h"

#include <QAbstractListModel>
#include <QImage>
#include <QSet>
#include <QtQml/qqmlregistration.h>

namespace guildhall::client {

class AttachmentList : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("a ComposerModel has it")
    Q_PROPERTY(int count READ rowCount NOTIFY countChanged)

  public:
    static constexpr int kFilesMax = 10;
    enum Role { NameRole = Qt::UserRole + 1, SizeRole, PictureRole, DescriptionRole, SpoilerRole };

    struct File {
        UploadFile upload;
        qint64 bytes = 0;
        bool is_picture = false;
    };
    using Files = std::vector<File>;

    using QAbstractListModel::QAbstractListModel;

    Q_INVOKABLE void add(const QList<QUrl>& files);
    /// A picture of the clipboard, kept in a file of `folder` until it is sent or taken off; empty
    /// where it cannot be kept.
    QString keep_picture(const QImage& picture, const QString& folder);
    Q_INVOKABLE void remove(int row);
    Q_INVOKABLE void describe(int row, const QString& description);
    Q_INVOKABLE void setSpoiler(int row, bool spoiler);
    std::vector<UploadFile> uploads() const;
    /// Puts `files` in the place of what is there, and returns that.
    Files exchange(Files files);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

  signals:
    void countChanged();
    void refused(const QString& text);

  private:
    bool add_file(const QString& path);

    Files files_;
    QSet<QString> kept_;  // paths of pictures that are only here
};

}  // namespace guildhall::client
