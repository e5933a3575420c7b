-- Address books. Name, phone and place lie encrypted in one; same_key is the keyed hash of phone and place, so that nothing is there twice.
create table addresses_entries (
  id text not null primary key,
  customer_id text not null,
  same_key text not null,
  content_cipher text not null,
  uses integer not null default 0,
  used_at integer,
  created_at integer not null,
  updated_at integer not null,
  deleted_at integer,
  unique (customer_id, same_key)
) strict, without rowid;

create index addresses_entries_deleted on addresses_entries (deleted_at);

-- Which entry is taken unless another is chosen.
create table addresses_defaults (
  customer_id text not null,
  purpose text not null check (purpose in ('send', 'receive')),
  entry_id text not null,
  primary key (customer_id, purpose)
) strict, without rowid;

-- Links by which somebody else takes an entry over.
create table addresses_shares (
  token_hash text not null primary key,
  customer_id text not null,
  entry_id text not null,
  token_cipher text not null,
  created_at integer not null,
  expires_at integer not null,
  taken integer not null default 0
) strict, without rowid;

create index addresses_shares_entry on addresses_shares (entry_id);
create index addresses_shares_customer on addresses_shares (customer_id);
create index addresses_shares_expired on addresses_shares (expires_at);
