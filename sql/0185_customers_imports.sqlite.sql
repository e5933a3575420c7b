-- Systems that customers are taken over from: when they are due, what the last answer was marked with, and what stands against reaching them.
create table customers_import_sources (
  name text not null primary key,
  next_at integer not null,
  wanted_by text not null default '',
  etag text not null default '',
  last_modified text not null default '',
  checked_at integer null,
  failures integer not null default 0,
  failure text not null default '',
  failed_at integer null
) strict, without rowid;

-- One run for each file. done_through is the last record whose portion is committed; the four qualities are sums of thousandths over the rows.
create table customers_imports (
  id text not null primary key,
  source text not null,
  file_name text not null,
  work_name text not null,
  content_hash text not null,
  started_by text not null,
  state text not null check (state in ('running', 'done', 'failed')),
  failure text not null,
  notes text not null,
  etag text not null,
  last_modified text not null,
  file_at integer not null,
  started_at integer not null,
  finished_at integer null,
  done_through integer not null default 1,
  rows_total integer not null,
  rows_done integer not null default 0,
  rows_new integer not null default 0,
  rows_changed integer not null default 0,
  rows_unchanged integer not null default 0,
  rows_conflict integer not null default 0,
  rows_rejected integer not null default 0,
  rows_duplicate integer not null default 0,
  completeness integer not null default 0,
  validity integer not null default 0,
  freshness integer not null default 0,
  consistency integer not null default 0,
  kept_lines integer not null default 0
) strict, without rowid;

create index customers_imports_source on customers_imports (source, id);
create unique index customers_imports_file on customers_imports (source, work_name);
create index customers_imports_state on customers_imports (state, source);

-- What a run found: differences, conflicts, duplicates, rows that were refused.
create table customers_import_lines (
  run_id text not null,
  row_at integer not null,
  part integer not null,
  outcome text not null check (outcome in ('new', 'changed', 'kept', 'conflict', 'duplicate', 'rejected')),
  column_name text not null,
  what text not null,
  customer_id text not null,
  field text not null,
  old_cipher text not null,
  new_cipher text not null,
  primary key (run_id, row_at, part)
) strict, without rowid;

create index customers_import_lines_customer on customers_import_lines (customer_id);
create index customers_import_lines_outcome on customers_import_lines (run_id, outcome, row_at, part);

-- Which record of another system is which customer. Of an erased one only the keyed hash stays, so that it is not taken over again.
create table customers_import_links (
  source_key text not null primary key,
  source text not null,
  external_id text not null,
  customer_id text not null,
  seen_run text not null,
  score integer not null,
  created_at integer not null,
  seen_at integer not null
) strict, without rowid;

create index customers_import_links_customer on customers_import_links (customer_id, source);
create index customers_import_links_score on customers_import_links (source, score, source_key);

-- Two words about one field, of which the one that is kept may not be overwritten without a person's decision.
create table customers_import_conflicts (
  id text not null primary key,
  customer_id text not null,
  field text not null,
  source text not null,
  run_id text not null,
  theirs_cipher text not null,
  theirs_hash text not null,
  theirs_at integer null,
  state text not null check (state in ('open', 'kept', 'taken')),
  opened_at integer not null,
  decided_at integer null,
  decided_by text not null
) strict, without rowid;

create index customers_import_conflicts_customer on customers_import_conflicts (customer_id, source);
create index customers_import_conflicts_open on customers_import_conflicts (state, source, id);
