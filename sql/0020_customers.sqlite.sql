create table customers_customers (
  id text not null primary key,
  version integer not null,
  merged_into text not null default '',
  created_at integer not null
) strict, without rowid;

create table customers_identities (
  app_id text not null,
  openid text not null,
  customer_id text not null,
  unionid text not null default '',
  created_at integer not null,
  primary key (app_id, openid)
) strict, without rowid;

create index customers_identities_customer on customers_identities (customer_id);

create table customers_unions (
  unionid text not null primary key,
  customer_id text not null
) strict, without rowid;

create index customers_unions_customer on customers_unions (customer_id);

create table customers_phones (
  customer_id text not null,
  phone_hash text not null,
  phone_cipher text not null,
  phone_tail text not null,
  source text not null check (source in ('sms', 'wechat')),
  verified_at integer not null,
  primary key (customer_id, phone_hash)
) strict, without rowid;

create index customers_phones_hash on customers_phones (phone_hash);

create table customers_phone_checks (
  id text not null primary key,
  customer_id text not null,
  phone_hash text not null,
  phone_cipher text not null,
  code_hash text not null,
  minute integer not null,
  tries integer not null,
  finished integer not null check (finished in (0, 1)),
  created_at integer not null,
  expires_at integer not null,
  unique (phone_hash, minute)
) strict, without rowid;

create index customers_phone_checks_phone on customers_phone_checks (phone_hash, created_at);
create index customers_phone_checks_customer on customers_phone_checks (customer_id, created_at);
create index customers_phone_checks_created on customers_phone_checks (created_at);

create table customers_sessions (
  token_hash text not null primary key,
  customer_id text not null,
  app_id text not null,
  created_at integer not null,
  expires_at integer not null
) strict, without rowid;

create index customers_sessions_customer on customers_sessions (customer_id);
create index customers_sessions_expires on customers_sessions (expires_at);
