#pragma once
// ChannelList: the channels of a guild in their order, which drags and keys change, and making and
// deleting channels. Every channel has a field, {parent_id, position} by its id: moves are edits
// like any other, and saving sends the channels that moved. GUI thread.

#include "client-qml/settings/model/form.h"
#include "client-qml/settings/model/ordering.h"

namespace guildhall::client {

class ChannelList : public guildhall::client::Form {
    Q_OBJECT
    QML_ELEMENT
    /// {key, name, type, isCategory, parentId, glyph}, top to bottom.
    Q_PROPERTY(guildhall::client::RowList* rows READ rows CONSTANT)
    /// {key, name}; the first one is "no category".
    Q_PROPERTY(guildhall::client::RowList* categories READ categories CONSTANT)
    Q_PROPERTY(QString nameError READ nameError NOTIFY nameErrorChanged)

  public:
    explicit ChannelList(QObject* parent = nullptr);

    RowList* rows() const { return rows_; }
    RowList* categories() const { return categories_; }
    QString nameError() const { return name_error_; }

    /// One step up (-1) or down (1), over the border of a category where it stands at one.
    Q_INVOKABLE void step(const QString& channel, int step);
    /// To where the row is now; the row above it decides the category.
    Q_INVOKABLE void moveTo(const QString& channel, int row);
    /// `type`: "text", "voice", "category", "announcement".
    Q_INVOKABLE void create(const QString& name, const QString& type, const QString& parentId);
    Q_INVOKABLE void remove(const QString& channel);

  signals:
    void nameErrorChanged();
    void created(const QString& channelId);

  protected:
    void load() override;
    void refresh() override;
    std::vector<Part> parts(const QJsonObject& changed) override;

  private:
    struct Entry {
        const Channel* channel = nullptr;
        Snowflake parent = 0;
        int position = 0;
    };
    /// A category (0: none) and one kind of channels in it, which are numbered together.
    struct Bucket {
        Snowflake parent = 0;
        bool voice = false, categories = false;
    };
    Entry entry(const Channel& channel) const;
    std::vector<Entry> entries() const;
    std::vector<Ordered> bucket(const Bucket& of) const;
    Bucket bucket_of(const Entry& entry) const;
    std::vector<Snowflake> sections() const;
    void apply(const Bucket& to, const std::vector<Ordered>& order);
    void step_over(const Entry& moving, int step);
    void move_category(const Entry& moving, int row);
    void show();

    RowList *rows_, *categories_;
    Snowflake shown_ = 0;
    QString name_error_;
};

}  // namespace guildhall::client
