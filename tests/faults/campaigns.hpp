// SPDX-License-Identifier: Apache-2.0
// The campaigns. Each does a part of its trials and says what broke a law; the trials of all parts together add up.
#pragma once

#include "stage.hpp"

namespace seatlint::faults {

/// One system call of a command fails, or the process is gone before or in the middle of it.
Tally fail_system_calls(const Stage& stage, Part part);
/// One allocation of a command fails, or all from one on.
Tally fail_allocations(const Stage& stage, Part part);
/// An import is killed at any moment.
Tally kill_imports(const Stage& stage, Part part);
/// Damaged, foreign and hostile files in the place of the store.
Tally damage_stores(const Stage& stage, Part part);
/// A trial is a crowd: many imports at once, some of the same file, while others read.
Tally crowd_store(const Stage& stage, Part part, int writers, int readers);
/// What cron and containers do to a process: no environment, closed streams, limits, full and read-only places,
/// signals.
Tally change_surroundings(const Stage& stage);
/// The power goes away during an import; `folder` is on the ext4 file system in `image`, which is root's to mount.
Tally cut_power(const Program& program, const fs::path& home, const fs::path& samples, Part part);

}  // namespace seatlint::faults
