// SPDX-License-Identifier: Apache-2.0
// See schema.hpp. A schema is compared statement by statement: a trigger or view somebody put into a store would
// otherwise run with the next import. The build has made the newest one; where a store differs from that, or is older,
// its version is made anew in memory, which takes longer than all else about opening a store.
#include "store/schema.hpp"

#include <algorithm>
#include <map>

#include "seatlint/embedded.hpp"
#include "store/name_index.hpp"
#include "store/sealed_content.hpp"

namespace seatlint {
namespace {

std::vector<const EmbeddedFile*> steps() {
  std::vector<const EmbeddedFile*> found;
  for (const EmbeddedFile& file : embedded_files())
    if (file.folder == "store/schema") found.push_back(&file);
  return found;
}

void run_steps(const Database& db, std::int64_t from, std::int64_t to) {
  const auto all = steps();
  for (std::int64_t step = from; step < to; ++step)
    db.execute(std::string(all.at(static_cast<std::size_t>(step))->text));
}

using Objects = std::map<std::string, std::string>;

Objects objects(const Database& db) {
  Objects found;
  Statement row = db.prepare(schema_objects);
  while (row.step()) found.emplace(row.text(0), row.text(1));
  return found;
}

bool as_built(const Objects& found) {
  const auto built = schema_of_build();
  return std::equal(found.begin(), found.end(), built.begin(), built.end(), [](const auto& object, const auto& other) {
    return object.first == other.name && object.second == other.sql;
  });
}

Objects objects_of(std::int64_t version) {
  const Database fresh(":memory:", Database::Access::write, 0);
  run_steps(fresh, 0, version);
  return objects(fresh);
}

}  // namespace

std::int64_t newest_schema() { return static_cast<std::int64_t>(steps().size()); }

void upgrade_schema(const Database& db, std::int64_t version) {
  const std::vector<Unfit> broken = unfit_units(db);
  run_steps(db, version, newest_schema());
  index_all_names(db);
  db.execute("PRAGMA application_id = " + std::to_string(application_id));
  db.execute("PRAGMA user_version = " + std::to_string(newest_schema()));
  // A step may add columns to what is sealed; what somebody had tampered with stays visible.
  seal_again(db, version == 0 ? "created" : "upgraded", broken);
}

std::vector<std::string> schema_differences(const Database& db, std::int64_t version) {
  const Objects found = objects(db);
  if (version == newest_schema() && as_built(found)) return {};
  const Objects wanted = objects_of(version);
  std::vector<std::string> differences;
  for (const auto& [name, sql] : wanted) {
    const auto it = found.find(name);
    if (it == found.end())
      differences.push_back(name + " is missing");
    else if (it->second != sql)
      differences.push_back(name + " was changed");
  }
  for (const auto& [name, sql] : found)
    if (!wanted.contains(name)) differences.push_back(name + " was added");
  return differences;
}

}  // namespace seatlint
