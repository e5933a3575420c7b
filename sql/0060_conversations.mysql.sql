create table if not exists conversations_conversations (
  id char(32) character set ascii collate ascii_bin not null primary key,
  number varchar(32) not null,
  customer char(32) character set ascii collate ascii_bin not null,
  open_key char(32) character set ascii collate ascii_bin null,
  owner varchar(8) not null check (owner in ('bot', 'queue', 'agent', 'closed')),
  agent varchar(32) null,
  channel varchar(32) not null,
  app_id varchar(64) not null,
  address varchar(128) not null,
  topic varchar(200) not null default '',
  version bigint not null,
  last_sequence bigint not null default 0,
  opened_at bigint not null,
  queued_at bigint null,
  taken_at bigint null,
  closed_at bigint null,
  unique key conversations_conversations_number (number),
  unique key conversations_conversations_open (open_key),
  index conversations_conversations_queue (owner, queued_at),
  index conversations_conversations_customer (customer, opened_at),
  index conversations_conversations_closed (closed_at),
  check ((owner = 'closed') = (open_key is null))
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table if not exists conversations_messages (
  id char(32) character set ascii collate ascii_bin not null primary key,
  conversation_id char(32) character set ascii collate ascii_bin not null,
  customer char(32) character set ascii collate ascii_bin not null,
  sequence bigint not null,
  author varchar(8) not null check (author in ('customer', 'bot', 'agent', 'system')),
  agent varchar(32) null,
  kind varchar(32) not null,
  body_cipher text not null,
  media_id varchar(200) null,
  client_key varchar(120) not null,
  at bigint not null,
  unique key conversations_messages_sequence (conversation_id, sequence),
  unique key conversations_messages_once (customer, author, client_key),
  foreign key (conversation_id) references conversations_conversations (id) on delete cascade
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- The running number of a day's conversations.
create table if not exists conversations_counters (
  day char(8) character set ascii collate ascii_bin not null primary key,
  last bigint not null
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
