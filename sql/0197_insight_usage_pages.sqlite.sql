-- Where something was asked: the page, beside where it began. A primary key cannot be widened here, so the table is written anew.
alter table insight_usage_days rename to insight_usage_days_before;

create table insight_usage_days (
  day integer not null,
  action text not null,
  channel text not null check (channel in ('chat', 'mini_program', 'h5', 'guest', 'desk', 'outlet', 'device')),
  source text not null,
  page text not null default '',
  outcome text not null check (outcome in ('done', 'refused', 'failed')),
  writer text not null,
  uses integer not null,
  total_ms integer not null,
  primary key (day, action, channel, source, page, outcome, writer)
) strict, without rowid;

insert into insight_usage_days (day, action, channel, source, outcome, writer, uses, total_ms)
select day, action, channel, source, outcome, writer, uses, total_ms from insight_usage_days_before;

drop table insight_usage_days_before;
