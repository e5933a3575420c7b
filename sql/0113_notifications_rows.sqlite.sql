-- Notifications are wide rows: kept in the order of a text key they make a deep tree of a few rows a page, and every look costs a dozen
-- pages. They get numbers of their own instead; ids are found by an index. What is finished is not in the index of open ones and the
-- other way round. The ledger of sends is kept by message, which saves an index, and loses one by state that was wide and misled the
-- planner; possible doubles have a small one.
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
) strict;

insert into notifications_messages_new (id, customer, kind, dedupe_key, text_cipher, template_kind, template_cipher, url, order_key, order_version, only_app_id, only_address,
  is_urgent, state, channel, failed_channels, reason, attempts, planned_at, first_tried_at, next_at, settles_at, leased_by, leased_until, is_taken_over, merged_into, finished_at)
select id, customer, kind, dedupe_key, text_cipher, template_kind, template_cipher, url, order_key, order_version, only_app_id, only_address,
  is_urgent, state, channel, failed_channels, reason, attempts, planned_at, first_tried_at, next_at, settles_at, leased_by, leased_until, is_taken_over, merged_into, finished_at
from notifications_messages
order by id;

create table notifications_sends_new (
  id text not null,
  message_id text not null references notifications_messages_new (id) on delete cascade,
  channel text not null,
  state text not null check (state in ('sent', 'delivered', 'ambiguous', 'fallen_back', 'retried', 'dropped', 'dead')),
  reason text not null default '',
  provider_id text,
  may_be_double integer not null default 0 check (may_be_double in (0, 1)),
  at integer not null,
  closed_at integer,
  sms_segments integer not null default 0,
  sms_fen integer not null default 0,
  primary key (message_id, id)
) strict, without rowid;

insert into notifications_sends_new (id, message_id, channel, state, reason, provider_id, may_be_double, at, closed_at, sms_segments, sms_fen)
select id, message_id, channel, state, reason, provider_id, may_be_double, at, closed_at, sms_segments, sms_fen
from notifications_sends
order by message_id, id;

drop table notifications_sends;
drop table notifications_messages;
alter table notifications_messages_new rename to notifications_messages;
alter table notifications_sends_new rename to notifications_sends;

create index notifications_messages_open on notifications_messages (next_at, id) where finished_at is null;
create index notifications_messages_order on notifications_messages (customer, order_key, order_version);
create index notifications_messages_finished on notifications_messages (finished_at, id) where finished_at is not null;

create index notifications_sends_provider on notifications_sends (provider_id) where provider_id is not null;
create index notifications_sends_doubles on notifications_sends (at) where may_be_double = 1;
