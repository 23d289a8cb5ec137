// SPDX-License-Identifier: Apache-2.0
// Findings about accounts and products that no single seat stands for.
#pragma once

#include "seatlint/rules.hpp"

namespace seatlint {

/// Whether seats with this verdict are told of one by one.
bool is_told(const Rule& rule);
/// Over what `finding` says of a rule and an account.
void name_account(const Fleet& fleet, const Rule& rule, const Account& account, Finding& finding);
/// A finding about an account, with its names and the snapshot record it stands on.
Finding account_finding(const Fleet& fleet, const Rule& rule, const Account& account);
/// A finding about a product in an org.
Finding product_finding(const Fleet& fleet, const Rule& rule, int org, int product);
/// Tenant capacity and the like is bought, but not by the seat.
bool bought_per_user(const Fleet& fleet, int product);
void cite(const Fleet& fleet, const Evidence& evidence, Finding& finding);
/// A line of the policy as a record that proves something.
EvidenceLine policy_evidence(const Fleet& fleet, int line, std::string says);
/// The record of the account's use on this day, or its last-activity value.
void cite_last_use(const Fleet& fleet, const Account& account, Day day, Finding& finding);
/// The suspicions of this name.
std::vector<const Suspicion*> suspicions_of(const Fleet& fleet, std::string_view rule);
/// A doubt about an org.
Doubt doubt_about(const Fleet& fleet, const Rule& rule, int org, std::string says, std::string fetch);
/// The file a suspicion points at; nullptr: none.
const ImportedFile* suspected_file(const Fleet& fleet, const Suspicion& suspicion);

}  // namespace seatlint
