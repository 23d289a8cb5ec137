// SPDX-License-Identifier: Apache-2.0
// Writes a world as the tool reads it: CSV exports, one profile for each kind of export, one policy.

#include <cstdio>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "world.hpp"

namespace property {

// Howard Hinnant's days_from_civil, written out again so that the oracle shares no calendar with the tool.
Day day_of(int year, int month, int day) {
  year -= month <= 2 ? 1 : 0;
  const int era = (year >= 0 ? year : year - 399) / 400;
  const int of_era = year - era * 400;
  const int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

std::string iso(Day day) {
  const int z = day + 719468;
  const int era = (z >= 0 ? z : z - 146096) / 146097;
  const int doe = z - era * 146097;
  const int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  const int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const int mp = (5 * doy + 2) / 153;
  const int month = mp < 10 ? mp + 3 : mp - 9;
  char text[32];
  std::snprintf(text, sizeof text, "%04d-%02d-%02d", yoe + era * 400 + (month <= 2 ? 1 : 0), month,
                doy - (153 * mp + 2) / 5 + 1);
  return text;
}

namespace {

std::string quoted(const std::string& text) { return "\"" + text + "\""; }

std::string list_of(const std::vector<std::string>& items) {
  std::string text = "[";
  for (const std::string& item : items) text += (text.size() > 1 ? ", " : "") + quoted(item);
  return text + "]";
}

std::string price_of(const Price& price) {
  char text[64];
  std::snprintf(text, sizeof text, "\"%lld.%02lld %s\"", price.minor / 100, price.minor % 100, price.currency.c_str());
  return text;
}

std::string match_of(const Match& match) {
  std::string text = "{ ";
  for (const auto& [key, glob] : match) text += (text.size() > 2 ? ", " : "") + key + " = " + quoted(glob);
  return text + " }";
}

std::string stamp_of(long long stamp) {
  const Day day = static_cast<Day>(stamp / 86400);
  const int second = static_cast<int>(stamp % 86400);
  char text[48];
  std::snprintf(text, sizeof text, "%sT%02d:%02d:%02dZ", iso(day).c_str(), second / 3600, second / 60 % 60,
                second % 60);
  return text;
}

void put_threshold(std::ostream& out, const std::string& table, const Threshold& limit) {
  out << "\n[" << table << "]\n";
  if (limit.idle) out << "idle_days = " << *limit.idle << "\n";
  if (limit.grace) out << "grace_days = " << *limit.grace << "\n";
}

void put_product(std::ostream& out, const Product& product) {
  out << "\n[[product]]\nid = " << quoted(product.id) << "\nname = " << quoted(product.name)
      << "\naliases = " << list_of(product.aliases) << "\nkind = " << quoted(product.kind)
      << "\nfamily = " << quoted(product.family) << "\ngrants = " << list_of(product.grants) << "\n";
  if (!product.needs.empty()) out << "requires = " << list_of(product.needs) << "\n";
  if (!product.excludes.empty()) out << "excludes = " << list_of(product.excludes) << "\n";
  if (!product.released_by.empty()) out << "released_by = " << list_of(product.released_by) << "\n";
  if (product.list) out << "list_price = " << price_of(*product.list) << "\nprice_as_of = 2026-01-01\n";
}

void put_feature(std::ostream& out, const Feature& feature) {
  out << "\n[[feature]]\nid = " << quoted(feature.id) << "\nmatch = [ ";
  for (std::size_t i = 0; i < feature.match.size(); ++i)
    out << (i ? ", " : "") << "{ object = " << quoted(feature.match[i].object)
        << ", verb = " << list_of(feature.match[i].verbs) << " }";
  out << " ]\n";
}

std::string policy_text(const Policy& policy) {
  std::ostringstream out;
  out << "timezone = " << quoted(policy.timezone) << "\ncurrency = " << quoted(policy.currency) << "\n";
  if (!policy.alias_domains.empty()) {
    out << "alias_domains = [";
    for (const auto& group : policy.alias_domains) out << list_of(group) << ",";
    out << "]\n";
  }
  out << "\n[audit]\nwindow_days = " << policy.window << "\nidle_days = " << policy.idle
      << "\ngrace_days = " << policy.grace << "\nlow_use_days = " << policy.low_use
      << "\nsnapshot_slack_days = " << policy.slack << "\nfeed_gap_days = " << policy.feed_gap << "\n";
  for (const auto& [id, limit] : policy.by_product) put_threshold(out, "audit.product." + quoted(id), limit);
  for (const auto& [name, limit] : policy.by_class) put_threshold(out, "audit.class." + name, limit);
  for (const Product& product : policy.products) put_product(out, product);
  for (const Feature& feature : policy.features) put_feature(out, feature);
  for (const ContractLine& line : policy.contracts) {
    out << "\n[[contract]]\norg = " << quoted(line.org) << "\nproduct = " << quoted(line.product)
        << "\nquantity = " << line.quantity << "\nunit_price = " << price_of(line.price) << "\n";
    if (line.start) out << "term_start = " << iso(*line.start) << "\n";
    if (line.end) out << "term_end = " << iso(*line.end) << "\n";
    if (line.notice > 0) out << "notice_days = " << line.notice << "\n";
    if (line.block > 1) out << "block = " << line.block << "\n";
    if (line.floor) out << "floor = " << *line.floor << "\n";
    if (line.any_time) out << "reducible = \"any-time\"\n";
  }
  for (const Role& role : policy.roles) {
    out << "\n[[role]]\nmatch = " << match_of(role.match) << "\nlicense = " << list_of(role.license) << "\n";
    if (!role.keep.empty()) out << "keep = " << list_of(role.keep) << "\n";
  }
  for (const ClassRule& rule : policy.classes)
    out << "\n[[class]]\nmatch = " << match_of(rule.match) << "\nclass = " << quoted(rule.name) << "\n";
  for (const Waiver& waiver : policy.waivers)
    out << "\n[[waiver]]\nrule = " << quoted(waiver.rule) << "\nmatch = " << match_of(waiver.match)
        << "\nowner = \"licensing@example.com\"\nreason = \"LIC-1\"\nuntil = " << iso(waiver.until) << "\n";
  return out.str();
}

std::string users_profile(const Profile& profile) {
  std::ostringstream out;
  out << "require = [\"Login\", \"Plan\"]\n\n[columns]\n";
  if (profile.has_ids) out << "id = \"User ID\"\n";
  out << "login = \"Login\"\nemail = \"E-mail\"\nname = \"Full name\"\ntitle = \"Role\"\ndepartment = \"Department\"\n"
         "status = \"Active\"\ncreated = \"Created\"\nproducts = \"Plan\"\n";
  if (profile.has_last) out << "last_activity = \"Last login\"\n";
  out << "\n[values]\nstatus = { active = [\"yes\"], disabled = [\"no\"], deleted = [\"removed\"] }\n"
         "products = { none = [\"Unlicensed\", \"\"] }\n";
  if (profile.has_last)
    out << (profile.blank_is_never ? "last_activity = { never = [\"Never\", \"\"] }\n"
                                   : "last_activity = { never = [\"Never\"], unknown = [\"\"] }\n");
  out << "\n[split]\nproducts = { separator = \"+\", tight = true }\n\n[dates]\norder = \"ymd\"\ntimezone = \"UTC\"\n"
         "\n[rows]\nskip = [ { column = \"Type\", is = [\"Guest\"], as = \"guest\" } ]\n";
  if (profile.class_column) out << "class = [ { column = \"Type\", is = [\"*Machine*\"], class = \"integration\" } ]\n";
  return out.str();
}

std::string activity_profile(const Profile& profile) {
  std::ostringstream out;
  out << "require = [\"When\", \"Who\"]\n";
  if (profile.row_cap > 0) out << "\n[file]\nrow_cap = " << profile.row_cap << "\n";
  out << "\n[columns]\ntime = \"When\"\nuser = \"Who\"\n";
  if (profile.maps_object) out << "object = \"Object\"\nverb = \"Verb\"\n";
  if (profile.has_outcome) out << "outcome = \"Outcome\"\n";
  if (profile.has_client) out << "client = \"Client\"\n";
  out << "\n[values]\n";
  if (profile.has_outcome) out << "outcome = { success = [\"ok\"], failure = [\"*\"] }\n";
  if (profile.has_client) out << "client = { machine = [\"API*\"], human = [\"*\"] }\n";
  out << "\n[dates]\norder = \"ymd\"\ntimezone = \"UTC\"\n";
  return out.str();
}

std::string profile_text(const Profile& profile) {
  std::string text = "[profile]\nname = " + quoted(profile.name) + "\nkind = " + quoted(profile.kind) +
                     "\nvendor = " + quoted(profile.vendor) + "\nget = \"Admin > Export (CSV)\"\nseen = \"2026-01\"\n";
  if (profile.kind == "users") return text + users_profile(profile);
  if (profile.kind == "activity") return text + activity_profile(profile);
  if (profile.kind == "departures")
    return text +
           "require = [\"Last day\"]\n\n[columns]\nemail = \"E-mail\"\nid = \"User ID\"\nlast_day = \"Last day\"\n"
           "\n[values]\nlast_day = { none = [\"\", \"0000-00-00\"] }\n\n[dates]\norder = \"ymd\"\n";
  return text +
         "require = [\"From\", \"To\"]\n\n[columns]\nemail = \"E-mail\"\nid = \"User ID\"\nfrom = \"From\"\nto = "
         "\"To\"\n"
         "\n[dates]\norder = \"ymd\"\n";
}

std::string users_csv(const UserFile& file, const Profile& profile) {
  std::ostringstream out;
  if (profile.has_ids) out << "User ID,";
  out << "Login,E-mail,Full name,Role,Department,Active,Created,Type,Plan" << (file.last_column ? ",Last login" : "")
      << "\n";
  for (const UserRow& row : file.rows) {
    if (profile.has_ids) out << row.id << ",";
    out << row.login << "," << row.email << ",\"" << row.name << "\"," << row.title << "," << row.department << ","
        << (row.status == "active"     ? "yes"
            : row.status == "disabled" ? "no"
                                       : "removed")
        << "," << (row.created ? iso(*row.created) : "") << "," << row.type << ",";
    for (std::size_t i = 0; i < row.products.size(); ++i) out << (i ? "+" : "") << row.products[i];
    if (row.products.empty()) out << "Unlicensed";
    if (file.last_column)
      out << ","
          << (row.last.kind == LastValue::Kind::day     ? iso(row.last.day)
              : row.last.kind == LastValue::Kind::never ? "Never"
                                                        : "");
    out << "\n";
  }
  return out.str();
}

std::string log_csv(const LogFile& file, const Profile& profile) {
  std::ostringstream out;
  out << "When,Who" << (profile.maps_object ? ",Object,Verb" : "") << (profile.has_outcome ? ",Outcome" : "")
      << (profile.has_client ? ",Client" : "") << "\n";
  for (const LogRow& row : file.rows) {
    out << (row.day_only ? iso(static_cast<Day>(row.stamp / 86400)) : stamp_of(row.stamp)) << "," << row.user;
    if (profile.maps_object) out << "," << row.object << "," << row.verb;
    if (profile.has_outcome) out << "," << (row.success ? "ok" : "wrong password");
    if (profile.has_client) out << "," << (row.machine ? "API v2" : "Browser");
    out << "\n";
  }
  return out.str();
}

std::string hr_csv(const HrFile& file, bool leave, std::uint64_t seed) {
  std::ostringstream out;
  out << "E-mail,User ID," << (leave ? "From,To" : "Last day") << "\n";
  for (const HrRow& row : file.rows) {
    out << row.email << "," << row.id << ",";
    if (leave)
      out << iso(*row.first) << "," << iso(*row.last) << "\n";
    else
      out << (row.last ? iso(*row.last) : seed % 2 ? "0000-00-00" : "") << "\n";
  }
  return out.str();
}

void write_file(const std::string& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary);
  out << text;
  if (!out) throw std::runtime_error("cannot write " + path);
}

}  // namespace

std::vector<std::vector<std::string>> write_world(const World& world, const std::string& folder) {
  std::vector<std::vector<std::string>> commands;
  const auto command = [&](const std::string& file, std::size_t profile, const std::string& org,
                           const std::string& text) {
    write_file(folder + "/" + file, text);
    commands.push_back({"import", folder + "/" + file, "--profile",
                        folder + "/" + world.profiles[profile].name + ".toml", "--org", org, "--allow-shrink"});
  };
  write_file(folder + "/seatlint.toml", policy_text(world.policy));
  for (const Profile& profile : world.profiles)
    write_file(folder + "/" + profile.name + ".toml", profile_text(profile));
  for (const UserFile& file : world.users) {
    command(file.file, file.profile, file.org, users_csv(file, world.profiles[file.profile]));
    commands.back().insert(commands.back().end(), {"--snapshot-date", iso(file.date)});
  }
  for (const LogFile& file : world.logs) {
    command(file.file, file.profile, file.org, log_csv(file, world.profiles[file.profile]));
    if (file.covers)
      commands.back().insert(commands.back().end(),
                             {"--covers", iso(file.covers->first) + ".." + iso(file.covers->second)});
  }
  for (const HrFile& file : world.departures)
    command(file.file, file.profile, file.org, hr_csv(file, false, world.seed));
  for (const HrFile& file : world.leave) command(file.file, file.profile, file.org, hr_csv(file, true, world.seed));
  return commands;
}

std::vector<std::string> audit_arguments(const World& world) {
  std::vector<std::string> arguments{"audit", "-o", "json"};
  const auto add = [&](const char* name, const std::string& value) {
    arguments.emplace_back(name);
    arguments.push_back(value);
  };
  if (world.as_of) add("--as-of", iso(*world.as_of));
  if (world.idle_flag) add("--idle-days", std::to_string(*world.idle_flag));
  if (world.grace_flag) add("--grace-days", std::to_string(*world.grace_flag));
  if (world.window_flag) add("--window", std::to_string(*world.window_flag));
  if (world.org_flag) add("--org", *world.org_flag);
  return arguments;
}

}  // namespace property
