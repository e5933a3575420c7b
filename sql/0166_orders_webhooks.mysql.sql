-- What the carrier core and other systems are told: one row a message and address. The body goes when it was taken; the row stays as the delivery log.
create table if not exists orders_webhooks (
  id char(32) character set ascii collate ascii_bin not null primary key,
  target varchar(64) not null,
  event varchar(60) character set ascii collate ascii_bin not null,
  aggregate varchar(80) character set ascii collate ascii_bin not null,
  version bigint not null,
  body_cipher mediumtext character set ascii collate ascii_bin not null,
  status varchar(10) character set ascii collate ascii_bin not null check (status in ('waiting', 'done', 'dropped')),
  attempts int not null default 0,
  next_at bigint not null,
  leased_until bigint not null default 0,
  last_status int null,
  last_error varchar(300) not null default '',
  created_at bigint not null,
  finished_at bigint null,
  index orders_webhooks_due (status, next_at),
  unique index orders_webhooks_once (target, aggregate, version),
  index orders_webhooks_finished (finished_at)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
