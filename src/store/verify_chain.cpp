// SPDX-License-Identifier: Apache-2.0
// A chain that was cut or written anew as a whole looks sound from inside: only an anchor kept elsewhere shows it.
#include "store/verify_chain.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "store/chain.hpp"
#include "store/sealed_content.hpp"

namespace seatlint {
namespace {

ChainCheck links(const std::vector<ChainEntry>& entries) {
  ChainCheck check{fmt::format("the chain of {} entries is unbroken", entries.size()), {}};
  std::string before;
  std::int64_t next = 1;
  for (const ChainEntry& entry : entries) {
    if (entry.seq != next) check.wrong.push_back(fmt::format("entry {} is missing", next));
    if (entry.head != expected_head(before, entry))
      check.wrong.push_back(fmt::format("entry {} ({}) does not follow from the one before", entry.seq, entry.kind));
    before = entry.head;
    next = entry.seq + 1;
  }
  if (entries.empty()) check.wrong.emplace_back("it is empty");
  return check;
}

/// Each unit's seal must stand for the newest entry about it.
ChainCheck newest_seals(const Database& db, const std::vector<ChainEntry>& entries) {
  ChainCheck check{"every seal is the newest of its unit", {}};
  std::map<Unit, std::int64_t> newest;
  for (const ChainEntry& entry : entries) {
    if (entry.unit.name.empty()) continue;
    if (entry.commitment.empty()) {
      newest.erase(entry.unit);
    } else {
      newest[entry.unit] = entry.seq;
    }
  }
  std::map<Unit, std::int64_t> seals;
  Statement row = db.prepare("SELECT unit, unit_id, seq FROM seal");
  while (row.step()) seals[{std::string(row.text(0)), row.integer(1)}] = row.integer(2);
  for (const auto& [unit, seq] : newest) {
    const auto seal = seals.find(unit);
    if (seal == seals.end() || seal->second != seq)
      check.wrong.push_back(fmt::format("entry {} on {} {} has no seal", seq, unit.name, unit.id));
  }
  for (const auto& [unit, seq] : seals)
    if (!newest.contains(unit)) check.wrong.push_back(fmt::format("a seal on {} {} has no entry", unit.name, unit.id));
  return check;
}

std::string name_of(const Database& db, const Unit& unit) {
  if (unit.name == "import") {
    Statement row = db.prepare("SELECT name FROM imported_file WHERE id = ?1");
    row.bind(1, unit.id);
    return row.step() ? std::string(row.text(0)) : fmt::format("imported file {}", unit.id);
  }
  if (unit.name == "store") return "what all files share (orgs, settings, texts of audits, erasures)";
  if (unit.name == "seats") return "whom recorded audits are about";
  return fmt::format("{} {}", unit.name == "audit" ? "recorded audit" : "record of who looked", unit.id);
}

ChainCheck content(const Database& db) {
  ChainCheck check{"everything stored is what the chain says", {}};
  for (const Unfit& unfit : unfit_units(db)) {
    const std::string name = name_of(db, unfit.unit);
    if (!unfit.digest) {
      check.wrong.push_back(name + " is gone");
    } else if (!unfit.sealed) {
      check.wrong.push_back(name + " was added by hand");
    } else {
      check.wrong.push_back(name + " was changed");
    }
  }
  return check;
}

/// Digests of the exports whose import is sealed now.
std::set<std::string> imported(const std::vector<ChainEntry>& entries) {
  std::map<Unit, std::string> files;
  for (const ChainEntry& entry : entries) {
    if (entry.unit.name != "import") continue;
    const auto says = nlohmann::json::parse(entry.says, nullptr, false);
    if (entry.commitment.empty() || !says.is_object()) {
      files.erase(entry.unit);
    } else {
      files[entry.unit] = says.value("sha256", "");
    }
  }
  std::set<std::string> digests;
  for (const auto& [unit, digest] : files) digests.insert(digest);
  return digests;
}

ChainCheck anchored(const std::vector<ChainEntry>& entries, const std::vector<Anchor>& anchors) {
  ChainCheck check{fmt::format("what was noted elsewhere still holds ({})", anchors.size()), {}};
  const std::set<std::string> files = imported(entries);
  for (const Anchor& anchor : anchors) {
    if (anchor.seq == 0) {
      if (!files.contains(anchor.digest)) check.wrong.push_back(anchor.where + ": the store does not hold this file");
      continue;
    }
    const auto at = std::lower_bound(entries.begin(), entries.end(), anchor.seq,
                                     [](const ChainEntry& entry, std::int64_t seq) { return entry.seq < seq; });
    if (at == entries.end() || at->seq != anchor.seq) {
      check.wrong.push_back(fmt::format("{}: entry {} is gone: the chain was cut", anchor.where, anchor.seq));
    } else if (at->head != anchor.digest) {
      check.wrong.push_back(fmt::format("{}: entry {} has another head now", anchor.where, anchor.seq));
    }
  }
  return check;
}

}  // namespace

std::vector<ChainCheck> check_chain(const Database& db, const std::vector<Anchor>& anchors) {
  const std::vector<ChainEntry> entries = Chain(db).entries();
  std::vector<ChainCheck> checks{links(entries), newest_seals(db, entries), content(db)};
  if (!anchors.empty()) checks.push_back(anchored(entries, anchors));
  return checks;
}

}  // namespace seatlint
