// SPDX-License-Identifier: Apache-2.0
// Every encoding an export comes in is read right or refused with advice, and a guess is always said: text is encoded
// here with iconv and read back without a hint.
#include <fmt/core.h>
#include <iconv.h>

#include <catch2/catch.hpp>

#include "csv/ascii_bytes.hpp"
#include "csv/encoding.hpp"
#include "seatlint/csv.hpp"

namespace csv_encoding_test {

using namespace seatlint;
using namespace seatlint::csv;
using namespace std::string_view_literals;

namespace {

constexpr std::string_view western =
    "Name,Stadt,Notiz\nJosé García,München,naïve café\nÅsa Öberg,Malmö,façade\nZoë,Köln,Straße\n";
constexpr std::string_view central = "Jméno,Město\nŁukasz Żółć,Łódź\nJiří Dvořák,Plzeň\nŐrsi Kovács,Győr\n";
constexpr std::string_view russian = "Имя,Город\nИван Петров,Москва\nОльга Смирнова,Санкт-Петербург\n";
constexpr std::string_view turkish = "Ad,Şehir\nÇağrı Şahin,İstanbul\nGökhan Ünğür,Muğla\n";
constexpr std::string_view japanese = "名前,都市\n山田太郎,東京\nスズキ,カタカナ\nさとう,ひらがな\n";
constexpr std::string_view chinese = "姓名,城市\n王小明,北京\n李华,上海\n";
constexpr std::string_view danish =
    "Navn,By,Note\nSøren Kjær,Århus,Rødgrød med fløde\nBjørn Åse,Tromsø,Øl og smørrebrød\n";
constexpr std::string_view icelandic = "Nafn,Borg\nÞórður Jónsson,Reykjavík\nGuðrún Ævarsdóttir,Akureyri\n";
constexpr std::string_view hungarian = "Név,Város\nŐrsi Kovács,Győr\nSzűcs Ágnes,Székesfehérvár\n";
constexpr std::string_view slovene = "Ime,Mesto\nŽiga Šušteršič,Škofja Loka\nMatjaž Čuk,Žalec\n";
constexpr std::string_view latvian = "Vārds,Pilsēta\nJānis Bērziņš,Rīga\nĒrika Kļaviņa,Liepāja\n";
constexpr std::string_view serbian = "Име,Град\nЂорђе Петровић,Београд\nЖељко Њушкић,Нови Сад\n";
constexpr std::string_view ukrainian = "Ім'я,Місто\nАндрій Шевченко,Київ\nОксана Ковальчук,Львів\n";
constexpr std::string_view taiwanese = "姓名,城市\n王小明,臺北\n李雅婷,高雄\n陳志偉,臺中\n";
constexpr std::string_view korean = "이름,도시\n김민준,서울\n이서연,부산\n박지훈,인천\n";
constexpr std::string_view polish =
    "Imię,Miasto\nŁukasz Żółć,Łódź\nMałgorzata Wiśniewska,Kraków\nBożena Dąbrowska,Gdańsk\nWiesław "
    "Wójcik,Poznań\nMichał Świątek,Częstochowa\n";
constexpr std::string_view hebrew = "שם,עיר\nדוד כהן,ירושלים\nרחל לוי,חיפה\n";
constexpr std::string_view greek = "Όνομα,Πόλη\nΓιώργος Παπαδόπουλος,Αθήνα\n";

std::string encode(std::string_view text, const char* encoding) {
  const iconv_t converter = iconv_open(encoding, "UTF-8");
  REQUIRE(converter != reinterpret_cast<iconv_t>(-1));
  std::string in(text), out(text.size() * 8 + 64, '\0');
  char* from = in.data();
  char* to = out.data();
  std::size_t in_left = in.size(), out_left = out.size();
  REQUIRE(iconv(converter, &from, &in_left, &to, &out_left) == 0);
  iconv(converter, nullptr, nullptr, &to, &out_left);
  iconv_close(converter);
  out.resize(out.size() - out_left);
  return out;
}

struct Reading {
  std::string text, encoding, error;
  bool guessed = false, bom = false;
  std::vector<Problem> problems;
};

Reading read(std::string_view bytes, Options options = {}) {
  Reading reading;
  try {
    const auto source = memory_source(bytes);
    Reader reader(*source, "f.csv", std::move(options));
    reader.on_problem([&](const Problem& p) { reading.problems.push_back(p); });
    Record record;
    while (reader.next(record)) {
      for (std::size_t i = 0; i < record.fields.size(); ++i)
        reading.text.append(i == 0 ? "" : ",").append(record.fields[i]);
      reading.text += '\n';
    }
    reading.encoding = reader.layout().encoding;
    reading.guessed = reader.layout().encoding_guessed;
    reading.bom = reader.layout().bom;
  } catch (const Error& error) {
    reading.error = error.what();
  }
  return reading;
}

}  // namespace

TEST_CASE("Unicode encodings are recognized with and without a mark", "[csv][encoding]") {
  for (const std::string_view text : {western, russian, japanese, chinese, "id,n\n1,a\n"sv})
    for (const char* encoding : {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
      for (const bool mark : {false, true}) {
        INFO(encoding << (mark ? " with mark " : " ") << text);
        const Reading reading = read(encode((mark ? "\xEF\xBB\xBF" : "") + std::string(text), encoding));
        CHECK(reading.error == "");
        CHECK(reading.text == text);
        CHECK(reading.bom == mark);
        CHECK_FALSE(reading.guessed);
        CHECK(reading.problems.empty());
      }
}

TEST_CASE("code pages are guessed, and the guess is said", "[csv][encoding]") {
  struct Case {
    std::string_view text;
    const char* encoding;
    const char* read_as;
  };
  for (const Case& c : {Case{western, "ISO-8859-1", "windows-1252"},
                        Case{western, "WINDOWS-1252", "windows-1252"},
                        Case{"Name,Preis\nJosé,10 €\n", "ISO-8859-15", "iso-8859-15"},
                        Case{"Name,Preis\nJosé,10 €\n", "WINDOWS-1252", "windows-1252"},
                        Case{central, "WINDOWS-1250", "windows-1250"},
                        Case{central, "ISO-8859-2", "iso-8859-2"},
                        Case{russian, "WINDOWS-1251", "windows-1251"},
                        Case{russian, "KOI8-R", "koi8-r"},
                        Case{russian, "ISO-8859-5", "iso-8859-5"},
                        Case{russian, "CP866", "cp866"},
                        Case{turkish, "WINDOWS-1254", "windows-1254"},
                        Case{japanese, "ISO-2022-JP", "iso-2022-jp-2"},
                        Case{western, "UTF-7", "utf-7"},
                        Case{russian, "UTF-7", "utf-7"},
                        Case{japanese, "UTF-7", "utf-7"},
                        Case{danish, "ISO-8859-1", "windows-1252"},
                        Case{icelandic, "WINDOWS-1252", "windows-1252"},
                        Case{hungarian, "WINDOWS-1250", "windows-1250"},
                        Case{hungarian, "ISO-8859-2", "windows-1250"},
                        Case{slovene, "WINDOWS-1250", "windows-1250"},
                        Case{slovene, "ISO-8859-2", "iso-8859-2"},
                        Case{latvian, "WINDOWS-1257", "windows-1257"},
                        Case{serbian, "WINDOWS-1251", "windows-1251"},
                        Case{ukrainian, "KOI8-U", "koi8-u"},
                        Case{ukrainian, "WINDOWS-1251", "windows-1251"},
                        Case{japanese, "SHIFT_JIS", "cp932"},
                        Case{japanese, "EUC-JP", "euc-jp"},
                        Case{chinese, "GB18030", "gb18030"},
                        Case{taiwanese, "BIG5", "big5"},
                        Case{korean, "EUC-KR", "cp949"},
                        Case{greek, "WINDOWS-1253", "windows-1253"},
                        Case{greek, "CP737", "cp737"},
                        Case{serbian, "CP855", "cp855"},
                        Case{hebrew, "WINDOWS-1255", "windows-1255"},
                        Case{polish, "CP852", "cp852"},
                        Case{russian, "MAC-CYRILLIC", "mac-cyrillic"}}) {
    INFO(c.encoding);
    const Reading reading = read(encode(c.text, c.encoding));
    CHECK(reading.text == c.text);
    CHECK(reading.encoding == c.read_as);
    CHECK(reading.guessed);
  }
}

TEST_CASE("what can't be told is refused with advice, and read when told", "[csv][encoding]") {
  struct Case {
    std::string_view text;
    const char* encoding;
  };
  for (const Case& c :
       {Case{western, "CP850"}, Case{western, "CP437"}, Case{western, "MACINTOSH"}, Case{danish, "CP865"},
        Case{danish, "MACINTOSH"}, Case{hungarian, "CP852"}, Case{slovene, "MAC-CENTRALEUROPE"},
        Case{"n\nИван\n", "WINDOWS-1251"}, Case{"n\n王\n李华\n", "GB18030"}, Case{"n\nכהן\n", "WINDOWS-1255"}}) {
    INFO(c.encoding);
    CHECK(read(encode(c.text, c.encoding)).error.find("Say it with --encoding NAME") != std::string::npos);
    Options told;
    told.encoding = c.encoding;
    const Reading reading = read(encode(c.text, c.encoding), told);
    CHECK(reading.text == c.text);
    CHECK_FALSE(reading.guessed);
    CHECK(reading.problems.empty());
  }
  Options unknown;
  unknown.encoding = "klingon";
  CHECK(read("a,b\n", unknown).error == "encoding 'klingon' is unknown here: `iconv -l` lists the names");
}

TEST_CASE("a mark that was encoded twice is a mark", "[csv][encoding]") {
  const Reading reading = read("\xC3\xAF\xC2\xBB\xC2\xBFName,City\nJohn,London\n");
  CHECK(reading.text == "Name,City\nJohn,London\n");
  CHECK(reading.bom);
  CHECK(read("\xEF\xBB\xBF\xEF\xBB\xBFName\nx\n").text == "Name\nx\n");
  const Reading garbled = read("\xC3\xAF\xC2\xBB\xC2\xBFName\nx\nJosÃ©\n");
  REQUIRE(garbled.problems.size() == 1);
  CHECK(garbled.problems[0].line == 3);
}

TEST_CASE("a file that mixes encodings is reported at the first offending line", "[csv][encoding]") {
  const Reading reading = read("id,name\n1,Zoë\n2,Åsa\n3,Jürgen\n4,Ana\n5,\xE9ric\n6,José\n");
  REQUIRE(reading.problems.size() == 1);
  CHECK(reading.problems[0].kind == Problem::Kind::mixed_encoding);
  CHECK(reading.problems[0].line == 6);
  CHECK(reading.problems[0].column == 2);
  CHECK(reading.text.find("5,\xEF\xBF\xBDric") != std::string::npos);
}

TEST_CASE("a first foreign byte far behind the sample changes the encoding, and is reported", "[csv][encoding]") {
  std::string text = "id,name\n";
  while (text.size() < (2u << 20)) text += "1,plain\n";
  const auto lines = static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
  const Reading reading = read(text + "2,Jos\xE9\n3,M\xFCller\n");
  REQUIRE(reading.problems.size() == 1);
  CHECK(reading.problems[0].line == lines + 1);
  CHECK(reading.encoding == "windows-1252");
  CHECK(reading.guessed);
  CHECK(reading.text.ends_with("2,José\n3,Müller\n"));
}

TEST_CASE("UTF-8 is checked strictly", "[csv][encoding]") {
  CHECK(valid_utf8("plain ASCII, longer than a word").valid == 31);
  CHECK(valid_utf8("é€😀").valid == 9);
  for (const std::string_view bad : {"\xC0\x80"sv, "\xC1\xBF"sv, "\xE0\x80\x80"sv, "\xED\xA0\x80"sv,
                                     "\xF4\x90\x80\x80"sv, "\xF5"sv, "\x80"sv, "\xFF"sv})
    CHECK(valid_utf8(bad).valid == 0);
  CHECK(valid_utf8("\xE2\x82").cut);
  CHECK(valid_utf8("a\xF0\x9F").cut);
}

TEST_CASE("vectors pass over the ASCII a plain loop passes over", "[csv][encoding]") {
  const std::string ascii = "0123456789abcdefghijklmnopqrstuvwxyz\x01\x7F\t\r\n";
  for (std::size_t size = 0; size < 200; ++size) {
    std::string text;
    while (text.size() < size) text += ascii[text.size() * 7 % ascii.size()];
    CHECK(ascii_bytes_plainly(text) == size);
    CHECK((ascii_bytes(text) <= size && ascii_bytes(text) + 64 > size));
    for (std::size_t at = 0; at < size; at += 3) {
      for (const char other : {'\0', '\x80', '\xFF'}) {
        std::string odd = text;
        odd[at] = other;
        CHECK(ascii_bytes_plainly(odd) == at);
        CHECK((ascii_bytes(odd) == at || (ascii_bytes(odd) < at && size - ascii_bytes(odd) < 64)));
        CHECK(valid_utf8(odd).valid == (other == '\0' ? size : at));
        CHECK(valid_utf8(odd).nul == (other == '\0'));
      }
    }
  }
  CHECK_FALSE(valid_utf8("é, and no more").nul);
}

TEST_CASE("plus signs and phone numbers are no UTF-7", "[csv][encoding]") {
  for (const std::string_view text : {"n,p\na,+44 20 7946\nb,+4930901820\n"sv, "a,b\n1+1-2,x\n"sv,
                                      "p\n+12345678\n+12345678-\n"sv, "m\nana+crm@x.org\n"sv}) {
    const Reading reading = read(text);
    CHECK(reading.encoding == "utf-8");
    CHECK_FALSE(reading.guessed);
  }
}

TEST_CASE("a single hidden letter leaves a doubt", "[csv][encoding]") {
  for (const std::string_view text : {"n\nNicol+API\n"sv, "n\nTom \xDB\x92\n"sv}) {
    const Reading reading = read(text);
    CHECK(reading.encoding == "utf-8");
    CHECK(reading.guessed);
    CHECK(reading.text == text);
  }
  for (const std::string_view text : {"n\nNicol+API Cant+APk\n"sv, "n\nPeter +BicGRAYzBkoGLw\n"sv})
    CHECK(read(text).encoding == "utf-7");
  for (const std::string_view text : {"n\nJosé\n"sv, "n\n5 Ω\n"sv, "n\n李\n"sv, "n\n5 µm\n"sv})
    CHECK_FALSE(read(text).guessed);
}

TEST_CASE("wide text of other scripts needs no mark", "[csv][encoding]") {
  constexpr std::string_view prose =
      "名,備考\n一郎,このユーザーは退職したため、ライセンスを解放できます。\n上海,一上\n";
  for (const char* encoding : {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"}) {
    INFO(encoding);
    CHECK(read(encode(prose, encoding)).text == prose);
  }
}

TEST_CASE("a mail address in UTF-7 is one", "[csv][encoding]") {
  CHECK(read("n,m\nJos+AOk-,jose+AEA-example.org\n").text == "n,m\nJosé,jose@example.org\n");
}

TEST_CASE("a NUL byte in a short text makes no UTF-16", "[csv][encoding]") {
  for (const std::string_view text : {"a,\0b,c"sv, "a,b\0,c"sv, "a,\"\0b\",c"sv, "a,b\n\0\0\0"sv}) {
    const Reading reading = read(text);
    CHECK(reading.encoding == "utf-8");
    CHECK(reading.problems.size() == 1);
  }
}

}  // namespace csv_encoding_test
