// SPDX-License-Identifier: Apache-2.0
// Needs that no product tells apart, or that another need brings along, do not make another question of a tier.
#include "rules/feature_order.hpp"

#include <catch2/catch.hpp>

#include "fleet_builder.hpp"

namespace feature_order_test {

using namespace seatlint;
using testing::FleetBuilder;

namespace {

std::vector<std::string> decisive(FleetBuilder& org, const std::vector<std::string>& needed) {
  const Fleet& fleet = org.fleet();
  const FleetIndex index(fleet);
  FeatureSet set;
  for (const std::string& id : needed) set.set(static_cast<std::size_t>(fleet.feature_bit(id)));
  const FeatureSet left = FeatureOrder(index, index.product(0).vendor).decisive(set);
  std::vector<std::string> names;
  for (std::size_t f = 0; f < fleet.features.size(); ++f)
    if (left.test(f)) names.push_back(fleet.features[f]);
  return names;
}

using Features = std::vector<std::string>;

}  // namespace

TEST_CASE("feature order: what every product granting one feature grants, too, is settled by it") {
  FleetBuilder org;
  org.product("acme.basic", ProductKind::base, 1000, {"case.read", "case.write"});
  org.product("acme.premium", ProductKind::base, 9000, {"case.read", "case.write", "report.run"});
  org.product("acme.reports", ProductKind::addon, 500, {"report.run", "report.share"}, {"acme.basic"});
  CHECK(decisive(org, {"case.read", "case.write"}) == Features{"case.read"});
  CHECK(decisive(org, {"case.write"}) == Features{"case.write"});
  CHECK(decisive(org, {"report.run", "case.write"}) == Features{"case.write", "report.run"});
  CHECK(decisive(org, {"report.run", "report.share"}) == Features{"report.share"});
  CHECK(decisive(org, {"sign-in", "case.read"}) == Features{"sign-in"});
}

TEST_CASE("feature order: what is granted only under a condition settles nothing that is not") {
  FleetBuilder org;
  org.product("acme.basic", ProductKind::base, 1000, {"case.read"}).conditional = {"case.write"};
  org.product("acme.premium", ProductKind::base, 9000, {"case.read", "case.write"});
  CHECK(decisive(org, {"case.read", "case.write"}) == Features{"case.write"});
  CHECK(decisive(org, {"case.read"}) == Features{"case.read"});
}

}  // namespace feature_order_test
