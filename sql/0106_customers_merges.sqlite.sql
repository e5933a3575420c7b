create table customers_merges (
  id text not null primary key,
  from_id text not null,
  into_id text not null,
  reason text not null check (reason in ('unionid', 'phone')),
  merged_at integer not null,
  undone_at integer null
) strict;

create index customers_merges_from on customers_merges (from_id);
create index customers_merges_into on customers_merges (into_id, merged_at);

-- What went from one customer to the other at a merge, so that it can go back: a row per thing.
create table customers_merge_moves (
  merge_id text not null,
  kind text not null,
  subject text not null,
  primary key (merge_id, kind, subject)
) strict, without rowid;

-- A customer was asked whether another account with the same proven number is theirs too.
create table customers_merge_offers (
  customer_id text not null primary key,
  other_id text not null,
  phone_hash text not null,
  until integer not null
) strict, without rowid;

create index customers_merge_offers_until on customers_merge_offers (until);
