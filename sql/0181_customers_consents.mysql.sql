-- Consents to leaving parcels somewhere (postal market rules, article 28), kept as evidence: entries are only added, each with a hash over
-- itself and the entry before it in its chain. A chain is one customer's; an erasure takes its owner and salt away and leaves the entries,
-- which name nobody: addresses stand in them as salted hashes.
create table if not exists customers_consent_chains (
  chain_id char(32) character set ascii collate ascii_bin not null primary key,
  customer_id char(32) character set ascii collate ascii_bin null unique,
  salt varchar(64) character set ascii collate ascii_bin not null,
  sequence bigint not null,
  hash varchar(64) character set ascii collate ascii_bin not null
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table if not exists customers_consent_entries (
  chain_id char(32) character set ascii collate ascii_bin not null,
  sequence bigint not null,
  at bigint not null,
  kind varchar(16) not null check (kind in ('to_door', 'locker', 'station', 'front_door', 'neighbour')),
  address_hash varchar(64) character set ascii collate ascii_bin not null,
  size varchar(1) not null check (size in ('', 's', 'm', 'l')),
  is_given tinyint not null check (is_given in (0, 1)),
  channel varchar(8) not null check (channel in ('chat', 'api', 'desk', 'phone', 'merge')),
  done_by varchar(64) character set ascii collate ascii_bin not null,
  wording varchar(32) character set ascii collate ascii_bin not null,
  hash char(64) character set ascii collate ascii_bin not null,
  primary key (chain_id, sequence)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- What holds now: the last word for each kind, address and size.
create table if not exists customers_consents (
  customer_id char(32) character set ascii collate ascii_bin not null,
  slot varchar(96) character set ascii collate ascii_bin not null,
  kind varchar(16) not null check (kind in ('to_door', 'locker', 'station', 'front_door', 'neighbour')),
  address_id varchar(64) character set ascii collate ascii_bin not null,
  size varchar(1) not null check (size in ('', 's', 'm', 'l')),
  is_given tinyint not null check (is_given in (0, 1)),
  channel varchar(8) not null check (channel in ('chat', 'api', 'desk', 'phone', 'merge')),
  at bigint not null,
  primary key (customer_id, slot)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- Every look at whether a parcel may be left somewhere, and how it ended.
create table if not exists customers_deposits (
  id char(32) character set ascii collate ascii_bin not null primary key,
  at bigint not null,
  kind varchar(16) not null check (kind in ('to_door', 'locker', 'station', 'front_door', 'neighbour')),
  waybill varchar(32) character set ascii collate ascii_bin not null,
  customer_id varchar(32) character set ascii collate ascii_bin not null,
  phone_hash varchar(64) character set ascii collate ascii_bin not null,
  size varchar(1) not null check (size in ('', 's', 'm', 'l')),
  place varchar(200) not null,
  done_by varchar(100) not null,
  is_allowed tinyint not null check (is_allowed in (0, 1)),
  ground varchar(24) not null check (ground in ('given', 'withdrawn', 'never_asked', 'law', 'chosen', 'unknown_recipient')),
  index customers_deposits_blocked (is_allowed, id),
  index customers_deposits_customer (customer_id),
  index customers_deposits_phone (phone_hash),
  index customers_deposits_waybill (waybill)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
