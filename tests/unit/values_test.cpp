// SPDX-License-Identifier: Apache-2.0
// Cells into values: vocabularies, ids, lists, counts and the JSON an audit log carries.
#include "profile/values.hpp"

#include <catch2/catch.hpp>

#include "profile/columns.hpp"
#include "profile/json_cell.hpp"

namespace values_test {

using namespace seatlint;
using namespace seatlint::profile;
using Strings = std::vector<std::string>;

TEST_CASE("the first word that fits wins, and nothing else is guessed") {
  Lexicon words({{{"success", {"Success", "0"}}, {"failure", {"*"}}}, false});
  CHECK(*words.find("success") == "success");
  CHECK(*words.find("Interrupted") == "failure");
  Lexicon letters({{{"machine", {"I"}}, {"human", {"i", "A"}}}, true});
  CHECK(*letters.find("I") == "machine");
  CHECK(*letters.find("i") == "human");
  CHECK(letters.find("x") == nullptr);
  Lexicon status(default_vocabulary("status"));
  CHECK(*status.find("Ja") == "active");
  CHECK(*status.find("INACTIVE") == "disabled");
  CHECK(status.find("Perhaps") == nullptr);
}

TEST_CASE("a word is not missed for its first letter", "[profile]") {
  Lexicon words({{{"open", {"Äußerst", "été", "x?"}}, {"any", {"?b"}}, {"none", {""}}}, false});
  for (const char* text : {"äußerst", "ÄUSSERST", "\xC3\x89T\xC3\x89", "E\xCC\x81te\xCC\x81", "Xy", "x1"}) {
    INFO(text);
    CHECK(words.find(text) != nullptr);
  }
  CHECK(*words.find("ab") == "any");
  CHECK(*words.find("") == "none");
  Lexicon dates({{{"never", {"never", "0000-00-00"}}}, false});
  CHECK(dates.find("2026-09-30") == nullptr);
  CHECK(dates.find("0001-01-01") == nullptr);
  CHECK(*dates.find("0000-00-00") == "never");
  CHECK(*dates.find("NEVER") == "never");
}

TEST_CASE("unknown values are counted with their first line") {
  UnknownTally tally;
  tally.note("Status", "Aktiv?", 3);
  tally.note("Status", "Aktiv?", 9);
  tally.note("Status", "Neu", 4);
  CHECK(tally.sentences() ==
        Strings{"Status: \"Aktiv?\" 2 times, first on line 3", "Status: \"Neu\" once, first on line 4"});
}

TEST_CASE("Salesforce ids become 18 characters and keep their case") {
  CHECK(salesforce_id("005E0000001eioK") == "005E0000001eioKIAQ");
  CHECK(salesforce_id("0055j00000AT6I1") == "0055j00000AT6I1AAL");
  CHECK(salesforce_id("0058d00000AB3cd") == "0058d00000AB3cdAAD");
  CHECK(salesforce_id("0058d00000ab3CD") == "0058d00000ab3CDAAY");
  CHECK(salesforce_id("0058d00000AB3cdAAD") == "0058d00000AB3cdAAD");
  CHECK(salesforce_id("0058d00000ab3cdaad") == "0058d00000AB3cdAAD");
  CHECK(salesforce_id("000000000000000AAA").empty());
  CHECK(salesforce_id("000000000000000").empty());
  CHECK(salesforce_id("not an id") == "not an id");
}

TEST_CASE("identity keys have one spelling") {
  CHECK(normalize_key(" B589E9BD-EC86-4A74-886F-2E89AD37D34F ", KeyForm::guid) ==
        "b589e9bd-ec86-4a74-886f-2e89ad37d34f");
  CHECK(normalize_key("{B589E9BD-EC86-4A74-886F-2E89AD37D34F}", KeyForm::guid) ==
        "b589e9bd-ec86-4a74-886f-2e89ad37d34f");
  CHECK(normalize_key("00000000-0000-0000-0000-000000000000", KeyForm::guid).empty());
  CHECK(normalize_key("priya.raman_contractor.example#EXT#@north.example", KeyForm::upn) ==
        "priya.raman@contractor.example");
  CHECK(normalize_key("a_b_c.example#EXT#@x", KeyForm::upn) == "a_b@c.example");
  CHECK(normalize_key("Ana@Example.org", KeyForm::text) == "ana@example.org");
  CHECK(normalize_key("Xy17", std::nullopt) == "Xy17");
  CHECK(is_concealed("77E5979DD60BA6EAA53E814DBEEEFA5F"));
  CHECK_FALSE(is_concealed("77E5979DD60BA6EAA53E814DBEEEFA5"));
}

TEST_CASE("lists are split where the export means it") {
  Split plus;
  plus.separators = {'+'};
  plus.tight = true;
  CHECK(*split_cell("Enterprise Mobility + Security E3+Microsoft 365 E3", &plus) ==
        Strings{"Enterprise Mobility + Security E3", "Microsoft 365 E3"});
  Split proxies;
  proxies.separators = {'+'};
  proxies.before = {"SMTP:", "SIP:"};
  proxies.take = {"smtp:"};
  CHECK(*split_cell("SMTP:a@x.example+smtp:a+crm@x.example+SIP:a@x.example", &proxies) ==
        Strings{"a@x.example", "a+crm@x.example"});
  Split json;
  json.json = true;
  CHECK(*split_cell(R"(["SUGAR_SELL", "SUGAR_SERVE"])", &json) == Strings{"SUGAR_SELL", "SUGAR_SERVE"});
  CHECK(split_cell("[]", &json)->empty());
  CHECK_FALSE(split_cell("[\"cut", &json));
  Split comma;
  comma.separators = {',', ';'};
  CHECK(*split_cell("Admins, Sales; , ", &comma) == Strings{"Admins", "Sales"});
  Split tenant;
  tenant.separators = {','};
  tenant.after = ":";
  CHECK(*split_cell("contoso:DYN365_ENTERPRISE_SALES, contoso:SPE_E3", &tenant) ==
        Strings{"DYN365_ENTERPRISE_SALES", "SPE_E3"});
  CHECK(*split_cell(" one, thing ", nullptr) == Strings{"one, thing"});
}

TEST_CASE("counts know thousands separators and nothing negative") {
  CHECK(parse_count("5,000") == 5000);
  CHECK(parse_count("1 200 300") == 1200300);
  CHECK(parse_count("12.0") == 12);
  CHECK(parse_count("1.000") == 1000);
  CHECK(parse_count("25 seats") == 25);
  CHECK(parse_count("1,000 Users") == 1000);
  CHECK(parse_count("90 days") == 90);
  CHECK(parse_count("0") == 0);
  for (const char* text : {"", "-1", "1.5", "twelve", "1,2", "12,34,567", "5000000000000000", "3 months", "4 GB"})
    CHECK_FALSE(parse_count(text));
}

TEST_CASE("JSON cells are read strictly") {
  std::vector<JsonWish> wishes = {{{"Message"}, {}, false}, {{"User", "Upn"}, {}, false}, {{"RecordType"}, {}, false}};
  CHECK(read_json(
      R"({"Message":"Upd\u00e4te\n","Fields":[{"RecordType":9}],"User":{"Upn":"a@x"},"RecordType":21,"RecordType":22})",
      wishes));
  CHECK(wishes[0].value == "Upd\xC3\xA4te\n");
  CHECK(wishes[1].value == "a@x");
  CHECK(wishes[2].value == "21");
  CHECK(read_json("{}", wishes));
  CHECK(wishes[2].value.empty());
  for (const char* text : {"", "{", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{\"a\":01}", "{\"a\":\"\n\"}",
                           "{\"a\":\"\\x\"}", "[1,2", "{\"a\":1} x", "{\"a\":\"\\ud800\"}", "nul", "{\"a\" 1}"})
    CHECK_FALSE(read_json(text, wishes));
  CHECK_FALSE(read_json(std::string(5000, '['), wishes));
}

TEST_CASE("header names are matched by what they say") {
  const Header header({"\xC3\xAF\xC2\xBB\xC2\xBFReport Refresh Date", "Application ID ", "Autonomous  system number",
                       "\"Quoted\"", "Title:", "A", "a"});
  CHECK(header.find("Report refresh date") == 0u);
  CHECK(header.find("Application ID") == 1u);
  CHECK(header.find("Autonomous system number") == 2u);
  CHECK(header.find("quoted") == 3u);
  CHECK(header.find("TITLE") == 4u);
  CHECK(header.find("A", 2) == 6u);
  CHECK_FALSE(header.find("A", 3));
}

TEST_CASE("cells are cleaned") {
  CHECK(clean_cell(" \xC2\xA0x ") == "x");
  CHECK(clean_cell("'+44 131") == "+44 131");
  CHECK(clean_cell("'").empty());
  CHECK(clean_cell("'tis") == "'tis");
  CHECK(clean_cell("=1+3 Agency") == "=1+3 Agency");
}

}  // namespace values_test
