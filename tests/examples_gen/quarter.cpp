// SPDX-License-Identifier: Apache-2.0
// Writes the exports of examples/quarterly-audit: quarter PEOPLE.psv FOLDER EXPECTED.csv
// The same source gives the same bytes everywhere: no clock, no locale, no library random numbers.
#include <cstdio>
#include <exception>

#include "company.hpp"

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fputs("usage: quarter PEOPLE.psv FOLDER EXPECTED.csv\n", stderr);
    return 2;
  }
  try {
    const auto people = quarter::read_people(argv[1]);
    const std::string folder = argv[2];
    quarter::write_active_users(people, folder);
    quarter::write_entra_users(people, folder);
    quarter::write_roles(people, folder);
    quarter::write_license_report(people, folder);
    quarter::write_contracts(folder);
    quarter::write_hr(people, folder);
    quarter::write_audit_logs(people, folder);
    quarter::write_sign_ins(people, folder);
    quarter::write_application_sign_ins(folder);
    quarter::write_expected(people, argv[3]);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "quarter: %s\n", error.what());
    return 1;
  }
  return 0;
}
