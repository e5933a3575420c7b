-- What the carrier core and other systems are told: one row a message and address. The body goes when it was taken; the row stays as the delivery log.
create table orders_webhooks (
  id text not null primary key,
  target text not null,
  event text not null,
  aggregate text not null,
  version integer not null,
  body_cipher text not null,
  status text not null check (status in ('waiting', 'done', 'dropped')),
  attempts integer not null default 0,
  next_at integer not null,
  leased_until integer not null default 0,
  last_status integer,
  last_error text not null default '',
  created_at integer not null,
  finished_at integer
) strict, without rowid;

create index orders_webhooks_due on orders_webhooks (status, next_at);
create unique index orders_webhooks_once on orders_webhooks (target, aggregate, version);
create index orders_webhooks_finished on orders_webhooks (finished_at);
