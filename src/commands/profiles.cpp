// SPDX-License-Identifier: Apache-2.0
// `seatlint profiles`: which exports are known, and how a person obtains each of them.
#include "commands/profiles.hpp"

#include <fmt/core.h>

#include <nlohmann/json.hpp>
#include <ostream>

#include "commands/session.hpp"
#include "seatlint/embedded.hpp"
#include "seatlint/profile.hpp"

namespace seatlint {
namespace {

using Json = nlohmann::ordered_json;

Json value_of(const Profile& profile) {
  return {{"name", profile.name},     {"vendor", profile.vendor}, {"kind", to_string(profile.kind)},
          {"get", profile.get},       {"seen", profile.seen},     {"require", profile.require},
          {"refuse", profile.refuse}, {"note", profile.note},     {"row_caps", profile.row_caps}};
}

const Profile& profile_to_show(const std::string& name) {
  std::vector<std::string> names;
  for (const Profile& profile : builtin_profiles()) {
    if (profile.name == name) return profile;
    names.push_back(profile.name);
  }
  throw unknown_name("profile", name, names);
}

void say(Io& io, std::string_view label, const std::string& text) {
  if (text.empty()) return;
  bool first = true;
  for (const std::string& part : wrapped(text, io.environment.columns - 12)) {
    std::string head = first ? std::string(label) : "";
    head.resize(12, ' ');
    print_cells(io, {{head, Paint::dim}, {part, Paint::plain}});
    first = false;
  }
}

/// The profile as it is written: the best description of its columns, and a model for one's own.
std::string_view source_of(const Profile& profile) {
  for (const EmbeddedFile& file : embedded_files())
    if (file.folder == "profiles" && file.name == profile.name + ".toml") return file.text;
  return {};
}

void show(const Profile& profile, Io& io) {
  print_cells(io, {{profile.name, Paint::bold},
                   {fmt::format("  {} of {}", to_string(profile.kind), profile.vendor), Paint::dim}});
  say(io, "get it", profile.get);
  say(io, "seen", profile.seen);
  say(io, "refused", profile.refuse);
  say(io, "note", profile.note);
  if (profile.kind == RecordKind::activity && profile.refuse.empty())
    say(io, "proves",
        profile.gives_actions ? "sign-ins and what was done: it can judge tiers"
                              : "sign-ins or single actions only: it can't judge tiers");
  if (const std::string_view source = source_of(profile); !source.empty()) io.out << '\n' << trim(source) << '\n';
}

void print_list(Io& io) {
  TextTable table({{"profile"}, {"vendor"}, {"kind"}, {"get it", Column::Align::left, Column::Cut::end, 24}});
  for (const Profile& profile : builtin_profiles())
    table.add({{profile.name, Paint::plain},
               {profile.vendor, Paint::plain},
               {profile.refuse.empty() ? std::string(to_string(profile.kind)) : "wrong file", Paint::dim},
               {profile.refuse.empty() ? profile.get : profile.refuse, Paint::plain}});
  print_table(io, table);
}

void declare(OptionSet& set, ProfilesOptions& options) {
  set.positionals("show NAME", options.words, "one profile: how to get the file, and its columns", false);
  set.choice("--format", options.format, {"table", "json"}, "how to print them");
}

}  // namespace

int run_profiles(const ProfilesOptions& options, Io& io) {
  const auto name = name_to_show("profiles", options.words);
  const bool json = options.format == "json";
  if (name) {
    const Profile& profile = profile_to_show(*name);
    if (json) io.out << value_of(profile).dump(2) << '\n';
    if (!json) show(profile, io);
    return 0;
  }
  if (!json) {
    print_list(io);
    return 0;
  }
  Json list = Json::array();
  for (const Profile& profile : builtin_profiles()) list.push_back(value_of(profile));
  io.out << Json{{"schema", "seatlint.profiles/1"}, {"profiles", list}}.dump(2) << '\n';
  return 0;
}

std::unique_ptr<Command> profiles_command() {
  return make_command<ProfilesOptions>({"profiles", "which exports are known, and where to get them",
                                        "seatlint profiles                          all known exports\n"
                                        "seatlint profiles show purview-audit       how to get one, and its columns"},
                                       declare, run_profiles);
}

}  // namespace seatlint
