// SPDX-License-Identifier: Apache-2.0
// The profiles that travel inside the binary. Each is parsed when somebody asks for it: most commands need few.
#include <fmt/core.h>

#include <algorithm>
#include <deque>
#include <mutex>

#include "seatlint/embedded.hpp"
#include "seatlint/profile.hpp"

namespace seatlint {
namespace {

class Builtin {
 public:
  explicit Builtin(const EmbeddedFile& file) : file_(file) {}

  /// A profile has the name of its file.
  bool is_named(std::string_view name) const {
    return file_.name.size() == name.size() + 5 && file_.name.starts_with(name) && file_.name.ends_with(".toml");
  }
  /// Whether the text has this word in quotes: no profile of the vendor lacks it.
  bool mentions(std::string_view word) const {
    return file_.text.find(fmt::format("\"{}\"", word)) != std::string_view::npos;
  }
  const Profile& profile() {
    std::call_once(parsed_, [this] {
      profile_ = parse_profile(file_.text, fmt::format("profiles/{}", file_.name));
      profile_.origin = "built-in";
    });
    return profile_;
  }

 private:
  const EmbeddedFile& file_;
  std::once_flag parsed_;
  Profile profile_;
};

std::deque<Builtin>& builtins() {
  static std::deque<Builtin> all = [] {
    std::deque<Builtin> out;
    for (const EmbeddedFile& file : embedded_files())
      if (file.folder == "profiles") out.emplace_back(file);
    return out;
  }();
  return all;
}

}  // namespace

const std::vector<Profile>& builtin_profiles() {
  static const std::vector<Profile> profiles = [] {
    std::vector<Profile> out;
    for (Builtin& one : builtins()) out.push_back(one.profile());
    std::sort(out.begin(), out.end(), [](const Profile& a, const Profile& b) { return a.name < b.name; });
    return out;
  }();
  return profiles;
}

std::vector<const Profile*> builtin_profiles_of(std::string_view vendor) {
  std::vector<const Profile*> out;
  for (Builtin& one : builtins())
    if (one.mentions(vendor) && one.profile().vendor == vendor) out.push_back(&one.profile());
  std::sort(out.begin(), out.end(), [](const Profile* a, const Profile* b) { return a->name < b->name; });
  return out;
}

const Profile* builtin_profile(std::string_view name) {
  for (Builtin& one : builtins())
    if (one.is_named(name)) return &one.profile();
  return nullptr;
}

}  // namespace seatlint
