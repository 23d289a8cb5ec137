// SPDX-License-Identifier: Apache-2.0
// Joins are made late and not kept, so they are looked up again here, for one account.
#include "commands/joined_by.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace seatlint {
namespace {

struct Key {
  const char* kind;
  std::string value;
};

/// `who` and `further` are an account's or, both the same, a record's.
template <typename Identities, typename Further>
std::vector<Key> keys_of(const Identities& who, const Further& further) {
  const auto key = [](const char* kind, std::string_view value) { return Key{kind, std::string(value)}; };
  std::vector<Key> keys{key("id", who.id), key("login", who.login), key("e-mail", who.email)};
  for (const auto& alias : further.aliases) keys.push_back(key("alias", alias));
  keys.push_back(key("HR id", further.hr_id));
  keys.push_back(key("federation id", further.federation_id));
  keys.erase(std::remove_if(keys.begin(), keys.end(), [](const Key& key) { return key.value.empty(); }), keys.end());
  return keys;
}

/// The first key of `mine` that `others` hold as well.
std::string shared_key(const std::vector<Key>& mine, const std::vector<Key>& others) {
  for (const Key& key : mine)
    if (std::any_of(others.begin(), others.end(),
                    [&](const Key& other) { return fold_case(other.value) == fold_case(key.value); }))
      return std::string(key.kind) + " " + key.value;
  return {};
}

class Joins {
 public:
  Joins(const Store& store, const Fleet& fleet, const Account& account)
      : store_(store), fleet_(fleet), account_(account) {}

  std::vector<JoinedFile> list() {
    snapshots();
    logs();
    for (const RecordPlace& evidence :
         {account_.hr().departure_evidence, account_.hr().leave_evidence, account_.hr().share_evidence})
      person(evidence);
    std::sort(found_.begin(), found_.end(), [](const JoinedFile& a, const JoinedFile& b) { return a.file < b.file; });
    return std::move(found_);
  }

 private:
  const ImportedFile& file(int index) const { return fleet_.files[static_cast<std::size_t>(index)]; }
  std::string where(int index, std::uint64_t line) const {
    return file(index).name + (line == 0 ? "" : ":" + std::to_string(line));
  }

  void snapshots() {
    std::map<int, std::set<std::uint64_t>> lines;
    for (const RecordPlace& row : account_.rows())
      if (row.file >= 0) lines[row.file].insert(row.line);
    std::map<std::pair<int, std::uint64_t>, std::vector<Key>> rows;
    for (const auto& [index, wanted] : lines) {
      Selection records;
      records.lines[file(index).id].assign(wanted.begin(), wanted.end());
      store_.each_user(
          file(index).id,
          [&, at = index](const UserRow& row, std::uint64_t line) {
            rows[{at, line}] = keys_of(row.identity, row.identity);
          },
          &records);
    }
    for (const auto& [at, mine] : rows) {
      std::vector<Key> others;
      for (const auto& [other, keys] : rows)
        if (other != at) others.insert(others.end(), keys.begin(), keys.end());
      found_.push_back({where(at.first, at.second), shared_key(mine, others)});
    }
  }

  void logs() {
    const std::vector<Key> mine = keys_of(account_.identity, account_.more());
    const std::string& org = fleet_.orgs[static_cast<std::size_t>(account_.org)].name;
    std::set<std::uint64_t> actors;
    for (const LoggedBlock& block : account_.blocks) actors.insert(block.actor);
    store_.each_block_of({actors.begin(), actors.end()}, [&](const StoredBlock& block) {
      const auto log = std::find_if(fleet_.files.begin(), fleet_.files.end(),
                                    [&](const ImportedFile& one) { return one.id == block.file && one.org == org; });
      if (log == fleet_.files.end() || !log->days || log->days->first > fleet_.as_of) return;
      const std::vector<Key> named{
          {"id", std::string(block.id)}, {"login", std::string(block.login)}, {"e-mail", std::string(block.email)}};
      const JoinedFile joined{where(static_cast<int>(log - fleet_.files.begin()), 0), shared_key(named, mine)};
      if (std::none_of(found_.begin(), found_.end(),
                       [&](const JoinedFile& other) { return other.file == joined.file && other.by == joined.by; }))
        found_.push_back(joined);
    });
  }

  void person(const RecordPlace& evidence) {
    if (evidence.file < 0) return;
    Selection record;
    record.lines[file(evidence.file).id] = {evidence.line};
    const auto visit = [&](const PersonRow& row, std::uint64_t line) {
      const std::vector<Key> mine{{"e-mail", row.email}, {"login", row.login}, {"HR id", row.hr_id}};
      found_.push_back({where(evidence.file, line), shared_key(mine, keys_of(account_.identity, account_.more()))});
    };
    store_.each_person(file(evidence.file).id, visit, &record);
  }

  const Store& store_;
  const Fleet& fleet_;
  const Account& account_;
  std::vector<JoinedFile> found_;
};

}  // namespace

std::vector<JoinedFile> joined_by(const Store& store, const Fleet& fleet, const Account& account) {
  return Joins(store, fleet, account).list();
}

}  // namespace seatlint
