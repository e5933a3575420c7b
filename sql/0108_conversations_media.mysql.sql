-- Pictures and voices of customers. The file lies encrypted in the media folder under this id; without key_cipher nobody can read it.
create table if not exists conversations_media (
  id char(32) character set ascii collate ascii_bin not null primary key,
  conversation_id char(32) character set ascii collate ascii_bin not null,
  message_id char(32) character set ascii collate ascii_bin not null unique,
  channel varchar(32) not null,
  app_id varchar(64) not null,
  media_id varchar(200) not null,
  state varchar(8) not null check (state in ('wanted', 'kept', 'gone')),
  content_type varchar(60) not null default '',
  bytes bigint not null default 0,
  content_hash char(64) character set ascii collate ascii_bin not null default '',
  key_cipher varchar(300) not null default '',
  reason varchar(200) not null default '',
  tries int not null default 0,
  wanted_at bigint not null,
  next_at bigint not null,
  kept_at bigint null,
  index conversations_media_due (state, next_at),
  index conversations_media_kept (state, kept_at),
  index conversations_media_conversation (conversation_id),
  check ((state = 'kept') = (key_cipher <> ''))
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
