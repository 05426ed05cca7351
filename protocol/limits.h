#pragma once
// Every bound of the product, each with its reason. "API" means that the API documents the number
// and its clients rely on it; the rest are ours. A bound that an operator may change is the default
// of a config key. Constants; any thread.

#include <cstddef>
#include <cstdint>

namespace guildhall::protocol::limits {

// -- Bodies and JSON ------------------------------------------------------------------------------

/// A JSON body without files: a full bulk command update is about 1 MiB, images as data URIs (an
/// 8 MiB banner) grow by a third; nothing that is legal is larger.
inline constexpr std::size_t kJsonBodyBytesMax = 12u << 20;
/// The `payload_json` part of a multipart form: a message without its files.
inline constexpr std::size_t kPayloadJsonBytesMax = 1u << 20;
/// API: one request with its files.
inline constexpr std::size_t kMultipartBytesMax = 25u << 20;
/// API: one file. A config key's default.
inline constexpr std::size_t kAttachmentBytesMax = 10u << 20;
/// API: files in one message.
inline constexpr std::size_t kAttachmentsMax = 10;
/// API: description of a file.
inline constexpr std::size_t kAttachmentDescriptionMax = 1024;
/// A file's name: what file systems take, in bytes, and no more.
inline constexpr std::size_t kFilenameBytesMax = 255;
/// Nesting of a JSON text. The deepest legal one (a component tree in a callback) has about 14
/// levels; a reader that recurses must not follow a peer into its stack's end.
inline constexpr std::size_t kJsonDepthMax = 32;
/// Commas in a JSON text, which bound its values: the largest legal body, a bulk command update,
/// has about 30,000.
inline constexpr std::size_t kJsonValuesMax = 200'000;
/// Faults that one answer lists: enough to fix a form, too few to be a lever on our memory.
inline constexpr std::size_t kFormErrorsMax = 50;
/// A name, key or free text that the API leaves unbounded; keeps rows and dispatches small.
inline constexpr std::size_t kFreeTextMax = 4096;

// -- HTTP -----------------------------------------------------------------------------------------

/// Request line and headers: what common proxies take; tokens and super properties fit ten times.
inline constexpr std::size_t kHeaderBytesMax = 16u << 10;
/// A request line alone; a search with every filter set fits.
inline constexpr std::size_t kTargetBytesMax = 8u << 10;
/// API: X-Audit-Log-Reason, in characters after percent-decoding.
inline constexpr std::size_t kAuditReasonMax = 512;
/// API: requests per second of one user over all routes.
inline constexpr int kGlobalRequestsPerSecond = 50;
/// API: 401, 403 and 429 answers in ten minutes before an address is refused for a while.
inline constexpr int kInvalidRequestsMax = 10'000;
inline constexpr std::int64_t kInvalidRequestsWindowMs = 600'000;

// -- Gateway --------------------------------------------------------------------------------------

/// API: a client's frame. Bots may send 4 KiB, but a user client's op 37 exceeds that.
inline constexpr std::size_t kGatewayPayloadBytesMax = 15u << 10;
/// API: frames of a client per window, then close 4008.
inline constexpr int kGatewayEventsMax = 120;
inline constexpr std::int64_t kGatewayEventsWindowMs = 60'000;
/// API: presence updates per window.
inline constexpr int kPresenceUpdatesMax = 5;
inline constexpr std::int64_t kPresenceWindowMs = 20'000;
/// API: the heartbeat interval that clients see in Hello.
inline constexpr std::int64_t kHeartbeatIntervalMs = 41'250;
/// One and a half intervals without a heartbeat: the connection is dead.
inline constexpr std::int64_t kHeartbeatTimeoutMs = 61'875;
/// API: IDENTIFYs of one bot per day, and the window that max_concurrency counts in.
inline constexpr int kIdentifiesPerDay = 1'000;
inline constexpr std::int64_t kIdentifyWindowMs = 5'000;
/// API: guilds per shard above which a bot must shard.
inline constexpr int kGuildsPerShardMax = 2'500;
/// Shards one bot may announce: far above what 2,500 guilds a shard can need here.
inline constexpr int kShardCountMax = 1'024;
/// API: large_threshold of IDENTIFY, its default and its range.
inline constexpr int kLargeThresholdMin = 50;
inline constexpr int kLargeThresholdMax = 250;
/// API: members in one GUILD_MEMBERS_CHUNK.
inline constexpr std::size_t kMembersChunkMax = 1'000;
/// API: user ids in one op 8.
inline constexpr std::size_t kRequestMembersIdsMax = 100;

// -- Accounts -------------------------------------------------------------------------------------

/// API: usernames are 2 to 32 of a-z 0-9 . _ and global names up to 32 characters.
inline constexpr std::size_t kUsernameMin = 2;
inline constexpr std::size_t kUsernameMax = 32;
inline constexpr std::size_t kGlobalNameMax = 32;
/// API: passwords. argon2id takes longer ones, but they would be a lever on its work.
inline constexpr std::size_t kPasswordMin = 8;
inline constexpr std::size_t kPasswordMax = 72;
/// RFC 5321: the longest address that mail can reach.
inline constexpr std::size_t kEmailMax = 254;
/// API: profile text.
inline constexpr std::size_t kBioMax = 190;
inline constexpr std::size_t kPronounsMax = 40;
/// API: relationships.
inline constexpr std::size_t kFriendsMax = 1'000;
inline constexpr std::size_t kBlocksMax = 5'000;
/// API: guilds of one user or bot without a raise.
inline constexpr std::size_t kGuildsPerUserMax = 100;
/// API: people in one group DM.
inline constexpr std::size_t kGroupDmRecipientsMax = 10;

// -- Guilds, channels, roles ----------------------------------------------------------------------

inline constexpr std::size_t kGuildNameMin = 2;                   // API.
inline constexpr std::size_t kGuildNameMax = 100;                 // API.
inline constexpr std::size_t kGuildDescriptionMax = 300;          // API.
inline constexpr std::size_t kChannelNameMax = 100;               // API.
inline constexpr std::size_t kTopicMax = 1'024;                   // API.
inline constexpr std::size_t kForumTopicMax = 4'096;              // API.
inline constexpr int kSlowModeSecondsMax = 21'600;                // API: six hours.
inline constexpr std::size_t kChannelsMax = 500;                  // API: per guild, threads apart.
inline constexpr std::size_t kChannelsPerCategoryMax = 50;        // API.
inline constexpr std::size_t kRolesMax = 250;                     // API: with @everyone.
inline constexpr std::size_t kRoleNameMax = 100;                  // API.
inline constexpr std::size_t kOverwritesMax = 1'000;              // API: per channel.
inline constexpr int kPositionMax = 100'000;                      // Keeps positions in 32 bits.
inline constexpr int kColorMax = 0xffffff;                        // 24-bit RGB.
inline constexpr int kBitrateMin = 8'000;                         // API.
inline constexpr int kBitrateMax = 384'000;                       // API: the highest boost level.
inline constexpr int kUserLimitMax = 99;                          // API: voice channels.
inline constexpr int kStageUserLimitMax = 10'000;                 // API: stage channels.
inline constexpr std::size_t kForumTagsMax = 20;                  // API.
inline constexpr std::size_t kForumTagNameMax = 20;               // API.
inline constexpr std::size_t kAppliedTagsMax = 5;                 // API: per thread.
inline constexpr std::size_t kNickMax = 32;                       // API.
inline constexpr std::int64_t kTimeoutMsMax = 28LL * 86'400'000;  // API: 28 days.
inline constexpr int kBanDeleteSecondsMax = 604'800;              // API: a week of messages.
inline constexpr int kBanDeleteDaysMax = 7;                       // API: the older spelling.
inline constexpr std::size_t kBulkBanMax = 200;                   // API.
inline constexpr int kPruneDaysMax = 30;                          // API.
inline constexpr int kMembersPageMax = 1'000;                     // API.
inline constexpr int kBansPageMax = 1'000;                        // API.
inline constexpr int kGuildsPageMax = 200;                        // API.
inline constexpr int kInviteAgeSecondsMax = 604'800;              // API: a week.
inline constexpr int kInviteAgeSecondsDefault = 86'400;           // API.
inline constexpr int kInviteUsesMax = 100;                        // API.
inline constexpr std::size_t kInvitesMax = 1'000;                 // API: per guild.
inline constexpr std::size_t kWebhookNameMax = 80;                // API.
inline constexpr std::size_t kWebhooksPerChannelMax = 15;         // API.
inline constexpr std::size_t kWebhooksPerGuildMax = 1'000;        // API.
inline constexpr std::size_t kEmojiNameMin = 2;                   // API.
inline constexpr std::size_t kEmojiNameMax = 32;                  // API.
inline constexpr std::size_t kEmojiBytesMax = 256u << 10;         // API.
inline constexpr std::size_t kStickerBytesMax = 512u << 10;       // API.
inline constexpr std::size_t kStickerNameMax = 30;                // API.
inline constexpr std::size_t kStickerTagsMax = 200;               // API.
inline constexpr std::size_t kSoundBytesMax = 512u << 10;         // API.
inline constexpr std::size_t kScheduledEventsMax = 100;           // API: active at once.
/// An avatar, icon or banner: the clients shrink to this before they send.
inline constexpr std::size_t kImageBytesMax = 8u << 20;
/// That image as a data URI: four characters for three bytes, and the media type.
inline constexpr std::size_t kImageDataUriMax = kImageBytesMax / 3 * 4 + 64;

// -- Messages -------------------------------------------------------------------------------------

inline constexpr std::size_t kContentMax = 2'000;           // API: code points.
inline constexpr std::size_t kNonceMax = 25;                // API.
inline constexpr std::int64_t kNonceTtlMs = 600'000;        // enforce_nonce looks this far back.
inline constexpr std::size_t kEmbedsMax = 10;               // API.
inline constexpr std::size_t kEmbedTotalMax = 6'000;        // API: all embeds of a message.
inline constexpr std::size_t kEmbedTitleMax = 256;          // API.
inline constexpr std::size_t kEmbedDescriptionMax = 4'096;  // API.
inline constexpr std::size_t kEmbedFieldsMax = 25;          // API.
inline constexpr std::size_t kEmbedFieldNameMax = 256;      // API.
inline constexpr std::size_t kEmbedFieldValueMax = 1'024;   // API.
inline constexpr std::size_t kEmbedFooterMax = 2'048;       // API.
inline constexpr std::size_t kEmbedAuthorMax = 256;         // API.
inline constexpr std::size_t kUrlMax = 2'048;               // API: what embeds and buttons take.
inline constexpr std::size_t kStickersPerMessageMax = 3;    // API.
inline constexpr std::size_t kAllowedMentionsMax = 100;     // API: users, and roles.
inline constexpr std::size_t kReactionsMax = 20;            // API: distinct emojis a message.
inline constexpr std::size_t kBulkDeleteMin = 2;            // API.
inline constexpr std::size_t kBulkDeleteMax = 100;          // API.
inline constexpr std::int64_t kBulkDeleteAgeMsMax = 14LL * 86'400'000;  // API: two weeks.
inline constexpr int kMessagesPageMax = 100;                            // API.
inline constexpr int kMessagesPageDefault = 50;                         // API.
inline constexpr int kReactionsPageMax = 100;                           // API.
inline constexpr int kReactionsPageDefault = 25;                        // API.
inline constexpr std::size_t kPinsMax = 250;                            // API: per channel.
inline constexpr int kPinsPageMax = 50;                                 // API.
inline constexpr std::size_t kPollAnswersMax = 10;                      // API.
inline constexpr std::size_t kPollQuestionMax = 300;                    // API.
inline constexpr std::size_t kPollAnswerMax = 55;                       // API.
inline constexpr int kPollHoursMax = 768;                               // API: 32 days.

// -- Components -----------------------------------------------------------------------------------

inline constexpr std::size_t kActionRowsMax = 5;              // API: v1 messages.
inline constexpr std::size_t kButtonsPerRowMax = 5;           // API.
inline constexpr std::size_t kComponentsTotalMax = 40;        // API: v2 messages, counted deeply.
inline constexpr std::size_t kComponentDepthMax = 5;          // Container > section > button is 3.
inline constexpr std::size_t kCustomIdMax = 100;              // API.
inline constexpr std::size_t kButtonLabelMax = 80;            // API.
inline constexpr std::size_t kSelectOptionsMax = 25;          // API: and min/max_values.
inline constexpr std::size_t kSelectOptionTextMax = 100;      // API: label, value, description.
inline constexpr std::size_t kPlaceholderMax = 150;           // API: selects.
inline constexpr std::size_t kTextInputLabelMax = 45;         // API.
inline constexpr std::size_t kTextInputValueMax = 4'000;      // API.
inline constexpr std::size_t kTextInputPlaceholderMax = 100;  // API.
inline constexpr std::size_t kModalTitleMax = 45;             // API.
inline constexpr std::size_t kTextDisplayMax = 4'000;         // API: all texts of a v2 message.
inline constexpr std::size_t kSectionTextsMax = 3;            // API.
inline constexpr std::size_t kGalleryItemsMax = 10;           // API.
inline constexpr std::size_t kMediaDescriptionMax = 1'024;    // API: thumbnails, gallery items.

// -- Applications and commands --------------------------------------------------------------------

inline constexpr std::size_t kApplicationNameMax = 32;          // API.
inline constexpr std::size_t kApplicationDescriptionMax = 400;  // API.
inline constexpr std::size_t kApplicationTagsMax = 5;           // API.
inline constexpr std::size_t kApplicationTagLengthMax = 20;     // API.
/// Applications of one account: enough for a developer, too few to fill a table with.
inline constexpr std::size_t kApplicationsPerUserMax = 50;
inline constexpr std::size_t kChatCommandsMax = 100;    // API: per scope.
inline constexpr std::size_t kUserCommandsMax = 15;     // API: per scope.
inline constexpr std::size_t kMessageCommandsMax = 15;  // API: per scope.
inline constexpr std::size_t kCommandsMax =
    kChatCommandsMax + kUserCommandsMax + kMessageCommandsMax;
inline constexpr std::size_t kCommandNameMax = 32;            // API.
inline constexpr std::size_t kCommandDescriptionMax = 100;    // API.
inline constexpr std::size_t kCommandOptionsMax = 25;         // API: at each level.
inline constexpr std::size_t kCommandChoicesMax = 25;         // API.
inline constexpr std::size_t kChoiceNameMax = 100;            // API.
inline constexpr std::size_t kChoiceValueMax = 100;           // API: string choices.
inline constexpr std::size_t kCommandTotalMax = 8'000;        // API: names, descriptions, values.
inline constexpr int kOptionLengthMax = 6'000;                // API: min_length and max_length.
inline constexpr std::int64_t kInteractionAckMs = 3'000;      // API: the first answer is due.
inline constexpr std::int64_t kInteractionTokenMs = 900'000;  // API: follow-ups for 15 minutes.

// -- Search ---------------------------------------------------------------------------------------

inline constexpr int kSearchPageMax = 25;                // API.
inline constexpr int kSearchOffsetMax = 9'975;           // API.
inline constexpr std::size_t kSearchContentMax = 1'024;  // API.

}  // namespace guildhall::protocol::limits
