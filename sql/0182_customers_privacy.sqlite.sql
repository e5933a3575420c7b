-- What customers asked for about their data: exports, closing the account (can be undone until it is due), corrections. What stays after
-- an erasure is the receipt without a person.
create table customers_requests (
  receipt text not null primary key,
  customer_id text not null,
  kind text not null check (kind in ('export', 'closure', 'correction')),
  state text not null check (state in ('asked', 'waiting', 'undone', 'done', 'refused')),
  field text not null,
  value_cipher text not null,
  asked_at integer not null,
  due_at integer null,
  ended_at integer null,
  answer text not null,
  done_by text not null
) strict, without rowid;

create index customers_requests_customer on customers_requests (customer_id, asked_at);
create index customers_requests_open on customers_requests (kind, state, due_at);

-- Which role of the staff looked at a customer's data; once a day for each thing.
create table customers_accesses (
  customer_id text not null,
  slot text not null,
  role text not null,
  what text not null,
  at integer not null,
  primary key (customer_id, slot)
) strict, without rowid;

create index customers_accesses_at on customers_accesses (at);

create table customers_settings (
  customer_id text not null,
  name text not null check (name in ('personalisation')),
  is_on integer not null check (is_on in (0, 1)),
  changed_at integer not null,
  primary key (customer_id, name)
) strict, without rowid;
