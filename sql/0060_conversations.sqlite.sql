create table conversations_conversations (
  id text not null primary key,
  number text not null unique,
  customer text not null,
  open_key text unique,
  owner text not null check (owner in ('bot', 'queue', 'agent', 'closed')),
  agent text,
  channel text not null,
  app_id text not null,
  address text not null,
  topic text not null default '',
  version integer not null,
  last_sequence integer not null default 0,
  opened_at integer not null,
  queued_at integer,
  taken_at integer,
  closed_at integer,
  check ((owner = 'closed') = (open_key is null))
) strict, without rowid;

create index conversations_conversations_queue on conversations_conversations (owner, queued_at);
create index conversations_conversations_customer on conversations_conversations (customer, opened_at);
create index conversations_conversations_closed on conversations_conversations (closed_at);

create table conversations_messages (
  id text not null primary key,
  conversation_id text not null references conversations_conversations (id) on delete cascade,
  customer text not null,
  sequence integer not null,
  author text not null check (author in ('customer', 'bot', 'agent', 'system')),
  agent text,
  kind text not null,
  body_cipher text not null default '',
  media_id text,
  client_key text not null,
  at integer not null,
  unique (conversation_id, sequence),
  unique (customer, author, client_key)
) strict, without rowid;

-- The running number of a day's conversations.
create table conversations_counters (
  day text not null primary key,
  last integer not null
) strict, without rowid;
