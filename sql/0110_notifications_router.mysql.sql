-- Two more kinds, the state held (waits until the customer writes), urgency, and what the sender needs to know after a crash or a
-- time-out: whether another process may have sent it already (is_taken_over), until when an answer that did not come may still
-- have an effect (settles_at), and with which other notification it went out as one message (merged_into).
drop table if exists notifications_sends_old;
drop table if exists notifications_messages_old;

create table if not exists notifications_messages_new (
  id char(32) character set ascii collate ascii_bin not null primary key,
  customer char(32) character set ascii collate ascii_bin not null,
  kind varchar(16) not null check (kind in ('parcel_status', 'parcel_warning', 'incident', 'late_answer', 'agent_reply', 'system')),
  dedupe_key varchar(160) not null,
  text_cipher text not null,
  template_kind varchar(64) null,
  template_cipher text null,
  url varchar(1000) null,
  order_key varchar(100) null,
  order_version bigint not null default 0,
  only_app_id varchar(64) null,
  only_address varchar(128) null,
  is_urgent int not null default 0 check (is_urgent in (0, 1)),
  state varchar(12) not null check (state in ('planned', 'sending', 'held', 'sent', 'delivered', 'dead', 'dropped', 'superseded')),
  channel varchar(64) not null default '',
  failed_channels varchar(500) not null default '',
  reason varchar(300) not null default '',
  attempts int not null default 0,
  planned_at bigint not null,
  first_tried_at bigint null,
  next_at bigint not null,
  settles_at bigint null,
  leased_by varchar(100) not null default '',
  leased_until bigint not null default 0,
  is_taken_over int not null default 0 check (is_taken_over in (0, 1)),
  merged_into char(32) character set ascii collate ascii_bin null,
  finished_at bigint null,
  unique key notifications_messages_once (customer, dedupe_key),
  index notifications_messages_open (finished_at, next_at),
  index notifications_messages_order (customer, order_key, order_version)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

insert ignore into notifications_messages_new (id, customer, kind, dedupe_key, text_cipher, template_kind, template_cipher, url, order_key, order_version, only_app_id, only_address,
  state, channel, failed_channels, reason, attempts, planned_at, first_tried_at, next_at, leased_by, leased_until, finished_at)
select id, customer, kind, dedupe_key, text_cipher, template_kind, template_cipher, url, order_key, order_version, only_app_id, only_address,
  state, channel, failed_channels, reason, attempts, planned_at, first_tried_at, next_at, leased_by, leased_until, finished_at
from notifications_messages;

create table if not exists notifications_sends_new (
  id char(32) character set ascii collate ascii_bin not null primary key,
  message_id char(32) character set ascii collate ascii_bin not null,
  channel varchar(64) not null,
  state varchar(12) not null check (state in ('sent', 'delivered', 'ambiguous', 'fallen_back', 'retried', 'dropped', 'dead')),
  reason varchar(300) not null default '',
  provider_id varchar(128) null,
  may_be_double int not null default 0 check (may_be_double in (0, 1)),
  at bigint not null,
  closed_at bigint null,
  index notifications_sends_message (message_id),
  index notifications_sends_provider (provider_id),
  index notifications_sends_state (state, at),
  foreign key (message_id) references notifications_messages_new (id) on delete cascade
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

insert ignore into notifications_sends_new (id, message_id, channel, state, reason, provider_id, at, closed_at)
select id, message_id, channel, state, reason, provider_id, at, closed_at
from notifications_sends;

rename table notifications_sends to notifications_sends_old, notifications_messages to notifications_messages_old,
  notifications_messages_new to notifications_messages, notifications_sends_new to notifications_sends;

drop table if exists notifications_sends_old;
drop table if exists notifications_messages_old;
