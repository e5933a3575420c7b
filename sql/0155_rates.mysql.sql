-- Rate cards: a card is its CSV files, read whole and never by row, so they lie as they were imported.
create table if not exists rates_cards (
  id char(32) character set ascii collate ascii_bin not null primary key,
  name varchar(60) not null,
  state varchar(12) character set ascii collate ascii_bin not null check (state in ('draft', 'checked', 'replayed', 'published', 'discarded')),
  author char(32) character set ascii collate ascii_bin not null,
  created_at bigint not null,
  changed_at bigint not null,
  fingerprint char(64) character set ascii collate ascii_bin not null,
  version bigint not null
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table if not exists rates_card_files (
  card_id char(32) character set ascii collate ascii_bin not null,
  name varchar(40) character set ascii collate ascii_bin not null,
  content mediumtext not null,
  primary key (card_id, name)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- From when on which card holds; a published card never changes, only what is in force does.
create table if not exists rates_schedule (
  id char(32) character set ascii collate ascii_bin not null primary key,
  card_id char(32) character set ascii collate ascii_bin not null,
  valid_from bigint not null,
  published_by char(32) character set ascii collate ascii_bin not null,
  published_at bigint not null,
  withdrawn_at bigint,
  index rates_schedule_valid (valid_from)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- A new card computed against past orders.
create table if not exists rates_replays (
  card_id char(32) character set ascii collate ascii_bin not null primary key,
  against char(32) character set ascii collate ascii_bin not null,
  made_at bigint not null,
  report mediumtext not null
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- Raised whenever the schedule changes, so that every process reads it again.
create table if not exists rates_versions (
  name varchar(20) character set ascii collate ascii_bin not null primary key,
  version bigint not null
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

insert ignore into rates_versions (name, version) values ('schedule', 1);

-- Quotes as given; they name nobody.
create table if not exists rates_quotes (
  id char(32) character set ascii collate ascii_bin not null primary key,
  card_id char(32) character set ascii collate ascii_bin not null,
  request text not null,
  options mediumtext not null,
  created_at bigint not null,
  valid_until bigint not null,
  index rates_quotes_valid_until (valid_until)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- Quotes that orders took, without anybody's data: what a new card is tried on.
create table if not exists rates_accepted (
  quote_id char(32) character set ascii collate ascii_bin not null primary key,
  card_id char(32) character set ascii collate ascii_bin not null,
  product varchar(40) not null,
  request text not null,
  total_fen bigint not null,
  accepted_at bigint not null,
  index rates_accepted_at (accepted_at, quote_id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
