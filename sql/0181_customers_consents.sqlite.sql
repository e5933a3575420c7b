-- Consents to leaving parcels somewhere (postal market rules, article 28), kept as evidence: entries are only added, each with a hash over
-- itself and the entry before it in its chain. A chain is one customer's; an erasure takes its owner and salt away and leaves the entries,
-- which name nobody: addresses stand in them as salted hashes.
create table customers_consent_chains (
  chain_id text not null primary key,
  customer_id text null unique,
  salt text not null,
  sequence integer not null,
  hash text not null
) strict, without rowid;

create table customers_consent_entries (
  chain_id text not null,
  sequence integer not null,
  at integer not null,
  kind text not null check (kind in ('to_door', 'locker', 'station', 'front_door', 'neighbour')),
  address_hash text not null,
  size text not null check (size in ('', 's', 'm', 'l')),
  is_given integer not null check (is_given in (0, 1)),
  channel text not null check (channel in ('chat', 'api', 'desk', 'phone', 'merge')),
  done_by text not null,
  wording text not null,
  hash text not null,
  primary key (chain_id, sequence)
) strict, without rowid;

-- What holds now: the last word for each kind, address and size.
create table customers_consents (
  customer_id text not null,
  slot text not null,
  kind text not null check (kind in ('to_door', 'locker', 'station', 'front_door', 'neighbour')),
  address_id text not null,
  size text not null check (size in ('', 's', 'm', 'l')),
  is_given integer not null check (is_given in (0, 1)),
  channel text not null check (channel in ('chat', 'api', 'desk', 'phone', 'merge')),
  at integer not null,
  primary key (customer_id, slot)
) strict, without rowid;

-- Every look at whether a parcel may be left somewhere, and how it ended.
create table customers_deposits (
  id text not null primary key,
  at integer not null,
  kind text not null check (kind in ('to_door', 'locker', 'station', 'front_door', 'neighbour')),
  waybill text not null,
  customer_id text not null,
  phone_hash text not null,
  size text not null check (size in ('', 's', 'm', 'l')),
  place text not null,
  done_by text not null,
  is_allowed integer not null check (is_allowed in (0, 1)),
  ground text not null check (ground in ('given', 'withdrawn', 'never_asked', 'law', 'chosen', 'unknown_recipient'))
) strict, without rowid;

create index customers_deposits_blocked on customers_deposits (is_allowed, id);
create index customers_deposits_customer on customers_deposits (customer_id);
create index customers_deposits_phone on customers_deposits (phone_hash);
create index customers_deposits_waybill on customers_deposits (waybill);
