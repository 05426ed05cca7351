<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
<context>
    <name>AboutSection</name>
    <message>
        <source>About</source>
        <translation>حول</translation>
    </message>
    <message>
        <source>Guildhall %1, with Qt %2</source>
        <translation>Guildhall %1، مع Qt %2</translation>
    </message>
    <message>
        <source>Made with</source>
        <translation>صُنع بواسطة</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
</context>
<context>
    <name>AccessRow</name>
    <message>
        <source>%1: allowed. %2</source>
        <translation>%1: مسموح. %2</translation>
    </message>
    <message>
        <source>%1: not allowed. %2</source>
        <translation>%1: غير مسموح. %2</translation>
    </message>
</context>
<context>
    <name>AccountMenu</name>
    <message>
        <source>Set a status text</source>
        <translation>تعيين نص الحالة</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>الإعدادات</translation>
    </message>
    <message>
        <source>My node: %1</source>
        <translation>عقدتي: %1</translation>
    </message>
    <message>
        <source>Copy my name</source>
        <translation>نسخ اسمي</translation>
    </message>
    <message>
        <source>%1 at %2: log in again</source>
        <translation>%1 في %2: سجّل الدخول مجددًا</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <translation>%1 في %2</translation>
    </message>
    <message numerus="yes">
        <source>%n mention(s)</source>
        <translation>
            <numerusform>لا إشارات</numerusform>
            <numerusform>إشارة واحدة</numerusform>
            <numerusform>إشارتان</numerusform>
            <numerusform>%n إشارات</numerusform>
            <numerusform>%n إشارة</numerusform>
            <numerusform>%n إشارة</numerusform>
        </translation>
    </message>
    <message>
        <source>Add an account</source>
        <translation>إضافة حساب</translation>
    </message>
</context>
<context>
    <name>AccountPanel</name>
    <message>
        <source>Online</source>
        <translation>متصل</translation>
    </message>
    <message>
        <source>Away</source>
        <translation>بعيد</translation>
    </message>
    <message>
        <source>Do not disturb</source>
        <translation>عدم الإزعاج</translation>
    </message>
    <message>
        <source>Invisible</source>
        <translation>غير ظاهر</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1، %2</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>الإعدادات</translation>
    </message>
    <message>
        <source>Status text</source>
        <translation>نص الحالة</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>حفظ</translation>
    </message>
    <message>
        <source>What others see below your name</source>
        <translation>ما يراه الآخرون تحت اسمك</translation>
    </message>
    <message>
        <source>session ended</source>
        <translation>انتهت الجلسة</translation>
    </message>
    <message numerus="yes">
        <source>%n mention(s) in other accounts</source>
        <translation>
            <numerusform>لا إشارات في حسابات أخرى</numerusform>
            <numerusform>إشارة واحدة في حسابات أخرى</numerusform>
            <numerusform>إشارتان في حسابات أخرى</numerusform>
            <numerusform>%n إشارات في حسابات أخرى</numerusform>
            <numerusform>%n إشارة في حسابات أخرى</numerusform>
            <numerusform>%n إشارة في حسابات أخرى</numerusform>
        </translation>
    </message>
    <message>
        <source>Session ended</source>
        <translation>انتهت الجلسة</translation>
    </message>
</context>
<context>
    <name>AccountSection</name>
    <message>
        <source>My account</source>
        <translation>حسابي</translation>
    </message>
    <message>
        <source>How you want to be called</source>
        <translation>كيف تحب أن تُنادى</translation>
    </message>
    <message>
        <source>Your name for logging in stays %1.</source>
        <translation>يبقى اسمك لتسجيل الدخول %1.</translation>
    </message>
    <message>
        <source>Log out</source>
        <translation>تسجيل الخروج</translation>
    </message>
    <message>
        <source>Log out of %1?</source>
        <translation>تسجيل الخروج من %1؟</translation>
    </message>
    <message>
        <source>What is kept on this device for this account is deleted, drafts and unsent messages too.</source>
        <translation>يُحذف ما هو محفوظ على هذا الجهاز لهذا الحساب، والمسودات والرسائل غير المرسلة أيضًا.</translation>
    </message>
</context>
<context>
    <name>Api</name>
    <message>
        <source>The node answered with status %1.</source>
        <translation>أجابت العقدة بالحالة %1.</translation>
    </message>
</context>
<context>
    <name>AppearanceSection</name>
    <message>
        <source>Appearance</source>
        <translation>المظهر</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>الألوان</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>كالنظام</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>فاتح</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>داكن</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>تباين عالٍ</translation>
    </message>
    <message>
        <source>Size of text</source>
        <translation>حجم النص</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Zoom of everything</source>
        <translation>تكبير كل شيء</translation>
    </message>
    <message>
        <source>Compact</source>
        <translation>مدمج</translation>
    </message>
    <message>
        <source>More lines, less space between them.</source>
        <translation>أسطر أكثر ومسافات أقل بينها.</translation>
    </message>
    <message>
        <source>Less motion</source>
        <translation>حركة أقل</translation>
    </message>
    <message>
        <source>Nothing slides or fades.</source>
        <translation>لا شيء ينزلق أو يتلاشى.</translation>
    </message>
    <message>
        <source>Keep running when the window is closed</source>
        <translation>الاستمرار بعد إغلاق النافذة</translation>
    </message>
    <message>
        <source>Where the system has a tray.</source>
        <translation>حيث للنظام شريط أيقونات.</translation>
    </message>
</context>
<context>
    <name>AttachmentChip</name>
    <message>
        <source>%1, %2</source>
        <translation>%1، %2</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>الوصف</translation>
    </message>
    <message>
        <source>Description of %1</source>
        <translation>وصف %1</translation>
    </message>
    <message>
        <source>Hide as a spoiler</source>
        <translation>إخفاء كمحتوى حارق</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>إزالة %1</translation>
    </message>
</context>
<context>
    <name>AttachmentStrip</name>
    <message>
        <source>Attached files</source>
        <translation>الملفات المرفقة</translation>
    </message>
</context>
<context>
    <name>AuditSection</name>
    <message>
        <source>Audit log</source>
        <translation>سجل التدقيق</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1: %2: %3</source>
        <translation>%1: %2: %3</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>عرض المزيد</translation>
    </message>
    <message>
        <source>Nothing happened yet</source>
        <translation>لم يحدث شيء بعد</translation>
    </message>
</context>
<context>
    <name>Avatar</name>
    <message>
        <source>%1, %2</source>
        <translation>%1، %2</translation>
    </message>
</context>
<context>
    <name>Badge</name>
    <message>
        <source>Unread</source>
        <translation>غير مقروء</translation>
    </message>
    <message numerus="yes">
        <source>%n mention(s)</source>
        <translation>
            <numerusform>لا إشارات</numerusform>
            <numerusform>إشارة واحدة</numerusform>
            <numerusform>إشارتان</numerusform>
            <numerusform>%n إشارات</numerusform>
            <numerusform>%n إشارة</numerusform>
            <numerusform>%n إشارة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unread</source>
        <translation>
            <numerusform>لا شيء غير مقروء</numerusform>
            <numerusform>رسالة غير مقروءة</numerusform>
            <numerusform>رسالتان غير مقروءتين</numerusform>
            <numerusform>%n رسائل غير مقروءة</numerusform>
            <numerusform>%n رسالة غير مقروءة</numerusform>
            <numerusform>%n رسالة غير مقروءة</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Dismiss</source>
        <translation>تجاهل</translation>
    </message>
</context>
<context>
    <name>BansSection</name>
    <message>
        <source>Bans</source>
        <translation>المحظورون</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Unban</source>
        <translation>إلغاء الحظر</translation>
    </message>
    <message>
        <source>Unban %1</source>
        <translation>إلغاء حظر %1</translation>
    </message>
    <message>
        <source>Nobody is banned</source>
        <translation>لا أحد محظور</translation>
    </message>
    <message>
        <source>Nobody found</source>
        <translation>لم يُعثر على أحد</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>عرض المزيد</translation>
    </message>
    <message>
        <source>Ban somebody who is not here</source>
        <translation>حظر شخص ليس هنا</translation>
    </message>
    <message>
        <source>Their id</source>
        <translation>معرّفه</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>السبب</translation>
    </message>
    <message>
        <source>Ban</source>
        <translation>حظر</translation>
    </message>
    <message>
        <source>This is no id.</source>
        <translation>هذا ليس معرّفًا.</translation>
    </message>
    <message>
        <source>Unban %1?</source>
        <translation>إلغاء حظر %1؟</translation>
    </message>
    <message>
        <source>They may come back by an invite.</source>
        <translation>يمكنه العودة بدعوة.</translation>
    </message>
    <message>
        <source>Ban %1?</source>
        <translation>حظر %1؟</translation>
    </message>
    <message>
        <source>Whoever has this id cannot join, and leaves at once if they are here.</source>
        <translation>لا يستطيع صاحب هذا المعرّف الانضمام، ويخرج فورًا إن كان هنا.</translation>
    </message>
</context>
<context>
    <name>ChannelCreateContent</name>
    <message>
        <source>Name</source>
        <translation>الاسم</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>النوع</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>نص</translation>
    </message>
    <message>
        <source>Voice</source>
        <translation>صوت</translation>
    </message>
    <message>
        <source>Announcements</source>
        <translation>إعلانات</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>فئة</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>إنشاء</translation>
    </message>
</context>
<context>
    <name>ChannelCreateDialog</name>
    <message>
        <source>New channel</source>
        <translation>قناة جديدة</translation>
    </message>
</context>
<context>
    <name>ChannelCreatePage</name>
    <message>
        <source>New channel</source>
        <translation>قناة جديدة</translation>
    </message>
</context>
<context>
    <name>ChannelHeader</name>
    <message>
        <source>Guilds and channels</source>
        <translation>النقابات والقنوات</translation>
    </message>
    <message>
        <source>Go to a date</source>
        <translation>الانتقال إلى تاريخ</translation>
    </message>
    <message>
        <source>Pinned messages</source>
        <translation>الرسائل المثبتة</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>بحث</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>الأعضاء</translation>
    </message>
    <message>
        <source>More about this channel</source>
        <translation>المزيد عن هذه القناة</translation>
    </message>
</context>
<context>
    <name>ChannelOverviewSection</name>
    <message>
        <source>Overview</source>
        <translation>نظرة عامة</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>الاسم</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>الموضوع</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>فئة</translation>
    </message>
    <message>
        <source>Slow mode: how long everybody waits between two messages</source>
        <translation>الوضع البطيء: مدة انتظار الجميع بين رسالتين</translation>
    </message>
    <message>
        <source>For adults</source>
        <translation>للبالغين</translation>
    </message>
    <message>
        <source>People are asked before they see the channel.</source>
        <translation>يُسأل الناس قبل أن يروا القناة.</translation>
    </message>
    <message>
        <source>Delete category</source>
        <translation>حذف الفئة</translation>
    </message>
    <message>
        <source>Delete channel</source>
        <translation>حذف القناة</translation>
    </message>
    <message>
        <source>Delete %1?</source>
        <translation>حذف %1؟</translation>
    </message>
    <message>
        <source>Its channels stay, without a category.</source>
        <translation>تبقى قنواتها بلا فئة.</translation>
    </message>
    <message>
        <source>All of its messages are gone for everybody.</source>
        <translation>ستختفي كل رسائلها لدى الجميع.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>حذف</translation>
    </message>
</context>
<context>
    <name>ChannelPermissionsSection</name>
    <message>
        <source>Permissions</source>
        <translation>الصلاحيات</translation>
    </message>
    <message>
        <source>A channel can say otherwise than the roles. What it says of a person beats what it says of a role, and that beats what it says of everybody.</source>
        <translation>قد تخالف القناة ما تقوله الأدوار. ما تقوله عن شخص يغلب ما تقوله عن دور، وهذا يغلب ما تقوله عن الجميع.</translation>
    </message>
    <message>
        <source>The same as the category %1.</source>
        <translation>مثل الفئة %1.</translation>
    </message>
    <message>
        <source>Differs from the category %1.</source>
        <translation>تختلف عن الفئة %1.</translation>
    </message>
    <message>
        <source>Sync now</source>
        <translation>مزامنة الآن</translation>
    </message>
    <message>
        <source>Roles and members</source>
        <translation>الأدوار والأعضاء</translation>
    </message>
    <message>
        <source>Add a role or member</source>
        <translation>إضافة دور أو عضو</translation>
    </message>
    <message>
        <source>Search permissions</source>
        <translation>البحث في الصلاحيات</translation>
    </message>
    <message>
        <source>What %1 may do here</source>
        <translation>ما يُسمح به لـ %1 هنا</translation>
    </message>
</context>
<context>
    <name>ChannelRow</name>
    <message>
        <source>Category %1</source>
        <translation>الفئة %1</translation>
    </message>
    <message numerus="yes">
        <source>%n mention(s)</source>
        <translation>
            <numerusform>لا إشارات</numerusform>
            <numerusform>إشارة واحدة</numerusform>
            <numerusform>إشارتان</numerusform>
            <numerusform>%n إشارات</numerusform>
            <numerusform>%n إشارة</numerusform>
            <numerusform>%n إشارة</numerusform>
        </translation>
    </message>
    <message>
        <source>unread</source>
        <translation>غير مقروء</translation>
    </message>
    <message>
        <source>muted</source>
        <translation>مكتوم</translation>
    </message>
    <message>
        <source>Category %1, closed</source>
        <translation>الفئة %1، مغلقة</translation>
    </message>
    <message>
        <source>%1, voice channel</source>
        <translation>%1، قناة صوتية</translation>
    </message>
</context>
<context>
    <name>ChannelSettingsContent</name>
    <message>
        <source>Overview</source>
        <translation>نظرة عامة</translation>
    </message>
    <message>
        <source>Permissions</source>
        <translation>الصلاحيات</translation>
    </message>
    <message>
        <source>Invites</source>
        <translation>الدعوات</translation>
    </message>
</context>
<context>
    <name>ChannelSettingsDialog</name>
    <message>
        <source>Channel settings</source>
        <translation>إعدادات القناة</translation>
    </message>
</context>
<context>
    <name>ChannelTree</name>
    <message>
        <source>Direct messages</source>
        <translation>الرسائل الخاصة</translation>
    </message>
    <message>
        <source>Cannot be reached</source>
        <translation>يتعذر الوصول إليها</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>القنوات</translation>
    </message>
    <message>
        <source>No channels that you can see</source>
        <translation>لا قنوات يمكنك رؤيتها</translation>
    </message>
    <message>
        <source>Mark as read</source>
        <translation>تعليم كمقروء</translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation>نسخ الرابط</translation>
    </message>
    <message>
        <source>Create a channel here</source>
        <translation>إنشاء قناة هنا</translation>
    </message>
    <message>
        <source>Settings and permissions</source>
        <translation>الإعدادات والصلاحيات</translation>
    </message>
    <message>
        <source>Invite people</source>
        <translation>دعوة أشخاص</translation>
    </message>
    <message>
        <source>Guild settings</source>
        <translation>إعدادات النقابة</translation>
    </message>
    <message>
        <source>Create a channel</source>
        <translation>إنشاء قناة</translation>
    </message>
    <message>
        <source>View as a role</source>
        <translation>العرض بحسب دور</translation>
    </message>
    <message>
        <source>Why can&apos;t I…?</source>
        <translation>لماذا لا أستطيع…؟</translation>
    </message>
    <message>
        <source>Where this guild lives</source>
        <translation>أين تقيم هذه النقابة</translation>
    </message>
    <message>
        <source>Leave the guild</source>
        <translation>مغادرة النقابة</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>الإشعارات</translation>
    </message>
</context>
<context>
    <name>ChannelView</name>
    <message>
        <source>No connection to your node. What you see is what this device knows.</source>
        <translation>لا اتصال بعقدتك. ما تراه هو ما يعرفه هذا الجهاز.</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>المحاولة الآن</translation>
    </message>
    <message>
        <source>What does that mean?</source>
        <translation>ماذا يعني ذلك؟</translation>
    </message>
    <message>
        <source>No guild yet</source>
        <translation>لا نقابة بعد</translation>
    </message>
    <message>
        <source>Choose a channel</source>
        <translation>اختر قناة</translation>
    </message>
    <message numerus="yes">
        <source>Trying again in %n second(s).</source>
        <translation>
            <numerusform>محاولة جديدة الآن.</numerusform>
            <numerusform>محاولة جديدة بعد ثانية.</numerusform>
            <numerusform>محاولة جديدة بعد ثانيتين.</numerusform>
            <numerusform>محاولة جديدة بعد %n ثوانٍ.</numerusform>
            <numerusform>محاولة جديدة بعد %n ثانية.</numerusform>
            <numerusform>محاولة جديدة بعد %n ثانية.</numerusform>
        </translation>
    </message>
    <message>
        <source>Your session at %1 has ended. What you see is what this device knows.</source>
        <translation>انتهت جلستك في %1. ما تراه هو ما يعرفه هذا الجهاز.</translation>
    </message>
    <message>
        <source>Log in</source>
        <translation>تسجيل الدخول</translation>
    </message>
    <message>
        <source>Create one, or join one by an invite.</source>
        <translation>أنشئ واحدة أو انضم بدعوة عبر علامة الزائد على الجانب.</translation>
    </message>
    <message>
        <source>Create or join</source>
        <translation>إنشاء أو انضمام</translation>
    </message>
    <message>
        <source>This channel is for adults</source>
        <translation>هذه القناة للبالغين</translation>
    </message>
    <message>
        <source>Who runs the guild says that what is written here is not for everybody.</source>
        <translation>يقول مسؤولو النقابة إن ما يُكتب هنا ليس للجميع.</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>إظهارها</translation>
    </message>
</context>
<context>
    <name>ChannelsSection</name>
    <message>
        <source>Channels</source>
        <translation>القنوات</translation>
    </message>
    <message>
        <source>Drag a channel by its grip, or press Alt with up or down.</source>
        <translation>اسحب القناة من مقبضها، أو اضغط Alt مع السهم الأعلى أو الأسفل.</translation>
    </message>
    <message>
        <source>Create channel</source>
        <translation>إنشاء قناة</translation>
    </message>
    <message>
        <source>No channels yet</source>
        <translation>لا قنوات بعد</translation>
    </message>
</context>
<context>
    <name>CodeBlock</name>
    <message>
        <source>Hidden code</source>
        <translation>شيفرة مخفية</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>شيفرة</translation>
    </message>
    <message>
        <source>Code, %1</source>
        <translation>شيفرة، %1</translation>
    </message>
    <message>
        <source>Copy code</source>
        <translation>نسخ الشيفرة</translation>
    </message>
    <message>
        <source>Show spoiler</source>
        <translation>إظهار المحتوى الحارق</translation>
    </message>
</context>
<context>
    <name>ColorPickerField</name>
    <message>
        <source>No colour</source>
        <translation>بلا لون</translation>
    </message>
    <message>
        <source>Colour %1</source>
        <translation>اللون %1</translation>
    </message>
    <message>
        <source>%1, as six digits</source>
        <translation>%1، بستة أرقام</translation>
    </message>
</context>
<context>
    <name>CommandPanel</name>
    <message>
        <source>Command %1</source>
        <translation>الأمر %1</translation>
    </message>
    <message>
        <source>Leave the command</source>
        <translation>ترك الأمر</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
</context>
<context>
    <name>CommandStatus</name>
    <message>
        <source>Tab goes to the next field, Enter runs the command, Escape leaves it.</source>
        <translation>Tab للحقل التالي، وEnter لتنفيذ الأمر، وEscape لتركه.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>إعادة المحاولة</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>تنفيذ</translation>
    </message>
</context>
<context>
    <name>CommandText</name>
    <message>
        <source>Answer with yes or no.</source>
        <translation>أجب بنعم أو لا.</translation>
    </message>
    <message>
        <source>Choose one from the list.</source>
        <translation>اختر واحدًا من القائمة.</translation>
    </message>
    <message numerus="yes">
        <source>Too short: at least %n character(s).</source>
        <translation>
            <numerusform>قصير جدًا: %n حرف على الأقل.</numerusform>
            <numerusform>قصير جدًا: حرف واحد على الأقل.</numerusform>
            <numerusform>قصير جدًا: حرفان على الأقل.</numerusform>
            <numerusform>قصير جدًا: %n أحرف على الأقل.</numerusform>
            <numerusform>قصير جدًا: %n حرفًا على الأقل.</numerusform>
            <numerusform>قصير جدًا: %n حرف على الأقل.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Too long: at most %n character(s).</source>
        <translation>
            <numerusform>طويل جدًا: %n حرف على الأكثر.</numerusform>
            <numerusform>طويل جدًا: حرف واحد على الأكثر.</numerusform>
            <numerusform>طويل جدًا: حرفان على الأكثر.</numerusform>
            <numerusform>طويل جدًا: %n أحرف على الأكثر.</numerusform>
            <numerusform>طويل جدًا: %n حرفًا على الأكثر.</numerusform>
            <numerusform>طويل جدًا: %n حرف على الأكثر.</numerusform>
        </translation>
    </message>
    <message>
        <source>Write a whole number, such as 3.</source>
        <translation>اكتب عددًا صحيحًا، مثل 3.</translation>
    </message>
    <message>
        <source>Write a number, such as %1.</source>
        <translation>اكتب رقمًا، مثل %1.</translation>
    </message>
    <message>
        <source>From %1 to %2.</source>
        <translation>من %1 إلى %2.</translation>
    </message>
    <message>
        <source>At least %1.</source>
        <translation>%1 على الأقل.</translation>
    </message>
    <message>
        <source>At most %1.</source>
        <translation>%1 على الأكثر.</translation>
    </message>
    <message>
        <source>Choose one</source>
        <translation>اختر واحدًا</translation>
    </message>
    <message>
        <source>Whole number</source>
        <translation>عدد صحيح</translation>
    </message>
    <message>
        <source>Yes or no</source>
        <translation>نعم أو لا</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>شخص</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>القناة</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>دور</translation>
    </message>
    <message>
        <source>Person or role</source>
        <translation>شخص أو دور</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>رقم</translation>
    </message>
    <message>
        <source>File</source>
        <translation>ملف</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>نص</translation>
    </message>
    <message numerus="yes">
        <source>At least %n character(s).</source>
        <translation>
            <numerusform>%n حرف على الأقل.</numerusform>
            <numerusform>حرف واحد على الأقل.</numerusform>
            <numerusform>حرفان على الأقل.</numerusform>
            <numerusform>%n أحرف على الأقل.</numerusform>
            <numerusform>%n حرفًا على الأقل.</numerusform>
            <numerusform>%n حرف على الأقل.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>At most %n character(s).</source>
        <translation>
            <numerusform>%n حرف على الأكثر.</numerusform>
            <numerusform>حرف واحد على الأكثر.</numerusform>
            <numerusform>حرفان على الأكثر.</numerusform>
            <numerusform>%n أحرف على الأكثر.</numerusform>
            <numerusform>%n حرفًا على الأكثر.</numerusform>
            <numerusform>%n حرف على الأكثر.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody here is called that. Choose from the list.</source>
        <translation>لا أحد هنا بهذا الاسم. اختر من القائمة.</translation>
    </message>
    <message>
        <source>No channel of that name fits. Choose from the list.</source>
        <translation>لا توجد قناة مناسبة بهذا الاسم. اختر من القائمة.</translation>
    </message>
    <message>
        <source>No role is called that. Choose from the list.</source>
        <translation>لا يوجد دور بهذا الاسم. اختر من القائمة.</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>نعم</translation>
    </message>
    <message>
        <source>no</source>
        <translation>لا</translation>
    </message>
</context>
<context>
    <name>CompletionPopup</name>
    <message numerus="yes">
        <source>%n suggestion(s), chosen: %1</source>
        <translation>
            <numerusform>لا اقتراحات، المختار: %1</numerusform>
            <numerusform>اقتراح واحد، المختار: %1</numerusform>
            <numerusform>اقتراحان، المختار: %1</numerusform>
            <numerusform>%n اقتراحات، المختار: %1</numerusform>
            <numerusform>%n اقتراحًا، المختار: %1</numerusform>
            <numerusform>%n اقتراح، المختار: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Attach files</source>
        <translation>إرفاق ملفات</translation>
    </message>
</context>
<context>
    <name>ComposerBar</name>
    <message>
        <source>Editing a message: Escape leaves it as it was</source>
        <translation>تعديل رسالة: مفتاح Escape يتركها كما كانت</translation>
    </message>
    <message>
        <source>Reply to %1: %2</source>
        <translation>رد على %1: %2</translation>
    </message>
    <message>
        <source>Notify the author</source>
        <translation>إشعار الكاتب</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
</context>
<context>
    <name>ComposerBox</name>
    <message>
        <source>Attach files</source>
        <translation>إرفاق ملفات</translation>
    </message>
    <message>
        <source>You cannot write here</source>
        <translation>لا يمكنك الكتابة هنا</translation>
    </message>
    <message>
        <source>Message %1</source>
        <translation>رسالة إلى %1</translation>
    </message>
    <message>
        <source>Emoji</source>
        <translation>رمز</translation>
    </message>
    <message>
        <source>Save the change</source>
        <translation>حفظ التغيير</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>إرسال</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
</context>
<context>
    <name>ComposerHints</name>
    <message numerus="yes">
        <source>%n character(s) too long</source>
        <translation>
            <numerusform>ليست أطول من اللازم</numerusform>
            <numerusform>أطول بحرف واحد</numerusform>
            <numerusform>أطول بحرفين</numerusform>
            <numerusform>أطول بـ %n أحرف</numerusform>
            <numerusform>أطول بـ %n حرفًا</numerusform>
            <numerusform>أطول بـ %n حرف</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n character(s) left</source>
        <translation>
            <numerusform>لم يبقَ أي حرف</numerusform>
            <numerusform>بقي حرف واحد</numerusform>
            <numerusform>بقي حرفان</numerusform>
            <numerusform>بقيت %n أحرف</numerusform>
            <numerusform>بقي %n حرفًا</numerusform>
            <numerusform>بقي %n حرف</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Slow mode: %n second(s) to wait</source>
        <translation>
            <numerusform>الوضع البطيء: لا انتظار</numerusform>
            <numerusform>الوضع البطيء: انتظر ثانية واحدة</numerusform>
            <numerusform>الوضع البطيء: انتظر ثانيتين</numerusform>
            <numerusform>الوضع البطيء: انتظر %n ثوانٍ</numerusform>
            <numerusform>الوضع البطيء: انتظر %n ثانية</numerusform>
            <numerusform>الوضع البطيء: انتظر %n ثانية</numerusform>
        </translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>لماذا؟</translation>
    </message>
</context>
<context>
    <name>ContentPopup</name>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
</context>
<context>
    <name>CropBox</name>
    <message>
        <source>Picture. The arrow keys move it, plus and minus zoom.</source>
        <translation>صورة. تحركها مفاتيح الأسهم، وتكبّرها وتصغّرها علامتا الزائد والناقص.</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>تكبير</translation>
    </message>
</context>
<context>
    <name>DateDialog</name>
    <message>
        <source>Go to a date</source>
        <translation>الانتقال إلى تاريخ</translation>
    </message>
    <message>
        <source>Go</source>
        <translation>انتقال</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>التاريخ</translation>
    </message>
    <message>
        <source>Such as %1, or year, month, day: 2026-01-31</source>
        <translation>مثل %1، أو السنة والشهر واليوم: 2026-01-31</translation>
    </message>
    <message>
        <source>That is no date.</source>
        <translation>هذا ليس تاريخًا.</translation>
    </message>
</context>
<context>
    <name>DropZone</name>
    <message>
        <source>Drop files here to attach them</source>
        <translation>أفلت الملفات هنا لإرفاقها</translation>
    </message>
</context>
<context>
    <name>EdgeRow</name>
    <message>
        <source>Messages could not be loaded.</source>
        <translation>تعذر تحميل الرسائل.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>إعادة المحاولة</translation>
    </message>
    <message>
        <source>This is the start of %1.</source>
        <translation>هذه بداية %1.</translation>
    </message>
</context>
<context>
    <name>EditMenu</name>
    <message>
        <source>Cut</source>
        <translation>قص</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>نسخ</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>لصق</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>تحديد الكل</translation>
    </message>
</context>
<context>
    <name>EmbedCard</name>
    <message>
        <source>Embed: %1</source>
        <translation>تضمين: %1</translation>
    </message>
    <message>
        <source>Embed</source>
        <translation>تضمين</translation>
    </message>
</context>
<context>
    <name>EmojiPicker</name>
    <message>
        <source>Choose an emoji</source>
        <translation>اختيار رمز</translation>
    </message>
    <message>
        <source>Search emoji</source>
        <translation>البحث عن رمز</translation>
    </message>
    <message>
        <source>Skin tone %1</source>
        <translation>لون البشرة %1</translation>
    </message>
    <message>
        <source>Emoji</source>
        <translation>رمز</translation>
    </message>
</context>
<context>
    <name>EmojiTabs</name>
    <message>
        <source>Used last</source>
        <translation>المستخدمة مؤخرًا</translation>
    </message>
    <message>
        <source>Of this guild</source>
        <translation>رموز هذه النقابة</translation>
    </message>
    <message>
        <source>Smileys and emotion</source>
        <translation>وجوه ومشاعر</translation>
    </message>
    <message>
        <source>People and body</source>
        <translation>أشخاص وجسم</translation>
    </message>
    <message>
        <source>Animals and nature</source>
        <translation>حيوانات وطبيعة</translation>
    </message>
    <message>
        <source>Food and drink</source>
        <translation>طعام وشراب</translation>
    </message>
    <message>
        <source>Travel and places</source>
        <translation>سفر وأماكن</translation>
    </message>
    <message>
        <source>Activities</source>
        <translation>أنشطة</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>أشياء</translation>
    </message>
    <message>
        <source>Symbols</source>
        <translation>رموز</translation>
    </message>
    <message>
        <source>Flags</source>
        <translation>أعلام</translation>
    </message>
    <message>
        <source>Groups of emoji</source>
        <translation>مجموعات الرموز التعبيرية</translation>
    </message>
</context>
<context>
    <name>EmojisSection</name>
    <message>
        <source>Emojis</source>
        <translation>الرموز</translation>
    </message>
    <message>
        <source>Upload emoji</source>
        <translation>رفع رمز</translation>
    </message>
    <message>
        <source>Name of the emoji %1</source>
        <translation>اسم الرمز %1</translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation>حذف %1</translation>
    </message>
    <message>
        <source>No emojis yet</source>
        <translation>لا رموز بعد</translation>
    </message>
    <message>
        <source>Delete :%1:?</source>
        <translation>حذف :%1:؟</translation>
    </message>
    <message>
        <source>Messages that use it show its name instead. This cannot be taken back.</source>
        <translation>تعرض الرسائل التي تستخدمه اسمه بدلًا منه. لا يمكن التراجع عن هذا.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>حذف</translation>
    </message>
</context>
<context>
    <name>ExplainContent</name>
    <message>
        <source>%1 in %2</source>
        <translation>%1 في %2</translation>
    </message>
    <message>
        <source>Search permissions</source>
        <translation>البحث في الصلاحيات</translation>
    </message>
</context>
<context>
    <name>ExplainDialog</name>
    <message>
        <source>Why can’t I?</source>
        <translation>لماذا لا أستطيع؟</translation>
    </message>
</context>
<context>
    <name>ExplainPage</name>
    <message>
        <source>Why can’t I?</source>
        <translation>لماذا لا أستطيع؟</translation>
    </message>
</context>
<context>
    <name>FileCard</name>
    <message>
        <source>File %1, %2</source>
        <translation>ملف %1، %2</translation>
    </message>
    <message>
        <source>Save %1</source>
        <translation>حفظ %1</translation>
    </message>
</context>
<context>
    <name>FileMenu</name>
    <message>
        <source>Save as…</source>
        <translation>حفظ باسم…</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>نسخ الصورة</translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation>نسخ الرابط</translation>
    </message>
    <message>
        <source>Open in the browser</source>
        <translation>فتح في المتصفح</translation>
    </message>
</context>
<context>
    <name>FileSaving</name>
    <message>
        <source>Save this file?</source>
        <translation>حفظ هذا الملف؟</translation>
    </message>
</context>
<context>
    <name>FolderEditor</name>
    <message>
        <source>Folder</source>
        <translation>مجلد</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>حفظ</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>الاسم</translation>
    </message>
    <message>
        <source>No colour</source>
        <translation>بلا لون</translation>
    </message>
    <message>
        <source>Colour %1</source>
        <translation>اللون %1</translation>
    </message>
</context>
<context>
    <name>FoundRow</name>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>لا ملفات</numerusform>
            <numerusform>ملف واحد</numerusform>
            <numerusform>ملفان</numerusform>
            <numerusform>%n ملفات</numerusform>
            <numerusform>%n ملفًا</numerusform>
            <numerusform>%n ملف</numerusform>
        </translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>إلغاء التثبيت</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
</context>
<context>
    <name>GuildCreateContent</name>
    <message>
        <source>New guild</source>
        <translation>نقابة جديدة</translation>
    </message>
    <message>
        <source>Join with an invite</source>
        <translation>الانضمام بدعوة</translation>
    </message>
</context>
<context>
    <name>GuildCreateDialog</name>
    <message>
        <source>A guild</source>
        <translation>نقابة</translation>
    </message>
</context>
<context>
    <name>GuildCreateNew</name>
    <message>
        <source>A guild is a place of your own with channels and roles. Your node hosts it.</source>
        <translation>النقابة مكان خاص بك فيه قنوات وأدوار، وتستضيفها عقدتك.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>الاسم</translation>
    </message>
    <message>
        <source>Guild</source>
        <translation>النقابة</translation>
    </message>
    <message>
        <source>Create guild</source>
        <translation>إنشاء نقابة</translation>
    </message>
</context>
<context>
    <name>GuildCreatePage</name>
    <message>
        <source>A guild</source>
        <translation>نقابة</translation>
    </message>
</context>
<context>
    <name>GuildJoin</name>
    <message>
        <source>Invite</source>
        <translation>دعوة</translation>
    </message>
    <message>
        <source>A link, a code, or code@node for a guild of another node.</source>
        <translation>رابط أو رمز، أو code@node لنقابة في عقدة أخرى.</translation>
    </message>
    <message numerus="yes">
        <source>%n member(s)</source>
        <translation>
            <numerusform>لا أعضاء</numerusform>
            <numerusform>عضو واحد</numerusform>
            <numerusform>عضوان</numerusform>
            <numerusform>%n أعضاء</numerusform>
            <numerusform>%n عضوًا</numerusform>
            <numerusform>%n عضو</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, at %2</source>
        <translation>%1، في %2</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>معاينة</translation>
    </message>
    <message>
        <source>Join guild</source>
        <translation>الانضمام إلى النقابة</translation>
    </message>
</context>
<context>
    <name>GuildSettingsContent</name>
    <message>
        <source>Overview</source>
        <translation>نظرة عامة</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>القنوات</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>الأدوار</translation>
    </message>
    <message>
        <source>Invites</source>
        <translation>الدعوات</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>الأعضاء</translation>
    </message>
    <message>
        <source>Bans</source>
        <translation>المحظورون</translation>
    </message>
    <message>
        <source>Emojis</source>
        <translation>الرموز</translation>
    </message>
    <message>
        <source>Audit log</source>
        <translation>سجل التدقيق</translation>
    </message>
    <message>
        <source>View as role</source>
        <translation>العرض بحسب دور</translation>
    </message>
    <message>
        <source>Why can’t I?</source>
        <translation>لماذا لا أستطيع؟</translation>
    </message>
</context>
<context>
    <name>GuildSettingsDialog</name>
    <message>
        <source>Guild settings</source>
        <translation>إعدادات النقابة</translation>
    </message>
</context>
<context>
    <name>GuildTile</name>
    <message>
        <source>Folder</source>
        <translation>مجلد</translation>
    </message>
    <message>
        <source>cannot be reached</source>
        <translation>يتعذر الوصول إليها</translation>
    </message>
    <message numerus="yes">
        <source>%n mention(s)</source>
        <translation>
            <numerusform>لا إشارات</numerusform>
            <numerusform>إشارة واحدة</numerusform>
            <numerusform>إشارتان</numerusform>
            <numerusform>%n إشارات</numerusform>
            <numerusform>%n إشارة</numerusform>
            <numerusform>%n إشارة</numerusform>
        </translation>
    </message>
    <message>
        <source>unread</source>
        <translation>غير مقروء</translation>
    </message>
    <message>
        <source>open folder</source>
        <translation>مجلد مفتوح</translation>
    </message>
    <message>
        <source>closed folder</source>
        <translation>مجلد مغلق</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1، %2</translation>
    </message>
</context>
<context>
    <name>Hosting</name>
    <message>
        <source>an unknown node</source>
        <translation>عقدة مجهولة</translation>
    </message>
    <message>
        <source>node %1</source>
        <translation>العقدة %1</translation>
    </message>
    <message>
        <source>your own node</source>
        <translation>عقدتك أنت</translation>
    </message>
    <message>
        <source>reachable now</source>
        <translation>يمكن الوصول إليها الآن</translation>
    </message>
    <message>
        <source>not reachable</source>
        <translation>يتعذر الوصول إليها</translation>
    </message>
    <message>
        <source>not reachable since %1</source>
        <translation>يتعذر الوصول إليها منذ %1</translation>
    </message>
    <message>
        <source>Stopped: its record contradicts itself</source>
        <translation>متوقفة: سجلها يناقض نفسه</translation>
    </message>
    <message>
        <source>Read-only: its home is away</source>
        <translation>للقراءة فقط: موطنها غائب</translation>
    </message>
    <message>
        <source>This guild is stopped on your node: %1 You can read what was there before.</source>
        <translation>هذه النقابة متوقفة على عقدتك: %1 يمكنك قراءة ما كان من قبل.</translation>
    </message>
    <message>
        <source> since %1</source>
        <translation> منذ %1</translation>
    </message>
    <message>
        <source>Read-only: %1, where this guild lives, cannot be reached%2. You can read everything; what you write waits here and is sent when it is back.</source>
        <translation>للقراءة فقط: يتعذر الوصول إلى %1 حيث تقيم هذه النقابة%2. يمكنك قراءة كل شيء، وما تكتبه ينتظر هنا ويُرسل عند عودتها.</translation>
    </message>
    <message>
        <source>the node that hosts it told different members different histories.</source>
        <translation>العقدة المضيفة روت لأعضاء مختلفين تواريخ مختلفة.</translation>
    </message>
    <message>
        <source>the node that hosts it changed what had happened before.</source>
        <translation>العقدة المضيفة غيّرت ما حدث من قبل.</translation>
    </message>
    <message>
        <source>the node that hosts it left out what it had confirmed.</source>
        <translation>العقدة المضيفة أغفلت ما كانت قد أكدته.</translation>
    </message>
    <message>
        <source>the node that hosts it put words into somebody&apos;s mouth.</source>
        <translation>العقدة المضيفة نسبت إلى أحدهم كلامًا لم يقله.</translation>
    </message>
    <message>
        <source>what the node that hosts it says does not fit together.</source>
        <translation>ما تقوله العقدة المضيفة لا يتسق.</translation>
    </message>
    <message>
        <source>at once</source>
        <translation>فورًا</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation>%1 و%2</translation>
    </message>
    <message>
        <source>1 hour</source>
        <translation>ساعة واحدة</translation>
    </message>
    <message numerus="yes">
        <source>%n hours</source>
        <translation>
            <numerusform>بلا ساعات</numerusform>
            <numerusform>ساعة واحدة</numerusform>
            <numerusform>ساعتان</numerusform>
            <numerusform>%n ساعات</numerusform>
            <numerusform>%n ساعة</numerusform>
            <numerusform>%n ساعة</numerusform>
        </translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>يوم واحد</translation>
    </message>
    <message numerus="yes">
        <source>%n days</source>
        <translation>
            <numerusform>بلا أيام</numerusform>
            <numerusform>يوم واحد</numerusform>
            <numerusform>يومان</numerusform>
            <numerusform>%n أيام</numerusform>
            <numerusform>%n يومًا</numerusform>
            <numerusform>%n يوم</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HostingContent</name>
    <message>
        <source>Your node cannot say at the moment where this guild lives.</source>
        <translation>لا تستطيع عقدتك الآن أن تقول أين تقيم هذه النقابة.</translation>
    </message>
    <message>
        <source>Home of this guild</source>
        <translation>موطن هذه النقابة</translation>
    </message>
    <message>
        <source>This guild lives on your own node. People of other nodes reach it from theirs.</source>
        <translation>تقيم هذه النقابة على عقدتك أنت، ويصل إليها أهل العقد الأخرى من عقدهم.</translation>
    </message>
    <message>
        <source>This guild lives on another node. Your node keeps a copy and checks everything that it is told; while that node is away you can read, and what you write waits.</source>
        <translation>تقيم هذه النقابة على عقدة أخرى. تحتفظ عقدتك بنسخة وتتحقق من كل ما يقال لها؛ وإذا غابت تلك العقدة يمكنك القراءة، وينتظر ما تكتبه.</translation>
    </message>
    <message>
        <source>History</source>
        <translation>السجل</translation>
    </message>
    <message>
        <source>If its home is gone for good</source>
        <translation>إذا غاب موطنها نهائيًا</translation>
    </message>
    <message>
        <source>Nobody may take this guild over: it would end with its home.</source>
        <translation>لا يحق لأحد تولي هذه النقابة: ستنتهي مع موطنها.</translation>
    </message>
    <message>
        <source>Move it now</source>
        <translation>نقلها الآن</translation>
    </message>
    <message>
        <source>Hand over to %1</source>
        <translation>تسليم إلى %1</translation>
    </message>
    <message>
        <source>Take a planned move back</source>
        <translation>التراجع عن نقل مخطط</translation>
    </message>
    <message>
        <source>Hand the guild over to %1?</source>
        <translation>تسليم النقابة إلى %1؟</translation>
    </message>
    <message>
        <source>From then on that node decides what is kept, and its operator could end the guild. Members notice nothing.</source>
        <translation>من حينها تقرر تلك العقدة ما يبقى، ويستطيع مشغّلها إنهاء النقابة. لن يلاحظ الأعضاء شيئًا.</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>تسليم</translation>
    </message>
    <message>
        <source>One of these nodes may take the guild over once its home was away for %1. Its members follow by themselves.</source>
        <translation>يحق لإحدى هذه العقد تولي النقابة بعد غياب موطنها %1. يتبعها أعضاؤها تلقائيًا.</translation>
    </message>
    <message numerus="yes">
        <source>%n of these nodes must agree to take the guild over once its home was away for %1. Its members follow by themselves.</source>
        <translation>
            <numerusform>لا تلزم موافقة أي من هذه العقد لتولي النقابة بعد %1 ساعة. يتبعها أعضاؤها تلقائيًا.</numerusform>
            <numerusform>يجب أن توافق عقدة واحدة من هذه على تولي النقابة بعد %1 ساعة. يتبعها أعضاؤها تلقائيًا.</numerusform>
            <numerusform>يجب أن توافق عقدتان من هذه على تولي النقابة بعد %1 ساعة. يتبعها أعضاؤها تلقائيًا.</numerusform>
            <numerusform>يجب أن توافق %n من هذه العقد على تولي النقابة بعد %1 ساعة. يتبعها أعضاؤها تلقائيًا.</numerusform>
            <numerusform>يجب أن توافق %n من هذه العقد على تولي النقابة بعد %1 ساعة. يتبعها أعضاؤها تلقائيًا.</numerusform>
            <numerusform>يجب أن توافق %n من هذه العقد على تولي النقابة بعد %1 ساعة. يتبعها أعضاؤها تلقائيًا.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HostingDialog</name>
    <message>
        <source>Where this guild lives</source>
        <translation>أين تقيم هذه النقابة</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
</context>
<context>
    <name>HostingPage</name>
    <message>
        <source>Where this guild lives</source>
        <translation>أين تقيم هذه النقابة</translation>
    </message>
</context>
<context>
    <name>IconEditor</name>
    <message>
        <source>Choose picture</source>
        <translation>اختيار صورة</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>لصق</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>إزالة</translation>
    </message>
    <message>
        <source>There is no picture in the clipboard.</source>
        <translation>لا صورة في الحافظة.</translation>
    </message>
    <message>
        <source>Cut to a square</source>
        <translation>قص إلى مربع</translation>
    </message>
    <message>
        <source>Use picture</source>
        <translation>استخدام الصورة</translation>
    </message>
</context>
<context>
    <name>ImageViewer</name>
    <message>
        <source>Picture %1 of %2</source>
        <translation>الصورة %1 من %2</translation>
    </message>
</context>
<context>
    <name>InviteDialog</name>
    <message>
        <source>Invite people</source>
        <translation>دعوة أشخاص</translation>
    </message>
</context>
<context>
    <name>InviteMaker</name>
    <message>
        <source>Channel</source>
        <translation>القناة</translation>
    </message>
    <message>
        <source>Ends after</source>
        <translation>تنتهي بعد</translation>
    </message>
    <message>
        <source>How many may use it</source>
        <translation>كم شخصًا يمكنه استخدامها</translation>
    </message>
    <message>
        <source>For guests</source>
        <translation>للضيوف</translation>
    </message>
    <message>
        <source>Who comes by it and is given no role leaves again when they disconnect.</source>
        <translation>من يأتي عبرها ولا يُمنح دورًا يغادر عند انقطاع اتصاله.</translation>
    </message>
    <message>
        <source>Create invite</source>
        <translation>إنشاء دعوة</translation>
    </message>
</context>
<context>
    <name>InvitePage</name>
    <message>
        <source>Invite people</source>
        <translation>دعوة أشخاص</translation>
    </message>
</context>
<context>
    <name>InviteTexts</name>
    <message>
        <source>For people of your node</source>
        <translation>لأهل عقدتك</translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation>نسخ الرابط</translation>
    </message>
    <message>
        <source>For people of any node</source>
        <translation>لأهل أي عقدة</translation>
    </message>
    <message>
        <source>Copy invite</source>
        <translation>نسخ الدعوة</translation>
    </message>
</context>
<context>
    <name>InvitesSection</name>
    <message>
        <source>Invites</source>
        <translation>الدعوات</translation>
    </message>
    <message>
        <source>All invites</source>
        <translation>كل الدعوات</translation>
    </message>
    <message>
        <source>Who may manage the guild sees all invites here.</source>
        <translation>من يحق له إدارة النقابة يرى هنا كل الدعوات.</translation>
    </message>
    <message>
        <source>%1 · #%2</source>
        <translation>%1 · ‎#%2</translation>
    </message>
    <message>
        <source>by %1 · used: %2 · ends: %3</source>
        <translation>من %1 · استُخدمت: %2 · تنتهي: %3</translation>
    </message>
    <message>
        <source>Revoke %1</source>
        <translation>سحب %1</translation>
    </message>
    <message>
        <source>Copy link of %1</source>
        <translation>نسخ رابط %1</translation>
    </message>
    <message>
        <source>Copy %1</source>
        <translation>نسخ %1</translation>
    </message>
    <message>
        <source>There are none at present.</source>
        <translation>لا شيء حاليًا.</translation>
    </message>
    <message>
        <source>Revoke %1?</source>
        <translation>سحب %1؟</translation>
    </message>
    <message>
        <source>Whoever has this link can no longer join by it.</source>
        <translation>لن يستطيع من لديه هذا الرابط الانضمام به.</translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation>سحب</translation>
    </message>
</context>
<context>
    <name>LanguageSection</name>
    <message>
        <source>Language</source>
        <translation>اللغة</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>كالنظام</translation>
    </message>
</context>
<context>
    <name>LeaveDialog</name>
    <message>
        <source>Leave %1?</source>
        <translation>مغادرة %1؟</translation>
    </message>
    <message>
        <source>You will not see its channels any more. To come back you need an invite.</source>
        <translation>لن ترى قنواتها بعد ذلك. تحتاج إلى دعوة لتعود.</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>مغادرة</translation>
    </message>
</context>
<context>
    <name>LeaveQuestion</name>
    <message>
        <source>Leave without saving?</source>
        <translation>المغادرة دون حفظ؟</translation>
    </message>
    <message>
        <source>What you changed here is not saved yet.</source>
        <translation>ما غيّرته هنا لم يُحفظ بعد.</translation>
    </message>
    <message>
        <source>Discard changes</source>
        <translation>تجاهل التغييرات</translation>
    </message>
    <message>
        <source>Keep editing</source>
        <translation>متابعة التحرير</translation>
    </message>
</context>
<context>
    <name>LoginPage</name>
    <message>
        <source>Log in again</source>
        <translation>تسجيل الدخول مجددًا</translation>
    </message>
    <message>
        <source>Who are you?</source>
        <translation>من أنت؟</translation>
    </message>
    <message>
        <source>Welcome to Guildhall</source>
        <translation>مرحبًا بك في Guildhall</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>You are invited to %1. It opens when you are logged in.</source>
        <translation>أنت مدعو إلى %1. سيُفتح بعد تسجيل الدخول.</translation>
    </message>
    <message>
        <source>You have an invite. It opens when you are logged in.</source>
        <translation>لديك دعوة. ستُفتح بعد تسجيل الدخول.</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>Guildhall</source>
        <translation>Guildhall</translation>
    </message>
</context>
<context>
    <name>Markdown</name>
    <message>
        <source>unknown user</source>
        <translation>مستخدم مجهول</translation>
    </message>
    <message>
        <source>unknown role</source>
        <translation>دور مجهول</translation>
    </message>
    <message>
        <source>unknown channel</source>
        <translation>قناة مجهولة</translation>
    </message>
</context>
<context>
    <name>MemberActionsDialog</name>
    <message>
        <source>Member</source>
        <translation>عضو</translation>
    </message>
</context>
<context>
    <name>MemberActionsPage</name>
    <message>
        <source>Member</source>
        <translation>عضو</translation>
    </message>
</context>
<context>
    <name>MemberMeasure</name>
    <message>
        <source>Only the owner can hand the guild over, and not to themselves.</source>
        <translation>لا يسلّم النقابة إلا مالكها، وليس لنفسه.</translation>
    </message>
    <message>
        <source>In timeout until %1.</source>
        <translation>في مهلة حتى %1.</translation>
    </message>
    <message>
        <source>For how long they only read</source>
        <translation>مدة الاكتفاء بالقراءة</translation>
    </message>
    <message>
        <source>Delete what they wrote</source>
        <translation>حذف ما كتبوه</translation>
    </message>
    <message>
        <source>Reason, for the guild&apos;s records</source>
        <translation>السبب، لسجلات النقابة</translation>
    </message>
    <message>
        <source>%1 will own the guild. You keep your roles, and cannot take it back.</source>
        <translation>سيملك %1 النقابة. تحتفظ بأدوارك، ولا يمكنك التراجع.</translation>
    </message>
    <message>
        <source>End timeout</source>
        <translation>إنهاء المهلة</translation>
    </message>
    <message>
        <source>Put in timeout</source>
        <translation>وُضع في مهلة</translation>
    </message>
    <message>
        <source>Kick</source>
        <translation>طرد</translation>
    </message>
    <message>
        <source>Ban</source>
        <translation>حظر</translation>
    </message>
    <message>
        <source>Make owner</source>
        <translation>نقل الملكية إليه</translation>
    </message>
</context>
<context>
    <name>MemberRoles</name>
    <message>
        <source>Nickname</source>
        <translation>الاسم المستعار</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>الأدوار</translation>
    </message>
    <message>
        <source>This guild has no roles yet.</source>
        <translation>لا أدوار في هذه النقابة بعد.</translation>
    </message>
</context>
<context>
    <name>MemberRow</name>
    <message>
        <source>of %1</source>
        <translation>من %1</translation>
    </message>
    <message>
        <source>Bot</source>
        <translation>بوت</translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>ولا مزيد</numerusform>
            <numerusform>وواحد آخر</numerusform>
            <numerusform>واثنان آخران</numerusform>
            <numerusform>و%Ln آخرون</numerusform>
            <numerusform>و%Ln آخر</numerusform>
            <numerusform>و%Ln آخر</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 — %L2</source>
        <translation>%1 — %L2</translation>
    </message>
    <message>
        <source>online</source>
        <translation>متصل</translation>
    </message>
    <message>
        <source>away</source>
        <translation>بعيد</translation>
    </message>
    <message>
        <source>do not disturb</source>
        <translation>عدم الإزعاج</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>غير متصل</translation>
    </message>
    <message>
        <source>bot</source>
        <translation>بوت</translation>
    </message>
    <message>
        <source>owner</source>
        <translation>المالك</translation>
    </message>
    <message>
        <source>%1 (owner)</source>
        <translation>%1 (المالك)</translation>
    </message>
    <message>
        <source>%1 (you)</source>
        <translation>%1 (أنت)</translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>منذ %1</translation>
    </message>
    <message>
        <source>in timeout until %1</source>
        <translation>في مهلة حتى %1</translation>
    </message>
    <message>
        <source>More about %1</source>
        <translation>المزيد عن %1</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>الأدوار</translation>
    </message>
    <message>
        <source>Nickname</source>
        <translation>الاسم المستعار</translation>
    </message>
    <message>
        <source>Timeout</source>
        <translation>مهلة</translation>
    </message>
    <message>
        <source>Kick</source>
        <translation>طرد</translation>
    </message>
    <message>
        <source>Ban</source>
        <translation>حظر</translation>
    </message>
    <message>
        <source>Make owner</source>
        <translation>نقل الملكية إليه</translation>
    </message>
</context>
<context>
    <name>MembersPanel</name>
    <message>
        <source>Find a member</source>
        <translation>البحث عن عضو</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>الأعضاء</translation>
    </message>
    <message>
        <source>Nobody is known here yet</source>
        <translation>لا أحد معروف هنا بعد</translation>
    </message>
    <message>
        <source>Nobody has that name</source>
        <translation>لا أحد بهذا الاسم</translation>
    </message>
</context>
<context>
    <name>MembersSection</name>
    <message>
        <source>Members</source>
        <translation>الأعضاء</translation>
    </message>
    <message>
        <source>Name or id</source>
        <translation>الاسم أو المعرّف</translation>
    </message>
    <message>
        <source>With the role</source>
        <translation>مع الدور</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>الترتيب</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>حسب الاسم</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>الأحدث أولًا</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>الأقدم أولًا</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 من %2</translation>
    </message>
</context>
<context>
    <name>MessageBody</name>
    <message>
        <source>(edited)</source>
        <translation>(معدّلة)</translation>
    </message>
</context>
<context>
    <name>MessageLinks</name>
    <message>
        <source>Open %1</source>
        <translation>فتح %1</translation>
    </message>
    <message>
        <source>Profile of %1</source>
        <translation>الملف الشخصي لـ %1</translation>
    </message>
    <message>
        <source>Go to %1</source>
        <translation>الذهاب إلى %1</translation>
    </message>
    <message>
        <source>Show the picture %1</source>
        <translation>عرض الصورة %1</translation>
    </message>
</context>
<context>
    <name>MessageList</name>
    <message>
        <source>Messages in %1</source>
        <translation>الرسائل في %1</translation>
    </message>
</context>
<context>
    <name>MessageMenu</name>
    <message>
        <source>Message</source>
        <translation>رسالة</translation>
    </message>
    <message>
        <source>Add a reaction</source>
        <translation>إضافة تفاعل</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>رد</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>تعديل</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>إعادة المحاولة</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>إلغاء التثبيت</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>تثبيت</translation>
    </message>
    <message>
        <source>Copy text</source>
        <translation>نسخ النص</translation>
    </message>
    <message>
        <source>Ctrl+C</source>
        <translation>Ctrl+C</translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation>نسخ الرابط</translation>
    </message>
    <message>
        <source>Copy ID</source>
        <translation>نسخ المعرّف</translation>
    </message>
    <message>
        <source>Mark unread from here</source>
        <translation>تعليم كغير مقروء من هنا</translation>
    </message>
    <message>
        <source>Do not send</source>
        <translation>عدم الإرسال</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>حذف</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Del</translation>
    </message>
    <message>
        <source>Save %1…</source>
        <translation>حفظ %1…</translation>
    </message>
    <message>
        <source>Ctrl+Shift+P</source>
        <translation>Ctrl+Shift+P</translation>
    </message>
</context>
<context>
    <name>MessageSkeleton</name>
    <message>
        <source>Loading messages</source>
        <translation>جارٍ تحميل الرسائل</translation>
    </message>
</context>
<context>
    <name>MessageToolbar</name>
    <message>
        <source>Actions for the message</source>
        <translation>إجراءات الرسالة</translation>
    </message>
    <message>
        <source>Add a reaction</source>
        <translation>إضافة تفاعل</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>رد</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>تعديل</translation>
    </message>
    <message>
        <source>More</source>
        <translation>المزيد</translation>
    </message>
</context>
<context>
    <name>ModalDialog</name>
    <message>
        <source>OK</source>
        <translation>موافق</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
</context>
<context>
    <name>NewBar</name>
    <message numerus="yes">
        <source>%n new message(s) since %1</source>
        <translation>
            <numerusform>لا رسائل جديدة منذ %1</numerusform>
            <numerusform>رسالة جديدة منذ %1</numerusform>
            <numerusform>رسالتان جديدتان منذ %1</numerusform>
            <numerusform>%n رسائل جديدة منذ %1</numerusform>
            <numerusform>%n رسالة جديدة منذ %1</numerusform>
            <numerusform>%n رسالة جديدة منذ %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Mark as read</source>
        <translation>تعليم كمقروء</translation>
    </message>
</context>
<context>
    <name>NodeBansSection</name>
    <message>
        <source>Nodes that are kept out</source>
        <translation>العقد المستبعدة</translation>
    </message>
    <message>
        <source>None. A node that is kept out takes all of its members with it, and gets nothing more of this guild.</source>
        <translation>لا شيء. العقدة المستبعدة يغادر معها جميع أعضائها، ولا يصلها شيء بعد ذلك من هذه النقابة.</translation>
    </message>
    <message>
        <source>Their members are gone, and they get nothing more of this guild.</source>
        <translation>غادر أعضاؤها، ولا يصلها شيء بعد ذلك من هذه النقابة.</translation>
    </message>
    <message>
        <source>Let in again</source>
        <translation>السماح مجددًا</translation>
    </message>
    <message>
        <source>Let %1 in again</source>
        <translation>السماح لـ %1 مجددًا</translation>
    </message>
    <message>
        <source>Keep a node out</source>
        <translation>استبعاد عقدة</translation>
    </message>
    <message>
        <source>Its name, such as other.example, or its fingerprint.</source>
        <translation>اسمها، مثل other.example، أو بصمتها.</translation>
    </message>
    <message>
        <source>Keep out</source>
        <translation>استبعاد</translation>
    </message>
    <message>
        <source>Keep %1 out?</source>
        <translation>استبعاد %1؟</translation>
    </message>
    <message>
        <source>All of its members leave this guild at once. They may come back by an invite when it is let in again.</source>
        <translation>يغادر جميع أعضائها هذه النقابة فورًا. يمكنهم العودة بدعوة عندما يُسمح لها مجددًا.</translation>
    </message>
</context>
<context>
    <name>NodeContent</name>
    <message>
        <source>Your account lives here: your node keeps your messages and speaks for you with every other node.</source>
        <translation>حسابك يقيم هنا: تحفظ عقدتك رسائلك وتتحدث باسمك مع كل عقدة أخرى.</translation>
    </message>
    <message>
        <source>This node&apos;s fingerprint is not the one of the node where you logged in. Ask whoever runs it.</source>
        <translation>بصمة هذه العقدة ليست بصمة العقدة التي سجلت الدخول فيها. اسأل مشغّلها.</translation>
    </message>
    <message>
        <source>, version %1</source>
        <translation>، الإصدار %1</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>البصمة</translation>
    </message>
    <message>
        <source>Copy the fingerprint</source>
        <translation>نسخ البصمة</translation>
    </message>
    <message>
        <source>Nodes it works with</source>
        <translation>العقد التي تعمل معها</translation>
    </message>
    <message>
        <source>This node works alone.</source>
        <translation>تعمل هذه العقدة وحدها.</translation>
    </message>
    <message>
        <source>None yet. Accept an invite such as CODE@another.node, or give one.</source>
        <translation>لا شيء بعد. اقبل دعوة مثل CODE@another.node أو امنح واحدة.</translation>
    </message>
    <message>
        <source>“Verified” means: that the name belongs to the node was proved. Messages are checked in any case.</source>
        <translation>«موثّق» يعني أن انتماء الاسم إلى العقدة ثبت. أما الرسائل فيُتحقق منها على أي حال.</translation>
    </message>
    <message numerus="yes">
        <source>in %n of your guilds</source>
        <translation>
            <numerusform>ليست في أي من نقاباتك</numerusform>
            <numerusform>في نقابة واحدة من نقاباتك</numerusform>
            <numerusform>في نقابتين من نقاباتك</numerusform>
            <numerusform>في %n من نقاباتك</numerusform>
            <numerusform>في %n من نقاباتك</numerusform>
            <numerusform>في %n من نقاباتك</numerusform>
        </translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>السؤال مجددًا</translation>
    </message>
</context>
<context>
    <name>NodeDialog</name>
    <message>
        <source>Your node</source>
        <translation>عقدتك</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
</context>
<context>
    <name>NodePage</name>
    <message>
        <source>Your node</source>
        <translation>عقدتك</translation>
    </message>
</context>
<context>
    <name>NodeRow</name>
    <message>
        <source>Verified</source>
        <translation>موثّق</translation>
    </message>
    <message>
        <source>Name not proved</source>
        <translation>الاسم غير مثبت</translation>
    </message>
    <message>
        <source>, </source>
        <translation>، </translation>
    </message>
</context>
<context>
    <name>NodeStep</name>
    <message>
        <source>Your account lives at a home node: your own, a friend&apos;s or your community&apos;s. From there you reach the guilds of every other node.</source>
        <translation>يقيم حسابك على عقدة أم: عقدتك أو عقدة صديق أو عقدة مجتمعك. ومنها تصل إلى نقابات كل عقدة أخرى.</translation>
    </message>
    <message>
        <source>Address of your home node</source>
        <translation>عنوان عقدتك الأم</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>متابعة</translation>
    </message>
    <message>
        <source>Found on this machine</source>
        <translation>وُجدت على هذا الجهاز</translation>
    </message>
</context>
<context>
    <name>NotificationsSection</name>
    <message>
        <source>Notifications</source>
        <translation>الإشعارات</translation>
    </message>
    <message>
        <source>Where nothing else is chosen</source>
        <translation>حيث لم يُختر غير ذلك</translation>
    </message>
    <message>
        <source>All messages</source>
        <translation>كل الرسائل</translation>
    </message>
    <message>
        <source>Only mentions</source>
        <translation>الإشارات فقط</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>لا شيء</translation>
    </message>
    <message>
        <source>With a sound</source>
        <translation>بصوت</translation>
    </message>
    <message>
        <source>All guilds</source>
        <translation>كل النقابات</translation>
    </message>
    <message>
        <source>By guild</source>
        <translation>حسب النقابة</translation>
    </message>
    <message>
        <source>By channel</source>
        <translation>حسب القناة</translation>
    </message>
    <message>
        <source>There is nothing to choose for yet</source>
        <translation>لا شيء لاختياره بعد</translation>
    </message>
</context>
<context>
    <name>NotifyMenu</name>
    <message>
        <source>Notifications</source>
        <translation>الإشعارات</translation>
    </message>
    <message>
        <source>Unmute (muted %1)</source>
        <translation>إلغاء الكتم (مكتوم %1)</translation>
    </message>
    <message>
        <source>Mute: %1</source>
        <translation>كتم: %1</translation>
    </message>
</context>
<context>
    <name>NotifyRow</name>
    <message>
        <source>Muted %1</source>
        <translation>كُتم %1</translation>
    </message>
    <message>
        <source>Notifications of %1</source>
        <translation>إشعارات %1</translation>
    </message>
    <message>
        <source>Mute %1</source>
        <translation>كتم %1</translation>
    </message>
    <message>
        <source>Unmute %1</source>
        <translation>إلغاء كتم %1</translation>
    </message>
</context>
<context>
    <name>OptionField</name>
    <message>
        <source>%1, optional</source>
        <translation>%1، اختياري</translation>
    </message>
    <message>
        <source>%1, needed: %2</source>
        <translation>%1، مطلوب: %2</translation>
    </message>
    <message>
        <source>%1, optional: %2</source>
        <translation>%1، اختياري: %2</translation>
    </message>
</context>
<context>
    <name>OptionFile</name>
    <message>
        <source>Choose a file</source>
        <translation>اختر ملفًا</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>إزالة %1</translation>
    </message>
</context>
<context>
    <name>Options</name>
    <message>
        <source>Guildhall: chat with the people of your node and of every other.</source>
        <translation>Guildhall: محادثة مع أهل عقدتك وكل عقدة أخرى.</translation>
    </message>
    <message>
        <source>The home node that the first page suggests.</source>
        <translation>العقدة الأم التي تقترحها الصفحة الأولى.</translation>
    </message>
    <message>
        <source>Where accounts and their caches are kept.</source>
        <translation>مكان حفظ الحسابات وذواكرها المؤقتة.</translation>
    </message>
    <message>
        <source>Keep tokens in a file that only you can read.</source>
        <translation>حفظ رموز الدخول في ملف لا يقرؤه غيرك.</translation>
    </message>
    <message>
        <source>A link to open.</source>
        <translation>رابط لفتحه.</translation>
    </message>
</context>
<context>
    <name>Overlays</name>
    <message>
        <source>Where it lives</source>
        <translation>أين تقيم</translation>
    </message>
</context>
<context>
    <name>OverviewSection</name>
    <message>
        <source>Overview</source>
        <translation>نظرة عامة</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>الاسم</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>الوصف</translation>
    </message>
    <message>
        <source>Where newcomers are greeted</source>
        <translation>أين يُرحَّب بالقادمين الجدد</translation>
    </message>
    <message>
        <source>Notifications, where members chose nothing else</source>
        <translation>الإشعارات، حيث لم يختر الأعضاء غير ذلك</translation>
    </message>
    <message>
        <source>All messages</source>
        <translation>كل الرسائل</translation>
    </message>
    <message>
        <source>Only mentions</source>
        <translation>الإشارات فقط</translation>
    </message>
    <message>
        <source>Whom to let write</source>
        <translation>من يُسمح له بالكتابة</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>الجميع</translation>
    </message>
    <message>
        <source>With a verified address</source>
        <translation>من لديه عنوان موثّق</translation>
    </message>
    <message>
        <source>Registered for 5 minutes</source>
        <translation>مسجل منذ 5 دقائق</translation>
    </message>
    <message>
        <source>A member for 10 minutes</source>
        <translation>عضو منذ 10 دقائق</translation>
    </message>
    <message>
        <source>With a verified phone</source>
        <translation>من لديه هاتف موثّق</translation>
    </message>
    <message>
        <source>Leave guild</source>
        <translation>مغادرة النقابة</translation>
    </message>
    <message>
        <source>Delete guild</source>
        <translation>حذف النقابة</translation>
    </message>
    <message>
        <source>Leave %1?</source>
        <translation>مغادرة %1؟</translation>
    </message>
    <message>
        <source>You can come back only with a new invite.</source>
        <translation>لا يمكنك العودة إلا بدعوة جديدة.</translation>
    </message>
    <message>
        <source>Delete %1?</source>
        <translation>حذف %1؟</translation>
    </message>
    <message>
        <source>All of its channels and messages are gone for everybody. This cannot be undone.</source>
        <translation>ستختفي كل قنواتها ورسائلها لدى الجميع. لا يمكن التراجع عن ذلك.</translation>
    </message>
</context>
<context>
    <name>OverwriteAdd</name>
    <message>
        <source>Role or member</source>
        <translation>دور أو عضو</translation>
    </message>
    <message>
        <source>Roles and members</source>
        <translation>الأدوار والأعضاء</translation>
    </message>
    <message>
        <source>Member</source>
        <translation>عضو</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>دور</translation>
    </message>
</context>
<context>
    <name>OverwriteTarget</name>
    <message>
        <source>Member</source>
        <translation>عضو</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>دور</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>إزالة %1</translation>
    </message>
</context>
<context>
    <name>PanelHeader</name>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
</context>
<context>
    <name>PasswordPart</name>
    <message>
        <source>Password</source>
        <translation>كلمة المرور</translation>
    </message>
    <message>
        <source>Your password is changed, and all other sessions have ended.</source>
        <translation>غُيّرت كلمة مرورك، وانتهت كل الجلسات الأخرى.</translation>
    </message>
    <message>
        <source>Present password</source>
        <translation>كلمة المرور الحالية</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>كلمة المرور الجديدة</translation>
    </message>
    <message>
        <source>New password again</source>
        <translation>كلمة المرور الجديدة مجددًا</translation>
    </message>
    <message>
        <source>Change password</source>
        <translation>تغيير كلمة المرور</translation>
    </message>
</context>
<context>
    <name>PendingLine</name>
    <message>
        <source>Waiting to be sent</source>
        <translation>بانتظار الإرسال</translation>
    </message>
    <message>
        <source>Sending, %1 %</source>
        <translation>جارٍ الإرسال، %1 %</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>جارٍ الإرسال</translation>
    </message>
    <message>
        <source>Not sent</source>
        <translation>لم تُرسل</translation>
    </message>
    <message>
        <source>Not sent: %1</source>
        <translation>لم تُرسل: %1</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>إعادة المحاولة</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>حذف</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>Waiting for the guild&apos;s host: it is sent when that is back</source>
        <translation>بانتظار مضيف النقابة: تُرسل حين يعود</translation>
    </message>
</context>
<context>
    <name>PermissionRow</name>
    <message>
        <source>Dangerous in the wrong hands</source>
        <translation>خطرة في الأيدي الخطأ</translation>
    </message>
</context>
<context>
    <name>Permissions</name>
    <message>
        <source>See channels</source>
        <translation>رؤية القنوات</translation>
    </message>
    <message>
        <source>Sees the channel in the list and may open it.</source>
        <translation>يرى القناة في القائمة ويحق له فتحها.</translation>
    </message>
    <message>
        <source>Manage channels</source>
        <translation>إدارة القنوات</translation>
    </message>
    <message>
        <source>Makes, changes and deletes channels.</source>
        <translation>ينشئ القنوات ويغيرها ويحذفها.</translation>
    </message>
    <message>
        <source>Manage roles</source>
        <translation>إدارة الأدوار</translation>
    </message>
    <message>
        <source>Makes and changes roles below the own highest one, and permissions of channels.</source>
        <translation>ينشئ ويغير الأدوار التي تحت أعلى أدواره، وصلاحيات القنوات.</translation>
    </message>
    <message>
        <source>Manage expressions</source>
        <translation>إدارة التعابير</translation>
    </message>
    <message>
        <source>Changes and deletes everybody&apos;s emojis, stickers and sounds.</source>
        <translation>يغير رموز الجميع وملصقاتهم وأصواتهم ويحذفها.</translation>
    </message>
    <message>
        <source>Create expressions</source>
        <translation>إنشاء تعابير</translation>
    </message>
    <message>
        <source>Adds emojis, stickers and sounds, and changes the own ones.</source>
        <translation>يضيف رموزًا وملصقات وأصواتًا، ويغير ما هو له.</translation>
    </message>
    <message>
        <source>See the audit log</source>
        <translation>رؤية سجل التدقيق</translation>
    </message>
    <message>
        <source>Reads who changed what.</source>
        <translation>يقرأ من غيّر ماذا.</translation>
    </message>
    <message>
        <source>See insights</source>
        <translation>رؤية الإحصاءات</translation>
    </message>
    <message>
        <source>Reads statistics of the guild.</source>
        <translation>يقرأ إحصاءات النقابة.</translation>
    </message>
    <message>
        <source>Manage webhooks</source>
        <translation>إدارة خطاطيف الويب</translation>
    </message>
    <message>
        <source>Makes, changes and deletes addresses through which programs post.</source>
        <translation>ينشئ العناوين التي تنشر البرامج عبرها ويغيرها ويحذفها.</translation>
    </message>
    <message>
        <source>Manage guild</source>
        <translation>إدارة النقابة</translation>
    </message>
    <message>
        <source>Changes the guild&apos;s name and settings, sees all invites, adds bots.</source>
        <translation>يغير اسم النقابة وإعداداتها، ويرى كل الدعوات، ويضيف البوتات.</translation>
    </message>
    <message>
        <source>Administrator</source>
        <translation>مدير</translation>
    </message>
    <message>
        <source>May do everything and passes by every rule of a channel. Give it to people you trust with the whole guild.</source>
        <translation>يحق له كل شيء ويتجاوز كل قاعدة لأي قناة. امنحها لمن تأتمنه على النقابة كلها.</translation>
    </message>
    <message>
        <source>Create invites</source>
        <translation>إنشاء دعوات</translation>
    </message>
    <message>
        <source>Invites new people.</source>
        <translation>يدعو أشخاصًا جددًا.</translation>
    </message>
    <message>
        <source>Change nickname</source>
        <translation>تغيير الاسم المستعار</translation>
    </message>
    <message>
        <source>Changes the own name in this guild.</source>
        <translation>يغير اسمه في هذه النقابة.</translation>
    </message>
    <message>
        <source>Manage nicknames</source>
        <translation>إدارة الأسماء المستعارة</translation>
    </message>
    <message>
        <source>Changes other people&apos;s names in this guild.</source>
        <translation>يغير أسماء الآخرين في هذه النقابة.</translation>
    </message>
    <message>
        <source>Kick members</source>
        <translation>طرد الأعضاء</translation>
    </message>
    <message>
        <source>Removes people; with an invite they can come back.</source>
        <translation>يزيل أشخاصًا؛ يمكنهم العودة بدعوة.</translation>
    </message>
    <message>
        <source>Ban members</source>
        <translation>حظر الأعضاء</translation>
    </message>
    <message>
        <source>Removes people for good, and may delete what they wrote.</source>
        <translation>يزيل أشخاصًا نهائيًا، وقد يحذف ما كتبوه.</translation>
    </message>
    <message>
        <source>Put members in timeout</source>
        <translation>وضع الأعضاء في مهلة</translation>
    </message>
    <message>
        <source>Keeps people from writing, reacting and speaking for a while.</source>
        <translation>يمنع أشخاصًا من الكتابة والتفاعل والكلام مدةً.</translation>
    </message>
    <message>
        <source>Send messages</source>
        <translation>إرسال الرسائل</translation>
    </message>
    <message>
        <source>Writes in text channels.</source>
        <translation>يكتب في القنوات النصية.</translation>
    </message>
    <message>
        <source>Send messages in threads</source>
        <translation>إرسال الرسائل في السلاسل</translation>
    </message>
    <message>
        <source>Writes in threads.</source>
        <translation>يكتب في السلاسل.</translation>
    </message>
    <message>
        <source>Create public threads</source>
        <translation>إنشاء سلاسل عامة</translation>
    </message>
    <message>
        <source>Starts threads that everybody in the channel sees.</source>
        <translation>يبدأ سلاسل يراها كل من في القناة.</translation>
    </message>
    <message>
        <source>Create private threads</source>
        <translation>إنشاء سلاسل خاصة</translation>
    </message>
    <message>
        <source>Starts threads for invited people only.</source>
        <translation>يبدأ سلاسل للمدعوين فقط.</translation>
    </message>
    <message>
        <source>Embed links</source>
        <translation>تضمين الروابط</translation>
    </message>
    <message>
        <source>Links show a preview.</source>
        <translation>تعرض الروابط معاينة.</translation>
    </message>
    <message>
        <source>Attach files</source>
        <translation>إرفاق ملفات</translation>
    </message>
    <message>
        <source>Uploads pictures and files.</source>
        <translation>يرفع صورًا وملفات.</translation>
    </message>
    <message>
        <source>Add reactions</source>
        <translation>إضافة تفاعلات</translation>
    </message>
    <message>
        <source>Adds new emojis below messages.</source>
        <translation>يضيف رموزًا جديدة تحت الرسائل.</translation>
    </message>
    <message>
        <source>Use external emojis</source>
        <translation>استخدام رموز خارجية</translation>
    </message>
    <message>
        <source>Uses emojis of other guilds.</source>
        <translation>يستخدم رموز نقابات أخرى.</translation>
    </message>
    <message>
        <source>Use external stickers</source>
        <translation>استخدام ملصقات خارجية</translation>
    </message>
    <message>
        <source>Uses stickers of other guilds.</source>
        <translation>يستخدم ملصقات نقابات أخرى.</translation>
    </message>
    <message>
        <source>Mention @everyone and all roles</source>
        <translation>الإشارة إلى ‎@everyone وكل الأدوار</translation>
    </message>
    <message>
        <source>Notifies everybody at once.</source>
        <translation>يُشعر الجميع دفعة واحدة.</translation>
    </message>
    <message>
        <source>Manage messages</source>
        <translation>إدارة الرسائل</translation>
    </message>
    <message>
        <source>Deletes other people&apos;s messages and removes reactions.</source>
        <translation>يحذف رسائل الآخرين ويزيل التفاعلات.</translation>
    </message>
    <message>
        <source>Pin messages</source>
        <translation>تثبيت الرسائل</translation>
    </message>
    <message>
        <source>Pins and unpins messages.</source>
        <translation>يثبت الرسائل ويلغي تثبيتها.</translation>
    </message>
    <message>
        <source>Bypass slow mode</source>
        <translation>تجاوز الوضع البطيء</translation>
    </message>
    <message>
        <source>Writes without waiting.</source>
        <translation>يكتب دون انتظار.</translation>
    </message>
    <message>
        <source>Manage threads</source>
        <translation>إدارة السلاسل</translation>
    </message>
    <message>
        <source>Renames, closes and deletes threads, and sees private ones.</source>
        <translation>يعيد تسمية السلاسل ويغلقها ويحذفها، ويرى الخاصة منها.</translation>
    </message>
    <message>
        <source>Read message history</source>
        <translation>قراءة سجل الرسائل</translation>
    </message>
    <message>
        <source>Reads what was written before.</source>
        <translation>يقرأ ما كُتب من قبل.</translation>
    </message>
    <message>
        <source>Send text-to-speech</source>
        <translation>إرسال نص منطوق</translation>
    </message>
    <message>
        <source>Writes messages that are read out aloud.</source>
        <translation>يكتب رسائل تُقرأ بصوت مسموع.</translation>
    </message>
    <message>
        <source>Use commands</source>
        <translation>استخدام الأوامر</translation>
    </message>
    <message>
        <source>Uses slash commands of bots.</source>
        <translation>يستخدم أوامر البوتات.</translation>
    </message>
    <message>
        <source>Send voice messages</source>
        <translation>إرسال رسائل صوتية</translation>
    </message>
    <message>
        <source>Records and sends voice messages.</source>
        <translation>يسجل رسائل صوتية ويرسلها.</translation>
    </message>
    <message>
        <source>Create polls</source>
        <translation>إنشاء استطلاعات</translation>
    </message>
    <message>
        <source>Asks questions with answers to choose from.</source>
        <translation>يطرح أسئلة بإجابات يُختار منها.</translation>
    </message>
    <message>
        <source>Use external apps</source>
        <translation>استخدام تطبيقات خارجية</translation>
    </message>
    <message>
        <source>Answers of apps that were not added here are seen by all.</source>
        <translation>يرى الجميع إجابات التطبيقات التي لم تُضف هنا.</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>الاتصال</translation>
    </message>
    <message>
        <source>Joins voice channels.</source>
        <translation>ينضم إلى القنوات الصوتية.</translation>
    </message>
    <message>
        <source>Speak</source>
        <translation>الكلام</translation>
    </message>
    <message>
        <source>Talks in voice channels.</source>
        <translation>يتكلم في القنوات الصوتية.</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>الفيديو</translation>
    </message>
    <message>
        <source>Shows the camera or the screen.</source>
        <translation>يعرض الكاميرا أو الشاشة.</translation>
    </message>
    <message>
        <source>Use voice activity</source>
        <translation>استخدام تفعيل الصوت</translation>
    </message>
    <message>
        <source>Speaks without pressing a key.</source>
        <translation>يتكلم دون ضغط مفتاح.</translation>
    </message>
    <message>
        <source>Priority speaker</source>
        <translation>متكلم ذو أولوية</translation>
    </message>
    <message>
        <source>Is heard above others.</source>
        <translation>يُسمع فوق الآخرين.</translation>
    </message>
    <message>
        <source>Mute members</source>
        <translation>كتم الأعضاء</translation>
    </message>
    <message>
        <source>Silences others for everybody.</source>
        <translation>يُسكت الآخرين للجميع.</translation>
    </message>
    <message>
        <source>Deafen members</source>
        <translation>تصميت الأعضاء</translation>
    </message>
    <message>
        <source>Keeps others from hearing.</source>
        <translation>يمنع الآخرين من السماع.</translation>
    </message>
    <message>
        <source>Move members</source>
        <translation>نقل الأعضاء</translation>
    </message>
    <message>
        <source>Moves others between voice channels, or out of them.</source>
        <translation>ينقل الآخرين بين القنوات الصوتية أو خارجها.</translation>
    </message>
    <message>
        <source>Ask to speak</source>
        <translation>طلب الكلمة</translation>
    </message>
    <message>
        <source>Asks to speak on a stage.</source>
        <translation>يطلب الكلام على المنصة.</translation>
    </message>
    <message>
        <source>Use sounds</source>
        <translation>استخدام الأصوات</translation>
    </message>
    <message>
        <source>Plays sounds of the guild.</source>
        <translation>يشغّل أصوات النقابة.</translation>
    </message>
    <message>
        <source>Use external sounds</source>
        <translation>استخدام أصوات خارجية</translation>
    </message>
    <message>
        <source>Plays sounds of other guilds.</source>
        <translation>يشغّل أصوات نقابات أخرى.</translation>
    </message>
    <message>
        <source>Use activities</source>
        <translation>استخدام الأنشطة</translation>
    </message>
    <message>
        <source>Starts activities together with others.</source>
        <translation>يبدأ أنشطة مع الآخرين.</translation>
    </message>
    <message>
        <source>Set channel status</source>
        <translation>تعيين حالة القناة</translation>
    </message>
    <message>
        <source>Says what a voice channel is about.</source>
        <translation>يقول عمّ تدور قناة صوتية.</translation>
    </message>
    <message>
        <source>Create events</source>
        <translation>إنشاء فعاليات</translation>
    </message>
    <message>
        <source>Plans events, and changes the own ones.</source>
        <translation>يخطط فعاليات ويغير ما هو له.</translation>
    </message>
    <message>
        <source>Manage events</source>
        <translation>إدارة الفعاليات</translation>
    </message>
    <message>
        <source>Changes and cancels everybody&apos;s events.</source>
        <translation>يغير فعاليات الجميع ويلغيها.</translation>
    </message>
</context>
<context>
    <name>PersonStep</name>
    <message>
        <source>Fingerprint %1, version %2</source>
        <translation>البصمة %1، الإصدار %2</translation>
    </message>
    <message>
        <source>New here</source>
        <translation>جديد هنا</translation>
    </message>
    <message>
        <source>I have an account</source>
        <translation>لدي حساب</translation>
    </message>
    <message>
        <source>This node takes no new accounts. Log in if you have one.</source>
        <translation>لا تقبل هذه العقدة حسابات جديدة. سجّل الدخول إن كان لديك حساب.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>الاسم</translation>
    </message>
    <message>
        <source>Small letters, digits, dots and underscores; others see %1@%2</source>
        <translation>أحرف لاتينية صغيرة وأرقام ونقاط وشرطات سفلية؛ يرى الآخرون %1@%2</translation>
    </message>
    <message>
        <source>name</source>
        <translation>name</translation>
    </message>
    <message>
        <source>How people see you (may be left out)</source>
        <translation>كيف يراك الناس (اختياري)</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>كلمة المرور</translation>
    </message>
    <message>
        <source>8 characters or more</source>
        <translation>8 أحرف أو أكثر</translation>
    </message>
    <message>
        <source>Invite</source>
        <translation>دعوة</translation>
    </message>
    <message>
        <source>This node takes who has one.</source>
        <translation>تقبل هذه العقدة من لديه واحدة.</translation>
    </message>
    <message>
        <source>Create the account</source>
        <translation>إنشاء الحساب</translation>
    </message>
    <message>
        <source>Log in</source>
        <translation>تسجيل الدخول</translation>
    </message>
    <message>
        <source>Choose another node</source>
        <translation>اختيار عقدة أخرى</translation>
    </message>
</context>
<context>
    <name>PhonePage</name>
    <message>
        <source>Back</source>
        <translation>رجوع</translation>
    </message>
</context>
<context>
    <name>PictureDialog</name>
    <message>
        <source>Choose a picture</source>
        <translation>اختيار صورة</translation>
    </message>
    <message>
        <source>Pictures (%1)</source>
        <translation>صور (%1)</translation>
    </message>
</context>
<context>
    <name>PictureTile</name>
    <message>
        <source>Hidden picture</source>
        <translation>صورة مخفية</translation>
    </message>
    <message>
        <source>Picture without a description</source>
        <translation>صورة بلا وصف</translation>
    </message>
    <message>
        <source>Moving</source>
        <translation>متحركة</translation>
    </message>
</context>
<context>
    <name>PinsPanel</name>
    <message>
        <source>Pinned messages</source>
        <translation>الرسائل المثبتة</translation>
    </message>
    <message>
        <source>Nothing is pinned here</source>
        <translation>لا شيء مثبت هنا</translation>
    </message>
</context>
<context>
    <name>PrivacySection</name>
    <message>
        <source>Privacy</source>
        <translation>الخصوصية</translation>
    </message>
    <message>
        <source>Load pictures from other places</source>
        <translation>تحميل الصور من أماكن أخرى</translation>
    </message>
    <message>
        <source>Pictures that are not kept at your node come from where they lie, and that place learns your address.</source>
        <translation>الصور غير المحفوظة في عقدتك تأتي من مكانها، ويعرف ذلك المكان عنوانك.</translation>
    </message>
    <message>
        <source>Show text in notifications</source>
        <translation>إظهار النص في الإشعارات</translation>
    </message>
    <message>
        <source>Else they only say who wrote, and where.</source>
        <translation>وإلا تقول فقط من كتب وأين.</translation>
    </message>
</context>
<context>
    <name>ProfileActions</name>
    <message>
        <source>Mention</source>
        <translation>إشارة</translation>
    </message>
    <message>
        <source>Copy name</source>
        <translation>نسخ الاسم</translation>
    </message>
    <message>
        <source>Name copied</source>
        <translation>نُسخ الاسم</translation>
    </message>
    <message>
        <source>Copy id</source>
        <translation>نسخ المعرّف</translation>
    </message>
    <message>
        <source>Id copied</source>
        <translation>نُسخ المعرّف</translation>
    </message>
    <message>
        <source>Nickname</source>
        <translation>الاسم المستعار</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>الأدوار</translation>
    </message>
    <message>
        <source>Time out</source>
        <translation>وضع في مهلة</translation>
    </message>
    <message>
        <source>Kick</source>
        <translation>طرد</translation>
    </message>
    <message>
        <source>Ban</source>
        <translation>حظر</translation>
    </message>
    <message>
        <source>Make owner</source>
        <translation>نقل الملكية إليه</translation>
    </message>
</context>
<context>
    <name>ProfileCard</name>
    <message>
        <source>The node&apos;s name is verified.</source>
        <translation>اسم العقدة موثّق.</translation>
    </message>
    <message>
        <source>The node&apos;s name is not proved.</source>
        <translation>اسم العقدة غير مثبت.</translation>
    </message>
    <message>
        <source>In timeout until %1</source>
        <translation>في مهلة حتى %1</translation>
    </message>
    <message>
        <source>Member since %1</source>
        <translation>عضو منذ %1</translation>
    </message>
    <message>
        <source>Note, for you on this device only</source>
        <translation>ملاحظة لك على هذا الجهاز فقط</translation>
    </message>
</context>
<context>
    <name>QuickSwitcher</name>
    <message>
        <source>Where to?</source>
        <translation>إلى أين؟</translation>
    </message>
    <message>
        <source>A guild, a #channel or a @person</source>
        <translation>نقابة أو ‎#قناة أو ‎@شخص</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>الأماكن</translation>
    </message>
    <message>
        <source>Nothing has that name.</source>
        <translation>لا شيء بهذا الاسم.</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Guilds</source>
        <translation>النقابات</translation>
    </message>
    <message>
        <source>Direct messages</source>
        <translation>الرسائل الخاصة</translation>
    </message>
    <message>
        <source>Create or join a guild</source>
        <translation>إنشاء نقابة أو الانضمام إليها</translation>
    </message>
    <message>
        <source>Mark as read</source>
        <translation>تعليم كمقروء</translation>
    </message>
    <message>
        <source>Invite people</source>
        <translation>دعوة أشخاص</translation>
    </message>
    <message>
        <source>Guild settings</source>
        <translation>إعدادات النقابة</translation>
    </message>
    <message>
        <source>Take out of the folder</source>
        <translation>إخراج من المجلد</translation>
    </message>
    <message>
        <source>Leave the guild</source>
        <translation>مغادرة النقابة</translation>
    </message>
    <message>
        <source>Name and colour</source>
        <translation>الاسم واللون</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>تحريك للأعلى</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>تحريك للأسفل</translation>
    </message>
    <message>
        <source>Go to a guild, channel or person</source>
        <translation>الانتقال إلى نقابة أو قناة أو شخص</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>الإشعارات</translation>
    </message>
</context>
<context>
    <name>RailAction</name>
    <message>
        <source>%1, %2</source>
        <translation>%1، %2</translation>
    </message>
    <message numerus="yes">
        <source>%n mention(s)</source>
        <translation>
            <numerusform>لا إشارات</numerusform>
            <numerusform>إشارة واحدة</numerusform>
            <numerusform>إشارتان</numerusform>
            <numerusform>%n إشارات</numerusform>
            <numerusform>%n إشارة</numerusform>
            <numerusform>%n إشارة</numerusform>
        </translation>
    </message>
    <message>
        <source>unread</source>
        <translation>غير مقروء</translation>
    </message>
</context>
<context>
    <name>ReactionRow</name>
    <message numerus="yes">
        <source>%1: %n</source>
        <translation>
            <numerusform>%1: %n</numerusform>
            <numerusform>%1: %n</numerusform>
            <numerusform>%1: %n</numerusform>
            <numerusform>%1: %n</numerusform>
            <numerusform>%1: %n</numerusform>
            <numerusform>%1: %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reaction %1, %n people</source>
        <translation>
            <numerusform>التفاعل %1، لا أحد</numerusform>
            <numerusform>التفاعل %1، شخص واحد</numerusform>
            <numerusform>التفاعل %1، شخصان</numerusform>
            <numerusform>التفاعل %1، %n أشخاص</numerusform>
            <numerusform>التفاعل %1، %n شخصًا</numerusform>
            <numerusform>التفاعل %1، %n شخص</numerusform>
        </translation>
    </message>
    <message>
        <source>Add a reaction</source>
        <translation>إضافة تفاعل</translation>
    </message>
</context>
<context>
    <name>RecoveryPart</name>
    <message>
        <source>If your node disappears</source>
        <translation>إذا اختفت عقدتك</translation>
    </message>
    <message>
        <source>With a phrase and a backup you can take your account, with its guilds, to another node. Whoever has both can do so too: keep them apart, and show them to nobody.</source>
        <translation>بعبارة ونسخة احتياطية يمكنك نقل حسابك مع نقاباته إلى عقدة أخرى. ويستطيع ذلك كل من يملكهما: احفظهما متفرقتين ولا تُرهما لأحد.</translation>
    </message>
    <message>
        <source>Your password</source>
        <translation>كلمة مرورك</translation>
    </message>
    <message>
        <source>Make recovery phrase</source>
        <translation>إنشاء عبارة الاسترداد</translation>
    </message>
    <message>
        <source>Recovery phrase</source>
        <translation>عبارة الاسترداد</translation>
    </message>
    <message>
        <source>Backup saved</source>
        <translation>حُفظت النسخة الاحتياطية</translation>
    </message>
    <message>
        <source>Save backup</source>
        <translation>حفظ نسخة احتياطية</translation>
    </message>
    <message>
        <source>I wrote it down</source>
        <translation>دوّنتها</translation>
    </message>
    <message>
        <source>This phrase is shown only now. Write it down on paper, and save the backup: both are needed.</source>
        <translation>لا تُعرض هذه العبارة إلا الآن. دوّنها على ورق واحفظ النسخة الاحتياطية: كلتاهما لازمة.</translation>
    </message>
</context>
<context>
    <name>RelativeTime</name>
    <message numerus="yes">
        <source>%n year(s) ago</source>
        <translation>
            <numerusform>هذا العام</numerusform>
            <numerusform>قبل سنة</numerusform>
            <numerusform>قبل سنتين</numerusform>
            <numerusform>قبل %n سنوات</numerusform>
            <numerusform>قبل %n سنة</numerusform>
            <numerusform>قبل %n سنة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n year(s)</source>
        <translation>
            <numerusform>هذا العام</numerusform>
            <numerusform>بعد سنة</numerusform>
            <numerusform>بعد سنتين</numerusform>
            <numerusform>بعد %n سنوات</numerusform>
            <numerusform>بعد %n سنة</numerusform>
            <numerusform>بعد %n سنة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n month(s) ago</source>
        <translation>
            <numerusform>هذا الشهر</numerusform>
            <numerusform>قبل شهر</numerusform>
            <numerusform>قبل شهرين</numerusform>
            <numerusform>قبل %n أشهر</numerusform>
            <numerusform>قبل %n شهرًا</numerusform>
            <numerusform>قبل %n شهر</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n month(s)</source>
        <translation>
            <numerusform>هذا الشهر</numerusform>
            <numerusform>بعد شهر</numerusform>
            <numerusform>بعد شهرين</numerusform>
            <numerusform>بعد %n أشهر</numerusform>
            <numerusform>بعد %n شهرًا</numerusform>
            <numerusform>بعد %n شهر</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>اليوم</numerusform>
            <numerusform>قبل يوم</numerusform>
            <numerusform>قبل يومين</numerusform>
            <numerusform>قبل %n أيام</numerusform>
            <numerusform>قبل %n يومًا</numerusform>
            <numerusform>قبل %n يوم</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n day(s)</source>
        <translation>
            <numerusform>اليوم</numerusform>
            <numerusform>بعد يوم</numerusform>
            <numerusform>بعد يومين</numerusform>
            <numerusform>بعد %n أيام</numerusform>
            <numerusform>بعد %n يومًا</numerusform>
            <numerusform>بعد %n يوم</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) ago</source>
        <translation>
            <numerusform>الآن</numerusform>
            <numerusform>قبل ساعة</numerusform>
            <numerusform>قبل ساعتين</numerusform>
            <numerusform>قبل %n ساعات</numerusform>
            <numerusform>قبل %n ساعة</numerusform>
            <numerusform>قبل %n ساعة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n hour(s)</source>
        <translation>
            <numerusform>الآن</numerusform>
            <numerusform>بعد ساعة</numerusform>
            <numerusform>بعد ساعتين</numerusform>
            <numerusform>بعد %n ساعات</numerusform>
            <numerusform>بعد %n ساعة</numerusform>
            <numerusform>بعد %n ساعة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation>
            <numerusform>الآن</numerusform>
            <numerusform>قبل دقيقة</numerusform>
            <numerusform>قبل دقيقتين</numerusform>
            <numerusform>قبل %n دقائق</numerusform>
            <numerusform>قبل %n دقيقة</numerusform>
            <numerusform>قبل %n دقيقة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n minute(s)</source>
        <translation>
            <numerusform>الآن</numerusform>
            <numerusform>بعد دقيقة</numerusform>
            <numerusform>بعد دقيقتين</numerusform>
            <numerusform>بعد %n دقائق</numerusform>
            <numerusform>بعد %n دقيقة</numerusform>
            <numerusform>بعد %n دقيقة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n second(s) ago</source>
        <translation>
            <numerusform>الآن</numerusform>
            <numerusform>قبل ثانية</numerusform>
            <numerusform>قبل ثانيتين</numerusform>
            <numerusform>قبل %n ثوانٍ</numerusform>
            <numerusform>قبل %n ثانية</numerusform>
            <numerusform>قبل %n ثانية</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n second(s)</source>
        <translation>
            <numerusform>الآن</numerusform>
            <numerusform>بعد ثانية</numerusform>
            <numerusform>بعد ثانيتين</numerusform>
            <numerusform>بعد %n ثوانٍ</numerusform>
            <numerusform>بعد %n ثانية</numerusform>
            <numerusform>بعد %n ثانية</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 %2</source>
        <extracomment>A date and a time of day, both already written out.</extracomment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>اليوم</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>أمس</translation>
    </message>
    <message>
        <source>now</source>
        <translation>الآن</translation>
    </message>
</context>
<context>
    <name>ReorderRow</name>
    <message>
        <source>Alt and up or down moves it. %1</source>
        <translation>يحركه Alt مع السهم الأعلى أو الأسفل. %1</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>تحريك للأعلى</translation>
    </message>
    <message>
        <source>Alt+Up</source>
        <translation>Alt+Up</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>تحريك للأسفل</translation>
    </message>
    <message>
        <source>Alt+Down</source>
        <translation>Alt+Down</translation>
    </message>
</context>
<context>
    <name>ReplyLine</name>
    <message>
        <source>Replies to %1: %2</source>
        <translation>رد على %1: %2</translation>
    </message>
    <message>
        <source>The message was deleted.</source>
        <translation>حُذفت الرسالة.</translation>
    </message>
    <message>
        <source>The message is not loaded.</source>
        <translation>الرسالة غير محمّلة.</translation>
    </message>
</context>
<context>
    <name>RoleDisplay</name>
    <message>
        <source>Name</source>
        <translation>الاسم</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>اللون</translation>
    </message>
    <message>
        <source>Show its members apart</source>
        <translation>عرض أعضائه على حدة</translation>
    </message>
    <message>
        <source>The member list has a heading for this role.</source>
        <translation>في قائمة الأعضاء عنوان لهذا الدور.</translation>
    </message>
    <message>
        <source>Everybody may mention it</source>
        <translation>يحق للجميع الإشارة إليه</translation>
    </message>
    <message>
        <source>Writing @ and its name notifies all of its members.</source>
        <translation>كتابة @ واسمه تُشعر كل أعضائه.</translation>
    </message>
    <message>
        <source>Delete role</source>
        <translation>حذف الدور</translation>
    </message>
    <message>
        <source>Delete the role %1?</source>
        <translation>حذف الدور %1؟</translation>
    </message>
    <message>
        <source>Its members lose what it granted.</source>
        <translation>يفقد أعضاؤه ما كان يمنحه.</translation>
    </message>
</context>
<context>
    <name>RoleEditor</name>
    <message>
        <source>All roles</source>
        <translation>كل الأدوار</translation>
    </message>
    <message>
        <source>Permissions</source>
        <translation>الصلاحيات</translation>
    </message>
    <message>
        <source>Display</source>
        <translation>العرض</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>الأعضاء</translation>
    </message>
    <message>
        <source>Search permissions</source>
        <translation>البحث في الصلاحيات</translation>
    </message>
</context>
<context>
    <name>RoleMembers</name>
    <message>
        <source>Nobody who is known here has this role. Give it to people under “Members”.</source>
        <translation>لا أحد معروف هنا لديه هذا الدور. امنحه لأشخاص من «الأعضاء».</translation>
    </message>
    <message>
        <source>Take the role from %1</source>
        <translation>سحب الدور من %1</translation>
    </message>
    <message>
        <source>Take the role from %1?</source>
        <translation>سحب الدور من %1؟</translation>
    </message>
    <message>
        <source>It is done at once.</source>
        <translation>يحدث هذا فورًا.</translation>
    </message>
    <message>
        <source>Take the role</source>
        <translation>سحب الدور</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>الأعضاء</translation>
    </message>
</context>
<context>
    <name>RolesSection</name>
    <message>
        <source>Roles</source>
        <translation>الأدوار</translation>
    </message>
    <message>
        <source>Who has several roles gets the permissions of all of them. The highest coloured one gives the name its colour.</source>
        <translation>من له عدة أدوار ينال صلاحياتها كلها. وأعلى دور ملوّن يعطي الاسم لونه.</translation>
    </message>
    <message>
        <source>Create role</source>
        <translation>إنشاء دور</translation>
    </message>
    <message numerus="yes">
        <source>%n member(s)</source>
        <translation>
            <numerusform>لا أعضاء</numerusform>
            <numerusform>عضو واحد</numerusform>
            <numerusform>عضوان</numerusform>
            <numerusform>%n أعضاء</numerusform>
            <numerusform>%n عضوًا</numerusform>
            <numerusform>%n عضو</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RowLines</name>
    <message>
        <source>New</source>
        <translation>جديد</translation>
    </message>
</context>
<context>
    <name>SaveBar</name>
    <message>
        <source>You have unsaved changes</source>
        <translation>لديك تغييرات غير محفوظة</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>إعادة ضبط</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>حفظ</translation>
    </message>
    <message>
        <source>Somebody else changed this meanwhile. Save replaces what they wrote, Reset shows it.</source>
        <translation>غيّر شخص آخر هذا في هذه الأثناء. «حفظ» يستبدل ما كتبه، و«إعادة ضبط» تعرضه.</translation>
    </message>
</context>
<context>
    <name>SaveLine</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>فتح</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>إظهار المجلد</translation>
    </message>
    <message>
        <source>Cancel saving %1</source>
        <translation>إلغاء حفظ %1</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>تجاهل</translation>
    </message>
</context>
<context>
    <name>SavePlace</name>
    <message>
        <source>Save as</source>
        <translation>حفظ باسم</translation>
    </message>
</context>
<context>
    <name>SaveStrip</name>
    <message>
        <source>Files being saved</source>
        <translation>ملفات قيد الحفظ</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Search</source>
        <translation>بحث</translation>
    </message>
    <message>
        <source>Clear search</source>
        <translation>مسح البحث</translation>
    </message>
</context>
<context>
    <name>SearchHints</name>
    <message>
        <source>Suggestions</source>
        <translation>اقتراحات</translation>
    </message>
    <message>
        <source>From a person</source>
        <translation>من شخص</translation>
    </message>
    <message>
        <source>In a channel</source>
        <translation>في قناة</translation>
    </message>
    <message>
        <source>With a file or link</source>
        <translation>مع ملف أو رابط</translation>
    </message>
    <message>
        <source>Before a day</source>
        <translation>قبل يوم</translation>
    </message>
    <message>
        <source>After a day</source>
        <translation>بعد يوم</translation>
    </message>
    <message>
        <source>A file</source>
        <translation>ملف</translation>
    </message>
    <message>
        <source>A picture</source>
        <translation>صورة</translation>
    </message>
    <message>
        <source>A link</source>
        <translation>رابط</translation>
    </message>
    <message>
        <source>A preview</source>
        <translation>معاينة</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>اليوم</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>أمس</translation>
    </message>
    <message>
        <source>A week ago</source>
        <translation>قبل أسبوع</translation>
    </message>
    <message>
        <source>A month ago</source>
        <translation>قبل شهر</translation>
    </message>
    <message>
        <source>A year ago</source>
        <translation>قبل سنة</translation>
    </message>
</context>
<context>
    <name>SearchPanel</name>
    <message>
        <source>Search</source>
        <translation>بحث</translation>
    </message>
    <message>
        <source>Words, from:name, has:file</source>
        <translation>كلمات، from:name، has:file</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>القناة</translation>
    </message>
    <message>
        <source>Guild</source>
        <translation>النقابة</translation>
    </message>
    <message>
        <source>Also before:2026-01-31, after:2026-01-31, has:link.</source>
        <translation>وكذلك before:2026-01-31 وafter:2026-01-31 وhas:link.</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>لا رسائل</numerusform>
            <numerusform>رسالة واحدة</numerusform>
            <numerusform>رسالتان</numerusform>
            <numerusform>%n رسائل</numerusform>
            <numerusform>%n رسالة</numerusform>
            <numerusform>%n رسالة</numerusform>
        </translation>
    </message>
    <message>
        <source>Found messages</source>
        <translation>الرسائل التي وُجدت</translation>
    </message>
    <message>
        <source>Look further back in this channel</source>
        <translation>البحث أقدم في هذه القناة</translation>
    </message>
    <message>
        <source>All</source>
        <translation>الكل</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>جارٍ البحث…</translation>
    </message>
    <message>
        <source>More of what your node found</source>
        <translation>المزيد مما وجدته عقدتك</translation>
    </message>
</context>
<context>
    <name>SectionHeader</name>
    <message>
        <source>Collapsed</source>
        <translation>مطوي</translation>
    </message>
    <message>
        <source>Expanded</source>
        <translation>موسّع</translation>
    </message>
</context>
<context>
    <name>SessionsPart</name>
    <message>
        <source>Where you are logged in</source>
        <translation>أين سجلت الدخول</translation>
    </message>
    <message>
        <source>%1 (this one)</source>
        <translation>%1 (هذه)</translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>منذ %1</translation>
    </message>
    <message>
        <source>Log out</source>
        <translation>تسجيل الخروج</translation>
    </message>
    <message>
        <source>Log out %1</source>
        <translation>تسجيل خروج %1</translation>
    </message>
    <message>
        <source>Log out everywhere else</source>
        <translation>تسجيل الخروج من كل مكان آخر</translation>
    </message>
    <message>
        <source>Log out everywhere else?</source>
        <translation>تسجيل الخروج من كل مكان آخر؟</translation>
    </message>
    <message>
        <source>Every other device and program asks for the password again.</source>
        <translation>سيطلب كل جهاز وبرنامج آخر كلمة المرور من جديد.</translation>
    </message>
</context>
<context>
    <name>SettingsBar</name>
    <message>
        <source>Back</source>
        <translation>رجوع</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
</context>
<context>
    <name>Sheet</name>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
</context>
<context>
    <name>ShortcutList</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>اختصارات لوحة المفاتيح</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>Shortcuts</name>
    <message>
        <source>Everywhere</source>
        <translation>في كل مكان</translation>
    </message>
    <message>
        <source>Go to a guild, channel or person</source>
        <translation>الانتقال إلى نقابة أو قناة أو شخص</translation>
    </message>
    <message>
        <source>Show this list</source>
        <translation>إظهار هذه القائمة</translation>
    </message>
    <message>
        <source>Open the settings</source>
        <translation>فتح الإعدادات</translation>
    </message>
    <message>
        <source>Search messages</source>
        <translation>البحث في الرسائل</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>أكبر</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>أصغر</translation>
    </message>
    <message>
        <source>Normal size</source>
        <translation>الحجم العادي</translation>
    </message>
    <message>
        <source>Next part of the window</source>
        <translation>الجزء التالي من النافذة</translation>
    </message>
    <message>
        <source>Previous part of the window</source>
        <translation>الجزء السابق من النافذة</translation>
    </message>
    <message>
        <source>Next account</source>
        <translation>الحساب التالي</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>خروج</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>الأماكن</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>رجوع</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>تقدم</translation>
    </message>
    <message>
        <source>Previous channel</source>
        <translation>القناة السابقة</translation>
    </message>
    <message>
        <source>Next channel</source>
        <translation>القناة التالية</translation>
    </message>
    <message>
        <source>Previous unread channel</source>
        <translation>القناة السابقة غير المقروءة</translation>
    </message>
    <message>
        <source>Next unread channel</source>
        <translation>القناة التالية غير المقروءة</translation>
    </message>
    <message>
        <source>Previous guild</source>
        <translation>النقابة السابقة</translation>
    </message>
    <message>
        <source>Next guild</source>
        <translation>النقابة التالية</translation>
    </message>
    <message>
        <source>Create or join a guild</source>
        <translation>إنشاء نقابة أو الانضمام إليها</translation>
    </message>
    <message>
        <source>Show or hide the members</source>
        <translation>إظهار الأعضاء أو إخفاؤهم</translation>
    </message>
    <message>
        <source>Pinned messages</source>
        <translation>الرسائل المثبتة</translation>
    </message>
    <message>
        <source>Mark the guild as read</source>
        <translation>تعليم النقابة كمقروءة</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>الرسائل</translation>
    </message>
    <message>
        <source>Go to a date</source>
        <translation>الانتقال إلى تاريخ</translation>
    </message>
    <message>
        <source>Go to the newest message</source>
        <translation>الانتقال إلى أحدث رسالة</translation>
    </message>
    <message>
        <source>Edit the last message, from an empty field</source>
        <translation>تعديل آخر رسالة، من حقل فارغ</translation>
    </message>
    <message>
        <source>Edit the message</source>
        <translation>تعديل الرسالة</translation>
    </message>
    <message>
        <source>Reply to the message</source>
        <translation>الرد على الرسالة</translation>
    </message>
    <message>
        <source>React to the message</source>
        <translation>التفاعل مع الرسالة</translation>
    </message>
    <message>
        <source>Pin the message</source>
        <translation>تثبيت الرسالة</translation>
    </message>
    <message>
        <source>Delete the message; with Shift without asking</source>
        <translation>حذف الرسالة؛ ومع Shift دون سؤال</translation>
    </message>
    <message>
        <source>Copy the message&apos;s text</source>
        <translation>نسخ نص الرسالة</translation>
    </message>
    <message>
        <source>Back to the field</source>
        <translation>العودة إلى الحقل</translation>
    </message>
    <message>
        <source>Show what the message hides, its pictures, what it answers</source>
        <translation>إظهار ما تخفيه الرسالة أو صورها أو ما ترد عليه</translation>
    </message>
    <message>
        <source>Save the message&apos;s files</source>
        <translation>حفظ ملفات الرسالة</translation>
    </message>
    <message>
        <source>Open the menu of what is chosen</source>
        <translation>فتح قائمة العنصر المحدد</translation>
    </message>
</context>
<context>
    <name>ShortcutsSection</name>
    <message>
        <source>Shortcuts</source>
        <translation>الاختصارات</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>Skeleton</name>
    <message>
        <source>Loading</source>
        <translation>جارٍ التحميل</translation>
    </message>
</context>
<context>
    <name>SplitPanels</name>
    <message>
        <source>Width of the first column</source>
        <translation>عرض العمود الأول</translation>
    </message>
    <message>
        <source>Width of the last column</source>
        <translation>عرض العمود الأخير</translation>
    </message>
</context>
<context>
    <name>StatusDot</name>
    <message>
        <source>Online</source>
        <translation>متصل</translation>
    </message>
    <message>
        <source>Away</source>
        <translation>بعيد</translation>
    </message>
    <message>
        <source>Do not disturb</source>
        <translation>عدم الإزعاج</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>غير متصل</translation>
    </message>
</context>
<context>
    <name>StorageSection</name>
    <message>
        <source>Storage</source>
        <translation>التخزين</translation>
    </message>
    <message>
        <source>Your logins</source>
        <translation>بيانات دخولك</translation>
    </message>
    <message>
        <source>They are kept in the keychain of your system.</source>
        <translation>تُحفظ في سلسلة مفاتيح نظامك.</translation>
    </message>
    <message>
        <source>Your system offers no keychain. They are kept in a file that only your user can read; who can read your files can use your accounts.</source>
        <translation>لا يوفر نظامك سلسلة مفاتيح. تُحفظ في ملف لا يقرؤه إلا مستخدمك؛ ومن يقرأ ملفاتك يستطيع استخدام حساباتك.</translation>
    </message>
    <message>
        <source>What was read</source>
        <translation>ما قُرئ</translation>
    </message>
    <message>
        <source>%1 on this device, so that the client opens at once and works without a line.</source>
        <translation>%1 على هذا الجهاز، ليفتح البرنامج فورًا ويعمل دون اتصال.</translation>
    </message>
    <message>
        <source>Delete kept messages</source>
        <translation>حذف الرسائل المحفوظة</translation>
    </message>
    <message>
        <source>Delete kept messages?</source>
        <translation>حذف الرسائل المحفوظة؟</translation>
    </message>
    <message>
        <source>They are loaded again from your node when you open a channel. Drafts and unsent messages stay.</source>
        <translation>تُحمّل من عقدتك مجددًا عند فتح قناة. تبقى المسودات والرسائل غير المرسلة.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>حذف</translation>
    </message>
</context>
<context>
    <name>SuccessorEditor</name>
    <message>
        <source>Nodes that may take over</source>
        <translation>العقد التي يحق لها التولي</translation>
    </message>
    <message>
        <source>Their names, with commas between. Each keeps a full copy.</source>
        <translation>أسماؤها مفصولة بفواصل. تحتفظ كل منها بنسخة كاملة.</translation>
    </message>
    <message>
        <source>How many must agree</source>
        <translation>كم يجب أن يوافق</translation>
    </message>
    <message>
        <source>After how many hours</source>
        <translation>بعد كم ساعة</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>حفظ</translation>
    </message>
    <message>
        <source>That is: %1.</source>
        <translation>أي: %1.</translation>
    </message>
    <message>
        <source>At most 16 nodes.</source>
        <translation>16 عقدة على الأكثر.</translation>
    </message>
    <message>
        <source>From 1 to %1: as many as there are nodes above.</source>
        <translation>من 1 إلى %1: بعدد العقد المذكورة أعلاه.</translation>
    </message>
    <message>
        <source>From 1 hour to 8760, which is a year. A node that is only being restarted must not lose its guilds.</source>
        <translation>من ساعة واحدة إلى 8760 ساعة، أي سنة. يجب ألا تفقد العقدة نقاباتها لمجرد إعادة تشغيلها.</translation>
    </message>
    <message>
        <source>More than half is safest.</source>
        <translation>أكثر من النصف هو الأكثر أمانًا.</translation>
    </message>
    <message>
        <source>Remove every node that may take over?</source>
        <translation>أتريد إزالة كل عقدة يحق لها التولي؟</translation>
    </message>
    <message>
        <source>When the home of this guild is gone for good, nobody takes the guild over and it is lost. Each node listed now stops keeping a full copy for that.</source>
        <translation>إذا اختفى مضيف هذه النقابة نهائيًا فلن يتولاها أحد وستضيع. ولن تحتفظ أي عقدة من المذكورة الآن بنسخة كاملة لهذا الغرض.</translation>
    </message>
    <message>
        <source>Remove all</source>
        <translation>إزالة الكل</translation>
    </message>
</context>
<context>
    <name>TagChip</name>
    <message>
        <source>Delete removes it</source>
        <translation>يزيله مفتاح Delete</translation>
    </message>
</context>
<context>
    <name>TextInputField</name>
    <message>
        <source>Hide password</source>
        <translation>إخفاء كلمة المرور</translation>
    </message>
    <message>
        <source>Show password</source>
        <translation>إظهار كلمة المرور</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message numerus="yes">
        <source>%n new message(s)</source>
        <translation>
            <numerusform>لا رسائل جديدة</numerusform>
            <numerusform>رسالة جديدة</numerusform>
            <numerusform>رسالتان جديدتان</numerusform>
            <numerusform>%n رسائل جديدة</numerusform>
            <numerusform>%n رسالة جديدة</numerusform>
            <numerusform>%n رسالة جديدة</numerusform>
        </translation>
    </message>
    <message>
        <source>Jump to present</source>
        <translation>إلى الحاضر</translation>
    </message>
    <message>
        <source>Attachment</source>
        <translation>مرفق</translation>
    </message>
    <message>
        <source>Embed</source>
        <translation>تضمين</translation>
    </message>
    <message numerus="yes">
        <source>%n attachment(s)</source>
        <translation>
            <numerusform>لا مرفقات</numerusform>
            <numerusform>مرفق واحد</numerusform>
            <numerusform>مرفقان</numerusform>
            <numerusform>%n مرفقات</numerusform>
            <numerusform>%n مرفقًا</numerusform>
            <numerusform>%n مرفق</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n reaction(s)</source>
        <translation>
            <numerusform>لا تفاعلات</numerusform>
            <numerusform>تفاعل واحد</numerusform>
            <numerusform>تفاعلان</numerusform>
            <numerusform>%n تفاعلات</numerusform>
            <numerusform>%n تفاعلًا</numerusform>
            <numerusform>%n تفاعل</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TimelineParts</name>
    <message>
        <source>File</source>
        <translation>ملف</translation>
    </message>
    <message>
        <source>somebody</source>
        <translation>أحدهم</translation>
    </message>
    <message>
        <source>%1 added %2 to the group.</source>
        <translation>أضاف %1 %2 إلى المجموعة.</translation>
    </message>
    <message>
        <source>%1 removed %2 from the group.</source>
        <translation>أزال %1 %2 من المجموعة.</translation>
    </message>
    <message>
        <source>%1 left the group.</source>
        <translation>غادر %1 المجموعة.</translation>
    </message>
    <message>
        <source>%1 started a call.</source>
        <translation>بدأ %1 مكالمة.</translation>
    </message>
    <message>
        <source>%1 changed the channel&apos;s name to %2.</source>
        <translation>غيّر %1 اسم القناة إلى %2.</translation>
    </message>
    <message>
        <source>%1 changed the channel&apos;s icon.</source>
        <translation>غيّر %1 أيقونة القناة.</translation>
    </message>
    <message>
        <source>%1 pinned a message to this channel.</source>
        <translation>ثبّت %1 رسالة في هذه القناة.</translation>
    </message>
    <message>
        <source>%1 joined the guild.</source>
        <translation>انضم %1.</translation>
    </message>
    <message>
        <source>%1 boosted the guild.</source>
        <translation>دعم %1 النقابة.</translation>
    </message>
    <message>
        <source>%1 added %2 to this channel.</source>
        <translation>أضاف %1 %2 إلى هذه القناة.</translation>
    </message>
    <message>
        <source>%1 started a thread: %2.</source>
        <translation>بدأ %1 سلسلة: %2.</translation>
    </message>
    <message>
        <source>The thread starts here.</source>
        <translation>تبدأ السلسلة هنا.</translation>
    </message>
    <message>
        <source>A message was held back by a rule.</source>
        <translation>حجبت قاعدة رسالةً.</translation>
    </message>
    <message>
        <source>%1 did something this program does not know.</source>
        <translation>فعل %1 شيئًا لا يعرفه هذا البرنامج.</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>صورة</translation>
    </message>
</context>
<context>
    <name>TimelinePopups</name>
    <message>
        <source>The link leads to %1.</source>
        <translation>يقود الرابط إلى %1.</translation>
    </message>
    <message>
        <source>Open this link?</source>
        <translation>فتح هذا الرابط؟</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>فتح</translation>
    </message>
    <message>
        <source>Delete this message?</source>
        <translation>حذف هذه الرسالة؟</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>حذف</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Dismiss</source>
        <translation>تجاهل</translation>
    </message>
</context>
<context>
    <name>TrayIcon</name>
    <message numerus="yes">
        <source>Guildhall: %n mention(s)</source>
        <translation>
            <numerusform>Guildhall: لا إشارات</numerusform>
            <numerusform>Guildhall: إشارة واحدة</numerusform>
            <numerusform>Guildhall: إشارتان</numerusform>
            <numerusform>Guildhall: %n إشارات</numerusform>
            <numerusform>Guildhall: %n إشارة</numerusform>
            <numerusform>Guildhall: %n إشارة</numerusform>
        </translation>
    </message>
    <message>
        <source>Guildhall</source>
        <translation>Guildhall</translation>
    </message>
</context>
<context>
    <name>TriState</name>
    <message>
        <source>Deny</source>
        <translation>منع</translation>
    </message>
    <message>
        <source>As the roles say</source>
        <translation>كما تقول الأدوار</translation>
    </message>
    <message>
        <source>Allow</source>
        <translation>سماح</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>TypedConfirm</name>
    <message>
        <source>Type “%1” to confirm</source>
        <translation>اكتب «%1» للتأكيد</translation>
    </message>
</context>
<context>
    <name>UserSettingsContent</name>
    <message>
        <source>Settings</source>
        <translation>الإعدادات</translation>
    </message>
    <message>
        <source>My account</source>
        <translation>حسابي</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>المظهر</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>اللغة</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>الإشعارات</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>الخصوصية</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>التخزين</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>الاختصارات</translation>
    </message>
    <message>
        <source>About</source>
        <translation>حول</translation>
    </message>
</context>
<context>
    <name>UserSettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>الإعدادات</translation>
    </message>
</context>
<context>
    <name>ViewAsSection</name>
    <message>
        <source>View as role</source>
        <translation>العرض بحسب دور</translation>
    </message>
    <message>
        <source>What somebody sees and may do who has only this role. Choose a channel for what is allowed there.</source>
        <translation>ما يراه ويُسمح به لمن له هذا الدور فقط. اختر قناة لمعرفة المسموح فيها.</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>دور</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>القنوات</translation>
    </message>
    <message>
        <source>Visible</source>
        <translation>ظاهر</translation>
    </message>
    <message>
        <source>Hidden</source>
        <translation>مخفي</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <translation>%1 في %2</translation>
    </message>
</context>
<context>
    <name>ViewerBar</name>
    <message>
        <source>Previous picture</source>
        <translation>الصورة السابقة</translation>
    </message>
    <message>
        <source>Next picture</source>
        <translation>الصورة التالية</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>إيقاف مؤقت</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>تشغيل</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>أصغر</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>أكبر</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>نسخ الصورة</translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation>نسخ الرابط</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>حفظ باسم…</translation>
    </message>
    <message>
        <source>Open in the browser</source>
        <translation>فتح في المتصفح</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
</context>
<context>
    <name>ViewerPicture</name>
    <message>
        <source>Hidden picture</source>
        <translation>صورة مخفية</translation>
    </message>
    <message>
        <source>The picture cannot be shown.</source>
        <translation>لا يمكن عرض الصورة.</translation>
    </message>
    <message>
        <source>Show spoiler</source>
        <translation>إظهار المحتوى الحارق</translation>
    </message>
</context>
<context>
    <name>WhySection</name>
    <message>
        <source>Why can’t I?</source>
        <translation>لماذا لا أستطيع؟</translation>
    </message>
    <message>
        <source>What you may do in this guild, and what decided that. A channel can say otherwise: open it in “View as role”, or ask in the channel&apos;s own menu.</source>
        <translation>ما يُسمح لك به في هذه النقابة وما الذي قرر ذلك. قد تخالف القناة ذلك: افتحها في «العرض بحسب دور» أو اسأل في قائمة القناة نفسها.</translation>
    </message>
    <message>
        <source>Search permissions</source>
        <translation>البحث في الصلاحيات</translation>
    </message>
</context>
<context>
    <name>Workspace</name>
    <message>
        <source>Guildhall</source>
        <translation>Guildhall</translation>
    </message>
    <message>
        <source>Link copied</source>
        <translation>نُسخ الرابط</translation>
    </message>
</context>
<context>
    <name>guildhall::client</name>
    <message>
        <source>edited</source>
        <translation>معدّلة</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>مثبتة</translation>
    </message>
    <message>
        <source>waiting to be sent</source>
        <translation>بانتظار الإرسال</translation>
    </message>
    <message>
        <source>sending</source>
        <translation>جارٍ الإرسال</translation>
    </message>
    <message>
        <source>not sent</source>
        <translation>لم تُرسل</translation>
    </message>
    <message>
        <source>waiting for the guild&apos;s host</source>
        <translation>بانتظار مضيف النقابة</translation>
    </message>
</context>
<context>
    <name>guildhall::client::AccessView</name>
    <message>
        <source>You</source>
        <translation>أنت</translation>
    </message>
</context>
<context>
    <name>guildhall::client::Account</name>
    <message>
        <source>The system&apos;s keychain does not answer. Unlock it, or log in again.</source>
        <translation>سلسلة مفاتيح النظام لا تجيب. افتح قفلها أو سجّل الدخول مجددًا.</translation>
    </message>
</context>
<context>
    <name>guildhall::client::AttachmentList</name>
    <message>
        <source>Only files of this computer can be attached.</source>
        <translation>لا يمكن إرفاق إلا ملفات هذا الحاسوب.</translation>
    </message>
    <message>
        <source>A message can have %1 files.</source>
        <translation>يمكن أن تحوي الرسالة %1 من الملفات.</translation>
    </message>
    <message>
        <source>%1 cannot be read.</source>
        <translation>تتعذر قراءة %1.</translation>
    </message>
    <message>
        <source>%1 is too large.</source>
        <translation>%1 أكبر من المسموح.</translation>
    </message>
    <message>
        <source>The picture could not be kept: the disk is full or cannot be written.</source>
        <translation>تعذر حفظ الصورة: القرص ممتلئ أو لا يمكن الكتابة عليه.</translation>
    </message>
</context>
<context>
    <name>guildhall::client::AuditLog</name>
    <message>
        <source>Changed the guild</source>
        <translation>غيّر النقابة</translation>
    </message>
    <message>
        <source>Created a channel</source>
        <translation>أنشأ قناة</translation>
    </message>
    <message>
        <source>Changed a channel</source>
        <translation>غيّر قناة</translation>
    </message>
    <message>
        <source>Deleted a channel</source>
        <translation>حذف قناة</translation>
    </message>
    <message>
        <source>Added permissions to a channel</source>
        <translation>أضاف صلاحيات إلى قناة</translation>
    </message>
    <message>
        <source>Changed permissions of a channel</source>
        <translation>غيّر صلاحيات قناة</translation>
    </message>
    <message>
        <source>Removed permissions from a channel</source>
        <translation>أزال صلاحيات من قناة</translation>
    </message>
    <message>
        <source>Kicked</source>
        <translation>طرد</translation>
    </message>
    <message>
        <source>Removed inactive members</source>
        <translation>أزال أعضاء غير نشطين</translation>
    </message>
    <message>
        <source>Banned</source>
        <translation>حظر</translation>
    </message>
    <message>
        <source>Unbanned</source>
        <translation>ألغى الحظر</translation>
    </message>
    <message>
        <source>Changed a member</source>
        <translation>غيّر عضوًا</translation>
    </message>
    <message>
        <source>Changed roles of a member</source>
        <translation>غيّر أدوار عضو</translation>
    </message>
    <message>
        <source>Added a bot</source>
        <translation>أضاف بوتًا</translation>
    </message>
    <message>
        <source>Created a role</source>
        <translation>أنشأ دورًا</translation>
    </message>
    <message>
        <source>Changed a role</source>
        <translation>غيّر دورًا</translation>
    </message>
    <message>
        <source>Deleted a role</source>
        <translation>حذف دورًا</translation>
    </message>
    <message>
        <source>Created an invite</source>
        <translation>أنشأ دعوة</translation>
    </message>
    <message>
        <source>Revoked an invite</source>
        <translation>سحب دعوة</translation>
    </message>
    <message>
        <source>Created a webhook</source>
        <translation>أنشأ خطاف ويب</translation>
    </message>
    <message>
        <source>Changed a webhook</source>
        <translation>غيّر خطاف ويب</translation>
    </message>
    <message>
        <source>Deleted a webhook</source>
        <translation>حذف خطاف ويب</translation>
    </message>
    <message>
        <source>Added an emoji</source>
        <translation>أضاف رمزًا</translation>
    </message>
    <message>
        <source>Changed an emoji</source>
        <translation>غيّر رمزًا</translation>
    </message>
    <message>
        <source>Deleted an emoji</source>
        <translation>حذف رمزًا</translation>
    </message>
    <message>
        <source>Deleted messages</source>
        <translation>حذف رسائل</translation>
    </message>
    <message>
        <source>Deleted many messages</source>
        <translation>حذف رسائل كثيرة</translation>
    </message>
    <message>
        <source>Pinned a message</source>
        <translation>ثبّت رسالة</translation>
    </message>
    <message>
        <source>Unpinned a message</source>
        <translation>ألغى تثبيت رسالة</translation>
    </message>
    <message>
        <source>Action %1</source>
        <translation>الإجراء %1</translation>
    </message>
</context>
<context>
    <name>guildhall::client::ChannelForm</name>
    <message>
        <source>Off</source>
        <translation>معطّل</translation>
    </message>
    <message numerus="yes">
        <source>%n second(s)</source>
        <translation>
            <numerusform>%n ثانية</numerusform>
            <numerusform>ثانية واحدة</numerusform>
            <numerusform>ثانيتان</numerusform>
            <numerusform>%n ثوانٍ</numerusform>
            <numerusform>%n ثانية</numerusform>
            <numerusform>%n ثانية</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n دقيقة</numerusform>
            <numerusform>دقيقة واحدة</numerusform>
            <numerusform>دقيقتان</numerusform>
            <numerusform>%n دقائق</numerusform>
            <numerusform>%n دقيقة</numerusform>
            <numerusform>%n دقيقة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n ساعة</numerusform>
            <numerusform>ساعة واحدة</numerusform>
            <numerusform>ساعتان</numerusform>
            <numerusform>%n ساعات</numerusform>
            <numerusform>%n ساعة</numerusform>
            <numerusform>%n ساعة</numerusform>
        </translation>
    </message>
    <message>
        <source>This channel is not there any more.</source>
        <translation>لم تعد هذه القناة موجودة.</translation>
    </message>
</context>
<context>
    <name>guildhall::client::ChannelList</name>
    <message>
        <source>None</source>
        <translation>لا شيء</translation>
    </message>
</context>
<context>
    <name>guildhall::client::CommandForm</name>
    <message>
        <source>The bot</source>
        <translation>البوت</translation>
    </message>
    <message>
        <source>Sending, %1 %</source>
        <translation>جارٍ الإرسال، %1 %</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>جارٍ الإرسال</translation>
    </message>
    <message>
        <source>Waiting for %1</source>
        <translation>بانتظار %1</translation>
    </message>
    <message>
        <source>Asking %1 what fits</source>
        <translation>سؤال %1 عمّا يناسب</translation>
    </message>
    <message>
        <source>A file is needed.</source>
        <translation>يلزم ملف.</translation>
    </message>
    <message>
        <source>This is needed.</source>
        <translation>هذا مطلوب.</translation>
    </message>
    <message>
        <source>%1 asks for a form, which this program cannot show.</source>
        <translation>%1 يطلب نموذجًا لا يستطيع هذا البرنامج عرضه.</translation>
    </message>
    <message>
        <source>%1 did not answer.</source>
        <translation>لم يُجب %1.</translation>
    </message>
    <message>
        <source>the guild&apos;s host cannot be reached.</source>
        <translation>تعذر الوصول إلى مضيف النقابة.</translation>
    </message>
    <message>
        <source>your node cannot be reached.</source>
        <translation>تعذر الوصول إلى عقدتك.</translation>
    </message>
    <message>
        <source>Not run: %1</source>
        <translation>لم يُنفَّذ: %1</translation>
    </message>
    <message>
        <source>%1 cannot be read.</source>
        <translation>تتعذر قراءة %1.</translation>
    </message>
</context>
<context>
    <name>guildhall::client::CompletionModel</name>
    <message>
        <source>Notify everybody who can see this channel</source>
        <translation>إشعار كل من يرى هذه القناة</translation>
    </message>
    <message>
        <source>Notify everybody who is online</source>
        <translation>إشعار كل المتصلين</translation>
    </message>
</context>
<context>
    <name>guildhall::client::ComposerModel</name>
    <message>
        <source>The text was cut: it was far too long.</source>
        <translation>قُصّ النص لأنه طويل جدًا.</translation>
    </message>
    <message>
        <source>You cannot write here.</source>
        <translation>لا يمكنك الكتابة هنا.</translation>
    </message>
    <message>
        <source>You cannot write here. %1</source>
        <translation>لا يمكنك الكتابة هنا. %1</translation>
    </message>
    <message>
        <source>Too many messages wait to be sent here.</source>
        <translation>رسائل كثيرة جدًا تنتظر الإرسال هنا.</translation>
    </message>
    <message>
        <source>Too many messages wait to be sent.</source>
        <translation>رسائل كثيرة جدًا تنتظر الإرسال.</translation>
    </message>
    <message>
        <source>Not changed.</source>
        <translation>لم يتغير.</translation>
    </message>
    <message>
        <source>the host</source>
        <translation>المضيف</translation>
    </message>
    <message>
        <source>Read-only: host away. What you write waits here and is sent when %1 is back.</source>
        <translation>للقراءة فقط: المضيف غائب. ما تكتبه ينتظر هنا ويُرسل حين يعود %1.</translation>
    </message>
    <message>
        <source>This command takes no files.</source>
        <translation>هذا الأمر لا يقبل ملفات.</translation>
    </message>
    <message>
        <source>An edited message gets no new files.</source>
        <translation>لا تُضاف ملفات إلى رسالة معدَّلة.</translation>
    </message>
    <message>
        <source>You cannot attach files here.</source>
        <translation>لا يمكنك إرفاق ملفات هنا.</translation>
    </message>
    <message>
        <source>Not changed: the guild&apos;s host cannot be reached.</source>
        <translation>لم يتغير: يتعذر الوصول إلى المضيف.</translation>
    </message>
    <message>
        <source>It is not known whether %1 was run: %2</source>
        <translation>لا يُعرف هل نُفّذ %1: %2</translation>
    </message>
    <message>
        <source>%1 was not run: %2</source>
        <translation>لم يُنفَّذ %1: %2</translation>
    </message>
</context>
<context>
    <name>guildhall::client::DeviceInfo</name>
    <message>
        <source>development</source>
        <translation>تطوير</translation>
    </message>
</context>
<context>
    <name>guildhall::client::EmojiList</name>
    <message>
        <source>This is no picture that can be used here.</source>
        <translation>هذه ليست صورة يمكن استخدامها هنا.</translation>
    </message>
    <message>
        <source>This picture is damaged.</source>
        <translation>هذه الصورة تالفة.</translation>
    </message>
</context>
<context>
    <name>guildhall::client::FileSaver</name>
    <message>
        <source>The file is no longer there.</source>
        <translation>لم يعد الملف موجودًا.</translation>
    </message>
    <message>
        <source>You may not have this file.</source>
        <translation>لا يحق لك تنزيل هذا الملف.</translation>
    </message>
    <message>
        <source>The place where the file lies has a problem.</source>
        <translation>هناك مشكلة في المكان الذي يوجد فيه الملف.</translation>
    </message>
    <message>
        <source>The connection was lost.</source>
        <translation>انقطع الاتصال.</translation>
    </message>
    <message>
        <source>The place where the file lies could not prove who it is.</source>
        <translation>لم يتمكن المكان الذي يوجد فيه الملف من إثبات هويته.</translation>
    </message>
    <message>
        <source>The file&apos;s address leads to another place.</source>
        <translation>عنوان الملف يؤدي إلى مكان آخر.</translation>
    </message>
    <message>
        <source>The file is larger than was said. It was not kept.</source>
        <translation>الملف أكبر مما ذُكر. لم يُحتفظ به.</translation>
    </message>
    <message>
        <source>Another file of this name came to be there.</source>
        <translation>ظهر هناك ملف آخر بهذا الاسم.</translation>
    </message>
    <message>
        <source>There is not enough room on the disk.</source>
        <translation>لا توجد مساحة كافية على القرص.</translation>
    </message>
    <message>
        <source>The file cannot be written there.</source>
        <translation>لا يمكن كتابة الملف هناك.</translation>
    </message>
    <message>
        <source>This file has no address.</source>
        <translation>ليس لهذا الملف عنوان.</translation>
    </message>
    <message>
        <source>file</source>
        <translation>ملف</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>حفظ</translation>
    </message>
    <message>
        <source>%1 is %2 large.</source>
        <translation>حجم %1 هو %2.</translation>
    </message>
    <message>
        <source>The file does not lie at your node but at %1, which will learn your address.</source>
        <translation>الملف ليس في عقدتك بل في %1، الذي سيعرف عنوانك.</translation>
    </message>
    <message>
        <source>Files can only be saved in a folder of this device.</source>
        <translation>لا يمكن حفظ الملفات إلا في مجلد على هذا الجهاز.</translation>
    </message>
    <message>
        <source>%1 is already there. Replace it?</source>
        <translation>%1 موجود بالفعل. هل تريد استبداله؟</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>استبدال</translation>
    </message>
    <message>
        <source>The folder holds too many of this name.</source>
        <translation>في المجلد ملفات كثيرة بهذا الاسم.</translation>
    </message>
    <message>
        <source>This file is being saved already.</source>
        <translation>هذا الملف قيد الحفظ بالفعل.</translation>
    </message>
    <message>
        <source>Too many files are being saved: wait for some.</source>
        <translation>هناك ملفات كثيرة قيد الحفظ: انتظر بعضها.</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>جارٍ الحفظ</translation>
    </message>
    <message>
        <source>Saving, %1 %</source>
        <translation>جارٍ الحفظ، %1 %</translation>
    </message>
    <message>
        <source>Saving, %1</source>
        <translation>جارٍ الحفظ، %1</translation>
    </message>
    <message>
        <source>Saved in %1</source>
        <translation>حُفظ في %1</translation>
    </message>
</context>
<context>
    <name>guildhall::client::FoundMessages</name>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
</context>
<context>
    <name>guildhall::client::GuildCreate</name>
    <message>
        <source>This is no invite. It looks like “code” or “code@node”.</source>
        <translation>هذه ليست دعوة. شكلها «code» أو «code@node».</translation>
    </message>
    <message>
        <source>This invite is not valid any more, or never was.</source>
        <translation>هذه الدعوة لم تعد صالحة، أو لم تكن يومًا كذلك.</translation>
    </message>
</context>
<context>
    <name>guildhall::client::GuildOverview</name>
    <message>
        <source>Nowhere</source>
        <translation>لا مكان</translation>
    </message>
</context>
<context>
    <name>guildhall::client::GuildView</name>
    <message>
        <source>The guild&apos;s host cannot be reached: nothing can be changed until it is back.</source>
        <translation>يتعذر الوصول إلى مضيف النقابة: لا يمكن تغيير شيء حتى يعود.</translation>
    </message>
    <message>
        <source>Too much at once. Try again in a moment.</source>
        <translation>طلبات كثيرة دفعة واحدة. أعد المحاولة بعد لحظات.</translation>
    </message>
    <message>
        <source>Your node failed at this. Try again later.</source>
        <translation>فشلت عقدتك في ذلك. أعد المحاولة لاحقًا.</translation>
    </message>
    <message>
        <source>Your node refused this.</source>
        <translation>رفضت عقدتك ذلك.</translation>
    </message>
    <message>
        <source>This guild is not known here.</source>
        <translation>هذه النقابة غير معروفة هنا.</translation>
    </message>
    <message>
        <source>This needs the permission “%1”. %2</source>
        <translation>يتطلب ذلك الصلاحية «%1». %2</translation>
    </message>
    <message>
        <source>Your node does not answer. What you did may not have reached it.</source>
        <translation>عقدتك لا تجيب. ربما لم يصل إليها ما فعلته.</translation>
    </message>
</context>
<context>
    <name>guildhall::client::HostStatus</name>
    <message>
        <source>Your own node keeps it; nobody else has to be believed.</source>
        <translation>تحفظها عقدتك أنت؛ لا حاجة إلى تصديق أحد آخر.</translation>
    </message>
    <message>
        <source>Checked: %L1 entries</source>
        <translation>فُحص: %L1 من المدخلات</translation>
    </message>
    <message>
        <source>Verified up to %1 (%L2 entries)</source>
        <translation>تم التحقق حتى %1 (%L2 من المدخلات)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more on the way</source>
        <translation>
            <numerusform>لا مزيد في الطريق</numerusform>
            <numerusform>مدخل آخر في الطريق</numerusform>
            <numerusform>مدخلان آخران في الطريق</numerusform>
            <numerusform>%Ln مدخلات أخرى في الطريق</numerusform>
            <numerusform>%Ln مدخلًا آخر في الطريق</numerusform>
            <numerusform>%Ln مدخل آخر في الطريق</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing new is taken from its host: %1</source>
        <translation>لا يُقبل جديد من مضيفها: %1</translation>
    </message>
    <message>
        <source>has everything</source>
        <translation>لديها كل شيء</translation>
    </message>
    <message>
        <source>has %L1 of %L2 entries</source>
        <translation>لديها %L1 من %L2 مدخلًا</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>حُفظ</translation>
    </message>
    <message>
        <source>The guild moves as soon as that node has everything.</source>
        <translation>تنتقل النقابة حالما تملك تلك العقدة كل شيء.</translation>
    </message>
    <message>
        <source>The guild stays here.</source>
        <translation>تبقى النقابة هنا.</translation>
    </message>
</context>
<context>
    <name>guildhall::client::ImageCropper</name>
    <message>
        <source>This is no picture that can be read here.</source>
        <translation>هذه ليست صورة تمكن قراءتها هنا.</translation>
    </message>
    <message>
        <source>This picture is too large.</source>
        <translation>هذه الصورة كبيرة جدًا.</translation>
    </message>
    <message>
        <source>This picture is damaged.</source>
        <translation>هذه الصورة تالفة.</translation>
    </message>
</context>
<context>
    <name>guildhall::client::InviteList</name>
    <message>
        <source>Never</source>
        <translation>أبدًا</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n دقيقة</numerusform>
            <numerusform>دقيقة واحدة</numerusform>
            <numerusform>دقيقتان</numerusform>
            <numerusform>%n دقائق</numerusform>
            <numerusform>%n دقيقة</numerusform>
            <numerusform>%n دقيقة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n ساعة</numerusform>
            <numerusform>ساعة واحدة</numerusform>
            <numerusform>ساعتان</numerusform>
            <numerusform>%n ساعات</numerusform>
            <numerusform>%n ساعة</numerusform>
            <numerusform>%n ساعة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n يوم</numerusform>
            <numerusform>يوم واحد</numerusform>
            <numerusform>يومان</numerusform>
            <numerusform>%n أيام</numerusform>
            <numerusform>%n يومًا</numerusform>
            <numerusform>%n يوم</numerusform>
        </translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>بلا حد</translation>
    </message>
    <message numerus="yes">
        <source>%n use(s)</source>
        <translation>
            <numerusform>بلا استخدام</numerusform>
            <numerusform>استخدام واحد</numerusform>
            <numerusform>استخدامان</numerusform>
            <numerusform>%n استخدامات</numerusform>
            <numerusform>%n استخدامًا</numerusform>
            <numerusform>%n استخدام</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>guildhall::client::LoginModel</name>
    <message>
        <source>This is not the node that was at this address before: its fingerprint is another. Ask whoever runs it before you type a password.</source>
        <translation>ليست هذه العقدة التي كانت على هذا العنوان من قبل: بصمتها مختلفة. اسأل مشغّلها قبل أن تكتب كلمة مرور.</translation>
    </message>
    <message>
        <source>The way to this node is not encrypted: everybody on it can read your password and your messages.</source>
        <translation>الطريق إلى هذه العقدة غير مشفّر: يستطيع كل من عليه قراءة كلمة مرورك ورسائلك.</translation>
    </message>
    <message>
        <source>That is no address of a node, such as chat.example.org.</source>
        <translation>هذا ليس عنوان عقدة مثل chat.example.org.</translation>
    </message>
    <message>
        <source>Nothing answers at %1.</source>
        <translation>لا شيء يجيب على %1.</translation>
    </message>
    <message>
        <source>What answers at %1 is no Guildhall node.</source>
        <translation>ما يجيب على %1 ليس عقدة Guildhall.</translation>
    </message>
    <message>
        <source>The node does not answer.</source>
        <translation>العقدة لا تجيب.</translation>
    </message>
    <message>
        <source>The node answered something that is no login.</source>
        <translation>أجابت العقدة بما ليس تسجيل دخول.</translation>
    </message>
</context>
<context>
    <name>guildhall::client::MemberActions</name>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n دقيقة</numerusform>
            <numerusform>دقيقة واحدة</numerusform>
            <numerusform>دقيقتان</numerusform>
            <numerusform>%n دقائق</numerusform>
            <numerusform>%n دقيقة</numerusform>
            <numerusform>%n دقيقة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n ساعة</numerusform>
            <numerusform>ساعة واحدة</numerusform>
            <numerusform>ساعتان</numerusform>
            <numerusform>%n ساعات</numerusform>
            <numerusform>%n ساعة</numerusform>
            <numerusform>%n ساعة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n يوم</numerusform>
            <numerusform>يوم واحد</numerusform>
            <numerusform>يومان</numerusform>
            <numerusform>%n أيام</numerusform>
            <numerusform>%n يومًا</numerusform>
            <numerusform>%n يوم</numerusform>
        </translation>
    </message>
    <message>
        <source>None</source>
        <translation>لا شيء</translation>
    </message>
    <message numerus="yes">
        <source>Of the last %n day(s)</source>
        <translation>
            <numerusform>بلا أيام</numerusform>
            <numerusform>لليوم الأخير</numerusform>
            <numerusform>لليومين الأخيرين</numerusform>
            <numerusform>لآخر %n أيام</numerusform>
            <numerusform>لآخر %n يومًا</numerusform>
            <numerusform>لآخر %n يوم</numerusform>
        </translation>
    </message>
    <message>
        <source>This person is not a member.</source>
        <translation>هذا الشخص ليس عضوًا.</translation>
    </message>
    <message>
        <source>This is you.</source>
        <translation>هذا أنت.</translation>
    </message>
    <message>
        <source>This person owns the guild.</source>
        <translation>هذا الشخص يملك النقابة.</translation>
    </message>
    <message>
        <source>This person&apos;s highest role is not below yours.</source>
        <translation>أعلى أدوار هذا الشخص ليس تحت أعلى أدوارك.</translation>
    </message>
    <message>
        <source>An integration gives this role.</source>
        <translation>يمنح هذا الدور تكامل.</translation>
    </message>
    <message>
        <source>This role is not below your highest one.</source>
        <translation>هذا الدور ليس تحت أعلى أدوارك.</translation>
    </message>
</context>
<context>
    <name>guildhall::client::MemberList</name>
    <message>
        <source>Everybody</source>
        <translation>الجميع</translation>
    </message>
</context>
<context>
    <name>guildhall::client::MemberListModel</name>
    <message>
        <source>Online</source>
        <translation>متصل</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>غير متصل</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>الأعضاء</translation>
    </message>
</context>
<context>
    <name>guildhall::client::MessageCommands</name>
    <message>
        <source>Not done: there is no connection.</source>
        <translation>لم يتم: لا اتصال.</translation>
    </message>
    <message>
        <source>The node refused it.</source>
        <translation>رفضته العقدة.</translation>
    </message>
    <message>
        <source>Not done: the guild&apos;s host cannot be reached.</source>
        <translation>لم يتم: يتعذر الوصول إلى المضيف.</translation>
    </message>
</context>
<context>
    <name>guildhall::client::Navigator</name>
    <message>
        <source>This link is of %1, where you have no account on this device.</source>
        <translation>هذا الرابط يخصّ %1، وليس لك حساب هناك على هذا الجهاز.</translation>
    </message>
    <message>
        <source>another node</source>
        <translation>عقدة أخرى</translation>
    </message>
    <message>
        <source>This link leads to a guild that you are not in.</source>
        <translation>يؤدي هذا الرابط إلى نقابة لست عضواً فيها.</translation>
    </message>
    <message>
        <source>This link leads to a place that you cannot see, or that is gone.</source>
        <translation>يؤدي هذا الرابط إلى مكان لا يمكنك رؤيته أو لم يعد موجوداً.</translation>
    </message>
    <message>
        <source>This is no link that Guildhall knows.</source>
        <translation>هذا ليس رابطاً يعرفه Guildhall.</translation>
    </message>
</context>
<context>
    <name>guildhall::client::NodeBans</name>
    <message>
        <source>node %1</source>
        <translation>العقدة %1</translation>
    </message>
</context>
<context>
    <name>guildhall::client::NodeFacts</name>
    <message>
        <source>Everybody may make an account</source>
        <translation>يحق للجميع إنشاء حساب</translation>
    </message>
    <message>
        <source>Who has an invite may make an account</source>
        <translation>يحق لمن لديه دعوة إنشاء حساب</translation>
    </message>
    <message>
        <source>Takes no new accounts</source>
        <translation>لا تقبل حسابات جديدة</translation>
    </message>
    <message>
        <source>Your node does not answer: this is what this device knows.</source>
        <translation>عقدتك لا تجيب: هذا ما يعرفه هذا الجهاز.</translation>
    </message>
</context>
<context>
    <name>guildhall::client::Notifier</name>
    <message>
        <source>Open</source>
        <translation>فتح</translation>
    </message>
    <message numerus="yes">
        <source>%n new message(s)</source>
        <translation>
            <numerusform>لا رسائل جديدة</numerusform>
            <numerusform>رسالة جديدة</numerusform>
            <numerusform>رسالتان جديدتان</numerusform>
            <numerusform>%n رسائل جديدة</numerusform>
            <numerusform>%n رسالة جديدة</numerusform>
            <numerusform>%n رسالة جديدة</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>guildhall::client::NotifySettings</name>
    <message>
        <source>Until I end it</source>
        <translation>حتى أنهيه</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n دقيقة</numerusform>
            <numerusform>دقيقة واحدة</numerusform>
            <numerusform>دقيقتان</numerusform>
            <numerusform>%n دقائق</numerusform>
            <numerusform>%n دقيقة</numerusform>
            <numerusform>%n دقيقة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n ساعة</numerusform>
            <numerusform>ساعة واحدة</numerusform>
            <numerusform>ساعتان</numerusform>
            <numerusform>%n ساعات</numerusform>
            <numerusform>%n ساعة</numerusform>
            <numerusform>%n ساعة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n يوم</numerusform>
            <numerusform>يوم واحد</numerusform>
            <numerusform>يومان</numerusform>
            <numerusform>%n أيام</numerusform>
            <numerusform>%n يومًا</numerusform>
            <numerusform>%n يوم</numerusform>
        </translation>
    </message>
    <message>
        <source>until you end it</source>
        <translation>حتى تنهيه</translation>
    </message>
    <message>
        <source>As usual</source>
        <translation>كالمعتاد</translation>
    </message>
    <message>
        <source>All messages</source>
        <translation>كل الرسائل</translation>
    </message>
    <message>
        <source>Only mentions</source>
        <translation>الإشارات فقط</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>لا شيء</translation>
    </message>
</context>
<context>
    <name>guildhall::client::Outbox</name>
    <message>
        <source>This may have been sent already: look before you send it again.</source>
        <translation>ربما أُرسلت هذه من قبل: تحقق قبل أن تعيد إرسالها.</translation>
    </message>
</context>
<context>
    <name>guildhall::client::Overwrites</name>
    <message>
        <source>This channel is not there any more.</source>
        <translation>لم تعد هذه القناة موجودة.</translation>
    </message>
    <message>
        <source>You do not have this permission yourself.</source>
        <translation>ليست لديك هذه الصلاحية أنت نفسك.</translation>
    </message>
</context>
<context>
    <name>guildhall::client::PasswordForm</name>
    <message>
        <source>Your present password is needed.</source>
        <translation>كلمة مرورك الحالية مطلوبة.</translation>
    </message>
    <message numerus="yes">
        <source>At least %n character(s).</source>
        <translation>
            <numerusform>بلا حد أدنى.</numerusform>
            <numerusform>حرف واحد على الأقل.</numerusform>
            <numerusform>حرفان على الأقل.</numerusform>
            <numerusform>%n أحرف على الأقل.</numerusform>
            <numerusform>%n حرفًا على الأقل.</numerusform>
            <numerusform>%n حرف على الأقل.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>At most %n character(s).</source>
        <translation>
            <numerusform>بلا أحرف.</numerusform>
            <numerusform>حرف واحد على الأكثر.</numerusform>
            <numerusform>حرفان على الأكثر.</numerusform>
            <numerusform>%n أحرف على الأكثر.</numerusform>
            <numerusform>%n حرفًا على الأكثر.</numerusform>
            <numerusform>%n حرف على الأكثر.</numerusform>
        </translation>
    </message>
    <message>
        <source>The two are not the same.</source>
        <translation>الكلمتان غير متطابقتين.</translation>
    </message>
</context>
<context>
    <name>guildhall::client::PermissionText</name>
    <message>
        <source>a deleted role</source>
        <translation>دور محذوف</translation>
    </message>
    <message>
        <source>%1 allows it for this person.</source>
        <translation>%1 يسمح بها لهذا الشخص.</translation>
    </message>
    <message>
        <source>%1 denies it for this person.</source>
        <translation>%1 يمنعها عن هذا الشخص.</translation>
    </message>
    <message>
        <source>%1 allows it for the role %2.</source>
        <translation>%1 يسمح بها للدور %2.</translation>
    </message>
    <message>
        <source>%1 denies it for the role %2.</source>
        <translation>%1 يمنعها عن الدور %2.</translation>
    </message>
    <message>
        <source>%1 allows it for everybody.</source>
        <translation>%1 يسمح بها للجميع.</translation>
    </message>
    <message>
        <source>%1 denies it for everybody.</source>
        <translation>%1 يمنعها عن الجميع.</translation>
    </message>
    <message>
        <source>The guild</source>
        <translation>النقابة</translation>
    </message>
    <message>
        <source>People</source>
        <translation>أشخاص</translation>
    </message>
    <message>
        <source>Text channels</source>
        <translation>القنوات النصية</translation>
    </message>
    <message>
        <source>Voice channels</source>
        <translation>القنوات الصوتية</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>الفعاليات</translation>
    </message>
    <message>
        <source>The channel</source>
        <translation>القناة</translation>
    </message>
    <message>
        <source>The owner of the guild may do everything.</source>
        <translation>يحق لمالك النقابة كل شيء.</translation>
    </message>
    <message>
        <source>The role %1 makes administrators, who may do everything.</source>
        <translation>الدور %1 يجعل أصحابه مديرين يحق لهم كل شيء.</translation>
    </message>
    <message>
        <source>In timeout until %1.</source>
        <translation>في مهلة حتى %1.</translation>
    </message>
    <message>
        <source>The role %1 grants it.</source>
        <translation>يمنحها الدور %1.</translation>
    </message>
    <message>
        <source>Everybody in this guild has it.</source>
        <translation>يملكها الجميع في هذه النقابة.</translation>
    </message>
    <message>
        <source>No role grants it.</source>
        <translation>لا يمنحها أي دور.</translation>
    </message>
    <message>
        <source>%1 cannot be seen.</source>
        <translation>لا تمكن رؤية %1.</translation>
    </message>
    <message>
        <source>It needs the permission to send messages.</source>
        <translation>تتطلب صلاحية إرسال الرسائل.</translation>
    </message>
    <message>
        <source>It needs the permission to connect.</source>
        <translation>تتطلب صلاحية الاتصال.</translation>
    </message>
    <message>
        <source>You are in timeout until %1.</source>
        <translation>أنت في مهلة حتى %1.</translation>
    </message>
    <message>
        <source>No role of yours grants it.</source>
        <translation>لا يمنحها أي من أدوارك.</translation>
    </message>
    <message>
        <source>Permission %1</source>
        <translation>الصلاحية %1</translation>
    </message>
</context>
<context>
    <name>guildhall::client::Profile</name>
    <message>
        <source>Lives at your node</source>
        <translation>يقيم على عقدتك</translation>
    </message>
    <message>
        <source>Lives at %1</source>
        <translation>يقيم على %1</translation>
    </message>
    <message>
        <source>Lives at %1, which is reachable</source>
        <translation>يقيم على %1 ويمكن الوصول إليها</translation>
    </message>
    <message>
        <source>Lives at %1, which cannot be reached now</source>
        <translation>يقيم على %1 ويتعذر الوصول إليها الآن</translation>
    </message>
</context>
<context>
    <name>guildhall::client::RecoveryForm</name>
    <message>
        <source>The file could not be written.</source>
        <translation>تعذرت كتابة الملف.</translation>
    </message>
</context>
<context>
    <name>guildhall::client::Rest::Impl</name>
    <message>
        <source>Too much is asked of the node at once.</source>
        <translation>يُطلب من العقدة الكثير دفعة واحدة.</translation>
    </message>
    <message>
        <source>This cannot be asked of a node.</source>
        <translation>لا يمكن طلب ذلك من عقدة.</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>أُلغي.</translation>
    </message>
    <message>
        <source>%1 cannot be read.</source>
        <translation>تتعذر قراءة %1.</translation>
    </message>
    <message>
        <source>The node&apos;s answer is too long.</source>
        <translation>جواب العقدة أطول من اللازم.</translation>
    </message>
    <message>
        <source>The node sends us to another address.</source>
        <translation>تحيلنا العقدة إلى عنوان آخر.</translation>
    </message>
    <message>
        <source>The node could not prove who it is.</source>
        <translation>لم تستطع العقدة إثبات هويتها.</translation>
    </message>
    <message>
        <source>The node cannot be reached.</source>
        <translation>يتعذر الوصول إلى العقدة.</translation>
    </message>
    <message>
        <source>The node&apos;s answer makes no sense.</source>
        <translation>جواب العقدة غير مفهوم.</translation>
    </message>
</context>
<context>
    <name>guildhall::client::RoleForm</name>
    <message>
        <source>This role is not below your highest one.</source>
        <translation>هذا الدور ليس تحت أعلى أدوارك.</translation>
    </message>
    <message>
        <source>This role is not there any more.</source>
        <translation>لم يعد هذا الدور موجودًا.</translation>
    </message>
    <message>
        <source>You do not have this permission yourself.</source>
        <translation>ليست لديك هذه الصلاحية أنت نفسك.</translation>
    </message>
</context>
<context>
    <name>guildhall::client::RoleList</name>
    <message>
        <source>It stands below all others.</source>
        <translation>يقع تحت كل الأدوار الأخرى.</translation>
    </message>
    <message>
        <source>It is not below your highest role.</source>
        <translation>ليس تحت أعلى أدوارك.</translation>
    </message>
    <message>
        <source>new role</source>
        <translation>دور جديد</translation>
    </message>
</context>
<context>
    <name>guildhall::client::SearchModel</name>
    <message>
        <source>All of this channel was searched.</source>
        <translation>بُحث في هذه القناة كلها.</translation>
    </message>
    <message>
        <source>Nothing of this channel is on this device yet.</source>
        <translation>لا شيء من هذه القناة على هذا الجهاز بعد.</translation>
    </message>
    <message>
        <source>This device knows this channel back to %1.</source>
        <translation>يعرف هذا الجهاز هذه القناة رجوعًا حتى %1.</translation>
    </message>
    <message>
        <source>Nobody here is called “%1”.</source>
        <translation>لا أحد هنا اسمه «%1».</translation>
    </message>
    <message>
        <source>No channel here is called “%1”.</source>
        <translation>لا توجد هنا قناة اسمها «%1».</translation>
    </message>
    <message>
        <source>Your node was searched as well.</source>
        <translation>جرى البحث في عقدتك أيضًا.</translation>
    </message>
</context>
<context>
    <name>guildhall::client::SessionList</name>
    <message>
        <source>Unknown program</source>
        <translation>برنامج مجهول</translation>
    </message>
</context>
<context>
    <name>guildhall::client::SuggestionModel</name>
    <message>
        <source>Role</source>
        <translation>دور</translation>
    </message>
</context>
<context>
    <name>guildhall::client::TimelineModel</name>
    <message>
        <source>Messages could not be loaded</source>
        <translation>تعذر تحميل الرسائل</translation>
    </message>
    <message>
        <source>The channel begins here</source>
        <translation>تبدأ القناة هنا</translation>
    </message>
    <message>
        <source>Loading messages</source>
        <translation>جارٍ تحميل الرسائل</translation>
    </message>
    <message>
        <source>Webhook</source>
        <translation>خطاف ويب</translation>
    </message>
    <message>
        <source>System</source>
        <translation>النظام</translation>
    </message>
    <message>
        <source>Bot</source>
        <translation>بوت</translation>
    </message>
    <message>
        <source>%1 used /%2</source>
        <translation>استخدم %1 الأمر ‎/%2</translation>
    </message>
    <message>
        <source>The message could not be loaded.</source>
        <translation>تعذر تحميل الرسالة.</translation>
    </message>
    <message>
        <source>Several people are typing…</source>
        <translation>يكتب عدة أشخاص…</translation>
    </message>
    <message>
        <source>Somebody</source>
        <translation>أحدهم</translation>
    </message>
    <message numerus="yes">
        <source>%1 typing…</source>
        <translation>
            <numerusform>%1 يكتب…</numerusform>
            <numerusform>%1 يكتب…</numerusform>
            <numerusform>%1 يكتبان…</numerusform>
            <numerusform>%1 يكتبون…</numerusform>
            <numerusform>%1 يكتبون…</numerusform>
            <numerusform>%1 يكتبون…</numerusform>
        </translation>
    </message>
    <message>
        <source>Link copied</source>
        <translation>نُسخ الرابط</translation>
    </message>
    <message>
        <source>The picture could not be copied.</source>
        <translation>تعذّر نسخ الصورة.</translation>
    </message>
    <message>
        <source>Picture copied</source>
        <translation>نُسخت الصورة</translation>
    </message>
</context>
</TS>
