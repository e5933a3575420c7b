create table if not exists outbox_messages (
  id char(32) character set ascii collate ascii_bin not null primary key,
  name varchar(100) not null,
  aggregate varchar(100) not null,
  version bigint not null,
  body mediumtext not null,
  created_at bigint not null,
  index outbox_messages_created (created_at)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table if not exists outbox_deliveries (
  id char(32) character set ascii collate ascii_bin not null primary key,
  message_id char(32) character set ascii collate ascii_bin not null,
  handler varchar(100) not null,
  aggregate varchar(100) not null,
  version bigint not null,
  delivery_order varchar(20) not null check (delivery_order in ('none', 'per_aggregate', 'latest_wins')),
  status varchar(12) not null check (status in ('pending', 'done', 'dead', 'superseded')),
  attempts int not null default 0,
  next_at bigint not null,
  leased_by varchar(100) not null default '',
  leased_until bigint not null default 0,
  last_error varchar(2000) not null default '',
  finished_at bigint null,
  index outbox_deliveries_due (status, next_at),
  index outbox_deliveries_order (handler, aggregate, version),
  index outbox_deliveries_lease (leased_by),
  index outbox_deliveries_message (message_id),
  foreign key (message_id) references outbox_messages (id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
