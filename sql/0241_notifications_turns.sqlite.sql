-- Whose turn it is depends on what is open of the same subject, and on what may still arrive: both are few, whatever was sent before,
-- and have indexes of their own. When what is finished was planned is known by its id, so that purging needs no index. The words of a
-- check stand one by one: a list of them SQLite makes into a table, anew in each statement, and looks each row up in it, which cost a
-- fifth of all that is written for a push. Ways that a message fell back from are told with the attempt that followed them (passed), a line
-- each: a channel, a space, a reason.
create table notifications_messages_new (
  id text not null primary key,
  customer text not null,
  kind text not null check (kind = 'parcel_status' or kind = 'parcel_warning' or kind = 'incident' or kind = 'late_answer' or kind = 'agent_reply' or kind = 'system'),
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
  state text not null check (state = 'planned' or state = 'sending' or state = 'held' or state = 'sent' or state = 'delivered' or state = 'dead' or state = 'dropped' or state = 'superseded'),
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
  state text not null check (state = 'sent' or state = 'delivered' or state = 'ambiguous' or state = 'fallen_back' or state = 'retried' or state = 'dropped' or state = 'dead'),
  reason text not null default '',
  passed text not null default '',
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
create index notifications_messages_turn on notifications_messages (customer, order_key, order_version) where finished_at is null;
create index notifications_messages_settling on notifications_messages (customer, order_key, order_version) where settles_at is not null;

create index notifications_sends_provider on notifications_sends (provider_id) where provider_id is not null;
create index notifications_sends_doubles on notifications_sends (at) where may_be_double = 1;
