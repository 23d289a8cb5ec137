// SPDX-License-Identifier: Apache-2.0
// Rows 1 to 12 of the verdict table. Comments in quotes are sentences of the definitions.

#include <algorithm>

#include "oracle.hpp"

namespace property {
namespace {

bool has(const std::vector<std::string>& list, const std::string& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}
bool is_free(const Product& product) { return product.kind == "free" || product.kind == "trial"; }

class SeatJudge {
 public:
  SeatJudge(Trial& trial, OrgFacts& org) : trial_(trial), world_(trial.world), org_(org), day_(trial.facts.as_of) {}

  void run() {
    list_seats();
    for (Seat& seat : seats_) first_rows(seat);
    std::vector<std::pair<Seat*, const char*>> losers;  // rows 4 and 5 look only at seats that rows 1–3 (1–4) left open
    for (Seat& seat : seats_)
      if (seat.verdict.empty() && duplicate(seat)) losers.emplace_back(&seat, "duplicate");
    decide(losers);
    for (Seat& seat : seats_)
      if (seat.verdict.empty() && redundant(seat)) losers.emplace_back(&seat, "redundant");
    decide(losers);
    for (Seat& seat : seats_)
      if (seat.verdict.empty()) later_rows(seat);
    std::move(seats_.begin(), seats_.end(), std::back_inserter(trial_.result.seats));
  }

 private:
  Trial& trial_;
  const World& world_;
  OrgFacts& org_;
  const Day day_;
  std::vector<Seat> seats_;

  static void decide(std::vector<std::pair<Seat*, const char*>>& losers) {
    for (auto& [seat, verdict] : losers) seat->verdict = verdict;
    losers.clear();
  }
  Account& holder(const Seat& seat) { return org_.accounts[seat.holder]; }

  void list_seats() {
    for (std::size_t i = 0; i < org_.accounts.size(); ++i) {
      std::set<std::string> held;
      for (const std::string& name : org_.accounts[i].row->products) {
        Seat seat;
        seat.known = product_named(world_.policy, name);
        if (seat.known && released(*seat.known, *org_.accounts[i].row)) continue;
        seat.org = org_.name;
        seat.account = org_.accounts[i].key;
        seat.product = seat.known ? seat.known->id : name;
        seat.holder = i;
        seat.second_copy = !held.insert(seat.product).second;
        if (seat.known) seat.unit = unit_price(world_, org_.name, *seat.known, day_);
        seats_.push_back(seat);
      }
    }
  }

  void first_rows(Seat& seat) {
    const Account& account = holder(seat);
    // 1 "the product is free or trial"
    if (seat.known && is_free(*seat.known)) {
      seat.verdict = "free";
      for (const Seat& other : seats_)
        if (seat.known->kind == "trial" && other.holder == seat.holder && other.known && !is_free(*other.known) &&
            other.known->family == seat.known->family)
          seat.notes.insert("trial-beside-paid");
    } else if ((account.left && *account.left <= day_) || account.row->status == "deleted") {
      seat.verdict = "departed";  // 2 "HR says the person's last day is ≤ D, or the account is marked deleted and the
                                  // seat is not released"
    } else if (account.row->status == "disabled") {
      seat.verdict = "disabled";  // 3 "the account cannot sign in, and that does not release the seat"
    }
  }

  Day last_use(const Account& account) const {  // of the account as a whole: row 4 is not limited to a vendor
    Day last = long_ago;
    for (const auto& [vendor, deeds] : account.deeds)
      for (const Deed& deed : deeds)
        if (deed.human) last = std::max(last, deed.day);
    return last;
  }

  /// 4 "the same person holds the same product on another account in the same org that was used more recently (never
  /// used loses; ties: the lower account id is kept)"
  bool duplicate(const Seat& seat) {
    for (const Seat& other : seats_) {
      if (other.holder == seat.holder || !other.verdict.empty() || other.product != seat.product) continue;
      if (!same_person(world_.policy, *holder(other).row, *holder(seat).row)) continue;
      const Day mine = last_use(holder(seat)), theirs = last_use(holder(other));
      if (theirs > mine || (theirs == mine && other.account < seat.account)) return true;
    }
    return false;
  }

  static std::set<std::string> grants(const Product& product) {
    std::set<std::string> all(product.grants.begin(), product.grants.end());
    if (product.kind == "base" || product.kind == "bundle") all.insert("sign-in");  // "Base and bundle grant sign-in"
    return all;
  }

  /// 5 "another paid product held by the same account grants every feature of this one, sign-in included (equal grants:
  /// the cheaper is kept, unpriced counting as dearest, then the lower product id); or the same product is assigned
  /// twice: one is kept"
  bool redundant(const Seat& seat) {
    if (seat.second_copy) return true;
    if (!seat.known) return false;  // nobody knows what an unknown product grants
    for (const Seat& other : seats_) {
      if (other.holder != seat.holder || !other.known || !other.verdict.empty() || other.product == seat.product)
        continue;
      if (other.known->vendor() != seat.known->vendor()) continue;
      const auto mine = grants(*seat.known), theirs = grants(*other.known);
      if (!std::includes(theirs.begin(), theirs.end(), mine.begin(), mine.end())) continue;
      if (theirs != mine) return true;
      const long long dearest = 1ll << 60;
      long long my_price = seat.unit ? seat.unit->minor : dearest,
                their_price = other.unit ? other.unit->minor : dearest;
      // Prices in two currencies are never compared: neither is the cheaper.
      if (seat.unit && other.unit && seat.unit->currency != other.unit->currency) my_price = their_price = 0;
      if (std::tie(their_price, other.product) < std::tie(my_price, seat.product)) return true;
    }
    return false;
  }

  int threshold(const Seat& seat, std::optional<int> Threshold::*which, int general) {
    const Policy& policy = world_.policy;  // "product beats class beats general"
    const auto product = policy.by_product.find(seat.product);
    if (product != policy.by_product.end() && product->second.*which) return *(product->second.*which);
    const auto group = policy.by_class.find(holder(seat).kind);
    if (group != policy.by_class.end() && group->second.*which) return *(group->second.*which);
    return general;  // "--idle-days and --grace-days replace the general one only"
  }

  void later_rows(Seat& seat) {
    Account& account = holder(seat);
    // 6 "an attach or add-on none of whose required bases the account holds"
    bool based = false;
    for (const Seat& other : seats_)
      based = based || (other.holder == seat.holder && seat.known && has(seat.known->needs, other.product));
    if (seat.known && seat.known->is_extra() && !based) {
      seat.verdict = "orphan";
      return;
    }
    // 7 "the product is in no catalog or policy, or no imported source can show its use"
    if (!seat.known || !org_.sources.count(seat.known->vendor())) {
      seat.verdict = "outside";
      return;
    }
    // "Accounts of class integration, shared and external are judged only by rows 1–7 (then used)"
    if (account.kind == "integration" || account.kind == "shared" || account.kind == "external") {
      seat.verdict = "used";
      return;
    }
    const Day clock = clock_start(world_, org_, account, *seat.known, day_);
    const int grace = threshold(seat, &Threshold::grace, world_.grace_flag.value_or(world_.policy.grace));
    if (clock > day_ - grace) {  // 8 "clock start is later than D − grace days"
      seat.verdict = "new";
      return;
    }
    // "On leave on D: rows 9–12 are not asked; the seat goes on to row 16 with the note on-leave."
    for (const auto& [from, to] : account.leaves)
      if (from <= day_ && day_ <= to) seat.notes.insert("on-leave");
    if (!seat.notes.count("on-leave"))
      idle_rows(seat, clock, threshold(seat, &Threshold::idle, world_.idle_flag.value_or(world_.policy.idle)));
    if (seat.verdict.empty() && account.kind == "admin")
      seat.verdict = "used";  // "class admin by rows 1–12 (then used)"
  }

  void idle_rows(Seat& seat, Day clock, int idle) {
    Account& account = holder(seat);
    const auto& deeds =
        account.deeds[seat.known->vendor()];  // "Rows 9–17 read only activity of the product's own vendor"
    Day human = long_ago;
    bool machine_lately = false;
    for (const Deed& deed : deeds) {
      if (deed.human)
        human = std::max(human, deed.day);
      else
        machine_lately = machine_lately || deed.day > day_ - idle;
    }
    // "Rows 10–12 can be decided when the account shows human activity in the last idle days up to D (then none of them
    // applies)"
    if (human > day_ - idle) return;
    if (!proven(seat, clock, idle))
      seat.verdict = "unjudged";  // 9
    else if (machine_lately)
      seat.verdict = "machine-only";  // 10
    else if (deeds.empty())
      seat.verdict = "never-used";  // 11
    else if (std::max(human, clock) <= day_ - idle)
      seat.verdict = "idle";  // 12
    if (seat.verdict == "never-used" && org_.login[seat.known->vendor()].count(clock) == 0) seat.notes.insert("since");
  }

  /// "… or when coverage, or a last-activity column on the snapshot, spans the whole of (D − idle days, D] (from clock
  /// start on, where that is later), with no row-cap or feed-stop suspicion on those days."
  bool proven(const Seat& seat, Day clock, int idle) {
    const Account& account = holder(seat);
    const std::string vendor = seat.known->vendor();
    // "A feed has stopped when no account at all has activity after some day earlier than D minus 7 days"
    const auto newest = org_.newest.find(vendor);
    const Day last = newest == org_.newest.end() ? long_ago : newest->second;
    const bool stopped = last < day_ - world_.policy.feed_gap;
    // "A blank last-activity value means unknown unless the profile says that the export writes blanks for never."
    const Profile& profile = world_.profiles[account.profile];
    const bool column = account.last_column && profile.vendor == vendor &&
                        (account.row->last.kind != LastValue::Kind::blank || profile.blank_is_never) &&
                        // "Activity after D is not read": such a value hides what was true on D.
                        (account.row->last.kind != LastValue::Kind::day || account.row->last.day <= day_);
    for (Day day = std::max(day_ - idle + 1, clock); day <= day_; ++day) {
      const bool shown =
          org_.login[vendor].count(day) || (column && day <= account.snapshot);  // "spans up to its snapshot date"
      if (!shown || (stopped && day > last)) return false;
    }
    return true;
  }
};

}  // namespace

void judge_seats(Trial& trial) {
  for (OrgFacts& org : trial.facts.orgs) SeatJudge(trial, org).run();
}

}  // namespace property
