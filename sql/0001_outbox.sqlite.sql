create table outbox_messages (
  id text not null primary key,
  name text not null,
  aggregate text not null,
  version integer not null,
  body text not null,
  created_at integer not null
) strict, without rowid;

create index outbox_messages_created on outbox_messages (created_at);

create table outbox_deliveries (
  id text not null primary key,
  message_id text not null references outbox_messages (id),
  handler text not null,
  aggregate text not null,
  version integer not null,
  delivery_order text not null check (delivery_order in ('none', 'per_aggregate', 'latest_wins')),
  status text not null check (status in ('pending', 'done', 'dead', 'superseded')),
  attempts integer not null default 0,
  next_at integer not null,
  leased_by text not null default '',
  leased_until integer not null default 0,
  last_error text not null default '',
  finished_at integer
) strict, without rowid;

create index outbox_deliveries_due on outbox_deliveries (status, next_at);
create index outbox_deliveries_order on outbox_deliveries (handler, aggregate, version);
create index outbox_deliveries_lease on outbox_deliveries (leased_by);
create index outbox_deliveries_message on outbox_deliveries (message_id);
