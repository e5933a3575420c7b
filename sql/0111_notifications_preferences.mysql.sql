-- What a customer wants to be told; a customer without a row wants all of it, with the house's quiet hours.
create table if not exists notifications_preferences (
  customer char(32) character set ascii collate ascii_bin not null primary key,
  kinds_off varchar(200) not null default '',
  quiet_hours varchar(100) null,
  is_sms_allowed int not null default 1 check (is_sms_allowed in (0, 1)),
  changed_by varchar(8) not null check (changed_by in ('chat', 'api')),
  changed_at bigint not null
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- Short messages a day in China: those that WeChat made unnecessary, and those that were sent.
create table if not exists notifications_sms_days (
  day int not null primary key,
  saved_messages bigint not null default 0,
  saved_segments bigint not null default 0,
  saved_fen bigint not null default 0,
  sent_messages bigint not null default 0,
  sent_segments bigint not null default 0,
  sent_fen bigint not null default 0
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- How many segments of SMS, and how many fen, this attempt saved (WeChat) or took (SMS); a saving is taken back when the message did not arrive.
alter table notifications_sends add column sms_segments int not null default 0;
alter table notifications_sends add column sms_fen bigint not null default 0;
