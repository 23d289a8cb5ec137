// SPDX-License-Identifier: Apache-2.0
// See block_writer.hpp. SQLite takes the rows from a virtual table: one statement, one cursor, and no search for the
// place of a row that goes behind the one before it.
#include "store/block_writer.hpp"

#include <sqlite3.h>

#include <future>
#include <new>

namespace seatlint {
namespace {

constexpr const char* batch_type = "seatlint blocks";

/// The table-valued function `block_batch(batch)`; without a batch, as anybody else would call it, it has no rows.
struct BatchTable {
  struct Cursor : sqlite3_vtab_cursor {
    const BlockBatch* batch = nullptr;
    std::size_t at = 0;
  };
  enum Column { part, actor, id, login, email, facts, batch };

  static int connect(sqlite3* db, void*, int, const char* const*, sqlite3_vtab** table, char**) {
    const int code =
        sqlite3_declare_vtab(db,
                             "CREATE TABLE x(part INTEGER, actor INTEGER, id TEXT, login TEXT, email TEXT, "
                             "facts BLOB, batch HIDDEN)");
    if (code != SQLITE_OK) return code;
    *table = new (std::nothrow) sqlite3_vtab();
    return *table == nullptr ? SQLITE_NOMEM : SQLITE_OK;
  }
  static int disconnect(sqlite3_vtab* table) {
    delete table;
    return SQLITE_OK;
  }
  static int best_index(sqlite3_vtab*, sqlite3_index_info* info) {
    for (int i = 0; i < info->nConstraint; ++i) {
      const auto& constraint = info->aConstraint[i];
      if (constraint.iColumn == batch && constraint.op == SQLITE_INDEX_CONSTRAINT_EQ && constraint.usable != 0)
        info->aConstraintUsage[i] = {1, 1};
    }
    return SQLITE_OK;
  }
  static int open(sqlite3_vtab*, sqlite3_vtab_cursor** cursor) {
    *cursor = new (std::nothrow) Cursor();
    return *cursor == nullptr ? SQLITE_NOMEM : SQLITE_OK;
  }
  static int close(sqlite3_vtab_cursor* cursor) {
    delete static_cast<Cursor*>(cursor);
    return SQLITE_OK;
  }
  static int filter(sqlite3_vtab_cursor* base, int, const char*, int count, sqlite3_value** values) {
    auto* cursor = static_cast<Cursor*>(base);
    cursor->batch = count == 0 ? nullptr : static_cast<const BlockBatch*>(sqlite3_value_pointer(values[0], batch_type));
    cursor->at = 0;
    return SQLITE_OK;
  }
  static int next(sqlite3_vtab_cursor* cursor) {
    ++static_cast<Cursor*>(cursor)->at;
    return SQLITE_OK;
  }
  static int at_end(sqlite3_vtab_cursor* base) {
    const auto* cursor = static_cast<Cursor*>(base);
    return cursor->batch == nullptr || cursor->at >= cursor->batch->size() ? 1 : 0;
  }
  static int column(sqlite3_vtab_cursor* base, sqlite3_context* context, int column) {
    const auto* cursor = static_cast<Cursor*>(base);
    const BlockBatch::Row& row = cursor->batch->row(cursor->at);
    const auto text = [&](std::size_t begin, std::size_t end) {
      const std::string_view bytes = cursor->batch->bytes(begin, end);
      sqlite3_result_text64(context, bytes.data(), bytes.size(), SQLITE_STATIC, SQLITE_UTF8);
    };
    switch (column) {
      case part:
        sqlite3_result_int64(context, row.part);
        break;
      case actor:
        sqlite3_result_int64(context, row.actor);
        break;
      case id:
        text(row.id, row.login);
        break;
      case login:
        text(row.login, row.email);
        break;
      case email:
        text(row.email, row.facts);
        break;
      case facts: {
        const std::string_view bytes = cursor->batch->bytes(row.facts, row.end);
        sqlite3_result_blob64(context, bytes.data(), bytes.size(), SQLITE_STATIC);
        break;
      }
      default:
        break;
    }
    return SQLITE_OK;
  }
  static int row_id(sqlite3_vtab_cursor* cursor, sqlite3_int64* id) {
    *id = static_cast<sqlite3_int64>(static_cast<Cursor*>(cursor)->at);
    return SQLITE_OK;
  }

  static sqlite3_module module() {
    sqlite3_module made{};
    made.xConnect = connect;  // without xCreate: eponymous only
    made.xBestIndex = best_index;
    made.xDisconnect = disconnect;
    made.xOpen = open;
    made.xClose = close;
    made.xFilter = filter;
    made.xNext = next;
    made.xEof = at_end;
    made.xColumn = column;
    made.xRowid = row_id;
    return made;
  }
};

}  // namespace

void BlockBatch::add(std::int64_t part, std::int64_t actor, const ActivityBlock& block) {
  Row row{part, actor, bytes_.size(), 0, 0, 0, 0};
  row.login = bytes_.append(block.id).size();
  row.email = bytes_.append(block.login).size();
  row.facts = bytes_.append(block.email).size();
  row.end = bytes_.append(block.facts).size();
  rows_.push_back(row);
}

void BlockWriter::add(std::int64_t actor, const ActivityBlock& block) {
  batch_.add(block.part, actor, block);
  if (batch_.full()) write();
}

std::string BlockWriter::finish() {
  if (batch_.size() > 0) write();
  return digest_.hex();
}

void BlockWriter::write() {
  // Deferred where no thread is to be had: then `get` does the work.
  auto digested = std::async(std::launch::async | std::launch::deferred, [this] { add_to_digest(); });
  insert();
  digested.get();
  batch_.clear();
}

void BlockWriter::insert() {
  if (!insert_) {
    static const sqlite3_module module = BatchTable::module();
    if (sqlite3_create_module_v2(db_.handle(), "block_batch", &module, nullptr, nullptr) != SQLITE_OK)
      throw Error("SQLite refuses the table of blocks to be written");
    insert_.emplace(
        db_.prepare("INSERT INTO activity_block SELECT ?1, part, actor, id, login, email, facts FROM block_batch(?2)"));
    insert_->bind(1, file_);
  }
  insert_->bind_pointer(2, &batch_, batch_type).run();
}

void BlockWriter::add_to_digest() {
  for (std::size_t i = 0; i < batch_.size(); ++i) {
    const BlockBatch::Row& row = batch_.row(i);
    digest_.integer(file_);
    digest_.integer(row.part);
    digest_.integer(row.actor);
    digest_.text(batch_.bytes(row.id, row.login));
    digest_.text(batch_.bytes(row.login, row.email));
    digest_.text(batch_.bytes(row.email, row.facts));
    digest_.blob(batch_.bytes(row.facts, row.end));
  }
}

}  // namespace seatlint
