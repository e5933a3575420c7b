-- Systems that customers are taken over from: when they are due, what the last answer was marked with, and what stands against reaching them.
create table if not exists customers_import_sources (
  name varchar(32) character set ascii collate ascii_bin not null primary key,
  next_at bigint not null,
  wanted_by varchar(32) character set ascii collate ascii_bin not null default '',
  etag varchar(300) character set ascii collate ascii_bin not null default '',
  last_modified varchar(60) character set ascii collate ascii_bin not null default '',
  checked_at bigint null,
  failures bigint not null default 0,
  failure varchar(400) not null default '',
  failed_at bigint null
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- One run for each file. done_through is the last record whose portion is committed; the four qualities are sums of thousandths over the rows.
create table if not exists customers_imports (
  id char(32) character set ascii collate ascii_bin not null primary key,
  source varchar(32) character set ascii collate ascii_bin not null,
  file_name varchar(200) not null,
  work_name varchar(200) not null,
  content_hash char(64) character set ascii collate ascii_bin not null,
  started_by varchar(32) character set ascii collate ascii_bin not null,
  state varchar(8) character set ascii collate ascii_bin not null check (state in ('running', 'done', 'failed')),
  failure varchar(400) not null,
  notes varchar(400) not null,
  etag varchar(300) character set ascii collate ascii_bin not null,
  last_modified varchar(60) character set ascii collate ascii_bin not null,
  file_at bigint not null,
  started_at bigint not null,
  finished_at bigint null,
  done_through bigint not null default 1,
  rows_total bigint not null,
  rows_done bigint not null default 0,
  rows_new bigint not null default 0,
  rows_changed bigint not null default 0,
  rows_unchanged bigint not null default 0,
  rows_conflict bigint not null default 0,
  rows_rejected bigint not null default 0,
  rows_duplicate bigint not null default 0,
  completeness bigint not null default 0,
  validity bigint not null default 0,
  freshness bigint not null default 0,
  consistency bigint not null default 0,
  kept_lines bigint not null default 0,
  index customers_imports_source (source, id),
  unique index customers_imports_file (source, work_name),
  index customers_imports_state (state, source)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- What a run found: differences, conflicts, duplicates, rows that were refused.
create table if not exists customers_import_lines (
  run_id char(32) character set ascii collate ascii_bin not null,
  row_at bigint not null,
  part bigint not null,
  outcome varchar(16) character set ascii collate ascii_bin not null check (outcome in ('new', 'changed', 'kept', 'conflict', 'duplicate', 'rejected')),
  column_name varchar(60) not null,
  what varchar(200) not null,
  customer_id varchar(32) character set ascii collate ascii_bin not null,
  field varchar(16) character set ascii collate ascii_bin not null,
  old_cipher text character set ascii collate ascii_bin not null,
  new_cipher text character set ascii collate ascii_bin not null,
  primary key (run_id, row_at, part),
  index customers_import_lines_customer (customer_id),
  index customers_import_lines_outcome (run_id, outcome, row_at, part)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- Which record of another system is which customer. Of an erased one only the keyed hash stays, so that it is not taken over again.
create table if not exists customers_import_links (
  source_key char(64) character set ascii collate ascii_bin not null primary key,
  source varchar(32) character set ascii collate ascii_bin not null,
  external_id varchar(64) not null,
  customer_id varchar(32) character set ascii collate ascii_bin not null,
  seen_run varchar(32) character set ascii collate ascii_bin not null,
  score bigint not null,
  created_at bigint not null,
  seen_at bigint not null,
  index customers_import_links_customer (customer_id, source),
  index customers_import_links_score (source, score, source_key)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- Two words about one field, of which the one that is kept may not be overwritten without a person's decision.
create table if not exists customers_import_conflicts (
  id char(32) character set ascii collate ascii_bin not null primary key,
  customer_id varchar(32) character set ascii collate ascii_bin not null,
  field varchar(16) character set ascii collate ascii_bin not null,
  source varchar(32) character set ascii collate ascii_bin not null,
  run_id char(32) character set ascii collate ascii_bin not null,
  theirs_cipher text character set ascii collate ascii_bin not null,
  theirs_hash char(64) character set ascii collate ascii_bin not null,
  theirs_at bigint null,
  state varchar(8) character set ascii collate ascii_bin not null check (state in ('open', 'kept', 'taken')),
  opened_at bigint not null,
  decided_at bigint null,
  decided_by varchar(32) character set ascii collate ascii_bin not null,
  index customers_import_conflicts_customer (customer_id, source),
  index customers_import_conflicts_open (state, source, id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
