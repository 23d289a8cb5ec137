// SPDX-License-Identifier: Apache-2.0
// The drawings of the HTML report, each as SVG in the page with its figures as text beside it.
#include <algorithm>
#include <ostream>

#include "report/amounts.hpp"
#include "report/html_page.hpp"
#include "report/log_lines.hpp"
#include "report/totals.hpp"

namespace seatlint {
namespace {

constexpr int chart_width = 720, chart_height = 220, floor_at = 180, top_at = 24;

void text(std::ostream& out, int x, int y, const char* anchor, const std::string& says) {
  out << "<text x=\"" << x << "\" y=\"" << y << "\" text-anchor=\"" << anchor << "\">" << markup_text(says)
      << "</text>";
}

void begin_chart(std::ostream& out, const std::string& label) {
  out << "<svg class=\"chart\" role=\"img\" aria-label=\"" << markup_text(label) << "\" viewBox=\"0 0 " << chart_width
      << ' ' << chart_height << "\"><line class=\"axis\" x1=\"0\" x2=\"" << chart_width << "\" y1=\"" << floor_at
      << "\" y2=\"" << floor_at << "\"/>";
}

int height_of(std::int64_t part, std::int64_t most) {
  if (part <= 0 || most <= 0) return 0;
  return std::max(
      1, static_cast<int>(static_cast<long double>(part) * (floor_at - top_at) / static_cast<long double>(most)));
}

void column(std::ostream& out, const char* color, int x, int width, int height) {
  out << "<rect class=\"" << color << "\" x=\"" << x << "\" y=\"" << floor_at - height << "\" width=\"" << width
      << "\" height=\"" << height << "\"/>";
}

}  // namespace

void html_idle_days(std::ostream& out, const Report& report) {
  std::int64_t most = 0, all = 0;
  for (const IdleBucket& bucket : report.idle_histogram) {
    most = std::max(most, bucket.seats);
    all += bucket.seats;
  }
  if (most == 0) return;
  html_section(out, "idle-days", "How long seats rest");
  const int count = static_cast<int>(report.idle_histogram.size()), width = chart_width / count;
  const int bucket_days = report.idle_histogram.front().last_days + 1;
  out << "<figure>";
  begin_chart(out, counted(all, "seat") + " by days since they were last used; the threshold is " +
                       std::to_string(report.idle_days) + " days");
  for (int i = 0; i < count; ++i) {
    const IdleBucket& bucket = report.idle_histogram[static_cast<std::size_t>(i)];
    const int height = height_of(bucket.seats, most);
    column(out, bucket.first_days >= report.idle_days ? "p-idle" : "p-used", i * width + 3, width - 6, height);
    if (bucket.seats > 0) text(out, i * width + width / 2, floor_at - height - 5, "middle", grouped(bucket.seats));
    text(out, i * width + width / 2, floor_at + 18, "middle",
         i + 1 == count ? std::to_string(bucket.first_days) + "+" : std::to_string(bucket.first_days));
  }
  const int mark = std::min(chart_width - 4, report.idle_days * width / bucket_days);
  out << "<line class=\"mark\" x1=\"" << mark << "\" x2=\"" << mark << "\" y1=\"8\" y2=\"" << floor_at << "\"/>";
  text(out, mark + (mark > chart_width / 2 ? -6 : 6), 16, mark > chart_width / 2 ? "end" : "start",
       "idle from " + std::to_string(report.idle_days) + " days on");
  text(out, chart_width / 2, floor_at + 36, "middle", "days since the last use");
  out << "</svg><figcaption>Seats by days since anybody used them, or since they were assigned where that is later; "
         "the last column holds those never used, too. A threshold in a valley between two heaps names few people "
         "wrongly.</figcaption></figure></section>\n";
}

void html_departments(std::ostream& out, const Report& report) {
  if (report.departments.size() < 2) return;
  constexpr std::size_t most_rows = 200;
  html_section(out, "departments", "Departments");
  out << "<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Departments\"><table><caption>Seats by "
         "verdict; "
         "most findings first</caption>\n<thead><tr><th scope=\"col\">department</th><th scope=\"col\">seats</th>";
  for (const char* head : {"held", "used", "idle", "over&shy;prov.", "mis-tiered", "other", "would save a month"})
    out << "<th scope=\"col\" class=\"n\">" << head << "</th>";
  out << "</tr></thead><tbody>\n";
  std::size_t rows = 0;
  for (const DepartmentLine& line : report.departments) {
    if (++rows > most_rows) break;
    out << "<tr><th scope=\"row\">" << (line.department.empty() ? "(none)" : markup_text(line.department))
        << "</th><td>";
    html_bar(out, "thin", grouped(line.used) + " of " + counted(line.seats, "seat") + " used",
             {{"p-used", line.used},
              {"p-idle", line.idle},
              {"p-overprovisioned", line.overprovisioned},
              {"p-tier", line.mistiered},
              {"p-unjudged", line.other}});
    out << "</td>";
    for (const std::int64_t cell : {line.seats, line.used, line.idle, line.overprovisioned, line.mistiered, line.other})
      out << "<td class=\"n\">" << grouped(cell) << "</td>";
    out << "<td class=\"n\">" << (line.saving.empty() ? "–" : markup_text(amounts_text(line.saving))) << "</td></tr>\n";
  }
  out << "</tbody></table></div>\n";
  if (report.departments.size() > most_rows)
    out << "<p class=\"soft\">" << grouped(static_cast<std::int64_t>(report.departments.size() - most_rows))
        << " more departments have fewer findings.</p>\n";
  out << "</section>\n";
}

void html_trend(std::ostream& out, const Report& report) {
  if (report.trend.empty() || report.money.empty()) return;
  const std::string& currency = report.money.front().currency;
  std::vector<std::pair<Day, std::int64_t>> points;
  for (const TrendPoint& point : report.trend) {
    const auto wasted = point.wasted.find(currency);
    points.emplace_back(point.as_of, wasted == point.wasted.end() ? 0 : wasted->second);
  }
  const MoneyLine& now = report.money.front();
  points.emplace_back(report.as_of, now.idle + now.overprovisioned + now.tier_excess);
  if (points.size() > 12) points.erase(points.begin(), points.end() - 12);
  std::int64_t most = 0;
  for (const auto& [day, minor] : points) most = std::max(most, minor);
  html_section(out, "trend", "Where it is heading");
  out << "<figure>";
  begin_chart(out, "What wasted seats cost a month, audit by audit");
  const int width = chart_width / static_cast<int>(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    const int x = static_cast<int>(i) * width, height = height_of(points[i].second, most),
              bar = std::min(width - 8, 72);
    column(out, "p-idle", x + (width - bar) / 2, bar, height);
    text(out, x + width / 2, floor_at - height - 5, "middle", amount(points[i].second, currency));
    text(out, x + width / 2, floor_at + 18, "middle", to_string(points[i].first));
  }
  out << "</svg><figcaption>" << markup_text(currency)
      << " a month for idle and over-provisioned seats and for tiers too high, on the days users were exported, judged "
         "by "
         "today's policy; what could not be judged on a day is not in its column.</figcaption></figure></section>\n";
}

void html_coverage(std::ostream& out, const Report& report) {
  if (report.coverage.empty()) return;
  const int length = std::max(report.idle_days, report.window.length());
  const Day first = report.as_of - length + 1;
  out << "<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Days proven by logs\"><table><caption>Days "
         "proven "
         "by logs, "
      << to_string(first) << " to " << to_string(report.as_of)
      << "; gaps are red, months are parted</caption>\n<thead><tr><th scope=\"col\">log</th><th scope=\"col\">days</th>"
         "<th scope=\"col\" class=\"n\">proven</th></tr></thead><tbody>\n";
  for (const CoverageLine& line : report.coverage) {
    int proven = 0;
    for (const DayRange& range : line.days) proven += range.length();
    out << "<tr><th scope=\"row\">" << markup_text(line.org + ", " + line.vendor + ", " + line.kind) << "</th><td>"
        << "<svg class=\"thin\" role=\"img\" aria-label=\"" << proven << " of " << length
        << " days proven\" viewBox=\"0 0 " << length
        << " 10\" preserveAspectRatio=\"none\"><rect class=\"gap\" width=\"" << length << "\" height=\"10\"/>";
    for (const DayRange& range : line.days)
      out << "<rect class=\"day\" x=\"" << range.first - first << "\" width=\"" << range.length()
          << "\" height=\"10\"/>";
    for (int day = 1; day < length; ++day)
      if (civil(first + day).day == 1)
        out << "<line class=\"tick\" vector-effect=\"non-scaling-stroke\" x1=\"" << day << "\" x2=\"" << day
            << "\" y1=\"0\" y2=\"10\"/>";
    out << "</svg></td><td class=\"n\">" << proven << " of " << length << "</td></tr>\n";
  }
  out << "</tbody></table></div>\n";
}

}  // namespace seatlint
