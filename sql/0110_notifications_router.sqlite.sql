-- Two more kinds, the state held (waits until the customer writes), urgency, and what the sender needs to know after a crash or a
-- time-out: whether another process may have sent it already (is_taken_over), until when an answer that did not come may still
-- have an effect (settles_at), and with which other notification it went out as one message (merged_into).
create table notifications_messages_new (
  id text not null primary key,
  customer text not null,
  kind text not null check (kind in ('parcel_status', 'parcel_warning', 'incident', 'late_answer', 'agent_reply', 'system')),
  dedupe_key text not null,
  text_cipher text not null,
  template_kind text,
  template_cipher text,
  url text,
  order_key text,
  order_version integer not null default 0,
  only_app_id text,
  only_address text,
  is_urgent integer not null default 0 check (is_urgent in (0, 1)),
  state text not null check (state in ('planned', 'sending', 'held', 'sent', 'delivered', 'dead', 'dropped', 'superseded')),
  channel text not null default '',
  failed_channels text not null default '',
  reason text not null default '',
  attempts integer not null default 0,
  planned_at integer not null,
  first_tried_at integer,
  next_at integer not null,
  settles_at integer,
  leased_by text not null default '',
  leased_until integer not null default 0,
  is_taken_over integer not null default 0 check (is_taken_over in (0, 1)),
  merged_into text,
  finished_at integer,
  unique (customer, dedupe_key)
) strict, without rowid;

insert into notifications_messages_new (id, customer, kind, dedupe_key, text_cipher, template_kind, template_cipher, url, order_key, order_version, only_app_id, only_address,
  state, channel, failed_channels, reason, attempts, planned_at, first_tried_at, next_at, leased_by, leased_until, finished_at)
select id, customer, kind, dedupe_key, text_cipher, template_kind, template_cipher, url, order_key, order_version, only_app_id, only_address,
  state, channel, failed_channels, reason, attempts, planned_at, first_tried_at, next_at, leased_by, leased_until, finished_at
from notifications_messages;

create table notifications_sends_new (
  id text not null primary key,
  message_id text not null references notifications_messages_new (id) on delete cascade,
  channel text not null,
  state text not null check (state in ('sent', 'delivered', 'ambiguous', 'fallen_back', 'retried', 'dropped', 'dead')),
  reason text not null default '',
  provider_id text,
  may_be_double integer not null default 0 check (may_be_double in (0, 1)),
  at integer not null,
  closed_at integer
) strict, without rowid;

insert into notifications_sends_new (id, message_id, channel, state, reason, provider_id, at, closed_at)
select id, message_id, channel, state, reason, provider_id, at, closed_at
from notifications_sends;

drop table notifications_sends;
drop table notifications_messages;
alter table notifications_messages_new rename to notifications_messages;
alter table notifications_sends_new rename to notifications_sends;

-- What is finished leaves the index by which the due ones are found; most notifications are finished.
create index notifications_messages_open on notifications_messages (next_at) where finished_at is null;
create index notifications_messages_order on notifications_messages (customer, order_key, order_version);
create index notifications_messages_finished on notifications_messages (finished_at);

create index notifications_sends_message on notifications_sends (message_id);
create index notifications_sends_provider on notifications_sends (provider_id) where provider_id is not null;
create index notifications_sends_state on notifications_sends (state, at);
