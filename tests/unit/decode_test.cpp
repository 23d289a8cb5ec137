// SPDX-License-Identifier: Apache-2.0
// Records into facts under small profiles: what is skipped, refused, counted as unknown, and why.
#include <catch2/catch.hpp>
#include <map>
#include <sstream>

#include "seatlint/profile.hpp"

namespace decode_test {

using namespace seatlint;

namespace {

using Row = std::vector<std::string>;

/// Records of a table given cell by cell; the header is line 1.
class Table {
 public:
  Table(const std::string& toml, Row header, std::vector<Row> rows, DecodeOptions options = {},
        const std::string& name = "x.csv")
      : profile_(parse_profile(toml, "test.toml")),
        rows_(std::move(rows)),
        decoder_(profile_, header, name, std::move(options)) {}

  void settle() {
    for (std::size_t i = 0; i < rows_.size(); ++i) decoder_.survey(record(i));
    decoder_.settle();
  }
  std::vector<Decoded> decode() {
    settle();
    std::vector<Decoded> out;
    for (std::size_t i = 0; i < rows_.size(); ++i) out.push_back(decoder_.decode(record(i)));
    return out;
  }
  Decoder& decoder() { return decoder_; }
  std::uint32_t blank_before = 0;

 private:
  csv::Record record(std::size_t i) const {
    csv::Record out;
    for (const auto& cell : rows_[i]) out.fields.emplace_back(cell);
    out.line = i + 2;
    if (i + 1 == rows_.size()) out.blank_before = blank_before;
    return out;
  }
  Profile profile_;
  std::vector<Row> rows_;
  Decoder decoder_;
};

std::string users(const std::string& rest) {
  return "[profile]\nname = \"t\"\nvendor = \"acme\"\nkind = \"users\"\n" + rest;
}
std::string activity(const std::string& rest) {
  return "[profile]\nname = \"t\"\nvendor = \"acme\"\nkind = \"activity\"\n" + rest;
}
const UserRow& user(const Decoded& row) { return std::get<UserRow>(row); }
std::string reason(const Decoded& row) {
  if (const auto* skipped = std::get_if<Skipped>(&row)) return "skipped: " + skipped->reason;
  if (const auto* reject = std::get_if<Reject>(&row)) return "rejected: " + reject->reason;
  return "row";
}

}  // namespace

TEST_CASE("a small profile of one's own works with the default words") {
  Table table(users("[columns]\nlogin = \"Login\"\nemail = \"E-mail\"\nstatus = \"Active\"\nlast_activity = \"Last "
                    "login\"\nproducts = \"Plan\"\n"),
              {"Login", "E-Mail:", "ACTIVE", "Last login", "Plan", "Extra"},
              {{"Ana", "ANA@Old.example", "yes", "2026-09-01", "Professional", "x"},
               {"ben", "ben@new.example", "No", "Never", "-", ""},
               {"cy", "", "Ausgesetzt", "", "", ""},
               {"dee", "", "", "not a date", "Basic", ""}},
              {"UTC", std::nullopt, {{"new.example", "old.example"}}, std::nullopt});
  const auto rows = table.decode();
  CHECK(user(rows[0]).identity.login == "ana");
  CHECK(user(rows[0]).identity.email == "ana@new.example");
  CHECK(user(rows[0]).state == AccountState::active);
  CHECK(user(rows[0]).last_activity == LastActivity{LastActivity::Kind::on, make_day(2026, 9, 1)});
  CHECK(user(rows[0]).products == Row{"Professional"});
  CHECK(user(rows[1]).state == AccountState::disabled);
  CHECK(user(rows[1]).last_activity.kind == LastActivity::Kind::never);
  CHECK(user(rows[1]).products.empty());
  CHECK(user(rows[1]).has_products);
  CHECK_FALSE(user(rows[2]).state);
  CHECK(user(rows[2]).last_activity.kind == LastActivity::Kind::absent);
  CHECK(table.decoder().unknown_values() ==
        Row{"ACTIVE: \"Ausgesetzt\" once, first on line 4", "Last login: \"not a date\" once, first on line 5"});
  CHECK(table.decoder().binding().ignored == std::vector<std::size_t>{5});
  CHECK_FALSE(table.decoder().blank_means_never());
}

TEST_CASE("blank means what the profile says") {
  const auto toml = [](const std::string& word) {
    return users("[columns]\nid = \"Id\"\nlast_activity = \"L\"\nstatus = \"S\"\n[values]\nlast_activity = { " + word +
                 " = [\"\"] }\nstatus = { active = [\"True\"], disabled = [\"\"] }\n");
  };
  Table never(toml("never"), {"Id", "L", "S"}, {{"1", "", ""}});
  CHECK(never.decoder().blank_means_never());
  const auto rows = never.decode();
  CHECK(user(rows[0]).last_activity.kind == LastActivity::Kind::never);
  CHECK(user(rows[0]).state == AccountState::disabled);
  Table unknown(toml("unknown"), {"Id", "L", "S"}, {{"1", "", ""}});
  CHECK(user(unknown.decode()[0]).last_activity.kind == LastActivity::Kind::absent);
}

TEST_CASE("bounds and relative dates need the snapshot date") {
  const std::string toml = users(
      "[columns]\nid = \"Id\"\nlast_activity = \"L\"\n[values]\nlast_activity = { never = [\"Nunca\"], not_within = "
      "[\"No en los últimos {} días\"] }\n[dates]\nrelative = true\n");
  const std::vector<Row> cells = {
      {"1", "No en los últimos 30 días"}, {"2", "3 hours ago"}, {"3", "2 weeks ago"}, {"4", "Nunca"}};
  Table with(toml, {"Id", "L"}, cells, {"UTC", std::nullopt, {}, make_day(2026, 8, 1)});
  const auto rows = with.decode();
  CHECK(user(rows[0]).last_activity == LastActivity{LastActivity::Kind::before, make_day(2026, 7, 3)});
  CHECK(user(rows[1]).last_activity == LastActivity{LastActivity::Kind::on, make_day(2026, 8, 1)});
  CHECK(user(rows[2]).last_activity == LastActivity{LastActivity::Kind::on, make_day(2026, 7, 18)});
  CHECK(user(rows[3]).last_activity.kind == LastActivity::Kind::never);
  Table without(toml, {"Id", "L"}, cells);
  CHECK(user(without.decode()[1]).last_activity.kind == LastActivity::Kind::absent);
  CHECK(without.decoder().unknown_values().size() == 3);
}

TEST_CASE("ragged rows, repeated headers and footers") {
  Table table(users("[file]\nfooter = [\"Grand Total*\"]\n[columns]\nid = \"Id\"\nname = \"Name\"\n"),
              {"Id", "Name", "Note"},
              {{"1"},
               {"2", "Two", "n", "", ""},
               {"3", "Three", "n", "more"},
               {"Id", "Name", "Note"},
               {"", "", ""},
               {"", "Nameless", ""},
               {"Grand Total (3)", "", ""},
               {"made by nobody"}});
  const auto rows = table.decode();
  CHECK(reason(rows[0]) == "skipped: footer");
  CHECK(user(rows[1]).name == "Two");
  CHECK(std::get<Reject>(rows[2]).column == 4);
  CHECK(reason(rows[3]) == "skipped: repeated header");
  CHECK(reason(rows[4]) == "skipped: blank row");
  CHECK(reason(rows[5]) == "skipped: no account");
  CHECK(reason(rows[6]) == "skipped: footer");
  CHECK(reason(rows[7]) == "skipped: footer");
}

TEST_CASE("without a stated footer a short row is a row, unless blank lines stand before it") {
  const std::string toml = users("[columns]\nid = \"Id\"\n");
  Table plain(toml, {"Id", "A", "B"}, {{"1"}});
  CHECK(user(plain.decode()[0]).identity.id == "1");
  Table after_blank(toml, {"Id", "A", "B"}, {{"1", "a", "b"}, {"printed by nobody"}});
  after_blank.blank_before = 2;
  CHECK(reason(after_blank.decode()[1]) == "skipped: footer");
}

TEST_CASE("day and month: settled by the column, shared within the file, refused when open") {
  const std::string toml = users("[columns]\nid = \"Id\"\ncreated = \"C\"\nlast_activity = \"L\"\n");
  Table settled(toml, {"Id", "C", "L"}, {{"1", "05/01/2026", "03/02/2026"}, {"2", "31/07/2026", ""}});
  const auto rows = settled.decode();
  CHECK(user(rows[0]).created == make_day(2026, 1, 5));
  CHECK(user(rows[0]).last_activity.day == make_day(2026, 2, 3));
  CHECK(settled.decoder().choices().size() == 2);
  Table open(toml, {"Id", "C", "L"}, {{"1", "05/01/2026", ""}});
  CHECK_THROWS_WITH(open.settle(), Catch::Contains("05/01/2026") && Catch::Contains("order ="));
  Table mixed(toml, {"Id", "C", "L"}, {{"1", "31/01/2026", ""}, {"2", "01/31/2026", ""}});
  CHECK_THROWS_WITH(mixed.settle(), Catch::Contains("mixes day and month"));
  Table same(toml, {"Id", "C", "L"}, {{"1", "05/05/2026", ""}});
  CHECK(user(same.decode()[0]).created == make_day(2026, 5, 5));
  Table fixed(toml + "[dates]\norder = \"dmy\"\n", {"Id", "C", "L"}, {{"1", "05/01/2026", ""}});
  CHECK_FALSE(fixed.decoder().needs_survey());
  CHECK(user(fixed.decode()[0]).created == make_day(2026, 1, 5));
}

TEST_CASE("an export's usual order is taken, and said, where no value settles it") {
  const std::string toml =
      users("[columns]\nid = \"Id\"\ncreated = \"C\"\n[dates]\norder = \"auto\"\nprefer = \"mdy\"\n");
  Table open(toml, {"Id", "C"}, {{"1", "05/01/2026"}});
  CHECK(user(open.decode()[0]).created == make_day(2026, 5, 1));
  REQUIRE(open.decoder().choices().size() == 1);
  CHECK_THAT(open.decoder().choices()[0], Catch::Contains("no value of the file decides"));
  Table settled(toml, {"Id", "C"}, {{"1", "05/01/2026"}, {"2", "31/01/2026"}});
  CHECK(user(settled.decode()[0]).created == make_day(2026, 1, 5));
}

TEST_CASE("zones: the profile's, then the option's, else the policy's with a doubt") {
  const std::string toml = activity("[columns]\ntime = \"T\"\nuser = \"U\"\n");
  const std::vector<Row> cells = {
      {"2026-07-15 23:30:00", "a@x.example"}, {"2026-07-15T23:30:00Z", "a@x.example"}, {"2026-07-15", "a@x.example"}};
  const auto days = [](Table& table) {
    std::string out;
    for (const auto& row : table.decode()) out += to_string(std::get<ActivityRow>(row).day) + " ";
    return out;
  };
  Table guessed(toml, {"T", "U"}, cells, {"Europe/Berlin", std::nullopt, {}, std::nullopt});
  CHECK(days(guessed) == "2026-07-15 2026-07-16 2026-07-15 ");
  REQUIRE(guessed.decoder().choices().size() == 1);
  CHECK_THAT(guessed.decoder().choices()[0], Catch::Contains("--timezone"));
  Table given(toml, {"T", "U"}, cells, {"Europe/Berlin", "UTC", {}, std::nullopt});
  CHECK(days(given) == "2026-07-16 2026-07-16 2026-07-15 ");
  CHECK(given.decoder().choices().empty());
  CHECK_THROWS_WITH(Table(toml, {"T", "U"}, {}, {"Mars/Base", std::nullopt, {}, std::nullopt}),
                    Catch::Contains("Mars/Base"));
}

TEST_CASE("row rules: skip, keep with covered days, class, state, client, sign-in") {
  Table table(activity("[columns]\ntime = \"T\"\nid = \"U\"\nobject = \"O\"\nverb = \"V\"\nclient = \"C\"\n"
                       "[values]\nclient = { human = [\"*\"] }\n"
                       "[rows]\nskip = [ { column = \"U\", starts = [\"sys\"], as = \"system\" } ]\n"
                       "keep = [ { column = \"App\", is = [\"crm*\"], as = \"another application\", covers = true } ]\n"
                       "client = [ { all = [ { column = \"C\", is = [\"job\"] }, { column = \"O\", is_not = [\"case\"] "
                       "} ], client = \"machine\" } ]\n"
                       "sign_in = [ { column = \"V\", is = [\"64\"] } ]\ndedupe = [\"K\", \"O\"]\n"),
              {"T", "U", "O", "V", "C", "App", "K"},
              {{"2026-01-01", "system", "x", "y", "", "crm", ""},
               {"2026-01-02", "a", "x", "y", "", "mail", ""},
               {"2026-01-03", "a", "Lead", "Update", "job", "CRM1", "k1"},
               {"2026-01-04", "a", "case", "64", "job", "crm", ""},
               {"", "a", "x", "y", "", "crm", ""},
               {"2026-01-05", "", "x", "y", "", "crm", ""}});
  const auto rows = table.decode();
  CHECK(reason(rows[0]) == "skipped: system");
  CHECK_FALSE(std::get<Skipped>(rows[0]).day);
  CHECK(std::get<Skipped>(rows[1]).day == make_day(2026, 1, 2));
  const auto& lead = std::get<ActivityRow>(rows[2]);
  CHECK(lead.object == "lead");
  CHECK(lead.verb == "update");
  CHECK(lead.machine);
  CHECK(lead.dedupe_key == "k1\x1fLead");
  const auto& sign_in = std::get<ActivityRow>(rows[3]);
  CHECK(sign_in.object == "session");
  CHECK(sign_in.verb == "sign-in");
  CHECK_FALSE(sign_in.machine);
  CHECK(sign_in.dedupe_key.empty());
  CHECK(reason(rows[4]) == "rejected: T is blank");
  CHECK(reason(rows[5]) == "skipped: no user");
}

TEST_CASE("an outcome nobody knows is no success") {
  Table table(activity("[columns]\ntime = \"T\"\nuser = \"U\"\noutcome = \"S\"\n"), {"T", "U", "S"},
              {{"2026-01-01", "a", "Success"}, {"2026-01-01", "a", "Gelukt"}, {"2026-01-01", "a", "Failed"}});
  const auto rows = table.decode();
  CHECK(std::get<ActivityRow>(rows[0]).success);
  CHECK_FALSE(std::get<ActivityRow>(rows[1]).success);
  CHECK_FALSE(std::get<ActivityRow>(rows[2]).success);
  CHECK(table.decoder().unknown_values() == Row{"S: \"Gelukt\" once, first on line 3"});
}

TEST_CASE("a JSON cell that does not parse rejects the row and says why") {
  Table table(activity("[columns]\ntime = \"T\"\nlogin = { column = \"J\", json = \"User.Upn\" }\nobject = { column = "
                       "\"J\", json = \"E\" }\n"),
              {"T", "J"},
              {{"2026-01-01", R"({"E":"Lead","User":{"Upn":"A@x.example"}})"}, {"2026-01-01", R"({"E":"Lead)"}});
  const auto rows = table.decode();
  CHECK(std::get<ActivityRow>(rows[0]).actor.login == "a@x.example");
  CHECK(std::get<Reject>(rows[1]).column == 2);
  CHECK_THAT(reason(rows[1]), Catch::Contains("spreadsheet"));
}

TEST_CASE("wide tables, joined cells, renamed products, filled-down rows") {
  Table table(users("[file]\nfill_down = [\"Id\"]\n[columns]\nid = \"Id\"\nname = { join = [\"F\", \"L\"], with = \" "
                    "\" }\nroles = \"R\"\n"
                    "[columns.products]\nall = [\"P\"]\ncolumns = { A = \"Add-on A\" }\nyes = [\"Y\"]\n"
                    "[values]\nproducts = { none = [\"x\"], \"Real name\" = [\"code*\"] }\n"),
              {"Id", "F", "L", "R", "P", "A"},
              {{"1", "Ana", "Lund", "r1", "code7", "Y"},
               {"", "", "", "r2", "x", "N"},
               {"2", "", "Solo", "", "Plain", "perhaps"}});
  const auto rows = table.decode();
  CHECK(user(rows[0]).products == Row{"Real name", "Add-on A"});
  CHECK(user(rows[0]).name == "Ana Lund");
  CHECK(user(rows[1]).identity.id == "1");
  CHECK(user(rows[1]).roles == Row{"r2"});
  CHECK(user(rows[1]).products.empty());
  CHECK(user(rows[2]).name == "Solo");
  CHECK(user(rows[2]).products == Row{"Plain"});
  CHECK(table.decoder().unknown_values() == Row{"A: \"perhaps\" once, first on line 4"});
}

TEST_CASE("a source can give way to a column") {
  const std::string toml = users("[columns]\nemail = \"Email\"\nlogin = { column = \"User\", unless = [\"Email\"] }\n");
  Table beside(toml, {"User", "Email"}, {{"Ana Lund", "ana@x.example"}});
  CHECK(user(beside.decode()[0]).identity.login.empty());
  Table alone(toml, {"User", "Plan"}, {{"ana", "Pro"}});
  CHECK(user(alone.decode()[0]).identity.login == "ana");
}

TEST_CASE("snapshot dates and tenants from columns and names") {
  const std::string toml = users(
      "[file]\nsnapshot_date = [ { column = \"As of\" }, { name = \"u_{yyyy}-{MM}-{dd}*\" } ]\ntenant = "
      "\"T\"\n[columns]\nid = \"Id\"\n");
  Table column(toml, {"Id", "As of", "T"}, {{"1", "2026-09-01", "t1"}, {"2", "2026-09-02", "t1"}}, {},
               "u_2026-01-01.csv");
  column.decode();
  CHECK(column.decoder().snapshot_date() == make_day(2026, 9, 2));
  CHECK(column.decoder().tenant() == "t1");
  Table name(toml, {"Id", "T"}, {{"1", "t1"}, {"2", "t2"}}, {}, "u_2026-01-01.csv");
  name.decode();
  CHECK(name.decoder().snapshot_date() == make_day(2026, 1, 1));
  const std::string plain = users("[columns]\nid = \"Id\"\n");
  CHECK(Table(plain, {"Id"}, {}, {}, "users_2026_09_30 17_11_42.csv").decoder().snapshot_date() ==
        make_day(2026, 9, 30));
  CHECK_FALSE(Table(plain, {"Id"}, {}, {}, "users_2026-07-01_2026-09-30.csv").decoder().snapshot_date());
  CHECK_THROWS_WITH(name.decoder().tenant(), Catch::Contains("more than one tenant"));
}

TEST_CASE("entitlements: two of three quantities, prices per line and year") {
  Table table(
      "[profile]\nname = \"t\"\nvendor = \"acme\"\nkind = \"entitlements\"\n[columns]\nproduct = \"P\"\nquantity = "
      "\"Q\"\navailable = \"F\"\n"
      "unit_price = \"C\"\ncurrency = \"Cur\"\nterm_end = \"E\"\n[money]\nper = \"year\"\nof = \"line\"\n",
      {"P", "Q", "F", "C", "Cur", "E"},
      {{"Pro", "10", "1", "10800", "USD", "2026-10-31"},
       {"Old", "Unlimited", "", "", "", "0000-00-00"},
       {"", "1", "", "", "", ""},
       {"Bad", "1", "", "", "", "soon"}});
  const auto rows = table.decode();
  const auto& pro = std::get<EntitlementRow>(rows[0]);
  CHECK(pro.quantity == 10);
  CHECK(pro.assigned == 9);
  CHECK(pro.unit_price == Money{9000, "USD"});
  CHECK(pro.term_end == make_day(2026, 10, 31));
  CHECK_FALSE(std::get<EntitlementRow>(rows[1]).quantity);
  CHECK_FALSE(std::get<EntitlementRow>(rows[1]).term_end);
  CHECK(reason(rows[2]) == "skipped: no product");
  CHECK_THAT(reason(rows[3]), Catch::Contains("soon"));
}

TEST_CASE("a file without the needed columns is refused") {
  CHECK_THROWS_WITH(Table(users("[columns]\nid = \"Id\"\n"), {"Other"}, {}), Catch::Contains("identity columns"));
  CHECK_THROWS_WITH(Table(activity("[columns]\ntime = \"T\"\nuser = \"U\"\n"), {"U"}, {}), Catch::Contains("\"time\""));
}

TEST_CASE("a row says nothing that the record before it said") {
  const std::string all =
      "[columns]\nid = \"I\"\nlogin = \"L\"\nemail = \"E\"\naliases = \"A\"\nfederation_id = \"F\"\nhr_id = \"H\"\n"
      "name = \"N\"\ntitle = \"T\"\ndepartment = \"D\"\nmanager = \"M\"\ncost_center = \"C\"\nenvironment = \"V\"\n"
      "roles = \"R\"\nstatus = \"S\"\nclass = \"K\"\ncreated = \"B\"\nlast_activity = \"U\"\nproducts = \"P\"\n"
      "group_products = \"G\"\nprofile_ref = \"X\"\nprofile_name = \"Y\"\nlicense_id = \"Z\"\n";
  const Row header = {"I", "L", "E", "A", "F", "H", "N", "T", "D", "M", "C",
                      "V", "R", "S", "K", "B", "U", "P", "G", "X", "Y", "Z"};
  const Row full = {"1",     "Ana", "ana@x.example", "ana2", "f1",     "h1",    "Ana A",      "Boss",       "Sales",
                    "ben",   "c1",  "dev",           "role", "active", "admin", "2026-01-02", "2026-02-03", "Plan",
                    "Other", "ref", "prof",          "lic"};
  Row bare(header.size());
  bare[0] = "2";
  Table both(users(all), header, {full, {"", "", ""}, bare});
  Table alone(users(all), header, {bare});
  const auto rows = both.decode();
  REQUIRE(user(rows[0]).license_id == "lic");
  REQUIRE(user(rows[0]).identity.aliases.size() == 1);
  CHECK(reason(rows[1]) == "skipped: blank row");
  const UserRow &after = user(rows[2]), fresh = user(alone.decode()[0]);
  const auto texts = [](const UserRow& row) {
    const Identity& who = row.identity;
    std::vector<std::string> list{who.id,          who.login,       who.email,       who.federation_id, who.hr_id,
                                  row.shown,       row.name,        row.title,       row.department,    row.manager,
                                  row.cost_center, row.environment, row.profile_ref, row.profile_name};
    for (const auto* more : {&who.aliases, &row.roles, &row.products, &row.group_products})
      list.push_back(joined(*more, ","));
    return list;
  };
  CHECK(texts(after) == texts(fresh));
  CHECK(texts(after) != texts(user(rows[0])));
  CHECK(after.state == fresh.state);
  CHECK(after.account_class == fresh.account_class);
  CHECK(after.created == fresh.created);
  CHECK(after.last_activity == fresh.last_activity);
  CHECK(after.has_products == fresh.has_products);
  CHECK(after.license_id == fresh.license_id);
}

TEST_CASE("a repeated header is known however it is spelled, and a row that begins like it is a row") {
  Table table(users("[columns]\nlogin = \"Login\"\nname = \"Name\"\n"), {"Login", "N\xC3\xA4me"},
              {{" LOGIN: ", "n\xC3\x84ME"},
               {"Login", "Na\xCC\x88me"},
               {"Logina", "N\xC3\xA4me"},
               {"Log", "N\xC3\xA4me"},
               {"login", "Name"}});
  const auto rows = table.decode();
  CHECK(reason(rows[0]) == "skipped: repeated header");
  CHECK(reason(rows[1]) == "skipped: repeated header");
  for (std::size_t i = 2; i < 5; ++i) CHECK(reason(rows[i]) == "row");
}

}  // namespace decode_test
