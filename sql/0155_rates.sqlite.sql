-- Rate cards: a card is its CSV files, read whole and never by row, so they lie as they were imported.
create table rates_cards (
  id text not null primary key,
  name text not null,
  state text not null check (state in ('draft', 'checked', 'replayed', 'published', 'discarded')),
  author text not null,
  created_at integer not null,
  changed_at integer not null,
  fingerprint text not null,
  version integer not null
) strict, without rowid;

create table rates_card_files (
  card_id text not null,
  name text not null,
  content text not null,
  primary key (card_id, name)
) strict, without rowid;

-- From when on which card holds; a published card never changes, only what is in force does.
create table rates_schedule (
  id text not null primary key,
  card_id text not null,
  valid_from integer not null,
  published_by text not null,
  published_at integer not null,
  withdrawn_at integer
) strict, without rowid;

create index rates_schedule_valid on rates_schedule (valid_from);

-- A new card computed against past orders.
create table rates_replays (
  card_id text not null primary key,
  against text not null,
  made_at integer not null,
  report text not null
) strict, without rowid;

-- Raised whenever the schedule changes, so that every process reads it again.
create table rates_versions (
  name text not null primary key,
  version integer not null
) strict, without rowid;

insert into rates_versions (name, version) values ('schedule', 1);

-- Quotes as given; they name nobody.
create table rates_quotes (
  id text not null primary key,
  card_id text not null,
  request text not null,
  options text not null,
  created_at integer not null,
  valid_until integer not null
) strict, without rowid;

create index rates_quotes_valid_until on rates_quotes (valid_until);

-- Quotes that orders took, without anybody's data: what a new card is tried on.
create table rates_accepted (
  quote_id text not null primary key,
  card_id text not null,
  product text not null,
  request text not null,
  total_fen integer not null,
  accepted_at integer not null
) strict, without rowid;

create index rates_accepted_at on rates_accepted (accepted_at, quote_id);
