create table notifications_messages (
  id text not null primary key,
  customer text not null,
  kind text not null check (kind in ('parcel_status', 'late_answer', 'agent_reply', 'system')),
  dedupe_key text not null,
  text_cipher text not null,
  template_kind text,
  template_cipher text,
  url text,
  order_key text,
  order_version integer not null default 0,
  only_app_id text,
  only_address text,
  state text not null check (state in ('planned', 'sending', 'sent', 'delivered', 'dead', 'dropped', 'superseded')),
  channel text not null default '',
  failed_channels text not null default '',
  reason text not null default '',
  attempts integer not null default 0,
  planned_at integer not null,
  first_tried_at integer,
  next_at integer not null,
  leased_by text not null default '',
  leased_until integer not null default 0,
  finished_at integer,
  unique (customer, dedupe_key)
) strict, without rowid;

create index notifications_messages_due on notifications_messages (state, next_at);
create index notifications_messages_order on notifications_messages (customer, order_key, order_version);
create index notifications_messages_lease on notifications_messages (leased_by);
create index notifications_messages_finished on notifications_messages (finished_at);

-- The ledger: a row for every attempt over a channel. fallen_back: not over this channel, the next one was tried.
create table notifications_sends (
  id text not null primary key,
  message_id text not null references notifications_messages (id) on delete cascade,
  channel text not null,
  state text not null check (state in ('sent', 'delivered', 'ambiguous', 'fallen_back', 'retried', 'dropped', 'dead')),
  reason text not null default '',
  provider_id text,
  at integer not null,
  closed_at integer
) strict, without rowid;

create index notifications_sends_message on notifications_sends (message_id);
create index notifications_sends_provider on notifications_sends (provider_id);
create index notifications_sends_state on notifications_sends (state, at);

-- Confirmations that wait for their send: the far end may be faster than our own record.
create table notifications_confirmations (
  channel text not null,
  provider_id text not null,
  delivered integer not null check (delivered in (0, 1)),
  reason text not null default '',
  at integer not null,
  primary key (channel, provider_id)
) strict, without rowid;

create index notifications_confirmations_at on notifications_confirmations (at);
