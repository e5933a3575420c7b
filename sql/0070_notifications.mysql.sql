create table if not exists notifications_messages (
  id char(32) character set ascii collate ascii_bin not null primary key,
  customer char(32) character set ascii collate ascii_bin not null,
  kind varchar(16) not null check (kind in ('parcel_status', 'late_answer', 'agent_reply', 'system')),
  dedupe_key varchar(160) not null,
  text_cipher text not null,
  template_kind varchar(64) null,
  template_cipher text null,
  url varchar(1000) null,
  order_key varchar(100) null,
  order_version bigint not null default 0,
  only_app_id varchar(64) null,
  only_address varchar(128) null,
  state varchar(12) not null check (state in ('planned', 'sending', 'sent', 'delivered', 'dead', 'dropped', 'superseded')),
  channel varchar(64) not null default '',
  failed_channels varchar(500) not null default '',
  reason varchar(300) not null default '',
  attempts int not null default 0,
  planned_at bigint not null,
  first_tried_at bigint null,
  next_at bigint not null,
  leased_by varchar(100) not null default '',
  leased_until bigint not null default 0,
  finished_at bigint null,
  unique key notifications_messages_once (customer, dedupe_key),
  index notifications_messages_due (state, next_at),
  index notifications_messages_order (customer, order_key, order_version),
  index notifications_messages_lease (leased_by),
  index notifications_messages_finished (finished_at)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- The ledger: a row for every attempt over a channel. fallen_back: not over this channel, the next one was tried.
create table if not exists notifications_sends (
  id char(32) character set ascii collate ascii_bin not null primary key,
  message_id char(32) character set ascii collate ascii_bin not null,
  channel varchar(64) not null,
  state varchar(12) not null check (state in ('sent', 'delivered', 'ambiguous', 'fallen_back', 'retried', 'dropped', 'dead')),
  reason varchar(300) not null default '',
  provider_id varchar(128) null,
  at bigint not null,
  closed_at bigint null,
  index notifications_sends_message (message_id),
  index notifications_sends_provider (provider_id),
  index notifications_sends_state (state, at),
  foreign key (message_id) references notifications_messages (id) on delete cascade
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- Confirmations that wait for their send: the far end may be faster than our own record.
create table if not exists notifications_confirmations (
  channel varchar(64) not null,
  provider_id varchar(128) not null,
  delivered int not null check (delivered in (0, 1)),
  reason varchar(300) not null default '',
  at bigint not null,
  primary key (channel, provider_id),
  index notifications_confirmations_at (at)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
