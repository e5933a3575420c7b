-- What happened with a customer, summed up by day; fed by events. Rows stay with the record that they began with: facts are summed up over
-- all records that were merged into one.
create table customers_measures (
  customer_id text not null,
  measure text not null check (measure in ('orders_sent', 'orders_cancelled', 'parcels_received', 'spent', 'complaints', 'open_complaints', 'claims', 'praises')),
  day integer not null,
  amount integer not null,
  primary key (customer_id, measure, day)
) strict, without rowid;

create table customers_routes (
  customer_id text not null,
  from_city text not null,
  to_city text not null,
  day integer not null,
  uses integer not null,
  primary key (customer_id, from_city, to_city, day)
) strict, without rowid;

create table customers_places (
  customer_id text not null primary key,
  province text not null,
  city text not null,
  at integer not null
) strict, without rowid;

-- Tiers and groups by rules; one row for what holds, one for each version there ever was.
create table customers_segments (
  code text not null primary key,
  kind text not null check (kind in ('tier', 'group')),
  name text not null,
  grade integer not null,
  is_active integer not null check (is_active in (0, 1)),
  rule text not null,
  tag_app_id text not null,
  tag_id integer not null,
  version integer not null,
  changed_by text not null,
  changed_at integer not null
) strict, without rowid;

create table customers_segment_versions (
  code text not null,
  version integer not null,
  name text not null,
  grade integer not null,
  is_active integer not null check (is_active in (0, 1)),
  rule text not null,
  changed_by text not null,
  changed_at integer not null,
  reason text not null,
  primary key (code, version)
) strict, without rowid;

create table customers_rules (
  id integer not null primary key check (id = 1),
  revision integer not null
) strict;

insert into customers_rules (id, revision) values (1, 1);

-- Which tier a customer has and why, by which revision of the rules and on which day that was found out.
create table customers_tiers (
  customer_id text not null primary key,
  tier text not null,
  reason text not null,
  since integer not null,
  revision integer not null,
  day integer not null,
  version integer not null
) strict, without rowid;

create index customers_tiers_revision on customers_tiers (revision);
create index customers_tiers_day on customers_tiers (day);
create index customers_tiers_tier on customers_tiers (tier);

create table customers_groups (
  customer_id text not null,
  code text not null,
  reason text not null,
  since integer not null,
  primary key (customer_id, code)
) strict, without rowid;

create index customers_groups_code on customers_groups (code, customer_id);

-- Customers whose facts changed since they were looked at.
create table customers_touched (
  customer_id text not null primary key,
  touch text not null
) strict, without rowid;

-- What is guessed from behaviour, each with its reason.
create table customers_tags (
  customer_id text not null,
  slot text not null,
  kind text not null check (kind in ('route', 'value', 'tone')),
  value text not null,
  reason text not null,
  at integer not null,
  primary key (customer_id, slot)
) strict, without rowid;
