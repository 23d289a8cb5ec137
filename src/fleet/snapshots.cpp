// SPDX-License-Identifier: Apache-2.0
// One profile's snapshots in time order: what is true now, and since when it has been without a break.
#include <algorithm>
#include <array>
#include <utility>

#include "base/in_order.hpp"
#include "base/in_parallel.hpp"
#include "base/reserve_touched.hpp"
#include "fleet/accounts.hpp"
#include "fleet/draft_rows.hpp"
#include "fleet/merge_records.hpp"
#include "fleet/seats.hpp"
#include "store/user_rows.hpp"

namespace seatlint {
namespace {

constexpr std::uint64_t most_reserved = 1u << 20;  // accounts, before any was seen

/// Where the product stands in a list of few; added by `add` where it does not.
template <typename List>
Holding& holding_of(List& list, int product, const auto& add) {
  const auto at = std::find_if(list.begin(), list.end(), [&](const Holding& one) { return one.product == product; });
  if (at != list.end()) return *at;
  Holding& fresh = add();
  fresh.product = product;
  return fresh;
}
Holding& holding_of(ShortList<Holding>& list, int product, Arena& memory) {
  return holding_of(list, product, [&]() -> Holding& { return list.add(memory); });
}

/// One unit that was bought stands for all that it covers.
void settle_covered(ShortList<Holding>& list) {
  for (Holding& total : list) {
    if (!total.covered || total.direct + total.by_group <= 1) continue;
    total.by_group = total.direct > 0 ? 0 : 1;
    total.direct = 1 - total.by_group;
  }
}

/// What one file of a snapshot says an account holds, into what all its files say. The parts of a split export may
/// overlap: the same assignment in two files is one.
void add_file(ShortList<Holding>& into, ShortList<Holding>& in_file, Arena& memory) {
  for (const Holding& holding : in_file) {
    Holding& total = holding_of(into, holding.product, memory);
    total.direct = std::max(total.direct, holding.direct);
    total.by_group = std::max(total.by_group, holding.by_group);
    if (total.evidence.file < 0) total.evidence = holding.evidence;
    total.covered |= holding.covered;
  }
  settle_covered(into);
  in_file = {};
}

/// The products of the records of one draft.
class Holdings {
 public:
  Holdings(ProductTable& products, const std::map<std::pair<std::string, int>, int>& covered,
           const SnapshotSeries& series, const DraftRows& drafts, Arena& memory)
      : products_(products), covered_(covered), series_(series), drafts_(drafts), memory_(memory) {
    resolved_.resize(drafts.texts().size());
  }

  /// Those of the next record: what it holds by itself.
  const std::vector<Holding>& next(const DraftRows::Row& row) {
    list_.clear();
    for (std::size_t i = 0; i < row.products + row.group_products; ++i) {
      const std::uint32_t text = drafts_.names()[at_++];
      // Resolved in the order of records: an unknown product is called as it is spelled first.
      std::optional<std::vector<int>>& numbers = resolved_[text];
      if (!numbers) numbers = products_.numbers(series_.vendor, drafts_.texts()[text]);
      hold(*numbers, drafts_.texts()[text], i >= row.products, row.node.record);
    }
    return list_;
  }
  /// What its profile stands for.
  const std::vector<Holding>& of_profile(const std::string& product, const RecordPlace& record) {
    hold(products_.numbers(series_.vendor, product), product, false, record);
    return list_;
  }

 private:
  ProductTable& products_;
  const std::map<std::pair<std::string, int>, int>& covered_;
  const SnapshotSeries& series_;
  const DraftRows& drafts_;
  Arena& memory_;
  std::vector<std::optional<std::vector<int>>> resolved_;  ///< by index into the draft's texts
  std::vector<Holding> list_;
  std::size_t at_ = 0;  ///< into the draft's names

  void hold(const std::vector<int>& numbers, const std::string& text, bool by_group, const RecordPlace& record) {
    for (const int product : numbers) {
      const auto bought = covered_.empty() ? covered_.end() : covered_.find({series_.org, product});
      Holding& holding = holding_of(list_, bought == covered_.end() ? product : bought->second,
                                    [&]() -> Holding& { return list_.emplace_back(); });
      ++(by_group ? holding.by_group : holding.direct);
      holding.covered |= bought != covered_.end();
      if (holding.evidence.file >= 0) continue;
      holding.evidence = {record, holding.covered ? memory_.keep(text) : std::string_view()};
    }
  }
};

/// A list of users has a record an account, one of assignments has several. Of others than the chosen snapshot only
/// what tells the past is asked.
DraftRows::Kept kept_of(const SnapshotSeries& series, std::size_t n) {
  if (n != static_cast<std::size_t>(series.chosen)) return DraftRows::Kept::past;
  return series.kind == RecordKind::assignments ? DraftRows::Kept::assignment : DraftRows::Kept::account;
}

}  // namespace

std::string_view key_of(const AccountIdentity& identity) {
  if (!identity.id.empty()) return identity.id;
  return identity.login.empty() ? identity.email : identity.login;
}

SnapshotReader::SnapshotReader(const Store& store, Fleet& fleet, ProductTable& products, Lookups lookups,
                               const Selection* only, Arena& holdings)
    : store_(store),
      fleet_(fleet),
      products_(products),
      lookups_(std::move(lookups)),
      only_(only),
      holdings_(holdings) {
  for (const Contract& contract : fleet.policy->contracts) {
    if ((contract.term_start && fleet.as_of < *contract.term_start) ||
        (contract.term_end && *contract.term_end < fleet.as_of))
      continue;
    if (contract.covers.empty()) continue;
    const ResolvedProduct bought = products_.resolve("", contract.product);
    const std::string vendor = bought.known == nullptr ? std::string() : bought.known->vendor;
    for (const std::string& name : contract.covers)
      covered_.try_emplace({contract.org, products_.number(products_.resolve(vendor, name).id)},
                           products_.number(bought.id));
  }
}

/// The accounts of one snapshot while its files are read.
struct SnapshotReader::Nodes {
  Nodes(NumberedTexts& all_keys, Arena& kept, Arena& held, bool single_file)
      : keys(all_keys), memory(kept), holdings(held), one_file(single_file) {}

  NumberedTexts& keys;
  Arena& memory;
  Arena& holdings;  ///< as SnapshotReader has it
  bool one_file;
  std::vector<AccountNode> list;
  std::vector<int> of_key;                  ///< index into `list` by number of the key; -1: not there
  std::vector<ShortList<Holding>> in_file;  ///< by node, of one file of several: what the file that is read says
  std::vector<std::size_t> touched;         ///< nodes with something in `in_file`

  void reserve(std::size_t more) {
    reserve_touched(list, list.size() + more);
    of_key.reserve(of_key.size() + more);
    keys.reserve(more);
  }
  /// Where the record's account stands.
  std::size_t add(DraftRows::Row& row, bool lasting) {
    AccountNode& node = row.node;
    const bool past = node.account == nullptr;
    const auto number =
        static_cast<std::size_t>(past ? keys.add(row.key, row.key_hash) : keys.add_lasting(row.key, row.key_hash));
    if (number >= of_key.size()) of_key.resize(number + 1, -1);
    int& at = of_key[number];
    if (at < 0) {
      at = static_cast<int>(list.size());
      AccountNode& fresh = list.emplace_back(std::move(node));
      fresh.number = static_cast<int>(number);
      if (!past && !lasting) fresh.account = lasting_copy(*fresh.account, memory);
    } else {
      merge_record(list[static_cast<std::size_t>(at)], node, memory);
    }
    return static_cast<std::size_t>(at);
  }
  /// Where what the file says an account holds is gathered.
  ShortList<Holding>& held(std::size_t at) {
    if (one_file) return list[at].holdings;
    if (at >= in_file.size()) in_file.resize(list.size());
    if (in_file[at].empty()) touched.push_back(at);
    return in_file[at];
  }
  void end_file() {
    for (const std::size_t at : touched) add_file(list[at].holdings, in_file[at], holdings);
    touched.clear();
  }
};

/// Makes accounts of records, in their order.
void SnapshotReader::add_rows(const SnapshotSeries& series, DraftRows& drafts, Nodes& nodes) {
  Holdings holdings(products_, covered_, series, drafts, *fleet_.memory.front());
  // A list of user x product has a row an assignment; a list of users says everything in each row.
  const bool adds = series.kind == RecordKind::assignments;
  for (const DraftRows::Row& row : drafts.rows()) nodes.keys.prefetch(row.key_hash);
  for (DraftRows::Row& row : drafts.rows()) {
    const RecordPlace record = row.node.record;
    const std::size_t at = nodes.add(row, drafts.accounts_last());
    AccountNode& node = nodes.list[at];
    const std::vector<Holding>* held = &holdings.next(row);
    bool speaks = row.has_products || row.group_products > 0;
    if (!speaks && !row.profile_ref.empty()) {
      const auto found = lookups_.find((series.org + '\x1f' + series.vendor + '\x1f').append(row.profile_ref));
      if (found != lookups_.end()) {
        if (node.account != nullptr && !found->second.name.empty())
          fill(more_of(*node.account, nodes.memory).profile_name, nodes.memory.keep(found->second.name));
        if (!found->second.product.empty()) held = &holdings.of_profile(found->second.product, record), speaks = true;
      }
    }
    node.speaks_of_products |= speaks;
    if (row.license_id && !speaks) node.with_more().licenses.push_back({*row.license_id, {}});
    if (held->empty()) continue;
    ShortList<Holding>& in_file = nodes.held(at);
    for (const Holding& holding : *held) {
      Holding& total = holding_of(in_file, holding.product, nodes.holdings);
      if (row.license_id)
        node.with_more().licenses.push_back({*row.license_id, std::string(products_.id(holding.product))});
      total.direct = adds ? total.direct + holding.direct : std::max(total.direct, holding.direct);
      total.by_group = adds ? total.by_group + holding.by_group : std::max(total.by_group, holding.by_group);
      if (total.evidence.file < 0) total.evidence = holding.evidence;
      total.covered |= holding.covered;
    }
  }
}

/// Blocks of records are unpacked on all processors, while accounts are made of those before.
void SnapshotReader::add_blocks(const SnapshotSeries& series, std::size_t n, int file, Nodes& nodes) {
  constexpr std::size_t ahead = 8;
  const ImportedFile& from = fleet_.files[static_cast<std::size_t>(file)];
  const int org = fleet_.org_index(series.org);
  UserBatches batches(store_.database(), from.id);
  const std::array<std::shared_ptr<Arena>, 2> memory{fleet_.memory.front(), std::make_shared<Arena>()};  // by thread
  fleet_.memory.push_back(memory.back());
  const auto unpack = [&](std::size_t number, unsigned thread) {
    const std::vector<std::string> blocks = batches.take(number);
    std::optional<DraftRows> drafts;  // none behind the last
    if (!blocks.empty()) drafts.emplace(org, file, kept_of(series, n), *memory[thread]).expect(blocks.size());
    for (const std::string& block : blocks) drafts->add_block(block);
    return drafts;
  };
  const auto add = [&](std::optional<DraftRows>& drafts) {
    if (drafts) add_rows(series, *drafts, nodes);
    return drafts.has_value();
  };
  if (from.rows.stored >= fewest_accounts) return make_in_order(SIZE_MAX, ahead, unpack, add);
  for (std::size_t number = 0;; ++number)
    if (std::optional<DraftRows> drafts = unpack(number, 0); !add(drafts)) return;
}

/// The accounts of one snapshot.
std::vector<AccountNode> SnapshotReader::read_snapshot(const SnapshotSeries& series, std::size_t n,
                                                       NumberedTexts& keys) {
  Nodes nodes(keys, *fleet_.memory.front(), holdings_, series.snapshots[n].second.size() == 1);
  for (const int index : series.snapshots[n].second) {
    const ImportedFile& file = fleet_.files[static_cast<std::size_t>(index)];
    if (only_ == nullptr) {
      if (file.kind == RecordKind::users)
        nodes.reserve(static_cast<std::size_t>(std::min<std::uint64_t>(file.rows.stored, most_reserved)));
      add_blocks(series, n, index, nodes);
    } else {
      DraftRows drafts(fleet_.org_index(series.org), index, kept_of(series, n), *fleet_.memory.front());
      store_.each_user(
          file.id, [&](const UserRow& row, std::uint64_t line) { drafts.add(row, line); }, only_);
      add_rows(series, drafts, nodes);
    }
    nodes.end_file();
  }
  const auto by_id = [&](const Holding& a, const Holding& b) {
    return products_.id(a.product) < products_.id(b.product);
  };
  in_pieces(nodes.list.size(), fewest_accounts, [&](std::size_t first, std::size_t last, std::size_t) {
    for (std::size_t i = first; i < last; ++i) {
      ShortList<Holding>& holdings = nodes.list[i].holdings;
      if (nodes.one_file && !covered_.empty()) settle_covered(holdings);
      if (holdings.size() > 1) std::sort(holdings.begin(), holdings.end(), by_id);
    }
  });
  return std::move(nodes.list);
}

/// What is remembered of an account while walking through its snapshots.
struct SnapshotReader::Past {
  std::size_t seen = 0;  ///< snapshot number + 1 in which it was last there
  std::optional<AccountState> state;
  std::optional<Day> reactivated;
  std::vector<std::pair<Day, RecordPlace>> used_on;
  struct Run {
    int product = 0;
    std::size_t first = 0, last = 0;  ///< snapshot numbers
  };
  std::vector<Run> runs;
};

void SnapshotReader::note_past(const SnapshotSeries& series, std::size_t n, const AccountNode& node, Past& then) const {
  const LastActivity& last = node.last_activity;
  const auto same_day = [&](const auto& used) { return used.first == last.day; };
  if (last.kind == LastActivity::Kind::on && last.day <= fleet_.as_of &&
      std::none_of(then.used_on.begin(), then.used_on.end(), same_day))
    then.used_on.emplace_back(last.day, node.record);
  // A seat of the first snapshot has been held since nobody knows when.
  if (n > static_cast<std::size_t>(series.chosen) || series.chosen == 0) return;
  const bool before = n > 0 && then.seen == n;
  const bool was_off =
      before && then.state && (*then.state == AccountState::disabled || *then.state == AccountState::deleted);
  if (was_off && node.state == AccountState::active) then.reactivated = series.snapshots[n].first;
  then.seen = n + 1;
  then.state = node.state;
  for (const Holding& holding : node.holdings) {
    const Product* known = products_.known(holding.product);
    if (released(*fleet_.catalog, series.vendor, known, node.state.value_or(AccountState::active))) continue;
    auto run = std::find_if(then.runs.begin(), then.runs.end(),
                            [&](const Past::Run& one) { return one.product == holding.product; });
    if (run == then.runs.end()) {
      then.runs.push_back({holding.product, n, n});
      continue;
    }
    if (run->last + 1 != n) run->first = n;
    run->last = n;
  }
}

std::vector<AccountNode> SnapshotReader::read(const SnapshotSeries& series, int series_index) {
  NumberedTexts keys;
  std::vector<Past> past;  // by number of the key
  std::vector<AccountNode> present;
  const Day horizon = fleet_.as_of + fleet_.policy->snapshot_slack_days.value;
  const auto until = std::find_if(series.snapshots.begin(), series.snapshots.end(),
                                  [&](const auto& snapshot) { return snapshot.first > horizon; });
  const auto count = static_cast<std::size_t>(until - series.snapshots.begin());
  for (std::size_t n = 0; n < count; ++n) {
    std::vector<AccountNode> nodes = read_snapshot(series, n, keys);
    if (count > 1) past.resize(keys.size());
    if (count > 1)
      for (const AccountNode& node : nodes) note_past(series, n, node, past[static_cast<std::size_t>(node.number)]);
    if (n == static_cast<std::size_t>(series.chosen)) present = std::move(nodes);
  }
  const auto settle = [&](AccountNode& node) {
    node.series = series_index;
    if (past.empty()) return;
    Past& then = past[static_cast<std::size_t>(node.number)];
    if (then.reactivated) node.with_more().reactivated = then.reactivated;
    if (!then.used_on.empty()) node.with_more().used_on = std::move(then.used_on);
    for (Holding& holding : node.holdings)
      for (const Past::Run& run : then.runs)
        if (run.product == holding.product && run.first > 0) holding.first_seen = series.snapshots[run.first].first;
  };
  in_pieces(present.size(), fewest_accounts, [&](std::size_t first, std::size_t last, std::size_t) {
    for (std::size_t i = first; i < last; ++i) settle(present[i]);
  });
  const auto before = [](const AccountNode& a, const AccountNode& b) { return a.account->key < b.account->key; };
  const auto comes_next = [&](std::size_t i) { return !before(present[i + 1], present[i]); };
  if (!all_in_parallel(std::max<std::size_t>(present.size(), 1) - 1, fewest_accounts, comes_next))
    std::sort(present.begin(), present.end(), before);
  return present;
}

}  // namespace seatlint
