-- Pictures and voices of customers. The file lies encrypted in the media folder under this id; without key_cipher nobody can read it.
create table conversations_media (
  id text not null primary key,
  conversation_id text not null,
  message_id text not null unique,
  channel text not null,
  app_id text not null,
  media_id text not null,
  state text not null check (state in ('wanted', 'kept', 'gone')),
  content_type text not null default '',
  bytes integer not null default 0,
  content_hash text not null default '',
  key_cipher text not null default '',
  reason text not null default '',
  tries integer not null default 0,
  wanted_at integer not null,
  next_at integer not null,
  kept_at integer null,
  check ((state = 'kept') = (key_cipher <> ''))
) strict, without rowid;

create index conversations_media_due on conversations_media (state, next_at);
create index conversations_media_kept on conversations_media (state, kept_at);
create index conversations_media_conversation on conversations_media (conversation_id);
