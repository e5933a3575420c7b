-- What happened with a customer, summed up by day; fed by events. Rows stay with the record that they began with: facts are summed up over
-- all records that were merged into one.
create table if not exists customers_measures (
  customer_id char(32) character set ascii collate ascii_bin not null,
  measure varchar(24) character set ascii collate ascii_bin not null
    check (measure in ('orders_sent', 'orders_cancelled', 'parcels_received', 'spent', 'complaints', 'open_complaints', 'claims', 'praises')),
  day bigint not null,
  amount bigint not null,
  primary key (customer_id, measure, day)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table if not exists customers_routes (
  customer_id char(32) character set ascii collate ascii_bin not null,
  from_city varchar(40) not null,
  to_city varchar(40) not null,
  day bigint not null,
  uses bigint not null,
  primary key (customer_id, from_city, to_city, day)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table if not exists customers_places (
  customer_id char(32) character set ascii collate ascii_bin not null primary key,
  province varchar(40) not null,
  city varchar(40) not null,
  at bigint not null
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- Tiers and groups by rules; one row for what holds, one for each version there ever was.
create table if not exists customers_segments (
  code varchar(40) character set ascii collate ascii_bin not null primary key,
  kind varchar(8) not null check (kind in ('tier', 'group')),
  name varchar(60) not null,
  grade bigint not null,
  is_active tinyint not null check (is_active in (0, 1)),
  rule text not null,
  tag_app_id varchar(64) character set ascii collate ascii_bin not null,
  tag_id bigint not null,
  version bigint not null,
  changed_by char(32) character set ascii collate ascii_bin not null,
  changed_at bigint not null
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table if not exists customers_segment_versions (
  code varchar(40) character set ascii collate ascii_bin not null,
  version bigint not null,
  name varchar(60) not null,
  grade bigint not null,
  is_active tinyint not null check (is_active in (0, 1)),
  rule text not null,
  changed_by char(32) character set ascii collate ascii_bin not null,
  changed_at bigint not null,
  reason varchar(400) not null,
  primary key (code, version)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table if not exists customers_rules (
  id tinyint not null primary key check (id = 1),
  revision bigint not null
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

insert ignore into customers_rules (id, revision) values (1, 1);

-- Which tier a customer has and why, by which revision of the rules and on which day that was found out.
create table if not exists customers_tiers (
  customer_id char(32) character set ascii collate ascii_bin not null primary key,
  tier varchar(40) character set ascii collate ascii_bin not null,
  reason varchar(1000) not null,
  since bigint not null,
  revision bigint not null,
  day bigint not null,
  version bigint not null,
  index customers_tiers_revision (revision),
  index customers_tiers_day (day),
  index customers_tiers_tier (tier)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table if not exists customers_groups (
  customer_id char(32) character set ascii collate ascii_bin not null,
  code varchar(40) character set ascii collate ascii_bin not null,
  reason varchar(1000) not null,
  since bigint not null,
  primary key (customer_id, code),
  index customers_groups_code (code, customer_id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- Customers whose facts changed since they were looked at.
create table if not exists customers_touched (
  customer_id char(32) character set ascii collate ascii_bin not null primary key,
  touch char(32) character set ascii collate ascii_bin not null
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- What is guessed from behaviour, each with its reason.
create table if not exists customers_tags (
  customer_id char(32) character set ascii collate ascii_bin not null,
  slot varchar(100) not null,
  kind varchar(8) not null check (kind in ('route', 'value', 'tone')),
  value varchar(100) not null,
  reason varchar(400) not null,
  at bigint not null,
  primary key (customer_id, slot)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
