#include "client-qml/core/text/languages.h"

#include <QList>

namespace guildhall::client::text {

namespace {

using Kind = Language::Kind;

constexpr Language kLanguages[] = {
    {.names = u"c h",
     .keywords = u"auto break case const continue default do else enum extern for goto if inline "
                 u"register restrict return sizeof static struct switch typedef union volatile "
                 u"while _Alignas _Atomic _Bool _Generic _Noreturn _Static_assert NULL true false",
     .types = u"bool char double float int long short signed size_t ssize_t uint8_t uint16_t "
              u"uint32_t uint64_t int8_t int16_t int32_t int64_t unsigned void FILE",
     .line_comment = u"//",
     .block_open = u"/*",
     .block_close = u"*/",
     .meta_line = u"#"},
    {.names = u"cpp c++ cc cxx hpp hh hxx ino",
     .keywords = u"alignas alignof auto break case catch class co_await co_return co_yield concept "
                 u"const consteval constexpr constinit const_cast continue decltype default delete "
                 u"do dynamic_cast else enum explicit export extern false final for friend goto if "
                 u"inline mutable namespace new noexcept nullptr operator override private "
                 u"protected public reinterpret_cast requires return sizeof static static_assert "
                 u"static_cast struct switch template this thread_local throw true try typedef "
                 u"typeid typename union using virtual volatile while",
     .types = u"bool char char8_t char16_t char32_t double float int long short signed size_t "
              u"uint8_t uint16_t uint32_t uint64_t int8_t int16_t int32_t int64_t unsigned void "
              u"string string_view vector map set optional variant unique_ptr shared_ptr wchar_t",
     .line_comment = u"//",
     .block_open = u"/*",
     .block_close = u"*/",
     .meta_line = u"#"},
    {.names = u"js javascript jsx mjs cjs ts typescript tsx",
     .keywords = u"abstract any as async await break case catch class const continue debugger "
                 u"declare default delete do else enum export extends false finally for from "
                 u"function get if implements import in instanceof interface keyof let namespace "
                 u"new null of private protected public readonly return satisfies set static super "
                 u"switch this throw true try type typeof undefined var void while with yield",
     .types = u"bigint boolean never number object string symbol unknown",
     .line_comment = u"//",
     .block_open = u"/*",
     .block_close = u"*/",
     .long_quotes = u"`",
     .meta = u"@",
     .word_characters = u"_$",
     .types_by_case = true},
    {.names = u"qml",
     .keywords = u"alias as async await break case catch class component const continue default "
                 u"delete do else enum false finally for function if import in instanceof let new "
                 u"null of on pragma property readonly required return signal switch this throw "
                 u"true try typeof undefined var void while with",
     .types = u"bool color date double int list real string url variant",
     .line_comment = u"//",
     .block_open = u"/*",
     .block_close = u"*/",
     .long_quotes = u"`",
     .word_characters = u"_$",
     .types_by_case = true,
     .keys = true},
    {.names = u"json json5 jsonc",
     .keywords = u"true false null",
     .line_comment = u"//",
     .block_open = u"/*",
     .block_close = u"*/",
     .keys = true},
    {.names = u"python py python3 pyi",
     .keywords = u"False None True and as assert async await break case class continue def del "
                 u"elif else except finally for from global if import in is lambda match nonlocal "
                 u"not or pass raise return self try while with yield",
     .types = u"bool bytes dict float frozenset int list object set str tuple type",
     .line_comment = u"#",
     .long_quotes = u"ddd sss",
     .meta = u"@",
     .types_by_case = true},
    {.names = u"rust rs",
     .keywords = u"as async await break const continue crate dyn else enum extern false fn for if "
                 u"impl in let loop match mod move mut pub ref return self Self static struct "
                 u"super trait true type unsafe use where while",
     .types = u"bool char f32 f64 i8 i16 i32 i64 i128 isize str u8 u16 u32 u64 u128 usize",
     .line_comment = u"//",
     .block_open = u"/*",
     .block_close = u"*/",
     .quotes = u"",
     .long_quotes = u"\"",
     .meta_line = u"#",
     .types_by_case = true},
    {.names = u"go golang",
     .keywords = u"break case chan const continue default defer else fallthrough false for func go "
                 u"goto if import interface iota map nil package range return select struct switch "
                 u"true type var",
     .types =
         u"any bool byte complex64 complex128 error float32 float64 int int8 int16 int32 int64 "
         u"rune string uint uint8 uint16 uint32 uint64 uintptr",
     .line_comment = u"//",
     .block_open = u"/*",
     .block_close = u"*/",
     .long_quotes = u"`",
     .types_by_case = true},
    {.names = u"java kotlin kt cs csharp swift scala dart",
     .keywords =
         u"abstract as async await break case catch class const continue data default do "
         u"else enum extends extension false final finally for fun func guard if implements "
         u"import in instanceof interface internal is let namespace new null object open "
         u"out override package private protected public readonly record return sealed "
         u"static super switch synchronized this throw throws transient true try using val "
         u"var virtual void volatile when where while yield",
     .types = u"bool boolean byte char double float int long short string",
     .line_comment = u"//",
     .block_open = u"/*",
     .block_close = u"*/",
     .meta = u"@",
     .types_by_case = true},
    {.names = u"bash sh shell zsh console",
     .keywords = u"case do done elif else esac exit export fi for function if in local read return "
                 u"select set shift source then trap unset until while",
     .types = u"cat cd cp curl echo find git grep ls mkdir mv printf rm sed sudo test",
     .line_comment = u"#",
     .quotes = u"",
     .long_quotes = u"\"'",
     .meta = u"$",
     .word_characters = u"_-"},
    {.names = u"html xml svg xhtml vue", .kind = Kind::markup},
    {.names = u"css scss less",
     .keywords = u"important inherit initial none auto and not only",
     .line_comment = u"//",
     .block_open = u"/*",
     .block_close = u"*/",
     .meta = u"@",
     .word_characters = u"_-",
     .keys = true},
    {.names = u"sql sqlite postgresql mysql",
     .keywords =
         u"add all alter and as asc begin between by cascade case check column commit "
         u"constraint create cross default delete desc distinct drop else end except exists "
         u"false foreign from full group having if in index inner insert into is join key "
         u"left like limit not null offset on or order outer primary references returning "
         u"right rollback select set table then transaction true union unique update using "
         u"values view when where with",
     .types = u"bigint blob boolean char date integer int numeric real serial smallint text "
              u"timestamp varchar",
     .line_comment = u"--",
     .block_open = u"/*",
     .block_close = u"*/",
     .long_quotes = u"'",
     .any_case = true},
    {.names = u"yaml yml toml ini conf properties",
     .keywords = u"true false null yes no on off",
     .line_comment = u"#",
     .meta_line = u"[",
     .word_characters = u"_-",
     .keys = true},
    {.names = u"diff patch", .kind = Kind::diff},
};

}  // namespace

const Language* find_language(const QString& name) {
    auto wanted = name.toLower();
    for (const auto& language : kLanguages) {
        for (auto known : QStringView(language.names).split(u' ')) {
            if (known == wanted) return &language;
        }
    }
    return nullptr;
}

}  // namespace guildhall::client::text
