// SPDX-License-Identifier: Apache-2.0
// The values of schema seatlint.audit/1. Key order is part of the contract; what the contract does not name stands
// behind what it names.
#include "report/json_text.hpp"

#include <nlohmann/json.hpp>

namespace seatlint {
namespace {

using Json = nlohmann::ordered_json;

std::string text_of(const Json& value, bool ascii) {
  return value.dump(-1, ' ', ascii, Json::error_handler_t::replace);
}

Json money(std::int64_t minor, const std::string& currency) { return {{"minor", minor}, {"currency", currency}}; }
Json money(const std::optional<Money>& value) { return value ? money(value->minor, value->currency) : Json(); }
Json count(const std::optional<std::int64_t>& value) { return value ? Json(*value) : Json(); }
Json day(const std::optional<Day>& value) { return value ? Json(to_string(*value)) : Json(); }
Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

Json input_value(const InputLine& line) {
  return {{"file", line.file}, {"sha256", line.sha256},   {"kind", line.kind},        {"org", line.org},
          {"rows", line.rows}, {"profile", line.profile}, {"first", day(line.first)}, {"last", day(line.last)}};
}

Json reducible_value(const std::vector<Reducible>& parts) {
  Json reducible = Json::array();
  for (const Reducible& part : parts)
    reducible.push_back({{"minor", part.minor}, {"on", to_string(part.on)}, {"notice_by", day(part.notice_by)}});
  return reducible;
}

Json product_value(const ProductLine& line, Names names) {
  // Beside the price it would say how many persons it is about.
  const bool exposure_told = line.unit_price && names != Names::hide;
  return {{"org", line.org},
          {"product", line.product},
          {"name", line.name},
          {"purchased", count(line.purchased)},
          {"assigned", line.assigned},
          {"used", line.used},
          {"idle", line.idle},
          {"overprovisioned", line.overprovisioned},
          {"mistiered", line.mistiered},
          {"unassigned", count(line.unassigned)},
          {"waived", line.waived},
          {"unjudged", line.unjudged},
          {"outside", line.outside},
          {"unit_price", money(line.unit_price)},
          {"price_origin", text_or_null(line.price_origin)},
          {"exposure", exposure_told ? money(line.exposure_minor, line.unit_price->currency) : Json()},
          {"reducible", reducible_value(line.reducible)},
          {"contract_notes", line.contract_notes},
          {"withheld", line.withheld}};
}

Json money_value(const MoneyLine& line) {
  return {{"currency", line.currency},
          {"contract", line.contract},
          {"used", line.used},
          {"idle", line.idle},
          {"overprovisioned", line.overprovisioned},
          {"tier_excess", line.tier_excess},
          {"unassigned", line.unassigned},
          {"waived", line.waived},
          {"unjudged", line.unjudged},
          {"outside", line.outside},
          {"unpriced_seats", line.unpriced_seats},
          {"savings",
           {{"exposure", line.exposure},
            {"reassignable", line.reassignable},
            {"reducible", reducible_value(line.reducible)}}},
          {"withheld", line.withheld},
          {"conditional", line.conditional},
          {"by_contract", line.by_contract}};
}

Json seats_value(const Report& report) {
  Json by_verdict = Json::object();
  for (const CrosswalkRow& row : report.crosswalk) by_verdict[row.verdict] = row.seats;
  return {{"assigned", report.assigned},
          {"by_verdict", by_verdict},
          {"tier_unjudged", report.tier_unjudged},
          {"tier_unpriced", report.tier_unpriced},
          {"conditional_downgrades", report.conditional_downgrades},
          {"accounts", report.accounts}};
}

Json since_value(const std::optional<Since>& since) {
  if (!since) return {};
  return {{"as_of", to_string(since->as_of)}, {"origin", since->origin}, {"sha256", text_or_null(since->sha256)}};
}

JsonMember single(std::string key, const Json& value, bool ascii) {
  return {std::move(key), false, {text_of(value, ascii)}};
}

template <typename Items, typename Make>
JsonMember array(std::string key, const Items& items, Make make, bool ascii) {
  JsonMember member{std::move(key), true, {}};
  for (const auto& item : items) member.lines.push_back(text_of(make(item), ascii));
  return member;
}

}  // namespace

std::vector<JsonMember> json_before_findings(const Report& report, bool ascii) {
  const auto catalog = [](const std::pair<std::string, Day>& item) {
    return Json{{"id", item.first}, {"as_of", to_string(item.second)}};
  };
  return {single("schema", "seatlint.audit/1", ascii),
          single("as_of", to_string(report.as_of), ascii),
          single("window", {{"first", to_string(report.window.first)}, {"last", to_string(report.window.last)}}, ascii),
          array("inputs", report.inputs, input_value, ascii),
          single("policy_sha256", report.policy_sha256, ascii),
          array("catalog", report.catalogs, catalog, ascii),
          array(
              "products", report.products, [&](const ProductLine& line) { return product_value(line, report.names); },
              ascii),
          array("money", report.money, money_value, ascii),
          single("seats", seats_value(report), ascii)};
}

std::string json_string(std::string_view text, bool ascii) { return text_of(Json(text), ascii); }

JsonMember json_doubts(const Report& report, bool ascii) {
  const auto doubt = [](const Doubt& item) {
    return Json{{"rule", item.rule}, {"org", item.org}, {"says", item.says}, {"fetch", text_or_null(item.fetch)}};
  };
  return array("doubts", report.doubts, doubt, ascii);
}

std::vector<JsonMember> json_after_doubts(const Report& report, bool ascii) {
  const auto crosswalk = [](const CrosswalkRow& row) {
    Json amounts = Json::array();
    for (const auto& [currency, minor] : row.minor) amounts.push_back(money(minor, currency));
    return Json{{"verdict", row.verdict},
                {"family", row.family == Family::none ? Json() : Json(to_string(row.family))},
                {"seats", row.seats},
                {"waived", row.waived},
                {"cost", amounts}};
  };
  const auto close_call = [&report, ascii](std::string& out, std::size_t line) {
    append_borderline_json(out, report.borderline[line], ascii);
  };
  const auto gate = [](const Gate& item) {
    return Json{{"gate", item.name},         {"limit", item.limit},   {"actual", item.actual},
                {"headroom", item.headroom}, {"broken", item.broken}, {"why", text_or_null(item.why)}};
  };
  return {array("crosswalk", report.crosswalk, crosswalk, ascii),
          {"borderline", true, {}, report.borderline.size(), close_call},
          single("settings",
                 {{"idle_days", report.idle_days},
                  {"grace_days", report.grace_days},
                  {"asked", report.asked},
                  {"names", to_string(report.names)}},
                 ascii),
          single("since", since_value(report.since), ascii),
          array("gates", report.gates, gate, ascii)};
}

}  // namespace seatlint
