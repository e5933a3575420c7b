create table if not exists customers_customers (
  id char(32) character set ascii collate ascii_bin not null primary key,
  version bigint not null,
  merged_into varchar(32) character set ascii collate ascii_bin not null default '',
  created_at bigint not null
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table if not exists customers_identities (
  app_id varchar(64) character set ascii collate ascii_bin not null,
  openid varchar(128) character set ascii collate ascii_bin not null,
  customer_id char(32) character set ascii collate ascii_bin not null,
  unionid varchar(128) character set ascii collate ascii_bin not null default '',
  created_at bigint not null,
  primary key (app_id, openid),
  index customers_identities_customer (customer_id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table if not exists customers_unions (
  unionid varchar(128) character set ascii collate ascii_bin not null primary key,
  customer_id char(32) character set ascii collate ascii_bin not null,
  index customers_unions_customer (customer_id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table if not exists customers_phones (
  customer_id char(32) character set ascii collate ascii_bin not null,
  phone_hash char(64) character set ascii collate ascii_bin not null,
  phone_cipher varchar(200) character set ascii collate ascii_bin not null,
  phone_tail char(4) character set ascii collate ascii_bin not null,
  source varchar(10) not null check (source in ('sms', 'wechat')),
  verified_at bigint not null,
  primary key (customer_id, phone_hash),
  index customers_phones_hash (phone_hash)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table if not exists customers_phone_checks (
  id char(32) character set ascii collate ascii_bin not null primary key,
  customer_id varchar(32) character set ascii collate ascii_bin not null,
  phone_hash char(64) character set ascii collate ascii_bin not null,
  phone_cipher varchar(200) character set ascii collate ascii_bin not null,
  code_hash char(64) character set ascii collate ascii_bin not null,
  minute bigint not null,
  tries int not null,
  finished int not null check (finished in (0, 1)),
  created_at bigint not null,
  expires_at bigint not null,
  unique (phone_hash, minute),
  index customers_phone_checks_phone (phone_hash, created_at),
  index customers_phone_checks_customer (customer_id, created_at),
  index customers_phone_checks_created (created_at)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table if not exists customers_sessions (
  token_hash char(64) character set ascii collate ascii_bin not null primary key,
  customer_id char(32) character set ascii collate ascii_bin not null,
  app_id varchar(64) character set ascii collate ascii_bin not null,
  created_at bigint not null,
  expires_at bigint not null,
  index customers_sessions_customer (customer_id),
  index customers_sessions_expires (expires_at)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
