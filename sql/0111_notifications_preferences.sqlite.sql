-- What a customer wants to be told; a customer without a row wants all of it, with the house's quiet hours.
create table notifications_preferences (
  customer text not null primary key,
  kinds_off text not null default '',
  quiet_hours text,
  is_sms_allowed integer not null default 1 check (is_sms_allowed in (0, 1)),
  changed_by text not null check (changed_by in ('chat', 'api')),
  changed_at integer not null
) strict, without rowid;

-- Short messages a day in China: those that WeChat made unnecessary, and those that were sent.
create table notifications_sms_days (
  day integer not null primary key,
  saved_messages integer not null default 0,
  saved_segments integer not null default 0,
  saved_fen integer not null default 0,
  sent_messages integer not null default 0,
  sent_segments integer not null default 0,
  sent_fen integer not null default 0
) strict;

-- How many segments of SMS, and how many fen, this attempt saved (WeChat) or took (SMS); a saving is taken back when the message did not arrive.
alter table notifications_sends add column sms_segments integer not null default 0;
alter table notifications_sends add column sms_fen integer not null default 0;
