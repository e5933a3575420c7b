-- What customers asked for about their data: exports, closing the account (can be undone until it is due), corrections. What stays after
-- an erasure is the receipt without a person.
create table if not exists customers_requests (
  receipt varchar(24) character set ascii collate ascii_bin not null primary key,
  customer_id varchar(32) character set ascii collate ascii_bin not null,
  kind varchar(16) not null check (kind in ('export', 'closure', 'correction')),
  state varchar(16) not null check (state in ('asked', 'waiting', 'undone', 'done', 'refused')),
  field varchar(32) character set ascii collate ascii_bin not null,
  value_cipher text character set ascii collate ascii_bin not null,
  asked_at bigint not null,
  due_at bigint null,
  ended_at bigint null,
  answer varchar(400) not null,
  done_by varchar(64) character set ascii collate ascii_bin not null,
  index customers_requests_customer (customer_id, asked_at),
  index customers_requests_open (kind, state, due_at)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- Which role of the staff looked at a customer's data; once a day for each thing.
create table if not exists customers_accesses (
  customer_id char(32) character set ascii collate ascii_bin not null,
  slot char(64) character set ascii collate ascii_bin not null,
  role varchar(32) character set ascii collate ascii_bin not null,
  what varchar(64) character set ascii collate ascii_bin not null,
  at bigint not null,
  primary key (customer_id, slot),
  index customers_accesses_at (at)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table if not exists customers_settings (
  customer_id char(32) character set ascii collate ascii_bin not null,
  name varchar(24) character set ascii collate ascii_bin not null check (name in ('personalisation')),
  is_on tinyint not null check (is_on in (0, 1)),
  changed_at bigint not null,
  primary key (customer_id, name)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
