-- Where something was asked: the page, beside where it began.
alter table insight_usage_days
  add column page varchar(40) character set ascii collate ascii_bin not null default '',
  drop primary key,
  add primary key (day, action, channel, source, page, outcome, writer);
